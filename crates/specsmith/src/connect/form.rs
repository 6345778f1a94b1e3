//! Payloads of another form than they should have: a batch in place of a single item, a bare list,
//! JSON in a string, several values.

use specsmith_diagnostics::Mistake;
use specsmith_json::{Node, Object, Value};

use super::{Context, elsewhere, is_unknown_name};

/// A batch held against the operation for single items, and the reverse; whether it is one.
pub(super) fn wrong_operation(
    mistakes: &mut Vec<Mistake>,
    context: &Context<'_>,
    root: &Node,
) -> bool {
    let (Some(other), Some(object)) = (context.counterpart, root.as_object()) else {
        return false;
    };
    let known = |names: &std::collections::BTreeSet<String>| {
        object.keys().filter(|it| names.contains(*it)).count()
    };
    // Its records may be of another entity too.
    let meant = |record: &Object| elsewhere::meant(record, other, context.operations);
    let other = match (&other.batch, &context.target.batch) {
        // A batch where a single item belongs: it has the list and none of an item's names.
        (Some(batch), None) => {
            let list = object.get(&batch.property).and_then(Node::as_array);
            let list = list.filter(|_| known(&context.target.names) == 0);
            list.map(|it| {
                let first = it.first().and_then(Node::as_object);
                first.and_then(meant).unwrap_or(other)
            })
        }
        // A single item where a batch belongs.
        (None, Some(batch)) if object.get(&batch.property).is_none() => {
            meant(object).or((known(&batch.names) > 0).then_some(other))
        }
        (None | Some(_), Some(_)) | (None, None) => None,
    };
    let Some(other) = other else {
        return false;
    };
    let what = match other.batch.is_some() {
        true => "a batch",
        false => "a single item",
    };
    let help = format!("this is {what}: hold it against `{}`", other.name);
    let mut kept = false;
    mistakes.retain_mut(|it| {
        // Everything said about the names of the payload itself has this one cause.
        let own = match it.code.as_str() {
            "schema/required" | "lint/missing-items" => it.pointer.is_empty(),
            _ if is_unknown_name(it) => !it.pointer.get(1..).unwrap_or_default().contains('/'),
            _ => false,
        };
        if !own {
            return true;
        }
        let names_it = !is_unknown_name(it);
        let keep = names_it && !kept;
        if keep {
            kept = true;
            it.help = Some(help.clone());
            it.suggestion = None;
            it.related.clear();
            it.bytes = u64::from(root.span.start)..u64::from(root.span.end);
        }
        keep
    });
    true
}

/// A list that should have been wrapped into a batch.
pub(super) fn bare_list(mistakes: &mut [Mistake], context: &Context<'_>, root: &Node) {
    let batch = context.target.batch.as_ref();
    let other = context.counterpart.and_then(|it| it.batch.as_ref());
    if !matches!(root.value, Value::Array(_)) {
        return;
    }
    for mistake in mistakes.iter_mut().filter(|it| is_type_of_root(it)) {
        if let Some(batch) = batch.or(other) {
            let property = &batch.property;
            let wrap = format!("wrap the list: `{{\"{property}\": […]}}`");
            mistake.help = Some(match context.counterpart.filter(|it| it.batch.is_some()) {
                Some(other) => format!("{wrap}, and hold it against `{}`", other.name),
                None => wrap,
            });
        }
    }
}

/// A payload that was written as JSON twice, once more than it should.
pub(super) fn quoted_json(mistakes: &mut [Mistake], root: &Node) {
    let begins = |it: &str| it.trim_start().starts_with(['{', '[']);
    if !root.as_str().is_some_and(begins) {
        return;
    }
    for mistake in mistakes.iter_mut().filter(|it| is_type_of_root(it)) {
        let help = "this is JSON inside a string: take it out of its quotes and escapes";
        mistake.help = Some(help.to_owned());
    }
}

fn is_type_of_root(mistake: &Mistake) -> bool {
    mistake.code.as_str() == "schema/type" && mistake.pointer.is_empty()
}

/// Several values where one belongs: lines in a file that is one value, or several values a line.
pub(super) fn several_values(mistakes: &mut [Mistake], context: &Context<'_>) {
    for mistake in mistakes.iter_mut() {
        if mistake.code.as_str() != "json/trailing-text" {
            continue;
        }
        let start = usize::try_from(mistake.bytes.start).unwrap_or(usize::MAX);
        let rest = context.text.get(start..).unwrap_or_default();
        let help = match (rest.first(), context.is_line) {
            (Some(b'{' | b'['), false) => {
                "one record a line is NDJSON: name the file `.ndjson`; or make the records a batch"
            }
            (Some(b'{' | b'['), true) => "put each record on a line of its own",
            (Some(b','), true) => "remove the comma: nothing stands between the lines of NDJSON",
            (Some(_) | None, _) => continue,
        };
        mistake.help = Some(help.to_owned());
    }
}
