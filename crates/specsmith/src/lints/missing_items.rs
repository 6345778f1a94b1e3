//! `lint/missing-items`: a batch that does not hold the list it is there for.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use super::{mistake, range};

/// Looks at a batch whose list should be under `property`.
pub(super) fn look(root: &Node, property: &str, out: &mut Vec<Mistake>) {
    let Some(object) = root.as_object() else {
        return;
    };
    if object.get(property).is_some() {
        return;
    }
    let message = format!("the batch has no `{property}`");
    // A misspelt key is where the list is most likely meant to be.
    let near = object
        .iter()
        .find(|member| specsmith_rules::nearest(&member.key, [property]).is_some());
    let Some(member) = near else {
        let mut found = mistake("lint/missing-items", message, root.span, "");
        found.help = Some(format!("put the records into a list under `{property}`"));
        out.push(found);
        return;
    };
    let mut found = mistake("lint/missing-items", message, member.key_span, "");
    found.help = Some(format!("did you mean `{property}` here?"));
    found.suggestion = Some((format!("\"{property}\""), range(member.key_span)));
    found.related.push((
        "the batch that lacks it".to_owned(),
        range(root.span).start..range(root.span).start + 1,
    ));
    out.push(found);
}
