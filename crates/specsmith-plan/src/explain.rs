//! Everything that is wrong with one record.

use specsmith_diagnostics::{Code, Mistake};
use specsmith_json::{Node, Reading, read};

use crate::codes;
use crate::plan::{NodeId, Program};
use crate::tree::{Elided, Walk, range};

/// Reads a record and lists what is wrong with it, by place. Empty: it is valid.
pub(crate) fn explain(program: &Program, bytes: &[u8], elided: Option<Elided>) -> Vec<Mistake> {
    examine(program, None, bytes, elided).0
}

/// The same of a payload, or of an item by its node, with what it is as a tree, if it is one.
pub(crate) fn examine(
    program: &Program,
    item: Option<NodeId>,
    bytes: &[u8],
    elided: Option<Elided>,
) -> (Vec<Mistake>, Option<Node>) {
    let limits = match item {
        None => program.options.limits,
        Some(_) => program.item_limits(),
    };
    let node = item.unwrap_or(program.root);
    let reading = read(bytes, &limits);
    let mut mistakes = json_mistakes(&reading);
    if let Some(root) = &reading.root {
        mistakes.extend(Walk::new(program, elided).explain(node, root));
    }
    // Stable, so that what is said about one place stays in the order of the rules.
    mistakes.sort_by_key(|mistake| mistake.bytes.start);
    mistakes.truncate(program.options.mistakes.unwrap_or(crate::plan::MISTAKES));
    (mistakes, reading.root)
}

/// What is wrong with `rest` as JSON where it follows `before`; places count from `rest`.
pub(crate) fn explain_json(program: &Program, before: &[u8], rest: &[u8]) -> Vec<Mistake> {
    let reading = read(&[before, rest].concat(), &program.options.limits);
    let mut mistakes = json_mistakes(&reading);
    mistakes.retain(|it| it.code.as_str() != codes::DUPLICATE_KEY);
    for mistake in &mut mistakes {
        let shift = before.len() as u64;
        mistake.bytes.start = mistake.bytes.start.saturating_sub(shift);
        mistake.bytes.end = mistake.bytes.end.saturating_sub(shift);
    }
    mistakes
}

/// Whether a record is valid, when the fast tier could not tell.
pub(crate) fn verdict(program: &Program, bytes: &[u8]) -> bool {
    let reading = read(bytes, &program.options.limits);
    let mark = specsmith_json::FaultKind::ByteOrderMark;
    reading.faults.iter().all(|fault| fault.kind == mark)
        && reading.duplicates.is_empty()
        && reading
            .root
            .as_ref()
            .is_some_and(|root| Walk::new(program, None).verdict(program.root, root))
}

/// What is wrong with the text itself, apart from any schema.
pub(crate) fn json_mistakes(reading: &Reading) -> Vec<Mistake> {
    let faults = reading.faults.iter().map(|fault| Mistake {
        help: fault.kind.help().map(str::to_owned),
        ..Mistake::new(Code(fault.code()), fault.to_string(), range(fault.span))
    });
    let duplicates = reading.duplicates.iter().map(|duplicate| {
        let code = Code(codes::DUPLICATE_KEY);
        let message = "the object has this property already";
        Mistake {
            help: Some("keep one of the two".to_owned()),
            pointer: duplicate.pointer.clone(),
            related: vec![("it stands here first".to_owned(), range(duplicate.first))],
            ..Mistake::new(code, message, range(duplicate.key))
        }
    });
    faults.chain(duplicates).collect()
}
