//! The property names of a payload, read without asking whether it is JSON.
//!
//! Which operation a file is for must be known before anything is judged, also where the file is
//! cut off or quoted wrongly, so this reading takes whatever it gets and never fails.

use std::borrow::Cow;

use specsmith_diagnostics::BYTE_ORDER_MARK;

/// The names of one record, and of the records in the lists it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys<'t> {
    /// What stands at the root.
    pub root: Root,
    /// The names at the root, in file order.
    pub top: KeyNames<'t>,
    /// The lists of records: the place of the name in `top`, and the names of each record. What
    /// stands there without a list, or in one list more, counts as well.
    pub lists: Vec<(usize, Vec<KeyNames<'t>>)>,
    /// The names of each record of a list that stands at the root.
    pub items: Vec<KeyNames<'t>>,
}

/// KeyNames in the order in which they stand; those without escapes are not copied.
pub type KeyNames<'t> = Vec<Cow<'t, str>>;

/// What stands at the root of a payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Root {
    /// An object.
    Object,
    /// An array.
    Array,
    /// Anything else, or nothing.
    #[default]
    Other,
}

/// How many records of a list are looked at.
const ITEMS: usize = 200;
/// How many bytes are looked at.
const BYTES: usize = 4 << 20;

/// Reads the names of a text.
pub fn keys(bytes: &[u8]) -> Keys<'_> {
    let bytes = bytes.get(..BYTES).unwrap_or(bytes);
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut keys = Keys::default();
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    let mut began = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                if open.is_empty() {
                    if began {
                        // Text behind the value: another record, which is not this one's matter.
                        return keys;
                    }
                    began = true;
                    keys.root = if *byte == b'{' {
                        Root::Object
                    } else {
                        Root::Array
                    };
                }
                keys.opened(&open, *byte);
                if keys.is_full() {
                    return keys;
                }
                // Deeper than anything that is looked at, only the number of levels matters.
                open.push(*byte);
                at += 1;
            }
            b'}' | b']' => {
                open.pop();
                at += 1;
            }
            b'"' | b'\'' => {
                let end = string_end(bytes, at);
                if is_key(bytes, end) {
                    let inner = bytes.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
                    keys.named(&open, inner);
                }
                at = end;
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => {
                let end = word_end(bytes, at);
                if is_key(bytes, end) {
                    keys.named(&open, bytes.get(at..end).unwrap_or_default());
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    keys
}

/// Reads the names of a text that should be YAML in block style, line by line.
pub fn keys_of_yaml(text: &str) -> Keys<'_> {
    let mut keys = Keys::default();
    for line in text.lines() {
        let Some((before, _)) = line.split_once(':') else {
            continue;
        };
        let name = before.trim_start_matches([' ', '-']);
        let at_margin = name.len() == before.len();
        let begins_item = before.trim_start().starts_with("- ");
        let is_name = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '$');
        let name = name.trim_end().trim_matches(['"', '\'']);
        if name.is_empty() || !name.chars().all(is_name) {
            continue;
        }
        let open: &[u8] = match (at_margin, keys.root) {
            (true, _) => {
                keys.root = Root::Object;
                b"{"
            }
            (false, Root::Object) => b"{[{",
            (false, Root::Array) => b"[{",
            (false, Root::Other) if begins_item => {
                keys.root = Root::Array;
                b"[{"
            }
            (false, Root::Other) => continue,
        };
        if begins_item {
            if open.len() == 3 && keys.lists.last().map(|it| it.0 + 1) != Some(keys.top.len()) {
                keys.opened(b"{", b'[');
            }
            keys.opened(&open[..open.len() - 1], b'{');
        }
        keys.named(open, name.as_bytes());
        if keys.is_full() {
            break;
        }
    }
    keys
}

impl<'t> Keys<'t> {
    /// A bracket opened inside `open`.
    fn opened(&mut self, open: &[u8], bracket: u8) {
        match (open, bracket) {
            // The list of a property of the root.
            (b"{", b'[') => {
                if let Some(last) = self.top.len().checked_sub(1) {
                    self.lists.push((last, Vec::new()));
                }
            }
            (b"{", b'{') => {
                if let Some(last) = self.top.len().checked_sub(1) {
                    self.lists.push((last, vec![Vec::new()]));
                }
            }
            // A record of that list.
            (b"{[" | b"{[[", b'{') => {
                if let Some((_, items)) = self.lists.last_mut() {
                    items.push(Vec::new());
                }
            }
            (b"[", b'{') => self.items.push(Vec::new()),
            _ => {}
        }
    }

