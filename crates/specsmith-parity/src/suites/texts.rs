//! JSONTestSuite put to the judges: each text by itself, inside an object, as a line among others,
//! and cut in two wherever it can be.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use specsmith_diagnostics::Finding;
use specsmith_ir::Direction;
use specsmith_json::{FaultKind, Limits, read};
use specsmith_plan::{RecordReport, Shape, StreamOptions};

use super::json::{Parsed, parsing_tests};
use crate::{Agreed, Judges, Place, Subject};

/// What became of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// How many texts of each kind were accepted and refused, each by itself.
    pub counts: BTreeMap<(TextKind, bool), usize>,
    /// In how many judgements each way of putting a text was tried.
    pub ways: BTreeMap<&'static str, usize>,
    /// What is up to the reader: the text, whether it is accepted, and the code of what is said.
    pub decided: Vec<(String, bool, &'static str)>,
    /// The texts whose one fault is a key that is there twice.
    pub duplicates: Vec<String>,
    /// What does not come out as it should.
    pub wrong: Vec<String>,
}

/// What the suite says of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// `y_`: it is JSON.
    Json,
    /// `n_`: it is not.
    NotJson,
    /// `i_`: that is up to the reader.
    Open,
}

/// A schema that takes anything, and one that knows the property `known` and lets it be anything.
const SPEC: &str = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},
    "components":{"schemas":{"Any":{},"Known":{"properties":{"known":{}}}}}}"#;

/// Longer texts are not cut at every byte, but at so many.
const CUTS: usize = 1_000;

/// Puts all texts of the suite under that corpus to the judges, in every way.
///
/// # Errors
/// If there are no judges, which would be a mistake of their own.
pub fn judge_texts(corpus: &Path) -> Result<Texts, Vec<Finding>> {
    let subject = Subject::of_text(SPEC)?;
    let judges = |name: &str| {
        let place = Place::named(&subject, name).ok_or_else(Vec::new)?;
        subject.judges(&place, Direction::Request)
    };
    let (any, known) = (judges("Any")?, judges("Known")?);
    let mut texts = Texts::default();
    for test in parsing_tests(corpus) {
        let decided = Decided::of(&test);
        texts.note(&test, &decided);
        let mut put = |way, outcome: Result<usize, String>| match outcome {
            Ok(count) => *texts.ways.entry(way).or_default() += count,
            Err(why) => texts.wrong.push(format!("{}, {way}: {why}", test.name)),
        };
        let alone = decided.accepted;
        put("by itself", asked(&any, &test.text, alone));
        let inside = alone && !decided.marked;
        for (way, before) in [
            ("the value of a known property", "{\"known\":"),
            ("the value of an unknown property", "{\"unknown\":"),
        ] {
            let record = [before.as_bytes(), &test.text, b"}"].concat();
            put(way, asked(&known, &record, inside));
        }
        put(
            "a file, cut in two",
            cut(&any, Shape::Single, &test.text, 1, alone),
        );
        let blank = test
            .text
            .iter()
            .all(|it| matches!(it, b' ' | b'\t' | b'\r'));
        if !blank && !test.text.contains(&b'\n') {
            let lines = [b"[1]\n".as_slice(), &test.text, b"\n{}\n"].concat();
            // A line is a record, and a record may begin with a byte order mark.
            let outcome = cut(&any, Shape::Lines, &lines, 3, alone);
            put("a line among others, cut in two", outcome);
        }
    }
    Ok(texts)
}

impl Texts {
    fn note(&mut self, test: &Parsed, decided: &Decided) {
        let kind = match test.is_json {
            Some(true) => TextKind::Json,
            Some(false) => TextKind::NotJson,
            None => TextKind::Open,
        };
        *self.counts.entry((kind, decided.accepted)).or_default() += 1;
        match kind {
            TextKind::Open => {
                let name = test.name.clone();
                self.decided.push((name, decided.accepted, decided.code));
            }
            TextKind::Json if decided.twice => self.duplicates.push(test.name.clone()),
            TextKind::Json if decided.accepted => {}
            TextKind::NotJson if !decided.accepted => {}
            TextKind::Json | TextKind::NotJson => {
                let said = if decided.accepted {
                    "accepted"
                } else {
                    "refused"
                };
                self.wrong.push(format!("{}: {said}", test.name));
            }
        }
    }
}

/// What the one reading of JSON makes of a text.
struct Decided {
    accepted: bool,
    /// Whether a key is there twice, and nothing else is wrong.
    twice: bool,
    /// Whether it begins with a byte order mark, which only a record may.
    marked: bool,
    code: &'static str,
}

impl Decided {
    fn of(test: &Parsed) -> Self {
        let reading = read(&test.text, &Limits::default());
        let broken = reading.root.is_none();
        let twice = !broken && !reading.duplicates.is_empty();
        let mut faults = reading.faults.iter();
        let code = reading.faults.first().map_or("", |it| it.code());
        Self {
            accepted: !broken && !twice,
            twice,
            marked: faults.any(|it| it.kind == FaultKind::ByteOrderMark),
            code: if twice { "json/duplicate-key" } else { code },
        }
    }
}

/// Asks all judges about a record, and the plan for places in it.
fn asked(judges: &Judges<'_>, record: &[u8], accepted: bool) -> Result<usize, String> {
    match judges.compare(record) {
        Ok(Agreed::Valid) if accepted => {}
        Ok(Agreed::Broken) if !accepted => {}
        Ok(agreed) => return Err(format!("{agreed:?}")),
        Err(disagreement) => return Err(disagreement.to_string()),
    }
    let mistakes = judges.plan().explain(record);
    let inside = |at: u64| at <= record.len() as u64;
    let placed = mistakes
        .iter()
        .all(|it| inside(it.bytes.start) && inside(it.bytes.end));
    match placed && (accepted || !mistakes.is_empty()) {
        true => Ok(1),
        false => Err("no such position".to_owned()),
    }
}

/// Lets the plan read a text in two pieces, cut at every place; one of its records is the one in
/// question.
fn cut(
    judges: &Judges<'_>,
    shape: Shape,
    text: &[u8],
    records: u64,
    accepted: bool,
) -> Result<usize, String> {
    let step = text.len().div_ceil(CUTS).max(1);
    let mut count = 0;
    for at in (0..=text.len()).step_by(step) {
        let (head, tail) = text.split_at(at);
        let reader = Halves { head, tail };
        let options = StreamOptions {
            buffer: text.len() + 1,
            ..StreamOptions::default()
        };
        let mut placed = true;
        let mut sink = |report: RecordReport<'_>| {
            let length = report.record.text.len() as u64;
            let mut mistakes = report.mistakes.iter();
            placed &= mistakes.all(|it| it.bytes.end <= length);
        };
        let counts = judges.plan().run(reader, shape, &options, &mut sink);
        let counts = counts.map_err(|it| it.to_string())?;
        if counts.invalid != u64::from(!accepted) || counts.records != records || !placed {
            let (read, invalid) = (counts.records, counts.invalid);
            return Err(format!(
                "cut at byte {at}: {read} records, {invalid} invalid"
            ));
        }
        count += 1;
    }
    Ok(count)
}

/// A text that comes in two pieces.
struct Halves<'t> {
    head: &'t [u8],
    tail: &'t [u8],
}

impl Read for Halves<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.head.is_empty() {
            true => self.tail.read(into),
            false => self.head.read(into),
        }
    }
}
