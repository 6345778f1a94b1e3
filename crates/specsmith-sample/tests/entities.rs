//! Samples of the entities, held against the judge that knows nothing of the model.

use std::path::{Path, PathBuf};

use specsmith_ir::{Direction, Facet, Model};
use specsmith_reference::{Reference, Target};
use specsmith_sample::{Sampler, Style, break_at, write};
use specsmith_source::{Disk, Limits, Specification, load, lower};

fn specification() -> Specification {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let names = ["agent", "conversation", "customer"];
    let paths: Vec<PathBuf> = names
        .iter()
        .map(|it| root.join(format!("{it}.yaml")))
        .collect();
    let (specification, findings) = load(&paths, &Disk, &Limits::default());
    assert!(findings.is_empty(), "{findings:?}");
    specification.expect("the specifications can be read")
}

const SCHEMAS: [&str; 6] = [
    "AgentMetadata",
    "ManyAgentMetadata",
    "ConversationMetadata",
    "ManyConversationMetadata",
    "CustomerMetadata",
    "ManyCustomerMetadata",
];

/// Lets `judge` see a reference and a sampler of each of the entities' schemas.
fn for_each(mut judge: impl FnMut(&Reference<'_>, &Model, specsmith_ir::SchemaId)) {
    let specification = specification();
    let model = lower(&specification).model;
    for name in SCHEMAS {
        let definition = model.definition(name).expect("a schema of the entities");
        let target = Target::Schema {
            name: name.to_owned(),
        };
        let reference = Reference::new(&specification, &target, Direction::Request);
        judge(
            &reference.expect("it can be judged by"),
            &model,
            definition.schema,
        );
    }
}

#[test]
fn every_sample_is_valid() {
    for_each(|reference, model, schema| {
        let mut sampler = Sampler::new(model, Direction::Request, 1);
        for _ in 0..200 {
            let sample = sampler.draw(schema).expect("a sample");
            for style in [Style::Compact, Style::Spaced, Style::Pretty, Style::Escaped] {
                let text = write(&sample.value, style);
                let mistakes = reference.judge(text.as_bytes());
                assert_eq!(mistakes, [], "{text}");
            }
        }
    });
}

#[test]
fn every_broken_sample_is_invalid() {
    let mut broken_facets = std::collections::BTreeSet::new();
    for_each(|reference, model, schema| {
        let mut sampler = Sampler::new(model, Direction::Request, 2);
        for _ in 0..40 {
            let sample = sampler.draw(schema).expect("a sample");
            for site in &sample.sites {
                let Some(broken) = break_at(model, Direction::Request, &sample, site) else {
                    continue;
                };
                broken_facets.insert(site.facet);
                let text = write(&broken.value, Style::Compact);
                assert!(!reference.verdict(text.as_bytes()), "{site:?} in {text}");
            }
        }
    });
    let facets = [
        Facet::Types,
        Facet::Listed,
        Facet::MaxLength,
        Facet::Pattern,
        Facet::Format,
        Facet::MinItems,
        Facet::MaxItems,
        Facet::Required,
    ];
    assert_eq!(broken_facets.into_iter().collect::<Vec<_>>(), facets);
}

#[test]
fn a_seed_gives_the_same_samples() {
    let specification = specification();
    let model = lower(&specification).model;
    let definition = model.definition("AgentMetadata").expect("a schema");
    let draw = |seed| {
        let mut sampler = Sampler::new(&model, Direction::Request, seed);
        let samples = (0..20).filter_map(|_| sampler.draw(definition.schema));
        let texts = samples.map(|it| write(&it.value, Style::Compact));
        texts.collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}
