//! The project's own commands.
#![forbid(unsafe_code)]

mod bench;
mod ci;
mod codegen;
#[cfg(feature = "corpus")]
mod corpus;
mod demo;
mod fuzz;
mod package;
mod tidy;
mod trees;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands. Each runs at the root of the repository, wherever it is called.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the crates that are generated from `specs/`.
    Codegen {
        /// Only says what would be written, and fails if that is anything.
        #[arg(long)]
        check: bool,
    },
    /// Shows what Specsmith does on the repository's own files.
    Demo,
    /// Puts the public suites and documents to all judges, and writes `docs/conformance.md`.
    #[cfg(feature = "corpus")]
    Corpus(corpus::Options),
    /// Puts the public suites and documents to all judges, and writes `docs/conformance.md`.
    #[cfg(not(feature = "corpus"))]
    Corpus {
        /// What that command takes.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Feeds arbitrary bytes to every door that bytes come in by.
    Fuzz(fuzz::Options),
    /// Packs every crate that is to be published, and looks whether anything is missing.
    Package {
        /// Also builds them from their packages alone.
        #[arg(long)]
        build: bool,
    },
    /// Says where the documentation of the tree is not true.
    Tidy,
    /// Measures the figures of `docs/benchmarks.md` and writes them down.
    Bench {
        /// The size of each corpus, in megabytes.
        #[arg(long, default_value_t = 100)]
        megabytes: u32,
        /// How often each pair is measured.
        #[arg(long, default_value_t = 5)]
        runs: u32,
        /// Stream 10 GB through as well.
        #[arg(long)]
        long: bool,
        /// The command `jsonschema` of PyPI's `sourcemeta-jsonschema`; without it that peer is skipped.
        #[arg(long, value_name = "COMMAND")]
        sourcemeta: Option<String>,
    },
    /// Runs all that must hold for a change to land.
    Ci,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Paths in messages are relative to the root.
    if let Err(error) = std::env::set_current_dir(root()) {
        complain(&format!(
            "the root of the repository cannot be entered: {error}"
        ));
        return ExitCode::from(2);
    }
    let done = match arguments.command {
        Command::Codegen { check } => codegen::codegen(Path::new(""), check),
        Command::Demo => demo::demo(Path::new(".")),
        #[cfg(feature = "corpus")]
        Command::Corpus(options) => corpus::corpus(Path::new("."), &options),
        #[cfg(not(feature = "corpus"))]
        Command::Corpus { rest } => with_corpus(&rest),
        Command::Fuzz(options) => fuzz::fuzz(Path::new("."), &options),
        Command::Package { build } => package::package(Path::new("."), build),
        Command::Tidy => tidy::tidy(Path::new(".")),
        Command::Bench {
            megabytes,
            runs,
            long,
            sourcemeta,
        } => {
            let long = long.then(|| "--long".to_owned());
            let peer = sourcemeta.map(|it| ["--sourcemeta".to_owned(), it]);
            let options: Vec<_> = long.into_iter().chain(peer.into_iter().flatten()).collect();
            bench::bench(Path::new("."), megabytes, runs, &options)
        }
        Command::Ci => ci::ci(Path::new(".")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            complain(&message);
            ExitCode::FAILURE
        }
    }
}

/// Runs this program again with both judges in it, which take long to build, optimised.
#[cfg(not(feature = "corpus"))]
fn with_corpus(rest: &[String]) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = std::process::Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "xtask"])
        .args(["--features", "corpus", "--", "corpus"])
        .args(rest)
        .status()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err("the corpus does not come out as it should".to_owned()),
    }
}

/// The root of the repository: the folder around this package.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

#[allow(clippy::print_stderr)] // a command's own output
fn complain(message: &str) {
    eprintln!("{message}");
}
