//! From the options on a value to its rules.

use proc_macro2::{Ident, Span};
use specsmith_predicates::range::IntegerFormat;
use syn::{Lit, Type};

use super::contradictions;
use super::model::{Bound, Pattern, Rule, RuleKind, Value};
use crate::errors::Errors;
use crate::options::{self, Literal, Setting};
use crate::shape::{self, Shape, Unwrapped};
use crate::{numbers, readers};

/// Every option that a value can have, in the order in which the documentation lists them.
pub(super) const KNOWN: &[&str] = &[
    "min_length",
    "max_length",
    "pattern",
    "format",
    "minimum",
    "exclusive_minimum",
    "maximum",
    "exclusive_maximum",
    "multiple_of",
    "min_items",
    "max_items",
    "unique_items",
    "min_properties",
    "max_properties",
    "one_of",
    "items",
    "keys",
    "values",
    "nested",
    "never",
    "with",
    "rename",
];

/// What reading the rules of one item gathers.
pub(super) struct Context<'a> {
    pub(super) errors: &'a mut Errors,
    /// The item's own name.
    pub(super) item: &'a Ident,
    /// The item's type parameters.
    pub(super) params: Vec<Ident>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) bounds: Vec<(Ident, Bound)>,
    pub(super) allow_contradictions: bool,
}

/// The rules of a value of type `ty`.
pub(super) fn value(settings: &[Setting], ty: &Type, context: &mut Context<'_>) -> Value {
    let Unwrapped {
        layers,
        inner,
        shape,
    } = shape::unwrap(ty);
    let mut rules: Vec<Rule> = Vec::with_capacity(settings.len());
    let mut seen: Vec<String> = Vec::new();
    for setting in settings {
        let name = setting.name();
        // Only these say something new when they are said again.
        let repeats = matches!(name.as_str(), "pattern" | "format" | "multiple_of" | "with");
        if seen.contains(&name) && !repeats {
            context
                .errors
                .at(&setting.name, format!("`{name}` is given twice"));
            continue;
        }
        if let Some(kind) = rule(setting, &name, inner, &shape, context) {
            rules.push(Rule {
                span: setting.name.span(),
                kind,
            });
        }
        seen.push(name);
    }
    if !context.allow_contradictions {
        contradictions::report(&rules, inner, &shape, &context.patterns, context.errors);
    }
    Value { layers, rules }
}

/// What a rule speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Strings,
    Numbers,
    Lists,
    Maps,
}

impl Subject {
    /// Whether a type that is known by name is what the rule speaks of.
    fn speaks_of(self, shape: &Shape<'_>) -> bool {
        match self {
            Self::Strings => matches!(shape, Shape::Text),
            Self::Numbers => matches!(shape, Shape::Integer(..) | Shape::Float),
            Self::Lists => matches!(shape, Shape::List(_) | Shape::Set(_)),
            Self::Maps => matches!(shape, Shape::Map(..)),
        }
    }
}

fn rule(
    setting: &Setting,
    name: &str,
    ty: &Type,
    shape: &Shape<'_>,
    context: &mut Context<'_>,
) -> Option<RuleKind> {
    let mut on = |subject: Subject| context.applies(setting, subject, ty, shape);
    match name {
        "min_length" => on(Subject::Strings)
            .and(setting.count(context.errors))
            .map(RuleKind::MinLength),
        "max_length" => on(Subject::Strings)
            .and(setting.count(context.errors))
            .map(RuleKind::MaxLength),
        "pattern" => on(Subject::Strings).and_then(|()| pattern(setting, context)),
        "format" => format(setting, ty, shape, context),
        "minimum" => on(Subject::Numbers)
            .and_then(|()| readers::number(setting, context.errors))
            .map(RuleKind::Minimum),
        "exclusive_minimum" => on(Subject::Numbers)
            .and_then(|()| readers::number(setting, context.errors))
            .map(RuleKind::ExclusiveMinimum),
        "maximum" => on(Subject::Numbers)
            .and_then(|()| readers::number(setting, context.errors))
            .map(RuleKind::Maximum),
        "exclusive_maximum" => on(Subject::Numbers)
            .and_then(|()| readers::number(setting, context.errors))
            .map(RuleKind::ExclusiveMaximum),
        "multiple_of" => on(Subject::Numbers).and_then(|()| multiple_of(setting, context)),
        "min_items" => on(Subject::Lists)
            .and(setting.count(context.errors))
            .map(RuleKind::MinItems),
        "max_items" => on(Subject::Lists)
            .and(setting.count(context.errors))
            .map(RuleKind::MaxItems),
        "unique_items" => {
            setting.expect_nothing(context.errors);
            context.applies(setting, Subject::Lists, ty, shape)?;
            match shape {
                // A set cannot hold an item twice.
                Shape::Set(_) => None,
                Shape::List(item) => Some(RuleKind::UniqueItems {
                    hashed: can_be_hashed(item),
                }),
                Shape::Text
                | Shape::Integer(..)
                | Shape::Float
                | Shape::Boolean
                | Shape::Map(..)
                | Shape::Other => Some(RuleKind::UniqueItems { hashed: false }),
            }
        }
        "min_properties" => on(Subject::Maps)
            .and(setting.count(context.errors))
            .map(RuleKind::MinProperties),
        "max_properties" => on(Subject::Maps)
            .and(setting.count(context.errors))
            .map(RuleKind::MaxProperties),
        "one_of" => one_of(setting, ty, shape, context),
        "items" => match shape {
            Shape::List(item) | Shape::Set(item) => {
                inner(setting, item, context).map(RuleKind::Items)
            }
            _ => context.only_on(setting, "lists, such as `Vec<String>`"),
        },
        "keys" => match shape {
            Shape::Map(key, _) => inner(setting, key, context).map(RuleKind::Keys),
            _ => context.only_on(setting, "maps, such as `BTreeMap<String, String>`"),
        },
        "values" => match shape {
            Shape::Map(_, value) => inner(setting, value, context).map(RuleKind::Values),
            _ => context.only_on(setting, "maps, such as `BTreeMap<String, String>`"),
        },
        "nested" => {
            setting.expect_nothing(context.errors);
            match shape {
                Shape::Text | Shape::Integer(..) | Shape::Float | Shape::Boolean => context
                    .only_on(
                        setting,
                        &format!("types that derive `Validate`, and this is {}", shape.noun()),
                    ),
                Shape::List(_) | Shape::Set(_) | Shape::Map(..) | Shape::Other => {
                    context.need(ty, Bound::Validate);
                    Some(RuleKind::Nested)
                }
            }
        }
        "never" => {
            setting.expect_nothing(context.errors);
            Some(RuleKind::Never)
        }
        "with" => setting.path(context.errors).map(RuleKind::With),
        // Read where the field's place is decided; inside of `items(…)` it names nothing.
        "rename" => context.only_on(setting, "fields, and not to what is in them"),
        _ => {
            options::unknown(setting, KNOWN, context.errors);
            None
        }
    }
}

