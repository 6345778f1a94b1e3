//! Custom attributes: what `[attributes]` of the configuration knows of them, and what of a payload
//! it does not fit.
//!
//! A table comes from a type that derives `CustomAttributes`, or is written by hand. It changes no
//! verdict: the API takes in what the specification lets it.

mod entity;
mod look;
mod read;

use specsmith_decimal::Decimal;
use specsmith_diagnostics::Finding;
use specsmith_rules::attributes::{AttributeFault, AttributeKind, AttributeSpec};
use specsmith_rules::format::Format;
use specsmith_rules::pattern::{Match, Pattern};

use crate::specs::Specs;

pub use look::Attributes;
pub(crate) use read::read;

/// What is known of the custom attributes of one entity.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the entity is called.
    pub entity: String,
    /// What is to be said where there is no such entity.
    pub unknown: Finding,
    /// Whether attributes of other names may be there.
    pub rest: bool,
    /// The attributes that are known.
    pub known: Vec<Known>,
}

/// What is known of one attribute.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// It must be there.
    pub required: bool,
    /// What its value is.
    pub kind: AttributeKind,
    /// The value is at least so long.
    pub min_length: Option<u64>,
    /// The value is at most so long.
    pub max_length: Option<u64>,
    /// Some part of the value matches.
    pub pattern: Option<(String, Pattern)>,
    /// The format of the value.
    pub format: Option<Format>,
    /// The values that there are; none: any.
    pub one_of: Vec<String>,
    /// The value is at least this.
    pub minimum: Option<Decimal>,
    /// The value is at most this.
    pub maximum: Option<Decimal>,
}

impl Known {
    /// Every rule that a value breaks, as the derived types judge it.
    fn faults(&self, value: &str) -> Vec<AttributeFault> {
        let one_of: Vec<&str> = self.one_of.iter().map(String::as_str).collect();
        let spec = AttributeSpec {
            name: &self.name,
            doc: "",
            required: self.required,
            kind: self.kind,
            min_length: self.min_length,
            max_length: self.max_length,
            pattern: self.pattern.as_ref().map(|(text, _)| text.as_str()),
            format: self.format,
            one_of: &one_of,
            minimum: self.minimum.as_ref().map(Decimal::view),
            maximum: self.maximum.as_ref().map(Decimal::view),
        };
        spec.faults(value, |text| match &self.pattern {
            Some((_, pattern)) => pattern.search(text),
            None => Match::Found,
        })
    }
}

/// What is wrong with the tables themselves: entities that no specification has.
pub fn unknown_entities(tables: &[Table], specs: &Specs) -> Vec<Finding> {
    if tables.is_empty() {
        return Vec::new();
    }
    let entities = entity::entities(&specs.lowered.model, specs.operations());
    let known: Vec<&str> = entities
        .iter()
        .flat_map(|it| it.names.iter().map(String::as_str))
        .collect();
    let strangers = tables
        .iter()
        .filter(|table| !known.contains(&table.entity.as_str()));
    strangers
        .map(|table| {
            let mut finding = table.unknown.clone();
            finding.help = match specsmith_rules::nearest(&table.entity, known.iter().copied()) {
                Some(near) => Some(format!("did you mean `{near}`?")),
                None if known.is_empty() => None,
                None => Some(format!("there are {}", known.join(", "))),
            };
            finding
        })
        .collect()
}
