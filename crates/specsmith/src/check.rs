//! Checking one input: what it is for, its records, what is wrong with each.

mod aliases;
mod answers;
mod choose;
mod held;
mod lines;
mod repeated;
mod spread;
mod stream;
mod subject;
mod whole;
mod yaml;

use std::hash::{BuildHasher, RandomState};
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use specsmith_diagnostics::{Checked, Code, Finding};
use specsmith_plan::{Counts, Enough, Plan, Shape, StreamOptions};

use crate::baseline::Baseline;
use crate::inputs::{Form, Input, reason};
use crate::jobs::{InTurn, Turn};
use crate::judge::Bar;
use crate::keys::keys;
use crate::levels::Levels;
use crate::locate::{Start, Text};
use crate::outlet::Print;
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
/// The same of a file of lines, of which few are looked at: more only where the first is longer.
const HEAD_OF_LINES: u64 = 128 << 10;

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
    /// Prints what was found before it is, where that can be.
    print: Option<Print<'w>>,
}

/// Checks one input, the `number`th of the run, on so many threads. What is found is printed on the
/// way, where its order is settled.
pub fn check(
    run: &Run<'_, '_>,
    input: &Input,
    number: usize,
    (jobs, print): (usize, Option<Print<'_>>),
) -> Sink {
    let mut sink = Sink::new(run.keeping);
    sink.summary.files = 1;
    let (levels, choice) = run.settings.of_file(Path::new(&*input.name));
    let work = Work {
        run,
        input,
        levels,
        choice,
        jobs,
        turn: run.seen.turn(number),
        done: OfInput::new(run.tally),
        print,
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
    let head = head(work.input, &mut reader)?;
    if let Some(finding) = choose::packed(work.input, &head) {
        work.push(sink, finding);
        return Ok(());
    }
    let form = work.input.form.unwrap_or_else(|| Form::of_text(&head));
    match form {
        Form::Lines => lines::lines(work, sink, head, reader),
        Form::Json => {
            let keys = keys(&head);
            let at_hand = (head.len() as u64) < HEAD;
            let text = at_hand.then_some(head.as_slice());
            let fault = || text.and_then(|it| choose::fault(work, it));
            let broken = || fault().into_iter().collect();
            let Some(bench) = choose::bench(work, sink, &[keys], broken) else {
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
                yaml::yaml(work, sink, &bytes);
            }
            Ok(())
        }
    }
}

/// The beginning of an input, and no more of it than is looked at: what is read is copied later.
fn head(input: &Input, reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let lines = input.form == Some(Form::Lines);
    let most = if lines { HEAD_OF_LINES } else { HEAD };
    // As much as there will be, which otherwise would grow and be copied again and again.
    let room = input.length().unwrap_or(0).saturating_add(1).min(most);
    let mut head = Vec::with_capacity(room as usize);
    let mut known = 0;
    loop {
        reader.take(most).read_to_end(&mut head)?;
        let new = head.get(known..).unwrap_or_default();
        let short = lines && new.len() as u64 == most && (head.len() as u64) < HEAD;
        if !short || memchr::memchr(b'\n', new).is_some() {
            return Ok(head);
        }
        known = head.len();
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
/// A batch that is no JSON is judged item by item too: so the rest of it is told.
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
    let limit = if batch {
        limits.document
    } else {
        limits.record
    };
    let how = (plan, Shape::Single, limit);
    let all = |head| Cursor::new(head).chain(rest);
    let counts = match (batch && plan.batches(), at_hand) {
        (true, false) => return items(work, sink, held, (plan, Pass::Only), all(head)),
        (true, true) => match stream(work, sink, held, (how, Pass::First), &*head)? {
            Some(counts) => counts,
            None => return items(work, sink, held, (plan, Pass::Second), &*head),
        },
        (false, _) => stream(work, sink, held, (how, Pass::Only), all(head))?.unwrap_or_default(),
    };
    Ok(match batch {
        true => counts.items.unwrap_or(1),
        false => counts.records,
    })
}

/// A batch, judged item by item; gives how many there are.
fn items(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    held: &mut Held<'_, '_>,
    (plan, pass): (&Plan, Pass),
    input: impl Read + Send,
) -> io::Result<u64> {
    let known = sink.findings.len();
    let how = (plan, Shape::Batch, work.run.settings.limits.record);
    let counts = stream(work, sink, held, (how, pass), input)?;
    // What stands around the items is judged last.
    let place = |it: &Finding| it.location.as_ref().map_or(0, |it| it.byte_start);
    let new = sink.findings.get_mut(known..).unwrap_or_default();
    new.sort_by_key(place);
    Ok(counts.unwrap_or_default().records)
}

/// Which time an input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// The first of perhaps two: given up, and nothing said, where the text is no JSON.
    First,
    /// The second, after the first was given up.
    Second,
    /// The only one.
    Only,
}

/// Judges an input by the plan while it is read; nothing if that was given up.
fn stream(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    held: &mut Held<'_, '_>,
    ((plan, shape, record_limit), pass): ((&Plan, Shape, usize), Pass),
    input: impl Read + Send,
) -> io::Result<Option<Counts>> {
    let enough = Enough::new(held.list_of_counterpart());
    let options = StreamOptions {
        jobs: work.jobs,
        record_limit,
        enough: enough.clone(),
        ..StreamOptions::default()
    };
    let mut taking = Taking::new(held, sink, (shape, pass), enough);
    let counts = plan.run(input, shape, &options, &mut taking)?;
    taking.end();
    if taking.given_up {
        return Ok(None);
    }
    held.count(stream::UNKNOWN, counts.unknown, sink);
    sink.bytes += counts.bytes;
    Ok(Some(counts))
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
    held.check(&mut *bar.judge(), &text, sink)
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
            for (record, answer) in held.answers(records) {
                let record = record.map(|it| format!(", record {it}"));
                let record = record.unwrap_or_default();
                sink.answers
                    .push(format!("{file}{record}: the API would answer {answer}"));
            }
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
