//! From what was written to what is meant, with every mistake reported.

use proc_macro2::{Ident, Span};
use specsmith_predicates::length;
use syn::{Lit, LitStr, Type};

use super::limits::{Entity, Limits, List};
use super::model::{DefaultValue, Field, Item, Kind, Presence, Role, Rules, Value};
use super::rules;
use super::syntax::{Container, FieldInput, Input};
use crate::errors::Errors;
use crate::options::{self, Setting};
use crate::readers;
use crate::serde_names::plain;
use crate::shape::{self, Layer, Shape};

/// Every option of a field.
const KNOWN: &[&str] = &[
    "name",
    "default",
    "skip_if",
    "with",
    "max_length",
    "min_length",
    "pattern",
    "one_of",
    "range",
    "format",
    "flatten",
    "rest",
];

/// Checks the struct. What has mistakes is reported and left out.
pub(super) fn check<'a>(input: Input<'a>, limits: &Limits, errors: &mut Errors) -> Item<'a> {
    let entity = entity(&input, limits, errors);
    let (list, property) = match &entity {
        Some((_, entity)) => (&limits.lists[entity.list], entity.property),
        None => (&limits.lists[0], limits.lists[0].property),
    };
    let mut context = Context {
        list,
        entity: entity
            .as_ref()
            .map(|(name, entity)| (name.as_str(), *entity)),
        container: &input.container,
        taken: Vec::new(),
        rest: false,
        errors,
    };
    let fields: Vec<_> = input
        .fields
        .into_iter()
        .filter_map(|field| context.field(field))
        .collect();
    Item {
        fields,
        list,
        property,
        deny_unknown: input.container.deny_unknown.is_some(),
        entity,
    }
}

/// What the attributes belong to, by the name it was called.
fn entity(
    input: &Input<'_>,
    limits: &Limits,
    errors: &mut Errors,
) -> Option<(String, &'static Entity)> {
    let Some(written) = &input.container.entity else {
        if limits.lists.len() > 1 {
            let message = format!(
                "`entity` is needed, since the spec has {} kinds of attribute lists",
                limits.lists.len()
            );
            errors.at(input.ident, message);
        }
        return None;
    };
    let name = written.value();
    let found = limits.entity(&name);
    if found.is_none() {
        let names = limits.entity_names();
        let help = match specsmith_predicates::nearest(&name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", options::listed(&names)),
        };
        errors.at(
            written,
            format!("there is no entity `{name}` with attributes; {help}"),
        );
    }
    found.map(|entity| (name, entity))
}

struct Context<'c, 'e> {
    list: &'static List,
    entity: Option<(&'c str, &'static Entity)>,
    container: &'c Container,
    /// The names so far, each with its field.
    taken: Vec<(String, String)>,
    /// A field for the rest was seen.
    rest: bool,
    errors: &'e mut Errors,
}

