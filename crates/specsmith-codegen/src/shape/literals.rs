//! Listed values: an enum of those that the other rules let in.

use specsmith_ir::{Decimal, Direction, Literal};

use super::choices::never;
use super::numbers::format_range;
use crate::build::{Body, Builder};
use crate::items::{
    Check, ItemKind, Judged, LiteralVariant, Slot, StringVariant, Strings, Ty, Words,
};
use crate::kinds::Kinds;
use crate::names::Scope;
use crate::path::Path;
use crate::view::{Part, View};

impl Builder<'_> {
    pub(crate) fn literals(
        &mut self,
        view: &View,
        mut values: Vec<Literal>,
        direction: Direction,
        path: &Path<'_>,
    ) -> Body {
        values.retain(|value| *value != Literal::Null && fits(view, value));
        if values.is_empty() {
            return never();
        }
        let undecided = view
            .string
            .as_ref()
            .is_some_and(|string| !string.patterns.is_empty() || !string.formats.is_empty())
            || view.list.as_ref().is_some_and(|list| !list.is_unruled())
            || view
                .record
                .as_ref()
                .is_some_and(|record| !record.is_unruled());
        if undecided {
            let checks = vec![Check::Listed(
                values.iter().map(crate::literal::json).collect(),
            )];
            let kinds = view.own_kinds().without(Kinds::NULL);
            let below = path.with("Type");
            let mut bare = view.clone();
            bare.literals = None;
            let body = self.settled(bare, kinds, direction, &below);
            let ty = self.settle_body(body, &below, &view.members);
            let base = self.ruled(Slot::new(ty), &below);
            let mut judged = Judged {
                checks,
                views: Vec::new(),
            };
            judged.checks.push(Check::Is(base));
            return Body::Item(ItemKind::Judged(judged));
        }
        if values.len() == 2 && values.iter().all(|it| matches!(it, Literal::Boolean(_))) {
            return Body::Ty(Ty::Boolean);
        }
        let open = self.is_open(&view.members);
        Body::Item(self.listed(&values, &view.members, open))
    }

    /// An enum of strings, or of other values.
    fn listed(&self, values: &[Literal], members: &[Part], open: bool) -> ItemKind {
        let mut scope = Scope::default();
        let texts: Option<Vec<&str>> = values.iter().map(Literal::as_str).collect();
        match texts {
            Some(texts) => ItemKind::Strings(Strings {
                variants: values
                    .iter()
                    .zip(texts)
                    .map(|(value, text)| StringVariant {
                        wire: text.to_owned(),
                        name: scope.variant(text),
                        words: self.value_words(value, members),
                    })
                    .collect(),
                other: open.then(|| scope.variant("Unknown")),
            }),
            None => ItemKind::Literals(
                values
                    .iter()
                    .map(|value| {
                        let words = self.value_words(value, members);
                        // `1` says less than what a person calls it.
                        let title = words.title.as_ref().filter(|_| value.as_str().is_none());
                        let name = title.cloned();
                        let name = name.unwrap_or_else(|| crate::literal::name(value));
                        LiteralVariant {
                            json: crate::literal::json(value),
                            name: scope.variant(&name),
                            words,
                        }
                    })
                    .collect(),
            ),
        }
    }

    /// What is said of one value.
    fn value_words(&self, value: &Literal, members: &[Part]) -> Words {
        if self.spoken.is_empty() {
            return Words::default();
        }
        let json = crate::literal::json(value);
        let branches = members.iter().filter_map(|part| {
            let said = self.spoken.get(&part.schema)?;
            said.get(&json).copied()
        });
        self.words(&branches.collect::<Vec<_>>())
    }
}

/// Whether the rules that need no engine let a listed value in.
pub(crate) fn fits(view: &View, value: &Literal) -> bool {
    match value {
        Literal::String(text) => view.string.as_ref().is_some_and(|string| {
            let length = text.chars().count() as u64;
            string.min.is_none_or(|min| length >= min) && string.max.is_none_or(|max| length <= max)
        }),
        Literal::Number(number) => view.number.as_ref().is_some_and(|rules| {
            let format = rules.formats.iter().map(|it| format_range(*it));
            let mut in_formats = true;
            for (least, most) in format {
                in_formats &= *number >= Decimal::from(least) && *number <= Decimal::from(most);
            }
            in_formats
                && (!rules.integers || number.is_integer())
                && rules.minimum.as_ref().is_none_or(|it| number >= it)
                && rules
                    .exclusive_minimum
                    .as_ref()
                    .is_none_or(|it| number > it)
                && rules.maximum.as_ref().is_none_or(|it| number <= it)
                && rules
                    .exclusive_maximum
                    .as_ref()
                    .is_none_or(|it| number < it)
                && rules.multiples.iter().all(|it| number.is_multiple_of(it))
        }),
        Literal::Null | Literal::Boolean(_) | Literal::List(_) | Literal::Record(_) => true,
    }
}
