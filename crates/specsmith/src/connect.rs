//! Connecting mistakes: what has one cause is said once, at the place where it can be mended.

mod elsewhere;
mod form;

use std::collections::{HashMap, HashSet};

use specsmith_diagnostics::Mistake;
use specsmith_json::{Member, Node, Object, Value};
use specsmith_rules::nearest;

use crate::target::Target;

/// What is known about the payload beside its mistakes.
pub struct Context<'a> {
    /// What it is held against.
    pub target: &'a Target,
    /// Whether it is one item of a batch, and not the whole of it.
    pub is_item: bool,
    /// How many items were left out of the batch.
    pub items: u64,
    /// The other operation for the same records.
    pub counterpart: Option<&'a Target>,
    /// What else payloads can be held against.
    pub operations: &'a [Target],
    /// The payload, where it can be read.
    pub root: Option<&'a Node>,
    /// The text.
    pub text: &'a [u8],
    /// Whether it is one line of a file of lines.
    pub is_line: bool,
    /// Whether a misspelt name is looked for; else only what the specification itself says is.
    pub looks_for_names: bool,
}

/// Joins and drops mistakes until each cause is there once; in the order of the bytes.
pub fn connect(mut mistakes: Vec<Mistake>, context: &Context<'_>) -> Vec<Mistake> {
    match context.root {
        Some(root) => {
            let mut is_other = false;
            if !context.is_item {
                is_other = form::wrong_operation(&mut mistakes, context, root);
                form::bare_list(&mut mistakes, context, root);
                form::quoted_json(&mut mistakes, root);
                too_many_items(&mut mistakes, context);
            }
            match context.looks_for_names {
                true => {
                    required_list(&mut mistakes, context, root);
                    misspelt(&mut mistakes, root);
                }
                false => at_their_objects(&mut mistakes, root),
            }
            elsewhere::of_another(&mut mistakes, context, root);
            strange_names(&mut mistakes, root, is_other);
            strange_objects(&mut mistakes, context, root);
            enum_suggestions(&mut mistakes);
            once_at_each_place(&mut mistakes);
        }
        None => form::several_values(&mut mistakes, context),
    }
    mistakes.sort_by_key(|it| it.bytes.start);
    mistakes
}

/// The list of a batch that the specification itself asks for is missed once.
fn required_list(mistakes: &mut Vec<Mistake>, context: &Context<'_>, root: &Node) {
    let Some(batch) = &context.target.batch else {
        return;
    };
    let misses = |it: &Mistake| {
        let missing = missing_property(it, root).filter(|_| it.pointer.is_empty());
        missing.is_some_and(|(_, name)| *name == *batch.property)
    };
    if mistakes.iter().any(misses) {
        mistakes.retain(|it| !is_lint(it, "missing-items"));
    }
}

/// A property that is missing and one whose name is near it are one mistake, at the name.
fn misspelt(mistakes: &mut Vec<Mistake>, root: &Node) {
    // The names that nobody knows, by the place of their keys.
    let mut unknown: HashMap<u64, usize> = (0..)
        .zip(mistakes.iter())
        .filter(|(_, it)| is_unknown_name(it))
        .map(|(index, it)| (it.bytes.start, index))
        .collect();
    let mut joined = HashSet::new();
    for mistake in mistakes.iter_mut() {
        let Some((object, name)) = missing_property(mistake, root) else {
            continue;
        };
        let place = |member: &Member| u64::from(member.key_span.start);
        let strange = || object.iter().filter(|it| unknown.contains_key(&place(it)));
        let near = nearest(name, strange().map(|it| &*it.key));
        let Some(member) = near.and_then(|near| strange().find(|it| *it.key == *near)) else {
            continue;
        };
        let key = place(member)..u64::from(member.key_span.end);
        joined.extend(unknown.remove(&key.start));
        let help = format!("did you mean `{name}` here?");
        let suggestion = (quoted(name), key.clone());
        let brace = mistake.bytes.start..mistake.bytes.start + 1;
        mistake.bytes = key;
        mistake.help = Some(help);
        mistake.suggestion = Some(suggestion);
        mistake.related = vec![("the object that lacks it".to_owned(), brace)];
    }
    // A list or an attribute that is there under a near name has said so already.
    let said: HashSet<_> = mistakes
        .iter()
        .filter(|it| !is_unknown_name(it) && it.suggestion.is_some())
        .map(|it| it.bytes.clone())
        .collect();
    let mut index = 0;
    mistakes.retain(|it| {
        index += 1;
        !joined.contains(&(index - 1)) && (!is_unknown_name(it) || !said.contains(&it.bytes))
    });
}

/// The list of a batch and the parts of an attribute, where something else is there in their stead:
/// that the specification does not know those names is the same mistake. The lists of what is for
/// another operation are its own.
fn strange_names(mistakes: &mut Vec<Mistake>, root: &Node, is_other: bool) {
    let mut instead = HashSet::new();
    let joined = ["missing-items", "incomplete-attribute"];
    let joined = |it: &&mut Mistake| joined.iter().any(|name| is_lint(it, name));
    for mistake in mistakes.iter_mut().filter(joined) {
        let Some(node) = root.pointer(&mistake.pointer) else {
            continue;
        };
        // Said at the object, so no name in it is near.
        let is_there = mistake.bytes.start == u64::from(node.span.start);
        let Some(object) = node.as_object().filter(|_| is_there) else {
            continue;
        };
        let is_list = |node: &Node| matches!(node.value, Value::Array(_));
        let mut lists = object.iter().filter(|it| is_list(&it.node));
        match (mistake.code.as_str(), lists.next(), lists.next()) {
            ("lint/missing-items", Some(list), None) if !is_other => {
                let key = list.key_span;
                let key = u64::from(key.start)..u64::from(key.end);
                instead.insert(key.start);
                let said = "a list stands here under a name that the batch does not know";
                mistake.related.push((said.to_owned(), key));
            }
            ("lint/incomplete-attribute", _, _) if object.len() <= 2 => {
                instead.extend(object.iter().map(|it| u64::from(it.key_span.start)));
            }
            _ => {}
        }
    }
    mistakes.retain(|it| !is_unknown_name(it) || !instead.contains(&it.bytes.start));
}

