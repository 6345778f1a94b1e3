//! Schemas: which values are accepted, and by which rules.

use crate::{Decimal, Literal, Notes, ResourceId, SchemaId, WireName};

/// What one schema accepts: a value that its type's rules accept, that is among the literals, and
/// that everything applied accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Which types are accepted, and by which rules.
    pub types: ByType,
    /// The values allowed, where they are listed. Empty: none.
    pub listed: Option<Vec<Literal>>,
    /// The one value allowed, where there is one.
    pub constant: Option<Literal>,
    /// Other schemas that have a say, in the order written.
    pub applied: Vec<Applied>,
    /// What no verdict depends on.
    pub notes: Box<Notes>,
    /// The scope in which dynamic references are resolved.
    pub resource: ResourceId,
}

impl Schema {
    /// Accepts every value.
    pub fn any(resource: ResourceId) -> Self {
        Self::of(ByType::any(), resource)
    }

    /// Accepts no value.
    pub fn never(resource: ResourceId) -> Self {
        Self::of(ByType::none(), resource)
    }

    fn of(types: ByType, resource: ResourceId) -> Self {
        Self {
            types,
            listed: None,
            constant: None,
            applied: Vec::new(),
            notes: Box::default(),
            resource,
        }
    }

    /// Whether every value is accepted, so that only the notes say anything.
    pub fn is_any(&self) -> bool {
        self.types.is_any()
            && self.listed.is_none()
            && self.constant.is_none()
            && self.applied.is_empty()
    }

    /// Whether no type is accepted.
    pub fn is_never(&self) -> bool {
        self.types == ByType::none()
    }
}

/// For each of the six types of JSON, whether it is accepted and by which rules.
///
/// The rules are boxed because most schemas accept one type, and a document has tens of thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByType {
    /// `null` is accepted.
    pub null: bool,
    /// `true` and `false` are accepted.
    pub boolean: bool,
    /// The rules for numbers; `None`: not accepted.
    pub number: Option<Box<NumberRules>>,
    /// The rules for strings; `None`: not accepted.
    pub string: Option<Box<StringRules>>,
    /// The rules for arrays; `None`: not accepted.
    pub list: Option<Box<ListRules>>,
    /// The rules for objects; `None`: not accepted.
    pub record: Option<Box<RecordRules>>,
}

impl ByType {
    /// Every type, without a rule.
    pub fn any() -> Self {
        Self {
            null: true,
            boolean: true,
            number: Some(Box::default()),
            string: Some(Box::default()),
            list: Some(Box::default()),
            record: Some(Box::default()),
        }
    }

    /// Whether it is every type with every value, as [`ByType::any`] is, without making one.
    fn is_any(&self) -> bool {
        fn asks_nothing<R: Default + PartialEq>(rules: Option<&R>) -> bool {
            rules.is_some_and(|rules| *rules == R::default())
        }
        self.null
            && self.boolean
            && asks_nothing(self.number.as_deref())
            && asks_nothing(self.string.as_deref())
            && asks_nothing(self.list.as_deref())
            && asks_nothing(self.record.as_deref())
    }

    /// No type.
    pub fn none() -> Self {
        Self {
            null: false,
            boolean: false,
            number: None,
            string: None,
            list: None,
            record: None,
        }
    }
}

/// Which numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// Every number.
    #[default]
    All,
    /// Those without a fraction: `3`, `3.0` and `1e2`, but not `0.5`.
    Integers,
}

/// The rules for numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberRules {
    /// Which numbers.
    pub numbers: Numbers,
    /// At least this.
    pub minimum: Option<Decimal>,
    /// More than this.
    pub exclusive_minimum: Option<Decimal>,
    /// At most this.
    pub maximum: Option<Decimal>,
    /// Less than this.
    pub exclusive_maximum: Option<Decimal>,
    /// A multiple of this, which is above zero.
    pub multiple_of: Option<Decimal>,
    /// The named format, as written (`int32`); which ones are asserted is for the rules to say.
    pub format: Option<String>,
}

