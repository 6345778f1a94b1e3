//! Checking one input: what it is for, its records, what is wrong with each.

mod answers;
mod choose;
mod held;
mod repeated;
mod stream;
mod subject;
mod whole;

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use specsmith_diagnostics::{Checked, Code, Finding};
use specsmith_plan::{Counts, Plan, Shape, StreamOptions};

use crate::baseline::Baseline;
use crate::inputs::{Form, Input, reason};
use crate::jobs::{InTurn, Turn};
use crate::judge::Bar;
use crate::keys::{Keys, keys, keys_of_yaml};
use crate::levels::Levels;
use crate::lines::Lines;
use crate::locate::{Start, Text};
use crate::progress::{OfInput, Tally};
use crate::seen::Seen;
use crate::settings::{Choice, Settings};
use crate::sink::{Keeping, Sink};
use crate::specs::{Bench, Specs};

use held::Held;
use stream::Taking;

/// What all inputs of a run have in common.
pub struct Run<'r, 's> {
    /// What is in force.
    pub settings: &'r Settings,
    /// The specifications.
    pub specs: &'s Specs,
    /// One for each operation that a file can be for, made when one is looked for.
    pub benches: OnceLock<Vec<Bench<'s>>>,
    /// What was named, on the command line or in the configuration.
    pub named: &'r [(Choice, Bench<'s>)],
    /// What is kept of the findings.
    pub keeping: Keeping,
    /// The ids seen so far.
    pub seen: &'r InTurn<Seen>,
    /// What the fingerprints of ids are made with.
    pub keys: &'r RandomState,
    /// Where what is done is counted.
    pub tally: &'r Arc<Tally>,
    /// The findings that are known, or that are to be.
    pub baseline: Option<&'r Baseline>,
}

impl<'s> Run<'_, 's> {
    /// One bench for each operation that a file can be for.
    fn benches(&self) -> &[Bench<'s>] {
        let benches = || self.specs.operations().iter().cloned().map(Bench::new);
        self.benches.get_or_init(|| benches().collect())
    }

    /// What keeps the ids of one kind of record apart from those of others.
    fn salt(&self, kind: &str) -> u64 {
        self.keys.hash_one(kind)
    }
}

/// How much of a file is looked at to find out what it is for.
pub const HEAD: u64 = 1 << 20;
/// How many lines of it.
const HEAD_LINES: usize = 200;

/// One input on its way.
struct Work<'w, 'r, 's> {
    run: &'w Run<'r, 's>,
    input: &'w Input,
    levels: Levels,
    choice: Choice,
    /// How many threads judge this input.
    jobs: usize,
    /// The input's turn with what all of them share.
    turn: Turn<'w, Seen>,
    /// How much of it is done.
    done: OfInput<'w>,
}

/// Checks one input, the `number`th of the run, on so many threads.
pub fn check(run: &Run<'_, '_>, input: &Input, number: usize, jobs: usize) -> Sink {
    let mut sink = Sink::new(run.keeping);
    sink.summary.files = 1;
    let (levels, choice) = run.settings.of_file(Path::new(&input.name));
    let work = Work {
        run,
        input,
        levels,
        choice,
        jobs,
        turn: run.seen.turn(number),
        done: OfInput::new(run.tally),
    };
    if let Err(error) = read(&work, &mut sink) {
        let message = format!("the file cannot be read: {}", reason(&error));
        work.push(
            &mut sink,
            input.finding(Code("config/unreadable-file"), message),
        );
    }
    work.done
        .judged(sink.summary.records, sink.summary.findings());
    sink
}

