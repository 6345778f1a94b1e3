//! Threads that begin together.
//!
//! A new thread often waits behind the one that made it, on the same processor, for milliseconds: as
//! long as a tenth of a file takes. One that was asleep is woken where nothing else runs.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Where threads meet before they begin.
#[derive(Debug, Default)]
pub struct Meeting {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    here: usize,
    begun: bool,
}

impl Meeting {
    /// Waits until all begin.
    pub fn come(&self) {
        let mut state = self.state();
        state.here += 1;
        self.changed.notify_all();
        while !state.begun {
            state = self.wait(state);
        }
    }

    /// Lets all begin, once so many others are here.
    pub fn begin(&self, others: usize) {
        let mut state = self.state();
        while state.here < others {
            state = self.wait(state);
        }
        state.begun = true;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        let changed = self.changed.wait(state);
        changed.unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn nobody_begins_before_all_are_here() {
        for others in [0, 1, 7] {
            let (meeting, came) = (Meeting::default(), AtomicUsize::new(0));
            let check = || assert_eq!(came.load(Ordering::SeqCst), others);
            std::thread::scope(|scope| {
                for _ in 0..others {
                    scope.spawn(|| {
                        came.fetch_add(1, Ordering::SeqCst);
                        meeting.come();
                        check();
                    });
                }
                meeting.begin(others);
                check();
            });
        }
    }
}
