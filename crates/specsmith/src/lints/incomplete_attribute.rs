//! `lint/incomplete-attribute`: an attribute without a name or without a value.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use super::attributes::{NAME, VALUE};
use super::{item_at, mistake, range};

/// Looks at a list of attributes. What is there under a name that is near is said at that name, the
/// rest of what is missing at the attribute.
pub(super) fn look(list: &[Node], pointer: &str, out: &mut Vec<Mistake>) {
    for (index, attribute) in list.iter().enumerate() {
        let Some(object) = attribute.as_object() else {
            continue;
        };
        let at = item_at(pointer, index);
        if let Some(name) = object.get(NAME).filter(|it| it.as_str() == Some("")) {
            let message = "the attribute's `name` is empty";
            let at = super::at(&at, NAME);
            let mut found = mistake("lint/incomplete-attribute", message, name.span, &at);
            found.help = Some("give it a name, or leave the attribute out".to_owned());
            out.push(found);
        }
        let mut missing = [NAME, VALUE].map(|key| object.get(key).is_none().then_some(key));
        for place in &mut missing {
            let Some(key) = *place else {
                continue;
            };
            let near = object.iter().find(|member| {
                let is_other = ![NAME, VALUE].contains(&&*member.key);
                is_other && specsmith_rules::nearest(&member.key, [key]).is_some()
            });
            if let Some(member) = near {
                let span = member.key_span;
                let message = format!("the attribute has no `{key}`");
                let mut found = mistake("lint/incomplete-attribute", message, span, &at);
                found.help = Some(format!("did you mean `{key}` here?"));
                found.suggestion = Some((format!("\"{key}\""), range(span)));
                out.push(found);
                *place = None;
            }
        }
        let message = match missing {
            [None, None] => continue,
            [Some(_), None] => "the attribute has no `name`",
            [None, Some(_)] => "the attribute has no `value`",
            [Some(_), Some(_)] => "the attribute has neither `name` nor `value`",
        };
        let span = attribute.span;
        let mut found = mistake("lint/incomplete-attribute", message, span, &at);
        let empty = object.iter().next().is_none();
        found.help = Some(match empty {
            true => "give both, or leave the attribute out".to_owned(),
            false => "write an attribute as `{\"name\": …, \"value\": …}`".to_owned(),
        });
        out.push(found);
    }
}
