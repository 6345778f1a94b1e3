//! The table and the tests are the same.

use std::collections::BTreeSet;

use crate::support::rows;

#[test]
fn every_row_is_a_test_and_every_test_a_row() {
    let sources = [
        ("files", include_str!("files.rs")),
        ("nesting", include_str!("nesting.rs")),
        ("outputs", include_str!("outputs.rs")),
        ("references", include_str!("references.rs")),
        ("sizes", include_str!("sizes.rs")),
    ];
    let mut tests = BTreeSet::new();
    for (module, source) in sources {
        for after in source.split("#[test]\nfn ").skip(1) {
            let test = format!("{module}::{}", after.split('(').next().unwrap_or(after));
            assert!(
                source.contains(&format!("\"{test}\"")),
                "{test} asks no row"
            );
            tests.insert(test);
        }
    }
    let rows: BTreeSet<_> = rows().iter().map(|it| it.test.to_owned()).collect();
    assert_eq!(rows, tests);
}
