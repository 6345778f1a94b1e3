//! Checks payload files against an OpenAPI document and generates Rust model crates from it.
#![forbid(unsafe_code)]

pub mod args;
pub mod attributes;
pub mod baseline;
pub mod built_in;
pub mod check;
pub mod codes;
pub mod config;
pub mod connect;
pub mod console;
pub mod detect;
pub mod explain;
pub mod generate;
pub mod ids;
pub mod inputs;
pub mod jobs;
pub mod judge;
pub mod keys;
pub mod levels;
pub mod limits;
pub mod lines;
pub mod lints;
pub mod locate;
pub mod mask;
pub mod names;
pub mod outlet;
pub mod outputs;
pub mod progress;
pub mod repository;
pub mod response;
pub mod sample;
pub mod seen;
pub mod settings;
pub mod shell;
pub mod sink;
pub mod specs;
pub mod summary;
pub mod target;
pub mod validate;
pub mod watch;
pub mod yaml;

use std::ffi::OsString;

use args::{Cli, Command};
use console::Console;

/// The command: reads the arguments of the process, runs, and says how it went.
pub fn main() -> std::process::ExitCode {
    run(std::env::args_os(), &mut Console::of_process()).into()
}

/// Runs with these arguments, the first of which is the name of the program; gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console) -> u8 {
    let cli = match Cli::read(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, console),
    };
    match &cli.command {
        Command::Validate(arguments) => validate::run(arguments, console),
        Command::Generate(arguments) => generate::run(arguments, console),
        Command::Sample(arguments) => sample::run(arguments, console),
        Command::Explain(arguments) => explain::run(arguments, console),
        Command::ExplainResponse(arguments) => response::run(arguments, console),
        Command::Init => config::command::init(console),
        Command::Config(arguments) => config::command::show(arguments.config.as_deref(), console),
        Command::Completions(arguments) => shell::completions(arguments.shell, console),
        Command::Man => shell::man(console),
    }
}

/// What clap says: help and version on standard output, mistakes on standard error.
fn usage(error: &clap::Error, console: &mut Console) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() {
        console.note(text.trim_end());
        return validate::CANNOT_RUN;
    }
    console.report(&text);
    match console.finish() {
        Ok(()) => validate::CLEAN,
        Err(_) => validate::CANNOT_RUN,
    }
}
