//! What the derive says about mistakes: one file for each message.
#![cfg(all(feature = "derive", feature = "pattern", feature = "serde"))]

use std::process::Command;

/// Messages that the compiler itself adds differ between its versions.
const COMPILER: &str = "rustc 1.95";

#[test]
fn messages() {
    let version = Command::new("rustc")
        .arg("--version")
        .output()
        .map(|it| it.stdout);
    let version = String::from_utf8(version.unwrap_or_default()).unwrap_or_default();
    if !version.starts_with(COMPILER) {
        println!("skipped: the messages are those of {COMPILER}, and this is {version}");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
