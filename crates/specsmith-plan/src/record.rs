//! The rules for objects: which names are spoken of, and by what.

use specsmith_ir::{RecordRules, Rest};
use specsmith_rules::pattern::Match;

use crate::attention::Noted;
use crate::compile::{Compiler, DENIED};
use crate::keys::KeyTable;
use crate::plan::{ANY, HEAD, Key, MOST_KEYS, MoreRules, NodeId, RecordRule, RestRule, Seen};
use crate::quick::Quick;

/// The rule of that node, unless it asks for nothing.
pub(crate) fn record<'m>(
    compiler: &mut Compiler<'m>,
    id: NodeId,
    rules: &'m RecordRules,
) -> Option<RecordRule> {
    if *rules == RecordRules::default() {
        return None;
    }
    let rest = match &rules.rest {
        Rest::Ignored => RestRule::Ignored,
        Rest::Denied => RestRule::Denied,
        Rest::Collected(schema) => RestRule::Collected(compiler.reach(*schema)),
    };
    let mut names = Names::default();
    for (at, property) in rules.properties.iter().enumerate() {
        let node = compiler.reach(property.schema);
        let required = property.is_required(compiler.direction);
        let index = u32::try_from(at).unwrap_or(u32::MAX);
        names.add(property.name.as_str(), Some((index, node)), required);
    }
    for name in &rules.also_required {
        names.add(name.as_str(), None, true);
    }
    let mut more = MoreRules {
        names: rules.names.map(|schema| compiler.reach(schema)),
        min: rules.min_properties,
        max: rules.max_properties,
        ..MoreRules::default()
    };
    for (name, needed) in &rules.dependent_required {
        let by = names.add(name.as_str(), None, false);
        let needed = needed
            .iter()
            .map(|name| names.add(name.as_str(), None, false))
            .collect();
        more.dependent_required.push((by, needed));
    }
    for (name, schema) in &rules.dependent_schemas {
        let by = names.add(name.as_str(), None, false);
        more.dependent_schemas.push((by, compiler.reach(*schema)));
    }
    for pattern in &rules.patterns {
        let node = compiler.reach(pattern.schema);
        more.patterns
            .push((compiler.pattern(&pattern.pattern), node));
    }

    let mut required = Seen::default();
    let mut keys = Vec::with_capacity(names.names.len());
    for (at, name) in names.names.iter().enumerate() {
        let start = more.extra.len();
        for (pattern, node) in &more.patterns {
            if pattern.search(name.name) != Match::Missing {
                more.extra.push(*node);
            }
        }
        let extra = (start as u32, more.extra.len() as u32);
        // What no property speaks of belongs to the rest, unless a pattern speaks of it.
        let node = match (name.property, rest) {
            (Some((_, node)), _) => node,
            (None, RestRule::Denied) if extra.0 == extra.1 => DENIED,
            (None, RestRule::Collected(node)) if extra.0 == extra.1 => node,
            (None, RestRule::Ignored | RestRule::Denied | RestRule::Collected(_)) => ANY,
        };
        if name.required && at < MOST_KEYS {
            required[at / 64] |= 1 << (at % 64);
        }
        keys.push(key((at, name), node, extra));
    }
    let bare = more.patterns.is_empty()
        && more.names.is_none()
        && more.min.is_none()
        && more.max.is_none()
        && more.dependent_required.is_empty()
        && more.dependent_schemas.is_empty();
    let table = if keys.len() < usize::from(u16::MAX) {
        KeyTable::new(keys.iter().map(|key| &*key.name))
    } else {
        KeyTable::default()
    };
    Some(RecordRule {
        node: id,
        table,
        required,
        rest,
        more: (!bare).then(|| Box::new(more)),
        noted: false,
        attribute: 0,
        watched: false,
        known_elsewhere: Vec::new(),
        keys,
    })
}

/// The rule of that node where it asks for nothing, so that names are read all the same.
pub(crate) fn open(node: NodeId) -> RecordRule {
    RecordRule {
        node,
        keys: Vec::new(),
        table: KeyTable::default(),
        required: Seen::default(),
        rest: RestRule::Ignored,
        more: None,
        noted: false,
        attribute: 0,
        watched: false,
        known_elsewhere: Vec::new(),
    }
}

/// The names of one record, each once, in the order in which they are first spoken of.
#[derive(Default)]
struct Names<'m> {
    names: Vec<Name<'m>>,
    places: std::collections::HashMap<&'m str, u32>,
}

struct Name<'m> {
    name: &'m str,
    property: Option<(u32, NodeId)>,
    required: bool,
}

impl<'m> Names<'m> {
    fn add(&mut self, name: &'m str, property: Option<(u32, NodeId)>, required: bool) -> u32 {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let at = *self.places.entry(name).or_insert(next);
        match self.names.get_mut(at as usize) {
            Some(known) => known.required |= required,
            None => self.names.push(Name {
                name,
                property,
                required,
            }),
        }
        at
    }
}

fn key((at, name): (usize, &Name<'_>), node: NodeId, extra: (u32, u32)) -> Key {
    // A name that JSON must write with escapes is found by its hash only.
    let plain = name
        .name
        .bytes()
        .all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    let written = format!("\"{}\":", name.name);
    // No text has such bytes.
    let mut head = [0xff; HEAD];
    let fits = plain && written.len() <= HEAD;
    if fits {
        for (slot, byte) in head.iter_mut().zip(written.bytes()) {
            *slot = byte;
        }
    }
    Key {
        head,
        bit: 1 << (at % 64),
        written: if fits {
            written.len() as u8
        } else {
            HEAD as u8
        },
        escaped: !plain,
        quick: Quick::default(),
        node,
        extra,
        name: name.name.into(),
        required: name.required,
        noted: Noted::default(),
        property: name.property.map(|(at, _)| at),
    }
}
