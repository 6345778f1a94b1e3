//! From what was written to what is meant, with every mistake reported.

use proc_macro2::Ident;
use syn::{Fields, Generics, LitStr};

use super::model::{Body, Field, Item, Place, Variant};
use super::rules::{self, Context};
use super::syntax::{self, FieldInput, Input, VariantInput};
use crate::errors::Errors;
use crate::serde_names::{Case, SerdeNames, plain};

/// Checks the item. What has mistakes is reported and left out.
pub(super) fn check<'a>(input: Input<'a>, generics: &'a Generics, errors: &mut Errors) -> Item<'a> {
    let container = input.container;
    let mut context = Context {
        errors,
        item: input.ident,
        params: generics
            .type_params()
            .map(|param| param.ident.clone())
            .collect(),
        patterns: Vec::new(),
        bounds: Vec::new(),
        allow_contradictions: container.allow_contradictions,
    };
    let body = match input.data {
        syntax::Body::Struct(written) => {
            let holder = Holder {
                case: container.names.rename_all,
                is_transparent: container.names.transparent || is_newtype(&written),
            };
            Body::Struct(fields(written, &holder, &mut context))
        }
        syntax::Body::Enum(variants) => Body::Enum(
            variants
                .into_iter()
                .map(|it| variant(it, &container.names, &mut context))
                .collect(),
        ),
    };
    Item {
        body,
        with: container.with,
        patterns: context.patterns,
        bounds: context.bounds,
    }
}

/// What holds fields: a struct or a variant.
struct Holder {
    /// The case of its fields' names.
    case: Option<Case>,
    /// Whether its one field stands in its very place.
    is_transparent: bool,
}

fn variant<'a>(
    written: VariantInput<'a>,
    container: &SerdeNames,
    context: &mut Context<'_>,
) -> Variant<'a> {
    let is_struct = matches!(written.fields, Fields::Named(_));
    let name = written.names.rename.or(written.rename).unwrap_or_else(|| {
        let name = plain(written.ident);
        container
            .rename_all
            .map_or(name.clone(), |case| case.of_variant(&name))
    });
    let place = match (&container.tag, &container.content) {
        (_, _) if container.untagged || written.names.untagged => Place::Same,
        (Some(_), None) => Place::Same,
        (Some(_), Some(content)) => Place::Property(content.clone()),
        (None, _) => Place::Property(name),
    };
    let holder = Holder {
        case: written.names.rename_all.or(container.rename_all_fields),
        is_transparent: !is_struct && written.contents.len() == 1,
    };
    let contents = fields(written.contents, &holder, context);
    Variant {
        ident: written.ident,
        fields: written.fields,
        place,
        contents,
    }
}

fn is_newtype(fields: &[FieldInput<'_>]) -> bool {
    matches!(fields, [field] if field.ident.is_none())
}

/// The fields that have rules.
fn fields<'a>(
    written: Vec<FieldInput<'a>>,
    holder: &Holder,
    context: &mut Context<'_>,
) -> Vec<Field<'a>> {
    written
        .into_iter()
        .filter_map(|it| field(it, holder, context))
        .collect()
}

fn field<'a>(
    mut written: FieldInput<'a>,
    holder: &Holder,
    context: &mut Context<'_>,
) -> Option<Field<'a>> {
    let rename = take_rename(&mut written, context.errors);
    let first = written.settings.first()?;
    if written.names.skip {
        let message = "serde skips this field, so no rule can apply to it";
        context.errors.at(&first.name, message);
        return None;
    }
    let place = if holder.is_transparent || written.names.flatten {
        Place::Same
    } else {
        match written.ident {
            None => Place::Index(written.index),
            Some(ident) => Place::Property(
                written
                    .names
                    .rename
                    .take()
                    .or(rename)
                    .unwrap_or_else(|| name(ident, holder.case)),
            ),
        }
    };
    let value = rules::value(&written.settings, written.ty, context);
    Some(Field {
        ident: written.ident,
        index: written.index,
        place,
        value,
    })
}

fn name(ident: &Ident, case: Option<Case>) -> String {
    let name = plain(ident);
    case.map_or(name.clone(), |case| case.of_field(&name))
}

/// Takes the option `rename` out of a field's options.
fn take_rename(field: &mut FieldInput<'_>, errors: &mut Errors) -> Option<String> {
    let (renames, others) = core::mem::take(&mut field.settings)
        .into_iter()
        .partition(|setting| setting.name() == "rename");
    field.settings = others;
    let renames: Vec<crate::options::Setting> = renames;
    if let [_, second, ..] = renames.as_slice() {
        errors.at(&second.name, "`rename` is given twice");
    }
    let first = renames.first()?;
    if field.names.rename.is_some() {
        errors.at(
            &first.name,
            "`#[serde(rename = …)]` already gives the field its name",
        );
    }
    first.string(errors).map(LitStr::value)
}
