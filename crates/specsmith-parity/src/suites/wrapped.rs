//! A schema of the suite inside an OpenAPI document, with what it refers to elsewhere at hand.
//!
//! The suite serves some schemas from another machine, which is never asked. OpenAPI 3.1 has `$id`,
//! so there they are further components with those addresses; 3.0 has none, so there they are files
//! beside the document, to which the references are turned. The meta-schemas are handed in likewise.

use std::path::{Path, PathBuf};

use referencing::meta;
use specsmith_json::{Limits, Node, Value, read, write};

use super::Draft;

/// What the document is called.
pub(super) const ROOT: &str = "suite.json";

/// Where the suite serves its schemas from.
const ADDRESS: &str = "http://localhost:1234/";
/// The meta-schema of draft 4, and the file that it becomes.
const DRAFT_4: (&str, &str) = ("http://json-schema.org/draft-04/schema", "draft-04.json");
/// What the addresses of the meta-schemas of 2020-12 begin with.
const V2020_12: &str = "https://json-schema.org/draft/2020-12/";

/// What one draft's schemas can refer to elsewhere.
pub(super) enum Served {
    /// Files beside the document: names and texts.
    Files(Vec<(String, String)>),
    /// Components, each with a comma before it.
    Components {
        /// What the suite serves.
        remotes: String,
        /// The meta-schemas.
        meta: String,
    },
}

impl Served {
    /// All that there is for a draft, in the folder of the suite.
    pub(super) fn of(suite: &Path, draft: Draft) -> Self {
        let folder = suite.join("remotes");
        let remotes = remotes(&folder).filter(|(name, _)| {
            let own = name.strip_prefix(draft.folder());
            own.is_some_and(|rest| rest.starts_with('/'))
                || !(name.starts_with("draft") || name.starts_with("v1/"))
        });
        match draft {
            Draft::Four => {
                let own = (DRAFT_4.1.to_owned(), meta::DRAFT4.to_string());
                Self::Files(remotes.chain([own]).collect())
            }
            Draft::V2020_12 => Self::Components {
                remotes: remotes
                    .filter_map(|(name, text)| component(&name, &text))
                    .collect(),
                meta: meta_schemas(),
            },
        }
    }

    /// The files that stand beside the document.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = match self {
            Self::Files(files) => files.as_slice(),
            Self::Components { .. } => &[],
        };
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// An OpenAPI document with the schema as its component `Root`.
pub(super) fn wrapped(served: &Served, schema: &Node, text: &str) -> Option<String> {
    let mut references = Vec::new();
    collect(schema, &mut references);
    let (version, root, others) = match served {
        Served::Files(_) => {
            let edits = references.into_iter();
            let edits: Vec<_> = edits
                .filter_map(|it| Some((it, moved(it.as_str()?)?)))
                .collect();
            ("3.0.3", edited(schema, text, &edits)?, String::new())
        }
        Served::Components { remotes, meta } => {
            let mut others = String::new();
            if schema.span.of_text(text)?.contains(ADDRESS) {
                others.push_str(remotes);
            }
            let is_meta = |it: &str| it.starts_with(V2020_12);
            if references.iter().any(|it| it.as_str().is_some_and(is_meta)) {
                others.push_str(meta);
            }
            // So that `#` means the schema and not the document around it.
            let root = identified(schema, text, &format!("{ADDRESS}root.json"))?;
            ("3.1.0", root, others)
        }
    };
    Some(format!(
        r#"{{"openapi":"{version}","info":{{"title":"Suite","version":"1"}},"paths":{{}},"components":{{"schemas":{{"Root":{root}{others}}}}}}}"#
    ))
}

