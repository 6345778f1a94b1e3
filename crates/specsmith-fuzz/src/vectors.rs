//! The fast tier says the same by every set of instructions that the machine has.

use crate::record::with_judges;

/// The first byte chooses the schema, the rest is the record.
///
/// # Panics
/// If two of them differ.
pub fn vectors(data: &[u8]) {
    let Some((choice, record)) = data.split_first() else {
        return;
    };
    with_judges(*choice, |judges| {
        let mut judge = judges.plan().judge();
        let said = judge.scan_by_each(record);
        let first = said.first().map(|it| it.1);
        assert!(said.iter().all(|it| Some(it.1) == first), "{said:?}");
    });
}
