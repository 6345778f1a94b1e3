//! What is printed, and when.

use std::io::{Read, Write};

use serde_json::Value;

use crate::support::{BAD, folder, run};

#[test]
fn counts_and_files_are_not_touched_by_what_is_printed() {
    let lines = BAD.repeat(7);
    let folder = folder(&[("bad.ndjson", &lines)]);
    let arguments = [
        "validate",
        "bad.ndjson",
        "--allow",
        "lint",
        "--format",
        "ndjson",
        "--max-findings",
        "2",
        "--output",
        "json=out/all.json",
    ];
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.out.lines().count(), 2);
    assert!(
        ran.err.contains("5 findings are not printed"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("7 errors"), "{}", ran.err);
    let written = std::fs::read_to_string(folder.path().join("out/all.json")).expect("a file");
    let written: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["findings"].as_array().map(Vec::len), Some(7));
    assert_eq!(written["summary"]["deny"], 7);
}

/// Also where it is printed piece by piece, which it is not with a report that goes to a file.
#[test]
fn what_is_printed_on_the_way_is_what_is_printed_at_the_end() {
    let many = |count| BAD.repeat(count);
    let files = [
        ("a.ndjson", many(150)),
        ("b.json", BAD.to_owned()),
        ("c.ndjson", many(70)),
        ("d.ndjson", many(6_000)),
        ("e.ndjson", many(3)),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let folder = folder(&files);
    for format in ["text", "concise", "ndjson"] {
        for most in ["0", "64", "250"] {
            let printed = |jobs: &str, more: &[&str]| {
                let names = files.iter().map(|(name, _)| *name);
                let mut arguments = vec!["validate", "--allow", "lint", "absent.json"];
                arguments.extend(names);
                arguments.extend(["--format", format, "--max-findings", most, "--jobs", jobs]);
                arguments.extend(more);
                let ran = run(folder.path(), &arguments);
                assert_eq!(ran.code, 2);
                (ran.out, ran.err)
            };
            let at_the_end = printed("1", &["--output", "json=all.json"]);
            for jobs in ["1", "2"] {
                let on_the_way = printed(jobs, &[]);
                assert!(on_the_way == at_the_end, "{format} {most} {jobs}");
            }
        }
    }
}

/// Before the end of what is read.
#[test]
fn findings_are_printed_while_more_is_read() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .args(["validate", "-", "--stdin-filename", "x.ndjson"])
        .args(["--max-findings", "0"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("specsmith runs");
    let (mut to, mut from) = (child.stdin.take(), child.stdout.take());
    let (done, is_done) = std::sync::mpsc::channel::<()>();
    let writing = std::thread::spawn(move || {
        let to = to.take().expect("standard input");
        (&to)
            .write_all(BAD.repeat(8_000).as_bytes())
            .expect("taken");
        // It stays open until something was read, or nothing ever will be.
        is_done.recv_timeout(std::time::Duration::from_secs(60))
    });
    let mut first = [0; 1000];
    let from = from.as_mut().expect("standard output");
    from.read_exact(&mut first).expect("findings");
    assert!(first.starts_with(b"error[schema/type]: "));
    assert!(done.send(()).is_ok(), "only when there was no more to read");
    std::io::copy(from, &mut std::io::sink()).expect("the rest");
    writing.join().expect("written").expect("in time");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}