/// An object that lacks what it must have, and has no name that the specification knows, is
/// something else: one mistake, at the object.
fn strange_objects(mistakes: &mut Vec<Mistake>, context: &Context<'_>, root: &Node) {
    let unknown: HashSet<u64> = mistakes
        .iter()
        .filter(|it| is_lint(it, "unknown-property"))
        .map(|it| it.bytes.start)
        .collect();
    if unknown.is_empty() {
        return;
    }
    let mut instead = HashSet::new();
    let mut said = HashSet::new();
    for mistake in mistakes.iter_mut() {
        let object = match missing_property(mistake, root) {
            Some((object, _)) => Some(object),
            None if is_lint(mistake, "missing-items") => root.as_object(),
            None => None,
        };
        let Some(object) = object else {
            continue;
        };
        let keys = object.iter().map(|it| u64::from(it.key_span.start));
        if object.is_empty() || !keys.clone().all(|it| unknown.contains(&it)) {
            continue;
        }
        instead.extend(keys);
        if said.insert(mistake.bytes.start) && mistake.help.is_none() {
            let batch = context.target.batch.as_ref();
            let is_batch = batch.is_some_and(|it| object.get(&it.property).is_some());
            mistake.help = Some(match is_batch {
                true => "this is a batch inside a batch: take its items out of it".to_owned(),
                false => "no name in it is known: look whether it is something else".to_owned(),
            });
        }
    }
    mistakes.retain(|it| !is_lint(it, "unknown-property") || !instead.contains(&it.bytes.start));
}

/// What is missing is missing from the object, whatever names are there instead.
fn at_their_objects(mistakes: &mut [Mistake], root: &Node) {
    for mistake in mistakes {
        if let Some((node, _)) = root
            .pointer(&mistake.pointer)
            .zip(missing_property(mistake, root))
        {
            let brace = u64::from(node.span.start);
            mistake.bytes = brace..brace + 1;
            mistake.help = None;
            mistake.suggestion = None;
            mistake.related.clear();
        }
    }
}

/// The object that lacks a property, and the property's name, where that is what is wrong.
fn missing_property<'n, 'm>(mistake: &'m Mistake, root: &'n Node) -> Option<(&'n Object, &'m str)> {
    let name = mistake.missing.as_deref()?;
    Some((root.pointer(&mistake.pointer)?.as_object()?, name))
}

/// More items than a batch may have.
fn too_many_items(mistakes: &mut [Mistake], context: &Context<'_>) {
    let Some(batch) = &context.target.batch else {
        return;
    };
    let Some(most) = batch.most.filter(|it| *it > 0) else {
        return;
    };
    let list = context.root.and_then(|it| it.get(&batch.property));
    let there = list.and_then(Node::as_array).map_or(0, <[Node]>::len) as u64;
    let count = context.items + there;
    let parts = count.div_ceil(most);
    for mistake in mistakes.iter_mut() {
        let here = mistake.pointer.get(1..) == Some(batch.property.as_str());
        if here && mistake.code.as_str() == "schema/max-items" {
            mistake.help = Some(format!(
                "split the batch into {parts} of at most {most} items each"
            ));
        }
    }
}

/// The value that was probably meant, as it is written.
fn enum_suggestions(mistakes: &mut [Mistake]) {
    for mistake in mistakes.iter_mut() {
        if mistake.code.as_str() != "schema/enum" || mistake.suggestion.is_some() {
            continue;
        }
        let meant = mistake
            .help
            .as_deref()
            .and_then(|it| it.strip_prefix("did you mean `")?.strip_suffix("`?"));
        if let Some(meant) = meant {
            mistake.suggestion = Some((quoted(meant), mistake.bytes.clone()));
        }
    }
}

/// A lint about a value that breaks a rule, or about one that another lint speaks of, adds nothing.
fn once_at_each_place(mistakes: &mut Vec<Mistake>) {
    let broken: HashSet<_> = mistakes
        .iter()
        .filter(|it| it.code.area() != "lint")
        .map(|it| it.pointer.clone())
        .collect();
    let blank: HashSet<_> = mistakes
        .iter()
        .filter(|it| is_lint(it, "blank-value"))
        .map(|it| it.pointer.clone())
        .collect();
    mistakes.retain(|it| {
        let of_value = is_lint(it, "partial-pattern") || is_lint(it, "blank-value");
        let said = of_value && broken.contains(&it.pointer);
        let said_blank = is_lint(it, "partial-pattern") && blank.contains(&it.pointer);
        !said && !said_blank
    });
}

/// Whether it is a property that nobody knows, be that allowed or not.
fn is_unknown_name(mistake: &Mistake) -> bool {
    matches!(
        mistake.code.as_str(),
        "lint/unknown-property" | "schema/additional-properties" | "schema/unevaluated-properties"
    )
}

fn is_lint(mistake: &Mistake, name: &str) -> bool {
    mistake.code.as_str().strip_prefix("lint/") == Some(name)
}

/// A name of the specification as JSON text.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}
