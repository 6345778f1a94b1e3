//! Which types a view accepts without a rule.

use super::numbers::number_ty;
use crate::items::Ty;
use crate::kinds::Kinds;
use crate::style::Integers;
use crate::view::{Conj, ListView, NumberView, RecordView, RestView, StringView, View};

/// The types that are accepted without a rule.
pub(crate) fn unruled(view: &View) -> Kinds {
    let mut kinds = Kinds::NONE;
    kinds.set(Kinds::NULL, view.null);
    kinds.set(Kinds::BOOLEAN, view.boolean);
    let number = view.number.as_ref();
    kinds.set(
        Kinds::NUMBER,
        number.is_some_and(|it| number_ty(it, Integers::I64) == Ty::Number(NumberView::default())),
    );
    let string = view.string.as_ref();
    kinds.set(
        Kinds::STRING,
        string.is_some_and(|it| *it == StringView::default()),
    );
    kinds.set(
        Kinds::LIST,
        view.list.as_ref().is_some_and(ListView::is_unruled),
    );
    kinds.set(
        Kinds::RECORD,
        view.record.as_ref().is_some_and(RecordView::is_unruled),
    );
    kinds
}

impl ListView {
    pub(crate) fn is_unruled(&self) -> bool {
        self.min.is_none()
            && self.max.is_none()
            && !self.unique
            && self.prefix.is_empty()
            && self.items == Conj::default()
            && self.contains.is_empty()
    }
}

impl RecordView {
    pub(crate) fn is_unruled(&self) -> bool {
        self.properties.is_empty()
            && self.rest == RestView::Ignored
            && self.patterns.is_empty()
            && !self.entangled
            && self.min.is_none()
            && self.max.is_none()
            && self.names == Conj::default()
            && self.dependent_required.is_empty()
            && self.dependent_schemas.is_empty()
    }
}
