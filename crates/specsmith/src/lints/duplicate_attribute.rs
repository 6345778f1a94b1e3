//! `lint/duplicate-attribute`: two attributes of one list with the same name.

use std::collections::BTreeMap;

use specsmith_diagnostics::Mistake;
use specsmith_json::{Node, Span};

use super::attributes::NAME;
use super::{at, item_at, mistake, range, text_of};

/// Looks at a list of attributes; each repetition is one mistake, at the later name.
pub(super) fn look(list: &[Node], pointer: &str, out: &mut Vec<Mistake>) {
    let mut first: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for (index, attribute) in list.iter().enumerate() {
        let Some(node) = attribute.get(NAME) else {
            continue;
        };
        // That a name is empty is a mistake of its own.
        let Some(name) = text_of(node).filter(|it| !it.is_empty()) else {
            continue;
        };
        match first.get(name) {
            None => {
                first.insert(name, (index, node.span));
            }
            Some((earlier, span)) => {
                let message = format!("the attribute has the same name as number {earlier}");
                let at = at(&item_at(pointer, index), NAME);
                let mut found = mistake("lint/duplicate-attribute", message, node.span, &at);
                found.help = Some("keep one of the two".to_owned());
                found
                    .related
                    .push(("the name stands here first".to_owned(), range(*span)));
                out.push(found);
            }
        }
    }
}
