//! The workspace's example mistakes of JSON: code, line and column of each.

use std::fs;
use std::path::Path;

use specsmith_json::{Limits, Reading, Span, read};

#[test]
fn examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mistakes");
    let table = fs::read_to_string(folder.join("expected.tsv")).expect("the table");
    let mut checked = 0;
    // Files of lines hold several texts.
    let is_one = |row: &&str| row.starts_with("json-") && !row.contains(".ndjson");
    for row in table.lines().filter(is_one) {
        let columns: Vec<&str> = row.split('\t').collect();
        let &[file, _, code, _, line, column, pointer, ..] = columns.as_slice() else {
            panic!("{row}: too few columns");
        };
        let bytes = fs::read(folder.join(file)).expect("the file");
        let found = only_finding(read(&bytes, &Limits::default()));
        let place =
            found.map(|(code, span, pointer)| (code, line_and_column(&bytes, span), pointer));
        // Which item of a batch cannot be read is for others to say.
        let known = if code == "json/duplicate-key" {
            pointer
        } else {
            ""
        };
        let expected = (code, format!("{line}:{column}"), known.to_owned());
        assert_eq!(place, Some(expected), "{file}");
        checked += 1;
    }
    assert!(checked >= 20, "{checked} rows");
}

/// Code, place and pointer of the finding, if it is the only one.
fn only_finding(reading: Reading) -> Option<(&'static str, Span, String)> {
    match (reading.faults.as_slice(), reading.duplicates.as_slice()) {
        ([fault], []) => Some((fault.code(), fault.span, String::new())),
        ([], [twice]) => Some(("json/duplicate-key", twice.key, twice.pointer.clone())),
        _ => None,
    }
}

/// Both from 1, the column in code points.
fn line_and_column(bytes: &[u8], span: Span) -> String {
    let before = String::from_utf8_lossy(bytes.get(..span.start as usize).expect("inside"));
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
        + 1;
    format!("{line}:{column}")
}
