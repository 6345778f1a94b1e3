//! Slots: one use of a type, with its rules.

use crate::items::ItemId;
use crate::view::{NumberView, StringView};

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

impl ListTy {
    pub(crate) fn of_any() -> Self {
        Self {
            items: Slot::any(),
            min: None,
            max: None,
            unique: false,
        }
    }
}

impl MapTy {
    pub(crate) fn of_any() -> Self {
        Self {
            keys: StringView::default(),
            values: Slot::any(),
            min: None,
            max: None,
        }
    }
}

impl Ty {
    /// Whether the use of the type has rules, here or in what it holds, that a name for the type
    /// alone would lose.
    pub(crate) fn has_rules(&self) -> bool {
        match self {
            Self::Any | Self::Null | Self::Boolean | Self::Typed(_) | Self::Item(_) => false,
            Self::Integer(_, rules) | Self::Number(rules) => *rules != NumberView::default(),
            Self::String(rules) => *rules != StringView::default(),
            Self::List(list) => {
                list.min.is_some() || list.max.is_some() || list.unique || list.items.ty.has_rules()
            }
            Self::Map(map) => {
                map.min.is_some()
                    || map.max.is_some()
                    || map.keys != StringView::default()
                    || map.values.ty.has_rules()
            }
        }
    }
}
