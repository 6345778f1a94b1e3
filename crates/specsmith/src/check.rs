//! Checking one input: what it is for, its records, what is wrong with each.

mod answers;
mod choose;
mod record;

use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Mutex;

use specsmith_diagnostics::{Checked, Code, Finding};

use crate::baseline::Baseline;
use crate::inputs::{Form, Input, reason};
use crate::judge::Bar;
use crate::keys::{Keys, keys};
use crate::levels::Levels;
use crate::lines::Lines;
use crate::lints::Seen;
use crate::locate::{Start, Text};
use crate::settings::{Choice, Settings};
use crate::sink::{Keeping, Sink};
use crate::specs::{Bench, Specs};

use record::Held;

/// What all inputs of a run have in common.
pub struct Run<'r, 's> {
    /// What is in force.
    pub settings: &'r Settings,
    /// The specifications.
    pub specs: &'s Specs,
    /// One for each operation that a file can be for.
    pub benches: &'r [Bench<'s>],
    /// What was named, on the command line or in the configuration.
    pub named: &'r [(Choice, Bench<'s>)],
    /// What is kept of the findings.
    pub keeping: Keeping,
    /// The ids seen so far, one for each kind of record, by the name of its identity.
    pub seen: &'r Mutex<std::collections::BTreeMap<String, Seen>>,
    /// The findings that are known, or that are to be.
    pub baseline: Option<&'r Baseline>,
}

/// How much of a file is looked at to find out what it is for.
const HEAD: u64 = 1 << 20;
/// How many lines of it.
const HEAD_LINES: usize = 200;

/// One input on its way.
struct Work<'w, 'r, 's> {
    run: &'w Run<'r, 's>,
    input: &'w Input,
    levels: Levels,
    choice: Choice,
}

/// Checks one input.
pub fn check(run: &Run<'_, '_>, input: &Input) -> Sink {
    let mut sink = Sink::new(run.keeping);
    sink.summary.files = 1;
    let (levels, choice) = run.settings.of_file(Path::new(&input.name));
    let work = Work {
        run,
        input,
        levels,
        choice,
    };
    if let Err(error) = read(&work, &mut sink) {
        let message = format!("the file cannot be read: {}", reason(&error));
        work.push(
            &mut sink,
            input.finding(Code("config/unreadable-file"), message),
        );
    }
    sink
}

fn read(work: &Work<'_, '_, '_>, sink: &mut Sink) -> io::Result<()> {
    let mut reader = work.input.open()?;
    let mut head = Vec::new();
    (&mut reader).take(HEAD).read_to_end(&mut head)?;
    let form = work.input.form.unwrap_or_else(|| Form::of_text(&head));
    let limit = work.run.settings.limits.document as u64;
    match form {
        Form::Lines => return lines(work, sink, head, reader),
        Form::Json | Form::Yaml => {
            let rest = (limit + 1).saturating_sub(head.len() as u64);
            reader.take(rest).read_to_end(&mut head)?;
        }
    }
    if head.len() as u64 > limit {
        let message = "the file is longer than the limit";
        work.push(sink, work.input.finding(Code("limit/record"), message));
        return Ok(());
    }
    match form {
        Form::Yaml => yaml(work, sink, &head),
        Form::Json | Form::Lines => whole(work, sink, &head),
    }
    Ok(())
}

/// A file that is one value.
fn whole(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let keys = keys(bytes);
    if choose::tells_nothing(work, sink, &keys, bytes) {
        return;
    }
    let Some(bench) = choose::bench(work, sink, std::slice::from_ref(&keys)) else {
        return;
    };
    let bar = bench.bar(work.run.specs, work.run.settings);
    let Some(mut held) = work.hold(sink, bench, bar) else {
        return;
    };
    let text = Text::new(&work.input.name, bytes, Start::OF_FILE, false);
    let batch = bench.target.batch.is_some();
    if !batch && bytes.len() > work.run.settings.limits.record {
        held.too_long(Start::OF_FILE, None, sink);
        work.done(sink, bench, 1);
        return;
    }
    let records = held.check(&text, None, sink);
    work.answer(sink, &held, records);
    work.done(sink, bench, records);
}

