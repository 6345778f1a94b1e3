//! What other nodes say about a value.

use super::{End, Scan, Stop};
use crate::marked::Marked;
use crate::plan::{ANY, Apply, Node, NodeId};
use crate::simd::Vector;

/// Schemas applied to one value inside one another; beyond, the tree looks for circles.
const MOST_NESTED: u32 = 32;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// What other nodes say about the value just passed, which is JSON without a doubt.
    #[inline(never)]
    pub(super) fn applied(
        &mut self,
        node: &'a Node,
        mark: usize,
        at: usize,
        end: usize,
    ) -> Result<(), Stop> {
        if node.by_tree || self.nested >= MOST_NESTED {
            return Err(Stop::Unsure);
        }
        self.nested += 1;
        for apply in self.program.applied_of(node) {
            let fits = match apply {
                Apply::All(branches) => {
                    let mut fits = true;
                    for branch in branches {
                        fits = fits && self.conjunct(*branch, mark, at, end)?;
                    }
                    fits
                }
                Apply::Any(branches) => {
                    // Whatever is watched for is told by every branch that accepts.
                    let watch = &self.program.options.watch;
                    let all = watch.unknown_properties || watch.partial_patterns;
                    let mut unsure = false;
                    let mut fits = false;
                    for branch in branches {
                        match self.branch(*branch, mark, at, end) {
                            Ok(it) => fits |= it,
                            Err(_) => unsure = true,
                        }
                        if fits && !all {
                            break;
                        }
                    }
                    if unsure && (all || !fits) {
                        return Err(Stop::Unsure);
                    }
                    fits
                }
                Apply::One(branches) => {
                    let mut matched = 0;
                    for branch in branches {
                        matched += u32::from(self.branch(*branch, mark, at, end)?);
                    }
                    matched == 1
                }
                Apply::Not(branch) => !self.branch(*branch, mark, at, end)?,
                Apply::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    let branch = if self.branch(*condition, mark, at, end)? {
                        then
                    } else {
                        otherwise
                    };
                    match branch {
                        Some(branch) => self.branch(*branch, mark, at, end)?,
                        None => true,
                    }
                }
                Apply::Ref(target) => self.conjunct(*target, mark, at, end)?,
                Apply::DynamicRef { .. }
                | Apply::UnevaluatedItems(_)
                | Apply::UnevaluatedProperties(_) => return Err(Stop::Unsure),
            };
            if !fits {
                return Err(Stop::Invalid);
            }
        }
        self.nested -= 1;
        Ok(())
    }

    /// The same as a conjunct, but what is watched for is not noted.
    #[inline(never)]
    pub(super) fn branch(
        &mut self,
        id: NodeId,
        mark: usize,
        at: usize,
        end: usize,
    ) -> Result<bool, Stop> {
        let telling = std::mem::replace(&mut self.telling, false);
        let verdict = self.conjunct(id, mark, at, end);
        self.telling = telling;
        verdict
    }

    /// Whether one more node accepts the value that stands at `at`. Goes back to its first mark,
    /// and leaves the marks behind it.
    #[inline(never)]
    fn conjunct(&mut self, id: NodeId, mark: usize, at: usize, end: usize) -> Result<bool, Stop> {
        if id == ANY {
            return Ok(true);
        }
        // Reading a value again and again adds up where unions nest; the tree remembers instead.
        let Some(rest) = self.patience.checked_sub(end - at) else {
            return Err(Stop::Unsure);
        };
        self.patience = rest;
        let behind = self.at;
        let (depth, nested, hashes) = (self.depth, self.nested, self.hashes.len());
        self.at = mark;
        let verdict = self.value_again(id, at);
        self.at = behind;
        self.depth = depth;
        self.nested = nested;
        self.hashes.truncate(hashes);
        match verdict {
            Ok(_) => Ok(true),
            Err(Stop::Invalid) => Ok(false),
            Err(Stop::Unsure) => Err(Stop::Unsure),
        }
    }

    #[inline(never)]
    pub(super) fn value_again(&mut self, id: NodeId, at: usize) -> End {
        self.value(id, at)
    }
}
