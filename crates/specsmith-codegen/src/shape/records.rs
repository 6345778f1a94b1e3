//! Records: a map, a struct, or a JSON value where a struct cannot say the rules.

use specsmith_ir::{Direction, Step};

use super::choices::{never, plain};
use crate::build::{Body, Builder};
use crate::items::{Check, ItemKind, Judged, MapTy, Record, RecordField, RestSlot, Slot, Ty};
use crate::names::Scope;
use crate::path::Path;
use crate::view::{Conj, Part, RecordView, RestView, StringView, View};

impl Builder<'_> {
    pub(crate) fn record(
        &mut self,
        record: &RecordView,
        direction: Direction,
        path: &Path<'_>,
    ) -> Body {
        if record
            .properties
            .iter()
            .any(|it| it.required && it.forbidden)
        {
            return never();
        }
        let keys = self.names_view(record, direction);
        let named = record.properties.iter().any(|it| !it.forbidden);
        let complex = !record.patterns.is_empty()
            || !record.dependent_required.is_empty()
            || !record.dependent_schemas.is_empty()
            || keys.is_none()
            || (named
                && keys
                    .as_ref()
                    .is_some_and(|keys| *keys != StringView::default()));
        if complex {
            return Body::Item(self.complex_record(record, direction, path));
        }
        if !named && record.rest != RestView::Denied {
            return Body::Ty(Ty::Map(Box::new(MapTy {
                keys: keys.unwrap_or_default(),
                values: match &record.rest {
                    RestView::Collected(conj) => {
                        let below = path.step(&Step::Rest);
                        self.slot(&conj.clone(), direction, &below)
                    }
                    RestView::Ignored | RestView::Denied => Slot::any(),
                },
                min: record.min,
                max: record.max,
            })));
        }
        Body::Item(ItemKind::Record(self.fields(record, direction, path)))
    }

    /// The fields of a struct.
    pub(crate) fn fields(
        &mut self,
        record: &RecordView,
        direction: Direction,
        path: &Path<'_>,
    ) -> Record {
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(record.properties.len());
        for property in &record.properties {
            if property.forbidden {
                continue;
            }
            let below = path.with(property.name.as_str());
            let slot = self.slot(&property.conj, direction, &below);
            let schemas: Vec<_> = property.conj.0.iter().map(|part| part.schema).collect();
            let mut words = self.words(&schemas);
            if let (None, Err(Some(target))) = (&words.description, self.resolved(&property.conj)) {
                words.description = self.model.schema(target).notes.description.clone();
            }
            match property.access {
                specsmith_ir::Access::Both => {}
                specsmith_ir::Access::ReadOnly => words.read_only = true,
                specsmith_ir::Access::WriteOnly => words.write_only = true,
            }
            fields.push(RecordField {
                wire: property.name.as_str().to_owned(),
                name: scope.field(property.name.as_str()),
                slot,
                required: property.required,
                words,
            });
        }
        // A count of properties means those that the struct has no field for as well.
        let counted = record.min.is_some() || record.max.is_some();
        let rest = match &record.rest {
            RestView::Denied => RestSlot::Denied,
            RestView::Ignored if !counted => RestSlot::Ignored,
            RestView::Ignored => RestSlot::Kept {
                name: scope.field("rest"),
                values: Box::new(Slot::any()),
            },
            RestView::Collected(conj) => RestSlot::Kept {
                values: Box::new(self.slot(conj, direction, &path.step(&Step::Rest))),
                name: scope.field("rest"),
            },
        };
        Record {
            fields,
            rest,
            min: record.min,
            max: record.max,
        }
    }

    /// A JSON value that must be what each part says, where the parts do not merge.
    pub(crate) fn part_by_part(
        &mut self,
        members: &[Part],
        direction: Direction,
        path: &Path<'_>,
    ) -> ItemKind {
        let mut judged = Judged::default();
        for (index, part) in (1..).zip(members) {
            let conj = plain(&[*part]);
            if matches!(self.resolved(&conj), Err(None)) {
                continue;
            }
            let below = path.with(format!("Part{index}"));
            judged
                .checks
                .push(Check::Is(self.whole_slot(&conj, direction, &below)));
        }
        ItemKind::Judged(judged)
    }

    /// A record with rules that a struct cannot say.
    pub(crate) fn complex_record(
        &mut self,
        record: &RecordView,
        direction: Direction,
        path: &Path<'_>,
    ) -> ItemKind {
        let mut bare = RecordView {
            dependent_required: Vec::new(),
            dependent_schemas: Vec::new(),
            patterns: Vec::new(),
            names: Conj::default(),
            ..record.clone()
        };
        if !record.patterns.is_empty() {
            bare.rest = RestView::Ignored;
        }
        let below = path.with("Object");
        let body = self.record(&bare, direction, &below);
        let ty = self.settle_body(body, &below, &[]);
        let base = self.ruled(Slot::new(ty), &below);
        let mut judged = Judged {
            views: vec![("as_object".to_owned(), base.clone())],
            checks: vec![Check::Is(base)],
        };
        if !record.patterns.is_empty() {
            let mut patterns = Vec::new();
            for (pattern, conj) in &record.patterns {
                let slot = self.whole_slot(conj, direction, &path.with("Value"));
                patterns.push((pattern.clone(), slot));
            }
            let rest = match &record.rest {
                RestView::Ignored => Some(Slot::any()),
                RestView::Denied => None,
                RestView::Collected(conj) => {
                    Some(self.whole_slot(conj, direction, &path.with("Other")))
                }
            };
            let known = record.properties.iter();
            let known = known.filter(|it| it.listed && !it.forbidden);
            judged.checks.push(Check::Patterns {
                known: known.map(|it| it.name.as_str().to_owned()).collect(),
                patterns,
                rest,
            });
        }
        if record.names != Conj::default() {
            let slot = self.whole_slot(&record.names, direction, &path.step(&Step::Names));
            judged.checks.push(Check::Names(slot));
        }
        for (property, others) in &record.dependent_required {
            judged.checks.push(Check::DependentRequired {
                property: property.as_str().to_owned(),
                others: others.iter().map(|it| it.as_str().to_owned()).collect(),
            });
        }
        for (property, schema) in &record.dependent_schemas {
            let below = path.with(property.as_str());
            let slot = self.whole_slot(&Conj::of(*schema), direction, &below);
            judged.checks.push(Check::Dependent {
                property: property.as_str().to_owned(),
                slot,
            });
        }
        ItemKind::Judged(judged)
    }

    /// The rules for names, where they are rules for strings and nothing else.
    pub(crate) fn names_view(
        &self,
        record: &RecordView,
        direction: Direction,
    ) -> Option<StringView> {
        if record.names == Conj::default() {
            return Some(StringView::default());
        }
        let view = View::new(self.model, &record.names, direction);
        if !view.conditions.is_empty() || view.literals.is_some() {
            return None;
        }
        view.string
    }
}
