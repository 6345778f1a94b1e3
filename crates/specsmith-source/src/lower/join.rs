//! What keywords say together: bounds that are excluded, names that are required, pairs.

use std::collections::{HashMap, HashSet};

use specsmith_ir::{Applied, Contains, Facet, Presence, SchemaId};

use super::Lowering;
use super::draft::Draft;

impl<'s> Lowering<'s> {
    /// What keywords say together, once all were read.
    pub(super) fn join(&mut self, id: SchemaId, draft: &mut Draft) {
        self.join_bounds(id, draft);
        self.join_required(draft);
        if let Some(schema) = draft.contains {
            draft.list.contains = Some(Contains {
                schema,
                min: draft.min_contains.map_or(1, |(count, _)| count),
                max: draft.max_contains.map(|(count, _)| count),
            });
        } else {
            for (_, key) in [draft.min_contains, draft.max_contains]
                .into_iter()
                .flatten()
            {
                self.ignored(key, "this has no effect without `contains`".to_owned());
            }
        }
        if let Some(condition) = draft.condition {
            draft.applied.push(Applied::If {
                condition,
                then: draft.then.map(|(schema, _)| schema),
                otherwise: draft.otherwise.map(|(schema, _)| schema),
            });
        } else {
            for (_, key) in [draft.then, draft.otherwise].into_iter().flatten() {
                self.ignored(key, "this has no effect without `if`".to_owned());
            }
        }
        match (draft.nullable, draft.types) {
            (Some(key), None) => {
                self.ignored(key, "`nullable` has no effect without `type`".to_owned());
                draft.nullable = None;
            }
            (Some(key), Some(_)) => self.record(id, Facet::Nullable, key),
            (None, _) => {}
        }
        if let Some(types) = draft.types {
            for (spoken, key, name) in std::mem::take(&mut draft.spoken) {
                if !types.accept(spoken) {
                    let kind = spoken.as_str();
                    let message = format!("`{name}` has no effect: the type is not `{kind}`");
                    self.ignored(key, message);
                }
            }
        }
    }

    /// 3.0: a boolean says that the bound itself is excluded.
    fn join_bounds(&mut self, id: SchemaId, draft: &mut Draft) {
        let rules = &mut draft.number;
        if let Some(key) = draft.excludes_minimum {
            rules.exclusive_minimum = rules.minimum.take();
            match rules.exclusive_minimum {
                Some(_) => self.record(id, Facet::ExclusiveMinimum, key),
                None => self.ignored(key, "this has no effect without `minimum`".to_owned()),
            }
        }
        let rules = &mut draft.number;
        if let Some(key) = draft.excludes_maximum {
            rules.exclusive_maximum = rules.maximum.take();
            match rules.exclusive_maximum {
                Some(_) => self.record(id, Facet::ExclusiveMaximum, key),
                None => self.ignored(key, "this has no effect without `maximum`".to_owned()),
            }
        }
    }

    fn join_required(&mut self, draft: &mut Draft) {
        if draft.required.is_empty() {
            return;
        }
        let record = &mut draft.record;
        let places: HashMap<String, usize> = record
            .properties
            .iter()
            .enumerate()
            .map(|(index, it)| (it.name.0.clone(), index))
            .collect();
        let mut seen = HashSet::new();
        for name in std::mem::take(&mut draft.required) {
            match places
                .get(&name.0)
                .and_then(|at| record.properties.get_mut(*at))
            {
                Some(property) => property.presence = Presence::Required,
                None if seen.insert(name.clone()) => record.also_required.push(name),
                None => {}
            }
        }
    }
}
