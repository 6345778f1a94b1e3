//! Checks payload files against an OpenAPI document and generates Rust model crates from it.
#![forbid(unsafe_code)]

pub mod args;
pub mod codes;
pub mod console;
pub mod detect;
pub mod inputs;
pub mod keys;
pub mod levels;
pub mod lines;
pub mod mask;
pub mod names;
pub mod target;

/// The command: reads the arguments of the process, runs, and says how it went.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
