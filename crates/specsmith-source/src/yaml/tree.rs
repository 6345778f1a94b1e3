//! Builds the tree from events: aliases written out, merge keys merged, limits kept.

use std::collections::{HashMap, HashSet};

use specsmith_diagnostics::Code;
use specsmith_json::{Member, Node, Object, Span, Value};

use super::positions::Positions;
use crate::{Limits, code};

/// Why a text is not read to its end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble {
    TooDeep,
    TooManyAliases,
    UnknownAlias,
    ComplexKey,
    SeveralDocuments,
    ControlCharacter,
}

impl Trouble {
    pub(super) fn said(self) -> (Code, &'static str) {
        match self {
            Self::TooDeep => (
                code::DEPTH,
                "arrays and objects are nested deeper than the limit",
            ),
            Self::TooManyAliases => (
                code::ALIASES,
                "the aliases up to here add more values than the limit",
            ),
            Self::UnknownAlias => (
                code::UNKNOWN_ALIAS,
                "this alias names no anchor that is complete before it",
            ),
            Self::ComplexKey => (code::COMPLEX_KEY, "a list or a mapping cannot be a key"),
            Self::SeveralDocuments => (
                code::SEVERAL_DOCUMENTS,
                "a second YAML document begins here",
            ),
            Self::ControlCharacter => (code::YAML_SYNTAX, "a control character stands in the text"),
        }
    }

    pub(super) fn help(self) -> Option<&'static str> {
        match self {
            Self::SeveralDocuments => Some("put each document into a file of its own"),
            Self::UnknownAlias => Some("write the anchor before it, or the value itself"),
            Self::ComplexKey => Some("write a text for the key"),
            Self::ControlCharacter => Some("remove it, or write it as an escape in double quotes"),
            Self::TooDeep | Self::TooManyAliases => None,
        }
    }
}

/// The collections that are open, and what is known of those that are closed.
pub(super) struct Tree {
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    repeated: Vec<(Span, Span)>,
    depth: usize,
    /// How many values aliases may still add.
    budget: usize,
}

/// A list or a mapping whose end has not been seen.
struct Open {
    start: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map {
        members: Vec<Member>,
        key: Option<Key>,
        /// What the merge keys bring in.
        merged: Vec<Node>,
    },
}

struct Key {
    text: Box<str>,
    span: Span,
    merges: bool,
}

struct Anchored {
    node: Node,
    size: Size,
}

/// How much a value adds where it is copied to.
#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    depth: usize,
}

