//! Which values the scan takes note of, decided when a plan is compiled.

use std::collections::BTreeSet;

use crate::kernels::class::ByteSet;
use crate::notes::PARTS;
use crate::plan::{ANY, Apply, Kinds, Literals, NONE, NodeId, Program};
use crate::quick::{Check, Quick};
use crate::record;
use crate::watch::{Watch, folded};
use crate::words::WordSet;

/// What a value is noted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Noted {
    what: u8,
    /// Which part of the record's id it is.
    pub(crate) part: u8,
}

impl Noted {
    /// It is a part of the record's id.
    pub(crate) const IDENTITY: u8 = 1;
    /// It is suspected if it begins with white space.
    pub(crate) const TEXT: u8 = 1 << 1;
    /// It is a list of attributes.
    pub(crate) const ATTRIBUTES: u8 = 1 << 2;
    /// It is a list of attributes, of which the scan does not know the names.
    pub(crate) const OPAQUE: u8 = 1 << 3;
    /// It is the name of an attribute.
    pub(crate) const NAME: u8 = 1 << 4;
    /// It is the list of a batch.
    pub(crate) const BATCH: u8 = 1 << 5;

    #[inline(always)]
    pub(crate) fn has(self, what: u8) -> bool {
        self.what & what != 0
    }

    /// Whether it is noted even where a shortcut says that it fits.
    #[inline(always)]
    pub(crate) fn is_always(self) -> bool {
        self.has(Self::IDENTITY | Self::NAME)
    }

    #[inline(always)]
    pub(crate) fn is_nothing(self) -> bool {
        self.what == 0
    }

    fn batch() -> Self {
        let mut noted = Self::default();
        noted.add(Self::BATCH);
        noted
    }

    fn add(&mut self, what: u8) {
        self.what |= what;
    }

    /// What a property is noted for of whose value the rules say nothing.
    pub(crate) fn of_unread(watch: &Watch, name: &str) -> Self {
        let mut noted = Self::of(watch, name);
        if noted.has(Self::ATTRIBUTES) {
            noted.add(Self::OPAQUE);
        }
        if watch.batch.as_deref() == Some(name) {
            noted.add(Self::BATCH);
        }
        noted
    }

    fn of(watch: &Watch, name: &str) -> Self {
        let mut noted = Self::default();
        let part = watch.identity.as_ref().and_then(|it| it.place(name));
        if let Some(part) = part {
            noted.part = part;
            noted.add(Self::IDENTITY);
        }
        if let Some(suspicion) = &watch.suspicion {
            let listed = |names: &[Box<str>]| names.iter().any(|it| **it == *name);
            if listed(&suspicion.texts) {
                noted.add(Self::TEXT);
            }
            if listed(&suspicion.attributes) {
                noted.add(Self::ATTRIBUTES);
            }
        }
        noted
    }
}

/// What the scan needs to know about notes.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    /// Whether anything is noted, unknown properties aside.
    pub(crate) notes: bool,
    /// What is to be said at the end of every payload that fits, if anything.
    pub(crate) at_end: Option<AtEnd>,
    /// How deep in a payload the properties of a record are.
    pub(crate) depth: usize,
    /// Properties that are noted and that no rule knows which every record goes through.
    pub(crate) unnamed: Vec<Box<str>>,
    /// Names that no attribute should have.
    pub(crate) fields: Fields,
}

/// What is said at the end of every payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtEnd {
    /// That only the tree can tell: records are not read closely enough to note anything, or have
    /// more to note than there is room for.
    Unsure,
    /// That it is worth a look.
    Suspected,
}

/// Names that no attribute should have, by their letters and digits in lower case.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    names: WordSet,
    /// For how many there are of them and what the first and the last one is, a bit.
    filter: [u64; 16],
}

