//! Mutated records of the three entities, each put to all judges.
//!
//! `cargo run --release -p specsmith-parity --example mutations -- --records N --seed S`
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;

use specsmith_ir::Direction;
use specsmith_parity::{Agreed, Disagreement, Place, Subject};
use specsmith_sample::{Mutation, Sampler, mutate};
use specsmith_source::Disk;

const ENTITIES: [(&str, &str); 3] = [
    ("agent", "AgentMetadata"),
    ("conversation", "ConversationMetadata"),
    ("customer", "CustomerMetadata"),
];

/// How many kinds of disagreement are cut down and shown.
const MOST_SHOWN: usize = 40;

/// What was seen.
#[derive(Default)]
struct Seen {
    records: usize,
    valid: usize,
    invalid: usize,
    broken: usize,
    mutations: BTreeMap<Mutation, usize>,
    disagreements: usize,
    /// The first of each kind, with what was done to the record.
    shown: BTreeMap<String, (String, Disagreement)>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, otherwise: u64| {
        let mut pairs = arguments.iter().zip(arguments.iter().skip(1));
        let found = pairs.find(|(it, _)| *it == name);
        found.map_or(Some(otherwise), |(_, value)| value.parse().ok())
    };
    let (Some(records), Some(seed), Some(jobs)) = (
        number("--records", 10_000),
        number("--seed", 1),
        number("--jobs", 2),
    ) else {
        println!("usage: mutations [--records N] [--seed N] [--jobs N]");
        return ExitCode::from(2);
    };
    let seen = Mutex::new(Seen::default());
    let jobs = jobs.max(1);
    std::thread::scope(|scope| {
        for job in 0..jobs {
            let seen = &seen;
            scope.spawn(move || run(records / jobs, seed.wrapping_add(job << 32), seen));
        }
    });
    let seen = seen
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    println!(
        "{} records: {} valid, {} invalid, {} broken; {} disagreements",
        seen.records, seen.valid, seen.invalid, seen.broken, seen.disagreements
    );
    for (mutation, count) in &seen.mutations {
        println!("  {mutation:?}: {count}");
    }
    for (done, disagreement) in seen.shown.values() {
        println!("{done}\n{disagreement}");
    }
    ExitCode::from(u8::from(seen.disagreements > 0))
}

/// Puts `records` mutated records to the judges, the entities in turn.
fn run(records: u64, seed: u64, seen: &Mutex<Seen>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    for (index, (file, schema)) in ENTITIES.iter().enumerate() {
        let subject = match Subject::load(&[root.join(format!("{file}.yaml"))], &Disk) {
            Ok(subject) => subject,
            Err(findings) => panic!("{file}: {findings:?}"),
        };
        let Some(place) = Place::named(&subject, schema) else {
            panic!("there is no {schema}");
        };
        let judges = match subject.judges(&place, Direction::Request) {
            Ok(judges) => judges,
            Err(findings) => panic!("{schema}: {findings:?}"),
        };
        let model = &subject.lowered.model;
        let mut sampler = Sampler::new(model, Direction::Request, seed.wrapping_add(index as u64));
        let mut judge = judges.plan().judge();
        let mut own = Seen::default();
        let mut sample = None;
        for number in 0..records.div_ceil(3) {
            if number % 4 == 0 {
                sample = sampler.draw(place.schema).map(|it| it.value);
            }
            let Some(value) = &sample else { continue };
            let mutated = mutate(value, sampler.random());
            own.records += 1;
            for mutation in &mutated.done {
                *own.mutations.entry(*mutation).or_default() += 1;
            }
            match judges.compare_with(&mut judge, &mutated.text) {
                Ok(Agreed::Valid) => own.valid += 1,
                Ok(Agreed::Invalid) => own.invalid += 1,
                Ok(Agreed::Broken) => own.broken += 1,
                Err(disagreement) => {
                    own.disagreements += 1;
                    let differences = disagreement.said.differences().into_iter();
                    let codes = differences.map(|(_, code)| code);
                    let said = &disagreement.said;
                    let kind = format!(
                        "{schema} {:?} {} {} {:?}",
                        said.scan,
                        said.verdict,
                        said.reference_verdict,
                        codes.collect::<std::collections::BTreeSet<_>>()
                    );
                    if own.shown.len() < MOST_SHOWN && !own.shown.contains_key(&kind) {
                        let minimal = judges.minimal(&disagreement);
                        let done = format!("{schema} {:?}", mutated.done);
                        own.shown.insert(kind, (done, minimal));
                    }
                }
            }
        }
        let mut seen = seen
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.records += own.records;
        seen.valid += own.valid;
        seen.invalid += own.invalid;
        seen.broken += own.broken;
        seen.disagreements += own.disagreements;
        for (mutation, count) in own.mutations {
            *seen.mutations.entry(mutation).or_default() += count;
        }
        for (kind, shown) in own.shown {
            seen.shown.entry(kind).or_insert(shown);
        }
    }
}
