//! A text with its marks, as the second pass looks at them.
//!
//! Looking asks for no end: what lies behind the text is something, and never makes a value end
//! inside it. [`Page`] is for what is short, so that a place needs no comparison with a length;
//! [`Stretch`] is for any length.

use crate::marks::{Marks, PADDING, SENTINELS};

/// A text and its marks. Behind the last mark comes the text's end, as often as anyone looks.
pub(crate) trait Marked<'a>: Copy {
    /// Where the text ends.
    fn end(self) -> usize;
    fn byte(self, at: usize) -> u8;
    /// The bytes from a place on, at most [`PADDING`] of them.
    fn window<const N: usize>(self, at: usize) -> &'a [u8; N];
    /// The bytes between two places; none where they are not in the text.
    fn between(self, start: usize, end: usize) -> &'a [u8];
    /// The whole, and what lies behind it.
    fn text(self) -> &'a [u8];
    fn mark(self, index: usize) -> usize;
    /// The marks from one on.
    fn four_marks(self, index: usize) -> [u32; 4];
    /// All marks from one on.
    fn marks(self, from: usize) -> &'a [u32];
}

/// So long is a page.
pub(crate) const PAGE: usize = 1 << 20;
/// So much must be readable from the beginning of a page.
pub(crate) const PAGE_AND_PADDING: usize = PAGE + PADDING;

/// The marks of a page, and what stands behind them.
pub(crate) const PAGE_OF_MARKS: usize = PAGE + SENTINELS;

/// A short text: places are taken modulo the length of a page.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    text: &'a [u8; PAGE_AND_PADDING],
    marks: &'a [u32; PAGE_OF_MARKS],
    end: usize,
    count: usize,
}

impl<'a> Page<'a> {
    /// The first `end` bytes of a text, if they are few and enough can be read behind them.
    pub(crate) fn of(text: &'a [u8], end: usize, marks: &'a Marks) -> Option<Self> {
        let count = marks.count();
        // What is looked at is never a whole padding behind the end.
        let fits = end + PADDING <= PAGE && count + SENTINELS <= PAGE;
        fits.then_some(Self {
            text: text.first_chunk()?,
            marks: marks.room().first_chunk()?,
            end,
            count,
        })
    }
}

impl<'a> Marked<'a> for Page<'a> {
    #[inline(always)]
    fn end(self) -> usize {
        self.end
    }

    #[inline(always)]
    fn byte(self, at: usize) -> u8 {
        self.text[at % PAGE]
    }

    #[inline(always)]
    fn window<const N: usize>(self, at: usize) -> &'a [u8; N] {
        let rest = self.text.get(at % PAGE..).unwrap_or_default();
        rest.first_chunk().unwrap_or(&[0; N])
    }

    #[inline(always)]
    fn between(self, start: usize, end: usize) -> &'a [u8] {
        self.text.get(start..end).unwrap_or_default()
    }

    #[inline(always)]
    fn text(self) -> &'a [u8] {
        self.text
    }

    #[inline(always)]
    fn mark(self, index: usize) -> usize {
        self.marks[index % PAGE] as usize
    }

    #[inline(always)]
    fn four_marks(self, index: usize) -> [u32; 4] {
        let rest = self.marks.get(index % PAGE..).unwrap_or_default();
        *rest.first_chunk().unwrap_or(&[0; 4])
    }

    #[inline(always)]
    fn marks(self, from: usize) -> &'a [u32] {
        self.marks.get(from..self.count).unwrap_or_default()
    }
}

/// A text of any length.
#[derive(Clone, Copy)]
pub(crate) struct Stretch<'a> {
    text: &'a [u8],
    marks: &'a [u32],
    end: usize,
}

impl<'a> Stretch<'a> {
    /// The first `end` bytes of a text.
    pub(crate) fn of(text: &'a [u8], end: usize, marks: &'a Marks) -> Self {
        Self {
            text,
            marks: marks.places(),
            end,
        }
    }
}

