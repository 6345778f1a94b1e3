//! Samples of one keyword or few, held against the judge that knows nothing of the model.

use specsmith_ir::{Direction, Facet};
use specsmith_reference::{Reference, Target};
use specsmith_sample::{Sampler, Style, break_at, write};
use specsmith_source::{Embedded, Limits, load, lower};

/// Every sample of the schema is valid; what breaks one of those rules is not, and at least one
/// sample could be broken by each.
#[track_caller]
fn check(schema: &str, facets: &[Facet]) {
    let document = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{}},
        "components":{{"schemas":{{"Root":{schema}}}}}}}"#
    );
    let files = [("t.json", document.as_str())];
    let (specification, findings) = load(&["t.json".into()], &Embedded(&files), &Limits::default());
    assert!(findings.is_empty(), "{findings:?}");
    let specification = specification.expect("a document");
    let lowered = lower(&specification);
    assert!(lowered.findings.is_empty(), "{:?}", lowered.findings);
    let model = lowered.model;
    let root = model.definition("Root").expect("Root").schema;
    let target = Target::Schema {
        name: "Root".to_owned(),
    };
    let reference = Reference::new(&specification, &target, Direction::Request);
    let reference = reference.expect("it can be judged by");
    let mut sampler = Sampler::new(&model, Direction::Request, 3);
    let mut broken_facets = Vec::new();
    for _ in 0..200 {
        let sample = sampler.draw(root).expect("a sample");
        let text = write(&sample.value, Style::Compact);
        assert_eq!(reference.judge(text.as_bytes()), [], "{text}");
        for site in sample.sites.iter().filter(|it| facets.contains(&it.facet)) {
            let Some(broken) = break_at(&model, Direction::Request, &sample, site) else {
                continue;
            };
            broken_facets.push(site.facet);
            let text = write(&broken.value, Style::Compact);
            assert!(!reference.verdict(text.as_bytes()), "{site:?} in {text}");
        }
    }
    for facet in facets {
        assert!(broken_facets.contains(facet), "{facet:?}");
    }
}

#[test]
fn numbers() {
    check(
        r#"{"type":"number","minimum":0.5,"exclusiveMaximum":7,"multipleOf":0.25}"#,
        &[
            Facet::Minimum,
            Facet::ExclusiveMaximum,
            Facet::MultipleOf,
            Facet::Types,
        ],
    );
    check(
        r#"{"type":"integer","minimum":9223372036854775807,"maximum":9223372036854775809}"#,
        &[Facet::Minimum, Facet::Maximum],
    );
}

#[test]
fn strings() {
    check(
        r#"{"type":"string","minLength":3,"maxLength":5,"pattern":"^[a-c]+$"}"#,
        &[Facet::MinLength, Facet::MaxLength, Facet::Pattern],
    );
    check(r#"{"type":"string","format":"uuid"}"#, &[Facet::Format]);
}

#[test]
fn lists() {
    check(
        r#"{"type":"array","minItems":2,"maxItems":4,"uniqueItems":true,"items":{"enum":[1,2,3,4,5]}}"#,
        &[Facet::MinItems, Facet::MaxItems, Facet::Unique],
    );
    check(
        r#"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}"#,
        &[Facet::Types],
    );
    check(
        r#"{"type":"array","contains":{"const":7},"minContains":2,"maxContains":3,"items":{"type":"integer"}}"#,
        &[Facet::Contains, Facet::MaxContains],
    );
    check(
        r#"{"type":"array","prefixItems":[{"type":"string"}],"unevaluatedItems":false}"#,
        &[Facet::UnevaluatedItems],
    );
}

#[test]
fn records() {
    check(
        r#"{"type":"object","required":["a","b"],"properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}"#,
        &[Facet::Required],
    );
    check(
        r#"{"type":"object","properties":{"a":true},"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}"#,
        &[Facet::Rest, Facet::Types],
    );
    check(
        r#"{"type":"object","propertyNames":{"pattern":"^[a-z]{2,4}$"},"minProperties":2,"maxProperties":3}"#,
        &[Facet::Names, Facet::MinProperties, Facet::MaxProperties],
    );
    check(
        r#"{"type":"object","properties":{"a":true,"b":true,"c":true},"dependentRequired":{"a":["b","c"]}}"#,
        &[Facet::DependentRequired],
    );
    check(
        r#"{"type":"object","properties":{"a":true},"dependentSchemas":{"a":{"required":["z"],"properties":{"z":{"const":1}}}}}"#,
        &[Facet::Constant],
    );
    check(
        r#"{"type":"object","allOf":[{"properties":{"a":{"type":"string"}}}],"properties":{"b":true},"unevaluatedProperties":false}"#,
        &[Facet::UnevaluatedProperties],
    );
}

#[test]
fn branches() {
    check(
        r#"{"oneOf":[{"type":"object","required":["kind"],"properties":{"kind":{"const":"a"},"n":{"type":"integer"}}},
                     {"type":"object","required":["kind"],"properties":{"kind":{"const":"b"},"n":{"type":"string"}}}]}"#,
        &[Facet::One, Facet::Constant],
    );
    check(
        r#"{"oneOf":[{"type":"integer"},{"type":"number","minimum":5}]}"#,
        &[Facet::One],
    );
    check(
        r#"{"anyOf":[{"type":"integer"},{"type":"string","maxLength":3}]}"#,
        &[Facet::Any],
    );
    check(r#"{"type":"integer","not":{"minimum":5}}"#, &[Facet::Types]);
    check(
        r#"{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],
            "if":{"properties":{"a":{"minimum":3}}},"then":{"required":["b"]},"else":{"required":["c"]}}"#,
        &[Facet::Required],
    );
}

/// What holds itself, and must, has no instance that ends; that is found out soon.
#[test]
fn instances_without_end() {
    let document = "openapi: 3.1.0
components:
  schemas:
    Root:
      required: [left, right]
      type: object
      properties:
        left: { $ref: '#/components/schemas/Root' }
        right: { $ref: '#/components/schemas/Root' }
";
    let files = [("t.yaml", document)];
    let (specification, _) = load(&["t.yaml".into()], &Embedded(&files), &Limits::default());
    let model = lower(&specification.expect("a document")).model;
    let root = model.definition("Root").expect("Root").schema;
    let mut sampler = Sampler::new(&model, Direction::Request, 3).with_most_values(10);
    assert!(sampler.draw(root).is_none());
}
