//! One crate from one document: `one_crate SPEC OUT NAME [PATH-OF-SPECSMITH-RULES]`.
//!
//! The same few lines serve a `build.rs`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a command's own output

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specsmith_codegen::{Manifest, Mode, generate_crate, write};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [spec, out, name, rest @ ..] = arguments.as_slice() else {
        eprintln!("one_crate SPEC OUT NAME [PATH-OF-SPECSMITH-RULES]");
        return ExitCode::from(2);
    };
    let manifest = Manifest::Standalone {
        rules: rest.first().cloned(),
    };
    let generated = generate_crate(&[PathBuf::from(spec)], name, manifest);
    for finding in &generated.findings {
        let place = finding.location.as_ref().map_or_else(String::new, |it| {
            format!("{}:{}:{}: ", it.file, it.line, it.column)
        });
        eprintln!("{} {place}{}", finding.code, finding.message);
    }
    if generated.tree.files.is_empty() {
        return ExitCode::from(2);
    }
    let outcome = match write(&generated.tree, Path::new(out), Mode::Write) {
        Ok(outcome) => outcome,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    println!(
        "{} files changed, {} types, {} lines",
        outcome.changes.len(),
        generated.stats.types,
        generated.stats.lines
    );
    ExitCode::from(u8::from(generated.is_broken()))
}
