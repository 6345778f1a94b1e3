//! JSON-Schema-Test-Suite: each schema inside an OpenAPI document, each instance put to all judges.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use specsmith_ir::Direction;
use specsmith_json::{Limits, Node, Value, read, write};

use crate::{Agreed, Place, Subject};

/// Which part of the suite, and the version of OpenAPI that shares its keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Draft 4, for what OpenAPI 3.0 keeps of it.
    Four,
    /// 2020-12, which OpenAPI 3.1 is.
    V2020_12,
}

impl Draft {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V2020_12, Self::Four];

    /// The folder of its tests.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Four => "draft4",
            Self::V2020_12 => "draft2020-12",
        }
    }
}

/// What the judges made of one draft's required tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// How many tests there are.
    pub tests: usize,
    /// The tests in which a judge does not say what the suite says, and why.
    pub failed: BTreeMap<String, String>,
    /// The tests in which the judges disagree among themselves, and how.
    pub disagreements: BTreeMap<String, String>,
}

/// What the suite says from another machine, so that its schemas can refer to it.
const ADDRESS: &str = "http://localhost:1234";

/// Puts all required tests of a draft to the judges.
pub fn judge_suite(corpus: &Path, draft: Draft) -> Judged {
    let suite = corpus.join("JSON-Schema-Test-Suite");
    let remotes = remotes(&suite);
    let mut judged = Judged::default();
    for path in super::json_files(&suite.join("tests").join(draft.folder())) {
        let file = path.file_stem().unwrap_or_default().to_string_lossy();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Some(root) = read(text.as_bytes(), &Limits::default()).root else {
            continue;
        };
        for group in root.as_array().unwrap_or_default() {
            let key = format!(
                "{} | {file} | {}",
                draft.folder(),
                word(group, "description")
            );
            judge_group(draft, group, &text, &remotes, &key, &mut judged);
        }
    }
    judged
}

/// The tests of a draft that are known not to come out as the suite has it, without the reasons:
/// each line of `text` is draft, file, group, test and reason, separated by ` | `.
///
/// # Errors
/// If a line has no reason.
pub fn ledger(text: &str, draft: Draft) -> Result<BTreeSet<String>, String> {
    let lines = text.lines().filter(|it| it.starts_with(draft.folder()));
    lines
        .map(|line| match line.rsplit_once(" | ") {
            Some((key, reason)) if !reason.trim().is_empty() => Ok(key.to_owned()),
            Some(_) | None => Err(format!("a line without a reason: {line}")),
        })
        .collect()
}

fn judge_group(
    draft: Draft,
    group: &Node,
    text: &str,
    remotes: &str,
    key: &str,
    judged: &mut Judged,
) {
    let tests = group.get("tests").and_then(Node::as_array);
    let tests = tests.unwrap_or_default();
    judged.tests += tests.len();
    let mut fail = |why: &str| {
        for test in tests {
            let key = format!("{key} | {}", word(test, "description"));
            judged.failed.insert(key, why.to_owned());
        }
    };
    let Some(schema) = group.get("schema") else {
        return fail("there is no schema");
    };
    let Some(document) = document(draft, schema, text, remotes) else {
        return fail("the schema cannot be put into a document");
    };
    let subject = match Subject::of_text(&document) {
        Ok(subject) => subject,
        Err(findings) => return fail(&said(&findings)),
    };
    let Some(place) = Place::named(&subject, "Root") else {
        return fail("the schema was not lowered");
    };
    let judges = match subject.judges(&place, Direction::Request) {
        Ok(judges) => judges,
        Err(findings) => return fail(&said(&findings)),
    };
    for test in tests {
        let key = format!("{key} | {}", word(test, "description"));
        let data = test.get("data").and_then(|it| it.span.of_text(text));
        let valid = test.get("valid").and_then(Node::as_bool);
        match judges.compare(data.unwrap_or_default().as_bytes()) {
            Ok(agreed) if Some(agreed == Agreed::Valid) == valid => {}
            Ok(agreed) => {
                judged.failed.insert(key, format!("all say: {agreed:?}"));
            }
            Err(disagreement) => {
                if Some(disagreement.said.verdict) != valid
                    || Some(disagreement.said.explained.is_empty()) != valid
                {
                    let why = format!("the plan says: {}", disagreement.said.verdict);
                    judged.failed.insert(key.clone(), why);
                }
                judged.disagreements.insert(key, disagreement.to_string());
            }
        }
    }
}

