//! The one reading of JSON: RFC 8259 exactly, with spans, exact numbers and duplicate keys.
//!
//! [`read`] turns bytes into a [`Node`] tree whose every value and key knows where it stands, and
//! says what is wrong at the first byte that cannot stand there. YAML is loaded into the same
//! tree elsewhere, so whatever works on a [`Node`] works on both.
#![forbid(unsafe_code)]

mod fault;
pub mod keys;
pub mod lex;
mod locate;
mod node;
mod number;
mod object;
pub mod pointer;
mod read;
mod span;
pub mod write;

#[cfg(feature = "serde")]
pub mod de;
#[cfg(feature = "serde")]
mod ser;

pub use fault::{CODES, Fault, FaultKind};
pub use locate::pointer_at;
pub use node::{Kind, Node, Value};
pub use number::Number;
pub use object::{Member, Object, Repeated};
pub use read::read;
pub use span::Span;

#[cfg(feature = "serde")]
pub use de::{Deserializer, Error, ErrorKind, from_node, from_slice, from_str};

/// Whether a byte is white space to JSON, which knows fewer kinds of it than ASCII has.
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a text is white space only: a line that is no record.
pub fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|byte| is_space(*byte))
}

/// What a reading refuses to exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many arrays and objects may stand inside one another. Values above
    /// [`Limits::DEEPEST`] count as that.
    pub depth: usize,
    /// How many bytes a text may have; at most 4 GiB, since spans count in 32 bits.
    pub bytes: usize,
}

impl Limits {
    /// The depth that no setting exceeds, so that walking a tree by recursion stays safe.
    pub const DEEPEST: usize = 1024;
}

impl Default for Limits {
    /// 128 levels and 4 GiB − 1.
    fn default() -> Self {
        Self {
            depth: 128,
            bytes: u32::MAX as usize,
        }
    }
}

/// What [`read`] found in a text.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The value, unless a fault made it unreadable.
    pub root: Option<Node>,
    /// What is wrong: at most one fault that ended the reading, after at most one
    /// [`FaultKind::ByteOrderMark`], which did not.
    pub faults: Vec<Fault>,
    /// Every second and later occurrence of a key in its object, in file order. The tree keeps
    /// the first.
    pub duplicates: Vec<Duplicate>,
}

/// A key that its object already holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Where the key stands again, quotes included.
    pub key: Span,
    /// Where the key stood first, quotes included.
    pub first: Span,
    /// The JSON pointer of the property.
    pub pointer: String,
}
