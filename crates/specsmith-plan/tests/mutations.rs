//! Records as people and programs get them wrong: the scan, the tree and the reference agree on
//! each, and what is told stands where it is said to stand.
//!
//! `SPECSMITH_MUTATIONS` is how many records are judged of each schema.

mod support;

use std::path::PathBuf;

use fastrand::Rng;
use specsmith_ir::{Direction, SchemaId};
use specsmith_json::{Node, pointer};
use specsmith_plan::{Options, Plan, RecordReport, Shape, StreamOptions};
use specsmith_reference::{Reference, Target};
use specsmith_sample::{Sampler, Style, mutate, write};
use support::{Loaded, agree};

fn mutations() -> usize {
    let wanted = std::env::var("SPECSMITH_MUTATIONS").ok();
    wanted.and_then(|it| it.parse().ok()).unwrap_or(400)
}

/// Judges mutated samples of one schema; how many were valid.
fn judge(
    loaded: &Loaded,
    root: SchemaId,
    plan: &Plan,
    reference: &Reference<'_>,
    seed: u64,
) -> usize {
    let mut rng = Rng::with_seed(seed);
    let mut sampler = Sampler::new(&loaded.model, Direction::Request, seed);
    let mut options = Options::default();
    options.watch.unknown_properties = true;
    let (model, origins) = (&loaded.model, &loaded.origins);
    let watching = specsmith_plan::compile(model, origins, root, Direction::Request, &options);
    let styles = [Style::Compact, Style::Spaced, Style::Pretty, Style::Escaped];
    let mut valid = 0;
    for round in 0..mutations() {
        let Some(sample) = sampler.draw(root) else {
            continue;
        };
        let text = if round % 8 == 0 {
            write(&sample.value, styles[rng.usize(0..styles.len())]).into_bytes()
        } else {
            mutate(&sample.value, &mut rng).text
        };
        valid += usize::from(agree(plan, reference, &text));
        places(plan, &text);
        told_alike(&watching, &text);
    }
    valid
}

/// A stream tells of a record what an explanation tells, though it reads most of them without a
/// tree.
fn told_alike(plan: &Plan, text: &[u8]) {
    if text.contains(&b'\n') || text.contains(&b'\r') || text.trim_ascii().is_empty() {
        return;
    }
    let mut told = Vec::new();
    let options = StreamOptions::default();
    let counts = plan
        .run(text, Shape::Lines, &options, &mut |report: RecordReport<
            '_,
        >| {
            told.extend(report.mistakes);
        })
        .expect("memory");
    assert_eq!(counts.records, 1);
    let explained = plan.explain(text);
    if !text.starts_with(b"\xef\xbb\xbf") {
        let text = String::from_utf8_lossy(text);
        assert_eq!(format!("{told:#?}"), format!("{explained:#?}"), "{text}");
    }
}

/// Every finding's bytes are the value or the key that its pointer leads to.
fn places(plan: &Plan, text: &[u8]) {
    let reading = specsmith_json::read(text, &Default::default());
    let Some(root) = &reading.root else {
        return;
    };
    for mistake in plan.explain(text) {
        let span = (mistake.bytes.start as u32, mistake.bytes.end as u32);
        let told = || format!("{mistake:?} in {}", String::from_utf8_lossy(text));
        match mistake.code.as_str() {
            "json/byte-order-mark" => assert_eq!(span, (0, 3), "{}", told()),
            "json/duplicate-key" => {
                let raw = text.get(span.0 as usize..span.1 as usize).expect("bytes");
                let key = specsmith_json::read(raw, &Default::default());
                let key = key.root.expect("a string");
                let mut meant = String::new();
                pointer::push_key(&mut meant, key.as_str().expect("a string"));
                assert!(mistake.pointer.ends_with(&meant), "{}", told());
            }
            "schema/required" | "schema/dependent-required" => {
                let node = root
                    .pointer(&mistake.pointer)
                    .unwrap_or_else(|| panic!("{}", told()));
                assert_eq!(span, (node.span.start, node.span.start + 1), "{}", told());
            }
            _ => {
                let node = root
                    .pointer(&mistake.pointer)
                    .unwrap_or_else(|| panic!("{}", told()));
                let value = (node.span.start, node.span.end);
                let key = key_of(root, &mistake.pointer);
                assert!(span == value || Some(span) == key, "{}", told());
            }
        }
    }
}

