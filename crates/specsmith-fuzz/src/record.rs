//! A record: every judge says the same about it.

use specsmith_parity::Judges;

use crate::cases::cases;

/// The first byte chooses the schema, the rest is the record.
///
/// # Panics
/// If judges disagree, or a mistake is at no place of the record.
pub fn record(data: &[u8]) {
    let Some((choice, record)) = data.split_first() else {
        return;
    };
    with_judges(*choice, |judges| {
        if let Err(disagreement) = judges.compare(record) {
            panic!("{disagreement}");
        }
        for mistake in judges.plan().explain(record) {
            let bytes = &mistake.bytes;
            assert!(
                bytes.start <= bytes.end && bytes.end <= record.len() as u64,
                "{} at {bytes:?} of {}",
                mistake.code,
                record.len()
            );
        }
    });
}

/// Runs with the judges of one schema, which are made once.
pub(crate) fn with_judges<T>(choice: u8, run: impl FnOnce(&Judges<'_>) -> T) -> T {
    thread_local! {
        static JUDGES: Vec<Judges<'static>> = cases().iter().map(crate::cases::Case::judges).collect();
    }
    JUDGES.with(|all| {
        let judges = all.get(usize::from(choice) % all.len());
        run(judges.unwrap_or_else(|| unreachable!("the remainder is an index")))
    })
}
