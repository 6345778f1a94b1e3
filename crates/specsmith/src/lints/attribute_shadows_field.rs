//! `lint/attribute-shadows-field`: an attribute named like a field of the specification.

use std::collections::BTreeMap;

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;
use specsmith_plan::folded;

use super::attributes::NAME;
use super::{at, item_at, mistake, text_of};

/// The names of fields, by their letters and digits alone.
pub(super) type Fields = BTreeMap<String, String>;

/// The fields of these names.
pub(super) fn fields(names: impl IntoIterator<Item = String>) -> Fields {
    let named = names.into_iter().map(|it| (folded(&it), it));
    named.collect()
}

/// Looks at a list of attributes of a record that has these fields.
pub(super) fn look(list: &[Node], fields: &Fields, pointer: &str, out: &mut Vec<Mistake>) {
    for (index, attribute) in list.iter().enumerate() {
        let Some(node) = attribute.get(NAME) else {
            continue;
        };
        let Some(name) = text_of(node) else {
            continue;
        };
        if let Some(field) = shadowed(name, fields) {
            let message = format!("the attribute is named like the field `{field}`");
            let at = at(&item_at(pointer, index), NAME);
            let mut found = mistake("lint/attribute-shadows-field", message, node.span, &at);
            found.help = Some(format!("move the value to the field `{field}`"));
            out.push(found);
        }
    }
}

/// The field whose name has the same letters and digits, whatever the case and what separates
/// them.
fn shadowed<'f>(name: &str, fields: &'f Fields) -> Option<&'f str> {
    // No field is that long, and names are payload text of any length.
    if name.len() > 256 {
        return None;
    }
    fields.get(&folded(name)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_case_do_not_matter() {
        let fields = fields(["lobId".to_owned(), "emailAddress".to_owned()]);
        for name in ["lobId", "lob_id", "LOB ID", "Lob-Id", "lob.id"] {
            assert_eq!(shadowed(name, &fields), Some("lobId"), "{name}");
        }
        for name in ["lob", "lobIds", "", "--"] {
            assert_eq!(shadowed(name, &fields), None, "{name}");
        }
    }
}