/// A file of lines, each a value.
fn lines(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<()> {
    let limit = work.run.settings.limits.record;
    match spread_over_lines(head, rest, limit)? {
        Spread::No(head, rest) => each_line(work, sink, head, rest),
        Spread::Yes(bytes) => {
            pretty_printed(work, sink, &bytes);
            Ok(())
        }
    }
}

fn each_line(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<()> {
    let keys = keys_of_lines(&head);
    if keys.is_empty() && work.choice == Choice::Detected {
        // No record is for no operation, and nothing is wrong with it.
        return Ok(());
    }
    let Some(bench) = choose::bench(work, sink, &keys) else {
        return Ok(());
    };
    let bar = bench.bar(work.run.specs, work.run.settings);
    let Some(mut held) = work.hold(sink, bench, bar) else {
        return Ok(());
    };
    let reader = BufReader::with_capacity(1 << 18, Cursor::new(head).chain(rest));
    let mut lines = Lines::new(reader, work.run.settings.limits.record);
    let mut index = 0;
    while let Some(line) = lines.read()? {
        let start = Start {
            offset: line.offset,
            line: line.number,
        };
        match line.bytes {
            Some(bytes) => {
                let text = Text::new(&work.input.name, bytes, start, false);
                held.check(&text, Some(index), sink);
            }
            None => held.too_long(start, Some(index), sink),
        }
        index += 1;
    }
    work.answer(sink, &held, index);
    work.done(sink, bench, index);
    Ok(())
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
    let bar = bench.bar(work.run.specs, work.run.settings);
    let Some(held) = work.hold(sink, bench, bar) else {
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
    work.done(sink, bench, 1);
}

/// A file of YAML documents, each a value.
fn yaml(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // What is not UTF-8 is said as of any text.
        Err(_) => return whole(work, sink, bytes),
    };
    let limits = specsmith_source::Limits {
        depth: work.run.settings.limits.depth,
        ..specsmith_source::Limits::default()
    };
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
            None => keys(document.text.as_bytes()),
        })
        .collect();
    let Some(bench) = choose::bench(work, sink, &names) else {
        return;
    };
    let bar = bench.bar(work.run.specs, work.run.settings);
    let Some(mut held) = work.hold(sink, bench, bar) else {
        return;
    };
    let mut records = 0;
    let several = documents.len() > 1;
    for (index, document) in documents.iter().enumerate() {
        let start = Start {
            offset: document.offset,
            line: document.line,
        };
        let text = Text::new(&work.input.name, document.text.as_bytes(), start, true);
        let said = found.get(index).map(|(_, findings)| findings.as_slice());
        let json = written.get(index).and_then(Option::as_ref);
        let number = several.then_some(index as u64);
        records += held.check_yaml(&text, json, said.unwrap_or_default(), number, sink);
    }
    work.answer(sink, &held, records);
    work.done(sink, bench, records);
}

impl<'s> Work<'_, '_, 's> {
    /// Gets ready to hold records against a target; what keeps from that is reported.
    fn hold<'h>(
        &'h self,
        sink: &mut Sink,
        bench: &'h Bench<'_>,
        bar: Result<&'h Bar<'_>, &[Finding]>,
    ) -> Option<Held<'h, 's>> {
        match bar {
            Ok(bar) => Some(Held::new(self, bench, bar)),
            Err(findings) => {
                for finding in findings {
                    self.push(sink, finding.clone());
                }
                None
            }
        }
    }

    /// Says what the API would answer, where that was asked for.
    fn answer(&self, sink: &mut Sink, held: &Held<'_, '_>, records: u64) {
        if self.run.settings.arguments.explain_response {
            let file = crate::summary::visible(&self.input.name);
            let answer = held.answer(records);
            sink.answers
                .push(format!("{file}: the API would answer {answer}"));
        }
    }

    fn done(&self, sink: &mut Sink, bench: &Bench<'_>, records: u64) {
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
