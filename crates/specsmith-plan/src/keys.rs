//! Names looked up by what their bytes are: a hash table built once, collisions resolved by the
//! next free slot.

/// Finds a name's index among the names it was built from.
#[derive(Clone, Debug)]
pub(crate) struct KeyTable {
    /// The indices of few names, each at the place of its hash or behind it. Their number is known
    /// where a walk is compiled, so that no place needs a comparison with it.
    few: [u8; FEW],
    /// Those of more names.
    many: Vec<u16>,
    shift: u32,
    factor: u64,
    by: By,
    mask: u64,
}

/// What is hashed of a name, together with its length. The mask is of the bytes that each of the
/// names has, and one more for the quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum By {
    /// The first bytes, under the mask.
    Start,
    /// The last bytes, under the mask.
    End,
    /// The first and the last eight bytes.
    #[default]
    Both,
}

/// So many names are few.
const FEW_NAMES: usize = 64;
/// So many places they have, sparse, so that nearly every name stands where its hash says.
const FEW: usize = 1 << FEW_BITS;
const FEW_BITS: u32 = 9;
const FEW_EMPTY: u8 = u8::MAX;
const EMPTY: u16 = u16::MAX;

/// Names that agree in all that is hashed are told apart by comparing them.
#[inline(always)]
fn hash(name: &[u8], by: By, mask: u64) -> u64 {
    let length = name.len();
    let quoted = |name: &mut dyn Iterator<Item = &u8>| {
        let mut word = [0; 8];
        for (slot, byte) in word.iter_mut().zip(name.chain(b"\"")) {
            *slot = *byte;
        }
        u64::from_le_bytes(word)
    };
    match by {
        By::Start => return part(quoted(&mut name.iter()), mask, length),
        By::End => {
            let last = quoted(&mut name.iter().rev()).swap_bytes();
            return part(last, mask, length);
        }
        By::Both => {}
    }
    let (first, last) = if let Some((first, last)) = name.first_chunk::<8>().zip(name.last_chunk())
    {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else {
        let mut word = [0; 8];
        for (slot, byte) in word.iter_mut().zip(name) {
            *slot = *byte;
        }
        let word = u64::from_le_bytes(word);
        (word, word)
    };
    mixed(first, last, length)
}

#[inline(always)]
fn part(word: u64, mask: u64, length: usize) -> u64 {
    (word & mask).wrapping_add(length as u64)
}

#[inline(always)]
fn mixed(first: u64, last: u64, length: usize) -> u64 {
    (first ^ last.rotate_left(29)).wrapping_add(length as u64)
}

impl Default for KeyTable {
    fn default() -> Self {
        Self {
            few: [FEW_EMPTY; FEW],
            many: Vec::new(),
            shift: u64::BITS - FEW_BITS,
            factor: 0,
            by: By::default(),
            mask: 0,
        }
    }
}

impl KeyTable {
    /// The table of these names; at most 65,534 of them.
    pub(crate) fn new<'a>(names: impl ExactSizeIterator<Item = &'a str> + Clone) -> Self {
        let bits = match names.len() {
            0..=FEW_NAMES => FEW_BITS,
            many => (many * 8).next_power_of_two().trailing_zeros(),
        };
        let shift = u64::BITS - bits;
        let shortest = names.clone().map(str::len).min().unwrap_or(0);
        // With the quote; not more than a word, of which the others are left out.
        let others = 8 * 7usize.saturating_sub(shortest) as u32;
        let (start, end) = (
            (By::Start, u64::MAX >> others),
            (By::End, u64::MAX << others),
        );
        let hashes = |(by, mask)| -> Vec<u64> {
            let names = names.clone();
            names.map(|name| hash(name.as_bytes(), by, mask)).collect()
        };
        let enough = [start, end].into_iter();
        let mut enough = enough.filter(|how| are_different(hashes(*how)));
        let (by, mask) = enough.next().unwrap_or((By::Both, 0));
        let mut table = Self {
            many: match names.len() {
                0..=FEW_NAMES => Vec::new(),
                _ => vec![EMPTY; 1 << bits],
            },
            shift,
            factor: spreading(&hashes((by, mask)), shift),
            by,
            mask,
            ..Self::default()
        };
        for (index, name) in (0..EMPTY).zip(names) {
            let mut at = table.home(name.as_bytes());
            while table.slot(at).is_some() {
                at = (at + 1) & (table.size() - 1);
            }
            match table.many.get_mut(at) {
                Some(slot) => *slot = index,
                None => table.few[at % FEW] = index as u8,
            }
        }
        table
    }

    /// What is hashed of its names.
    #[inline(always)]
    pub(crate) fn by(&self) -> By {
        self.by
    }

    fn size(&self) -> usize {
        self.many.len().max(FEW)
    }

    /// The index at a place.
    #[inline(always)]
    fn slot(&self, at: usize) -> Option<usize> {
        match self.many.get(at) {
            Some(index) => (*index != EMPTY).then_some(usize::from(*index)),
            None => {
                let index = self.few[at % FEW];
                (index != FEW_EMPTY).then_some(usize::from(index))
            }
        }
    }

    #[inline(always)]
    fn home(&self, name: &[u8]) -> usize {
        self.place(hash(name, self.by, self.mask))
    }

    #[inline(always)]
    fn place(&self, hash: u64) -> usize {
        (hash.wrapping_mul(self.factor) >> (self.shift % 64)) as usize
    }

    /// The index of a name that is `length` bytes long, if it is among the names at all; some names
    /// are found by [`KeyTable::find`] only. `by` is [`KeyTable::by`], and `few` whether there are
    /// at most 64 names. What is needed of the name is asked for: the eight bytes from where it
    /// begins, those before the quote that ends it, and both with zeros in place of what is none of
    /// a shorter name, the last then from where it begins.
    #[inline(always)]
    pub(crate) fn likely(
        &self,
        (by, few): (By, bool),
        length: usize,
        first: impl FnOnce() -> u64,
        last: impl FnOnce() -> u64,
        both: impl FnOnce() -> (u64, u64),
    ) -> usize {
        let hash = match by {
            By::Start => part(first(), self.mask, length),
            By::End => part(last(), self.mask, length),
            By::Both => {
                let (first, last) = both();
                mixed(first, last, length)
            }
        };
        if few {
            let place = hash.wrapping_mul(self.factor) >> (u64::BITS - FEW_BITS);
            // Where there is none, the index is that of no name.
            return usize::from(self.few[place as usize]);
        }
        let index = self.many.get(self.place(hash));
        index.map_or(usize::MAX, |it| usize::from(*it))
    }

    /// The index of `name`; `same` says whether the name at an index is the one looked for.
    #[inline(always)]
    pub(crate) fn find(&self, name: &[u8], mut same: impl FnMut(usize) -> bool) -> Option<usize> {
        let mut at = self.home(name);
        loop {
            let index = self.slot(at)?;
            if same(index) {
                return Some(index);
            }
            at = (at + 1) & (self.size() - 1);
        }
    }
}

