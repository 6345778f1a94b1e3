//! A schema while its keywords are read, one after the other.

use specsmith_diagnostics::Span;
use specsmith_ir::{
    Applied, ByType, ListRules, Literal, Notes, NumberRules, Numbers, RecordRules, ResourceId,
    Schema, SchemaId, StringRules, WireName,
};

/// What the keywords read so far say.
#[derive(Default)]
pub(super) struct Draft {
    /// The types named; `None` while `type` was not seen.
    pub(super) types: Option<Types>,
    pub(super) nullable: Option<Span>,
    pub(super) number: NumberRules,
    pub(super) string: StringRules,
    pub(super) list: ListRules,
    pub(super) record: RecordRules,
    pub(super) required: Vec<WireName>,
    pub(super) contains: Option<SchemaId>,
    pub(super) min_contains: Option<(u64, Span)>,
    pub(super) max_contains: Option<(u64, Span)>,
    /// 3.0: the bound of that name is excluded.
    pub(super) excludes_minimum: Option<Span>,
    pub(super) excludes_maximum: Option<Span>,
    pub(super) condition: Option<SchemaId>,
    pub(super) then: Option<(SchemaId, Span)>,
    pub(super) otherwise: Option<(SchemaId, Span)>,
    pub(super) listed: Option<Vec<Literal>>,
    pub(super) constant: Option<Literal>,
    pub(super) applied: Vec<Applied>,
    /// Applied behind everything else.
    pub(super) unevaluated: Vec<Applied>,
    pub(super) notes: Box<Notes>,
    /// The keywords seen that speak to one type only.
    pub(super) spoken: Vec<(Spoken, Span, &'static str)>,
}

/// The types that `type` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Types {
    pub(super) null: bool,
    pub(super) boolean: bool,
    pub(super) integer: bool,
    pub(super) number: bool,
    pub(super) string: bool,
    pub(super) list: bool,
    pub(super) record: bool,
}

/// To which type a keyword speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    Numbers,
    Strings,
    Lists,
    Records,
}

impl Types {
    /// The words for types, as `type` has them.
    pub(super) const NAMES: [&'static str; 7] = [
        "array", "boolean", "integer", "null", "number", "object", "string",
    ];

    /// Adds the type of that name; whether there is one.
    pub(super) fn add(&mut self, name: &str) -> bool {
        let slot = match name {
            "null" => &mut self.null,
            "boolean" => &mut self.boolean,
            "integer" => &mut self.integer,
            "number" => &mut self.number,
            "string" => &mut self.string,
            "array" => &mut self.list,
            "object" => &mut self.record,
            _ => return false,
        };
        *slot = true;
        true
    }

    /// Whether values of that type are accepted.
    pub(super) fn accept(self, spoken: Spoken) -> bool {
        match spoken {
            Spoken::Numbers => self.number || self.integer,
            Spoken::Strings => self.string,
            Spoken::Lists => self.list,
            Spoken::Records => self.record,
        }
    }
}

impl Spoken {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Numbers => "number",
            Self::Strings => "string",
            Self::Lists => "array",
            Self::Records => "object",
        }
    }
}

impl Draft {
    /// The schema that the keywords make together.
    pub(super) fn finish(mut self, resource: ResourceId) -> Schema {
        let types = match self.types {
            None => ByType {
                null: true,
                boolean: true,
                number: Some(Box::new(self.number)),
                string: Some(Box::new(self.string)),
                list: Some(Box::new(self.list)),
                record: Some(Box::new(self.record)),
            },
            Some(types) => {
                self.number.numbers = match types.integer && !types.number {
                    true => Numbers::Integers,
                    false => Numbers::All,
                };
                ByType {
                    null: types.null || self.nullable.is_some(),
                    boolean: types.boolean,
                    number: types.accept(Spoken::Numbers).then(|| Box::new(self.number)),
                    string: types.string.then(|| Box::new(self.string)),
                    list: types.list.then(|| Box::new(self.list)),
                    record: types.record.then(|| Box::new(self.record)),
                }
            }
        };
        // Null that is accepted beside a list of values is one of them.
        if let (Some(_), Some(listed)) = (self.nullable, &mut self.listed)
            && types.null
            && !listed.contains(&Literal::Null)
        {
            listed.push(Literal::Null);
        }
        self.applied.append(&mut self.unevaluated);
        Schema {
            types,
            listed: self.listed,
            constant: self.constant,
            applied: self.applied,
            notes: self.notes,
            resource,
        }
    }
}
