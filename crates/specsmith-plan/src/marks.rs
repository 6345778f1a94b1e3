//! The first pass: where strings begin and end, and what cannot stand in one.

use crate::kernels::text::hex4;
use crate::marked::PAGE_OF_MARKS;
use crate::simd::{Task, Vector};

/// So many zero bytes stand behind every text that is scanned, so that looking ahead needs no end.
pub(crate) const PADDING: usize = 64;

/// The bytes of a text at which the second pass stops: every quote that no backslash escapes,
/// every control character, and the character behind every backslash that escapes nothing.
///
/// A string whose closing quote is the mark after its opening one holds neither control characters
/// nor broken escapes. A line break is a mark and ends every escape, so that no line's marks depend
/// on the lines before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    places: Vec<u32>,
    count: usize,
    /// Whether any byte is outside ASCII.
    pub(crate) high: bool,
    /// Whether there is any control character, such as a line break.
    pub(crate) controls: bool,
}

/// So many marks stand behind the last one, at the end of the text.
pub(crate) const SENTINELS: usize = 8;

impl Marks {
    /// With room for those of a page. Only where many texts are looked at is that worth it.
    pub(crate) fn of_pages() -> Self {
        Self {
            places: vec![0; PAGE_OF_MARKS],
            ..Self::default()
        }
    }

    pub(crate) fn places(&self) -> &[u32] {
        self.places
            .get(..self.count + SENTINELS)
            .unwrap_or_default()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The marks, what stands behind them, and the rest of their room.
    pub(crate) fn room(&self) -> &[u32] {
        &self.places
    }
}

/// Finds the marks of `text[..end]`; `text` must have [`PADDING`] bytes behind `end`.
pub(crate) struct FindMarks<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) end: usize,
    pub(crate) marks: &'a mut Marks,
}

impl Task for FindMarks<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) {
        let Self { text, end, marks } = self;
        let mut blocks = Blocks::default();
        // Apart from the rest, which stays in registers: this is lent to what is not inlined.
        let mut pair = usize::MAX;
        let (groups, rest) = text.get(..end).unwrap_or_default().as_chunks::<GROUP>();
        for group in groups {
            let group = group.as_chunks().0.iter().map(|it| (it, u64::MAX));
            blocks.group(vector, text, group, &mut pair, &mut marks.places);
        }
        let (whole, rest) = rest.as_chunks();
        let last = text.get(end - rest.len()..).and_then(|it| it.first_chunk());
        let last = last.filter(|_| !rest.is_empty());
        let inside = (1 << rest.len()) - 1;
        let group = whole.iter().map(|it| (it, u64::MAX));
        let group = group.chain(last.map(|it| (it, inside)));
        blocks.group(vector, text, group, &mut pair, &mut marks.places);
        let behind = room(&mut marks.places, blocks.count);
        if let Some(behind) = behind.and_then(|it| it.first_chunk_mut::<SENTINELS>()) {
            *behind = [end as u32; SENTINELS];
        }
        marks.count = blocks.count;
        marks.high = blocks.high != 0;
        marks.controls = blocks.controls != 0;
    }
}

/// What is known of the blocks so far.
#[derive(Default)]
struct Blocks {
    /// How many marks there are.
    count: usize,
    /// Where the next block begins.
    start: usize,
    /// Whether its first byte is escaped.
    carry: u64,
    high: u64,
    controls: u64,
}

impl Blocks {
    /// Finds the marks of the next blocks of a text, of which there are no more than in a group, each
    /// with those of its bytes that are inside.
    #[inline(always)]
    fn group<'t, V: Vector>(
        &mut self,
        vector: V,
        text: &[u8],
        group: impl Iterator<Item = (&'t [u8; 64], u64)>,
        pair: &mut usize,
        places: &mut Vec<u32>,
    ) {
        let Some(room) = room(places, self.count) else {
            return;
        };
        let mut count = 0;
        for (block, inside) in group {
            count += self.next(vector, (text, block), inside, pair, (room, count));
        }
        self.count += count;
    }

    /// Finds the marks of the next block of a text, of those bytes that are `inside`, and puts them
    /// into the room behind so many; how many there are.
    #[inline(always)]
    fn next<V: Vector>(
        &mut self,
        vector: V,
        (text, block): (&[u8], &[u8; 64]),
        inside: u64,
        pair: &mut usize,
        (room, behind): (&mut [u32; ROOM], usize),
    ) -> usize {
        let found = vector.masks(block);
        self.high |= found.high;
        self.controls |= found.controls & inside;
        let escaped = escaped(found.backslashes, &mut self.carry);
        let mut mask = (found.quotes & !escaped) | found.controls;
        if escaped != 0 {
            mask |= broken(text, self.start, escaped & inside, pair);
        }
        mask &= inside;
        // Within the group, so that nothing is compared with a length.
        let room = room.get_mut(behind % GROUP..);
        if let Some(room) = room.and_then(|it| it.first_chunk_mut()) {
            vector.places(room, self.start as u32, mask);
        }
        self.start += 64;
        mask.count_ones() as usize
    }
}

/// So many bytes are looked at with room for all marks that they may have.
const GROUP: usize = 4 * 64;
/// Room for the marks of a group, and for as many as are written at once behind them.
const ROOM: usize = GROUP + 64;

