//! What was probably meant: the nearest of the known words.

/// The longest word that is compared, in code points; longer ones are no misspellings.
const LONGEST: usize = 64;

/// The candidate that `word` was probably meant to be, if one is near enough; the first of equally
/// near ones. Near is: the same letters in other case, or with other separators (`lob_id`,
/// `lobId`), or at most one edit in three letters.
///
/// ```
/// use specsmith_predicates::nearest;
///
/// assert_eq!(nearest("ios", ["ANDROID", "IOS"]), Some("IOS"));
/// assert_eq!(nearest("maxlenght", ["min_length", "max_length"]), Some("max_length"));
/// assert_eq!(nearest("colour", ["shape", "size"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Folded::of(word)?;
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let Some(folded) = Folded::of(candidate) else {
            continue;
        };
        let limit = match best {
            Some((0, _)) => break,
            Some((distance, _)) => distance - 1,
            None => word.letters().len().max(folded.letters().len()) / 3,
        };
        if let Some(distance) = distance_within(word.letters(), folded.letters(), limit) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A word's letters in lower case, without what only separates them.
struct Folded {
    letters: [char; LONGEST],
    count: usize,
}

impl Folded {
    /// `None` for a word without letters and for one that is too long.
    fn of(word: &str) -> Option<Self> {
        let mut folded = Self {
            letters: ['\0'; LONGEST],
            count: 0,
        };
        for letter in word.chars() {
            match letter {
                '_' | '-' | ' ' | '.' => {}
                '\0'..='\x7f' => folded.push(letter.to_ascii_lowercase())?,
                other => other.to_lowercase().try_for_each(|it| folded.push(it))?,
            }
        }
        (folded.count > 0).then_some(folded)
    }

    /// `None` where there is no room for the letter.
    fn push(&mut self, letter: char) -> Option<()> {
        *self.letters.get_mut(self.count)? = letter;
        self.count += 1;
        Some(())
    }

    fn letters(&self) -> &[char] {
        self.letters.get(..self.count).unwrap_or_default()
    }
}

/// The number of letters to insert, delete, replace or swap with their neighbour, if it is at most
/// `limit`.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Three rows of the table of optimal string alignment; row[j] is the distance to b[..j], which
    // a byte holds, and rows of bytes are copied at once.
    let mut before = [0_u8; LONGEST + 1];
    let mut above = [0_u8; LONGEST + 1];
    let mut row = [0_u8; LONGEST + 1];
    for (cell, index) in above.iter_mut().zip(0..) {
        *cell = index;
    }
    for (i, first) in (1..=a.len()).zip(1..) {
        row[0] = first;
        let mut least = first;
        for j in 1..=b.len() {
            let replaced = above[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut cell = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            row[j] = cell;
            least = least.min(cell);
        }
        if usize::from(least) > limit {
            return None;
        }
        before = above;
        above = row;
    }
    let distance = usize::from(above[b.len()]);
    (distance <= limit).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_users_mistype() {
        let names = [
            "externalConversationId",
            "externalCustomerId",
            "eventId",
            "lobId",
            "lobName",
        ];
        for (typed, meant) in [
            ("externlConversationId", Some("externalConversationId")),
            ("external_customer_id", Some("externalCustomerId")),
            ("externalCustomerID", Some("externalCustomerId")),
            ("evnetId", Some("eventId")),
            ("LOB ID", Some("lobId")),
            ("id", None),
            ("", None),
            ("__", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }

    #[test]
    fn the_first_of_equally_near_words() {
        assert_eq!(nearest("abcx", ["abcy", "abcz"]), Some("abcy"));
        assert_eq!(nearest("abcz", ["abcy", "abcz"]), Some("abcz"));
    }

    proptest! {
        #[test]
        fn a_word_is_nearest_to_itself(words in proptest::collection::vec("[a-z]{1,9}", 1..6)) {
            for word in &words {
                prop_assert_eq!(nearest(word, words.iter().map(String::as_str)), Some(word.as_str()));
            }
        }

        #[test]
        fn no_word_is_too_odd(word in ".{0,100}", other in ".{0,100}") {
            let _ = nearest(&word, [other.as_str()]);
        }
    }
}
