//! All judges asked about one record by one schema of a text: the door for tests.

use crate::{Agreed, Disagreement, Place, Subject};

/// Asks all judges about `payload` by the schema `name` of the document `spec`.
///
/// # Errors
/// If they disagree: a minimal record about which they do.
///
/// # Panics
/// If the document cannot be read, or has no such schema that can be judged by.
#[track_caller]
pub fn check(spec: &str, name: &str, payload: &[u8]) -> Result<Agreed, Box<Disagreement>> {
    let subject = match Subject::of_text(spec) {
        Ok(subject) => subject,
        Err(findings) => panic!("the document cannot be read: {findings:?}"),
    };
    let Some(place) = Place::named(&subject, name) else {
        panic!("there is no schema `{name}`");
    };
    match subject.judges(&place, place.direction) {
        Ok(judges) => judges
            .compare(payload)
            .map_err(|it| Box::new(judges.minimal(&it))),
        Err(findings) => panic!("the reference cannot judge by `{name}`: {findings:?}"),
    }
}