impl<'a> Marked<'a> for Stretch<'a> {
    #[inline(always)]
    fn end(self) -> usize {
        self.end
    }

    #[inline(always)]
    fn byte(self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    #[inline(always)]
    fn window<const N: usize>(self, at: usize) -> &'a [u8; N] {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.first_chunk().unwrap_or(&[0; N])
    }

    #[inline(always)]
    fn between(self, start: usize, end: usize) -> &'a [u8] {
        self.text.get(start..end).unwrap_or_default()
    }

    #[inline(always)]
    fn text(self) -> &'a [u8] {
        self.text
    }

    #[inline(always)]
    fn mark(self, index: usize) -> usize {
        self.marks.get(index).map_or(self.end, |it| *it as usize)
    }

    #[inline(always)]
    fn four_marks(self, index: usize) -> [u32; 4] {
        let rest = self.marks.get(index..).unwrap_or_default();
        match rest.first_chunk() {
            Some(marks) => *marks,
            // A longer text has no place that 32 bits cannot say.
            None => [0, 1, 2, 3].map(|ahead| self.mark(index + ahead) as u32),
        }
    }

    #[inline(always)]
    fn marks(self, from: usize) -> &'a [u32] {
        self.marks.get(from..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::FindMarks;
    use crate::plan::{ANY, NodeId, Program};
    use crate::scan::{End, Rooted, Scan, Scratch};
    use crate::simd::{Path, Task, Vector};
    use proptest::prelude::*;
    use specsmith_ir::Direction;
    use std::sync::LazyLock;

    /// What a scan says of the first `end` bytes, as a page and as a stretch.
    struct Both<'a> {
        program: &'a Program,
        node: NodeId,
        text: &'a [u8],
        end: usize,
    }

    impl Task for Both<'_> {
        type Output = (Option<End>, End);

        fn run<V: Vector>(self, vector: V) -> (Option<End>, End) {
            let Self {
                program,
                node,
                text,
                end,
            } = self;
            let mut marks = Marks::of_pages();
            FindMarks {
                text,
                end,
                marks: &mut marks,
            }
            .run(vector);
            let mut scratch = Scratch::default();
            let page = Page::of(text, end, &marks).map(|page| {
                Scan::new(vector, program, page, &mut scratch, false)
                    .item(Rooted::of(program, node), 0)
            });
            let stretch = Stretch::of(text, end, &marks);
            let stretch = Scan::new(vector, program, stretch, &mut scratch, false)
                .item(Rooted::of(program, node), 0);
            (page, stretch)
        }
    }

    static CONVERSATIONS: LazyLock<crate::Plan> = LazyLock::new(|| {
        let specs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
        let limits = specsmith_source::Limits::default();
        let files = [specs.join("conversation.yaml")];
        let (specification, _) = specsmith_source::load(&files, &specsmith_source::Disk, &limits);
        let lowered = specsmith_source::lower(&specification.expect("our own"));
        let root = lowered.model.definition("ConversationMetadata");
        let root = root.expect("it is there").schema;
        let options = crate::Options::default();
        crate::compile(
            &lowered.model,
            &lowered.origins,
            root,
            Direction::Request,
            &options,
        )
    });

    /// Text to begin with, and what comes behind it again and again, until a page is full.
    fn text() -> impl Strategy<Value = (String, &'static str)> {
        let begin = prop_oneof![
            Just(""),
            Just("["),
            Just("[["),
            Just("{"),
            Just("\""),
            Just("{\"campaign\":\""),
            Just("{\"campaign\":null,\"companySegment\":["),
            Just("{\"externalConversationId\":\"a\","),
            Just("{\"attributes\":["),
        ];
        let again = prop_oneof![
            Just("1"),
            Just("1,"),
            Just("0.5e"),
            Just(" "),
            Just("\n"),
            Just("\""),
            Just("\\"),
            Just("\"a\","),
            Just("\"a\":1,"),
            Just("null,"),
            Just("\"campaign\":null,"),
            Just("[],"),
            Just("["),
            Just("{},"),
            Just("]}"),
            Just("{\"name\":\"a\",\"value\":\"b\"},"),
        ];
        (begin.prop_map(str::to_owned), again)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_page_is_read_as_a_stretch_is(
            (begin, again) in text(),
            end in prop_oneof![15 => 0usize..80, 1 => PAGE - 200..PAGE - PADDING + 1],
            any in any::<bool>(),
        ) {
            let plan = &*CONVERSATIONS;
            let mut text = begin.into_bytes();
            text.extend(again.bytes().cycle().take(PAGE_AND_PADDING));
            let node = if any { ANY } else { plan.program.root };
            for path in Path::all() {
                let (page, stretch) = path.run(Both {
                    program: &plan.program,
                    node,
                    text: &text,
                    end,
                });
                prop_assert_eq!(page, Some(stretch), "{:?}", path);
                prop_assert!(stretch.is_err() || stretch.is_ok_and(|it| it <= end));
            }
        }
    }

    #[test]
    fn what_is_too_long_or_has_too_many_marks_is_no_page() {
        let marked = |text: &[u8], end: usize| {
            let mut marks = Marks::of_pages();
            crate::simd::dispatch(FindMarks {
                text,
                end,
                marks: &mut marks,
            });
            Page::of(text, end, &marks).is_some()
        };
        let plain = vec![b'a'; PAGE_AND_PADDING];
        assert!(marked(&plain, PAGE - PADDING));
        assert!(!marked(&plain, PAGE - PADDING + 1));
        assert!(!marked(&plain[1..], 100));
        assert!(marked(&vec![b'"'; PAGE_AND_PADDING], PAGE - PADDING));
    }
}
