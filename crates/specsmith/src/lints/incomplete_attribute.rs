//! `lint/incomplete-attribute`: an attribute without a name or without a value.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use super::attributes::{NAME, VALUE};
use super::{item_at, mistake, range};

/// Looks at a list of attributes.
pub(super) fn look(list: &[Node], pointer: &str, out: &mut Vec<Mistake>) {
    for (index, attribute) in list.iter().enumerate() {
        let Some(object) = attribute.as_object() else {
            continue;
        };
        let missing: Vec<_> = [NAME, VALUE]
            .into_iter()
            .filter(|key| object.get(key).is_none())
            .collect();
        let message = match missing.as_slice() {
            [] => continue,
            [NAME] => "the attribute has no `name`",
            [VALUE] => "the attribute has no `value`",
            _ => "the attribute has neither `name` nor `value`",
        };
        let at = item_at(pointer, index);
        let near = object.iter().find_map(|member| {
            let unknown = member.key.as_ref() != NAME && member.key.as_ref() != VALUE;
            let near = specsmith_rules::nearest(&member.key, missing.iter().copied());
            near.filter(|_| unknown).map(|near| (member, near))
        });
        match near {
            Some((member, near)) => {
                let span = member.key_span;
                let mut found = mistake("lint/incomplete-attribute", message, span, &at);
                found.help = Some(format!("did you mean `{near}` here?"));
                found.suggestion = Some((format!("\"{near}\""), range(span)));
                out.push(found);
            }
            None => {
                let span = attribute.span;
                let mut found = mistake("lint/incomplete-attribute", message, span, &at);
                found.help = Some("give both, or leave the attribute out".to_owned());
                out.push(found);
            }
        }
    }
}
