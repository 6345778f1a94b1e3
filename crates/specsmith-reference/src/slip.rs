//! A mistake in the making, and the places of mistakes.

use std::ops::Range;

use specsmith_diagnostics::{Code, Mistake, Span};
use specsmith_json::{Node, pointer};
use specsmith_rules::Fault;

use crate::exact;
use crate::origin::Origin;

/// A mistake in the making.
pub(crate) struct Slip {
    pub(crate) fault: Fault,
    /// What the clause calls the value.
    pub(crate) subject: String,
    pub(crate) pointer: String,
    pub(crate) bytes: Range<u64>,
    pub(crate) spec: Option<Span>,
    pub(crate) help: Option<String>,
    pub(crate) suggestion: Option<(String, Range<u64>)>,
    pub(crate) related: Vec<(String, Range<u64>)>,
}

impl Slip {
    pub(crate) fn clause(&self) -> String {
        self.fault.clause(&self.subject)
    }

    pub(crate) fn into_mistake(self) -> Mistake {
        let (code, message) = (Code(self.fault.code()), self.clause());
        Mistake {
            help: self.fault.help().or(self.help),
            pointer: self.pointer,
            spec: self.spec,
            suggestion: self.suggestion,
            related: self.related,
            missing: self.fault.missing().map(Into::into),
            ..Mistake::new(code, message, self.bytes)
        }
    }

    /// Whether it is said of the value, and not of the key under which the value stands.
    pub(crate) fn is_about_value(&self) -> bool {
        !matches!(
            self.fault,
            Fault::AdditionalProperties { .. }
                | Fault::UnevaluatedProperties { .. }
                | Fault::PropertyNames
        )
    }
}

/// The value that an error is about.
pub(crate) struct Judged<'r> {
    pub(crate) node: &'r Node,
    pub(crate) pointer: &'r str,
    pub(crate) subject: String,
}

impl Judged<'_> {
    /// Something wrong with the value, at its bytes.
    pub(crate) fn slip(&self, fault: Fault, origin: Option<&Origin<'_>>) -> Slip {
        let span = self.node.span;
        let bytes = u64::from(span.start)..u64::from(span.end);
        let suggestion = match &fault {
            Fault::Enum {
                near: Some(near), ..
            } => Some((exact::quoted(near), bytes.clone())),
            _ => None,
        };
        // What is missing is missing from the object as a whole: at its opening brace.
        let bytes = match fault {
            Fault::Required { .. } | Fault::DependentRequired { .. } => {
                bytes.start..(bytes.start + 1)
            }
            _ => bytes,
        };
        Slip {
            fault,
            subject: self.subject.clone(),
            pointer: self.pointer.to_owned(),
            bytes,
            spec: origin.and_then(|origin| origin.spec),
            help: None,
            suggestion,
            related: Vec::new(),
        }
    }

    /// A slip at the key of a property.
    pub(crate) fn slip_at_key(
        &self,
        key: &str,
        fault: Fault,
        origin: Option<&Origin<'_>>,
    ) -> Option<Slip> {
        let member = self.node.as_object()?.member(key)?;
        let bytes = u64::from(member.key_span.start)..u64::from(member.key_span.end);
        let mut at = self.pointer.to_owned();
        pointer::push_key(&mut at, key);
        Some(Slip {
            pointer: at,
            bytes,
            ..self.slip(fault, origin)
        })
    }
}
