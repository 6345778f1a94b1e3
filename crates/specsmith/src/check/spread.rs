//! A value that is spread over several lines of a file of lines: one mistake, and not one a line.

use specsmith_diagnostics::{BYTE_ORDER_MARK, Mistake};
use specsmith_json::{FaultKind, Limits, is_blank, read};
use specsmith_plan::{Record, RecordReport, Subject};

/// The lines of a value that is not at its end yet, each of them reported as a record of its own.
#[derive(Default)]
pub(super) struct Spreading {
    lines: Vec<Line>,
    /// How many brackets are open.
    depth: usize,
    bytes: usize,
    /// How many records were passed when the last value that was told ended.
    passed: u64,
}

/// A line, and what was reported of it.
pub(super) struct Line {
    record: Record<'static>,
    text: Vec<u8>,
    mistakes: Vec<Mistake>,
    suspected: bool,
}

/// What is told as one.
pub(super) enum Told {
    Line(Line),
    /// A value that is spread over these lines.
    Value(Vec<Line>),
}

/// What becomes of a report.
pub(super) enum Step<'a> {
    /// It is of a record of its own; those are told before it.
    Other(Vec<Told>, RecordReport<'a>),
    /// The value goes on.
    Open,
    /// The value ends here: those are its lines.
    Whole(Vec<Line>),
    /// A value ends here that follows another of which that was said.
    Behind,
}

impl Spreading {
    /// Takes the report of a line; values of more than `limit` bytes are none.
    pub(super) fn take<'a>(&mut self, report: RecordReport<'a>, limit: usize) -> Step<'a> {
        let text = report.record.text;
        let goes_on = match self.lines.last() {
            None => is_truncated(&report) && begins(text),
            Some(last) => {
                // Blank lines are no records.
                let next = report.record.index == last.record.index + 1;
                next && report.subject == Subject::Record && self.bytes + text.len() < limit
            }
        };
        let depth = match goes_on {
            true => depth_behind(self.depth, text),
            false => None,
        };
        match depth {
            None => return Step::Other(self.end(), report),
            Some(0) if self.lines.is_empty() || !self.is_whole(text) => {
                return Step::Other(self.end(), report);
            }
            Some(depth) => self.depth = depth,
        }
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
        if self.depth > 0 {
            return Step::Open;
        }
        let told = std::mem::replace(&mut self.passed, report.record.index + 1);
        let lines = self.all();
        let first = lines.first().map(|it| it.record.index);
        match told > 0 && first == Some(told) {
            true => Step::Behind,
            false => Step::Whole(lines),
        }
    }

    /// What is told of lines of which the first begins a value that does not go on: behind it another
    /// may have begun.
    pub(super) fn end(&mut self) -> Vec<Told> {
        let lines = self.all();
        let ends = ends(&lines);
        let mut lines = lines.into_iter().zip(ends).enumerate();
        let mut told = Vec::new();
        while let Some((at, (line, end))) = lines.next() {
            match end.filter(|_| at > 0) {
                None => told.push(Told::Line(line)),
                Some(end) => {
                    let rest = lines.by_ref().take(end - at).map(|(_, (line, _))| line);
                    told.push(Told::Value(std::iter::once(line).chain(rest).collect()));
                }
            }
        }
        told
    }

    fn all(&mut self) -> Vec<Line> {
        self.depth = 0;
        self.bytes = 0;
        std::mem::take(&mut self.lines)
    }

    /// How many records were passed when the last value ended.
    pub(super) fn passed(&self) -> u64 {
        self.passed
    }

    /// Whether the lines are JSON together with a last one.
    fn is_whole(&self, last: &[u8]) -> bool {
        is_json(self.lines.iter().map(|it| &*it.text).chain([last]))
    }
}

/// For each line where the value ends that begins there and goes on.
fn ends(lines: &[Line]) -> Vec<Option<usize>> {
    let mut ends = vec![None; lines.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0;
    for (at, line) in lines.iter().enumerate() {
        let before = depth;
        depth = depth_behind(before, &line.text).unwrap_or(0);
        if depth > before {
            open.push((before, at));
            continue;
        }
        while let Some((outside, from)) = open.pop_if(|(outside, _)| *outside >= depth) {
            if outside == depth && begins(&lines[from].text) {
                ends[from] = Some(at);
            }
        }
    }
    // One inside another is part of that if the other is JSON. Of broken ones each text is read
    // only a few times.
    let size = |from: usize, to: usize| lines[from..=to].iter().map(|it| it.text.len() + 1).sum();
    let mut patience = 4 * lines.iter().map(|it| it.text.len() + 1).sum::<usize>();
    let mut at = 1;
    while at < lines.len() {
        if let Some(end) = ends[at] {
            let size: usize = size(at, end);
            patience = patience.saturating_sub(size);
            let is_json = patience > 0 && is_json(lines[at..=end].iter().map(|it| &*it.text));
            if is_json {
                at = end;
            } else {
                ends[at] = None;
            }
        }
        at += 1;
    }
    ends
}

/// Whether lines are JSON together.
fn is_json<'a>(lines: impl Iterator<Item = &'a [u8]>) -> bool {
    let value: Vec<&[u8]> = lines.collect();
    let limits = Limits::default();
    read(&value.join(&b'\n'), &limits).root.is_some()
}

/// The values of a text of lines: its lines, and of those that only together close their brackets
/// all.
pub(super) fn values(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let length = length_of_value(rest);
            let (value, behind) = rest.split_at(length);
            rest = behind;
            if !is_blank(value) {
                return Some(value);
            }
        }
        None
    })
}

/// The length of the first line of a text, or of the lines that close what it opens.
fn length_of_value(text: &[u8]) -> usize {
    let Some(first) = memchr::memchr(b'\n', text) else {
        return text.len();
    };
    let (line, next) = text.split_at(first + 1);
    // Inside a value no bracket opens where another was closed.
    if matches!(line.trim_ascii_end().last(), Some(b'}' | b']')) && begins(next) {
        return line.len();
    }
    let mut depth = 0;
    let mut end = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        match depth_behind(depth, line) {
            Some(0) => return end,
            Some(deeper) => depth = deeper,
            None => break,
        }
    }
    line.len()
}

impl Line {
    /// The line as a record.
    pub(super) fn record(&self) -> Record<'_> {
        Record {
            text: &self.text,
            ..self.record
        }
    }

    /// What is wrong with it by itself.
    pub(super) fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
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
fn is_truncated(report: &RecordReport<'_>) -> bool {
    let truncated = |it: &Mistake| it.code.as_str() == FaultKind::Truncated.code();
    report.subject == Subject::Record && report.mistakes.iter().any(truncated)
}

/// Whether a line begins as what is spread over several does.
fn begins(text: &[u8]) -> bool {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
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
