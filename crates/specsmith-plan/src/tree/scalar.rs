//! Literals, strings and numbers.

use std::borrow::Cow;

use specsmith_decimal::DecimalRef;
use specsmith_diagnostics::{Code, Mistake};
use specsmith_ir::{Facet, Literal};
use specsmith_json::{Node as Json, Span, Value};
use specsmith_rules::pattern::{Extent, Match};
use specsmith_rules::{Fault, length, nearest};

use super::act::{choices, stranger};
use super::{Walk, report};
use crate::plan::{Kinds, Literals, NodeId, NumberRule, PatternRule, StringRule};

impl<'v> Walk<'_, 'v> {
    pub(super) fn literal(&mut self, id: NodeId, literals: &Literals, value: &'v Json) -> bool {
        if let Some(constant) = &literals.constant
            && !same(constant, value)
        {
            self.another(id, constant, value);
            return false;
        }
        let Some(listed) = &literals.listed else {
            return true;
        };
        if listed.iter().any(|literal| same(literal, value)) {
            return true;
        }
        if self.quiet > 0 {
            return false;
        }
        // Null that is listed is not allowed where the type does not allow it.
        let null = self.program.node(id).kinds.has(Kinds::NULL);
        let open = || listed.iter().filter(|it| null || **it != Literal::Null);
        let allowed = open().filter(|it| **it != Literal::Null).count();
        let words = listed.iter().filter_map(Literal::as_str);
        let near = value.as_str().and_then(|text| nearest(text, words));
        let fault = Fault::Enum {
            allowed,
            null: allowed < open().count(),
            near: near.map(|it| Cow::Owned(it.to_owned())),
        };
        let mut mistake = self.mistake(id, Facet::Listed, value.span, &fault);
        mistake.suggestion = near.map(|it| (quoted(it), report::range(value.span)));
        mistake.help = mistake.help.or_else(|| choices(open()));
        self.tell(mistake);
        false
    }

    /// Tells that a value is not the one that is allowed.
    fn another(&mut self, id: NodeId, constant: &Literal, value: &'v Json) {
        if self.quiet > 0 {
            return;
        }
        let mut mistake = self.mistake(id, Facet::Constant, value.span, &Fault::Const);
        let near = value.as_str().zip(constant.as_str());
        if let Some(near) = near.and_then(|(text, word)| nearest(text, [word])) {
            mistake.help = Some(format!("did you mean `{near}`?"));
            mistake.suggestion = Some((quoted(near), report::range(value.span)));
        } else {
            mistake.help = choices([constant]);
        }
        self.tell(mistake);
    }

    pub(super) fn string(&mut self, id: NodeId, rule: &StringRule, text: &str, span: Span) -> bool {
        let mut fine = true;
        if let Some(limit) = rule.min
            && !length::within_min(text, limit)
        {
            let length = length::count(text);
            fine = self.fail(
                id,
                Facet::MinLength,
                span,
                Fault::MinLength { limit, length },
            );
        }
        if let Some(limit) = rule.max
            && !length::within_max(text, limit)
        {
            let length = length::count(text);
            fine = self.fail(
                id,
                Facet::MaxLength,
                span,
                Fault::MaxLength { limit, length },
            );
        }
        if let Some(pattern) = &rule.pattern {
            fine &= self.pattern(id, Facet::Pattern, pattern, text, span);
        }
        if let Some(format) = &rule.format
            && !format.format.check(text)
        {
            let format = Cow::Owned(format.name.to_string());
            fine = self.fail(id, Facet::Format, span, Fault::Format { format });
        }
        fine
    }

    fn pattern(
        &mut self,
        id: NodeId,
        facet: Facet,
        rule: &PatternRule,
        text: &str,
        span: Span,
    ) -> bool {
        let pattern = || Cow::Owned(rule.text.to_string());
        match rule.search(text) {
            Match::Found => {
                self.watch_extent(id, rule, text, span);
                true
            }
            Match::Missing => {
                if self.quiet == 0 {
                    let fault = Fault::Pattern { pattern: pattern() };
                    let mut mistake = self.mistake(id, facet, span, &fault);
                    let stranger = rule.engine().and_then(|it| stranger(it, text));
                    mistake.help = stranger.map(|it| format!("{it}, cannot stand there"));
                    self.tell(mistake);
                }
                false
            }
            Match::Undecided => {
                let pattern = pattern();
                self.fail(id, facet, span, Fault::PatternSteps { pattern })
            }
        }
    }

    fn watch_extent(&mut self, id: NodeId, rule: &PatternRule, text: &str, span: Span) {
        if self.quiet > 0 || !self.program.options.watch.partial_patterns {
            return;
        }
        let extent = rule.engine().and_then(|it| it.extent(text));
        if extent != Some(Extent::Part) {
            return;
        }
        let all = "send only characters that the pattern allows";
        let stranger = rule.engine().and_then(|it| stranger(it, text));
        let message = format!("only a part of {} matches its pattern", self.subject());
        let code = Code(crate::codes::PARTIAL_PATTERN);
        let mistake = Mistake {
            help: Some(match stranger {
                Some(stranger) => format!("{all}: {stranger}, is none of them"),
                None => all.to_owned(),
            }),
            pointer: self.pointer(),
            spec: self
                .program
                .words
                .get(id as usize)
                .and_then(|words| words.place(Facet::Pattern)),
            ..Mistake::new(code, message, report::range(span))
        };
        self.tell(mistake);
    }

    pub(super) fn number(
        &mut self,
        id: NodeId,
        rule: &NumberRule,
        number: DecimalRef<'_>,
        span: Span,
    ) -> bool {
        let mut fine = true;
        let mut check = |walk: &mut Self, kept: bool, facet: Facet, fault: &dyn Fn() -> Fault| {
            if !kept {
                fine = walk.fail(id, facet, span, fault());
            }
        };
        if let Some(limit) = &rule.minimum {
            let fault = || Fault::Minimum {
                limit: limit.clone(),
            };
            check(self, number >= *limit, Facet::Minimum, &fault);
        }
        if let Some(limit) = &rule.exclusive_minimum {
            let fault = || Fault::ExclusiveMinimum {
                limit: limit.clone(),
            };
            check(self, number > *limit, Facet::ExclusiveMinimum, &fault);
        }
        if let Some(limit) = &rule.maximum {
            let fault = || Fault::Maximum {
                limit: limit.clone(),
            };
            check(self, number <= *limit, Facet::Maximum, &fault);
        }
        if let Some(limit) = &rule.exclusive_maximum {
            let fault = || Fault::ExclusiveMaximum {
                limit: limit.clone(),
            };
            check(self, number < *limit, Facet::ExclusiveMaximum, &fault);
        }
        if let Some(factor) = &rule.multiple_of {
            let kept = number.is_multiple_of(factor.view());
            let fault = || Fault::MultipleOf {
                factor: factor.clone(),
            };
            check(self, kept, Facet::MultipleOf, &fault);
        }
        if let Some((name, least, most)) = &rule.format {
            let kept = number >= *least && number <= *most;
            let fault = || Fault::Format {
                format: Cow::Owned(name.to_string()),
            };
            check(self, kept, Facet::Format, &fault);
        }
        fine
    }
}

/// Whether a value is a literal: numbers by value, objects whatever the order of their keys.
pub(crate) fn same(literal: &Literal, value: &Json) -> bool {
    match (literal, &value.value) {
        (Literal::Null, Value::Null) => true,
        (Literal::Boolean(one), Value::Boolean(other)) => one == other,
        (Literal::Number(one), Value::Number(other)) => other.decimal() == *one,
        (Literal::String(one), Value::String(other)) => **one == **other,
        (Literal::List(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Literal::Record(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        (
            Literal::Null
            | Literal::Boolean(_)
            | Literal::Number(_)
            | Literal::String(_)
            | Literal::List(_)
            | Literal::Record(_),
            _,
        ) => false,
    }
}

/// A text of the specification as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            char if char < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