/// The rules for strings. Lengths are counted in code points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringRules {
    /// At least this long.
    pub min_length: Option<u64>,
    /// At most this long.
    pub max_length: Option<u64>,
    /// Matched by this ECMA-262 pattern, as written, anywhere in it.
    pub pattern: Option<String>,
    /// The named format, as written (`email`); which ones are asserted is for the rules to say.
    pub format: Option<String>,
}

/// The rules for arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRules {
    /// At least this many items.
    pub min_items: Option<u64>,
    /// At most this many items.
    pub max_items: Option<u64>,
    /// No two items equal.
    pub unique: bool,
    /// What the first items are, place by place.
    pub prefix: Vec<SchemaId>,
    /// What the items behind the prefix are; `None`: anything.
    pub items: Option<SchemaId>,
    /// How many items must be something.
    pub contains: Option<Contains>,
}

/// How many items must be something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contains {
    /// What they must be.
    pub schema: SchemaId,
    /// At least this many; 1 where the document does not say.
    pub min: u64,
    /// At most this many.
    pub max: Option<u64>,
}

/// The rules for objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordRules {
    /// The properties that are spoken of by name, in the order written.
    pub properties: Vec<Property>,
    /// Names that must be there without being spoken of in `properties`.
    pub also_required: Vec<WireName>,
    /// The properties whose names match a pattern.
    pub patterns: Vec<PatternProperty>,
    /// Every other property.
    pub rest: Rest,
    /// At least this many properties.
    pub min_properties: Option<u64>,
    /// At most this many properties.
    pub max_properties: Option<u64>,
    /// What the names must be.
    pub names: Option<SchemaId>,
    /// If the first is there, the others must be too.
    pub dependent_required: Vec<(WireName, Vec<WireName>)>,
    /// If the property is there, the whole object must be this as well.
    pub dependent_schemas: Vec<(WireName, SchemaId)>,
}

/// A property that is spoken of by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: WireName,
    /// What its value is.
    pub schema: SchemaId,
    /// Whether it must be there.
    pub presence: Presence,
    /// In which direction it is sent.
    pub access: Access,
}

impl Property {
    /// Whether it must be there in that direction: who may not send it need not.
    pub fn is_required(&self, direction: crate::Direction) -> bool {
        match (self.presence, self.access, direction) {
            (Presence::Optional, _, _) => false,
            (Presence::Required, Access::Both, _) => true,
            (Presence::Required, Access::ReadOnly, direction) => {
                direction == crate::Direction::Response
            }
            (Presence::Required, Access::WriteOnly, direction) => {
                direction == crate::Direction::Request
            }
        }
    }
}

/// Whether something must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be left out.
    Optional,
}

/// In which direction a property is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Both ways.
    Both,
    /// By the server only.
    ReadOnly,
    /// By the client only.
    WriteOnly,
}

/// The properties whose names match a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternProperty {
    /// The ECMA-262 pattern, as written, that matches anywhere in the name.
    pub pattern: String,
    /// What their values are.
    pub schema: SchemaId,
}

/// What becomes of the properties that nothing else speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// They may be there and mean nothing: the document does not speak of them.
    #[default]
    Ignored,
    /// They may not be there.
    Denied,
    /// They may be there and are this.
    Collected(SchemaId),
}

/// Another schema that has a say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// All must accept.
    All(Vec<SchemaId>),
    /// At least one must accept.
    Any(Vec<SchemaId>),
    /// Exactly one must accept.
    One(Vec<SchemaId>),
    /// Must not accept.
    Not(SchemaId),
    /// The second must accept if the first does, else the third.
    If {
        /// The condition.
        condition: SchemaId,
        /// What must accept if the condition does.
        then: Option<SchemaId>,
        /// What must accept if the condition does not.
        otherwise: Option<SchemaId>,
    },
    /// Must accept, and is what this schema is named after.
    Ref(SchemaId),
    /// Must accept: the outermost schema of that dynamic anchor in the dynamic scope.
    DynamicRef {
        /// The anchor looked for.
        anchor: String,
        /// What is meant where no scope defines the anchor.
        fallback: SchemaId,
    },
    /// Must accept every item that no other rule of this schema has spoken of.
    UnevaluatedItems(SchemaId),
    /// Must accept every property that no other rule of this schema has spoken of.
    UnevaluatedProperties(SchemaId),
}
