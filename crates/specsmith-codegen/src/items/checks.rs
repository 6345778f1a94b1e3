//! Checks: what a JSON value must pass where no other type says it.

use crate::items::Slot;

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

/// What must hold if something else does, and what if not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Branching {
    pub(crate) condition: Slot,
    pub(crate) then: Option<Slot>,
    pub(crate) otherwise: Option<Slot>,
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
