//! `lint/blank-value`: white space only where an id or a name belongs.

use std::collections::BTreeSet;

use specsmith_diagnostics::Mistake;
use specsmith_ir::{Model, SchemaId};
use specsmith_json::Node;

use super::attributes::NAME;
use super::{at, is_text, item_at, mistake, properties, text_of};

/// The names of a record's string properties that hold an id or a name.
pub(super) fn spoken(model: &Model, record: SchemaId) -> BTreeSet<String> {
    properties(model, record)
        .into_iter()
        .filter(|(name, schema)| is_id_or_name(name) && is_text(model, *schema))
        .map(|(name, _)| name)
        .collect()
}

/// Looks at the properties of a record.
pub(super) fn look(
    record: &Node,
    spoken: &BTreeSet<String>,
    pointer: &str,
    out: &mut Vec<Mistake>,
) {
    for member in record.as_object().into_iter().flatten() {
        if spoken.contains(&*member.key) && is_blank(&member.node) {
            let message = format!("`{}` holds nothing but white space", member.key);
            let at = at(pointer, &member.key);
            out.push(helped(mistake(
                "lint/blank-value",
                message,
                member.node.span,
                &at,
            )));
        }
    }
}

/// Looks at the names of a list of attributes.
pub(super) fn look_at_attributes(list: &[Node], pointer: &str, out: &mut Vec<Mistake>) {
    for (index, attribute) in list.iter().enumerate() {
        if let Some(node) = attribute.get(NAME).filter(|it| is_blank(it)) {
            let message = "the attribute's name is nothing but white space";
            let at = at(&item_at(pointer, index), NAME);
            out.push(helped(mistake("lint/blank-value", message, node.span, &at)));
        }
    }
}

fn helped(mut mistake: Mistake) -> Mistake {
    mistake.help = Some("leave it out, or give it a value".to_owned());
    mistake
}

fn is_blank(node: &Node) -> bool {
    text_of(node).is_some_and(|it| !it.is_empty() && it.chars().all(char::is_whitespace))
}

/// Whether the last word of a property's name is `id` or `name`.
pub(super) fn is_id_or_name(name: &str) -> bool {
    is_id(name) || ends(name, "name", 'N')
}

/// Whether the last word of a property's name is `id`.
pub(super) fn is_id(name: &str) -> bool {
    ends(name, "id", 'I')
}

fn ends(name: &str, word: &str, capital: char) -> bool {
    let lower = name.to_lowercase();
    let Some(before) = lower.strip_suffix(word) else {
        return false;
    };
    let written = name.get(before.len()..).unwrap_or_default();
    before.is_empty() || before.ends_with(['_', '-', '.', ' ']) || written.starts_with(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_told_by_their_last_word() {
        for name in [
            "id",
            "lobId",
            "lobID",
            "lob_id",
            "name",
            "agentName",
            "first-name",
        ] {
            assert!(is_id_or_name(name), "{name}");
        }
        for name in ["paid", "valid", "rename", "status", "ids", ""] {
            assert!(!is_id_or_name(name), "{name}");
        }
    }
}