impl Context<'_, '_> {
    fn field<'a>(&mut self, written: FieldInput<'a>) -> Option<Field<'a>> {
        let role = |name: &str| written.settings.iter().find(|it| it.name() == name);
        let role = match (role("flatten"), role("rest")) {
            (Some(setting), _) => self.flatten(setting, &written)?,
            (None, Some(setting)) => self.the_rest(setting, &written)?,
            (None, None) => Role::Value(Box::new(self.value(&written))),
        };
        Some(Field {
            ident: written.ident,
            ty: written.ty,
            role,
        })
    }

    fn flatten<'a>(&mut self, setting: &Setting, field: &FieldInput<'a>) -> Option<Role<'a>> {
        setting.expect_nothing(self.errors);
        self.alone(setting, field);
        let unwrapped = shape::unwrap(field.ty);
        let instead = match (unwrapped.layers.first(), &unwrapped.shape) {
            (Some(Layer::Option), _) => "an `Option`",
            (_, Shape::Other) => return Some(Role::Flatten),
            (_, shape) => shape.noun(),
        };
        let message = format!(
            "`flatten` takes a struct that derives `CustomAttributes`, and this is {instead}"
        );
        self.errors.at(field.ty, message);
        None
    }

    fn the_rest<'a>(&mut self, setting: &Setting, field: &FieldInput<'a>) -> Option<Role<'a>> {
        setting.expect_nothing(self.errors);
        self.alone(setting, field);
        if std::mem::replace(&mut self.rest, true) {
            self.errors
                .at(&setting.name, "another field takes the rest already");
        }
        if self.container.deny_unknown.is_some() {
            let message = "`rest` keeps what `deny_unknown` on the struct refuses";
            self.errors.at(&setting.name, message);
        }
        let unwrapped = shape::unwrap(field.ty);
        let is_map = unwrapped.layers.is_empty()
            && match unwrapped.shape {
                Shape::Map(key, value) => [key, value]
                    .iter()
                    .all(|it| matches!(shape::unwrap(it).shape, Shape::Text)),
                // An alias, perhaps; the compiler tells.
                Shape::Other => true,
                _ => false,
            };
        if !is_map {
            let message = "`rest` takes a map of strings, such as `BTreeMap<String, String>`";
            self.errors.at(field.ty, message);
            return None;
        }
        Some(Role::Rest)
    }

    /// Reports options beside one that takes none beside it.
    fn alone(&mut self, setting: &Setting, field: &FieldInput<'_>) {
        for other in &field.settings {
            if other.name() == setting.name() {
                continue;
            }
            if KNOWN.contains(&other.name().as_str()) {
                let message = format!("`{}` takes no option beside it", setting.name());
                self.errors.at(&other.name, message);
            } else {
                options::unknown(other, KNOWN, self.errors);
            }
        }
    }

    fn value<'a>(&mut self, field: &FieldInput<'a>) -> Value<'a> {
        let setting = |name: &str| field.settings.iter().find(|it| it.name() == name);
        let with = setting("with").and_then(|it| it.path(self.errors));
        let (ty, is_option) = self.value_type(field, setting("with").is_some());
        let kind = match setting("with") {
            Some(_) => Kind::Text,
            None => kind(ty),
        };
        let mut rules = Rules::default();
        for setting in &field.settings {
            let name = setting.name();
            if rules::KNOWN.contains(&name.as_str()) {
                rules::take(setting, kind, &self.list.value, &mut rules, self.errors);
            } else if !KNOWN.contains(&name.as_str()) {
                options::unknown(setting, KNOWN, self.errors);
            }
        }
        rules.contradictions(kind, &self.list.value, self.errors);
        let default = setting("default").and_then(|it| self.default(it, kind, &rules));
        if let (Some(setting), true) = (setting("default"), is_option) {
            let message =
                "an `Option` is `None` where the attribute is absent, so it has no default";
            self.errors.at(&setting.name, message);
        }
        let skip_if = setting("skip_if").and_then(|it| it.path(self.errors));
        if let (Some(skip), None, false) = (setting("skip_if"), setting("default"), is_option) {
            let message =
                "`skip_if` leaves the attribute out, so reading it back takes a `default`";
            self.errors.at(&skip.name, message);
        }
        let presence = match default {
            _ if is_option => Presence::Optional,
            Some(default) => Presence::Default(default),
            None => Presence::Required,
        };
        Value {
            name: self.name(field, setting("name")),
            doc: field.doc.clone(),
            ty,
            presence,
            skip_if,
            with,
            kind,
            rules,
        }
    }

    /// The type of a field's value, and whether it may be absent.
    fn value_type<'a>(&mut self, field: &FieldInput<'a>, has_with: bool) -> (&'a Type, bool) {
        let (ty, is_option) = match option_of(field.ty) {
            Some(inner) => (inner, true),
            None => (field.ty, false),
        };
        if is_option && option_of(ty).is_some() {
            let message = "an attribute is there or it is not; one `Option` says that";
            self.errors.at(ty, message);
        } else if !has_with {
            let unwrapped = shape::unwrap(ty);
            let message = match (unwrapped.layers.as_slice(), &unwrapped.shape) {
                ([], Shape::List(_) | Shape::Set(_)) => {
                    "an attribute holds one text, and this is a list; `with` names how it is written"
                }
                ([], Shape::Map(..)) => {
                    "an attribute holds one text, and this is a map; did you mean `rest`?"
                }
                _ => return (ty, is_option),
            };
            self.errors.at(ty, message);
        }
        (ty, is_option)
    }

    /// The name of a field's attribute; each mistake in it is reported.
    fn name(&mut self, field: &FieldInput<'_>, setting: Option<&Setting>) -> String {
        let written: Option<&LitStr> = setting.and_then(|it| it.string(self.errors));
        let own = match written {
            Some(text) => text.value(),
            None => {
                let name = plain(field.ident);
                let case = self.container.rename_all;
                case.map_or(name.clone(), |case| case.of_field(&name))
            }
        };
        let span = written.map_or(field.ident.span(), LitStr::span);
        let prefix = self.container.prefix.as_ref().map(LitStr::value);
        let name = format!("{}{own}", prefix.unwrap_or_default());
        if own.is_empty() {
            self.errors
                .at_span(span, "the name of an attribute cannot be empty");
            return name;
        }
        self.judge_name(&name, span);
        self.take_name(&name, field.ident, span);
        name
    }

    fn judge_name(&mut self, name: &str, span: Span) {
        let limits = &self.list.name;
        let count = length::count(name);
        if let Some(limit) = limits.max_length.filter(|limit| count > *limit) {
            let message =
                format!("the name is {count} characters long, the spec allows at most {limit}");
            self.errors.at_span(span, message);
        }
        if let Some(limit) = limits.min_length.filter(|limit| count < *limit) {
            let message =
                format!("the name is {count} characters long, the spec asks for at least {limit}");
            self.errors.at_span(span, message);
        }
        for pattern in limits.patterns {
            if readers::refuses(pattern, name) == Some(true) {
                let message = format!("`{name}` does not match the spec's pattern `{pattern}`");
                self.errors.at_span(span, message);
            }
        }
        let field = self
            .entity
            .and_then(|(called, entity)| Some((called, entity.shadowed(name)?)));
        if let Some((entity, field)) = field {
            let message = if name == field {
                format!("`{field}` is a field of `{entity}`; set it there")
            } else {
                format!("`{name}` is the field `{field}` of `{entity}`; set it there")
            };
            self.errors.at_span(span, message);
        }
    }

    fn take_name(&mut self, name: &str, field: &Ident, span: Span) {
        if let Some((_, earlier)) = self.taken.iter().find(|(taken, _)| taken == name) {
            let message = format!("the field `{earlier}` has the name `{name}` already");
            self.errors.at_span(span, message);
            return;
        }
        self.taken.push((name.to_owned(), plain(field)));
        let count = self.taken.len() as u64;
        if let Some(limit) = self.list.max_items.filter(|limit| count == limit + 1) {
            let message = format!("this is attribute {count}, the spec allows at most {limit}");
            self.errors.at(field, message);
        }
    }

    fn default(&mut self, setting: &Setting, kind: Kind, rules: &Rules) -> Option<DefaultValue> {
        const TAKES: &str = "`default` takes nothing, a literal or the path of a function";
        let literal = match &setting.value {
            options::Value::Nothing => return Some(DefaultValue::OfType),
            options::Value::Path(path) => return Some(DefaultValue::Function(path.clone())),
            options::Value::Literal(literal) => literal,
            options::Value::List(..) | options::Value::Settings(_) => {
                self.errors.at_span(setting.value_span(), TAKES);
                return None;
            }
        };
        let sign = if literal.negative { "-" } else { "" };
        let (text, is_quoted) = match &literal.lit {
            Lit::Str(text) => (text.value(), true),
            Lit::Int(number) => (format!("{sign}{}", number.base10_digits()), false),
            Lit::Float(number) => (format!("{sign}{}", number.base10_digits()), false),
            Lit::Bool(boolean) => (boolean.value.to_string(), false),
            _ => {
                self.errors.at(literal, TAKES);
                return None;
            }
        };
        if kind == Kind::Text && !is_quoted {
            self.errors
                .at(literal, "values are texts: write this one in quotes");
            return None;
        }
        let listed = rules.one_of.iter().any(|(listed, _)| *listed == text);
        let refused_by = if !rules.one_of.is_empty() && !listed {
            Some("`one_of` refuses it".to_owned())
        } else {
            rules.refuses(&text, kind, &self.list.value)
        };
        if let Some(clause) = refused_by {
            let message = format!("`{text}` is the default, but {clause}");
            self.errors.at(literal, message);
            return None;
        }
        Some(DefaultValue::Text(text, literal.lit.span()))
    }
}

/// What is inside of an `Option`, recognised by its last segment.
fn option_of(ty: &Type) -> Option<&Type> {
    let unwrapped = shape::unwrap(ty);
    match unwrapped.layers.first() {
        Some(Layer::Option) => shape::inside(ty),
        Some(Layer::Field | Layer::Pointer) | None => None,
    }
}

fn kind(ty: &Type) -> Kind {
    let unwrapped = shape::unwrap(ty);
    match (unwrapped.layers.as_slice(), unwrapped.shape) {
        ([], Shape::Text) => Kind::Text,
        ([], Shape::Integer(least, greatest)) => Kind::Integer(least, greatest),
        ([], Shape::Float) => Kind::Number,
        ([], Shape::Boolean) => Kind::Boolean,
        _ => Kind::Other,
    }
}
