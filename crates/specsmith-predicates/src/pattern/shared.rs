//! Patterns in statics, each compiled once in a process.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Match, Pattern};

/// A pattern to be kept in a `static`. It is compiled when it is first asked for; statics with
/// equal patterns, in whatever crates, share one compiled form.
///
/// ```
/// use specsmith_predicates::pattern::{Match, Shared};
///
/// static ID: Shared = Shared::new("[a-z]+");
/// assert_eq!(ID.search("abc"), Match::Found);
/// ```
#[derive(Debug)]
pub struct Shared {
    text: &'static str,
    /// `None` inside where the text cannot be compiled.
    pattern: OnceLock<Option<&'static Pattern>>,
}

impl Shared {
    /// The pattern that `text` spells.
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            pattern: OnceLock::new(),
        }
    }

    /// The pattern as it is spelled.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The compiled pattern; `None` where it cannot be compiled.
    pub fn get(&self) -> Option<&'static Pattern> {
        *self.pattern.get_or_init(|| compiled(self.text))
    }

    /// Whether some part of `text` matches; undecided for a pattern that cannot be compiled.
    pub fn search(&self, text: &str) -> Match {
        self.get()
            .map_or(Match::Undecided, |pattern| pattern.search(text))
    }
}

/// Every pattern compiled so far. They stay until the process ends, as statics do, so there are
/// no more of them than patterns in the program's text.
static COMPILED: Mutex<Option<HashMap<&'static str, Option<&'static Pattern>>>> = Mutex::new(None);

fn compiled(text: &'static str) -> Option<&'static Pattern> {
    // The map is only ever added to, so a thread that died while holding it left it sound.
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    *compiled
        .get_or_insert_default()
        .entry(text)
        .or_insert_with(|| {
            let pattern: &'static Pattern = Box::leak(Box::new(Pattern::new(text).ok()?));
            Some(pattern)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_patterns_are_one() {
        static A: Shared = Shared::new("^[a-z]{2}$");
        static B: Shared = Shared::new("^[a-z]{2}$");
        static BROKEN: Shared = Shared::new("(");
        assert!(
            A.get()
                .zip(B.get())
                .is_some_and(|(a, b)| std::ptr::eq(a, b))
        );
        assert_eq!(BROKEN.search("("), Match::Undecided);
    }
}