impl Context<'_> {
    /// `Some` where rules about `subject` can apply to the type; else the mistake is reported.
    fn applies(
        &mut self,
        setting: &Setting,
        subject: Subject,
        ty: &Type,
        shape: &Shape<'_>,
    ) -> Option<()> {
        let applies = subject.speaks_of(shape);
        let (bound, words) = match subject {
            Subject::Strings => (Some(Bound::Text), "strings"),
            Subject::Numbers => (Some(Bound::Numeric), "numbers"),
            Subject::Lists => (None, "lists"),
            Subject::Maps => (None, "maps"),
        };
        if matches!(shape, Shape::Other) {
            if let Some(bound) = bound {
                self.need_of_param(ty, bound);
            }
            return Some(());
        }
        if !applies {
            let name = &setting.name;
            let inner = match shape {
                Shape::List(item) | Shape::Set(item) => Some(("items", *item)),
                Shape::Map(_, value) => Some(("values", *value)),
                Shape::Text | Shape::Integer(..) | Shape::Float | Shape::Boolean | Shape::Other => {
                    None
                }
            };
            let help = inner.filter(|(_, ty)| subject.speaks_of(&shape::unwrap(ty).shape));
            let help =
                help.map(|(group, _)| format!("; for what is in it, write `{group}({name} = …)`"));
            let message = format!(
                "`{name}` applies to {words}, and this is {}{}",
                shape.noun(),
                help.unwrap_or_default()
            );
            self.errors.at(name, message);
        }
        applies.then_some(())
    }

    fn only_on<T>(&mut self, setting: &Setting, what: &str) -> Option<T> {
        self.errors.at(
            &setting.name,
            format!("`{}` applies to {what}", setting.name),
        );
        None
    }

    /// Every type parameter that `ty` names must implement this. The arguments of the item itself
    /// say nothing new.
    fn need(&mut self, ty: &Type, bound: Bound) {
        match ty {
            Type::Path(path) if path.qself.is_none() => {
                for segment in &path.path.segments {
                    if segment.ident == *self.item {
                        continue;
                    }
                    if self.params.contains(&segment.ident) {
                        self.add_bound(segment.ident.clone(), bound);
                    }
                    for ty in shape::types_in(&segment.arguments) {
                        self.need(ty, bound);
                    }
                }
            }
            Type::Array(array) => self.need(&array.elem, bound),
            Type::Slice(slice) => self.need(&slice.elem, bound),
            Type::Reference(reference) => self.need(&reference.elem, bound),
            Type::Paren(paren) => self.need(&paren.elem, bound),
            Type::Group(group) => self.need(&group.elem, bound),
            Type::Tuple(tuple) => tuple.elems.iter().for_each(|ty| self.need(ty, bound)),
            // No other type has the trait by way of a parameter.
            _ => {}
        }
    }

    /// `ty` must implement this, if it is a type parameter.
    fn need_of_param(&mut self, ty: &Type, bound: Bound) {
        if let Type::Path(path) = ty {
            if let Some(ident) = path
                .path
                .get_ident()
                .filter(|ident| self.params.contains(ident))
            {
                self.add_bound(ident.clone(), bound);
            }
        }
    }

    fn add_bound(&mut self, param: Ident, bound: Bound) {
        if !self.bounds.contains(&(param.clone(), bound)) {
            self.bounds.push((param, bound));
        }
    }
}

