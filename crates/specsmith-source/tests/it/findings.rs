//! The table of codes.

use std::collections::BTreeSet;

use specsmith_source::CODES;

#[test]
fn codes_are_distinct_and_explained() {
    let mut seen = BTreeSet::new();
    for info in CODES {
        let code = info.code.as_str();
        assert!(seen.insert(code), "`{code}` stands there twice");
        let (area, name) = code.split_once('/').expect("`area/name`");
        assert!(["limit", "spec", "yaml"].contains(&area), "{code}");
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        assert!(name.chars().all(plain), "{code}");
        assert!(info.summary.starts_with(char::is_lowercase), "{code}");
        assert!(info.explanation.ends_with('.'), "{code}");
    }
}

/// Every code is raised in a test of this folder.
#[test]
fn codes_are_all_raised() {
    let tests = [
        include_str!("operations.rs"),
        include_str!("references.rs"),
        include_str!("schemas_3_0.rs"),
        include_str!("schemas_3_1.rs"),
        include_str!("texts.rs"),
        include_str!("corpus.rs"),
    ]
    .concat();
    for info in CODES {
        let code = info.code.as_str();
        assert!(tests.contains(code), "no test raises `{code}`");
    }
}
