//! The exported JSON Schema is a judge of its own: what it makes of an instance, run by the
//! `jsonschema` crate, is what the plan makes of it.
//!
//! The crate puts numbers through floats and the export knows no direction, so schemas and instances
//! about either stay out; the other judges are held to those.

#[path = "schemas/strategy.rs"]
mod strategy;

use jsonschema::{Draft, Registry, Validator};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;
use specsmith_codegen::{CrateOptions, CrateSource, Manifest, Options, Style, emit};
use specsmith_diagnostics::Level;
use specsmith_ir::Direction;
use specsmith_parity::{Place, Subject};
use specsmith_plan::{Verdict, compile};

use strategy::Dialect;

/// What the export leaves out, and what floats get wrong.
const APART: [&str; 10] = [
    "Only\"",
    "$dynamic",
    "multipleOf",
    "e400",
    "e-400",
    "90071992547409",
    "92233720368547",
    "0.30000000000000004",
    "int32",
    "int64",
];

/// How many schemas are made; `SPECSMITH_SCHEMAS` says otherwise for a longer run.
fn cases() -> u32 {
    let asked = std::env::var("SPECSMITH_SCHEMAS").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(300)
}

fn is_apart(text: &str) -> bool {
    APART.iter().any(|it| text.contains(it))
}

/// The validator of `Root` as it is exported.
fn exported(subject: &Subject) -> Validator {
    let model = &subject.lowered.model;
    let options = Options {
        crates: vec![CrateOptions {
            name: "exported".to_owned(),
            folder: "exported".to_owned(),
            sources: vec![CrateSource {
                document: model.documents[0].name.as_str().to_owned(),
                label: "spec.yaml".to_owned(),
                sha256: String::new(),
            }],
        }],
        manifest: Manifest::Workspace,
        json_schema: true,
        style: Style::default(),
        attributes: None,
    };
    let (tree, _) = emit(model, &options);
    let schemas: Vec<(String, Value)> = tree
        .files
        .iter()
        .filter_map(|(path, text)| {
            let name = path.strip_prefix("exported/schemas/")?;
            let schema = serde_json::from_str(text).expect("the export is JSON");
            Some((format!("exported:///{name}"), schema))
        })
        .collect();
    let resources = schemas.iter();
    let resources =
        resources.map(|(uri, schema)| (uri, Draft::Draft202012.create_resource_ref(schema)));
    let registry = Registry::new().draft(Draft::Draft202012).extend(resources);
    let registry = registry.and_then(|it| it.prepare()).expect("a registry");
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_registry(&registry)
        .should_validate_formats(true)
        .offline()
        .build(&serde_json::json!({ "$ref": "exported:///Root.json" }))
        .expect("the export is a schema")
}

fn run(dialect: Dialect) {
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 5_000,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let schemas = (strategy::schema(dialect), strategy::schema(dialect));
    let instances = proptest::collection::vec(strategy::instance(), 1..24);
    let counts = std::cell::Cell::new((0_u32, 0_u32));
    let outcome = runner.run(&(schemas, instances), |((root, other), instances)| {
        if is_apart(&root) || is_apart(&other) {
            return Ok(());
        }
        let spec = dialect.document(&root, &other);
        let Ok(subject) = Subject::of_text(&spec) else {
            return Err(TestCaseError::fail("cannot be read"));
        };
        let findings = subject.findings.iter().chain(&subject.lowered.findings);
        if findings.clone().any(|it| it.level == Level::Deny) {
            return Ok(());
        }
        let place = Place::named(&subject, "Root").expect("a schema");
        let (model, origins) = (&subject.lowered.model, &subject.lowered.origins);
        let options = specsmith_plan::Options::default();
        let plan = compile(model, origins, place.schema, Direction::Request, &options);
        let exported = exported(&subject);
        for text in instances.iter().filter(|it| !is_apart(it)) {
            let Ok(instance) = serde_json::from_str(text) else {
                continue;
            };
            let wanted = plan.verdict(text.as_bytes()) == Verdict::Valid;
            let (valid, invalid) = counts.get();
            counts.set(match wanted {
                true => (valid + 1, invalid),
                false => (valid, invalid + 1),
            });
            if exported.is_valid(&instance) != wanted {
                let why = format!("{spec}\n{text}\nthe plan says {wanted}");
                return Err(TestCaseError::fail(why));
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let (valid, invalid) = counts.get();
    assert!(valid > 150 && invalid > 150, "{valid} valid, {invalid} not");
}

#[test]
fn of_3_1() {
    run(Dialect::V3_1);
}

#[test]
fn of_3_0() {
    run(Dialect::V3_0);
}
