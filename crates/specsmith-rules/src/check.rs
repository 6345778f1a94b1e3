//! The rules as statements: each checks one thing and records what is wrong. This is what the
//! derive's output calls; the functions that only answer are in the modules beside.

use core::hash::Hash;
use std::borrow::Cow;

use crate::format::Format;
use crate::pattern::{Match, Shared};
use crate::range::{self, Bound, IntegerFormat, Numeric};
use crate::{Fault, Path, Violations, length, nearest, unique};

/// A type that holds a string.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no string, so the rules for strings do not apply to it",
    label = "not a string",
    note = "the rules for strings apply to every type that implements `AsRef<str>`"
)]
pub trait Text {
    /// The string.
    fn text(&self) -> &str;
}

impl<T: AsRef<str> + ?Sized> Text for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// The string that a value holds.
pub fn text<T: Text + ?Sized>(value: &T) -> &str {
    value.text()
}

/// The items of a list.
pub fn items<T>(list: &(impl AsRef<[T]> + ?Sized)) -> &[T] {
    list.as_ref()
}

/// How many items or properties a container has.
pub fn count<'a, C: ?Sized>(container: &'a C) -> u64
where
    &'a C: IntoIterator<IntoIter: ExactSizeIterator>,
{
    container.into_iter().len() as u64
}

/// `minLength`, in code points.
pub fn min_length(text: &str, limit: u64, path: &Path<'_>, violations: &mut Violations) {
    if !length::within_min(text, limit) {
        violations.record(
            path,
            Fault::MinLength {
                limit,
                length: length::count(text),
            },
        );
    }
}

/// `maxLength`, in code points.
pub fn max_length(text: &str, limit: u64, path: &Path<'_>, violations: &mut Violations) {
    if !length::within_max(text, limit) {
        violations.record(
            path,
            Fault::MaxLength {
                limit,
                length: length::count(text),
            },
        );
    }
}

/// `pattern`: some part of the text must match.
pub fn pattern(text: &str, pattern: &'static Shared, path: &Path<'_>, violations: &mut Violations) {
    let pattern_text = Cow::Borrowed(pattern.text());
    match pattern.search(text) {
        Match::Found => {}
        Match::Missing => violations.record(
            path,
            Fault::Pattern {
                pattern: pattern_text,
            },
        ),
        Match::Undecided => violations.record(
            path,
            Fault::PatternSteps {
                pattern: pattern_text,
            },
        ),
    }
}

/// `format` of a string.
pub fn format(text: &str, format: Format, path: &Path<'_>, violations: &mut Violations) {
    if !format.check(text) {
        violations.record(
            path,
            Fault::Format {
                format: Cow::Borrowed(format.name()),
            },
        );
    }
}

/// `format` of a number: `int32` or `int64`.
pub fn integer_format<T: Numeric + ?Sized>(
    value: &T,
    format: IntegerFormat,
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !format.check(value) {
        violations.record(
            path,
            Fault::Format {
                format: Cow::Borrowed(format.name()),
            },
        );
    }
}

/// `minimum`.
pub fn minimum<T: Numeric + ?Sized>(
    value: &T,
    bound: &'static Bound,
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !range::at_least(value, bound) {
        violations.record(
            path,
            Fault::Minimum {
                limit: bound.to_decimal(),
            },
        );
    }
}

/// `exclusiveMinimum`.
pub fn exclusive_minimum<T: Numeric + ?Sized>(
    value: &T,
    bound: &'static Bound,
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !range::above(value, bound) {
        violations.record(
            path,
            Fault::ExclusiveMinimum {
                limit: bound.to_decimal(),
            },
        );
    }
}

/// `maximum`.
pub fn maximum<T: Numeric + ?Sized>(
    value: &T,
    bound: &'static Bound,
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !range::at_most(value, bound) {
        violations.record(
            path,
            Fault::Maximum {
                limit: bound.to_decimal(),
            },
        );
    }
}

/// `exclusiveMaximum`.
pub fn exclusive_maximum<T: Numeric + ?Sized>(
    value: &T,
    bound: &'static Bound,
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !range::below(value, bound) {
        violations.record(
            path,
            Fault::ExclusiveMaximum {
                limit: bound.to_decimal(),
            },
        );
    }
}