/// That room, behind so many marks.
#[inline(always)]
fn room(places: &mut Vec<u32>, count: usize) -> Option<&mut [u32; ROOM]> {
    if places.len() < count + ROOM {
        grow(places, count);
    }
    places.get_mut(count..)?.first_chunk_mut()
}

#[cold]
#[inline(never)]
fn grow(places: &mut Vec<u32>, count: usize) {
    places.resize(count + count / 2 + 4096, 0);
}

/// The bytes that a backslash escapes; `carry` is whether the first byte of the next block is one.
#[inline(always)]
fn escaped(backslashes: u64, carry: &mut u64) -> u64 {
    if backslashes == 0 {
        return std::mem::take(carry);
    }
    // Runs of backslashes escape each other in pairs, so what follows a run is escaped if the run
    // is odd. Adding a run's start to the run carries out of its end; the parity of that place
    // against the start's says which it is.
    const EVEN: u64 = 0x5555_5555_5555_5555;
    let backslashes = backslashes & !*carry;
    let follows = backslashes << 1 | *carry;
    let odd_starts = backslashes & !EVEN & !follows;
    let (ends, overflow) = odd_starts.overflowing_add(backslashes);
    *carry = u64::from(overflow);
    (EVEN ^ (ends << 1)) & follows
}

/// Those of the escaped bytes that cannot be escaped, halves of surrogate pairs among them. `pair`
/// is where the second half of a pair may stand.
#[cold]
#[inline(never)]
fn broken(text: &[u8], start: usize, escaped: u64, pair: &mut usize) -> u64 {
    let mut broken = 0;
    let mut rest = escaped;
    while rest != 0 {
        let bit = rest.trailing_zeros();
        rest &= rest - 1;
        let at = start + bit as usize;
        let fine = match text.get(at) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
            Some(b'u') => match hex4(text, at + 1) {
                None => false,
                Some(0xd800..0xdc00) => {
                    let second = text.get(at + 5..at + 7) == Some(b"\\u")
                        && hex4(text, at + 7).is_some_and(|it| (0xdc00..0xe000).contains(&it));
                    *pair = at + 6;
                    second
                }
                Some(0xdc00..0xe000) => *pair == at,
                Some(_) => true,
            },
            Some(_) | None => false,
        };
        if !fine {
            broken |= 1 << bit;
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::Path;
    use proptest::prelude::*;

    fn marks(text: &[u8]) -> (Vec<u32>, bool) {
        let mut padded = text.to_vec();
        padded.resize(text.len() + PADDING, 0);
        let mut marks = Marks::default();
        for (at, path) in Path::all().into_iter().rev().enumerate() {
            let mut found = Marks::default();
            path.run(FindMarks {
                text: &padded,
                end: text.len(),
                marks: &mut found,
            });
            if at > 0 {
                assert_eq!(found.places(), marks.places(), "{path:?}");
                assert_eq!(found.high, marks.high, "{path:?}");
                assert_eq!(found.controls, marks.controls, "{path:?}");
            }
            assert_eq!(found.controls, text.iter().any(|it| *it < b' '), "{path:?}");
            marks = found;
        }
        assert!(marks.places().ends_with(&[text.len() as u32; SENTINELS]));
        (marks.places()[..marks.count].to_vec(), marks.high)
    }

    /// The same by reading byte after byte.
    fn expected(text: &[u8]) -> Vec<u32> {
        let mut places = Vec::new();
        let mut at = 0;
        let mut pair = usize::MAX;
        let mut escape = false;
        while let Some(byte) = text.get(at) {
            if escape {
                escape = false;
                let fine = match byte {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => true,
                    b'u' => match hex4(text, at + 1) {
                        Some(0xd800..0xdc00) => {
                            pair = at + 6;
                            text[at + 5..].starts_with(b"\\u")
                                && matches!(hex4(text, at + 7), Some(0xdc00..0xe000))
                        }
                        Some(0xdc00..0xe000) => pair == at,
                        unit => unit.is_some(),
                    },
                    _ => false,
                };
                if !fine {
                    places.push(at as u32);
                }
            } else if *byte == b'\\' {
                escape = true;
            } else if *byte == b'"' || *byte < b' ' {
                places.push(at as u32);
            }
            at += 1;
        }
        places
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            4 => proptest::collection::vec(b'a'..=b'z', 0..40),
            2 => Just(b"\"".to_vec()),
            2 => (1usize..5).prop_map(|count| vec![b'\\'; count]),
            1 => Just(b"\\ud83d\\ude00".to_vec()),
            1 => Just(b"\\ude00".to_vec()),
            1 => Just(b"\\ud83d".to_vec()),
            1 => Just(b"\\u00e9".to_vec()),
            1 => Just(b"\n".to_vec()),
            1 => any::<u8>().prop_map(|byte| vec![byte]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn marks_are_those_of_a_byte_by_byte_reading(
            pieces in proptest::collection::vec(piece(), 0..30),
        ) {
            let text = pieces.concat();
            let (found, high) = marks(&text);
            prop_assert_eq!(found, expected(&text));
            prop_assert_eq!(high, !text.is_ascii());
        }
    }

    #[test]
    fn blocks_full_of_quotes() {
        let text = vec![b'"'; 200];
        assert_eq!(marks(&text).0, (0..200).collect::<Vec<u32>>());
    }
}
