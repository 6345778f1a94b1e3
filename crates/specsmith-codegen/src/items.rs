//! Items: the Rust types of a crate, as data.
//!
//! Between the model, which speaks of what is accepted, and the tokens, which spell it: an [`Item`]
//! is one named type, a [`Slot`] one use of a type.

use specsmith_ir::{DocumentId, Literal, SchemaId};

use crate::view::{NumberView, StringView};

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

/// What is said about something, for people.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) example: Option<Literal>,
    pub(crate) default: Option<Literal>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
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
}

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LiteralVariant {
    /// The value as JSON text.
    pub(crate) json: String,
    pub(crate) name: String,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) slot: Slot,
}

/// A JSON value that must pass every check.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Judged {
    pub(crate) checks: Vec<Check>,
    /// The types that the value may be looked at as: the name of the function and the type.
    pub(crate) views: Vec<(String, Slot)>,
}

/// One check of a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Check {
    /// No value passes.
    Never,
    Is(Slot),
    One(Vec<Slot>),
    Any(Vec<Slot>),
    Not(Slot),
    If(Box<Branching>),
    /// If it is an array, its items are these, place by place, and then those.
    Prefix {
        prefix: Vec<Slot>,
        items: Slot,
    },
    /// If it is an array, so many of its items are this.
    Contains {
        slot: Slot,
        min: u64,
        max: Option<u64>,
    },
    /// If it is an object with that property, it is this.
    Dependent {
        property: String,
        slot: Slot,
    },
    /// If it is an object with that property, it has the others.
    DependentRequired {
        property: String,
        others: Vec<String>,
    },
    /// If it is an object, the properties are these by the pattern of the name, those without a
    /// name and a pattern are `rest`.
    Patterns {
        known: Vec<String>,
        patterns: Vec<(String, Slot)>,
        rest: Option<Slot>,
    },
    /// If it is an object, its names are this.
    Names(Slot),
    /// If it is an object, the properties that nothing speaks of are this; none may be there where
    /// there is no slot.
    UnevaluatedProperties {
        spoken: Box<Spoken>,
        slot: Option<Slot>,
    },
    /// If it is an array, the same of its items.
    UnevaluatedItems {
        spoken: Box<Spoken>,
        slot: Option<Slot>,
    },
    /// The value is one of these, as JSON texts.
    Listed(Vec<String>),
}

/// Which properties and items a schema speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Spoken {
    /// Whether it counts at all.
    pub(crate) when: When,
    pub(crate) names: Vec<String>,
    pub(crate) patterns: Vec<String>,
    pub(crate) all_properties: bool,
    /// How many of the first items.
    pub(crate) prefix: u64,
    /// The items that are any of these.
    pub(crate) contains: Vec<Slot>,
    pub(crate) all_items: bool,
    pub(crate) below: Vec<Spoken>,
}

/// On what it depends whether a part of a schema counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) enum When {
    #[default]
    Always,
    /// The value is this.
    Fits(Slot),
    /// The value is not this.
    Differs(Slot),
    /// The value is an object with that property.
    Has(String),
}

impl Spoken {
    pub(crate) fn is_silent(&self) -> bool {
        self.names.is_empty()
            && self.patterns.is_empty()
            && !self.all_properties
            && self.prefix == 0
            && self.contains.is_empty()
            && !self.all_items
            && self.below.is_empty()
    }

    fn each_slot(&self, visit: &mut impl FnMut(&Slot, bool)) {
        match &self.when {
            When::Always | When::Has(_) => {}
            When::Fits(slot) | When::Differs(slot) => visit(slot, false),
        }
        self.contains.iter().for_each(|it| visit(it, false));
        self.below.iter().for_each(|it| it.each_slot(visit));
    }
}

/// What must hold if something else does, and what if not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Branching {
    pub(crate) condition: Slot,
    pub(crate) then: Option<Slot>,
    pub(crate) otherwise: Option<Slot>,
}

/// One use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) ty: Ty,
    /// Null is accepted too.
    pub(crate) nullable: bool,
}

/// A type with the rules of that use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ty {
    /// Every JSON value, null included.
    Any,
    /// Null only.
    Null,
    Boolean,
    Integer(Width, NumberView),
    Number(NumberView),
    String(StringView),
    Typed(Typed),
    List(Box<ListTy>),
    Map(Box<MapTy>),
    Item(ItemId),
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ListTy {
    pub(crate) items: Slot,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) unique: bool,
}

/// A map from strings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct MapTy {
    pub(crate) keys: StringView,
    pub(crate) values: Slot,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

/// The integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Width {
    I32,
    U32,
    I64,
    U64,
    I128,
    /// Every integer.
    Exact,
}

/// The formats of strings that can have a type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Typed {
    DateTime,
    Date,
    Uuid,
}

impl Typed {
    /// The type of a format.
    pub(crate) fn of(format: &str) -> Option<Self> {
        match format {
            "date-time" => Some(Self::DateTime),
            "date" => Some(Self::Date),
            "uuid" => Some(Self::Uuid),
            _ => None,
        }
    }

    /// Its name in the module `typed` of the rules, and the feature that it needs.
    pub(crate) fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::DateTime => ("DateTime", "chrono"),
            Self::Date => ("Date", "chrono"),
            Self::Uuid => ("Uuid", "uuid"),
        }
    }

    pub(crate) fn format(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Uuid => "uuid",
        }
    }
}

impl Slot {
    pub(crate) fn new(ty: Ty) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }

    pub(crate) fn any() -> Self {
        Self::new(Ty::Any)
    }

    /// Every item that the type speaks of.
    pub(crate) fn each_item(&self, visit: &mut impl FnMut(ItemId)) {
        match &self.ty {
            Ty::Item(id) => visit(*id),
            Ty::List(list) => list.items.each_item(visit),
            Ty::Map(map) => map.values.each_item(visit),
            Ty::Any
            | Ty::Null
            | Ty::Boolean
            | Ty::Integer(..)
            | Ty::Number(_)
            | Ty::String(_)
            | Ty::Typed(_) => {}
        }
    }
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

impl Check {
    pub(crate) fn each_slot(&self, visit: &mut impl FnMut(&Slot, bool)) {
        match self {
            Self::Never | Self::DependentRequired { .. } | Self::Listed(_) => {}
            Self::Is(slot)
            | Self::Not(slot)
            | Self::Contains { slot, .. }
            | Self::Dependent { slot, .. }
            | Self::Names(slot) => visit(slot, false),
            Self::One(slots) | Self::Any(slots) => slots.iter().for_each(|it| visit(it, false)),
            Self::If(branching) => {
                visit(&branching.condition, false);
                let branches = branching.then.iter().chain(&branching.otherwise);
                branches.for_each(|it| visit(it, false));
            }
            Self::Prefix { prefix, items } => {
                prefix.iter().for_each(|it| visit(it, false));
                visit(items, false);
            }
            Self::UnevaluatedProperties { spoken, slot }
            | Self::UnevaluatedItems { spoken, slot } => {
                spoken.each_slot(visit);
                slot.iter().for_each(|it| visit(it, false));
            }
            Self::Patterns { patterns, rest, .. } => {
                patterns.iter().for_each(|(_, it)| visit(it, false));
                rest.iter().for_each(|it| visit(it, false));
            }
        }
    }
}
