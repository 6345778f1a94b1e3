//! Reading: from a list of attributes to the fields of a struct.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::limits::Limits;
use super::{AttributeFault, AttributePair, AttributeSpec, Unknown};
use crate::pattern::{Match, Shared};
use crate::{Fault, Path, Subject, Violation, Violations, nearest};

/// A list of attributes that is being read, and what is wrong with it so far.
#[derive(Debug)]
pub struct Reader<'a> {
    /// By name, those that are whole and the first of their name.
    given: BTreeMap<&'a str, Given<'a>>,
    /// Every attribute that the outermost struct knows.
    known: &'static [AttributeSpec<'static>],
    limits: &'static Limits,
    /// Each with the index of its attribute.
    found: Vec<(usize, Violation)>,
}

/// Behind all attributes that are there: what is missing.
const BEHIND: usize = usize::MAX;

#[derive(Clone, Copy, Debug)]
struct Given<'a> {
    index: usize,
    value: &'a str,
    /// Something was recorded of it that makes its own rules not worth asking.
    is_refused: bool,
}

/// What became of one attribute.
enum Read<T> {
    Absent,
    /// Something was recorded.
    Refused,
    Value(T),
}

impl<'a> Reader<'a> {
    pub(super) fn new<A: AttributePair>(
        attributes: &'a [A],
        limits: &'static Limits,
        known: &'static [AttributeSpec<'static>],
    ) -> Self {
        let mut reader = Self {
            given: BTreeMap::new(),
            known,
            limits,
            found: Vec::new(),
        };
        if let Some(fault) = limits.fault_of_count(attributes.len() as u64) {
            reader.record_of_list(0, None, fault);
        }
        for (index, attribute) in attributes.iter().enumerate() {
            reader.take(index, attribute);
        }
        reader
    }

    fn take<A: AttributePair>(&mut self, index: usize, attribute: &'a A) {
        let [name_key, value_key] = self.limits.keys;
        let Some(name) = attribute.name().filter(|name| !name.is_empty()) else {
            let fault = AttributeFault::Incomplete { lacks: name_key };
            let key = attribute.name().map(|_| name_key);
            return self.record(index, key, None, fault.into());
        };
        if let Some(fault) = self.limits.name.fault(name) {
            self.record(index, Some(name_key), None, fault);
        }
        if let Some(first) = self.given.get(name) {
            let fault = AttributeFault::Duplicate {
                first: Some(first.index),
            };
            return self.record(index, Some(name_key), None, fault.into());
        }
        let mut is_refused = false;
        match attribute.value() {
            None => {
                let fault = AttributeFault::Incomplete { lacks: value_key };
                self.record(index, None, None, fault.into());
                is_refused = true;
            }
            Some(value) => {
                if let Some(fault) = self.limits.value.fault(value) {
                    let subject = self.known_name(name);
                    self.record(index, Some(value_key), subject, fault);
                    is_refused = true;
                }
            }
        }
        let value = attribute.value().unwrap_or_default();
        let given = Given {
            index,
            value,
            is_refused,
        };
        self.given.insert(name, given);
    }

    /// A field that must be there.
    pub fn required<T>(
        &mut self,
        spec: &'static AttributeSpec<'static>,
        pattern: Option<&'static Shared>,
        read: impl FnOnce(&str) -> Option<T>,
        type_name: &'static str,
    ) -> Option<T> {
        match self.read(spec, pattern, read, type_name) {
            Read::Value(value) => Some(value),
            Read::Refused => None,
            Read::Absent => {
                let fault = AttributeFault::Missing {
                    name: Cow::Borrowed(spec.name),
                };
                self.record_of_list(BEHIND, None, fault.into());
                None
            }
        }
    }

    /// A field that may be absent.
    pub fn optional<T>(
        &mut self,
        spec: &'static AttributeSpec<'static>,
        pattern: Option<&'static Shared>,
        read: impl FnOnce(&str) -> Option<T>,
        type_name: &'static str,
    ) -> Option<Option<T>> {
        match self.read(spec, pattern, read, type_name) {
            Read::Value(value) => Some(Some(value)),
            Read::Refused => None,
            Read::Absent => Some(None),
        }
    }

    /// A field that has a value where it is absent. `default` gives `None` where that was to be
    /// read from a text that its type does not read.
    pub fn defaulted<T>(
        &mut self,
        spec: &'static AttributeSpec<'static>,
        pattern: Option<&'static Shared>,
        read: impl FnOnce(&str) -> Option<T>,
        type_name: &'static str,
        default: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        match self.read(spec, pattern, read, type_name) {
            Read::Value(value) => return Some(value),
            Read::Refused => return None,
            Read::Absent => {}
        }
        let value = default();
        if value.is_some() {
            return value;
        }
        self.record_of_list(BEHIND, Some(spec.name), unparsable(type_name).into());
        None
    }

    /// Everything that no field of the outermost struct is named after.
    pub fn rest<M: FromIterator<(String, String)>>(&mut self) -> M {
        let known = self.known;
        self.given
            .iter()
            .filter(|(name, given)| !given.is_refused && !is_known(known, name))
            .map(|(name, given)| ((*name).to_owned(), given.value.to_owned()))
            .collect()
    }

    fn read<T>(
        &mut self,
        spec: &'static AttributeSpec<'static>,
        pattern: Option<&'static Shared>,
        read: impl FnOnce(&str) -> Option<T>,
        type_name: &'static str,
    ) -> Read<T> {
        let Some(given) = self.given.get(spec.name).copied() else {
            return Read::Absent;
        };
        if given.is_refused {
            return Read::Refused;
        }
        let mut faults = spec.faults(given.value, |text| search(pattern, text));
        if faults.is_empty() {
            match read(given.value) {
                Some(value) => return Read::Value(value),
                None => faults.push(unparsable(type_name)),
            }
        }
        let value_key = self.limits.keys[1];
        for fault in faults {
            self.record(given.index, Some(value_key), Some(spec.name), fault.into());
        }
        Read::Refused
    }

    pub(super) fn finish<T>(mut self, value: Option<T>, unknown: Unknown) -> Result<T, Violations> {
        if unknown == Unknown::Denied {
            let name_key = self.limits.keys[0];
            let known = self.known;
            let mut strangers: Vec<_> = self
                .given
                .iter()
                .filter(|(name, _)| !is_known(known, name))
                .map(|(name, given)| (given.index, *name))
                .collect();
            strangers.sort_unstable();
            for (index, name) in strangers {
                let near = nearest(name, known.iter().map(|spec| spec.name));
                let fault = AttributeFault::Unknown {
                    near: near.map(|near| Cow::Owned(near.to_owned())),
                };
                self.record(index, Some(name_key), None, fault.into());
            }
        }
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            // Nothing is left out without a word: whoever gives no value has recorded why.
            Some(_) | None => {
                self.found.sort_by_key(|(index, _)| *index);
                Err(self.found.into_iter().map(|(_, it)| it).collect())
            }
        }
    }

    /// Records a fault of the attribute of that index, or of one of its two properties.
    fn record(
        &mut self,
        index: usize,
        key: Option<&'static str>,
        subject: Option<&'static str>,
        fault: Fault,
    ) {
        let violation = violation(self.limits, index, key, subject, fault);
        self.found.push((index, violation));
    }

    /// Records a fault of the list as a whole.
    fn record_of_list(&mut self, index: usize, subject: Option<&'static str>, fault: Fault) {
        let root = Path::root();
        let mut violation = Violation::new(&root.property(self.limits.property), fault);
        if let Some(name) = subject {
            violation.subject = Subject::Property(Cow::Borrowed(name));
        }
        self.found.push((index, violation));
    }

    /// The name as the type has it, so that it may be said.
    fn known_name(&self, name: &str) -> Option<&'static str> {
        let mut names = self.known.iter().map(|spec| spec.name);
        names.find(|known| *known == name)
    }
}

/// A violation of an attribute, which a message calls by its name where that is known.
pub(super) fn violation(
    limits: &Limits,
    index: usize,
    key: Option<&'static str>,
    subject: Option<&'static str>,
    fault: Fault,
) -> Violation {
    let root = Path::root();
    let list = root.property(limits.property);
    let item = list.index(index);
    let mut violation = match key {
        Some(key) => Violation::new(&item.property(key), fault),
        None => Violation::new(&item, fault),
    };
    if let Some(name) = subject {
        violation.subject = Subject::Property(Cow::Borrowed(name));
    }
    violation
}

/// Whether the text has what the pattern asks for, if there is one.
pub(super) fn search(pattern: Option<&'static Shared>, text: &str) -> Match {
    pattern.map_or(Match::Found, |pattern| pattern.search(text))
}

fn unparsable(type_name: &'static str) -> AttributeFault {
    AttributeFault::Unparsable {
        expected: Cow::Owned(format!("a valid `{type_name}`")),
    }
}

fn is_known(known: &[AttributeSpec<'_>], name: &str) -> bool {
    known.iter().any(|spec| spec.name == name)
}
