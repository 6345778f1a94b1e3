//! Schemas made of every keyword, with instances near their boundaries: the judges agree.

mod models;
mod strategy;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use specsmith_diagnostics::Level;
use specsmith_ir::Direction;
use specsmith_parity::{Agreed, Place, Subject};
use specsmith_sample::{Sampler, Style, break_at, write};

use strategy::Dialect;

/// How many schemas are made; `SPECSMITH_SCHEMAS` says otherwise for a longer run.
fn cases() -> u32 {
    let asked = std::env::var("SPECSMITH_SCHEMAS").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(300)
}

/// How many instances are drawn from each schema, beside those that know nothing of it.
const DRAWN: usize = 8;

/// How often a schema could be judged by; the others break a rule for documents.
#[derive(Default)]
struct Count {
    schemas: u32,
    judged: u32,
    valid: u32,
    invalid: u32,
}

fn run(dialect: Dialect) {
    let mut count = Count::default();
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    // One seed, so that a run can be had again; a long run goes further along the same way.
    let rng = proptest::test_runner::TestRng::deterministic_rng(
        proptest::test_runner::RngAlgorithm::ChaCha,
    );
    let mut runner = TestRunner::new_with_rng(config, rng);
    let cell = std::cell::RefCell::new(&mut count);
    let schemas = (strategy::schema(dialect), strategy::schema(dialect));
    let instances = proptest::collection::vec(strategy::instance(), 1..12);
    let outcome = runner.run(
        &(schemas, instances, any::<u64>()),
        |((root, other), own, seed)| {
            let spec = dialect.document(&root, &other);
            agree(&spec, &own, seed, &mut cell.borrow_mut())
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(
        count.judged * 10 > count.schemas * 7,
        "few schemas can be judged by"
    );
    assert!(count.valid * 10 > count.judged, "few instances are valid");
    assert!(
        count.invalid * 10 > count.judged,
        "few instances are invalid"
    );
}

fn agree(spec: &str, own: &[String], seed: u64, count: &mut Count) -> Result<(), TestCaseError> {
    count.schemas += 1;
    let Ok(subject) = Subject::of_text(spec) else {
        return Err(TestCaseError::fail(format!("cannot be read: {spec}")));
    };
    if !can_be_judged_by(&subject) {
        return Ok(());
    }
    let Some(place) = Place::named(&subject, "Root") else {
        return Err(TestCaseError::fail("there is no Root"));
    };
    count.judged += 1;
    for direction in [Direction::Request, Direction::Response] {
        let judges = match subject.judges(&place, direction) {
            Ok(judges) => judges,
            Err(findings) => {
                let why = format!("the reference refuses {spec}: {findings:?}");
                return Err(TestCaseError::fail(why));
            }
        };
        for record in own.iter().chain(&drawn(&subject, &place, direction, seed)) {
            match judges.compare(record.as_bytes()) {
                Ok(Agreed::Valid) => count.valid += 1,
                Ok(Agreed::Invalid | Agreed::Broken) => count.invalid += 1,
                Err(disagreement) => {
                    let why = format!("{spec}\n{}", judges.minimal(&disagreement));
                    return Err(TestCaseError::fail(why));
                }
            }
        }
    }
    Ok(())
}

/// Whether the front end has nothing against it. What is no schema it refuses; where a schema leads
/// back to itself about the same value it gives a warning, and no specification says what that
/// should mean.
fn can_be_judged_by(subject: &Subject) -> bool {
    let mut findings = subject.findings.iter().chain(&subject.lowered.findings);
    findings.all(|it| it.level != Level::Deny && it.code.as_str() != "spec/reference-cycle")
}

/// Instances drawn from a schema, each followed by one that is just invalid where there is one.
fn drawn(subject: &Subject, place: &Place, direction: Direction, seed: u64) -> Vec<String> {
    let model = &subject.lowered.model;
    let mut sampler = Sampler::new(model, direction, seed).with_most_values(60);
    let mut records = Vec::new();
    for _ in 0..DRAWN {
        let Some(sample) = sampler.draw(place.schema) else {
            break;
        };
        records.push(write(&sample.value, Style::Compact));
        let Some(site) = sampler.random().choice(&sample.sites) else {
            continue;
        };
        let broken = break_at(model, direction, &sample, site);
        records.extend(broken.map(|it| write(&it.value, Style::Escaped)));
    }
    records
}

#[test]
fn of_3_1() {
    run(Dialect::V3_1);
}

#[test]
fn of_3_0() {
    run(Dialect::V3_0);
}
