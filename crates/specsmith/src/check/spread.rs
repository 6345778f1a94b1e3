//! A value that is spread over several lines of a file of lines: one mistake, and not one a line.

use specsmith_diagnostics::Mistake;
use specsmith_json::{FaultKind, Limits, read};
use specsmith_plan::{Record, RecordReport, Subject};

/// The lines of a value that is not at its end yet, each of them reported as a record of its own.
#[derive(Default)]
pub(super) struct Spreading {
    lines: Vec<Line>,
    /// How many brackets are open.
    depth: usize,
    bytes: usize,
}

/// A line, and what was reported of it.
pub(super) struct Line {
    record: Record<'static>,
    text: Vec<u8>,
    mistakes: Vec<Mistake>,
    suspected: bool,
}

/// What becomes of a report.
pub(super) enum Step<'a> {
    /// It is of a record of its own; the lines before it were that as well.
    Other(Vec<Line>, RecordReport<'a>),
    /// The value goes on.
    Open,
    /// The value ends here: those are its lines.
    Whole(Vec<Line>),
}

impl Spreading {
    /// Takes the report of a line; values of more than `limit` bytes are none.
    pub(super) fn take<'a>(&mut self, report: RecordReport<'a>, limit: usize) -> Step<'a> {
        let text = report.record.text;
        let goes_on = match self.lines.last() {
            None => begins(&report),
            Some(last) => {
                let next = report.record.line == last.record.line + 1;
                next && report.subject == Subject::Record && self.bytes + text.len() < limit
            }
        };
        let depth = match goes_on {
            true => depth_behind(self.depth, text),
            false => None,
        };
        let whole = |lines: &[Line]| {
            let before = lines.iter().flat_map(|it| [&*it.text, b"\n"]);
            let value: Vec<&[u8]> = before.chain([text]).collect();
            let limits = Limits::default();
            read(&value.concat(), &limits).root.is_some()
        };
        match depth {
            None => Step::Other(self.end(), report),
            Some(0) if self.lines.is_empty() || !whole(&self.lines) => {
                Step::Other(self.end(), report)
            }
            Some(depth) => {
                self.depth = depth;
                self.bytes += text.len() + 1;
                self.lines.push(Line {
                    record: Record {
                        text: b"",
                        ..report.record
                    },
                    text: text.to_owned(),
                    mistakes: report.mistakes,
                    suspected: report.suspected,
                });
                match depth {
                    0 => Step::Whole(self.end()),
                    _ => Step::Open,
                }
            }
        }
    }

    /// The lines of a value that does not go on.
    pub(super) fn end(&mut self) -> Vec<Line> {
        std::mem::take(self).lines
    }
}

impl Line {
    /// The line as a record.
    pub(super) fn record(&self) -> Record<'_> {
        Record {
            text: &self.text,
            ..self.record
        }
    }

    /// What was reported of it.
    pub(super) fn report(&mut self) -> RecordReport<'_> {
        RecordReport {
            subject: Subject::Record,
            mistakes: std::mem::take(&mut self.mistakes),
            suspected: self.suspected,
            tree: None,
            record: self.record(),
        }
    }
}

/// Whether a line is all that is there of a value that would go on.
fn begins(report: &RecordReport<'_>) -> bool {
    let text = report.record.text.trim_ascii_start();
    let truncated = |it: &Mistake| it.code.as_str() == FaultKind::Truncated.code();
    report.subject == Subject::Record
        && text.starts_with(b"{") | text.starts_with(b"[")
        && report.mistakes.iter().any(truncated)
}

/// How many brackets are open behind a line before which so many were; nothing where it closes more
/// than that, or ends in a string.
fn depth_behind(mut depth: usize, line: &[u8]) -> Option<usize> {
    let mut bytes = line.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b'"' => loop {
                match bytes.next()? {
                    b'"' => break,
                    b'\\' => {
                        bytes.next()?;
                    }
                    _ => {}
                }
            },
            _ => {}
        }
    }
    Some(depth)
}