/// The rules in `items(…)`, `keys(…)` or `values(…)`.
fn inner(setting: &Setting, ty: &Type, context: &mut Context<'_>) -> Option<Value> {
    match &setting.value {
        options::Value::Settings(settings) if !settings.is_empty() => {
            Some(value(settings, ty, context))
        }
        options::Value::Nothing
        | options::Value::Literal(_)
        | options::Value::List(..)
        | options::Value::Path(_)
        | options::Value::Settings(_) => {
            let name = &setting.name;
            let message =
                format!("`{name}` takes rules in parentheses, such as `{name}(max_length = 16)`");
            context.errors.at_span(setting.value_span(), message);
            None
        }
    }
}

fn pattern(setting: &Setting, context: &mut Context<'_>) -> Option<RuleKind> {
    let pattern = readers::pattern(setting, context.errors)?;
    let known = context
        .patterns
        .iter()
        .position(|known| known.text == pattern.text);
    let index = known.unwrap_or_else(|| {
        context.patterns.push(pattern);
        context.patterns.len() - 1
    });
    Some(RuleKind::Pattern(index))
}

fn format(
    setting: &Setting,
    ty: &Type,
    shape: &Shape<'_>,
    context: &mut Context<'_>,
) -> Option<RuleKind> {
    match readers::format(setting, context.errors)? {
        readers::AnyFormat::OfNumbers(format) => {
            context.applies(setting, Subject::Numbers, ty, shape)?;
            Some(RuleKind::IntegerFormat(match format {
                IntegerFormat::Int32 => "Int32",
                IntegerFormat::Int64 => "Int64",
            }))
        }
        readers::AnyFormat::OfTexts(format) => {
            context.applies(setting, Subject::Strings, ty, shape)?;
            Some(RuleKind::Format(readers::format_variant(format)))
        }
    }
}

fn multiple_of(setting: &Setting, context: &mut Context<'_>) -> Option<RuleKind> {
    let factor = readers::number(setting, context.errors)?;
    if factor.is_zero() || factor.is_negative() {
        context
            .errors
            .at_span(setting.value_span(), "`multiple_of` takes a number above 0");
        return None;
    }
    Some(RuleKind::MultipleOf(factor))
}

fn one_of(
    setting: &Setting,
    ty: &Type,
    shape: &Shape<'_>,
    context: &mut Context<'_>,
) -> Option<RuleKind> {
    let options::Value::List(span, literals) = &setting.value else {
        let message = "`one_of` takes a list, such as `[\"gold\", \"silver\"]`";
        context.errors.at_span(setting.value_span(), message);
        return None;
    };
    let texts: Vec<_> = literals.iter().filter_map(text).collect();
    let numbers: Vec<_> = literals
        .iter()
        .filter(|it| text(it).is_none())
        .map(numbers::decimal)
        .collect();
    if literals.is_empty() {
        return context.list_mistake(*span, "the list is empty, so no value is allowed");
    }
    if texts.len() == literals.len() {
        context.applies(setting, Subject::Strings, ty, shape)?;
        report_repeated(literals, &texts, context.errors);
        return Some(RuleKind::OneOfTexts(texts));
    }
    let numbers: Option<Vec<_>> = if texts.is_empty() {
        numbers.into_iter().collect()
    } else {
        None
    };
    let Some(numbers) = numbers else {
        return context.list_mistake(*span, "the list holds strings alone or numbers alone");
    };
    context.applies(setting, Subject::Numbers, ty, shape)?;
    report_repeated(literals, &numbers, context.errors);
    Some(RuleKind::OneOfNumbers(numbers))
}

impl Context<'_> {
    fn list_mistake<T>(&mut self, span: Span, message: &str) -> Option<T> {
        self.errors.at_span(span, message);
        None
    }
}

fn text(literal: &Literal) -> Option<String> {
    match &literal.lit {
        Lit::Str(text) if !literal.negative => Some(text.value()),
        _ => None,
    }
}

fn report_repeated<T: PartialEq>(literals: &[Literal], values: &[T], errors: &mut Errors) {
    for (index, value) in values.iter().enumerate() {
        let is_repeated = values.iter().take(index).any(|earlier| earlier == value);
        if let (true, Some(literal)) = (is_repeated, literals.get(index)) {
            errors.at(literal, "this value is listed twice");
        }
    }
}

/// Whether hashing an item takes no trait that the item may lack.
fn can_be_hashed(item: &Type) -> bool {
    match shape::unwrap(item).shape {
        Shape::Text | Shape::Integer(..) | Shape::Boolean => true,
        Shape::Float | Shape::List(_) | Shape::Set(_) | Shape::Map(..) | Shape::Other => false,
    }
}
