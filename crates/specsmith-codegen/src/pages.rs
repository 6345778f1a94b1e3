//! Pages for people: the README of a crate, and the reference of its types.

use askama::Template;
use specsmith_ir::{Home, Model, SchemaId, Step};

use crate::items::{Item, ItemKind, Slot, Ty, Words};
use crate::manifest::one_line;
use crate::options::CrateOptions;
use crate::rust::{Context, DEPRECATED, code, facts, markdown};

#[derive(Template)]
#[template(path = "README.md", escape = "none")]
struct ReadmePage {
    mark: String,
    name: String,
    ident: String,
    about: Vec<String>,
    sources: String,
    example: Option<Example>,
    operations: Vec<OperationRow>,
}

struct Example {
    name: String,
}

struct OperationRow {
    label: String,
    summary: String,
}

#[derive(Template)]
#[template(path = "reference.md", escape = "none")]
struct ReferencePage {
    mark: String,
    name: String,
    items: Vec<ItemSection>,
}

struct ItemSection {
    name: String,
    about: Vec<String>,
    fields: Vec<FieldRow>,
    values: Vec<String>,
}

struct FieldRow {
    name: String,
    ty: String,
    rules: String,
    about: String,
}

/// The README of one crate.
pub(crate) fn readme(context: &Context<'_>, krate: &CrateOptions) -> String {
    let documents = crate::emit::documents_of(context.model, context.items, context.krate);
    let about = documents
        .iter()
        .filter_map(|id| context.model.document(*id).description.as_deref())
        .flat_map(markdown)
        .collect();
    let example = context
        .own_items()
        .into_iter()
        .find_map(|(_, item)| match item.kind {
            ItemKind::Record(_) if item.definition.is_some() => Some(Example {
                name: item.name.clone(),
            }),
            _ => None,
        });
    let operations = context
        .items
        .shown_operations(context.model)
        .map(|(operation, _)| operation)
        .filter(|operation| documents.contains(&operation.document))
        .map(|operation| OperationRow {
            label: operation.label(),
            summary: summary(operation.summary.as_deref(), operation.deprecated),
        })
        .collect();
    let labels: Vec<String> = krate
        .sources
        .iter()
        .map(|it| format!("`{}`", it.label))
        .collect();
    let page = ReadmePage {
        mark: krate.mark(),
        name: krate.name.clone(),
        ident: krate.ident(),
        about,
        sources: labels.join(", "),
        example,
        operations,
    };
    page.render().unwrap_or_default()
}

/// The reference of one crate: each type with its fields and rules.
pub(crate) fn reference(context: &Context<'_>, krate: &CrateOptions) -> String {
    let page = ReferencePage {
        mark: krate.mark(),
        name: krate.name.clone(),
        items: context
            .own_items()
            .into_iter()
            .map(|(_, item)| section(context, item))
            .collect(),
    };
    page.render().unwrap_or_default()
}

fn section(context: &Context<'_>, item: &Item) -> ItemSection {
    let mut about = item
        .words
        .description
        .as_deref()
        .map(markdown)
        .unwrap_or_default();
    let name = context.other_name(item);
    let name = name.map(|it| format!("The schema {}.", code(it)));
    let deprecated = item.words.deprecated.then(|| DEPRECATED.to_owned());
    let notes: Vec<String> = name.into_iter().chain(deprecated).collect();
    if !notes.is_empty() {
        paragraph(&mut about, notes.join(" "));
    }
    let mut fields = Vec::new();
    let mut values = Vec::new();
    match &item.kind {
        ItemKind::Record(record) => {
            for field in &record.fields {
                let mut ty = type_name(context, &field.slot);
                if field.required {
                    ty.push_str(", required");
                }
                fields.push(FieldRow {
                    name: cell(&field.wire),
                    ty,
                    rules: cell(&facts(&field.slot, &field.words)),
                    about: cell(field.words.description.as_deref().unwrap_or_default()),
                });
            }
        }
        ItemKind::Strings(strings) => {
            let variants = strings.variants.iter();
            values.extend(variants.map(|it| value(&it.wire, &it.words)));
        }
        ItemKind::Literals(variants) => {
            values.extend(variants.iter().map(|it| value(&it.json, &it.words)));
        }
        ItemKind::Union(variants) => {
            paragraph(&mut about, "One of:".to_owned());
            values.extend(variants.iter().map(|it| type_name(context, &it.slot)));
        }
        ItemKind::Alias(slot) | ItemKind::Newtype(slot) => {
            let mut line = type_name(context, slot);
            let rules = facts(slot, &Words::default());
            if !rules.is_empty() {
                line = format!("{line}. {rules}");
            }
            values.push(line);
        }
        ItemKind::Judged(_) => values.push("A JSON value with rules.".to_owned()),
        ItemKind::Pending => {}
    }
    ItemSection {
        name: item.name.clone(),
        about,
        fields,
        values,
    }
}

