//! Compiled models asked about samples, beside the plan and the reference.

use specsmith_parity::{Place, Subject, Tally, Wanted, Workspace, places, sample_schema};
use specsmith_source::Disk;

use super::compile::Model;

/// At most so many samples of each kind are asked for: the programs are not optimised.
const MOST_SAMPLES: usize = 500;
/// At most so many types of a document are asked, spread evenly.
const MOST_TYPES: usize = 150;

/// What a document's model says of samples: how many they are, and where it disagrees.
pub(super) fn ask(
    workspace: &Workspace,
    model: &Model,
    samples: usize,
    seed: u64,
) -> Result<(Tally, Vec<(String, String)>), String> {
    let subject = Subject::load(std::slice::from_ref(&model.path), &Disk)
        .map_err(|_| format!("{}: cannot be read", model.document))?;
    let program = workspace.start(&model.krate, model.types.clone())?;
    let mut named: Vec<(usize, Place)> = Vec::new();
    for place in places(&subject) {
        for (number, direction) in program.types_of(place.schema) {
            let mut place = place.clone();
            place.direction = direction.unwrap_or(place.direction);
            named.push((number, place));
        }
    }
    let step = named.len().div_ceil(MOST_TYPES).max(1);
    let chosen: Vec<_> = named.into_iter().step_by(step).collect();
    let each = samples.min(MOST_SAMPLES).div_ceil(chosen.len().max(1));
    let mut tally = Tally::default();
    let mut disagreements = Vec::new();
    for (number, place) in chosen {
        // What the reference cannot judge by is reported where it alone is asked.
        let Ok(judges) = program.judges(number, &subject, &place) else {
            continue;
        };
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
