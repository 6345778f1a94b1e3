//! The names that a specification knows, and which names of a payload may be shown.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::{Mutex, PoisonError};

use specsmith_diagnostics::Excerpt;
use specsmith_json::{Node, Value, pointer};

/// What stands for text that is not shown.
pub const HIDDEN: &str = "…";

/// A set of known property names.
#[derive(Debug, Default)]
pub struct Names {
    /// By their length, then in order, so that few are compared letter by letter; each once.
    known: Vec<String>,
    /// Set where people have asked to see everything.
    all: bool,
    /// How many columns of a line are shown, where that was asked for.
    width: Option<usize>,
    /// The unknown name that was asked for last, and whether it is near a known one: records that
    /// are wrong are mostly wrong alike.
    last: Mutex<(String, bool)>,
}

impl Names {
    /// Names that a specification knows.
    pub fn of(known: impl IntoIterator<Item = String>) -> Self {
        let mut known: Vec<String> = known.into_iter().collect();
        known.sort_unstable_by(|a, b| order(a, b));
        known.dedup();
        Self {
            known,
            ..Self::default()
        }
    }

    /// The same names, with every other one shown as well.
    #[must_use]
    pub fn showing_all(mut self) -> Self {
        self.all = true;
        self
    }

    /// The same names, in lines of so many columns.
    #[must_use]
    pub fn of_width(mut self, columns: usize) -> Self {
        self.width = Some(columns);
        self
    }

    /// How many columns of a line are shown.
    pub fn width(&self) -> usize {
        self.width.unwrap_or(Excerpt::WIDTH)
    }

    /// Whether values are shown.
    pub fn shows_values(&self) -> bool {
        self.all
    }

    /// Whether the specification knows the name.
    pub fn knows(&self, name: &str) -> bool {
        self.known.binary_search_by(|it| order(it, name)).is_ok()
    }

    /// Whether a name of a payload may be shown: it is known, or near a known one.
    pub fn shows(&self, name: &str) -> bool {
        self.all || self.is_near(name)
    }

    fn is_near(&self, name: &str) -> bool {
        if self.knows(name) {
            return true;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (asked, near) = &mut *last;
        // That nothing was asked yet is right of the empty name, too: it is near none.
        if asked != name {
            let known = self.known.iter().map(String::as_str);
            *near = specsmith_rules::nearest(name, known).is_some();
            name.clone_into(asked);
        }
        *near
    }

    /// The pointer as far as it may be shown: up to the first property that may not be, so that it
    /// is the pointer of the object around that. Without the value that it leads through, a step
    /// that looks like an index is taken for a property.
    pub fn pointer<'a>(&self, whole: &'a str, root: Option<&Node>) -> Cow<'a, str> {
        match self.all {
            true => Cow::Borrowed(whole),
            false => self.known_pointer(whole, root),
        }
    }

    /// The same, whatever people have asked to see.
    pub fn known_pointer<'a>(&self, whole: &'a str, root: Option<&Node>) -> Cow<'a, str> {
        if whole.is_empty() {
            return Cow::Borrowed(whole);
        }
        let Some(tokens) = pointer::tokens(whole) else {
            return Cow::Borrowed("");
        };
        let mut out = String::with_capacity(whole.len());
        let mut at = root;
        for token in &tokens {
            let index = at.is_some_and(|node| matches!(node.value, Value::Array(_)));
            if !index && !self.is_near(token) {
                break;
            }
            pointer::push_key(&mut out, token);
            at = at.and_then(|node| match &node.value {
                Value::Array(items) => items.get(pointer::index(token)?),
                Value::Object(object) => object.get(token),
                Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
            });
        }
        Cow::Owned(out)
    }
}

fn order(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use specsmith_json::{Limits, read};

    fn names() -> Names {
        Names::of(["items", "phoneNumber"].map(str::to_owned))
    }

    #[test]
    fn what_is_unknown_ends_the_pointer_and_indexes_do_not() {
        let text = br#"{"items": [{"555": {"phoneNumbr": 1}}]}"#;
        let root = read(text, &Limits::default()).root;
        let hide = |pointer: &str| names().pointer(pointer, root.as_ref()).into_owned();
        assert_eq!(hide("/items/0/555/phoneNumbr"), "/items/0");
        assert_eq!(hide("/items/0/phoneNumbr"), "/items/0/phoneNumbr");
        assert_eq!(hide("/0"), "");
        assert_eq!(hide(""), "");
    }

    #[test]
    fn everything_is_shown_where_that_is_asked_for() {
        let names = names().showing_all();
        assert_eq!(names.pointer("/secret/0", None), "/secret/0");
        assert_eq!(names.known_pointer("/secret/0", None), "");
    }
}
