//! What the derive says about mistakes: one file for each message.
#![cfg(feature = "derive")]

use std::process::Command;

/// Messages that the compiler itself adds differ between its versions.
const COMPILER: &str = "rustc 1.95";

#[expect(
    clippy::print_stdout,
    reason = "whoever runs the tests is to see what was skipped"
)]
fn is_the_compiler() -> bool {
    let version = Command::new("rustc")
        .arg("--version")
        .output()
        .map(|it| it.stdout);
    let version = String::from_utf8(version.unwrap_or_default()).unwrap_or_default();
    if !version.starts_with(COMPILER) {
        println!("skipped: the messages are those of {COMPILER}, and this is {version}");
    }
    version.starts_with(COMPILER)
}

#[test]
#[cfg(all(feature = "pattern", feature = "serde"))]
fn messages() {
    if is_the_compiler() {
        trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    }
}

#[test]
#[cfg(not(feature = "pattern"))]
fn without_engines() {
    if is_the_compiler() {
        let cases = trybuild::TestCases::new();
        cases.pass("tests/ui_without_engines/one_class_needs_none.rs");
        cases.compile_fail("tests/ui_without_engines/pattern_needs_an_engine.rs");
    }
}
