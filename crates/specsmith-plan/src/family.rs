//! Which names the parts of one schema know together, so that a property is unknown only where
//! none of them speaks of it.

use std::collections::BTreeSet;

use crate::plan::{Apply, NodeId, Program, RestRule};

/// Tells every record which names the schemas applied beside it know.
pub(crate) fn share_names(program: &mut Program) {
    let count = program.nodes.len();
    let mut shared: Vec<BTreeSet<Box<str>>> = vec![BTreeSet::new(); program.records.len()];
    let mut watched = vec![true; program.records.len()];
    let mut member_of_other = vec![false; count];
    for id in 0..count {
        for child in beside(program, id as NodeId) {
            member_of_other[child as usize] = true;
        }
    }
    for id in (0..count).filter(|id| !member_of_other[*id]) {
        let members = members(program, id as NodeId);
        let records: Vec<usize> = members
            .iter()
            .filter_map(|member| {
                let record = program.node(*member).record as usize;
                (record < program.records.len()).then_some(record)
            })
            .collect();
        let mut names = BTreeSet::new();
        let mut open = false;
        for record in &records {
            let rule = &program.records[*record];
            names.extend(rule.keys.iter().map(|key| key.name.clone()));
            open |= rule.rest != RestRule::Ignored;
            open |= rule.more.as_ref().is_some_and(|it| !it.patterns.is_empty());
        }
        // A dynamic reference may bring in any schema, and no names at all means a free form.
        open |= names.is_empty() || members.iter().any(|it| program.node(*it).by_tree);
        for record in records {
            watched[record] &= !open;
            if members.len() > 1 {
                shared[record].extend(names.iter().cloned());
            }
        }
    }
    for ((record, names), watched) in program.records.iter_mut().zip(shared).zip(watched) {
        record.watched = watched;
        record.known_elsewhere = names.into_iter().collect();
    }
}

/// A node and all that have a say about the same value because of it.
fn members(program: &Program, root: NodeId) -> Vec<NodeId> {
    let mut members = vec![root];
    let mut found = BTreeSet::from([root]);
    let mut next = 0;
    while let Some(member) = members.get(next).copied() {
        for child in beside(program, member) {
            if found.insert(child) {
                members.push(child);
            }
        }
        next += 1;
    }
    members
}

fn beside(program: &Program, id: NodeId) -> Vec<NodeId> {
    let node = program.node(id);
    let mut beside = Vec::new();
    for apply in program.applied_of(node) {
        match apply {
            Apply::All(nodes) | Apply::Any(nodes) | Apply::One(nodes) => beside.extend(nodes),
            Apply::Not(_) => {}
            Apply::If {
                condition,
                then,
                otherwise,
            } => {
                beside.push(*condition);
                beside.extend(then);
                beside.extend(otherwise);
            }
            Apply::Ref(node) | Apply::DynamicRef { fallback: node, .. } => beside.push(*node),
            Apply::UnevaluatedItems(_) | Apply::UnevaluatedProperties(_) => {}
        }
    }
    if let Some(more) = program.record_of(node).and_then(|it| it.more.as_ref()) {
        beside.extend(more.dependent_schemas.iter().map(|(_, node)| *node));
    }
    beside
}
