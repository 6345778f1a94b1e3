//! What the derives for custom attributes say about mistakes: one file for each message.

use std::process::Command;

/// Messages that the compiler itself adds differ between its versions.
const COMPILER: &str = "rustc 1.95";

#[test]
fn messages() {
    let version = Command::new("rustc").arg("--version").output();
    let version = version.map(|it| it.stdout).unwrap_or_default();
    let version = String::from_utf8(version).unwrap_or_default();
    if version.starts_with(COMPILER) {
        trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    } else {
        println!("skipped: the messages are those of {COMPILER}, and this is {version}");
    }
}
