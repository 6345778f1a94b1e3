//! Compiled models as a judge: a program that holds the types of a generated crate, asked by a pipe.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use specsmith_codegen::DefinedType;
use specsmith_diagnostics::Finding;
use specsmith_ir::{Direction, SchemaId};

use crate::{Judges, Place, Subject};

/// The types of a generated crate, as they run.
pub struct Program {
    types: Vec<DefinedType>,
    pipes: RefCell<(Child, ChildStdin, ChildStdout)>,
}

impl Program {
    /// Starts what was built of [`source`] of those types.
    ///
    /// # Errors
    /// If it does not start.
    pub(crate) fn start(path: &Path, types: Vec<DefinedType>) -> Result<Self, String> {
        let mut child = Command::new(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                types,
                pipes: RefCell::new((child, input, output)),
            }),
            _ => Err(format!("{}: has no pipes", path.display())),
        }
    }

    /// The types that a schema has become, each by its number and with the direction that it is
    /// for; `None` where one serves both.
    pub fn types_of(&self, schema: SchemaId) -> Vec<(usize, Option<Direction>)> {
        let types = self.types.iter().enumerate();
        let of_schema = types.filter(|(_, it)| it.schema == schema);
        of_schema
            .map(|(number, it)| (number, it.direction))
            .collect()
    }

    /// All judges of what travels in the place's direction, the type of that number among them.
    ///
    /// # Errors
    /// If the reference judge cannot judge by it: what it found.
    pub fn judges<'s>(
        &'s self,
        number: usize,
        subject: &'s Subject,
        place: &Place,
    ) -> Result<Judges<'s>, Vec<Finding>> {
        let judges = subject.judges(place, place.direction)?;
        let alone = subject.judges(place, place.direction)?;
        // What a rule refuses is refused, whatever else the type could not hold.
        Ok(judges.with_model(move |record: &[u8]| {
            let verdict = self.ask(number, record);
            let refused = || !alone.plan().explain(record).is_empty();
            verdict.or_else(|| refused().then_some(false))
        }))
    }

    /// The verdict; `None` where a number is not representable. A program that is gone refuses
    /// everything, which is a disagreement about valid records.
    fn ask(&self, number: usize, record: &[u8]) -> Option<bool> {
        let (_, input, output) = &mut *self.pipes.borrow_mut();
        let mut answer = [0];
        let asked = writeln!(input, "{number} {}", record.len())
            .and_then(|()| input.write_all(record))
            .and_then(|()| input.flush())
            .and_then(|()| output.read_exact(&mut answer));
        match (asked, answer) {
            (Ok(()), [b'1']) => Some(true),
            (Ok(()), [b'?']) => None,
            (Ok(()) | Err(_), _) => Some(false),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let (child, _, _) = self.pipes.get_mut();
        // It ends when its input does; nothing is lost if it is ended now.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// A program that reads `number length`, a line feed and a record, and answers one byte. A value
/// that is not written as it was read counts as refused.
pub(crate) fn source(krate: &str, types: &[DefinedType]) -> String {
    let model = krate.replace('-', "_");
    let mut judges = String::new();
    for ty in types {
        let _ = match ty.or_null {
            true => writeln!(judges, "    judge::<Option<{model}::{}>>,", ty.name),
            false => writeln!(judges, "    judge::<{model}::{}>,", ty.name),
        };
    }
    format!(
        r#"#![allow(dead_code, reason = "a document may define no schemas")]

use std::io::{{BufRead, Read, Write}};

use specsmith_json::{{Limits, Node, read}};

type Judge = fn(&[u8]) -> u8;

const JUDGES: &[Judge] = &[
{judges}];

fn judge<T>(record: &[u8]) -> u8
where
    T: specsmith_rules::Validate + serde::de::DeserializeOwned + serde::Serialize + PartialEq,
{{
    match specsmith_rules::from_json::<T>(record) {{
        Ok(value) => {{
            let written = serde_json::to_vec(&value).unwrap_or_default();
            let again = specsmith_rules::from_json::<T>(&written);
            let kept = again.is_ok_and(|again| again == value) && holds(&node(record), &node(&written));
            if kept {{ b'1' }} else {{ b'0' }}
        }}
        Err(report) if report.is_not_representable() => b'?',
        Err(_) => b'0',
    }}
}}

fn node(json: &[u8]) -> Node {{
    read(json, &Limits::default()).root.expect("it is JSON")
}}

/// Whether all that was written stood in the record. What the schema does not name may be missing.
fn holds(record: &Node, written: &Node) -> bool {{
    if let (Some(record), Some(written)) = (record.as_object(), written.as_object()) {{
        let mut written = written.iter();
        return written.all(|it| record.get(&it.key).is_some_and(|other| holds(other, &it.node)));
    }}
    if let (Some(record), Some(written)) = (record.as_array(), written.as_array()) {{
        let mut pairs = record.iter().zip(written);
        return record.len() == written.len() && pairs.all(|(one, other)| holds(one, other));
    }}
    record.same_value(written)
}}

fn main() {{
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    let mut line = String::new();
    while input.read_line(&mut line).is_ok_and(|it| it > 0) {{
        let mut numbers = line.split_whitespace().map(|it| it.parse().expect("a number"));
        let (judge, length): (usize, usize) =
            (numbers.next().expect("which"), numbers.next().expect("how long"));
        let mut record = vec![0; length];
        input.read_exact(&mut record).expect("a record");
        output.write_all(&[JUDGES[judge](&record)]).expect("is written");
        output.flush().expect("is written");
        line.clear();
    }}
}}
"#
    )
}
