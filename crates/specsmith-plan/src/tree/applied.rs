//! Schemas that have a say about the same value.

use specsmith_diagnostics::Mistake;
use specsmith_ir::Facet;
use specsmith_json::Node as Json;
use specsmith_rules::Fault;

use super::Walk;
use crate::plan::{Apply, Node, NodeId};

/// How many things wrong with the nearest branch are told beside the finding.
const RELATED: usize = 3;
/// How many branches are looked at to find the nearest.
const COMPARED: usize = 32;

impl<'p, 'v> Walk<'p, 'v> {
    pub(super) fn applied(&mut self, id: NodeId, node: &'p Node, value: &'v Json) -> bool {
        let mut fine = true;
        for apply in self.program.applied_of(node) {
            fine &= self.apply(id, node, apply, value);
            if !fine && self.quiet > 0 {
                return false;
            }
        }
        fine
    }

    fn apply(&mut self, id: NodeId, node: &'p Node, apply: &'p Apply, value: &'v Json) -> bool {
        match apply {
            Apply::All(branches) => {
                let mut fine = true;
                for branch in branches {
                    fine &= self.visit(*branch, value);
                }
                fine
            }
            Apply::Any(branches) => {
                let mut fits = false;
                for branch in branches {
                    fits |= self.accepts(*branch, value);
                }
                if fits {
                    self.watch_branches(branches, value);
                    return true;
                }
                let branches_count = branches.len();
                let fault = Fault::AnyOf {
                    branches: branches_count,
                };
                self.no_branch(id, Facet::Any, fault, branches, value)
            }
            Apply::One(branches) => {
                let mut matched = 0;
                for branch in branches {
                    matched += usize::from(self.accepts(*branch, value));
                }
                let branches_count = branches.len();
                let fault = Fault::OneOf {
                    branches: branches_count,
                    matched,
                };
                match matched {
                    1 => {
                        self.watch_branches(branches, value);
                        true
                    }
                    0 => self.no_branch(id, Facet::One, fault, branches, value),
                    _ => self.fail(id, Facet::One, value.span, fault),
                }
            }
            Apply::Not(branch) => {
                !self.accepts(*branch, value) || self.fail(id, Facet::Not, value.span, Fault::Not)
            }
            Apply::If {
                condition,
                then,
                otherwise,
            } => {
                let branch = if self.accepts(*condition, value) {
                    then
                } else {
                    otherwise
                };
                branch.is_none_or(|branch| self.visit(branch, value))
            }
            Apply::Ref(target) => self.visit(*target, value),
            Apply::DynamicRef { anchor, fallback } => {
                let target = self.resolve(anchor).unwrap_or(*fallback);
                self.visit(target, value)
            }
            Apply::UnevaluatedItems(rest) => self.unevaluated_items(id, node, *rest, value),
            Apply::UnevaluatedProperties(rest) => {
                self.unevaluated_properties(id, node, *rest, value)
            }
        }
    }

    /// The outermost schema of a dynamic anchor in the resources gone through.
    pub(super) fn resolve(&self, anchor: &str) -> Option<NodeId> {
        self.scope.iter().find_map(|resource| {
            let anchors = self.program.anchors.get(resource.0 as usize)?;
            let named = anchors.iter().find(|(name, _)| **name == *anchor)?;
            Some(named.1)
        })
    }

    /// Lets the branches that accept the value tell what is watched for.
    fn watch_branches(&mut self, branches: &[NodeId], value: &'v Json) {
        if !self.watching() {
            return;
        }
        for branch in branches {
            if self.accepts(*branch, value) {
                self.visit(*branch, value);
            }
        }
    }

    fn no_branch(
        &mut self,
        id: NodeId,
        facet: Facet,
        fault: Fault,
        branches: &[NodeId],
        value: &'v Json,
    ) -> bool {
        if self.quiet > 0 || self.told.len() >= self.most {
            return false;
        }
        let mut mistake = self.mistake(id, facet, value.span, &fault);
        let mut nearest: Option<(Distance, NodeId, Vec<Mistake>)> = None;
        // Unions inside unions inside unions are not compared, since that multiplies.
        let compared = if self.comparing < 2 { COMPARED } else { 0 };
        for branch in branches.iter().take(compared) {
            let told = std::mem::take(&mut self.told);
            self.comparing += 1;
            self.visit(*branch, value);
            self.comparing -= 1;
            let against = std::mem::replace(&mut self.told, told).into_list();
            let distance = Distance::of(&against, &mistake);
            if nearest.as_ref().is_none_or(|(least, ..)| distance < *least) {
                nearest = Some((distance, *branch, against));
            }
        }
        if let Some((_, branch, against)) = nearest
            && let Some(first) = against.first()
        {
            let words = self.program.words.get(branch as usize);
            let name = match words.and_then(|it| it.name.as_deref()) {
                Some(name) => format!("the nearest alternative, `{name}`"),
                None => "the nearest alternative".to_owned(),
            };
            mistake.help = Some(match &first.help {
                Some(help) => format!("by {name}, {}; {help}", first.message),
                None => format!("by {name}, {}", first.message),
            });
            mistake.suggestion.clone_from(&first.suggestion);
            let related = against.into_iter().take(RELATED);
            mistake.related = related.map(|it| (it.message, it.bytes)).collect();
        }
        self.tell(mistake);
        false
    }
}

/// How far a value is from a branch: of another type altogether, told apart by a constant, or by
/// how many things are wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    other_type: bool,
    constants: usize,
    mistakes: usize,
}

impl Distance {
    fn of(against: &[Mistake], whole: &Mistake) -> Self {
        let is_type = |it: &Mistake| {
            matches!(it.code.as_str(), "schema/type" | "schema/false") && it.bytes == whole.bytes
        };
        let constants = against.iter().filter(|it| {
            matches!(it.code.as_str(), "schema/const" | "schema/enum") && it.bytes != whole.bytes
        });
        Self {
            other_type: against.iter().any(is_type),
            constants: constants.count(),
            mistakes: against.len(),
        }
    }
}
