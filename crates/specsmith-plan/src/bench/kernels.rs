//! The kernels by themselves, by each set of instructions that the machine has.

use crate::kernels::class::ByteSet;
use crate::kernels::format::{is_date_time, is_email};
use crate::marked::{Marked, PAGE_AND_PADDING, Page, Stretch};
use crate::marks::{FindMarks, Marks, PADDING};
use crate::plan::{Plan, Program};
use crate::scan::{Scan, Scratch, Stop};
use crate::simd::{Path, Task, Vector};

/// The kernels with the memory that they take.
#[derive(Debug)]
pub struct Kernels<'p> {
    path: Path,
    program: &'p Program,
    marks: Marks,
    scratch: Scratch,
}

/// What the scan says about the lines of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines that are valid.
    pub valid: u64,
    /// Lines that are not.
    pub invalid: u64,
    /// Lines that are left to the tree.
    pub unsure: u64,
}

impl Plan {
    /// The kernels by each set of instructions, the widest first.
    pub fn kernels(&self) -> Vec<Kernels<'_>> {
        let program = &*self.program;
        let kernels = |path| Kernels {
            path,
            program,
            marks: Marks::of_pages(),
            scratch: Scratch::default(),
        };
        Path::all().into_iter().map(kernels).collect()
    }
}

/// A text with room behind it, as the kernels take it.
#[derive(Clone, Debug)]
pub struct Padded {
    bytes: Vec<u8>,
    end: usize,
}

impl Padded {
    /// Copies a text.
    pub fn new(text: &[u8]) -> Self {
        let mut bytes = text.to_vec();
        bytes.resize((text.len() + PADDING).max(PAGE_AND_PADDING), 0);
        let end = text.len();
        Self { bytes, end }
    }

    /// How many bytes the text has.
    pub fn len(&self) -> usize {
        self.end
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.end == 0
    }
}

impl Kernels<'_> {
    /// `avx512`, `avx2` or `portable`.
    pub fn name(&self) -> &'static str {
        self.path.name()
    }

    /// The first pass over a text: how many marks it has.
    pub fn marks(&mut self, text: &Padded) -> usize {
        self.path.run(FindMarks {
            text: &text.bytes,
            end: text.end,
            marks: &mut self.marks,
        });
        self.marks.count()
    }

    /// Both passes over the lines of a text.
    pub fn lines(&mut self, text: &Padded) -> Lines {
        self.path.run(ScanEach {
            program: self.program,
            text: &text.bytes,
            end: text.end,
            marks: &mut self.marks,
            scratch: &mut self.scratch,
        })
    }

    /// How many bytes of the windows are letters or digits.
    pub fn in_set(&self, windows: &[[u8; 32]]) -> u32 {
        self.path.run(Alphanumeric(windows))
    }

    /// How many of the windows plainly are email addresses or instants, each of so many bytes.
    pub fn formats(&self, windows: &[([u8; 32], usize)]) -> u32 {
        self.path.run(Formats(windows))
    }
}

struct ScanEach<'a> {
    program: &'a Program,
    text: &'a [u8],
    end: usize,
    marks: &'a mut Marks,
    scratch: &'a mut Scratch,
}

impl Task for ScanEach<'_> {
    type Output = Lines;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> Lines {
        let Self {
            program,
            text,
            end,
            marks,
            scratch,
        } = self;
        FindMarks { text, end, marks }.run(vector);
        match Page::of(text, end, marks) {
            Some(page) => each(Scan::new(vector, program, page, scratch, true), end),
            None => {
                let stretch = Stretch::of(text, end, marks);
                each(Scan::new(vector, program, stretch, scratch, true), end)
            }
        }
    }
}

/// Judges line after line.
#[inline(always)]
fn each<'a, V: Vector, T: Marked<'a>>(mut scan: Scan<'a, V, T>, end: usize) -> Lines {
    let mut lines = Lines::default();
    let mut at = 0;
    while at < end {
        let (start, mark) = (at, scan.mark());
        let line_end = match scan.root(start) {
            Ok(behind) => scan.space(behind),
            Err(Stop::Unsure) => {
                lines.unsure += 1;
                end
            }
            Err(Stop::Invalid) => {
                lines.invalid += 1;
                end
            }
        };
        if line_end < end && scan.byte(line_end) == b'\n' && scan.is_utf8(start, line_end) {
            lines.valid += 1;
            scan.set_mark(scan.mark() + 1);
            at = line_end + 1;
        } else {
            lines.invalid += u64::from(line_end < end);
            at = scan.line_end(start, end) + 1;
            scan.catch_up(mark, at);
        }
    }
    lines
}

struct Alphanumeric<'a>(&'a [[u8; 32]]);

impl Task for Alphanumeric<'_> {
    type Output = u32;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> u32 {
        const SET: ByteSet =
            ByteSet::listed(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        let counts = self.0.iter().map(|it| vector.in_set(it, &SET).count_ones());
        counts.sum()
    }
}

struct Formats<'a>(&'a [([u8; 32], usize)]);

impl Task for Formats<'_> {
    type Output = u32;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> u32 {
        let fits = |(window, length): &([u8; 32], usize)| {
            u32::from(is_email(vector, window, *length) || is_date_time(vector, window, *length))
        };
        self.0.iter().map(fits).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::{Entity, Form, Variant, write};
    use fastrand::Rng;
    use specsmith_ir::Direction;
    use specsmith_sample::{Sampler, mutate};

    /// Lines of every variant, and samples in which something was changed.
    fn text(entity: Entity, mut sampler: Sampler<'_>, root: specsmith_ir::SchemaId) -> Vec<u8> {
        let mut text = Vec::new();
        for variant in Variant::ALL {
            write(entity, variant, Form::Lines, 5, 20_000, &mut text).expect("memory");
        }
        let mut rng = Rng::with_seed(5);
        for _ in 0..500 {
            if let Some(sample) = sampler.draw(root) {
                text.extend(mutate(&sample.value, &mut rng).text);
                text.push(b'\n');
            }
        }
        text
    }

    #[test]
    fn every_set_of_instructions_says_the_same() {
        for (entity, file, name) in [
            (Entity::Agent, "agent.yaml", "AgentMetadata"),
            (
                Entity::Conversation,
                "conversation.yaml",
                "ConversationMetadata",
            ),
            (Entity::Customer, "customer.yaml", "CustomerMetadata"),
        ] {
            let specs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
            let limits = specsmith_source::Limits::default();
            let (specification, _) =
                specsmith_source::load(&[specs.join(file)], &specsmith_source::Disk, &limits);
            let lowered = specsmith_source::lower(&specification.expect("our own"));
            let root = lowered.model.definition(name).expect("it is there").schema;
            let sampler = Sampler::new(&lowered.model, Direction::Request, 5);
            let text = Padded::new(&text(entity, sampler, root));
            for partial_patterns in [false, true] {
                let mut options = crate::Options::default();
                options.watch.partial_patterns = partial_patterns;
                let (model, origins) = (&lowered.model, &lowered.origins);
                let plan = crate::compile(model, origins, root, Direction::Request, &options);
                let mut said: Vec<_> = plan.kernels();
                let said: Vec<_> = said.iter_mut().map(|it| it.lines(&text)).collect();
                assert!(said.iter().all(|it| *it == said[0]), "{name}: {said:?}");
                assert!(said[0].valid > 100 && said[0].invalid > 100, "{said:?}");
            }
        }
    }
}
