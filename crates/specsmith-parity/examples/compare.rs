//! One record, put to all judges of one schema: what each says, and a minimal record if they
//! disagree.
//!
//! `cargo run -p specsmith-parity --example compare -- SPEC SCHEMA RECORD`, where SCHEMA is the
//! name of a component or of an operation and RECORD is JSON, or a file behind an `@`.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;

use specsmith_parity::{Place, Subject};
use specsmith_source::Disk;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [spec, schema, record] = arguments.as_slice() else {
        println!("usage: compare SPEC SCHEMA RECORD|@FILE");
        return ExitCode::from(2);
    };
    match compare(spec, schema, record) {
        Ok((said, agree)) => {
            println!("{said}");
            ExitCode::from(u8::from(!agree))
        }
        Err(why) => {
            println!("{why}");
            ExitCode::from(2)
        }
    }
}

fn compare(spec: &str, schema: &str, record: &str) -> Result<(String, bool), String> {
    let record = match record.strip_prefix('@') {
        Some(path) => std::fs::read(path).map_err(|error| format!("{path}: {error}"))?,
        None => record.as_bytes().to_vec(),
    };
    let subject = Subject::load(&[spec.into()], &Disk).map_err(|it| format!("{it:?}"))?;
    let place = Place::named(&subject, schema).or_else(|| Place::request(&subject, schema));
    let place = place.ok_or_else(|| format!("there is no `{schema}`"))?;
    let judges = subject.judges(&place, place.direction);
    let judges = judges.map_err(|it| format!("{it:?}"))?;
    match judges.compare(&record) {
        Ok(agreed) => Ok((format!("all judges: {agreed:?}"), true)),
        Err(disagreement) => Ok((judges.minimal(&disagreement).to_string(), false)),
    }
}
