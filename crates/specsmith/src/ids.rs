//! Ids in reports: which of them may name a record.

use std::collections::BTreeSet;

use specsmith_diagnostics::Finding;
use specsmith_json::Node;

use crate::lints::text_of;
use crate::specs::Specs;
use crate::target;

/// Whose values are shown where the configuration names none. Ids of customers are not among them:
/// they may hold a mail address.
pub const SHOWN: &[&str] = &["externalAgentId", "externalConversationId"];

/// How many code points of one id are shown at most.
const WIDTH: usize = 64;

/// A property that the configuration takes for an id.
#[derive(Clone, Debug)]
pub struct NamedId {
    /// What it is called.
    pub name: String,
    /// What is to be said where no record has it.
    pub unknown: Finding,
}

/// What is to be said of the ids that no record of the specifications has.
pub fn unknown(ids: &[NamedId], specs: &Specs) -> Vec<Finding> {
    if ids.is_empty() {
        return Vec::new();
    }
    let known = properties(specs);
    let strangers = ids.iter().filter(|it| !known.contains(&it.name));
    strangers
        .map(|id| {
            let near = specsmith_rules::nearest(&id.name, known.iter().map(String::as_str));
            let mut finding = id.unknown.clone();
            finding.help = near.map(|near| format!("did you mean `{near}`?"));
            finding
        })
        .collect()
}

/// The names of the properties of all that a payload or an item of one may be held against.
fn properties(specs: &Specs) -> BTreeSet<String> {
    let model = &specs.lowered.model;
    let definitions = model.definitions.iter().map(|it| it.schema);
    let bodies = specs.operations().iter().map(|it| it.schema);
    let items = specs.operations().iter().filter_map(|it| it.batch.as_ref());
    let all = definitions.chain(bodies).chain(items.map(|it| it.item));
    all.flat_map(|it| target::names(model, it)).collect()
}

/// The properties whose values may name a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownIds {
    properties: Vec<String>,
    /// Whether somebody has chosen them, and so knows what their values hold.
    chosen: bool,
}

impl ShownIds {
    /// Those configured, else [`SHOWN`].
    pub fn new(configured: Option<&[String]>) -> Self {
        let default = || SHOWN.iter().map(|it| (*it).to_owned()).collect();
        Self {
            properties: configured.map_or_else(default, <[String]>::to_vec),
            chosen: configured.is_some(),
        }
    }

    /// What a record may be called: its ids that may be shown, those first that are listed first.
    pub fn of(&self, record: &Node) -> Option<String> {
        let ids = self.properties.iter().filter_map(|name| {
            let id = text_of(record.get(name)?)?;
            self.shows(id).then_some(id)
        });
        let ids: Vec<_> = ids.collect();
        (!ids.is_empty()).then(|| ids.join(", "))
    }

    /// Unless somebody has said what the values are, what does not look like an id is none: a name,
    /// an address or a whole sentence may stand where an id belongs.
    fn shows(&self, id: &str) -> bool {
        let looks_like_an_id = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
        let fits = (1..=WIDTH).contains(&id.chars().count());
        fits && (self.chosen || id.chars().all(looks_like_an_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use specsmith_json::{Limits, read};

    fn check(configured: Option<&[&str]>, record: &str, expected: Option<&str>) {
        let configured: Option<Vec<_>> =
            configured.map(|it| it.iter().map(|it| (*it).to_owned()).collect());
        let root = read(record.as_bytes(), &Limits::default()).root;
        let found = ShownIds::new(configured.as_deref()).of(&root.expect("a value"));
        assert_eq!(found.as_deref(), expected, "{record}");
    }

    #[test]
    fn agents_and_conversations_have_a_name_and_customers_have_none() {
        check(None, r#"{"externalAgentId": "a-1"}"#, Some("a-1"));
        let both = r#"{"externalCustomerId": "jane", "externalConversationId": "c_1"}"#;
        check(None, both, Some("c_1"));
        check(None, r#"{"externalCustomerId": "jane"}"#, None);
    }

    #[test]
    fn what_does_not_look_like_an_id_is_not_shown() {
        for id in ["", "Jane Doe", "jane@example.com", "é", "555.0100"] {
            check(None, &format!(r#"{{"externalAgentId": "{id}"}}"#), None);
        }
        let long = format!(r#"{{"externalAgentId": "{}"}}"#, "a".repeat(65));
        check(None, &long, None);
        check(Some(&["externalAgentId"]), &long, None);
        check(None, r#"{"externalAgentId": 7}"#, None);
    }

    #[test]
    fn the_configuration_decides() {
        let record = r#"{"externalAgentId": "a-1", "id": "jane@example.com"}"#;
        check(Some(&[]), record, None);
        check(Some(&["id"]), record, Some("jane@example.com"));
        check(
            Some(&["id", "externalAgentId"]),
            record,
            Some("jane@example.com, a-1"),
        );
    }
}
