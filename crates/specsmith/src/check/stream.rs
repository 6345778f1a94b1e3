//! What a stream hands on, taken into findings while it is read.

use specsmith_diagnostics::{Code, Level, Mistake};
use specsmith_json::Span;
use specsmith_plan::{Enough, Id, Ids, Record, RecordReport, Shape, Subject as Of};

use super::Pass;
use super::held::Held;
use super::repeated::{CODE, Repeated, firsts};
use super::spread::{Line, Spreading, Step, Told};
use super::subject::{Part, Subject};
use crate::lines;
use crate::locate::{Start, Text};
use crate::seen::New;
use crate::sink::Sink;

/// What properties that nothing knows are reported as.
pub(super) const UNKNOWN: Code = Code("lint/unknown-property");

/// Takes what is found in an input of that shape.
pub(super) struct Taking<'t, 'h, 's> {
    held: &'t mut Held<'h, 's>,
    sink: &'t mut Sink,
    shape: Shape,
    pass: Pass,
    /// Whether the text turned out to be no JSON in a pass that says nothing of it.
    pub(super) given_up: bool,
    /// What keeps this kind of record apart from others.
    salt: u64,
    /// Told once there is no room for more unknown properties.
    enough: Enough,
    /// The level of these.
    unknown: Level,
    /// The lines of a value that is spread over several.
    spreading: Spreading,
}

impl<'t, 'h, 's> Taking<'t, 'h, 's> {
    pub(super) fn new(
        held: &'t mut Held<'h, 's>,
        sink: &'t mut Sink,
        (shape, pass): (Shape, Pass),
        enough: Enough,
    ) -> Self {
        let salt = held.work.run.salt(&held.lints.identity.kind());
        let taking = Self {
            unknown: held.work.levels.of(UNKNOWN),
            held,
            sink,
            shape,
            pass,
            given_up: false,
            salt,
            enough,
            spreading: Spreading::default(),
        };
        taking.say_enough();
        taking
    }

    /// Says so if unknown properties are only counted from here on.
    fn say_enough(&self) {
        if !self.held.writes_at(self.unknown, self.sink) {
            self.enough.say();
        }
    }

    /// Takes a line that is judged by itself, by what is said of its text.
    pub(super) fn line(
        &mut self,
        line: &lines::Line<'_>,
        index: u64,
        explain: impl FnOnce(&[u8]) -> Vec<Mistake>,
    ) {
        self.sink.bytes += line.length;
        let start = Start {
            offset: line.offset,
            line: line.number,
            column: 1,
        };
        let Some(bytes) = line.bytes else {
            self.end();
            return self.held.too_long(start, Some(index), self.sink);
        };
        let report = RecordReport {
            subject: Of::Record,
            record: Record {
                index,
                line: start.line,
                column: start.column,
                offset: start.offset,
                text: bytes,
                gap: None,
            },
            mistakes: explain(bytes),
            suspected: true,
            tree: None,
        };
        // A stream tells of no line that is valid, so none is of a value that is spread over several.
        match report.mistakes.is_empty() {
            true => {
                self.end();
                self.tell(report);
            }
            false => specsmith_plan::Sink::report(self, report),
        }
        let text = Text::new(&self.held.work.input.name, bytes, start, false);
        let subject = Subject {
            text: &text,
            root: self.held.root(bytes),
            part: self.part(index),
        };
        self.held.repetitions(&subject, None, self.sink);
    }

    /// Says how far it is.
    fn judged(&self, records: u64) {
        let findings = self.sink.summary.findings();
        self.held.work.done.judged(records, findings);
    }

    /// The input comes to its end.
    pub(super) fn end(&mut self) {
        let told = self.spreading.end();
        self.tell_each(told);
    }

    /// Takes a report into findings.
    fn tell(&mut self, report: RecordReport<'_>) {
        let no_json = report.mistakes.iter().any(is_no_json);
        match self.pass {
            Pass::First if no_json || report.mistakes.iter().any(is_too_deep) => {
                self.given_up = true;
                return;
            }
            // That has been said in the first pass.
            Pass::Second if report.subject == Of::Input => return,
            Pass::First | Pass::Second | Pass::Only => {}
        }
        let record = report.record;
        let part = match (report.subject, self.shape) {
            (Of::Record, _) | (Of::Input, Shape::Lines) => self.part(record.index),
            (Of::Envelope | Of::Input, _) => Part::Whole {
                left_out: record.gap.map_or(0, |gap| gap.items),
            },
        };
        let text = Text::of_record(&self.held.work.input.name, &record);
        let root = self.held.root(record.text);
        let subject = Subject {
            text: &text,
            root: match report.subject {
                Of::Record if no_json => root.unreadable(),
                Of::Record | Of::Envelope | Of::Input => root.or_read(report.tree),
            },
            part,
        };
        // What is left of a batch that breaks off is none, so nothing is missing from it.
        let suspected = report.suspected && !no_json;
        let mistakes = self
            .held
            .completed(report.mistakes, (&subject.root, part), suspected);
        for mistake in mistakes {
            self.held.report(&mistake, &subject, self.sink);
        }
        self.say_enough();
        self.judged(record.index + 1);
        self.print();
    }