fn read(work: &Work<'_, '_, '_>, sink: &mut Sink) -> io::Result<()> {
    let mut reader = work.input.open(work.run.tally)?;
    let mut head = Vec::new();
    (&mut reader).take(HEAD).read_to_end(&mut head)?;
    let form = work.input.form.unwrap_or_else(|| Form::of_text(&head));
    match form {
        Form::Lines => lines(work, sink, head, reader),
        Form::Json => {
            let keys = keys(&head);
            let at_hand = (head.len() as u64) < HEAD;
            let text = at_hand.then_some(head.as_slice());
            let Some(bench) = choose::bench_of_json(work, sink, &keys, text) else {
                return Ok(());
            };
            let Some((mut held, bar)) = work.hold(sink, bench) else {
                return Ok(());
            };
            let records = match bar {
                Bar::Plan(plan) => json(work, sink, &mut held, plan, head, reader)?,
                Bar::Reference(..) => {
                    let Some(bytes) = document(work, sink, head, reader)? else {
                        return Ok(());
                    };
                    whole(work, sink, &mut held, bar, &bytes)
                }
            };
            work.done(sink, &held, bench, records);
            Ok(())
        }
        Form::Yaml => {
            if let Some(bytes) = document(work, sink, head, reader)? {
                yaml(work, sink, &bytes);
            }
            Ok(())
        }
    }
}

/// The whole of a file that must be read as one; what is too long is reported.
fn document(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    mut head: Vec<u8>,
    reader: Box<dyn Read + Send>,
) -> io::Result<Option<Vec<u8>>> {
    let limit = work.run.settings.limits.document as u64;
    let rest = (limit + 1).saturating_sub(head.len() as u64);
    reader.take(rest).read_to_end(&mut head)?;
    if head.len() as u64 > limit {
        let message = "the file is longer than the limit";
        work.push(sink, work.input.finding(Code("limit/record"), message));
        return Ok(None);
    }
    sink.bytes += head.len() as u64;
    Ok(Some(head))
}

