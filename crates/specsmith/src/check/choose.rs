//! Choosing what a file is held against, and saying so where it cannot be told.

use std::ops::Range;

use specsmith_diagnostics::{Code, Finding, Level};

use super::Work;
use crate::detect::{Detected, detect};
use crate::inputs::{Input, Origin, Packing};
use crate::keys::Keys;
use crate::locate::{Start, Text};
use crate::names::Names;
use crate::settings::Choice;
use crate::sink::Sink;
use crate::specs::Bench;
use crate::target::Target;

/// How many candidates a message names.
const NAMED: usize = 8;

/// The bench that the file's records belong on; else the finding that says why there is none. Where
/// nothing tells what a file is for and it is `broken`, that is said instead: it is wrong whatever
/// it is for.
pub(super) fn bench<'w, 's>(
    work: &Work<'w, '_, 's>,
    sink: &mut Sink,
    records: &[Keys<'_>],
    broken: impl FnOnce() -> Vec<Finding>,
) -> Option<&'w Bench<'s>> {
    let finding = match find(work, records) {
        Ok(bench) => return bench,
        Err(finding) => finding,
    };
    let broken = match finding.code.as_str() {
        "config/spec-as-payload" => Vec::new(),
        _ => broken(),
    };
    match broken.is_empty() {
        true => work.push(sink, *finding),
        false => broken.into_iter().for_each(|it| work.push(sink, it)),
    }
    None
}

/// The bench; nothing where what was named is not there, which has been said.
fn find<'w, 's>(
    work: &Work<'w, '_, 's>,
    records: &[Keys<'_>],
) -> Result<Option<&'w Bench<'s>>, Box<Finding>> {
    let (run, input) = (work.run, work.input);
    if is_specification(records) {
        return Err(Box::new(specification(input)));
    }
    if work.choice != Choice::Detected {
        let mut named = run.named.iter();
        let bench = named.find(|(choice, _)| *choice == work.choice);
        return Ok(bench.map(|(_, bench)| bench));
    }
    let targets: Vec<&Target> = run.benches().iter().map(|it| &it.target).collect();
    let finding = match detect(records, &targets) {
        Detected::One(index) => return Ok(run.benches().get(index)),
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
        // What else should it be for?
        Detected::Nothing if targets.len() == 1 => return Ok(run.benches().first()),
        Detected::Nothing => input
            .finding(
                Code("config/no-operation"),
                "no operation knows any name in the file",
            )
            .with_help("name the operation with `--operation`, or the specification with `--spec`"),
    };
    Err(Box::new(finding))
}

/// Why a text is no JSON, if it is none.
pub(super) fn fault(work: &Work<'_, '_, '_>, bytes: &[u8]) -> Option<Finding> {
    let reading = specsmith_json::read(bytes, &specsmith_json::Limits::default());
    let mut faults = reading.faults.iter();
    let is_mark = |it: &&specsmith_json::Fault| it.kind == specsmith_json::FaultKind::ByteOrderMark;
    let (None, Some(fault)) = (reading.root, faults.find(|it| !is_mark(it))) else {
        return None;
    };
    let text = Text::new(&work.input.name, bytes, Start::OF_FILE, false);
    let place = u64::from(fault.span.start)..u64::from(fault.span.end);
    let mut finding = Finding::new(Code(fault.code()), Level::Deny, fault.to_string());
    finding.help = fault.kind.help().map(str::to_owned);
    Some(placed(finding, &text, &place))
}

/// That a file is packed although its name does not say so: it would be told as JSON that is none.
pub(super) fn packed(input: &Input, head: &[u8]) -> Option<Finding> {
    let (packing, ending) = Packing::of_bytes(head).name_and_ending()?;
    let message = format!("the file is packed with {packing}, which its name does not say");
    let help = match input.origin {
        Origin::Stdin => {
            format!("give it a name in `{ending}` by `--stdin-filename`, or unpack it")
        }
        Origin::File(_) => format!("put `{ending}` behind its name, or unpack it"),
    };
    let finding = input.finding(Code("config/unreadable-file"), message);
    Some(finding.with_help(help))
}

/// What is wrong with a file in another encoding than UTF-8, if it begins like one: every line of
/// it is wrong in the same way.
pub(super) fn other_encoding(work: &Work<'_, '_, '_>, head: &[u8]) -> Option<Finding> {
    let first = head.get(..4).unwrap_or(head);
    let marked = [[0xff, 0xfe], [0xfe, 0xff]]
        .iter()
        .any(|it| first.starts_with(it));
    if !marked && !first.contains(&0) {
        return None;
    }
    fault(work, head).filter(|it| it.code.as_str() == "json/invalid-utf8")
}

/// The finding at a place of a text of which no name is known.
pub(super) fn placed(mut finding: Finding, text: &Text<'_>, place: &Range<u64>) -> Finding {
    finding.location = Some(text.location(place));
    finding.excerpt = Some(text.excerpt(place, &Names::default()));
    finding
}

/// `` `a`, `b` and `c` ``.
fn named(targets: &[&Target], which: &[usize]) -> String {
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
fn is_specification(records: &[Keys<'_>]) -> bool {
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