    /// A name inside `open`.
    fn named(&mut self, open: &[u8], name: &'t [u8]) {
        let names = match open {
            b"{" => &mut self.top,
            b"{{" | b"{[{" | b"{[[{" => match self
                .lists
                .last_mut()
                .and_then(|(_, items)| items.last_mut())
            {
                Some(names) => names,
                None => return,
            },
            b"[{" => match self.items.last_mut() {
                Some(names) => names,
                None => return,
            },
            _ => return,
        };
        names.push(unescaped(name));
    }

    fn is_full(&self) -> bool {
        let items = self.lists.last().map_or(0, |(_, items)| items.len());
        items.max(self.items.len()) > ITEMS
    }
}

/// Where a string that begins at `start` ends: behind its closing quote, or at the end of its line.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes.get(start).copied().unwrap_or(b'"');
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = memchr::memchr3(quote, b'\\', b'\n', rest) else {
            return bytes.len();
        };
        at += found;
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'\n') | None => return at,
            Some(_) => return at + 1,
        }
    }
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|it| !(it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'$')))
        .unwrap_or(rest.len());
    start + length.max(1)
}

fn is_key(bytes: &[u8], end: usize) -> bool {
    let mut behind = bytes.get(end..).unwrap_or_default().iter();
    behind.find(|it| !it.is_ascii_whitespace()) == Some(&b':')
}

fn unescaped(name: &[u8]) -> Cow<'_, str> {
    if name.contains(&b'\\') {
        let quoted = [b"\"", name, b"\""].concat();
        let reading = specsmith_json::read(&quoted, &specsmith_json::Limits::default());
        if let Some(text) = reading.root.as_ref().and_then(|it| it.as_str()) {
            return Cow::Owned(text.to_owned());
        }
    }
    match std::str::from_utf8(name) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => String::from_utf8_lossy(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let keys = keys(text.as_bytes());
        let mut out = format!("{:?} {:?}", keys.root, keys.top);
        for (index, items) in &keys.lists {
            out.push_str(&format!(" {}: {items:?}", keys.top[*index]));
        }
        if !keys.items.is_empty() {
            out.push_str(&format!(" {:?}", keys.items));
        }
        assert_eq!(out, expected);
    }

    #[test]
    fn names_of_one_record() {
        check(
            r#"{"a": {"x": 1}, "b": "c: d", "\u0063": [1]}"#,
            r#"Object ["a", "b", "c"] a: [["x"]] c: []"#,
        );
    }

    #[test]
    fn names_of_a_list_that_is_none_or_too_deep() {
        check(
            r#"{"items": [[{"a": {"x": 1}}, {"b": 2}]]}"#,
            r#"Object ["items"] items: [["a"], ["b"]]"#,
        );
        check(
            r#"{"items": {"a": 1}}"#,
            r#"Object ["items"] items: [["a"]]"#,
        );
    }

    #[test]
    fn names_of_a_batch() {
        check(
            r#"{"items": [{"a": 1, "n": [{"x": 1}]}, {"b": 2}, 3]}"#,
            r#"Object ["items"] items: [["a", "n"], ["b"]]"#,
        );
        check(r#"[{"a": 1}, {"b": 2}]"#, r#"Array [] [["a"], ["b"]]"#);
    }

    #[test]
    fn broken_text_has_names_too() {
        check(
            "{'a': 'b', c: NaN, \"d\": \"cut",
            r#"Object ["a", "c", "d"]"#,
        );
        check("{\"a\": \"no end\n \"b\": 1}", r#"Object ["a", "b"]"#);
        check("", "Other []");
        check("}]\\", "Other []");
    }

    #[test]
    fn broken_yaml_has_names_too() {
        let check = |text: &str, expected: &str| {
            let keys = keys_of_yaml(text);
            let lists: Vec<_> = keys.lists.iter().map(|it| &it.1).collect();
            let found = format!("{:?} {:?} {lists:?} {:?}", keys.root, keys.top, keys.items);
            assert_eq!(found, expected);
        };
        check("a: \"open\n'b': [1\n# c\n", "Object [\"a\", \"b\"] [] []");
        check(
            "items:\n  - a: 1\n    b: 2\n  - c: [\n",
            "Object [\"items\"] [[[\"a\", \"b\"], [\"c\"]]] []",
        );
        check("- a: 1\n- b: {\n", "Array [] [] [[\"a\"], [\"b\"]]");
        check("no names at all", "Other [] [] []");
    }

    #[test]
    fn text_behind_the_record_is_not_read() {
        check("{\"a\": 1}\n{\"b\": 1}", r#"Object ["a"]"#);
    }
}
