//! Names looked up by what their bytes are: a hash table built once, collisions resolved by the
//! next free slot.

/// Finds a name's index among the names it was built from.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyTable {
    slots: Vec<u16>,
    shift: u32,
    factor: u64,
}

const EMPTY: u16 = u16::MAX;

/// The first and the last eight bytes and the length, mixed. Names that agree in all three are
/// told apart by comparing them.
#[inline(always)]
pub(crate) fn hash(name: &[u8]) -> u64 {
    let length = name.len();
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
fn mixed(first: u64, last: u64, length: usize) -> u64 {
    (first ^ last.rotate_left(29)).wrapping_add(length as u64)
}

impl KeyTable {
    /// The table of these names; at most 65,534 of them.
    pub(crate) fn new<'a>(names: impl ExactSizeIterator<Item = &'a str> + Clone) -> Self {
        if names.len() == 0 {
            return Self::default();
        }
        // Sparse, so that nearly every name stands where its hash says.
        let bits = (names.len() * 8).next_power_of_two().trailing_zeros();
        let shift = 64 - bits;
        let hashes: Vec<u64> = names.clone().map(|name| hash(name.as_bytes())).collect();
        let mut table = Self {
            slots: vec![EMPTY; 1 << bits],
            shift,
            factor: spreading(&hashes, shift),
        };
        for (index, name) in names.enumerate() {
            let Ok(index) = u16::try_from(index) else {
                break;
            };
            let mut at = table.home(name.as_bytes());
            while table.slots[at] != EMPTY {
                at = (at + 1) & (table.slots.len() - 1);
            }
            table.slots[at] = index;
        }
        table
    }

    #[inline(always)]
    fn home(&self, name: &[u8]) -> usize {
        self.place(hash(name))
    }

    #[inline(always)]
    fn place(&self, hash: u64) -> usize {
        (hash.wrapping_mul(self.factor) >> (self.shift % 64)) as usize
    }

    /// The index of a name that is `length` bytes long and begins and ends with these, if it is
    /// among the names at all; some names are found by [`KeyTable::find`] only. Bytes beyond a name
    /// shorter than 8 bytes are zero.
    #[inline(always)]
    pub(crate) fn likely(&self, first: u64, last: u64, length: usize) -> usize {
        let home = self.place(mixed(first, last, length));
        self.slots
            .get(home)
            .map_or(usize::MAX, |it| usize::from(*it))
    }

    /// The index of `name`; `same` says whether the name at an index is the one looked for.
    #[inline(always)]
    pub(crate) fn find(&self, name: &[u8], mut same: impl FnMut(usize) -> bool) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = self.home(name);
        loop {
            let index = *self.slots.get(at)?;
            if index == EMPTY {
                return None;
            }
            if same(usize::from(index)) {
                return Some(usize::from(index));
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
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

    #[test]
    fn nearly_every_name_is_where_its_hash_says() {
        let names: Vec<String> = (0..100).map(|at| format!("{at}x{}", at * at)).collect();
        let table = KeyTable::new(names.iter().map(String::as_str));
        let word = |bytes: &[u8]| {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(word)
        };
        let likely = names.iter().enumerate().filter(|(at, name)| {
            let (name, inside) = (name.as_bytes(), name.len().min(8));
            let (first, last) = (&name[..inside], &name[name.len() - inside..]);
            table.likely(word(first), word(last), name.len()) == *at
        });
        assert!(likely.count() >= 95);
    }
}
