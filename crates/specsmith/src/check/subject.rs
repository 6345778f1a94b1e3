//! What is reported on: a text of a file, what it is as a tree, and which record of the file it is.

use std::cell::OnceCell;

use specsmith_json::{Limits, Node};

use crate::locate::Text;

/// The text that is reported on, and what is known of it.
pub(super) struct Subject<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) root: Root<'t>,
    pub(super) part: Part,
}

/// Which part of its file a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it, or all of what is not judged apart: so many items are left out.
    Whole { left_out: u64 },
    /// One of several payloads, by its number.
    Payload(u64),
    /// One item of a batch, by its number.
    Item(u64),
}

impl Part {
    pub(super) const WHOLE: Self = Self::Whole { left_out: 0 };

    /// The number of the record that it is, where it is one of several.
    pub(super) fn number(self) -> Option<u64> {
        match self {
            Self::Whole { .. } => None,
            Self::Payload(number) | Self::Item(number) => Some(number),
        }
    }
}

/// The record as a tree, read when it is first needed unless it is there already.
pub(super) struct Root<'a> {
    pub(super) bytes: &'a [u8],
    limits: Limits,
    node: OnceCell<Option<Node>>,
}

impl<'a> Root<'a> {
    pub(super) fn new(bytes: &'a [u8], depth: usize) -> Self {
        let limits = Limits {
            depth,
            ..Limits::default()
        };
        Self {
            bytes,
            limits,
            node: OnceCell::new(),
        }
    }

    /// The same, where it may have been read.
    pub(super) fn or_read(self, tree: Option<Node>) -> Self {
        Self {
            node: tree.map_or(self.node, |tree| OnceCell::from(Some(tree))),
            ..self
        }
    }

    /// The same, where reading it came to nothing.
    pub(super) fn unreadable(self) -> Self {
        Self {
            node: OnceCell::from(None),
            ..self
        }
    }

    pub(super) fn get(&self) -> Option<&Node> {
        let read = || specsmith_json::read(self.bytes, &self.limits).root;
        self.node.get_or_init(read).as_ref()
    }
}
