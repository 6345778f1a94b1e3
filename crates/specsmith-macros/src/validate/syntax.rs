//! What was written: the item, its fields, and the options on each.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Fields, Path, Type};

use crate::errors::Errors;
use crate::options::{self, Setting};
use crate::serde_names::SerdeNames;

/// The item as it is written.
pub(super) struct Input<'a> {
    pub(super) ident: &'a Ident,
    pub(super) container: Container,
    pub(super) data: Body<'a>,
}

/// The options on the item itself.
pub(super) struct Container {
    pub(super) names: SerdeNames,
    pub(super) crate_path: Option<Path>,
    /// Functions that check the whole value.
    pub(super) with: Vec<Path>,
    pub(super) allow_contradictions: bool,
}

pub(super) enum Body<'a> {
    Struct(Vec<FieldInput<'a>>),
    Enum(Vec<VariantInput<'a>>),
}

pub(super) struct VariantInput<'a> {
    pub(super) ident: &'a Ident,
    pub(super) fields: &'a Fields,
    pub(super) names: SerdeNames,
    /// The option `rename` on the variant.
    pub(super) rename: Option<String>,
    pub(super) contents: Vec<FieldInput<'a>>,
}

pub(super) struct FieldInput<'a> {
    /// `None` in tuples.
    pub(super) ident: Option<&'a Ident>,
    pub(super) index: usize,
    pub(super) ty: &'a Type,
    pub(super) names: SerdeNames,
    pub(super) settings: Vec<Setting>,
}

const OF_CONTAINERS: &[&str] = &["crate", "with", "allow_contradictions"];
const OF_VARIANTS: &[&str] = &["rename"];

/// Reads the attributes of everything in the item.
pub(super) fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Input<'a> {
    let data = match &input.data {
        Data::Struct(data) => Body::Struct(fields(&data.fields, errors)),
        Data::Enum(data) => {
            let variants = data.variants.iter().map(|variant| VariantInput {
                ident: &variant.ident,
                fields: &variant.fields,
                names: SerdeNames::of(&variant.attrs),
                rename: variant_rename(&variant.attrs, errors),
                contents: fields(&variant.fields, errors),
            });
            Body::Enum(variants.collect())
        }
        Data::Union(data) => {
            errors.at(
                &data.union_token,
                "`Validate` can be derived for structs and enums only",
            );
            Body::Struct(Vec::new())
        }
    };
    Input {
        ident: &input.ident,
        container: container(input, errors),
        data,
    }
}

fn container(input: &DeriveInput, errors: &mut Errors) -> Container {
    let mut container = Container {
        names: SerdeNames::of(&input.attrs),
        crate_path: None,
        with: Vec::new(),
        allow_contradictions: false,
    };
    for setting in options::settings(&input.attrs, "validate", errors) {
        match setting.name().as_str() {
            "crate" if container.crate_path.is_some() => {
                errors.at(&setting.name, "`crate` is given twice");
            }
            "crate" => container.crate_path = setting.path(errors),
            "with" => container.with.extend(setting.path(errors)),
            "allow_contradictions" => {
                setting.expect_nothing(errors);
                container.allow_contradictions = true;
            }
            _ => options::unknown(&setting, OF_CONTAINERS, errors),
        }
    }
    container
}

fn variant_rename(attrs: &[syn::Attribute], errors: &mut Errors) -> Option<String> {
    let mut rename = None;
    for setting in options::settings(attrs, "validate", errors) {
        match setting.name().as_str() {
            "rename" if rename.is_some() => errors.at(&setting.name, "`rename` is given twice"),
            "rename" => rename = setting.string(errors).map(syn::LitStr::value),
            _ => options::unknown(&setting, OF_VARIANTS, errors),
        }
    }
    rename
}

fn fields<'a>(fields: &'a Fields, errors: &mut Errors) -> Vec<FieldInput<'a>> {
    let fields = fields.iter().enumerate().map(|(index, field)| FieldInput {
        ident: field.ident.as_ref(),
        index,
        ty: &field.ty,
        names: SerdeNames::of(&field.attrs),
        settings: options::settings(&field.attrs, "validate", errors),
    });
    fields.collect()
}
