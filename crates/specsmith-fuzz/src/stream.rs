//! A whole input: its records get the verdicts that they get one by one, however it is read.

use std::io::Read;

use specsmith_plan::{Counts, Plan, RecordReport, Shape, StreamOptions, Subject, Verdict};

use crate::record::with_judges;
use crate::taking::Taking;

/// The first bytes choose the schema, the shape and the pieces, the rest is the input.
///
/// # Panics
/// If buffers, pieces or jobs change what is found, or a verdict is not that of the record alone.
pub fn stream(data: &[u8]) {
    let mut taking = Taking(data);
    let choice = taking.byte();
    let shape = taking.of(&[Shape::Lines, Shape::Batch, Shape::Single], Shape::Lines);
    let piece = 1 + usize::from(taking.byte());
    let jobs = 1 + taking.below(3);
    let text = taking.0;
    with_judges(choice, |judges| {
        let plan = judges.plan();
        let whole = StreamOptions::default();
        let (counts, told) = run(plan, text, shape, &whole, usize::MAX);
        let small = StreamOptions {
            jobs,
            buffer: 4096,
            ..StreamOptions::default()
        };
        assert_eq!(
            run(plan, text, shape, &small, piece),
            (counts, told.clone()),
            "in pieces of {piece}, with {jobs} jobs"
        );
        let clean = told.is_empty();
        match shape {
            Shape::Lines => {
                let marked = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
                let lines = marked.split(|byte| *byte == b'\n');
                let records = lines.filter(|line| !specsmith_json::is_blank(line));
                let invalid: Vec<u64> = (0u64..)
                    .zip(records)
                    .filter(|(_, line)| plan.verdict(line) == Verdict::Invalid)
                    .map(|(index, _)| index)
                    .collect();
                let mut found: Vec<u64> = told.iter().map(|it| it.1).collect();
                found.dedup();
                assert_eq!(found, invalid);
                assert_eq!(counts.invalid, invalid.len() as u64);
            }
            Shape::Batch | Shape::Single => {
                assert_eq!(clean, plan.verdict(text) == Verdict::Valid, "{told:?}");
            }
        }
    });
}

type Told = (Subject, u64, u64, std::ops::Range<u64>, &'static str);

/// What is found apart from the byte order mark, which makes nothing invalid.
fn run(
    plan: &Plan,
    text: &[u8],
    shape: Shape,
    options: &StreamOptions,
    piece: usize,
) -> (Counts, Vec<Told>) {
    let mut told = Vec::new();
    let mut sink = |report: RecordReport<'_>| {
        for mistake in report.mistakes {
            let bytes = report.record.offset + mistake.bytes.start
                ..report.record.offset + mistake.bytes.end;
            let code = mistake.code.as_str();
            assert!(bytes.end <= text.len() as u64, "{code} at {bytes:?}");
            if code != "json/byte-order-mark" {
                told.push((
                    report.subject,
                    report.record.index,
                    report.record.line,
                    bytes,
                    code,
                ));
            }
        }
    };
    let counts = plan
        .run(Pieces(text, piece), shape, options, &mut sink)
        .unwrap_or_else(|error| panic!("the reader does not fail: {error}"));
    (counts, told)
}

/// Gives its bytes in pieces of a size.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let count = self.0.len().min(room.len()).min(self.1);
        let (now, later) = self.0.split_at(count);
        room[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}
