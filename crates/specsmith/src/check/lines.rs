//! Checking a file of lines.

use std::io::{self, BufReader, Cursor, Read};

use specsmith_plan::{Enough, Shape};

use super::held::Held;
use super::spread::values;
use super::stream::Taking;
use super::{HEAD_OF_LINES, Pass, Work, choose, stream};
use crate::judge::Bar;
use crate::keys::{Keys, keys};
use crate::lines::Lines;
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
    let keys = keys_of_lines(&head);
    if keys.is_empty() && work.choice == Choice::Detected {
        // No record is for no operation, and nothing is wrong with it.
        return Ok(());
    }
    let Some(bench) = choose::bench(work, sink, &keys, Vec::new) else {
        return Ok(());
    };
    let Some((mut held, bar)) = work.hold(sink, bench) else {
        return Ok(());
    };
    let records = match bar {
        Bar::Plan(plan) => {
            let limit = work.run.settings.limits.record;
            let how = (plan, Shape::Lines, limit);
            let input = Cursor::new(head).chain(rest);
            let counts = stream(work, sink, &mut held, (how, Pass::Only), input)?;
            counts.unwrap_or_default().records
        }
        Bar::Reference(..) => {
            let input = Cursor::new(head).chain(rest);
            each_line(work, sink, &mut held, bar, input)?
        }
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
    input: impl Read,
) -> io::Result<u64> {
    let mut judge = bar.judge();
    let reader = BufReader::with_capacity(1 << 18, input);
    let mut lines = Lines::new(reader, work.run.settings.limits.record);
    let mut taking = Taking::new(held, sink, (Shape::Lines, Pass::Only), Enough::default());
    let mut index = 0;
    while let Some(line) = lines.read()? {
        taking.line(&line, index, |bytes| judge.explain(bytes));
        index += 1;
    }
    taking.end();
    Ok(index)
}

/// The names of the first lines.
fn keys_of_lines(head: &[u8]) -> Vec<Keys<'_>> {
    let mut values: Vec<_> = values(head).take(HEAD_LINES + 1).collect();
    // The last one may be cut.
    if values.len() > 1 && head.len() as u64 >= HEAD_OF_LINES {
        values.pop();
    }
    values.into_iter().map(keys).collect()
}

/// Whether all lines are something else, such as a table or a log: one mistake, and not
/// one a line. What begins like a record is one with a mistake of its own.
fn is_no_json(head: &[u8]) -> bool {
    let limits = specsmith_json::Limits::default();
    // Also behind byte order marks, however many: a record says what is wrong with that.
    let begins = |text: &[u8]| {
        let first = text.trim_ascii_start().first();
        matches!(first, Some(b'{' | b'[' | 0xef))
    };
    if begins(head) {
        return false;
    }
    let is_other =
        |line: &&[u8]| !begins(line) && specsmith_json::read(line, &limits).root.is_none();
    let mut lines = head
        .split(|byte| *byte == b'\n')
        .filter(|line| !specsmith_json::is_blank(line))
        .take(HEAD_LINES)
        .peekable();
    lines.peek().is_some() && lines.all(|it| is_other(&it))
}