/// The references of a schema, in order of place; not what `enum` holds.
fn collect<'n>(schema: &'n Node, references: &mut Vec<&'n Node>) {
    match &schema.value {
        Value::Object(members) => {
            for member in members {
                match (&*member.key, &member.node.value) {
                    ("$ref", Value::String(_)) => references.push(&member.node),
                    ("enum", _) => {}
                    _ => collect(&member.node, references),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, references)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Where a reference of draft 4 leads once the root is a component and the other machine a folder;
/// `None` where that is as written.
fn moved(reference: &str) -> Option<String> {
    let moved = if let Some(rest) = reference.strip_prefix('#') {
        format!("#/components/schemas/Root{rest}")
    } else if let Some(rest) = reference.strip_prefix(DRAFT_4.0) {
        format!("{}{rest}", DRAFT_4.1)
    } else {
        reference.strip_prefix(ADDRESS)?.to_owned()
    };
    let mut written = String::new();
    write::push_string(&mut written, &moved);
    Some(written)
}

/// The text of a schema that has no identifier with one; what is no object is left alone.
fn identified(schema: &Node, text: &str, address: &str) -> Option<String> {
    let written = schema.span.of_text(text)?;
    let Value::Object(object) = &schema.value else {
        return Some(written.to_owned());
    };
    match object.get("$id") {
        None => {
            let comma = if object.is_empty() { "" } else { "," };
            let inside = written.strip_prefix('{')?;
            Some(format!("{{\"$id\":\"{address}\"{comma}{inside}"))
        }
        Some(id) if id.as_str().is_some_and(|it| it.starts_with('#')) => {
            let id_text = format!("\"{address}{}\"", id.as_str()?);
            edited(schema, text, &[(id, id_text)])
        }
        Some(_) => Some(written.to_owned()),
    }
}

/// The text of a value with some of the values in it replaced, which stand in order of place.
fn edited(node: &Node, text: &str, edits: &[(&Node, String)]) -> Option<String> {
    let mut out = String::new();
    let mut at = node.span.start as usize;
    for (place, by) in edits {
        out.push_str(text.get(at..place.span.start as usize)?);
        out.push_str(by);
        at = place.span.end as usize;
    }
    out.push_str(text.get(at..node.span.end as usize)?);
    Some(out)
}

/// What the suite serves: the path behind the address, and the text; sorted.
fn remotes(folder: &Path) -> impl Iterator<Item = (String, String)> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = std::fs::read_dir(&next).into_iter().flatten().flatten();
        let folders = entries.map(|it| it.path()).filter(|it| it.is_dir());
        open.extend(folders);
        files.extend(super::json_files(&next));
    }
    files.sort();
    files.into_iter().filter_map(move |path| {
        let name = path.strip_prefix(folder).ok()?.to_string_lossy();
        Some((
            name.replace('\\', "/"),
            std::fs::read_to_string(&path).ok()?,
        ))
    })
}

/// A schema that is served, as a component with that address.
fn component(name: &str, text: &str) -> Option<String> {
    let schema = read(text.as_bytes(), &Limits::default()).root?;
    let address = format!("{ADDRESS}{name}");
    let component = name.replace(['/', '.'], "-");
    let body = identified(&schema, text, &address)?;
    let mut out = format!(",\"{component}\":{body}");
    let own = schema.get("$id").and_then(Node::as_str);
    if let Some(own) = own.filter(|it| *it != address) {
        out.push_str(&format!(
            ",\"{component}-alias\":{{\"$id\":\"{address}\",\"$ref\":\"{own}\"}}"
        ));
    }
    Some(out)
}

/// The meta-schemas of 2020-12, which have their addresses in them.
fn meta_schemas() -> String {
    let all = [
        &meta::DRAFT202012,
        &meta::DRAFT202012_CORE,
        &meta::DRAFT202012_APPLICATOR,
        &meta::DRAFT202012_UNEVALUATED,
        &meta::DRAFT202012_VALIDATION,
        &meta::DRAFT202012_META_DATA,
        &meta::DRAFT202012_FORMAT_ANNOTATION,
        &meta::DRAFT202012_CONTENT,
    ];
    let numbered = (0..).zip(all);
    numbered
        .map(|(number, schema)| format!(",\"Meta{number}\":{}", **schema))
        .collect()
}