/// `multipleOf`.
pub fn multiple_of<T: Numeric + ?Sized>(
    value: &T,
    factor: &'static Bound,
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !range::multiple_of(value, factor) {
        violations.record(
            path,
            Fault::MultipleOf {
                factor: factor.to_decimal(),
            },
        );
    }
}

/// `minItems`.
pub fn min_items(count: u64, limit: u64, path: &Path<'_>, violations: &mut Violations) {
    if count < limit {
        violations.record(path, Fault::MinItems { limit, count });
    }
}

/// `maxItems`.
pub fn max_items(count: u64, limit: u64, path: &Path<'_>, violations: &mut Violations) {
    if count > limit {
        violations.record(path, Fault::MaxItems { limit, count });
    }
}

/// `uniqueItems`, by comparing pairs.
pub fn unique_items<T: PartialEq>(items: &[T], path: &Path<'_>, violations: &mut Violations) {
    if let Some((first, second)) = unique::first_duplicate(items) {
        violations.record(path, Fault::UniqueItems { first, second });
    }
}

/// `uniqueItems`, for items that can be hashed.
pub fn unique_items_hashed<T: Eq + Hash>(
    items: &[T],
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if let Some((first, second)) = unique::first_duplicate_hashed(items) {
        violations.record(path, Fault::UniqueItems { first, second });
    }
}

/// `minProperties`.
pub fn min_properties(count: u64, limit: u64, path: &Path<'_>, violations: &mut Violations) {
    if count < limit {
        violations.record(path, Fault::MinProperties { limit, count });
    }
}

/// `maxProperties`.
pub fn max_properties(count: u64, limit: u64, path: &Path<'_>, violations: &mut Violations) {
    if count > limit {
        violations.record(path, Fault::MaxProperties { limit, count });
    }
}

/// `enum` of strings.
pub fn one_of_texts(
    text: &str,
    allowed: &'static [&'static str],
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !allowed.contains(&text) {
        violations.record(path, unlisted(text, allowed));
    }
}

/// `enum` of numbers.
pub fn one_of_numbers<T: Numeric + ?Sized>(
    value: &T,
    allowed: &'static [Bound],
    path: &Path<'_>,
    violations: &mut Violations,
) {
    if !allowed.iter().any(|listed| range::equals(value, listed)) {
        violations.record(
            path,
            Fault::Enum {
                allowed: allowed.len(),
                null: false,
                near: None,
            },
        );
    }
}

/// The schema `false`: whatever the value is, it may not be there.
pub fn never(path: &Path<'_>, violations: &mut Violations) {
    violations.record(path, Fault::FalseSchema);
}

/// `propertyNames`: `check` judges each key as a value of its own. What is recorded is that the map
/// has such a key, at the map itself, since the key is the payload's text.
pub fn keys<'a, K: 'a, V: 'a>(
    map: impl IntoIterator<Item = (&'a K, &'a V)>,
    path: &Path<'_>,
    violations: &mut Violations,
    mut check: impl FnMut(&'a K, &Path<'_>, &mut Violations),
) {
    for (key, _) in map {
        let mut of_key = Violations::new();
        check(key, path, &mut of_key);
        if !of_key.is_empty() {
            violations.record(path, Fault::PropertyNames);
        }
    }
}

/// The values of a map, each at its key. What is recorded is in the order of the keys, so that a
/// map without an order gives the same report each time.
pub fn values<'a, K: Text + 'a, V: 'a>(
    map: impl IntoIterator<Item = (&'a K, &'a V)>,
    path: &Path<'_>,
    violations: &mut Violations,
    mut check: impl FnMut(&'a V, &Path<'_>, &mut Violations),
) {
    let mut found = Vec::new();
    for (key, value) in map {
        let mut of_value = Violations::new();
        check(value, &path.key(key.text()), &mut of_value);
        if !of_value.is_empty() {
            found.push((key.text(), of_value));
        }
    }
    found.sort_unstable_by_key(|(key, _)| *key);
    violations.extend(found.into_iter().flat_map(|(_, of_value)| of_value));
}

