//! Reading what several derives' options take: patterns, formats, numbers.

use proc_macro2::Span;
use specsmith_decimal::Decimal;
use specsmith_predicates::format::Format;
use specsmith_predicates::pattern::{ClassRun, syntax};
use specsmith_predicates::range::IntegerFormat;

use crate::errors::Errors;
use crate::numbers;
use crate::options::{self, Setting};

/// An ECMA-262 pattern.
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// It is more than a run of one class.
    pub(crate) needs_engine: bool,
}

/// The pattern that an option is set to.
pub(crate) fn pattern(setting: &Setting, errors: &mut Errors) -> Option<Pattern> {
    let literal = setting.string(errors)?;
    let text = literal.value();
    match syntax::parse(&text) {
        Ok(tree) => Some(Pattern {
            text,
            span: literal.span(),
            needs_engine: ClassRun::of(&tree).is_none(),
        }),
        Err(error) => {
            let at = text
                .get(..error.offset)
                .map_or(0, |before| before.chars().count());
            let message = format!(
                "this is no ECMA-262 pattern: {error}, at character {}",
                at + 1
            );
            errors.at(literal, message);
            None
        }
    }
}

/// Whether a pattern refuses a text; `None` where that takes an engine.
pub(crate) fn refuses(pattern: &str, text: &str) -> Option<bool> {
    let tree = syntax::parse(pattern).ok()?;
    Some(!ClassRun::of(&tree)?.is_match(text))
}

/// A format that is checked.
pub(crate) enum AnyFormat {
    OfTexts(Format),
    OfNumbers(IntegerFormat),
}

/// The format that an option is set to.
pub(crate) fn format(setting: &Setting, errors: &mut Errors) -> Option<AnyFormat> {
    let literal = setting.string(errors)?;
    let name = literal.value();
    if let Some(format) = IntegerFormat::named(&name) {
        return Some(AnyFormat::OfNumbers(format));
    }
    if let Some(format) = Format::named(&name) {
        return Some(AnyFormat::OfTexts(format));
    }
    let known = || {
        Format::ALL
            .iter()
            .map(|format| format.name())
            .chain(["int32", "int64"])
    };
    let help = match specsmith_predicates::nearest(&name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<_> = known().collect();
            format!("known: {}", options::listed(&names))
        }
    };
    errors.at(
        literal,
        format!("`{name}` is no format that is checked; {help}"),
    );
    None
}

/// The variant's name in the runtime.
pub(crate) fn format_variant(format: Format) -> &'static str {
    match format {
        Format::Date => "Date",
        Format::DateTime => "DateTime",
        Format::Duration => "Duration",
        Format::Email => "Email",
        Format::Hostname => "Hostname",
        Format::Ipv4 => "Ipv4",
        Format::Ipv6 => "Ipv6",
        Format::Iri => "Iri",
        Format::IriReference => "IriReference",
        Format::JsonPointer => "JsonPointer",
        Format::Regex => "Regex",
        Format::RelativeJsonPointer => "RelativeJsonPointer",
        Format::Time => "Time",
        Format::Uri => "Uri",
        Format::UriReference => "UriReference",
        Format::UriTemplate => "UriTemplate",
        Format::Uuid => "Uuid",
    }
}

/// The number that an option is set to.
pub(crate) fn number(setting: &Setting, errors: &mut Errors) -> Option<Decimal> {
    let number = match &setting.value {
        options::Value::Literal(literal) => numbers::decimal(literal),
        options::Value::Nothing
        | options::Value::List(..)
        | options::Value::Path(_)
        | options::Value::Settings(_) => None,
    };
    if number.is_none() {
        let message = format!(
            "`{}` takes a number, such as `18`, `-0.5` or `\"1e400\"`",
            setting.name
        );
        errors.at_span(setting.value_span(), message);
    }
    number
}
