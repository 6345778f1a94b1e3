//! Schemas that have a say about the same value.

use specsmith_diagnostics::Mistake;
use specsmith_ir::Facet;
use specsmith_json::Node as Json;
use specsmith_rules::{Fault, Types, nearest};

use super::act::choices;
use super::scalar::quoted;
use super::{Walk, report};
use crate::plan::{Apply, Kinds, Node, NodeId};

/// How many things wrong with the nearest branch are told beside the finding.
const RELATED: usize = 3;
/// How many branches are looked at to find the nearest.
const COMPARED: usize = 32;

/// What to do, and the text that does it.
type Act = (String, Option<(String, std::ops::Range<u64>)>);

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
        let most = if self.comparing < 2 { COMPARED } else { 0 };
        // What the value itself says it is needs no comparison.
        let named = self.named_branch(id, branches, value);
        let compared = named.map_or(branches, std::slice::from_ref);
        for branch in compared.iter().take(most) {
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
        if let Some((distance, branch, against)) = nearest {
            let tags = self.other_tags(branches, &distance, &against, value);
            let types = || Some((self.other_types(branches, &distance)?, None));
            let words = self.program.words.get(branch as usize);
            let name = words.and_then(|it| it.name.as_deref());
            let alternative = || {
                let first = against.first()?;
                Some((by_alternative(name, first), first.suggestion.clone()))
            };
            if let Some((help, suggestion)) = tags.or_else(types).or_else(alternative) {
                mistake.help = Some(help);
                mistake.suggestion = suggestion;
            }
            let related = against.into_iter().map(|it| match inner(&it) {
                Some(inner) => inner.clone(),
                None => (it.message, it.bytes),
            });
            mistake.related = related.take(RELATED).collect();
        }
        self.tell(mistake);
        false
    }

    /// The branch that the value names by the discriminator of the schema.
    fn named_branch<'b>(
        &self,
        id: NodeId,
        branches: &'b [NodeId],
        value: &Json,
    ) -> Option<&'b NodeId> {
        let words = |id: NodeId| self.program.words.get(id as usize);
        let tags = words(id)?.tags.as_ref()?;
        let tag = value.get(&tags.property)?.as_str()?;
        let mapped = tags.mapping.iter().find(|(value, _)| **value == *tag);
        branches.iter().find(|branch| match mapped {
            Some((_, node)) => node == *branch,
            None => words(**branch).and_then(|it| it.name.as_deref()) == Some(tag),
        })
    }

    /// What a property should be that tells the branches apart, where it is none of that.
    fn other_tags(
        &self,
        branches: &[NodeId],
        distance: &Distance,
        against: &[Mistake],
        value: &Json,
    ) -> Option<Act> {
        if distance.other_type || distance.constants == 0 {
            return None;
        }
        let constant = against.iter().find(|it| is_constant(it))?;
        let mut members = value.as_object()?.iter();
        let member = members.find(|it| report::range(it.node.span) == constant.bytes)?;
        let name = &member.key;
        let tag = |branch: &NodeId| self.tag_at(*branch, name);
        let tags = branches.iter().map(tag).collect::<Option<Vec<_>>>()?;
        let words = tags.iter().filter_map(|it| it.as_str());
        let near = member.node.as_str().and_then(|it| nearest(it, words));
        let help = match near {
            Some(near) => format!("did you mean `{near}` for `{name}`?"),
            None => format!("{} for `{name}`", choices(tags)?),
        };
        Some((help, near.map(|it| (quoted(it), constant.bytes.clone()))))
    }

    /// The types that the branches take, where the value is of none of them.
    fn other_types(&self, branches: &[NodeId], distance: &Distance) -> Option<String> {
        if !distance.other_type || branches.len() < 2 {
            return None;
        }
        let types = branches.iter().map(|it| self.types_at(*it));
        let types = types.fold(Types::NONE, Types::or);
        (!types.is_empty()).then(|| format!("send {types}"))
    }

    /// The types that a schema takes, by itself and by what it refers to.
    fn types_at(&self, id: NodeId) -> Types {
        let node = self.program.node(id);
        match self.program.target_of(node) {
            Some(target) if node.kinds.0 == Kinds::ALL => self.expected(self.program.node(target)),
            Some(_) | None => self.expected(node),
        }
    }
}

/// What the nearest alternative has against a value.
fn by_alternative(name: Option<&str>, first: &Mistake) -> String {
    let alternative = match name {
        Some(name) => format!("the nearest alternative, `{name}`"),
        None => "the nearest alternative".to_owned(),
    };
    match (inner(first), &first.help) {
        (Some((clause, _)), _) => format!("by {alternative}, {clause}"),
        (None, Some(help)) => format!("by {alternative}, {}; {help}", first.message),
        (None, None) => format!("by {alternative}, {}", first.message),
    }
}

/// What is wrong with a value that fits none of its own alternatives, by the nearest of them.
fn inner(mistake: &Mistake) -> Option<&(String, std::ops::Range<u64>)> {
    match mistake.code.as_str() {
        "schema/any-of" | "schema/one-of" => mistake.related.first(),
        _ => None,
    }
}

/// How far a value is from a branch: of another type altogether, told apart by a constant, by the
/// names of its properties, or by how many things are wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    other_type: bool,
    constants: usize,
    names: usize,
    mistakes: usize,
}

impl Distance {
    fn of(against: &[Mistake], whole: &Mistake) -> Self {
        let is_type = |it: &Mistake| {
            matches!(it.code.as_str(), "schema/type" | "schema/false") && it.bytes == whole.bytes
        };
        let inside = |it: &&Mistake| it.bytes != whole.bytes;
        let own = |it: &&Mistake| it.pointer == whole.pointer;
        let constants = against.iter().filter(inside).filter(|it| is_constant(it));
        let names = against.iter().filter(own);
        let names = names.filter(|it| it.code.as_str() == "schema/required");
        Self {
            other_type: against.iter().any(is_type),
            constants: constants.count(),
            names: names.count(),
            mistakes: against.len(),
        }
    }
}

fn is_constant(mistake: &Mistake) -> bool {
    matches!(mistake.code.as_str(), "schema/const" | "schema/enum")
}
