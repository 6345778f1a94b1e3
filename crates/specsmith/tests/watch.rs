//! `--watch`: what is changed is checked again.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::{Duration, SystemTime};

/// A run that watches; it ends with the test.
struct Watching {
    child: Child,
    out: ChildStdout,
    err: BufReader<ChildStderr>,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_specsmith"))
            .current_dir(folder)
            .args(["validate", "--watch", "--format", "concise"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("specsmith runs");
        let out = child.stdout.take().expect("standard output");
        let err = BufReader::new(child.stderr.take().expect("standard error"));
        Self { child, out, err }
    }

    /// The summary of the next round, once it is over.
    fn round(&mut self) -> String {
        let mut summary = String::new();
        loop {
            let mut line = String::new();
            let length = self.err.read_line(&mut line).expect("a line");
            assert_ne!(length, 0, "the run has ended: {summary}");
            if line.starts_with("watching") {
                return summary;
            }
            summary.push_str(&line);
        }
    }

    /// What was reported in all rounds.
    fn end(mut self) -> String {
        self.child.kill().expect("ended");
        let mut report = String::new();
        self.out.read_to_string(&mut report).expect("a report");
        report
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended by itself, or been ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a file as if that had been done a while ago, so that the times of two texts differ however
/// coarse they are.
fn write(folder: &Path, name: &str, text: &str, seconds_ago: u64) {
    let path = folder.join(name);
    let file = std::fs::File::create(&path).expect("made");
    std::io::Write::write_all(&mut &file, text.as_bytes()).expect("written");
    let time = SystemTime::now() - Duration::from_secs(seconds_ago);
    file.set_modified(time).expect("a time");
}

#[test]
fn what_is_changed_or_new_is_checked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(folder, "a.json", "{\"externalAgentId\": 7}", 90);
    let mut watching = Watching::start(folder, &["."]);
    let first = watching.round();
    assert!(first.contains("1 file, 1 record"), "{first}");
    assert!(first.contains("1 error"), "{first}");
    // Of the same length, so that only its time tells.
    write(folder, "a.json", "{\"externalAgentId\":\"\"}", 80);
    write(folder, "a.json", "{\"externalAgentId\":\"7\"}", 80);
    let second = loop {
        let summary = watching.round();
        if summary.contains("nothing is wrong") {
            break summary;
        }
    };
    assert!(second.contains("1 file, 1 record"), "{second}");
    write(folder, "b.json", "{\"externalAgentId\": 7}", 70);
    while !watching.round().contains("2 files, 2 records") {}
    write(folder, "specsmith.toml", "stritc = true\n", 60);
    while !watching.round().contains("config/unknown-key") {}
    let report = watching.end();
    assert!(
        report.contains("a.json:1:21: error[schema/type]"),
        "{report}"
    );
    assert!(
        report.contains("b.json:1:21: error[schema/type]"),
        "{report}"
    );
    assert!(report.contains("did you mean `strict`?"), "{report}");
}

#[test]
fn standard_input_is_checked_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut watching = Watching::start(folder.path(), &["-"]);
    let mut said = String::new();
    watching.err.read_to_string(&mut said).expect("all of it");
    assert!(said.contains("standard input cannot be watched"), "{said}");
    assert_eq!(watching.child.wait().expect("an end").code(), Some(1));
}
