//! The keywords of schemas: which version knows which, and what becomes of each.

use specsmith_ir::Dialect;

/// One keyword.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// As it is written.
    pub name: &'static str,
    /// Whether OpenAPI 3.0 knows it.
    pub in_3_0: bool,
    /// Whether OpenAPI 3.1 knows it.
    pub in_3_1: bool,
    /// Whether it has an effect on the model; the others mean nothing to types and verdicts.
    pub has_effect: bool,
    pub(crate) treatment: Treatment,
}

/// What becomes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It decides which values are accepted.
    Rule,
    /// It is kept for people and for tools.
    Note,
    /// It helps to find other schemas.
    Structure,
    /// It means nothing to types and verdicts.
    PassedOver,
}

/// Which versions know a keyword.
enum Known {
    Both,
    V3_0,
    V3_1,
}

macro_rules! keywords {
    ($($name:literal $known:ident $treatment:ident;)*) => {
        /// Every keyword that OpenAPI 3.0 or 3.1 knows.
        pub const KEYWORDS: &[Keyword] = &[$(Keyword {
            name: $name,
            in_3_0: matches!(Known::$known, Known::Both | Known::V3_0),
            in_3_1: matches!(Known::$known, Known::Both | Known::V3_1),
            has_effect: !matches!(Treatment::$treatment, Treatment::PassedOver),
            treatment: Treatment::$treatment,
        },)*];
    };
}

// In order of name, so that they are found by halving.
keywords! {
    "$anchor" V3_1 Structure;
    "$comment" V3_1 PassedOver;
    "$defs" V3_1 Structure;
    "$dynamicAnchor" V3_1 Structure;
    "$dynamicRef" V3_1 Rule;
    "$id" V3_1 Structure;
    "$ref" Both Rule;
    "$schema" V3_1 PassedOver;
    "$vocabulary" V3_1 PassedOver;
    "additionalProperties" Both Rule;
    "allOf" Both Rule;
    "anyOf" Both Rule;
    "const" V3_1 Rule;
    "contains" V3_1 Rule;
    "contentEncoding" V3_1 Note;
    "contentMediaType" V3_1 Note;
    "contentSchema" V3_1 PassedOver;
    "default" Both Note;
    "dependentRequired" V3_1 Rule;
    "dependentSchemas" V3_1 Rule;
    "deprecated" Both Note;
    "description" Both Note;
    "discriminator" Both Note;
    "else" V3_1 Rule;
    "enum" Both Rule;
    "example" Both Note;
    "examples" V3_1 Note;
    "exclusiveMaximum" Both Rule;
    "exclusiveMinimum" Both Rule;
    "externalDocs" Both PassedOver;
    "format" Both Rule;
    "if" V3_1 Rule;
    "items" Both Rule;
    "maxContains" V3_1 Rule;
    "maxItems" Both Rule;
    "maxLength" Both Rule;
    "maxProperties" Both Rule;
    "maximum" Both Rule;
    "minContains" V3_1 Rule;
    "minItems" Both Rule;
    "minLength" Both Rule;
    "minProperties" Both Rule;
    "minimum" Both Rule;
    "multipleOf" Both Rule;
    "not" Both Rule;
    "nullable" V3_0 Rule;
    "oneOf" Both Rule;
    "pattern" Both Rule;
    "patternProperties" V3_1 Rule;
    "prefixItems" V3_1 Rule;
    "properties" Both Rule;
    "propertyNames" V3_1 Rule;
    "readOnly" Both Note;
    "required" Both Rule;
    "then" V3_1 Rule;
    "title" Both Note;
    "type" Both Rule;
    "unevaluatedItems" V3_1 Rule;
    "unevaluatedProperties" V3_1 Rule;
    "uniqueItems" Both Rule;
    "writeOnly" Both Note;
    "xml" Both PassedOver;
}

impl Keyword {
    /// Whether a version knows it.
    pub(crate) fn is_known_in(&self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::V3_0 => self.in_3_0,
            Dialect::V3_1 => self.in_3_1,
        }
    }
}

/// The keyword of that name, whichever version knows it.
pub(crate) fn find(name: &str) -> Option<&'static Keyword> {
    let at = KEYWORDS.binary_search_by(|it| it.name.cmp(name));
    at.ok().and_then(|at| KEYWORDS.get(at))
}

/// The keywords that a version knows.
pub(crate) fn of(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    let known = KEYWORDS.iter().filter(move |it| it.is_known_in(dialect));
    known.map(|it| it.name)
}

/// What is to be done about an entry that is no keyword of a version, where it is one of another
/// or was one once.
pub(crate) fn help_for(name: &str, dialect: Dialect) -> Option<&'static str> {
    let help = match (name, dialect) {
        ("nullable", Dialect::V3_1) => "list `\"null\"` in `type`",
        ("examples", Dialect::V3_0) => "OpenAPI 3.0 has `example`",
        ("const", Dialect::V3_0) => "OpenAPI 3.0 has `enum` with one value",
        ("definitions", _) => "put schemas under `components.schemas`",
        ("dependencies", Dialect::V3_1) => "write `dependentRequired` or `dependentSchemas`",
        ("additionalItems", Dialect::V3_1) => "write `items` beside `prefixItems`",
        ("$recursiveRef", Dialect::V3_1) => "write `$dynamicRef`",
        ("$recursiveAnchor", Dialect::V3_1) => "write `$dynamicAnchor`",
        ("id", Dialect::V3_1) => "write `$id`",
        (name, Dialect::V3_0) if find(name).is_some() => "it is a keyword of OpenAPI 3.1",
        _ => return None,
    };
    Some(help)
}
