//! The trait behind the derive, and the proof that a value is valid.

use core::ops::Deref;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use crate::{Path, Violations};

/// A type that knows the rules of its schema.
///
/// Derive it. By hand, only [`Validate::validate_into`] is to be written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not know its rules: it does not implement `Validate`",
    label = "no `Validate`",
    note = "derive it: `#[derive(specsmith_rules::Validate)]`"
)]
pub trait Validate {
    /// Records every broken rule of the value, which stands at the end of `path`.
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations);

    /// Checks every rule. The `Err` holds all that are broken and is never empty.
    fn validate(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        self.validate_into(&Path::root(), &mut violations);
        violations.into_result()
    }

    /// Checks every rule, and gives the value back as one that is known to be valid.
    fn validated(self) -> Result<Valid<Self>, Violations>
    where
        Self: Sized,
    {
        self.validate()?;
        Ok(Valid(self))
    }
}

/// A value whose rules have all been checked. There is no other way to make one, and none to
/// change what is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    /// The value, which may then be changed and is no longer known to be valid.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> AsRef<T> for Valid<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Valid<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Types without rules of their own.
macro_rules! no_rules {
    ($($ty:ty),*) => {
        $(impl Validate for $ty {
            fn validate_into(&self, _: &Path<'_>, _: &mut Violations) {}
        })*
    };
}

no_rules!((), bool, String, i32, u32, i64, u64, i128, f64);
#[cfg(feature = "value")]
no_rules!(serde_json::Value);

impl<T: Validate + ?Sized> Validate for &T {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        (**self).validate_into(path, violations);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        (**self).validate_into(path, violations);
    }
}

impl<T: Validate + ?Sized> Validate for Rc<T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        (**self).validate_into(path, violations);
    }
}

impl<T: Validate + ?Sized> Validate for Arc<T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        (**self).validate_into(path, violations);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        if let Some(value) = self {
            value.validate_into(path, violations);
        }
    }
}

impl<T: Validate> Validate for [T] {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        for (index, item) in self.iter().enumerate() {
            item.validate_into(&path.index(index), violations);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        self.as_slice().validate_into(path, violations);
    }
}

impl<K: AsRef<str>, T: Validate> Validate for BTreeMap<K, T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        for (key, value) in self {
            value.validate_into(&path.key(key.as_ref()), violations);
        }
    }
}

/// In the order of the keys, so that the same map gives the same report.
impl<K: AsRef<str>, T: Validate, S> Validate for HashMap<K, T, S> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        crate::check::values(self, path, violations, T::validate_into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    struct Never;

    impl Validate for Never {
        fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
            violations.record(path, Fault::FalseSchema);
        }
    }

    fn pointers(value: &impl Validate) -> Vec<String> {
        let violations = value.validate().expect_err("never valid");
        violations
            .into_iter()
            .map(|violation| violation.pointer)
            .collect()
    }

    #[test]
    fn containers_say_which_of_their_values() {
        assert_eq!(pointers(&vec![Never, Never]), ["/0", "/1"]);
        assert_eq!(pointers(&Some(Box::new(Never))), [""]);
        let map = BTreeMap::from([("b", Never), ("a/", Never)]);
        assert_eq!(pointers(&map), ["/a~1", "/b"]);
        let map: HashMap<_, _> = ["c", "a", "b"].map(|key| (key, Never)).into();
        assert_eq!(pointers(&map), ["/a", "/b", "/c"]);
    }

    #[test]
    fn what_is_empty_is_valid() {
        let valid = Vec::<Never>::new()
            .validated()
            .expect("no item, no violation");
        assert!(valid.is_empty());
        assert!(None::<Never>.validate().is_ok());
    }
}
