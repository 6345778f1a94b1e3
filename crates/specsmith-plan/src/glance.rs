//! A glance at a record that is valid: its id, and whether it is worth a closer look.
//!
//! This reads the record once more. It knows that the text is JSON, so it looks for little else
//! than quotes and brackets.

use crate::watch::{Fingerprint, Identity, Suspicion, Watch, folded};

/// What a glance at a payload shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glance {
    suspected: bool,
    /// The ids of its records.
    pub(crate) ids: Vec<Seen>,
    /// How many records it holds, where it is a batch.
    pub(crate) items: Option<u64>,
}

/// Why a record is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The scan did not say that it is valid.
    Unsure,
    /// It is valid, and a lint may find something in it.
    Suspected,
    /// It is valid, and only the tree can tell what ids it holds.
    Hidden,
}

/// The id of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) fingerprint: u64,
    /// The place of the record in its batch.
    pub(crate) item: Option<u32>,
    /// The value of the last property of the identity.
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Glance {
    /// Glances at a payload that is valid: a record, or a batch of them. Why to look at it again,
    /// if there is a reason.
    pub(crate) fn payload(&mut self, watch: &Watch, text: &[u8]) -> Option<Why> {
        self.clear();
        let mut cursor = Cursor { text, at: 0 };
        let whole = match &watch.batch {
            None => self.one(watch, &mut cursor, None),
            Some(batch) => self.batch(watch, &mut cursor, batch),
        };
        self.why(watch, whole)
    }

    /// The same for one record.
    pub(crate) fn record(&mut self, watch: &Watch, text: &[u8]) -> Option<Why> {
        self.clear();
        let whole = self.one(watch, &mut Cursor { text, at: 0 }, None);
        self.why(watch, whole)
    }

    fn clear(&mut self) {
        self.suspected = false;
        self.items = None;
        self.ids.clear();
    }

    fn why(&mut self, watch: &Watch, whole: Option<()>) -> Option<Why> {
        match whole {
            Some(()) => self.suspected.then_some(Why::Suspected),
            None => {
                self.ids.clear();
                watch.glances().then_some(Why::Hidden)
            }
        }
    }

    fn batch(&mut self, watch: &Watch, cursor: &mut Cursor<'_>, batch: &str) -> Option<()> {
        let mut found = false;
        if !cursor.takes(b'{') {
            return Some(());
        }
        let mut more = !cursor.takes(b'}');
        while more {
            let key = cursor.key()?;
            if key == batch.as_bytes() && cursor.takes(b'[') {
                found = true;
                let mut item = 0u32;
                let mut more = !cursor.takes(b']');
                while more {
                    self.one(watch, cursor, Some(item))?;
                    item += 1;
                    more = cursor.goes_on(b']')?;
                }
                self.items = Some(u64::from(item));
            } else {
                cursor.skip()?;
            }
            more = cursor.goes_on(b'}')?;
        }
        self.suspected |= !found && watch.suspicion.is_some();
        Some(())
    }

    /// Glances at the record that comes next; nothing where it takes a tree.
    fn one(&mut self, watch: &Watch, cursor: &mut Cursor<'_>, item: Option<u32>) -> Option<()> {
        if !cursor.takes(b'{') {
            return cursor.skip();
        }
        let mut id = Fingerprint::default();
        let mut place = (0, 0);
        let mut more = !cursor.takes(b'}');
        while more {
            let key = cursor.key()?;
            let start = cursor.space();
            if let Some(identity) = &watch.identity
                && let Some(property) = identity.place(key)
                && cursor.text.get(start) == Some(&b'"')
            {
                let value = cursor.plain_string()?;
                id.add(identity, property, value);
                if property == identity.last() {
                    place = (start, cursor.at);
                }
                cursor.at = start;
            }
            match &watch.suspicion {
                Some(suspicion) => self.suspected |= suspects(suspicion, key, cursor)?,
                None => cursor.skip()?,
            }
            more = cursor.goes_on(b'}')?;
        }
        if let Some(fingerprint) = watch.identity.as_ref().and_then(|it| id.finish(it)) {
            self.ids.push(Seen {
                fingerprint,
                item,
                start: u32::try_from(place.0).ok()?,
                end: u32::try_from(place.1).ok()?,
            });
        }
        Some(())
    }
}

/// The ids of the records of a payload, read from its tree.
pub(crate) fn ids_of(
    identity: &Identity,
    batch: Option<&str>,
    root: &specsmith_json::Node,
) -> Vec<Seen> {
    let seen = |record, item| {
        let (fingerprint, span) = identity.of(record)?;
        Some(Seen {
            fingerprint,
            item,
            start: span.start,
            end: span.end,
        })
    };
    match batch {
        None => seen(root, None).into_iter().collect(),
        Some(batch) => {
            let list = root.get(batch).and_then(|it| it.as_array());
            let items = (0..).zip(list.unwrap_or_default());
            items
                .filter_map(|(at, item)| seen(item, Some(at)))
                .collect()
        }
    }
}

