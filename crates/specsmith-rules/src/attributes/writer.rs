//! Writing: from the fields of a struct to a list of attributes.

use std::borrow::Cow;

use super::limits::Limits;
use super::reader::{search, violation};
use super::{AttributeFault, AttributePair, AttributeSpec};
use crate::pattern::Shared;
use crate::{Fault, Path, Violations};

/// A list of attributes that is being written, and what is wrong with it so far.
#[derive(Debug)]
pub struct Writer {
    pairs: Vec<(Cow<'static, str>, String)>,
    known: &'static [AttributeSpec<'static>],
    limits: &'static Limits,
    violations: Violations,
}

impl Writer {
    pub(super) fn new(limits: &'static Limits, known: &'static [AttributeSpec<'static>]) -> Self {
        Self {
            pairs: Vec::with_capacity(known.len()),
            known,
            limits,
            violations: Violations::new(),
        }
    }

    /// The attribute of a field.
    pub fn field(
        &mut self,
        spec: &'static AttributeSpec<'static>,
        pattern: Option<&'static Shared>,
        text: String,
    ) {
        match self.limits.value.fault(&text) {
            Some(fault) => self.record_value(Some(spec.name), fault),
            None => {
                for fault in spec.faults(&text, |text| search(pattern, text)) {
                    self.record_value(Some(spec.name), fault.into());
                }
            }
        }
        self.pairs.push((Cow::Borrowed(spec.name), text));
    }

    /// The attributes that a map holds, in the order of their names.
    pub fn rest<'m, K: AsRef<str> + 'm, V: AsRef<str> + 'm>(
        &mut self,
        map: impl IntoIterator<Item = (&'m K, &'m V)>,
    ) {
        let mut pairs: Vec<_> = map
            .into_iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
            .collect();
        pairs.sort_unstable();
        for (name, value) in pairs {
            let index = self.pairs.len();
            let [name_key, _] = self.limits.keys;
            let mut record = |fault: Fault| {
                let violation = violation(self.limits, index, Some(name_key), None, fault);
                self.violations.push(violation);
            };
            if name.is_empty() {
                record(AttributeFault::Incomplete { lacks: name_key }.into());
            } else if let Some(fault) = self.limits.name.fault(name) {
                record(fault);
            } else if self.known.iter().any(|spec| spec.name == name) {
                let first = self.pairs.iter().position(|(known, _)| known == name);
                record(AttributeFault::Duplicate { first }.into());
            }
            if let Some(fault) = self.limits.value.fault(value) {
                self.record_value(None, fault);
            }
            self.pairs
                .push((Cow::Owned(name.to_owned()), value.to_owned()));
        }
    }

    pub(super) fn finish<A: AttributePair>(mut self) -> Result<Vec<A>, Violations> {
        if let Some(fault) = self.limits.fault_of_count(self.pairs.len() as u64) {
            let root = Path::root();
            let path = root.property(self.limits.property);
            self.violations.record(&path, fault);
        }
        self.violations.into_result()?;
        let pairs = self.pairs.into_iter();
        Ok(pairs
            .map(|(name, value)| A::pair(name.into_owned(), value))
            .collect())
    }

    fn record_value(&mut self, subject: Option<&'static str>, fault: Fault) {
        let (index, key) = (self.pairs.len(), self.limits.keys[1]);
        let violation = violation(self.limits, index, Some(key), subject, fault);
        self.violations.push(violation);
    }
}