    /// Prints what was found so far. Of other inputs than lines it is put in order later.
    fn print(&mut self) {
        if let (Shape::Lines, Some(print)) = (self.shape, self.held.work.print) {
            print(self.sink);
        }
    }

    /// Says of each of some lines, and of values among them, what is wrong with it.
    fn tell_each(&mut self, told: Vec<Told>) {
        for told in told {
            match told {
                Told::Line(mut line) => self.tell(line.report()),
                Told::Value(lines) => self.tell_spread(&lines),
            }
        }
    }

    /// Says of a value that it is spread over these lines.
    fn tell_spread(&mut self, lines: &[Line]) {
        let Some(first) = lines.first() else {
            return;
        };
        let record = first.record();
        let text = Text::of_record(&self.held.work.input.name, &record);
        let end = record.text.trim_ascii_end().len() as u64;
        let part = self.part(record.index);
        let subject = Subject {
            text: &text,
            root: self.held.root(b""),
            part,
        };
        // A byte order mark is a mistake of its own.
        for mistake in first.mistakes().iter().filter(|it| !is_no_json(it)) {
            self.held.report(mistake, &subject, self.sink);
        }
        self.held.pretty_printed(&subject, end..end, self.sink);
        self.judged(record.index + lines.len() as u64);
    }

    fn part(&self, index: u64) -> Part {
        match self.shape {
            Shape::Lines => Part::Payload(index),
            Shape::Batch => Part::Item(index),
            Shape::Single => Part::WHOLE,
        }
    }
}

/// Whether a text cannot be read for what is wrong.
pub(super) fn is_no_json(mistake: &Mistake) -> bool {
    let readable = ["json/duplicate-key", "json/byte-order-mark"];
    mistake.code.area() == "json" && !readable.contains(&mistake.code.as_str())
}

/// Whether a text was not read on for its depth: of a batch, the items that are not so deep are.
fn is_too_deep(mistake: &Mistake) -> bool {
    mistake.code.as_str() == "limit/depth"
}

impl specsmith_plan::Sink for Taking<'_, '_, '_> {
    fn report(&mut self, report: RecordReport<'_>) {
        if self.shape != Shape::Lines {
            return self.tell(report);
        }
        let limit = self.held.work.run.settings.limits.record;
        match self.spreading.take(report, limit) {
            Step::Open => {}
            Step::Whole(lines) => self.tell_spread(&lines),
            Step::Behind => self.judged(self.spreading.passed()),
            Step::Other(told, report) => {
                self.tell_each(told);
                self.tell(report);
            }
        }
    }

    fn ids(&mut self, ids: Ids<'_>) {
        self.end();
        if let Some(last) = ids.iter().last() {
            self.judged(ids.index(last) + 1);
        }
        if !self.held.ids {
            return;
        }
        let mut repeated = Repeated::default();
        let salt = self.salt;
        let new = move |id: &Id| New {
            fingerprint: id.fingerprint.wrapping_add(salt),
            line: ids.line(id),
            batch: id.item.map(|_| ids.index(id)),
        };
        let turn = &self.held.work.turn;
        turn.with(|seen| repeated.note_all(seen, (ids.with_next(), ids.iter().len()), new));
        if repeated.found.is_empty() {
            return;
        }
        let span = |id| {
            let value = ids.value(id);
            let place = |it| u32::try_from(it).unwrap_or(u32::MAX);
            Span::new(place(value.start), place(value.end))
        };
        // Ids of one text are told with the place where they stand first.
        let of_batches = ids.iter().filter(|id| id.item.is_some());
        let firsts = firsts(of_batches.map(|id| ((ids.index(id), id.fingerprint), span(id))));
        for (at, place) in repeated.found {
            let Some(id) = ids.iter().nth(at) else {
                continue;
            };
            if !self.held.writes(CODE, self.sink) {
                self.held.count(CODE, 1, self.sink);
                continue;
            }
            let first = firsts.get(&(ids.index(id), id.fingerprint)).copied();
            let record = ids.record(id);
            let text = Text::of_record(&self.held.work.input.name, &record);
            let subject = Subject {
                text: &text,
                root: self.held.root(record.text),
                part: self.part(record.index),
            };
            let item = id.item.map(u64::from);
            let mistake = self.held.repetition(item, span(id), first, &place);
            self.held.report(&mistake, &subject, self.sink);
        }
    }
}
