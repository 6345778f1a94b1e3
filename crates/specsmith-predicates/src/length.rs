//! Lengths of strings, in code points.

/// Whether `text` has at most `limit` code points.
///
/// ```
/// use specsmith_predicates::length;
///
/// assert!(length::within_max("naïve 🦀", 7));
/// assert!(!length::within_max("naïve 🦀", 6));
/// ```
pub fn within_max(text: &str, limit: u64) -> bool {
    // A code point is one to four bytes long: most strings are decided without being read.
    let bytes = text.len() as u64;
    bytes <= limit || (bytes.div_ceil(4) <= limit && count(text) <= limit)
}

/// Whether `text` has at least `limit` code points.
pub fn within_min(text: &str, limit: u64) -> bool {
    let bytes = text.len() as u64;
    bytes >= limit && (bytes.div_ceil(4) >= limit || count(text) >= limit)
}

/// How many code points `text` has.
pub fn count(text: &str) -> u64 {
    text.chars().count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_shortcuts_agree_with_counting(text in "[aé€🦀]{0,12}", limit in 0_u64..15) {
            prop_assert_eq!(within_max(&text, limit), count(&text) <= limit);
            prop_assert_eq!(within_min(&text, limit), count(&text) >= limit);
        }
    }

    #[test]
    fn joined_characters_count_each_code_point() {
        assert_eq!(count("👩‍👩‍👧"), 5);
        assert_eq!(count("e\u{301}"), 2);
        assert!(within_max("", 0));
        assert!(within_min("", 0));
        assert!(!within_min("", 1));
        assert!(within_max("a", u64::MAX));
    }
}
