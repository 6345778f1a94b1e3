//! Items: the Rust types of a crate, as data.
//!
//! Between the model, which speaks of what is accepted, and the tokens, which spell it: an [`Item`]
//! is one named type, a [`Slot`] one use of a type.

mod checks;
mod slots;
mod words;

use specsmith_ir::{DocumentId, SchemaId};

pub(crate) use checks::{Branching, Check, Judged, Spoken, When};
pub(crate) use slots::{ListTy, MapTy, Slot, Ty, Typed, Width};
pub(crate) use words::Words;

/// Which item: an index into [`crate::build::Items::list`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ItemId(pub(crate) u32);

/// One named type.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) name: String,
    /// Which document's crate it stands in.
    pub(crate) document: DocumentId,
    /// Where it stands among the items: those of a definition together, in the order written.
    pub(crate) order: u32,
    pub(crate) kind: ItemKind,
    pub(crate) words: Words,
    /// The definition that it is, rather than a type made for something inside one.
    pub(crate) definition: Option<SchemaId>,
    /// What it is made from accepts null too, which the type itself leaves out.
    pub(crate) or_null: bool,
}

/// The kinds of named types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ItemKind {
    /// Not yet known: while an item that refers to itself is being made.
    Pending,
    /// `struct` with named fields.
    Record(Record),
    /// `enum` of strings.
    Strings(Strings),
    /// `enum` of values that are not all strings.
    Literals(Vec<LiteralVariant>),
    /// `enum` of types of which at most one accepts a value.
    Union(Vec<UnionVariant>),
    /// Another name.
    Alias(Slot),
    /// `struct` of one nameless field.
    Newtype(Slot),
    /// A JSON value with rules that no other type can say.
    Judged(Judged),
}

/// A struct.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Record {
    pub(crate) fields: Vec<RecordField>,
    pub(crate) rest: RestSlot,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

/// What a struct does with properties that it has no field for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) enum RestSlot {
    #[default]
    Ignored,
    Denied,
    /// Kept in a field of that name.
    Kept {
        name: String,
        values: Box<Slot>,
    },
}

/// One field of a struct.
#[derive(Clone, Debug)]
pub(crate) struct RecordField {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) slot: Slot,
    pub(crate) required: bool,
    pub(crate) words: Words,
}

// Words make no difference to what a type is.
impl PartialEq for RecordField {
    fn eq(&self, other: &Self) -> bool {
        self.wire == other.wire && self.slot == other.slot && self.required == other.required
    }
}

impl Eq for RecordField {}

impl std::hash::Hash for RecordField {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.wire.hash(state);
        self.slot.hash(state);
        self.required.hash(state);
    }
}

/// An enum of strings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Strings {
    pub(crate) variants: Vec<StringVariant>,
    /// The variant for values that are not listed, where unlisted ones are let in.
    pub(crate) other: Option<String>,
}

/// One of the strings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StringVariant {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) words: Words,
}

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LiteralVariant {
    /// The value as JSON text.
    pub(crate) json: String,
    pub(crate) name: String,
    pub(crate) words: Words,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) slot: Slot,
}

impl ItemKind {
    /// Every slot of the item, with whether it stands in the value itself and not behind a list, a
    /// map or a JSON value.
    pub(crate) fn each_slot(&self, visit: &mut impl FnMut(&Slot, bool)) {
        match self {
            Self::Pending | Self::Strings(_) | Self::Literals(_) => {}
            Self::Record(record) => {
                for field in &record.fields {
                    visit(&field.slot, true);
                }
                if let RestSlot::Kept { values, .. } = &record.rest {
                    visit(values, false);
                }
            }
            Self::Union(variants) => variants.iter().for_each(|it| visit(&it.slot, true)),
            Self::Alias(slot) | Self::Newtype(slot) => visit(slot, true),
            Self::Judged(judged) => {
                for (_, slot) in &judged.views {
                    visit(slot, false);
                }
                judged
                    .checks
                    .iter()
                    .for_each(|check| check.each_slot(visit));
            }
        }
    }
}
