//! What was probably meant: the nearest of the known words.

/// The longest word that is compared, in code points; longer ones are no misspellings.
const LONGEST: usize = 64;

/// The candidate that `word` was probably meant to be, if one is near enough; the first of equally
/// near ones. Near is: the same letters in other case, or with other separators (`lob_id`,
/// `lobId`), or at most one edit in three letters. Before what is two edits away or more comes the
/// one candidate whose first or last words these are (`agentId`, `externalAgentId`), if there is no
/// other.
///
/// ```
/// use specsmith_predicates::nearest;
///
/// assert_eq!(nearest("ios", ["ANDROID", "IOS"]), Some("IOS"));
/// assert_eq!(nearest("maxlenght", ["min_length", "max_length"]), Some("max_length"));
/// assert_eq!(nearest("agentId", ["eventId", "externalAgentId"]), Some("externalAgentId"));
/// assert_eq!(nearest("colour", ["shape", "size"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Folded::of(word)?;
    let mut best: Option<(usize, &'a str)> = None;
    let mut longer = Longer::None;
    for candidate in candidates {
        let Some(folded) = Folded::of(candidate) else {
            continue;
        };
        if word.is_part_of(&folded) {
            longer = longer.and(candidate);
        }
        let limit = match best {
            Some((0, _)) => break,
            Some((distance, _)) => distance - 1,
            None => word.letters().len().max(folded.letters().len()) / 3,
        };
        if let Some(distance) = distance_within(word.letters(), folded.letters(), limit) {
            best = Some((distance, candidate));
        }
    }
    match (best, longer) {
        (Some((2.., _)) | None, Longer::One(candidate)) => Some(candidate),
        (best, _) => best.map(|(_, candidate)| candidate),
    }
}

/// The candidates of which a word is a part.
#[derive(Clone, Copy)]
enum Longer<'a> {
    None,
    One(&'a str),
    Several,
}

impl<'a> Longer<'a> {
    fn and(self, candidate: &'a str) -> Self {
        match self {
            Self::None => Self::One(candidate),
            Self::One(known) if known == candidate => self,
            Self::One(_) | Self::Several => Self::Several,
        }
    }
}

/// Parts of fewer letters than that say nothing.
const SHORTEST_PART: usize = 3;

/// A word's letters in lower case, without what only separates them.
struct Folded {
    letters: [char; LONGEST],
    count: usize,
    /// Where words begin: one bit for each letter, the first lowest.
    begins: u64,
}

const _: () = assert!(LONGEST <= 64);

impl Folded {
    /// `None` for a word without letters and for one that is too long.
    fn of(word: &str) -> Option<Self> {
        let mut folded = Self {
            letters: ['\0'; LONGEST],
            count: 0,
            begins: 0,
        };
        let mut before = ' ';
        for letter in word.chars() {
            let separated = matches!(before, '_' | '-' | ' ' | '.');
            if separated || (letter.is_uppercase() && !before.is_uppercase()) {
                folded.begins |= 1u64.checked_shl(folded.count as u32).unwrap_or(0);
            }
            before = letter;
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

    /// Whether these are the first or the last words of another, which has more.
    fn is_part_of(&self, other: &Self) -> bool {
        let begins = |at: usize| other.begins >> at & 1 == 1;
        let rest = other.count.saturating_sub(self.count);
        self.count >= SHORTEST_PART
            && rest > 0
            && (other.letters().ends_with(self.letters()) && begins(rest)
                || other.letters().starts_with(self.letters()) && begins(self.count))
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
    fn parts_of_one_longer_name() {
        let names = [
            "eventId",
            "externalAgentId",
            "emailAddress",
            "address_state",
        ];
        for (typed, meant) in [
            ("agentId", Some("externalAgentId")),
            ("AGENT_ID", Some("externalAgentId")),
            ("email", Some("emailAddress")),
            ("state", Some("address_state")),
            ("tate", None),
            ("mail", None),
            ("ent", None),
            ("id", None),
            ("evntId", Some("eventId")),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
        assert_eq!(
            nearest("name", ["agentName", "lobName"]),
            None,
            "two have it"
        );
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