impl Tree {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            open: Vec::new(),
            anchors: HashMap::new(),
            repeated: Vec::new(),
            depth: limits.depth,
            budget: limits.aliases,
        }
    }

    /// Whether the next node is a key.
    pub(super) fn wants_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                content: Content::Map { key: None, .. },
                ..
            })
        )
    }

    /// The keys that were left out because their mapping had them, with where it had them first.
    pub(super) fn take_repeated(&mut self) -> Vec<(Span, Span)> {
        std::mem::take(&mut self.repeated)
    }

    pub(super) fn key(
        &mut self,
        text: Box<str>,
        span: Span,
        anchor: usize,
        merges: bool,
    ) -> Result<Option<Node>, Trouble> {
        if anchor != 0 {
            self.keep(anchor, &Node::new(span, Value::String(text.clone())));
        }
        if let Some(Open {
            content: Content::Map { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = Some(Key { text, span, merges });
        }
        Ok(None)
    }

    /// Takes a value in. Returns it where nothing is open, so that it is the document.
    pub(super) fn value(&mut self, node: Node, anchor: usize) -> Result<Option<Node>, Trouble> {
        if anchor != 0 {
            self.keep(anchor, &node);
        }
        let Some(open) = self.open.last_mut() else {
            return Ok(Some(node));
        };
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map {
                members,
                key: slot,
                merged,
            } => match slot.take() {
                Some(key) if key.merges && is_mergeable(&node) => merged.push(node),
                Some(key) => members.push(Member {
                    key: key.text,
                    key_span: key.span,
                    node,
                }),
                None => {
                    // An alias as a key: its text, if it has one.
                    let Value::String(text) = node.value else {
                        return Err(Trouble::ComplexKey);
                    };
                    *slot = Some(Key {
                        text,
                        span: node.span,
                        merges: false,
                    });
                }
            },
        }
        Ok(None)
    }

    pub(super) fn alias(&mut self, anchor: usize) -> Result<Option<Node>, Trouble> {
        let anchored = self.anchors.get(&anchor).ok_or(Trouble::UnknownAlias)?;
        if self.open.len() + anchored.size.depth > self.depth {
            return Err(Trouble::TooDeep);
        }
        self.budget = self
            .budget
            .checked_sub(anchored.size.values)
            .ok_or(Trouble::TooManyAliases)?;
        let node = anchored.node.clone();
        self.value(node, 0)
    }

    pub(super) fn open_list(
        &mut self,
        start: Span,
        anchor: usize,
    ) -> Result<Option<Node>, Trouble> {
        self.open(start, anchor, Content::List(Vec::new()))
    }

    pub(super) fn open_map(&mut self, start: Span, anchor: usize) -> Result<Option<Node>, Trouble> {
        let content = Content::Map {
            members: Vec::new(),
            key: None,
            merged: Vec::new(),
        };
        self.open(start, anchor, content)
    }

    fn open(
        &mut self,
        start: Span,
        anchor: usize,
        content: Content,
    ) -> Result<Option<Node>, Trouble> {
        if self.wants_key() {
            return Err(Trouble::ComplexKey);
        }
        if self.open.len() >= self.depth {
            return Err(Trouble::TooDeep);
        }
        self.open.push(Open {
            start,
            anchor,
            content,
        });
        Ok(None)
    }

    pub(super) fn close(
        &mut self,
        end: Span,
        positions: &Positions<'_>,
    ) -> Result<Option<Node>, Trouble> {
        let Some(open) = self.open.pop() else {
            return Ok(None);
        };
        let (value, last) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|it| it.span.end);
                (Value::Array(items), last)
            }
            Content::Map {
                members, merged, ..
            } => {
                let last = members
                    .last()
                    .map(|it| it.node.span.end.max(it.key_span.end));
                (Value::Object(self.object(members, merged)), last)
            }
        };
        // A block collection is said to end where the next thing begins; its last value is nearer.
        let end = match positions.is_flow(open.start) {
            true => end.end,
            false => last.unwrap_or(open.start.end),
        };
        let span = Span::new(open.start.start, end.max(open.start.start));
        self.value(Node::new(span, value), open.anchor)
    }

    fn object(&mut self, members: Vec<Member>, merged: Vec<Node>) -> Object {
        let (object, repeated) = Object::collect(members);
        self.repeated
            .extend(repeated.iter().map(|it| (it.member.key_span, it.first)));
        if merged.is_empty() {
            return object;
        }
        let mut members = object.into_members();
        let mut seen: HashSet<Box<str>> = members.iter().map(|it| it.key.clone()).collect();
        let maps = merged.into_iter().flat_map(|it| match it.value {
            Value::Array(items) => items,
            value => vec![Node::new(it.span, value)],
        });
        for map in maps {
            if let Value::Object(object) = map.value {
                let new = object.into_members().into_iter();
                members.extend(new.filter(|it| seen.insert(it.key.clone())));
            }
        }
        Object::collect(members).0
    }

    fn keep(&mut self, anchor: usize, node: &Node) {
        let mut size = Size::default();
        measure(node, 0, &mut size);
        let node = node.clone();
        self.anchors.insert(anchor, Anchored { node, size });
    }
}

/// What `<<` takes: a mapping, or a list of mappings.
fn is_mergeable(node: &Node) -> bool {
    match &node.value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(|it| it.as_object().is_some()),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn measure(node: &Node, depth: usize, size: &mut Size) {
    size.values += 1;
    size.depth = size.depth.max(depth);
    match &node.value {
        Value::Array(items) => items.iter().for_each(|it| measure(it, depth + 1, size)),
        Value::Object(object) => object
            .iter()
            .for_each(|it| measure(&it.node, depth + 1, size)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}
