//! Arrays that keep to counts, to what stands at each place, and to what some items must be.

use specsmith_ir::{Applied, Contains, Literal, SchemaId};

use crate::fit;
use crate::goal::Goal;
use crate::value::{Sampler, Trail};

/// A list that must be longer than this is not made.
const LONGEST: u64 = 20_000;
/// How often an item is drawn anew because it equals another, or is what it must not be.
const MOST_TRIES: usize = 8;

impl<'m> Sampler<'m> {
    pub(crate) fn list(&mut self, goal: &Goal<'m>, trail: &mut Trail) -> Option<Literal> {
        let rules: Vec<_> = goal.lists().collect();
        let contains: Vec<&Contains> = rules.iter().filter_map(|it| it.contains.as_ref()).collect();
        let least = rules.iter().filter_map(|it| it.min_items);
        let least = least.chain(contains.iter().map(|it| it.min)).max();
        let least = least.unwrap_or(0);
        let prefix = rules.iter().map(|it| it.prefix.len()).max().unwrap_or(0) as u64;
        let rest: Vec<SchemaId> = goal
            .applied()
            .filter_map(|it| match it {
                Applied::UnevaluatedItems(schema) => Some(*schema),
                Applied::All(_)
                | Applied::Any(_)
                | Applied::One(_)
                | Applied::Not(_)
                | Applied::If { .. }
                | Applied::Ref(_)
                | Applied::DynamicRef { .. }
                | Applied::UnevaluatedProperties(_) => None,
            })
            .collect();
        let spoken = rules.iter().any(|it| it.items.is_some()) || !contains.is_empty();
        let open = spoken || rest.iter().all(|it| !self.model.schema(*it).is_never());
        let most = rules.iter().filter_map(|it| it.max_items).min();
        let most = most.unwrap_or(u64::MAX);
        let most = if open { most } else { most.min(prefix) };
        if least > LONGEST || least > most {
            return None;
        }
        let extra = if self.has_room() {
            self.random.u64(0..=3)
        } else {
            0
        };
        // Now and then shorter than the prefix, which need not be used up.
        let wanted = if self.random.u8(0..4) == 0 {
            least.saturating_add(extra)
        } else {
            least.saturating_add(extra).max(prefix)
        };
        let unique = rules.iter().any(|it| it.unique);
        let mut items: Vec<Literal> = Vec::new();
        for index in 0..wanted.min(most) {
            let place = usize::try_from(index).ok()?;
            let mut roots: Vec<SchemaId> = rules
                .iter()
                .filter_map(|it| it.prefix.get(place).copied().or(it.items))
                .collect();
            roots.extend(
                contains
                    .iter()
                    .filter(|it| index < it.min)
                    .map(|it| it.schema),
            );
            if !spoken && index >= prefix {
                roots.extend(&rest);
            }
            let full: Vec<SchemaId> = contains
                .iter()
                .filter(|it| index >= it.min && it.max.is_some_and(|most| index >= most))
                .map(|it| it.schema)
                .collect();
            let mut drawn = None;
            for _ in 0..MOST_TRIES {
                let item = self.inside(place.to_string(), &roots, trail);
                let welcome = item
                    .as_ref()
                    .is_none_or(|it| !(self.fits_any(&full, it) || unique && items.contains(it)));
                if welcome {
                    drawn = item;
                    break;
                }
            }
            match drawn {
                Some(item) => items.push(item),
                None if index < least => return None,
                None => break,
            }
        }
        Some(Literal::List(items))
    }

    fn fits_any(&mut self, schemas: &[SchemaId], value: &Literal) -> bool {
        schemas.iter().any(|it| {
            fit::fits(self.model, self.direction, &mut self.patterns, *it, value) == Some(true)
        })
    }
}
