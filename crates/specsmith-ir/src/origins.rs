//! Where each rule was written, kept beside the model so that the model stays free of positions.

use crate::SchemaId;

/// One rule of a schema: what a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is the rule of that name in `Schema` and the structs it holds
pub enum Facet {
    /// The schema as a whole.
    Whole,
    Types,
    /// That null is accepted where the types alone would not say so.
    Nullable,
    Listed,
    Constant,
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    MinItems,
    MaxItems,
    Unique,
    /// The list of prefix schemas.
    Prefix,
    Items,
    Contains,
    MinContains,
    MaxContains,
    /// The map of properties.
    Properties,
    /// The property at that index of `RecordRules::properties`.
    Property(u32),
    /// The list of required names.
    Required,
    /// The pattern at that index of `RecordRules::patterns`.
    PatternProperty(u32),
    Rest,
    Names,
    MinProperties,
    MaxProperties,
    DependentRequired,
    DependentSchemas,
    All,
    Any,
    One,
    Not,
    If,
    Then,
    Else,
    Ref,
    DynamicRef,
    UnevaluatedItems,
    UnevaluatedProperties,
    Discriminator,
    Default,
    Examples,
}

/// Where each rule of each schema was written; what a place is, is for the front end to say.
#[derive(Clone, Debug)]
pub struct Origins<P> {
    // By schema, then in the order recorded: a schema has few rules, so a list beats a map.
    places: Vec<Vec<(Facet, P)>>,
}

impl<P> Default for Origins<P> {
    fn default() -> Self {
        Self { places: Vec::new() }
    }
}

impl<P> Origins<P> {
    /// Notes that a rule was written there; one rule may be written in several places.
    pub fn record(&mut self, schema: SchemaId, facet: Facet, place: P) {
        let index = schema.0 as usize;
        if self.places.len() <= index {
            self.places.resize_with(index + 1, Vec::new);
        }
        self.places[index].push((facet, place));
    }

    /// Where a rule was written; the first place, where there are several.
    pub fn first(&self, schema: SchemaId, facet: Facet) -> Option<&P> {
        self.all(schema, facet).next()
    }

    /// Every rule of a schema with the places where it was written, in the order recorded.
    pub fn of(&self, schema: SchemaId) -> impl Iterator<Item = (&Facet, &P)> {
        self.places
            .get(schema.0 as usize)
            .into_iter()
            .flatten()
            .map(|(facet, place)| (facet, place))
    }

    /// Every place where a rule was written.
    pub fn all(&self, schema: SchemaId, facet: Facet) -> impl Iterator<Item = &P> {
        self.places
            .get(schema.0 as usize)
            .into_iter()
            .flatten()
            .filter(move |(it, _)| *it == facet)
            .map(|(_, place)| place)
    }
}
