//! What was written: the struct, its fields, and the options on each.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Path, Type};

use crate::errors::Errors;
use crate::options::{self, Setting};
use crate::serde_names::Case;

/// The struct as it is written.
pub(super) struct Input<'a> {
    pub(super) ident: &'a Ident,
    pub(super) container: Container,
    pub(super) fields: Vec<FieldInput<'a>>,
}

/// The options on the struct itself.
#[derive(Default)]
pub(super) struct Container {
    pub(super) crate_path: Option<Path>,
    pub(super) entity: Option<LitStr>,
    pub(super) rename_all: Option<Case>,
    pub(super) prefix: Option<LitStr>,
    pub(super) deny_unknown: Option<Span>,
}

pub(super) struct FieldInput<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    pub(super) doc: String,
    /// Each option at most once.
    pub(super) settings: Vec<Setting>,
}

const OF_CONTAINERS: &[&str] = &["entity", "rename_all", "prefix", "deny_unknown", "crate"];

const CASES: &[&str] = &[
    "lowercase",
    "UPPERCASE",
    "PascalCase",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "SCREAMING-KEBAB-CASE",
];

/// Reads the attributes of everything in the struct.
pub(super) fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Input<'a> {
    const ONLY: &str = "`CustomAttributes` can be derived for structs with named fields only";
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => fields.named.iter().collect(),
            Fields::Unnamed(_) | Fields::Unit => {
                errors.at(&input.ident, ONLY);
                Vec::new()
            }
        },
        Data::Enum(data) => {
            errors.at(&data.enum_token, ONLY);
            Vec::new()
        }
        Data::Union(data) => {
            errors.at(&data.union_token, ONLY);
            Vec::new()
        }
    };
    if let Some(parameter) = input.generics.params.first() {
        let message = "`CustomAttributes` is for structs without parameters: \
            which attributes there are must be known";
        errors.at(parameter, message);
    }
    let container = container(input, errors);
    misplaced(&input.attrs, "attribute", "attributes", "struct", errors);
    let fields = fields.into_iter().filter_map(|field| {
        misplaced(&field.attrs, "attributes", "attribute", "field", errors);
        let settings = options::settings(&field.attrs, "attribute", errors);
        Some(FieldInput {
            ident: field.ident.as_ref()?,
            ty: &field.ty,
            doc: doc(&field.attrs),
            settings: once_each(settings, errors),
        })
    });
    Input {
        ident: &input.ident,
        fields: fields.collect(),
        container,
    }
}

fn container(input: &DeriveInput, errors: &mut Errors) -> Container {
    let mut container = Container::default();
    let settings = options::settings(&input.attrs, "attributes", errors);
    for setting in once_each(settings, errors) {
        match setting.name().as_str() {
            "crate" => container.crate_path = setting.path(errors),
            "entity" => container.entity = setting.string(errors).cloned(),
            "rename_all" => container.rename_all = case(&setting, errors),
            "prefix" => container.prefix = setting.string(errors).cloned(),
            "deny_unknown" => {
                setting.expect_nothing(errors);
                container.deny_unknown = Some(setting.name.span());
            }
            _ => options::unknown(&setting, OF_CONTAINERS, errors),
        }
    }
    container
}

/// The case that `rename_all` is set to.
pub(super) fn case(setting: &Setting, errors: &mut Errors) -> Option<Case> {
    let text = setting.string(errors)?;
    let name = text.value();
    let case = Case::named(&name);
    if case.is_none() {
        let help = match specsmith_predicates::nearest(&name, CASES.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", options::listed(CASES)),
        };
        errors.at(text, format!("there is no case `{name}`; {help}"));
    }
    case
}

/// Reports options that are given again, and leaves them out.
pub(super) fn once_each(settings: Vec<Setting>, errors: &mut Errors) -> Vec<Setting> {
    let mut kept: Vec<Setting> = Vec::with_capacity(settings.len());
    for setting in settings {
        if kept.iter().any(|earlier| earlier.name() == setting.name()) {
            errors.at(
                &setting.name,
                format!("`{}` is given twice", setting.name()),
            );
        } else {
            kept.push(setting);
        }
    }
    kept
}

/// Reports `#[attribute(…)]` on the struct and `#[attributes(…)]` on a field.
pub(super) fn misplaced(
    attrs: &[Attribute],
    wrong: &str,
    right: &str,
    place: &str,
    errors: &mut Errors,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(wrong)) {
        let message = format!("options of a {place} stand in `#[{right}(…)]`");
        errors.at(attr.path(), message);
    }
}

/// The documentation, as one text.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attr| {
        let value = match &attr.meta {
            syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => &meta.value,
            _ => return None,
        };
        match value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value().trim().to_owned()),
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
