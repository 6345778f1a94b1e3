//! Reads the values of keywords, and says what is wrong where a value is of the wrong kind.

use specsmith_diagnostics::Span;
use specsmith_ir::{Decimal, WireName};
use specsmith_json::{Member, Node};

use super::{Lowering, kind};
use crate::code;
use crate::notes::Note;
use crate::resolve::Scope;

/// A keyword where it stands.
#[derive(Clone, Copy)]
pub(super) struct Entry<'s> {
    pub(super) name: &'s str,
    pub(super) key: Span,
    pub(super) node: &'s Node,
    pub(super) scope: Scope,
}

impl<'s> Lowering<'s> {
    pub(super) fn entry(&self, member: &'s Member, scope: Scope) -> Entry<'s> {
        Entry {
            name: &member.key,
            key: self.place(scope, member.key_span),
            node: &member.node,
            scope,
        }
    }

    /// Says that a keyword is passed over because its value cannot be.
    pub(super) fn invalid(&mut self, entry: Entry<'s>, node: &Node, wanted: &str) {
        let message = match std::ptr::eq(entry.node, node) {
            true => format!("`{}` must be {wanted}, not {}", entry.name, kind(node)),
            false => format!(
                "each entry of `{}` must be {wanted}, not {}",
                entry.name,
                kind(node)
            ),
        };
        self.passed_over(entry, node, message);
    }

    /// Says that a keyword is passed over, and why.
    pub(super) fn passed_over(&mut self, entry: Entry<'s>, node: &Node, message: String) {
        self.passed_over_at(entry.scope, node.span, message);
    }

    /// The same of a place that is no value.
    pub(super) fn passed_over_at(
        &mut self,
        scope: Scope,
        span: specsmith_json::Span,
        message: String,
    ) {
        let span = self.place(scope, span);
        self.notes.push(
            Note::warn(code::INVALID_KEYWORD, span, message)
                .help("it is passed over until it is mended"),
        );
    }

    /// Says that a keyword has no effect where it stands.
    pub(super) fn ignored(&mut self, key: Span, message: String) {
        self.notes
            .push(Note::warn(code::IGNORED_KEYWORD, key, message));
    }

    pub(super) fn text(&mut self, entry: Entry<'s>) -> Option<&'s str> {
        let text = entry.node.as_str();
        if text.is_none() {
            self.invalid(entry, entry.node, "a string");
        }
        text
    }

    pub(super) fn flag(&mut self, entry: Entry<'s>) -> Option<bool> {
        let flag = entry.node.as_bool();
        if flag.is_none() {
            self.invalid(entry, entry.node, "a boolean");
        }
        flag
    }

    pub(super) fn number(&mut self, entry: Entry<'s>) -> Option<Decimal> {
        let number = entry.node.as_number();
        if number.is_none() {
            self.invalid(entry, entry.node, "a number");
        }
        number.map(|it| Decimal::from(it.decimal()))
    }

    /// A length or a number of things; what no machine counts to is read as the most that it does.
    pub(super) fn count(&mut self, entry: Entry<'s>) -> Option<u64> {
        const WANTED: &str = "an integer of 0 or more";
        let Some(number) = entry.node.as_number() else {
            self.invalid(entry, entry.node, WANTED);
            return None;
        };
        if let Some(count) = number.to_u64() {
            return Some(count);
        }
        let decimal = number.decimal();
        if !decimal.is_integer() || decimal.is_negative() {
            let message = format!("`{}` must be {WANTED}", entry.name);
            self.passed_over(entry, entry.node, message);
            return None;
        }
        let span = self.place(entry.scope, entry.node.span);
        let message = format!("`{}` is beyond 2^64 − 1 and read as that", entry.name);
        self.notes.push(Note::warn(code::TOO_LARGE, span, message));
        Some(u64::MAX)
    }

    /// A list of property names; nothing if there is anything else in it.
    pub(super) fn names(&mut self, entry: Entry<'s>, list: &'s Node) -> Option<Vec<WireName>> {
        let Some(items) = list.as_array() else {
            self.invalid(entry, list, "a list of property names");
            return None;
        };
        let mut names = Vec::with_capacity(items.len());
        for item in items {
            match item.as_str() {
                Some(name) => names.push(WireName::from(name)),
                None => self.invalid(entry, item, "a property name"),
            }
        }
        (names.len() == items.len()).then_some(names)
    }
}
