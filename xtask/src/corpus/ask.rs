//! Compiled models asked about samples, beside the plan and the reference.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use specsmith_ir::Direction;
use specsmith_parity::{Place, Subject, Tally, Wanted, places, sample_schema};
use specsmith_source::Disk;

use super::compile::Model;

/// At most so many samples of each kind are asked for: the programs are not optimised.
const MOST_SAMPLES: usize = 500;
/// At most so many types of a document are asked, spread evenly.
const MOST_TYPES: usize = 150;

/// What a document's model says of samples: how many they are, and where it disagrees.
pub(super) fn ask(
    root: &Path,
    model: &Model,
    samples: usize,
    seed: u64,
) -> Result<(Tally, Vec<(String, String)>), String> {
    let subject = Subject::load(std::slice::from_ref(&model.path), &Disk)
        .map_err(|_| format!("{}: cannot be read", model.document))?;
    let program = Program::start(&model.program(root))?;
    let named: Vec<(usize, Place)> = places(&subject)
        .into_iter()
        .filter_map(|place| Some((number(model, &place)?, place)))
        .collect();
    let step = named.len().div_ceil(MOST_TYPES).max(1);
    let chosen: Vec<_> = named.into_iter().step_by(step).collect();
    let each = samples.min(MOST_SAMPLES).div_ceil(chosen.len().max(1));
    let mut tally = Tally::default();
    let mut disagreements = Vec::new();
    for (number, place) in chosen {
        // What the reference cannot judge by is reported where it alone is asked.
        let Ok(judges) = subject.judges(&place, place.direction) else {
            continue;
        };
        let Ok(plan) = subject.judges(&place, place.direction) else {
            continue;
        };
        let plan = plan.plan();
        // What a rule refuses is refused, whatever else the type could not hold.
        let judges = judges.with_model(|record: &[u8]| {
            let verdict = program.ask(number, record);
            let refused = || !plan.explain(record).is_empty();
            verdict.or_else(|| refused().then_some(false))
        });
        let wanted = Wanted {
            valid: each,
            invalid: each,
            seed,
        };
        let mut first = None;
        let more = sample_schema(&subject, &place, &judges, wanted, &mut |it| {
            first.get_or_insert_with(|| judges.minimal(it).to_string());
        });
        tally.add(&more);
        disagreements.extend(first.map(|how| (format!("model of {}", place.name), how)));
    }
    Ok((tally, disagreements))
}

/// Which of the program's types a place is.
fn number(model: &Model, place: &Place) -> Option<usize> {
    let is = |direction: Option<Direction>| {
        model.types.iter().position(|it| {
            it.schema == place.schema && direction.is_none_or(|wanted| it.direction == wanted)
        })
    };
    is(Some(place.direction)).or_else(|| is(None))
}

/// The program of a model, as it runs.
struct Program {
    pipes: RefCell<(Child, ChildStdin, ChildStdout)>,
}

impl Program {
    fn start(path: &Path) -> Result<Self, String> {
        let mut child = Command::new(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                pipes: RefCell::new((child, input, output)),
            }),
            _ => Err(format!("{}: has no pipes", path.display())),
        }
    }

    /// The verdict; a program that is gone has none, which is a disagreement about valid records.
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