/// Passes the value of a property; whether it is suspected.
fn suspects(suspicion: &Suspicion, key: &[u8], cursor: &mut Cursor<'_>) -> Option<bool> {
    if cursor.text.get(cursor.at) == Some(&b'"') {
        let blank = cursor.may_be_blank() && is_one_of(&suspicion.texts, key);
        cursor.skip()?;
        return Some(blank);
    }
    if cursor.text.get(cursor.at) == Some(&b'[') && is_one_of(&suspicion.attributes, key) {
        let start = cursor.at;
        if let Some(plain) = attributes(suspicion, cursor) {
            return Some(!plain);
        }
        cursor.at = start;
        cursor.skip()?;
        return Some(true);
    }
    cursor.skip()?;
    Some(false)
}

fn is_one_of(names: &[Box<str>], key: &[u8]) -> bool {
    names.iter().any(|it| it.as_bytes() == key)
}

/// How many names of one list are compared without a tree.
const NAMES: usize = 16;

/// Passes a list of attributes; whether there is nothing to suspect in it. Nothing where it holds
/// anything else than whole attributes with plain names.
fn attributes(suspicion: &Suspicion, cursor: &mut Cursor<'_>) -> Option<bool> {
    let mut names: [&[u8]; NAMES] = [b""; NAMES];
    let mut count = 0;
    let mut plain = true;
    cursor.takes(b'[');
    let mut more = !cursor.takes(b']');
    while more {
        let name = attribute(cursor)?;
        plain &= !names.get(..count)?.contains(&name) && !is_field(suspicion, name);
        *names.get_mut(count)? = name;
        count += 1;
        more = cursor.goes_on(b']')?;
    }
    Some(plain)
}

/// Passes an attribute that has a name and a value and nothing else; its name.
fn attribute<'t>(cursor: &mut Cursor<'t>) -> Option<&'t [u8]> {
    let mut name = None;
    let mut value = false;
    if !cursor.takes(b'{') {
        return None;
    }
    loop {
        match cursor.key()? {
            b"name" if name.is_none() => {
                cursor.space();
                if cursor.may_be_blank() {
                    return None;
                }
                name = Some(cursor.plain_string()?);
            }
            b"value" if !value => {
                value = true;
                cursor.skip()?;
            }
            _ => return None,
        }
        if !cursor.goes_on(b'}')? {
            return if value { name } else { None };
        }
    }
}

/// Whether a name is one that no attribute should have. No field is longer than this.
fn is_field(suspicion: &Suspicion, name: &[u8]) -> bool {
    let mut room = [0; 256];
    if !name.is_ascii() {
        let folded = std::str::from_utf8(name).map(folded);
        return folded.is_ok_and(|name| suspicion.fields.iter().any(|it| **it == name));
    }
    let mut length = 0;
    for byte in name.iter().filter(|it| it.is_ascii_alphanumeric()) {
        let Some(slot) = room.get_mut(length) else {
            return false;
        };
        *slot = byte.to_ascii_lowercase();
        length += 1;
    }
    let folded = room.get(..length).unwrap_or_default();
    suspicion.fields.iter().any(|it| it.as_bytes() == folded)
}

