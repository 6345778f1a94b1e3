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
        let each = judges.plan().judges().into_iter();
        let said: Vec<_> = each
            .map(|(name, mut judge)| (name, judge.scan(record)))
            .collect();
        let first = said.first().map(|it| it.1);
        assert!(said.iter().all(|it| Some(it.1) == first), "{said:?}");
    });
}
