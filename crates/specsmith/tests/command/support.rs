//! Running the command in a folder of its own.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Ran {
    pub(crate) fn report(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|_| panic!("no JSON: {}\n{}", self.out, self.err))
    }

    pub(crate) fn codes(&self) -> Vec<String> {
        let findings = self.report()["findings"].clone();
        let findings = findings.as_array().expect("findings").iter();
        findings
            .map(|it| it["code"].as_str().expect("a code").to_owned())
            .collect()
    }
}

pub(crate) fn run_with(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("specsmith runs");
    // A command that does not read may be gone before everything is written.
    let _ = child.stdin.take().expect("standard input").write_all(stdin);
    let output = child.wait_with_output().expect("specsmith ends");
    Ran {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().expect("an exit code"),
    }
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, arguments, b"")
}

pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

pub(crate) const GOOD: &str = "{\"externalAgentId\": \"a-1\", \"lobId\": \"x\"}\n";
pub(crate) const BAD: &str = "{\"externalAgentId\": \"a-1\", \"lobId\": 7}\n";
pub(crate) const ODD: &str = "{\"externalAgentId\": \"a-1\", \"lobbId\": \"x\"}\n";