fn are_different(mut hashes: Vec<u64>) -> bool {
    hashes.sort_unstable();
    hashes.is_sorted_by(|one, next| one < next)
}

/// A factor that spreads these hashes over the places that are left of a product when `shift` bits
/// go, with as few as can be found at the place of another.
pub(crate) fn spreading(hashes: &[u64], shift: u32) -> u64 {
    let mut factor = 0x9E37_79B9_7F4A_7C15u64;
    let mut best = (usize::MAX, factor);
    // In a sparse table a factor without collisions is nearly always found at once, in a large one
    // hardly ever.
    let tries = if hashes.len() > MANY { 1 } else { 64 };
    for _ in 0..tries {
        let mut taken = vec![false; 1 << (64 - shift)];
        let mut collisions = 0;
        for hash in hashes {
            let slot = &mut taken[(hash.wrapping_mul(factor) >> shift) as usize];
            collisions += usize::from(*slot);
            *slot = true;
        }
        if collisions < best.0 {
            best = (collisions, factor);
        }
        if collisions == 0 {
            break;
        }
        factor = factor
            .wrapping_mul(0xD134_2543_DE82_EF95)
            .wrapping_add(0x2545_F491_4F6C_DD1D)
            | 1;
    }
    best.1
}

/// Of more hashes than that some collide, whatever the factor.
const MANY: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_others_are_not() {
        let names: Vec<String> = (0..300)
            .map(|at| format!("external{at}Identifier"))
            .chain(
                [
                    "",
                    "a",
                    "abcdefgh",
                    "abcdefgh1abcdefgh",
                    "abcdefgh2abcdefgh",
                ]
                .map(String::from),
            )
            .collect();
        let table = KeyTable::new(names.iter().map(String::as_str));
        let find = |name: &str| table.find(name.as_bytes(), |at| names[at] == name);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(find(name), Some(at));
        }
        assert_eq!(find("external300Identifier"), None);
        assert_eq!(find("b"), None);
        assert_eq!(KeyTable::new([].into_iter()).find(b"a", |_| true), None);
    }

    /// The likely index of a name that stands in a text.
    fn likely(table: &KeyTable, name: &str) -> usize {
        let text = format!("{{\"before\":1,\"{name}\":\"behind\"}}");
        let word = |at: usize| {
            let bytes = text.as_bytes()[at..].first_chunk();
            u64::from_le_bytes(*bytes.expect("8 of them"))
        };
        let kept = |word: u64| match name.len() {
            0 => 0,
            length @ 1..8 => word & ((1 << (8 * length)) - 1),
            _ => word,
        };
        let start = text.find(name).expect("it is there");
        let close = start + name.len();
        let both = || (kept(word(start)), kept(word(start.max(close - 8))));
        let how = (table.by, table.many.is_empty());
        table.likely(how, name.len(), || word(start), || word(close - 8), both)
    }

    #[test]
    fn nearly_every_name_is_where_its_hash_says() {
        let names: Vec<String> = (0..100).map(|at| format!("{at}x{}", at * at)).collect();
        let table = KeyTable::new(names.iter().map(String::as_str));
        let found = names.iter().enumerate();
        let found = found.filter(|(at, name)| likely(&table, name) == *at);
        assert!(found.count() >= 95);
    }

    #[test]
    fn names_are_told_apart_by_as_little_as_is_enough() {
        let by = |names: &[&str]| {
            let table = KeyTable::new(names.iter().copied());
            for (at, name) in names.iter().enumerate() {
                assert_eq!(likely(&table, name), at, "{name}");
            }
            (table.by, table.mask)
        };
        assert_eq!(by(&["name", "value"]), (By::Start, 0xff_ffff_ffff));
        assert_eq!(
            by(&["externalConversationId", "externalId"]),
            (By::Start, u64::MAX)
        );
        assert_eq!(by(&["externalOne", "externalTwo"]), (By::End, u64::MAX));
        assert_eq!(
            by(&["addressOne", "addressTwo", "user"]),
            (By::End, u64::MAX << 24)
        );
        assert_eq!(
            by(&["externalOne", "externalTwo", "internalOne"]).0,
            By::Both
        );
    }
}