/// The fault of a string that is not in the list, with the one that was probably meant.
pub fn unlisted(text: &str, allowed: &'static [&'static str]) -> Fault {
    Fault::Enum {
        allowed: allowed.len(),
        null: false,
        near: nearest(text, allowed.iter().copied()).map(Cow::Borrowed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashSet};

    fn recorded(check: impl FnOnce(&Path<'_>, &mut Violations)) -> String {
        let mut violations = Violations::new();
        check(&Path::root().property("x"), &mut violations);
        violations
            .iter()
            .map(|it| format!("{} {}", it.code(), it.message()))
            .collect()
    }

    #[test]
    fn each_records_what_it_finds() {
        static DIGITS: Shared = Shared::new("^[0-9]+$");
        static BROKEN: Shared = Shared::new("(");
        const TWO: Bound = Bound::parse("2");
        const LISTED: &[Bound] = &[Bound::parse("1.0"), TWO];
        let lines = [
            recorded(|p, v| min_length("é", 2, p, v)),
            recorded(|p, v| max_length("éé", 1, p, v)),
            recorded(|p, v| pattern("a", &DIGITS, p, v)),
            recorded(|p, v| pattern("a", &BROKEN, p, v)),
            recorded(|p, v| format("a", Format::Email, p, v)),
            recorded(|p, v| integer_format(&(1_i64 << 31), IntegerFormat::Int32, p, v)),
            recorded(|p, v| minimum(&1, &TWO, p, v)),
            recorded(|p, v| exclusive_minimum(&2.0, &TWO, p, v)),
            recorded(|p, v| maximum(&3_u8, &TWO, p, v)),
            recorded(|p, v| exclusive_maximum(&2, &TWO, p, v)),
            recorded(|p, v| multiple_of(&3, &TWO, p, v)),
            recorded(|p, v| min_items(0, 1, p, v)),
            recorded(|p, v| max_items(2, 1, p, v)),
            recorded(|p, v| unique_items(&[1.5, 1.5], p, v)),
            recorded(|p, v| unique_items_hashed(&["a", "a"], p, v)),
            recorded(|p, v| min_properties(0, 1, p, v)),
            recorded(|p, v| max_properties(2, 1, p, v)),
            recorded(|p, v| one_of_texts("ios", &["IOS", "WEB"], p, v)),
            recorded(|p, v| one_of_numbers(&3, LISTED, p, v)),
            recorded(never),
        ];
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn each_is_silent_about_what_is_right() {
        static DIGITS: Shared = Shared::new("^[0-9]+$");
        const TWO: Bound = Bound::parse("2");
        const LISTED: &[Bound] = &[Bound::parse("1.0"), TWO];
        let said = recorded(|p, v| {
            min_length("é", 1, p, v);
            max_length("é", 1, p, v);
            pattern("1", &DIGITS, p, v);
            format("a@b", Format::Email, p, v);
            integer_format(&i32::MIN, IntegerFormat::Int32, p, v);
            integer_format(&i64::MAX, IntegerFormat::Int64, p, v);
            minimum(&2, &TWO, p, v);
            maximum(&2, &TWO, p, v);
            exclusive_minimum(&3, &TWO, p, v);
            exclusive_maximum(&1, &TWO, p, v);
            multiple_of(&4, &TWO, p, v);
            min_items(1, 1, p, v);
            max_items(1, 1, p, v);
            unique_items(&[1, 2], p, v);
            unique_items_hashed(&[1, 2], p, v);
            min_properties(1, 1, p, v);
            max_properties(1, 1, p, v);
            one_of_texts("WEB", &["IOS", "WEB"], p, v);
            one_of_numbers(&1, LISTED, p, v);
        });
        assert_eq!(said, "");
    }

    #[test]
    fn maps_are_judged_key_by_key() {
        let map = std::collections::HashMap::from([("b", 1), ("a", 2), ("cc", 0)]);
        let said = recorded(|p, v| {
            keys(&map, p, v, |key, p, v| max_length(text(key), 1, p, v));
            values(&map, p, v, |value, p, v| {
                if *value > 0 {
                    never(p, v);
                }
            });
        });
        assert_eq!(
            said,
            "schema/property-names `x` has a property whose name is not allowed\
             schema/false the value is not allowed here\
             schema/false the value is not allowed here"
        );
    }

    #[test]
    fn containers_are_counted() {
        assert_eq!(count(&vec![1, 2]), 2);
        assert_eq!(count(&[1, 2, 3]), 3);
        assert_eq!(count(&HashSet::from([1])), 1);
        assert_eq!(count(&BTreeMap::from([(1, 2)])), 1);
    }
}
