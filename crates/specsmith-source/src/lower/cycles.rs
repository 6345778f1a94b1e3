//! Circles of schemas that speak about the same value, which no judge could ever finish.
//!
//! The usual one is a base with a `oneOf` of what extends it, each of which joins the base by
//! `allOf`. What leads around the circle is asked for once: the reference that closes it leads to
//! the rest of what stands there, here the base without its `oneOf`.

use std::collections::HashMap;

use specsmith_ir::{Applied, Facet, Home, Schema, SchemaId, Step};

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

/// A circle, by the reference at which it is opened.
#[derive(Clone, Copy)]
struct Circle {
    from: SchemaId,
    to: SchemaId,
    /// Where the circle goes on.
    next: SchemaId,
}

/// At most so many schemas are taken apart; beyond that the references themselves are left out.
const MOST_RESTS: usize = 10_000;

impl Lowering<'_> {
    /// Opens each circle at one of its references. Afterwards the schemas that speak about the same
    /// value form no circle; recursion by way of properties and items stays.
    pub(super) fn cut_cycles(&mut self) {
        let mut rests = HashMap::new();
        loop {
            let circles = self.circles();
            if circles.is_empty() {
                return;
            }
            for circle in circles {
                self.open(circle, &mut rests);
            }
        }
    }

    /// The circles that one search finds.
    fn circles(&self) -> Vec<Circle> {
        let count = self.model.schemas.len();
        let mut marks = vec![Mark::New; count];
        let mut circles = Vec::new();
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
                    Mark::Open => circles.extend(self.circle(&way, at, next)),
                    Mark::New => {
                        set(&mut marks, next, Mark::Open);
                        way.push((next, self.steps(next)));
                    }
                }
            }
        }
        circles
    }

    /// The circle that a step to a schema on the way closes. There is a reference in it, since all
    /// else leads inwards: best one to a schema that goes on to one of several, else the last.
    fn circle(
        &self,
        way: &[(SchemaId, Vec<SchemaId>)],
        at: SchemaId,
        next: SchemaId,
    ) -> Option<Circle> {
        let from = way.iter().rposition(|(id, _)| *id == next)?;
        let inner = way.get(from..)?.iter().map(|(id, _)| *id);
        let nodes: Vec<SchemaId> = inner.collect();
        debug_assert_eq!(nodes.last(), Some(&at));
        let ahead = |index: usize| nodes.get(index % nodes.len()).copied();
        let circles = (0..nodes.len()).rev().filter_map(|index| {
            Some(Circle {
                from: ahead(index)?,
                to: ahead(index + 1)?,
                next: ahead(index + 2)?,
            })
        });
        let mut circles = circles.filter(|it| {
            let schema = self.model.schemas.get(it.from.0 as usize);
            schema.is_some_and(|from| from.applied.iter().any(|to| is_reference_to(to, it.to)))
        });
        let chooses = |it: &Circle| {
            let schema = self.model.schemas.get(it.to.0 as usize);
            let mut applied = schema.into_iter().flat_map(|it| &it.applied);
            applied.any(|group| match group {
                Applied::Any(group) | Applied::One(group) => group.contains(&it.next),
                Applied::All(_)
                | Applied::Not(_)
                | Applied::If { .. }
                | Applied::Ref(_)
                | Applied::DynamicRef { .. }
                | Applied::UnevaluatedItems(_)
                | Applied::UnevaluatedProperties(_) => false,
            })
        };
        let last = circles.clone().next();
        circles.find(chooses).or(last)
    }

    fn open(&mut self, circle: Circle, rests: &mut HashMap<(SchemaId, SchemaId), SchemaId>) {
        let Circle { from, to, next } = circle;
        let rest = match rests.get(&(to, next)) {
            Some(rest) => Some(*rest),
            None if rests.len() >= MOST_RESTS => None,
            None => self.rest(to, next),
        };
        rests.extend(rest.map(|rest| ((to, next), rest)));
        let Some(schema) = self.model.schemas.get_mut(from.0 as usize) else {
            return;
        };
        match rest {
            Some(rest) => {
                for applied in &mut schema.applied {
                    if is_reference_to(applied, to) {
                        *applied = Applied::Ref(rest);
                    }
                }
            }
            None => schema.applied.retain(|it| !is_reference_to(it, to)),
        }
        if let Some(span) = self.origins.first(from, Facet::Ref).copied() {
            let message = "this reference leads back to where it comes from, about the same value";
            let note = Note::warn(code::REFERENCE_CYCLE, span, message)
                .help("what leads around the circle is asked for once");
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// A schema without what leads on to another.
    fn rest(&mut self, whole: SchemaId, next: SchemaId) -> Option<SchemaId> {
        let mut schema = self.model.schemas.get(whole.0 as usize)?.clone();
        for applied in &mut schema.applied {
            if let Applied::All(all) = applied {
                all.retain(|it| *it != next);
            }
        }
        schema.applied.retain(|it| match it {
            Applied::All(all) => !all.is_empty(),
            _ => !leads_to(it, next),
        });
        if let Some(record) = &mut schema.types.record {
            record.dependent_schemas.retain(|(_, it)| *it != next);
        }
        let id = SchemaId(u32::try_from(self.model.schemas.len()).ok()?);
        self.model.schemas.push(schema);
        self.model.homes.push(Home::Within {
            parent: whole,
            step: Step::Elsewhere("rest".to_owned()),
        });
        let origins: Vec<_> = self.origins.of(whole).map(|(it, at)| (*it, *at)).collect();
        for (facet, place) in origins {
            self.origins.record(id, facet, place);
        }
        Some(id)
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
    let mut found: Vec<SchemaId> = schema.applied.iter().flat_map(of_applied).collect();
    if let Some(record) = &schema.types.record {
        found.extend(record.dependent_schemas.iter().map(|(_, schema)| *schema));
    }
    found
}

fn leads_to(applied: &Applied, to: SchemaId) -> bool {
    of_applied(applied).contains(&to)
}

fn of_applied(applied: &Applied) -> Vec<SchemaId> {
    match applied {
        Applied::All(schemas) | Applied::Any(schemas) | Applied::One(schemas) => schemas.clone(),
        Applied::Not(schema) | Applied::Ref(schema) => vec![*schema],
        Applied::If {
            condition,
            then,
            otherwise,
        } => {
            let mut found = vec![*condition];
            found.extend(then);
            found.extend(otherwise);
            found
        }
        // Where it leads is known with a value in hand only, and the judges bound it.
        Applied::DynamicRef { .. } => Vec::new(),
        Applied::UnevaluatedItems(_) | Applied::UnevaluatedProperties(_) => Vec::new(),
    }
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
