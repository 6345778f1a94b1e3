//! Work for several threads, whose results come in the order of the work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::Builder;

use specsmith_plan::Meeting;

/// Does `work` for each item on so many threads, and hands the results to `take` in the order of
/// the items.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R),
) {
    if threads > 1 && on_threads(items, threads, &work, &mut take) {
        return;
    }
    for item in items {
        take(item, work(item));
    }
}

/// The same on threads of their own; whether any could be started.
fn on_threads<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: &(impl Fn(&T) -> R + Sync),
    take: &mut impl FnMut(&T, R),
) -> bool {
    let next = &AtomicUsize::new(0);
    let meeting = &Meeting::default();
    // A worker that is far ahead waits, so that results do not pile up.
    let (send, receive) = mpsc::sync_channel(threads * 4);
    std::thread::scope(|scope| {
        let started = (0..threads).filter(|_| {
            let send = send.clone();
            let run = move || {
                meeting.come();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else {
                        return;
                    };
                    // Nobody takes results any more only if taking has panicked.
                    if send.send((index, work(item))).is_err() {
                        return;
                    }
                }
            };
            // A thread that cannot be started leaves its share to the others.
            Builder::new().spawn_scoped(scope, run).is_ok()
        });
        let started = started.count();
        drop(send);
        meeting.begin(started);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (index, result) in receive {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                if let Some(item) = items.get(due) {
                    take(item, result);
                }
                due += 1;
            }
        }
        started > 0
    })
}

/// Something that the works of several threads use one after the other, in the order of the work.
#[derive(Debug, Default)]
pub struct InTurn<T> {
    state: Mutex<Turns<T>>,
    passed: Condvar,
}

#[derive(Debug, Default)]
struct Turns<T> {
    value: T,
    /// Every work before this one is done.
    next: usize,
    /// Works that are done before their turn.
    early: BTreeSet<usize>,
}

/// The turn of one work. It ends when this is dropped.
#[derive(Debug)]
pub struct Turn<'t, T> {
    of: &'t InTurn<T>,
    number: usize,
}

impl<T> InTurn<T> {
    /// The turn of a work; each must have one.
    pub fn turn(&self, number: usize) -> Turn<'_, T> {
        Turn { of: self, number }
    }

    /// What is left when all is done.
    pub fn into_inner(self) -> T {
        let state = self.state.into_inner();
        state.unwrap_or_else(PoisonError::into_inner).value
    }

    fn lock(&self) -> MutexGuard<'_, Turns<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Turn<'_, T> {
    /// Waits until every work before this one is done, and uses what they share.
    pub fn with<R>(&self, use_it: impl FnOnce(&mut T) -> R) -> R {
        let mut state = self.of.lock();
        while state.next < self.number {
            let passed = self.of.passed.wait(state);
            state = passed.unwrap_or_else(PoisonError::into_inner);
        }
        use_it(&mut state.value)
    }
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        let mut state = self.of.lock();
        state.early.insert(self.number);
        while {
            let next = state.next;
            state.early.remove(&next)
        } {
            state.next += 1;
        }
        self.of.passed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_come_in_order_whoever_is_first() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [1, 3] {
            let seen = InTurn::<Vec<usize>>::default();
            let work = |number: &usize| {
                let turn = seen.turn(*number);
                // Some need no turn, some take it twice.
                for _ in 0..number % 3 {
                    turn.with(|seen| seen.push(*number));
                }
            };
            in_order(&items, threads, work, |_, ()| {});
            let expected = items.iter().flat_map(|it| vec![*it; it % 3]);
            assert_eq!(seen.into_inner(), expected.collect::<Vec<_>>());
        }
    }

    #[test]
    fn results_come_in_order() {
        let items: Vec<u64> = (0..200).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            let slow = |it: &u64| {
                std::thread::sleep(std::time::Duration::from_micros((it * 7919) % 50));
                it * 2
            };
            in_order(&items, threads, slow, |item, result| {
                taken.push((*item, result))
            });
            let expected: Vec<_> = items.iter().map(|it| (*it, it * 2)).collect();
            assert_eq!(taken, expected);
        }
    }
}
