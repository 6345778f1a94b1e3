//! JSON-Schema-Test-Suite: each schema inside an OpenAPI document, each instance put to all judges.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use specsmith_ir::Direction;
use specsmith_json::{Limits, Node, read};
use specsmith_source::Embedded;

use super::wrapped::{ROOT, Served, wrapped};
use crate::{Agreed, Judges, Place, Subject};

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

/// Puts all required tests of a draft to the judges.
pub fn judge_suite(corpus: &Path, draft: Draft) -> Judged {
    let suite = corpus.join("JSON-Schema-Test-Suite");
    let served = Served::of(&suite, draft);
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
            judge_group(&served, group, &text, &key, &mut judged);
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

fn judge_group(served: &Served, group: &Node, text: &str, key: &str, judged: &mut Judged) {
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
    let Some(document) = wrapped(served, schema, text) else {
        return fail("the schema cannot be put into a document");
    };
    let mut files = vec![(ROOT, document.as_str())];
    files.extend(served.files());
    let subject = match Subject::load(&[ROOT.into()], &Embedded(&files)) {
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
        let data = data.unwrap_or_default().as_bytes();
        match judges.compare(data) {
            Ok(agreed) if Some(agreed == Agreed::Valid) == valid => {
                if let Some(why) = unplaced(&judges, data) {
                    judged.failed.insert(key, why);
                }
            }
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

/// Which mistake is not shown where the document has its keyword.
fn unplaced(judges: &Judges<'_>, data: &[u8]) -> Option<String> {
    let explained = judges.plan().explain(data);
    let mut all = explained.into_iter().chain(judges.reference().judge(data));
    let unplaced = all.find(|it| it.spec.is_none())?;
    Some(format!("a mistake without its keyword: {unplaced:?}"))
}

fn said(findings: &[specsmith_diagnostics::Finding]) -> String {
    let first = findings.first();
    first.map_or_else(String::new, |it| it.message.clone())
}

fn word<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}