/// Adds a paragraph of one line.
fn paragraph(about: &mut Vec<String>, line: String) {
    if !about.is_empty() {
        about.push(String::new());
    }
    about.push(line);
}

/// What an operation does, as one cell.
fn summary(summary: Option<&str>, deprecated: bool) -> String {
    let summary = cell(summary.unwrap_or_default());
    match (summary.as_str(), deprecated) {
        (_, false) => summary,
        ("", true) => DEPRECATED.to_owned(),
        (summary, true) => format!("{summary} (deprecated)"),
    }
}

/// A listed value and what is said of it.
fn value(wire: &str, words: &Words) -> String {
    let about = words.description.as_ref().or(words.title.as_ref());
    let about = about.map(|it| format!(": {}", one_line(it)));
    let deprecated = if words.deprecated {
        " (deprecated)"
    } else {
        ""
    };
    format!("{}{deprecated}{}", code(wire), about.unwrap_or_default())
}

/// A type in the words of JSON.
fn type_name(context: &Context<'_>, slot: &Slot) -> String {
    let mut name = match &slot.ty {
        Ty::Any => "anything".to_owned(),
        Ty::Null => "null".to_owned(),
        Ty::Boolean => "boolean".to_owned(),
        Ty::Integer(..) => "integer".to_owned(),
        Ty::Number(_) => "number".to_owned(),
        Ty::String(_) | Ty::Typed(_) => "string".to_owned(),
        Ty::List(list) => format!("list of {}", type_name(context, &list.items)),
        Ty::Map(map) => format!("map to {}", type_name(context, &map.values)),
        Ty::Item(id) => format!("`{}`", context.items.get(*id).name),
    };
    if slot.nullable {
        name.push_str(" or null");
    }
    name
}

/// Text as one cell of a table.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// Where a schema stands, in words.
pub(crate) fn place(model: &Model, schema: SchemaId) -> String {
    let mut steps = Vec::new();
    let mut here = schema;
    for _ in 0..64 {
        match model.home(here) {
            Home::Within { parent, step } => {
                steps.push(step_name(step));
                here = *parent;
            }
            Home::Definition(index) => {
                let name = model
                    .definitions
                    .get(*index as usize)
                    .map(|it| it.name.as_str());
                steps.push(name.unwrap_or_default().to_owned());
                break;
            }
            Home::Request { operation, .. }
            | Home::Response { operation, .. }
            | Home::Parameter { operation, .. }
            | Home::Header { operation, .. } => {
                let operation = model.operations.get(operation.0 as usize);
                steps.push(
                    operation
                        .map(specsmith_ir::Operation::name)
                        .unwrap_or_default(),
                );
                break;
            }
            Home::Component { name, .. } => {
                steps.push(name.as_str().to_owned());
                break;
            }
        }
    }
    steps.reverse();
    format!("`{}`", steps.join("/"))
}

fn step_name(step: &Step) -> String {
    match step {
        Step::Property(name) | Step::Dependent(name) | Step::Definition(name) => {
            name.as_str().to_owned()
        }
        Step::PatternProperty(pattern) => pattern.clone(),
        Step::Elsewhere(place) => place.clone(),
        Step::Rest => "additionalProperties".to_owned(),
        Step::Names => "propertyNames".to_owned(),
        Step::Items => "items".to_owned(),
        Step::Prefix(index) => format!("prefixItems/{index}"),
        Step::Contains => "contains".to_owned(),
        Step::All(index) => format!("allOf/{index}"),
        Step::Any(index) => format!("anyOf/{index}"),
        Step::One(index) => format!("oneOf/{index}"),
        Step::Not => "not".to_owned(),
        Step::If => "if".to_owned(),
        Step::Then => "then".to_owned(),
        Step::Else => "else".to_owned(),
        Step::UnevaluatedItems => "unevaluatedItems".to_owned(),
        Step::UnevaluatedProperties => "unevaluatedProperties".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_apart() {
        let mut about = Vec::new();
        paragraph(&mut about, "Deprecated.".to_owned());
        paragraph(&mut about, "One of:".to_owned());
        assert_eq!(about, ["Deprecated.", "", "One of:"]);
    }

    #[test]
    fn a_deprecated_operation_is_told() {
        assert_eq!(summary(Some("Gives|takes"), false), "Gives\\|takes");
        assert_eq!(
            summary(Some("Gives a pet"), true),
            "Gives a pet (deprecated)"
        );
        assert_eq!(summary(None, true), "Deprecated.");
    }
}