fn said(findings: &[specsmith_diagnostics::Finding]) -> String {
    let first = findings.first();
    first.map_or_else(String::new, |it| it.message.clone())
}

fn word<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// An OpenAPI document with the schema as its component `Root`.
fn document(draft: Draft, schema: &Node, text: &str, remotes: &str) -> Option<String> {
    let (version, root, others) = match draft {
        Draft::Four => {
            let mut edits = Vec::new();
            move_references(schema, &mut edits);
            ("3.0.3", edited(schema, text, &edits)?, "")
        }
        Draft::V2020_12 => {
            let written = schema.span.of_text(text)?;
            let others = if written.contains("localhost:1234") {
                remotes
            } else {
                ""
            };
            // So that `#` means the schema and not the document around it.
            let root = identified(schema, text, &format!("{ADDRESS}/root.json"))?;
            ("3.1.0", root, others)
        }
    };
    Some(format!(
        r#"{{"openapi":"{version}","info":{{"title":"Suite","version":"1"}},"paths":{{}},"components":{{"schemas":{{"Root":{root}{others}}}}}}}"#
    ))
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

/// Lets references to the root lead to where the root is put.
fn move_references<'n>(schema: &'n Node, edits: &mut Vec<(&'n Node, String)>) {
    match &schema.value {
        Value::Object(members) => {
            for member in members {
                let reference = member.node.as_str().filter(|it| it.starts_with('#'));
                match (&*member.key, reference) {
                    ("$ref", Some(reference)) => {
                        let mut moved = String::new();
                        let rest = reference.get(1..).unwrap_or_default();
                        write::push_string(&mut moved, &format!("#/components/schemas/Root{rest}"));
                        edits.push((&member.node, moved));
                    }
                    ("enum", _) => {}
                    _ => move_references(&member.node, edits),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| move_references(it, edits)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
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

/// What the suite serves from another machine, as further components, each with its address.
fn remotes(suite: &Path) -> String {
    let folder = suite.join("remotes");
    let mut files = Vec::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        let entries = std::fs::read_dir(&next).into_iter().flatten().flatten();
        let folders = entries.map(|it| it.path()).filter(|it| it.is_dir());
        open.extend(folders);
        files.extend(super::json_files(&next));
    }
    files.sort();
    let mut out = String::new();
    for path in files {
        if let Some(component) = remote(&folder, &path) {
            out.push_str(&component);
        }
    }
    out
}

/// One of them, with a comma before it; `None` for what other drafts are served.
fn remote(folder: &Path, path: &PathBuf) -> Option<String> {
    let name = path.strip_prefix(folder).ok()?.to_string_lossy();
    let name = name.replace('\\', "/");
    let other_draft = name.starts_with("draft") && !name.starts_with("draft2020-12/");
    if other_draft || name.starts_with("v1/") {
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    let schema = read(text.as_bytes(), &Limits::default()).root?;
    let address = format!("{ADDRESS}/{name}");
    let component = name.replace(['/', '.'], "-");
    let body = identified(&schema, &text, &address)?;
    let mut out = format!(",\"{component}\":{body}");
    let own = schema.get("$id").and_then(Node::as_str);
    if let Some(own) = own.filter(|it| *it != address) {
        out.push_str(&format!(
            ",\"{component}-alias\":{{\"$id\":\"{address}\",\"$ref\":\"{own}\"}}"
        ));
    }
    Some(out)
}
