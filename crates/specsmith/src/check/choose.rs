//! Choosing what a file is held against, and saying so where it cannot be told.

use specsmith_diagnostics::{Code, Finding};

use super::Work;
use crate::detect::{Detected, detect};
use crate::inputs::Input;
use crate::keys::Keys;
use crate::settings::Choice;
use crate::sink::Sink;
use crate::specs::Bench;
use crate::target::Target;

/// How many candidates a message names.
const NAMED: usize = 8;

/// The bench that the file's records belong on; else the finding that says why there is none.
pub(super) fn bench<'r, 's>(
    work: &Work<'_, 'r, 's>,
    sink: &mut Sink,
    records: &[Keys],
) -> Option<&'r Bench<'s>> {
    let (run, input) = (work.run, work.input);
    if is_specification(records) {
        work.push(sink, specification(input));
        return None;
    }
    if work.choice != Choice::Detected {
        let mut named = run.named.iter();
        return named
            .find(|(choice, _)| *choice == work.choice)
            .map(|(_, bench)| bench);
    }
    let targets: Vec<Target> = run.benches.iter().map(|it| it.target.clone()).collect();
    let finding = match detect(records, &targets) {
        Detected::One(index) => return run.benches.get(index),
        Detected::Tie(all) => {
            let message = format!(
                "the names in the file fit {} equally well",
                named(&targets, &all)
            );
            input
                .finding(Code("config/ambiguous-operation"), message)
                .with_help("name the operation with `--operation`")
        }
        Detected::Mixture(all) => {
            let clauses: Vec<_> = all
                .iter()
                .take(NAMED)
                .filter_map(|(index, at)| {
                    let name = &targets.get(*index)?.name;
                    Some(format!("record {at} is for `{name}`"))
                })
                .collect();
            let message = format!(
                "the records are for different operations: {}",
                clauses.join(", ")
            );
            input
                .finding(Code("config/mixed-operations"), message)
                .with_help("split the file, or name the operation with `--operation`")
        }
        Detected::Nothing => input
            .finding(
                Code("config/no-operation"),
                "no operation knows any name in the file",
            )
            .with_help("name the operation with `--operation`, or the specification with `--spec`"),
    };
    work.push(sink, finding);
    None
}

/// `` `a`, `b` and `c` ``.
fn named(targets: &[Target], which: &[usize]) -> String {
    let mut names: Vec<_> = which
        .iter()
        .filter_map(|index| targets.get(*index))
        .take(NAMED)
        .map(|it| format!("`{}`", it.name))
        .collect();
    let more = which.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        Some(last) => last,
        None => String::new(),
    }
}

/// Whether the first record says that it is an OpenAPI document.
fn is_specification(records: &[Keys]) -> bool {
    let first = records.first();
    first.is_some_and(|it| {
        let has = |name: &str| it.top.iter().any(|it| it == name);
        has("openapi") || (has("swagger") && has("info"))
    })
}

fn specification(input: &Input) -> Finding {
    input
        .finding(
            Code("config/spec-as-payload"),
            "this is an OpenAPI document, not a payload",
        )
        .with_help("name it with `--spec`, and give the payloads as paths")
}
