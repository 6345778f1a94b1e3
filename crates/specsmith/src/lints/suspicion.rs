//! Suspicion: whether a text may hold what the lints find, told by looking for a few strings.
//!
//! Most records hold nothing, and reading each of them as a tree would cost many times what
//! judging it does.

use memchr::memmem;

use super::Lints;
use super::attribute_shadows_field::shadowed;

/// Whether there may be something. Never says no where a lint would find something in a text that
/// is JSON.
pub(super) fn suspects(lints: &Lints, text: &[u8]) -> bool {
    // An escape may spell any name or any white space.
    if memmem::find(text, b"\\u").is_some() || may_hold_blank(text) {
        return true;
    }
    let named = |name: &str| memmem::find_iter(text, &format!("\"{name}\"")).collect::<Vec<_>>();
    if let Some(batch) = &lints.batch
        && memmem::find(text, format!("\"{batch}\"").as_bytes()).is_none()
    {
        return true;
    }
    lints.attributes.iter().any(|name| {
        let mut places = named(name).into_iter();
        places.any(|at| !list_is_plain(text, at + name.len() + 2, lints))
    })
}

/// Whether a string begins with white space.
fn may_hold_blank(text: &[u8]) -> bool {
    // After a closing quote stands a colon, a comma or a bracket, mostly.
    let starts: [&[u8]; 3] = [b"\" ", b"\"\\", b"\"\xc2"];
    let wide: [&[u8]; 3] = [b"\"\xe1", b"\"\xe2", b"\"\xe3"];
    let found = |needle: &&[u8]| memmem::find(text, needle).is_some();
    starts.iter().any(found) || (!text.is_ascii() && wide.iter().any(found))
}

/// How many names of one list are compared without a tree.
const NAMES: usize = 16;

/// Whether a list of attributes behind the key that ends at `at` holds whole attributes with
/// different names, none of which is that of a field.
fn list_is_plain(text: &[u8], at: usize, lints: &Lints) -> bool {
    let mut cursor = Cursor { text, at };
    if !cursor.takes(b':') || !cursor.takes(b'[') {
        // A null, or a value that only looks like the key.
        return true;
    }
    let mut names: Vec<&[u8]> = Vec::with_capacity(NAMES);
    if cursor.takes(b']') {
        return true;
    }
    loop {
        let Some(name) = cursor.attribute() else {
            return false;
        };
        let Ok(text) = std::str::from_utf8(name) else {
            return false;
        };
        if names.contains(&name) || names.len() == NAMES || shadowed(text, &lints.fields).is_some()
        {
            return false;
        }
        names.push(name);
        if cursor.takes(b']') {
            return true;
        }
        if !cursor.takes(b',') {
            return false;
        }
    }
}

struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    /// Goes behind a byte, if that is what stands next.
    fn takes(&mut self, byte: u8) -> bool {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        let there = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(there);
        there
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<&'t [u8]> {
        if !self.takes(b'"') {
            return None;
        }
        let rest = self.text.get(self.at..)?;
        let length = memchr::memchr2(b'"', b'\\', rest)?;
        let string = rest.get(..length)?;
        self.at += length + 1;
        (rest.get(length) == Some(&b'"')).then_some(string)
    }

    /// The name of an attribute that has a name and a value and nothing else.
    fn attribute(&mut self) -> Option<&'t [u8]> {
        let mut name = None;
        if !self.takes(b'{') {
            return None;
        }
        let keys = [self.member(&mut name)?, {
            if !self.takes(b',') {
                return None;
            }
            self.member(&mut name)?
        }];
        let both = matches!(keys, [b"name", b"value"] | [b"value", b"name"]);
        (both && self.takes(b'}')).then_some(name)?
    }

    fn member(&mut self, name: &mut Option<&'t [u8]>) -> Option<&'t [u8]> {
        let key = self.string()?;
        if !self.takes(b':') {
            return None;
        }
        let value = self.string()?;
        if key == b"name" {
            *name = Some(value);
        }
        Some(key)
    }
}
