//! Loads and lowers documents, and prints what that took: `cargo run --release --example lower --
//! FILE…`. With `--findings`, prints these too.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use specsmith_diagnostics::Level;
use specsmith_source::{Disk, Limits, load, lower};

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let findings = files.iter().any(|it| it == "--findings");
    files.retain(|it| it != "--findings");
    for file in files {
        let start = Instant::now();
        let (specification, mut found) = load(&[PathBuf::from(&file)], &Disk, &Limits::default());
        let loaded = start.elapsed();
        let Some(specification) = specification else {
            println!("{file}: not loaded");
            print(&found);
            continue;
        };
        let start = Instant::now();
        let lowered = lower(&specification);
        println!(
            "{file}: load {:?}, lower {:?}; {} schemas, {} definitions, {} operations",
            loaded,
            start.elapsed(),
            lowered.model.schemas.len(),
            lowered.model.definitions.len(),
            lowered.model.operations.len(),
        );
        found.extend(lowered.findings);
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for finding in &found {
            *counts.entry((finding.level, finding.code)).or_default() += 1;
        }
        for ((level, code), count) in counts.iter().rev() {
            println!("    {} {code}: {count}", level.as_str());
        }
        if findings {
            print(&found);
        } else {
            let grave = found.into_iter().filter(|it| it.level == Level::Deny);
            print(&grave.collect::<Vec<_>>());
        }
    }
}

fn print(findings: &[specsmith_diagnostics::Finding]) {
    for finding in findings {
        let place = finding.location.as_ref();
        let place = place.map(|it| format!("{}:{}:{}: ", it.file, it.line, it.column));
        println!(
            "  {}{} [{}]{}",
            place.unwrap_or_default(),
            finding.message,
            finding.code,
            finding
                .help
                .as_ref()
                .map(|it| format!(" ({it})"))
                .unwrap_or_default(),
        );
    }
}
