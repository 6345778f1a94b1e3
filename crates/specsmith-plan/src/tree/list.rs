//! Arrays.

use std::collections::HashMap;
use std::hash::RandomState;

use specsmith_ir::Facet;
use specsmith_json::Node as Json;
use specsmith_rules::Fault;

use super::{Step, Walk, report};
use crate::plan::{ANY, ContainsRule, ListRule, NodeId};

impl<'v> Walk<'_, 'v> {
    pub(super) fn list(
        &mut self,
        id: NodeId,
        rule: &ListRule,
        items: &'v [Json],
        value: &'v Json,
    ) -> bool {
        let mut fine = true;
        let elided = self.elided.filter(|it| it.start == value.span.start);
        let count = elided.map_or(items.len() as u64, |it| it.count);
        if count < rule.min {
            let limit = rule.min;
            fine = self.fail(
                id,
                Facet::MinItems,
                value.span,
                Fault::MinItems { limit, count },
            );
        }
        if count > rule.max {
            let limit = rule.max;
            fine = self.fail(
                id,
                Facet::MaxItems,
                value.span,
                Fault::MaxItems { limit, count },
            );
        }
        for (index, item) in items.iter().enumerate() {
            let node = rule.prefix.get(index).copied().unwrap_or(rule.items);
            if node == ANY {
                continue;
            }
            if !fine && self.quiet > 0 {
                return false;
            }
            self.steps.push(Step::Index(index));
            fine &= self.visit(node, item);
            self.steps.pop();
        }
        if rule.unique
            && let Some((first, second)) = repeated(items)
        {
            let fault = Fault::UniqueItems { first, second };
            let mut mistake = self.mistake(id, Facet::Unique, value.span, &fault);
            for (at, words) in [
                (first, "the first of the two"),
                (second, "the second of the two"),
            ] {
                if let Some(item) = items.get(at) {
                    let bytes = report::range(item.span);
                    mistake.related.push((words.to_owned(), bytes));
                }
            }
            self.tell(mistake);
            fine = false;
        }
        if let Some(contains) = &rule.contains {
            fine &= self.contains(id, contains, items, value);
        }
        fine
    }

    fn contains(
        &mut self,
        id: NodeId,
        rule: &ContainsRule,
        items: &'v [Json],
        value: &'v Json,
    ) -> bool {
        let mut count = 0;
        for item in items {
            count += u64::from(self.accepts(rule.node, item));
        }
        let mut fine = true;
        if count < rule.min {
            let limit = rule.min;
            let (facet, fault) = if limit == 1 {
                (Facet::Contains, Fault::Contains)
            } else {
                (Facet::MinContains, Fault::MinContains { limit, count })
            };
            fine = self.fail(id, facet, value.span, fault);
        }
        if let Some(limit) = rule.max
            && count > limit
        {
            let fault = Fault::MaxContains { limit, count };
            fine = self.fail(id, Facet::MaxContains, value.span, fault);
        }
        fine
    }
}

/// The first two items of the same value.
fn repeated(items: &[Json]) -> Option<(usize, usize)> {
    if items.len() <= 8 {
        return items.iter().enumerate().find_map(|(later, item)| {
            let mut before = items.iter().take(later);
            let earlier = before.position(|other| other.same_value(item))?;
            Some((earlier, later))
        });
    }
    let build = RandomState::new();
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(items.len());
    items.iter().enumerate().find_map(|(later, item)| {
        let alike = seen.entry(item.hash_value(&build)).or_default();
        let earlier = alike
            .iter()
            .copied()
            .find(|at| items.get(*at).is_some_and(|other| other.same_value(item)));
        alike.push(later);
        Some((earlier?, later))
    })
}