impl Fields {
    fn new(names: impl Iterator<Item = String>) -> Self {
        let names: Vec<String> = names.collect();
        let mut filter = [0; 16];
        for name in &names {
            if let (Some(first), Some(last)) = (name.bytes().next(), name.bytes().last()) {
                let at = Self::place(name.len(), first, last);
                filter[at / 64] |= 1 << (at % 64);
            }
        }
        let names = WordSet::new(names);
        Self { names, filter }
    }

    #[inline(always)]
    fn place(length: usize, first: u8, last: u8) -> usize {
        let letter = |byte: u8| usize::from(byte.to_ascii_lowercase());
        (length.wrapping_mul(37) ^ letter(first).wrapping_mul(5) ^ letter(last).wrapping_mul(11))
            % 1024
    }

    /// Whether a name may be one of them that has so many letters and digits, all of them ASCII.
    #[inline(always)]
    pub(crate) fn may_have(&self, length: usize, first: u8, last: u8) -> bool {
        let at = Self::place(length, first, last);
        self.filter[at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether a name is one of them.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(folded(name).as_bytes())
    }
}

/// Marks the keys whose values are noted.
pub(crate) fn attend(program: &mut Program) {
    let watch = program.options.watch.clone();
    if !watch.glances() && watch.batch.is_none() {
        return;
    }
    let fields = watch.suspicion.iter().flat_map(|it| &it.fields);
    program.attention = Attention {
        notes: true,
        depth: if watch.batch.is_some() { 3 } else { 1 },
        fields: Fields::new(fields.map(|it| it.to_string())),
        at_end: watch.everything.then_some(AtEnd::Suspected),
        ..Attention::default()
    };
    let parts = watch.identity.as_ref().map_or(0, |it| it.keys().len());
    if parts > PARTS {
        program.attention.at_end = Some(AtEnd::Unsure);
    }
    let records = match &watch.batch {
        None => vec![program.root],
        Some(batch) => {
            let root = program.root;
            let list = mark(program, root, batch, |_, _, _| Noted::batch());
            list.map_or_else(Vec::new, |list| items(program, list))
        }
    };
    let identity = watch.identity.iter().flat_map(|it| it.properties());
    let suspicion = watch.suspicion.iter();
    let suspicion = suspicion.flat_map(|it| it.texts.iter().chain(&it.attributes));
    let names: BTreeSet<&str> = identity.chain(suspicion).map(|it| &**it).collect();
    for record in records {
        for name in &names {
            mark(program, record, name, |program, node, name| {
                let mut noted = Noted::of(&watch, name);
                if noted.has(Noted::ATTRIBUTES) && !attributes(program, node) {
                    noted.add(Noted::OPAQUE);
                }
                noted
            });
        }
    }
}

/// Marks a property of the objects that a node accepts; what its value is, if that is known.
fn mark(
    program: &mut Program,
    node: NodeId,
    name: &str,
    noted: impl FnOnce(&mut Program, NodeId, &str) -> Noted,
) -> Option<NodeId> {
    let rules = certain(program, node);
    let place = rules.iter().find_map(|rule| {
        let keys = &program.records.get(*rule)?.keys;
        let at = keys.iter().position(|key| &*key.name == name)?;
        Some((*rule, at, keys.get(at)?.node))
    });
    let Some((rule, at, value)) = place else {
        let has_objects = program.node(node).kinds.has(Kinds::RECORD);
        match rules.first().and_then(|it| program.records.get_mut(*it)) {
            Some(rule) => rule.noted = true,
            None if has_objects => program.attention.at_end = Some(AtEnd::Unsure),
            None => {}
        }
        program.attention.unnamed.push(name.into());
        return None;
    };
    let noted = noted(program, value, name);
    let key = program.records.get_mut(rule)?.keys.get_mut(at)?;
    key.noted.add(noted.what);
    key.noted.part = noted.part;
    Some(value)
}

/// The rules that every object goes through which a node accepts: one at least, so that its names
/// are read.
fn certain(program: &mut Program, node: NodeId) -> Vec<usize> {
    let mut nodes = vec![node];
    let mut rules = Vec::new();
    let mut next = 0;
    while let Some(id) = nodes.get(next).copied() {
        next += 1;
        let node = program.node(id);
        if node.record != NONE {
            rules.push(node.record as usize);
        }
        for apply in program.applied_of(node) {
            let certain = match apply {
                Apply::All(nodes) => nodes.as_slice(),
                Apply::Ref(node) => std::slice::from_ref(node),
                Apply::Any(_)
                | Apply::One(_)
                | Apply::Not(_)
                | Apply::If { .. }
                | Apply::DynamicRef { .. }
                | Apply::UnevaluatedItems(_)
                | Apply::UnevaluatedProperties(_) => &[],
            };
            let new: Vec<_> = certain.iter().filter(|it| !nodes.contains(it)).collect();
            nodes.extend(new);
        }
    }
    let reads = program.node(node).kinds.has(Kinds::RECORD) && node != ANY;
    let index = program.records.len();
    if rules.is_empty() && reads && index < NONE as usize {
        program.records.push(record::open(node));
        if let Some(node) = program.nodes.get_mut(node as usize) {
            node.record = index as u32;
        }
        rules.push(index);
    }
    rules
}

/// Marks the list of a batch; the nodes of its items.
fn items(program: &mut Program, list: NodeId) -> Vec<NodeId> {
    let index = program.node(list).list as usize;
    let Some(list) = program.lists.get_mut(index) else {
        return Vec::new();
    };
    list.records = true;
    let mut items = list.prefix.clone();
    items.push(list.items);
    items
}

/// Marks the names in a list of attributes; whether all that is to be known of them will be noted.
fn attributes(program: &mut Program, list: NodeId) -> bool {
    let list = program.list_of(program.node(list));
    let Some(items) = list.filter(|it| it.prefix.is_empty()).map(|it| it.items) else {
        return false;
    };
    let index = program.node(items).record as usize;
    let Some(rule) = program.records.get_mut(index) else {
        return false;
    };
    let place = |name: &str| rule.keys.iter().position(|key| &*key.name == name);
    let (Some(name), Some(value)) = (place("name"), place("value")) else {
        return false;
    };
    if name >= 64 || value >= 64 {
        return false;
    }
    rule.attribute = 1 << name | 1 << value;
    if let Some(key) = rule.keys.get_mut(name) {
        key.noted.add(Noted::NAME);
    }
    true
}

/// What every byte of a text is that may begin a string which is not suspected for certain.
const VISIBLE: ByteSet = ByteSet::visible();

/// Takes the shortcut from values that must be noted.
pub(crate) fn without_shortcut(program: &Program, noted: Noted, node: NodeId, quick: &mut Quick) {
    if !noted.has(Noted::TEXT) {
        return;
    }
    match quick.check {
        Check::Node | Check::Email | Check::DateTime => {}
        Check::Length => {
            quick.check = Check::Bytes;
            quick.asked = 1;
            quick.set = VISIBLE;
            quick.least = quick.least.max(1);
        }
        Check::Bytes if quick.asked == 1 => quick.set = quick.set.and(&VISIBLE),
        Check::Bytes if quick.set.has(b' ') => quick.check = Check::Node,
        Check::Bytes => {}
        Check::Words
            if program
                .literals_of(program.node(node))
                .is_some_and(begin_blank) =>
        {
            quick.check = Check::Node;
        }
        Check::Words => {}
    }
}

/// Whether a listed string begins with white space.
fn begin_blank(literals: &Literals) -> bool {
    let listed = literals.listed.iter().flatten().chain(&literals.constant);
    let mut texts = listed.filter_map(|it| match it {
        specsmith_ir::Literal::String(text) => Some(text),
        specsmith_ir::Literal::Null
        | specsmith_ir::Literal::Boolean(_)
        | specsmith_ir::Literal::Number(_)
        | specsmith_ir::Literal::List(_)
        | specsmith_ir::Literal::Record(_) => None,
    });
    texts.any(|it| it.starts_with(char::is_whitespace))
}
