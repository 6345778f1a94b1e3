//! When enough has been said about properties that nothing knows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Says when more properties that the specification does not know need only be counted, as
/// [`Counts::unknown`](crate::Counts::unknown), and not told: in files of another hand there may be
/// one in each record, and nobody reads a million findings.
///
/// It is said while a stream is read, to all of its threads, and holds to its end.
#[derive(Clone, Debug, Default)]
pub struct Enough {
    said: Arc<AtomicBool>,
    except: Option<Box<str>>,
}

impl Enough {
    /// Nothing is said yet. A property that is called `except` will always be told.
    pub fn new(except: Option<&str>) -> Self {
        Self {
            said: Arc::default(),
            except: except.map(Box::from),
        }
    }

    /// From now on they need not be told.
    pub fn say(&self) {
        self.said.store(true, Ordering::Relaxed);
    }

    /// What they are counted by, if it was said.
    pub(crate) fn said(&self) -> Option<&Self> {
        self.said.load(Ordering::Relaxed).then_some(self)
    }

    /// Whether the property with that name, as it is written, must be told.
    pub(crate) fn must_tell(&self, raw: &[u8]) -> bool {
        let except = |except: &str| raw == except.as_bytes() || raw.contains(&b'\\');
        self.except.as_deref().is_some_and(except)
    }
}
