//! Checking a file of lines.

use std::io::{self, BufReader, Cursor, Read};

use specsmith_plan::Shape;

use super::held::Held;
use super::spread::values;
use super::subject::Part;
use super::{HEAD, Pass, Work, choose, stream};
use crate::args::Engine;
use crate::judge::Bar;
use crate::keys::{Keys, keys};
use crate::lines::Lines;
use crate::locate::{Start, Text};
use crate::settings::Choice;
use crate::sink::Sink;

/// How many lines are looked at to find out what a file is for.
const HEAD_LINES: usize = 200;

/// A file of lines, each a value.
pub(super) fn lines(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> io::Result<()> {
    if let Some(finding) = choose::other_encoding(work, &head) {
        work.push(sink, finding);
        return Ok(());
    }
    if is_no_json(&head)
        && let Some(finding) = choose::fault(work, &head)
    {
        let help = "write one JSON value a line, or name the file after what it is";
        work.push(sink, finding.with_help(help));
        return Ok(());
    }
    let limit = work.run.settings.limits.record;
    let (head, rest) = match spread_over_lines(head, rest, limit)? {
        Spread::No(head, rest) => (head, rest),
        Spread::Yes(bytes, _) if work.run.settings.arguments.engine == Engine::Reference => {
            pretty_printed(work, sink, &bytes);
            return Ok(());
        }
        Spread::Yes(bytes, rest) => (bytes, rest),
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
            let input = Cursor::new(head).chain(rest);
            let counts = stream(work, sink, &mut held, (how, Pass::Only), input)?;
            counts.unwrap_or_default().records
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
    let mut values: Vec<_> = values(head).take(HEAD_LINES + 1).collect();
    // The last one may be cut.
    if values.len() > 1 && head.len() as u64 >= HEAD {
        values.pop();
    }
    values.into_iter().map(keys).collect()
}

/// Whether all lines are something else, such as a table or a log: one mistake, and not
/// one a line. What begins like a record is one with a mistake of its own.
fn is_no_json(head: &[u8]) -> bool {
    let limits = specsmith_json::Limits::default();
    let is_other = |line: &&[u8]| {
        let begins = line.trim_ascii_start().first();
        !matches!(begins, Some(b'{' | b'[' | 0xef))
            && specsmith_json::read(line, &limits).root.is_none()
    };
    let mut lines = head
        .split(|byte| *byte == b'\n')
        .filter(|line| !specsmith_json::is_blank(line))
        .take(HEAD_LINES)
        .peekable();
    lines.peek().is_some() && lines.all(|it| is_other(&it))
}

/// Whether the values of a file of lines are spread over several lines each.
enum Spread {
    /// They are not, as far as its beginning shows.
    No(Vec<u8>, Box<dyn Read + Send>),
    /// The first is: the file as far as it was read, and the rest.
    Yes(Vec<u8>, Box<dyn Read + Send>),
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
        .find(|line| !specsmith_json::is_blank(line));
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
        true => Spread::Yes(whole, rest),
        false => Spread::No(whole, rest),
    })
}

/// One finding for a file of lines whose values are spread over several lines.
fn pretty_printed(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let Some(bench) = choose::bench(work, sink, &[keys(bytes)]) else {
        return;
    };
    let Some((mut held, _)) = work.hold(sink, bench) else {
        return;
    };
    let start = bytes.iter().position(|it| !specsmith_json::is_space(*it));
    let start = start.unwrap_or(0);
    let rest = bytes.get(start..).unwrap_or_default();
    let end = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let line = bytes.get(start..end).unwrap_or_default();
    let end = start + line.trim_ascii_end().len();
    let text = Text::new(&work.input.name, bytes, Start::OF_FILE, false);
    let at = (&text, Part::Payload(0));
    held.pretty_printed(at, end as u64..end as u64, sink);
    work.done(sink, &held, bench, 1);
}
