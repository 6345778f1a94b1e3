//! Circles of schemas that speak about the same value, which no judge could ever finish.

use specsmith_ir::{Applied, Facet, Schema, SchemaId};

use super::Lowering;
use crate::code;
use crate::notes::Note;

/// How far the search has come with a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    /// On the way that is being searched.
    Open,
    Done,
}

impl Lowering<'_> {
    /// Removes from each circle the reference that closes it. Afterwards the schemas that speak
    /// about the same value form no circle; recursion by way of properties and items stays.
    pub(super) fn cut_cycles(&mut self) {
        loop {
            let closing = self.closing();
            if closing.is_empty() {
                return;
            }
            for (from, to) in closing {
                self.cut(from, to);
            }
        }
    }

    /// One reference for each circle that one search finds.
    fn closing(&self) -> Vec<(SchemaId, SchemaId)> {
        let count = self.model.schemas.len();
        let mut marks = vec![Mark::New; count];
        let mut closing = Vec::new();
        // The way from the start to where the search is, with the steps not taken yet.
        let mut way: Vec<(SchemaId, Vec<SchemaId>)> = Vec::new();
        for start in (0..).map(SchemaId).take(count) {
            if mark_of(&marks, start) != Mark::New {
                continue;
            }
            set(&mut marks, start, Mark::Open);
            way.push((start, self.steps(start)));
            while let Some((at, steps)) = way.last_mut() {
                let (at, next) = (*at, steps.pop());
                let Some(next) = next else {
                    set(&mut marks, at, Mark::Done);
                    way.pop();
                    continue;
                };
                match mark_of(&marks, next) {
                    Mark::Done => {}
                    Mark::Open => closing.extend(self.reference_of(&way, at, next)),
                    Mark::New => {
                        set(&mut marks, next, Mark::Open);
                        way.push((next, self.steps(next)));
                    }
                }
            }
        }
        closing
    }

    /// The last reference of a circle: there is one, since all else leads inwards.
    fn reference_of(
        &self,
        way: &[(SchemaId, Vec<SchemaId>)],
        at: SchemaId,
        next: SchemaId,
    ) -> Option<(SchemaId, SchemaId)> {
        let nodes: Vec<SchemaId> = way.iter().map(|(id, _)| *id).collect();
        let from = nodes.iter().rposition(|it| *it == next)?;
        let inner = nodes.get(from..)?;
        let edges = inner
            .windows(2)
            .filter_map(|it| Some((*it.first()?, *it.last()?)));
        let mut edges: Vec<_> = edges.chain([(at, next)]).collect();
        edges.reverse();
        edges.into_iter().find(|(from, to)| {
            let schema = self.model.schemas.get(from.0 as usize);
            schema.is_some_and(|it| it.applied.iter().any(|it| is_reference_to(it, *to)))
        })
    }

    fn cut(&mut self, from: SchemaId, to: SchemaId) {
        if let Some(schema) = self.model.schemas.get_mut(from.0 as usize) {
            schema.applied.retain(|it| !is_reference_to(it, to));
        }
        if let Some(span) = self.origins.first(from, Facet::Ref).copied() {
            let message = "this reference leads back to where it comes from, about the same value";
            self.notes.push(
                Note::deny(code::REFERENCE_CYCLE, span, message)
                    .help("recursion needs a `properties` or `items` on its way"),
            );
        }
    }

    /// The schemas that speak about the same value, last first.
    fn steps(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.model.schemas.get(id.0 as usize);
        let mut steps = schema.map(of_same_value).unwrap_or_default();
        steps.reverse();
        steps
    }
}

fn of_same_value(schema: &Schema) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for applied in &schema.applied {
        match applied {
            Applied::All(schemas) | Applied::Any(schemas) | Applied::One(schemas) => {
                found.extend(schemas);
            }
            Applied::Not(schema) | Applied::Ref(schema) => found.push(*schema),
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                found.push(*condition);
                found.extend(then);
                found.extend(otherwise);
            }
            // Where it leads is known with a value in hand only, and the judges bound it.
            Applied::DynamicRef { .. } => {}
            Applied::UnevaluatedItems(_) | Applied::UnevaluatedProperties(_) => {}
        }
    }
    if let Some(record) = &schema.types.record {
        found.extend(record.dependent_schemas.iter().map(|(_, schema)| *schema));
    }
    found
}

fn is_reference_to(applied: &Applied, to: SchemaId) -> bool {
    matches!(applied, Applied::Ref(target) if *target == to)
}

fn mark_of(marks: &[Mark], id: SchemaId) -> Mark {
    marks.get(id.0 as usize).copied().unwrap_or(Mark::Done)
}

fn set(marks: &mut [Mark], id: SchemaId, mark: Mark) {
    if let Some(slot) = marks.get_mut(id.0 as usize) {
        *slot = mark;
    }
}
