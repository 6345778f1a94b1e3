//! What the parts of a schema speak of, which is what `unevaluated…` asks for.

use specsmith_ir::{Applied, Contains, Direction, Rest, SchemaId, Step};

use crate::build::Builder;
use crate::items::{Spoken, When};
use crate::path::Path;
use crate::view::{Conj, dynamic_target};

/// Which keyword asks: it does not count itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    Items,
    Properties,
}

impl Builder<'_> {
    /// What a schema and all that it applies in place speak of, apart from the keyword that asks.
    pub(crate) fn spoken(
        &mut self,
        owner: SchemaId,
        asking: Asking,
        direction: Direction,
        path: &Path<'_>,
    ) -> Spoken {
        let mut spoken = Spoken::default();
        let mut within = Within {
            direction,
            path,
            above: Vec::new(),
        };
        self.add_spoken(owner, Some(asking), &mut within, &mut spoken);
        spoken
    }

    fn add_spoken(
        &mut self,
        id: SchemaId,
        asking: Option<Asking>,
        within: &mut Within<'_>,
        spoken: &mut Spoken,
    ) {
        // What leads back to itself in place says nothing more.
        if within.above.contains(&id) {
            return;
        }
        within.above.push(id);
        let model = self.model;
        let schema = model.schema(id);
        if let Some(record) = schema.types.record.as_deref() {
            let names = record
                .properties
                .iter()
                .map(|it| it.name.as_str().to_owned());
            spoken.names.extend(names);
            let patterns = record.patterns.iter().map(|it| it.pattern.clone());
            spoken.patterns.extend(patterns);
            spoken.all_properties |= record.rest != Rest::Ignored;
            for (name, branch) in &record.dependent_schemas {
                let when = When::Has(name.as_str().to_owned());
                self.add_branch(when, &[*branch], within, spoken);
            }
        }
        if let Some(list) = schema.types.list.as_deref() {
            spoken.prefix = spoken.prefix.max(list.prefix.len() as u64);
            spoken.all_items |= list.items.is_some();
            if let Some(Contains { schema, .. }) = &list.contains {
                let slot = self.fitting(*schema, &Step::Contains, within);
                spoken.contains.push(slot);
            }
        }
        for applied in &schema.applied {
            match applied {
                Applied::All(all) => {
                    for branch in all {
                        self.add_spoken(*branch, None, within, spoken);
                    }
                }
                Applied::Ref(target) => self.add_spoken(*target, None, within, spoken),
                Applied::DynamicRef { anchor, fallback } => {
                    let target = dynamic_target(model, anchor, *fallback);
                    self.add_spoken(target, None, within, spoken);
                }
                Applied::Any(branches) | Applied::One(branches) => {
                    for (index, branch) in (1..).zip(branches) {
                        let step = Step::Elsewhere(format!("Branch{index}"));
                        let when = When::Fits(self.fitting(*branch, &step, within));
                        self.add_branch(when, &[*branch], within, spoken);
                    }
                }
                Applied::Not(_) => {}
                Applied::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    let slot = self.fitting(*condition, &Step::If, within);
                    let then: Vec<SchemaId> = [*condition].into_iter().chain(*then).collect();
                    self.add_branch(When::Fits(slot.clone()), &then, within, spoken);
                    if let Some(otherwise) = otherwise {
                        self.add_branch(When::Differs(slot), &[*otherwise], within, spoken);
                    }
                }
                Applied::UnevaluatedItems(_) => {
                    spoken.all_items |= asking != Some(Asking::Items);
                }
                Applied::UnevaluatedProperties(_) => {
                    spoken.all_properties |= asking != Some(Asking::Properties);
                }
            }
        }
        within.above.pop();
    }

    /// What is spoken of only under a condition.
    fn add_branch(
        &mut self,
        when: When,
        schemas: &[SchemaId],
        within: &mut Within<'_>,
        spoken: &mut Spoken,
    ) {
        let mut below = Spoken {
            when,
            ..Spoken::default()
        };
        for schema in schemas {
            self.add_spoken(*schema, None, within, &mut below);
        }
        if !below.is_silent() {
            spoken.below.push(below);
        }
    }

    fn fitting(&mut self, id: SchemaId, step: &Step, within: &Within<'_>) -> crate::items::Slot {
        self.whole_slot(&Conj::of(id), within.direction, &within.path.step(step))
    }
}

/// Where the walk is.
struct Within<'p> {
    direction: Direction,
    path: &'p Path<'p>,
    /// The schemas being looked at, from the outside in.
    above: Vec<SchemaId>,
}
