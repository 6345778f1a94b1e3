//! Records that are for another operation than the one they are held against.

use std::collections::{BTreeSet, HashSet};

use specsmith_diagnostics::Mistake;
use specsmith_json::{Node, Object, pointer};

use super::{Context, is_lint, missing_property};
use crate::target::Target;

/// A record that lacks what it must have, and by its names is for another operation, is one mistake:
/// whatever else it lacks, and that nobody here knows its names, has the same cause.
pub(super) fn of_another(mistakes: &mut Vec<Mistake>, context: &Context<'_>, root: &Node) {
    let mut theirs = HashSet::new();
    let mut told = HashSet::new();
    for mistake in mistakes.iter_mut().filter(|it| it.help.is_none()) {
        let is_record = is_record(&mistake.pointer, context);
        let missing = missing_property(mistake, root).filter(|_| is_record);
        let Some((object, _)) = missing else {
            continue;
        };
        let Some(other) = meant(object, context.target, context.operations) else {
            continue;
        };
        if told.insert(mistake.bytes.start) {
            let name = &other.name;
            mistake.help = Some(format!(
                "its names are those of `{name}`: hold it against that"
            ));
            let known = object.iter().filter(|it| names(other).contains(&*it.key));
            theirs.extend(known.map(|it| u64::from(it.key_span.start)));
        }
    }
    mistakes.retain(|it| {
        let start = it.bytes.start;
        let is_theirs = is_lint(it, "unknown-property") && theirs.contains(&start);
        let is_more = it.missing.is_some() && it.help.is_none() && told.contains(&start);
        !is_theirs && !is_more
    });
}

/// Whether a record is there: the payload, or an item of the batch that it is.
fn is_record(pointer: &str, context: &Context<'_>) -> bool {
    match &context.target.batch {
        Some(batch) if !context.is_item => {
            let tokens = pointer::tokens(pointer).unwrap_or_default();
            matches!(tokens.as_slice(), [list, _] if *list == batch.property)
        }
        Some(_) | None => pointer.is_empty(),
    }
}

/// The one operation, for batches if that held against is, that knows more names of a record than any
/// other, and misses none in it.
pub(super) fn meant<'a>(
    object: &Object,
    held: &Target,
    operations: &'a [Target],
) -> Option<&'a Target> {
    let known = |it: &Target| object.keys().filter(|key| names(it).contains(*key)).count();
    let here = known(held);
    let fits = |it: &&Target| {
        let alike = it.batch.is_some() == held.batch.is_some();
        alike && required(it).iter().all(|name| object.get(name).is_some())
    };
    let others = operations.iter().filter(fits);
    let others: Vec<_> = others.map(|it| (known(it), it)).collect();
    let most = others.iter().map(|it| it.0).max().filter(|it| *it > here)?;
    let mut best = others.into_iter().filter(|it| it.0 == most);
    match (best.next(), best.next()) {
        (Some((_, one)), None) => Some(one),
        _ => None,
    }
}

/// The names of a target's records.
fn names(target: &Target) -> &BTreeSet<String> {
    let batch = target.batch.as_ref();
    batch.map_or(&target.names, |it| &it.names)
}

/// The names that a target's records must have.
fn required(target: &Target) -> &BTreeSet<String> {
    let batch = target.batch.as_ref();
    batch.map_or(&target.required, |it| &it.required)
}
