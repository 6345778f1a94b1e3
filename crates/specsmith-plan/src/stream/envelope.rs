//! What stands around the items of a batch.

use crate::plan::{ANY, Kinds, NodeId, Program};

/// A schema of objects with one array whose items can be judged one by one.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    /// The name of the array.
    pub(super) name: Box<str>,
    /// What its items are.
    pub(super) item: NodeId,
}

impl Envelope {
    /// The envelope that a program's root is, if it is one.
    pub(super) fn of(program: &Program) -> Option<Self> {
        let root = program.node(program.root);
        let plain = |applied: (u32, u32), literals: u32| {
            applied.0 == applied.1 && program.literals.get(literals as usize).is_none()
        };
        if root.kinds.0 != Kinds::RECORD || root.by_tree || !plain(root.applied, root.literals) {
            return None;
        }
        let record = program.record_of(root)?;
        let mut lists = record.keys.iter().filter(|key| {
            let node = program.node(key.node);
            key.node != ANY && node.kinds.has(Kinds::LIST)
        });
        let key = lists.next()?;
        let node = program.node(key.node);
        let list = program.list_of(node)?;
        let streams = lists.next().is_none()
            && key.extra.0 == key.extra.1
            && !node.by_tree
            && plain(node.applied, node.literals)
            && list.prefix.is_empty()
            && !list.unique
            && list.contains.is_none();
        streams.then(|| Self {
            name: key.name.clone(),
            item: list.items,
        })
    }
}