/// A place in a text that is JSON.
struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    /// Passes white space.
    #[inline]
    fn space(&mut self) -> usize {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.at
    }

    /// Goes behind a byte, if that is what stands next.
    #[inline]
    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let there = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(there);
        there
    }

    /// Passes a comma, or the bracket that closes: whether it was the comma.
    #[inline]
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        if self.takes(b',') {
            return Some(true);
        }
        self.takes(close).then_some(false)
    }

    /// Passes a name without escapes and the colon behind it.
    #[inline]
    fn key(&mut self) -> Option<&'t [u8]> {
        self.space();
        let key = self.plain_string()?;
        self.takes(b':').then_some(key)
    }

    /// Passes a string without escapes.
    #[inline]
    fn plain_string(&mut self) -> Option<&'t [u8]> {
        if self.text.get(self.at) != Some(&b'"') {
            return None;
        }
        let rest = self.text.get(self.at + 1..)?;
        let length = memchr::memchr2(b'"', b'\\', rest)?;
        self.at += length + 2;
        (rest.get(length) == Some(&b'"')).then_some(rest.get(..length)?)
    }

    /// Whether the string that begins here may begin with white space.
    #[inline]
    fn may_be_blank(&self) -> bool {
        let first = self.text.get(self.at + 1).copied().unwrap_or(b'"');
        // Behind these bytes begin the white spaces beyond ASCII.
        matches!(first, 0..=b' ' | b'\\' | 0xc2 | 0xe1..=0xe3)
    }

    /// Passes a value.
    fn skip(&mut self) -> Option<()> {
        self.space();
        let mut depth = 0usize;
        loop {
            match self.text.get(self.at)? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.text.get(self.at), None | Some(b',' | b'}' | b']')) {
                return Some(());
            }
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..)?;
            let length = memchr::memchr2(b'"', b'\\', rest)?;
            self.at += length + 1;
            if rest.get(length) == Some(&b'"') {
                return Some(());
            }
            // What is escaped is never the end.
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::RandomState;

    fn watch(batch: Option<&str>) -> Watch {
        let names = |names: &[&str]| names.iter().map(|it| (*it).into()).collect();
        Watch {
            batch: batch.map(Into::into),
            identity: Some(Identity::new(names(&["id", "lob"]), RandomState::new())),
            suspicion: Some(Suspicion {
                texts: names(&["id", "lob", "agentName"]),
                attributes: names(&["attributes"]),
                fields: names(&["id", "lob", "agentname"]),
            }),
            ..Watch::default()
        }
    }

    fn glance(watch: &Watch, text: &str) -> (Option<Why>, Vec<Seen>) {
        let mut glance = Glance::default();
        let why = glance.payload(watch, text.as_bytes());
        (why, glance.ids)
    }

    #[test]
    fn ids_are_those_of_the_tree() {
        let single = watch(None);
        let batch = watch(Some("items"));
        for (watch, text) in [
            (&single, r#"{"id": "a", "x": [{"id": "b"}], "lob":"c"}"#),
            (&single, r#" {"lob":"c\\","x":"\"","id":""} "#),
            (&single, r#"{"id":"a"}"#),
            (&single, r#"{"id":"a","lob":null}"#),
            (&single, "12"),
            (
                &batch,
                r#"{"items":[{"id":"a","lob":"b"}, 1, {"lob":"b","id":"a"} ], "x": {}}"#,
            ),
            (&batch, r#"{"items":{"id":"a","lob":"b"}}"#),
            (&batch, r#"[]"#),
        ] {
            let reading = specsmith_json::read(text.as_bytes(), &specsmith_json::Limits::default());
            let root = reading.root.expect("JSON");
            let identity = watch.identity.as_ref().expect("an identity");
            let all = |ids: &[Seen]| -> Vec<_> {
                let each = ids.iter();
                each.map(|it| (it.fingerprint, it.item, it.start, it.end))
                    .collect()
            };
            let by_tree = ids_of(identity, watch.batch.as_deref(), &root);
            let (why, ids) = glance(watch, text);
            if why == Some(Why::Hidden) {
                assert!(text.contains('\\'), "{text}");
            } else {
                assert_eq!(all(&ids), all(&by_tree), "{text}");
            }
        }
    }

    #[test]
    fn ids_do_not_run_together() {
        let single = watch(None);
        let one = |text: &str| glance(&single, text).1[0].fingerprint;
        let id = one(r#"{"id":"ab","lob":"c"}"#);
        assert_eq!(id, one(r#"{"lob":"c","id":"ab"}"#));
        assert_ne!(id, one(r#"{"id":"a","lob":"bc"}"#));
        assert_ne!(id, one(r#"{"id":"c","lob":"ab"}"#));
    }

    #[test]
    fn what_a_lint_may_find_is_suspected() {
        let single = watch(None);
        for (text, suspected) in [
            (
                r#"{"id":"a","attributes":[{"name":"x","value":" "},{"value":"","name":"y"}]}"#,
                false,
            ),
            (r#"{"id":"a","attributes":null,"other":" "}"#, false),
            (r#"{"id":"a","attributes":[]}"#, false),
            (r#"{"id":" "}"#, true),
            ("{\"agentName\":\"\u{a0}\"}", true),
            (r#"{"agentName":"\u0020"}"#, true),
            (r#"{"\u0069d":" "}"#, true),
            (r#"{"attributes":[{"name":"x"}]}"#, true),
            (r#"{"attributes":[{"value":"x"}]}"#, true),
            (r#"{"attributes":[{}]}"#, true),
            (r#"{"attributes":[{"name":" ","value":"x"}]}"#, true),
            (
                r#"{"attributes":[{"name":"x","value":"1"},{"name":"x","value":"2"}]}"#,
                true,
            ),
            (
                r#"{"attributes":[{"name":"Agent_Name","value":"1"}]}"#,
                true,
            ),
            (r#"{"attributes":[{"name":"x","value":"1","z":1}]}"#, true),
        ] {
            assert_eq!(glance(&single, text).0.is_some(), suspected, "{text}");
        }
        let batch = watch(Some("items"));
        let suspected = |text: &str| glance(&batch, text).0 == Some(Why::Suspected);
        assert!(suspected(r#"{"itmes":[]}"#));
        assert!(!suspected(r#"{"items":[{"id":"a"},{"id":"b"}]}"#));
        assert!(suspected(r#"{"items":[{"id":"a"},{"id":" b"}]}"#));
    }
}