fn key_of(root: &Node, at: &str) -> Option<(u32, u32)> {
    let (parent, token) = at.rsplit_once('/')?;
    let key = pointer::unescape(token)?;
    let member = root.pointer(parent)?.as_object()?.member(&key)?;
    Some((member.key_span.start, member.key_span.end))
}

fn own_specs(file: &str, operations: &[&str]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../specs")
        .join(file);
    let (specification, findings) = specsmith_source::load(
        &[path],
        &specsmith_source::Disk,
        &specsmith_source::Limits::default(),
    );
    let specification = specification.unwrap_or_else(|| panic!("{findings:?}"));
    let lowered = specsmith_source::lower(&specification);
    let loaded = Loaded {
        specification,
        model: lowered.model,
        origins: lowered.origins,
    };
    for operation in operations {
        let (_, found) = loaded.model.operation(operation).expect("it is there");
        let body = found.request.as_ref().expect("it has a body");
        let root = body.content[0].schema.expect("it has a schema");
        let plan = specsmith_plan::compile(
            &loaded.model,
            &loaded.origins,
            root,
            Direction::Request,
            &Options::default(),
        );
        let target = Target::Request {
            operation: (*operation).to_owned(),
            media_type: None,
        };
        let reference = Reference::new(&loaded.specification, &target, Direction::Request)
            .unwrap_or_else(|findings| panic!("{findings:?}"));
        let valid = judge(&loaded, root, &plan, &reference, 3);
        // Neither all nor none: else the mutations do not do what they are for.
        assert!(
            valid > mutations() / 20 && valid < mutations(),
            "{operation}: {valid}"
        );
    }
}

#[test]
fn agents() {
    own_specs("agent.yaml", &["singleAgentMetadata", "manyAgentMetadata"]);
}

#[test]
fn conversations() {
    own_specs(
        "conversation.yaml",
        &["singleConvoMetadata", "manyConversationMetadata"],
    );
}

#[test]
fn customers() {
    own_specs(
        "customer.yaml",
        &["singleCustomerMetadata", "manyCustomerMetadata"],
    );
}

#[test]
fn schemas_of_every_keyword() {
    let schemas = [
        "Root: {type: object, required: [id, kind], properties: {id: {type: string, minLength: 2, maxLength: 8}, kind: {enum: [a, b, 1, null]}, size: {type: number, minimum: -3, exclusiveMaximum: 10, multipleOf: 0.5}, tags: {type: array, uniqueItems: true, items: {type: [string, integer]}}, next: {$ref: '#/components/schemas/Root'}}, additionalProperties: false}",
        "Root: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\nA: {type: object, required: [t, x], properties: {t: {const: a}, x: {type: integer, format: int32}}}\nB: {type: object, required: [t], properties: {t: {const: b}, ys: {type: array, items: {$ref: '#/components/schemas/Root'}, maxItems: 3}}}",
        "Root: {type: object, properties: {a: {type: string, format: date-time}, b: {type: string, format: email}, abc: {type: integer}}, patternProperties: {'^a': {maxLength: 30}}, propertyNames: {maxLength: 6}, minProperties: 1, maxProperties: 5, dependentRequired: {b: [a]}, dependentSchemas: {abc: {required: [b]}}}",
        "Root: {anyOf: [{type: array, prefixItems: [{type: string}, {type: boolean}], items: {type: integer}, contains: {minimum: 3}}, {type: object, allOf: [{properties: {p: {type: string, pattern: '^[a-z]+$'}}}, {required: [p]}], properties: {q: {not: {type: 'null'}}}, unevaluatedProperties: {type: boolean}}]}",
        "Root: {type: object, allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}], properties: {c: {$ref: '#/components/schemas/Root'}, ds: {type: array, items: {$ref: '#/components/schemas/A'}}}}\nA: {type: object, properties: {a: {type: integer}, inner: {type: object, properties: {x: {type: boolean}, y: {type: string}}}}}",
        "Root: {type: object, properties: {name: {type: string}, value: {type: number}}, additionalProperties: {type: object, properties: {label: {type: string}, parts: {type: array, items: {type: object, properties: {part: {type: integer}}}}}}}",
        "Root: {type: array, items: {if: {properties: {k: {const: 1}}, required: [k]}, then: {required: [v]}, else: {type: [object, string], maxProperties: 2}}}",
    ];
    for schemas in schemas {
        let loaded = Loaded::of(schemas);
        let plan = loaded.plan("Root", &Options::default());
        let reference = loaded.reference("Root");
        judge(&loaded, loaded.root("Root"), &plan, &reference, 5);
    }
}
