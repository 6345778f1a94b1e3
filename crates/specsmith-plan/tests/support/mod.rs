//! The one door of these tests: a schema, a record, and what the two tiers and the reference say.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::PathBuf;

use specsmith_diagnostics::Span;
use specsmith_ir::{Direction, Model, Origins, SchemaId};
use specsmith_plan::{Options, Plan, Scanned, Verdict};
use specsmith_reference::{Reference, Target};
use specsmith_source::{Embedded, Limits, Specification};

/// A specification, read and lowered.
pub(crate) struct Loaded {
    pub(crate) specification: Specification,
    pub(crate) model: Model,
    pub(crate) origins: Origins<Span>,
}

/// Reads the document of that text, and the others that it refers to.
pub(crate) fn load(texts: &[(&str, &str)]) -> Loaded {
    let files: Vec<(&str, &str)> = texts.to_vec();
    let leaked: &'static [(&'static str, &'static str)] = Box::leak(
        files
            .iter()
            .map(|(name, text)| -> (&'static str, &'static str) {
                (
                    Box::leak(name.to_string().into_boxed_str()),
                    Box::leak(text.to_string().into_boxed_str()),
                )
            })
            .collect(),
    );
    let roots = [PathBuf::from(leaked[0].0)];
    let (specification, findings) =
        specsmith_source::load(&roots, &Embedded(leaked), &Limits::default());
    let specification = specification.unwrap_or_else(|| panic!("{findings:#?}"));
    let lowered = specsmith_source::lower(&specification);
    assert!(
        lowered
            .findings
            .iter()
            .all(|it| it.level < specsmith_diagnostics::Level::Deny),
        "{:#?}",
        lowered.findings
    );
    Loaded {
        specification,
        model: lowered.model,
        origins: lowered.origins,
    }
}

/// A document of OpenAPI 3.1 whose schema `Root` is `schema`, in YAML of two more spaces.
pub(crate) fn document(schemas: &str) -> String {
    let indented: String = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    )
}

impl Loaded {
    /// The named schemas of OpenAPI 3.1, of which `Root` is judged by.
    pub(crate) fn of(schemas: &str) -> Self {
        load(&[("spec.yaml", &document(schemas))])
    }

    pub(crate) fn root(&self, name: &str) -> SchemaId {
        self.model.definition(name).expect("it is defined").schema
    }

    pub(crate) fn plan(&self, name: &str, options: &Options) -> Plan {
        let root = self.root(name);
        specsmith_plan::compile(
            &self.model,
            &self.origins,
            root,
            Direction::Request,
            options,
        )
    }

    pub(crate) fn reference(&self, name: &str) -> Reference<'_> {
        let target = Target::Schema {
            name: name.to_owned(),
        };
        Reference::new(&self.specification, &target, Direction::Request)
            .unwrap_or_else(|findings| panic!("{findings:#?}"))
    }
}

/// What is wrong with `record` by the schema `Root` of `schemas`: one line each, the code and the
/// bytes meant. The scan, the tree and the reference must agree on whether anything is.
pub(crate) fn check(schemas: &str, record: &str) -> String {
    let loaded = Loaded::of(schemas);
    let plan = loaded.plan("Root", &Options::default());
    let reference = loaded.reference("Root");
    agree(&plan, &reference, record.as_bytes());
    told(&plan, record.as_bytes())
}

/// Every mistake of a record on a line.
pub(crate) fn told(plan: &Plan, record: &[u8]) -> String {
    let lines = plan.explain(record).into_iter().map(|mistake| {
        let bytes = mistake.bytes.start as usize..mistake.bytes.end as usize;
        let meant = String::from_utf8_lossy(record.get(bytes).unwrap_or_default());
        let help = mistake
            .help
            .map(|help| format!(" | {help}"))
            .unwrap_or_default();
        format!(
            "{} {} `{}`: {}{}",
            mistake.code, mistake.pointer, meant, mistake.message, help
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether the tiers agree with each other and with the reference, and what they say.
pub(crate) fn agree(plan: &Plan, reference: &Reference<'_>, record: &[u8]) -> bool {
    let scanned = plan.judge_of_few().scan(record);
    let verdict = plan.verdict(record) == Verdict::Valid;
    let explained = plan
        .explain(record)
        .iter()
        .all(|it| it.code.area() == "lint" || it.code.as_str() == "json/byte-order-mark");
    let text = String::from_utf8_lossy(record);
    assert_eq!(verdict, explained, "verdict and explanation: {text}");
    match scanned {
        Scanned::Valid => assert!(explained, "the scan accepts: {text}"),
        Scanned::Invalid => assert!(!explained, "the scan refuses: {text}"),
        Scanned::Unsure => {}
    }
    assert_eq!(
        verdict,
        reference.verdict(record),
        "plan and reference: {text}"
    );
    verdict
}