/// A file that is one value, judged by the plan: as one if it is at hand whole, else item by item.
fn json(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    held: &mut Held<'_, '_>,
    plan: &Plan,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<u64> {
    let limits = &work.run.settings.limits;
    let batch = held.target.batch.is_some();
    let at_hand = (head.len() as u64) < HEAD && head.len() <= limits.record;
    let (shape, limit) = match (batch, batch && plan.batches()) {
        (true, true) if !at_hand => (Shape::Batch, limits.record),
        (true, _) => (Shape::Single, limits.document),
        (false, _) => (Shape::Single, limits.record),
    };
    let known = sink.findings.len();
    let counts = stream(work, sink, held, (plan, shape, limit), head, rest)?;
    if shape == Shape::Batch {
        // What stands around the items is judged last.
        let place = |it: &Finding| it.location.as_ref().map_or(0, |it| it.byte_start);
        sink.findings
            .get_mut(known..)
            .unwrap_or_default()
            .sort_by_key(place);
    }
    Ok(match shape {
        Shape::Single if batch => counts.items.unwrap_or(1),
        Shape::Single | Shape::Batch | Shape::Lines => counts.records,
    })
}

/// Judges an input by the plan while it is read.
fn stream(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    held: &mut Held<'_, '_>,
    (plan, shape, record_limit): (&Plan, Shape, usize),
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<Counts> {
    let options = StreamOptions {
        jobs: work.jobs,
        record_limit,
        ..StreamOptions::default()
    };
    let input = Cursor::new(head).chain(rest);
    let counts = plan.run(input, shape, &options, &mut Taking::new(held, sink, shape))?;
    sink.bytes += counts.bytes;
    Ok(counts)
}

/// A file that is one value, judged as a tree; gives how many records it holds.
fn whole(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    held: &mut Held<'_, '_>,
    bar: &Bar<'_>,
    bytes: &[u8],
) -> u64 {
    let text = Text::new(&work.input.name, bytes, Start::OF_FILE, false);
    if held.target.batch.is_none() && bytes.len() > work.run.settings.limits.record {
        held.too_long(Start::OF_FILE, None, sink);
        return 1;
    }
    held.check(&mut *bar.judge(), &text, None, sink)
}

/// A file of lines, each a value.
fn lines(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<()> {
    let limit = work.run.settings.limits.record;
    let (head, rest) = match spread_over_lines(head, rest, limit)? {
        Spread::No(head, rest) => (head, rest),
        Spread::Yes(bytes) => {
            pretty_printed(work, sink, &bytes);
            return Ok(());
        }
    };
    let keys = keys_of_lines(&head);
    if keys.is_empty() && work.choice == Choice::Detected {
        // No record is for no operation, and nothing is wrong with it.
        return Ok(());
    }
    let Some(bench) = choose::bench(work, sink, &keys) else {
        return Ok(());
    };
    let Some((mut held, bar)) = work.hold(sink, bench) else {
        return Ok(());
    };
    let records = match bar {
        Bar::Plan(plan) => {
            let how = (plan, Shape::Lines, limit);
            stream(work, sink, &mut held, how, head, rest)?.records
        }
        Bar::Reference(..) => each_line(work, sink, &mut held, bar, head, rest)?,
    };
    work.done(sink, &held, bench, records);
    Ok(())
}

/// Judges line after line as trees; gives how many there are.
fn each_line(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    held: &mut Held<'_, '_>,
    bar: &Bar<'_>,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<u64> {
    let mut judge = bar.judge();
    let reader = BufReader::with_capacity(1 << 18, Cursor::new(head).chain(rest));
    let mut lines = Lines::new(reader, work.run.settings.limits.record);
    let mut index = 0;
    while let Some(line) = lines.read()? {
        sink.bytes += line.length;
        let start = Start {
            offset: line.offset,
            line: line.number,
            column: 1,
        };
        match line.bytes {
            Some(bytes) => {
                let text = Text::new(&work.input.name, bytes, start, false);
                held.check(&mut *judge, &text, Some(index), sink);
            }
            None => held.too_long(start, Some(index), sink),
        }
        index += 1;
    }
    Ok(index)
}

/// The names of the first lines.
fn keys_of_lines(head: &[u8]) -> Vec<Keys> {
    let mut lines: Vec<_> = head
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(HEAD_LINES + 1)
        .collect();
    // The last one may be cut.
    if lines.len() > 1 && head.len() as u64 == HEAD {
        lines.pop();
    }
    lines.into_iter().map(keys).collect()
}

/// Whether the values of a file of lines are spread over several lines each.
enum Spread {
    /// They are not, as far as its beginning shows.
    No(Vec<u8>, Box<dyn Read + Send>),
    /// They are: the file as far as it was read.
    Yes(Vec<u8>),
}

/// A first line that ends inside a value, which goes on in the next, is the work of a pretty
/// printer.
fn spread_over_lines(
    mut whole: Vec<u8>,
    mut rest: Box<dyn Read + Send>,
    limit: usize,
) -> io::Result<Spread> {
    let first = whole
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    let limits = specsmith_json::Limits::default();
    let is_open = |text: &[u8]| {
        let reading = specsmith_json::read(text, &limits);
        let fault = reading
            .faults
            .iter()
            .find(|it| it.code() != "json/byte-order-mark");
        fault.is_some_and(|it| it.kind == specsmith_json::FaultKind::Truncated)
    };
    if !first.is_some_and(is_open) {
        return Ok(Spread::No(whole, rest));
    }
    let more = (limit as u64).saturating_sub(whole.len() as u64);
    (&mut rest).take(more).read_to_end(&mut whole)?;
    let reading = specsmith_json::read(&whole, &limits);
    let trailing = |it: &specsmith_json::Fault| it.kind == specsmith_json::FaultKind::TrailingText;
    let is_spread = reading.root.is_some() || reading.faults.iter().any(trailing);
    Ok(match is_spread {
        true => Spread::Yes(whole),
        false => Spread::No(whole, rest),
    })
}

/// One finding for a file of lines whose values are spread over several lines.
fn pretty_printed(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let Some(bench) = choose::bench(work, sink, &[keys(bytes)]) else {
        return;
    };
    let Some((held, _)) = work.hold(sink, bench) else {
        return;
    };
    let start = bytes.iter().position(|it| !it.is_ascii_whitespace());
    let start = start.unwrap_or(0);
    let rest = bytes.get(start..).unwrap_or_default();
    let end = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let line = bytes.get(start..end).unwrap_or_default();
    let end = start + line.trim_ascii_end().len();
    let text = Text::new(&work.input.name, bytes, Start::OF_FILE, false);
    held.pretty_printed(&text, end as u64..end as u64, sink);
    work.done(sink, &held, bench, 1);
}

/// A file of YAML documents, each a value.
fn yaml(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // What is not UTF-8 is said as of any text.
        Err(_) => return no_yaml(work, sink, bytes),
    };
    let limits = work.run.settings.limits.of_yaml();
    let read = |it: &crate::yaml::Document<'_>| specsmith_source::read_yaml(it.text, &limits);
    let documents = crate::yaml::documents(text);
    let found: Vec<_> = documents.iter().map(read).collect();
    let written: Vec<_> = found
        .iter()
        .map(|(root, _)| root.as_ref().map(crate::yaml::write))
        .collect();
    let names: Vec<_> = written
        .iter()
        .zip(&documents)
        .map(|(it, document)| match it {
            Some(it) => keys(it.text.as_bytes()),
            None => keys_of_yaml(document.text),
        })
        .collect();
    if choose::names_nothing(work, &names) {
        let broken = documents.iter().zip(&found);
        let broken = broken.filter(|(_, (root, _))| root.is_none());
        let said =
            broken.flat_map(|(document, (_, said))| said.iter().map(move |it| (document, it)));
        let mut said = said.peekable();
        if said.peek().is_some() {
            said.for_each(|(document, finding)| no_document(work, sink, document, finding));
            return;
        }
    }
    let Some(bench) = choose::bench(work, sink, &names) else {
        return;
    };
    let Some((mut held, bar)) = work.hold(sink, bench) else {
        return;
    };
    let mut judge = bar.judge();
    let mut records = 0;
    let several = documents.len() > 1;
    for (index, document) in documents.iter().enumerate() {
        let start = Start {
            offset: document.offset,
            line: document.line,
            column: 1,
        };
        let text = Text::new(&work.input.name, document.text.as_bytes(), start, true);
        let said = found.get(index).map(|(_, findings)| findings.as_slice());
        let json = written.get(index).and_then(Option::as_ref);
        let number = several.then_some(index as u64);
        let read = (json, said.unwrap_or_default());
        records += held.check_yaml(&mut *judge, &text, read, number, sink);
    }
    work.done(sink, &held, bench, records);
}

/// A document that cannot be read and holds no name that could tell what it is for.
fn no_document(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    document: &crate::yaml::Document<'_>,
    said: &Finding,
) {
    let start = Start {
        offset: document.offset,
        line: document.line,
        column: 1,
    };
    let text = Text::new(&work.input.name, document.text.as_bytes(), start, true);
    let place = said.location.as_ref();
    let place = place.map_or(0..0, |it| it.byte_start..it.byte_end);
    let mut finding = Finding::new(said.code, said.level, &said.message);
    finding.help.clone_from(&said.help);
    work.push(sink, choose::placed(finding, &text, &place));
}

/// A file that should be YAML and is not even text.
fn no_yaml(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let keys = keys(bytes);
    let Some(bench) = choose::bench_of_json(work, sink, &keys, Some(bytes)) else {
        return;
    };
    let Some((mut held, bar)) = work.hold(sink, bench) else {
        return;
    };
    let records = whole(work, sink, &mut held, bar, bytes);
    work.done(sink, &held, bench, records);
}

impl<'s> Work<'_, '_, 's> {
    /// Gets ready to hold records against a target; what keeps from that is reported.
    fn hold<'h>(
        &'h self,
        sink: &mut Sink,
        bench: &'h Bench<'s>,
    ) -> Option<(Held<'h, 's>, &'h Bar<'s>)> {
        match bench.bar(self.run) {
            Ok(bar) => Some((Held::new(self, bench), bar)),
            Err(findings) => {
                for finding in findings {
                    self.push(sink, finding.clone());
                }
                None
            }
        }
    }

    /// Takes down what was checked, and what the API would answer where that was asked for.
    fn done(&self, sink: &mut Sink, held: &Held<'_, '_>, bench: &Bench<'_>, records: u64) {
        if self.run.settings.arguments.explain_response {
            let file = crate::summary::visible(&self.input.name);
            let answer = held.answer(records);
            sink.answers
                .push(format!("{file}: the API would answer {answer}"));
        }
        sink.summary.records += records;
        let name = bench.target.name.clone();
        *sink.summary.operations.entry(name.clone()).or_default() += 1;
        sink.checked.push(Checked {
            file: self.input.name.clone(),
            operation: Some(name),
            records,
        });
    }

    /// Reports a finding at the level it has for this input.
    fn push(&self, sink: &mut Sink, mut finding: Finding) {
        finding.level = self.levels.of_finding(&finding);
        sink.push(finding);
    }
}
