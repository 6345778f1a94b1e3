//! From a fault to a mistake: words, places, pointer.

use std::collections::HashSet;
use std::ops::Range;

use specsmith_diagnostics::{Code, Mistake};
use specsmith_ir::Facet;
use specsmith_json::{Span, pointer};
use specsmith_rules::Fault;

use super::{Step, Walk};
use crate::plan::NodeId;

/// Mistakes in the order in which they were told, each once.
#[derive(Default)]
pub(super) struct Told {
    list: Vec<Mistake>,
    /// Code, bytes and words of each; a value is of one wrong type, whoever says so.
    seen: HashSet<(Code, Range<u64>, String)>,
}

impl Told {
    pub(super) fn add(&mut self, mistake: Mistake) {
        let words = match mistake.code.as_str() {
            "schema/type" => String::new(),
            _ => mistake.message.clone(),
        };
        if self
            .seen
            .insert((mistake.code, mistake.bytes.clone(), words))
        {
            self.list.push(mistake);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn into_list(self) -> Vec<Mistake> {
        self.list
    }
}

/// What messages call the root of what is judged.
pub(crate) const DOCUMENT: &str = "the document";

impl Walk<'_, '_> {
    pub(super) fn mistake(&self, id: NodeId, facet: Facet, span: Span, fault: &Fault) -> Mistake {
        let (code, message) = (Code(fault.code()), fault.clause(&self.subject()));
        Mistake {
            help: fault.help(),
            pointer: self.pointer(),
            spec: self
                .program
                .words
                .get(id as usize)
                .and_then(|words| words.place(facet)),
            missing: fault.missing().map(Into::into),
            ..Mistake::new(code, message, range(span))
        }
    }

    /// Adds a mistake, unless the same has been said about the same bytes.
    pub(super) fn tell(&mut self, mistake: Mistake) {
        if self.quiet == 0 && self.told.len() < self.most {
            self.told.add(mistake);
        }
    }

    /// What a message calls the value at hand; only names that the specification knows are said.
    pub(super) fn subject(&self) -> String {
        match self.steps.last() {
            None => DOCUMENT.to_owned(),
            Some(Step::Key { name, known: true }) => format!("`{name}`"),
            Some(Step::Key { known: false, .. }) => "the value".to_owned(),
            Some(Step::Index(index)) => format!("item {index}"),
        }
    }

    pub(super) fn pointer(&self) -> String {
        let mut text = String::new();
        for step in &self.steps {
            match step {
                Step::Key { name, .. } => pointer::push_key(&mut text, name),
                Step::Index(index) => pointer::push_index(&mut text, *index),
            }
        }
        text
    }
}

pub(crate) fn range(span: Span) -> std::ops::Range<u64> {
    u64::from(span.start)..u64::from(span.end)
}
