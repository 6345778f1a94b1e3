//! What the derive asserts at compile time where it cannot see: of flattened structs, and of enums.

use super::{AttributeSpec, Unknown};

/// A message that is made at compile time.
pub struct Message {
    bytes: [u8; 512],
    length: usize,
}

impl Message {
    const fn new() -> Self {
        Self {
            bytes: [0; 512],
            length: 0,
        }
    }

    /// The message with more text; what has no room is left out.
    const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if self.length + text.len() > self.bytes.len() {
            return self;
        }
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    const fn with_number(self, number: u64) -> Self {
        let this = if number >= 10 {
            self.with_number(number / 10)
        } else {
            self
        };
        let digit = [b'0' + (number % 10) as u8];
        match core::str::from_utf8(&digit) {
            Ok(digit) => this.with(digit),
            Err(_) => this,
        }
    }

    /// The text.
    pub const fn text(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// Several lists of attributes as one, of `N` in all.
pub const fn joined<const N: usize>(
    lists: &[&[AttributeSpec<'static>]],
) -> [AttributeSpec<'static>; N] {
    let mut all = [AttributeSpec::EMPTY; N];
    let (mut list, mut filled) = (0, 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            all[filled] = lists[list][at];
            filled += 1;
            at += 1;
        }
        list += 1;
    }
    all
}

/// Says that with these attributes there are more than a specification allows, if there are; and if
/// there were not already before.
pub const fn too_many(
    before: &[&[AttributeSpec<'_>]],
    specs: &[AttributeSpec<'_>],
    limit: u64,
) -> Option<Message> {
    let (mut count, mut list) = (0, 0);
    while list < before.len() {
        count += before[list].len() as u64;
        list += 1;
    }
    if count > limit || count + specs.len() as u64 <= limit {
        return None;
    }
    let message = Message::new()
        .with("with those of this struct there are ")
        .with_number(count + specs.len() as u64)
        .with(" attributes, the spec allows at most ")
        .with_number(limit);
    Some(message)
}

/// Says which of these attributes has a name that was there before, if one has.
pub const fn first_shared(
    before: &[&[AttributeSpec<'_>]],
    specs: &[AttributeSpec<'_>],
) -> Option<Message> {
    let mut list = 0;
    while list < before.len() {
        let mut earlier = 0;
        while earlier < before[list].len() {
            let mut later = 0;
            while later < specs.len() {
                if equal(before[list][earlier].name, specs[later].name) {
                    let message = Message::new()
                        .with("`")
                        .with(specs[later].name)
                        .with("` of this struct is the name of another attribute already");
                    return Some(message);
                }
                later += 1;
            }
            earlier += 1;
        }
        list += 1;
    }
    None
}

/// Says which attribute of a flattened struct is named like a field of the entity, if one is.
pub const fn first_shadowed(
    specs: &[AttributeSpec<'_>],
    entity: &str,
    fields: &[&str],
) -> Option<Message> {
    let mut spec = 0;
    while spec < specs.len() {
        let mut field = 0;
        while field < fields.len() {
            if equal_but_for_separators(specs[spec].name, fields[field]) {
                let message = Message::new()
                    .with("`")
                    .with(specs[spec].name)
                    .with("` is the field `")
                    .with(fields[field])
                    .with("` of `")
                    .with(entity)
                    .with("`; set it there");
                return Some(message);
            }
            field += 1;
        }
        spec += 1;
    }
    None
}

/// Whether two structs would both keep what nobody knows.
pub const fn two_rests(first: Unknown, second: Unknown) -> bool {
    matches!((first, second), (Unknown::Kept, Unknown::Kept))
}

/// Whether a value is among those that its type has; a type that lists none has any.
pub const fn lists(all: &[&str], value: &str) -> bool {
    let mut at = 0;
    while at < all.len() {
        if equal(all[at], value) {
            return true;
        }
        at += 1;
    }
    all.is_empty()
}

const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// `lob_id`, `LOB ID` and `lobId` are one name.
const fn equal_but_for_separators(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut i, mut j) = (0, 0);
    loop {
        while i < a.len() && is_separator(a[i]) {
            i += 1;
        }
        while j < b.len() && is_separator(b[j]) {
            j += 1;
        }
        if i == a.len() || j == b.len() {
            return i == a.len() && j == b.len();
        }
        if !a[i].eq_ignore_ascii_case(&b[j]) {
            return false;
        }
        i += 1;
        j += 1;
    }
}

const fn is_separator(byte: u8) -> bool {
    byte < 0x80 && !byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn named(name: &'static str) -> AttributeSpec<'static> {
        AttributeSpec {
            name,
            ..AttributeSpec::EMPTY
        }
    }

    fn text(message: Option<Message>) -> Option<String> {
        message.map(|it| it.text().to_owned())
    }

    #[test]
    fn what_is_asserted_is_said_with_its_names() {
        const OWN: &[AttributeSpec<'static>] = &[named("a")];
        const FLAT: &[AttributeSpec<'static>] = &[named("lob_id"), named("a")];
        const ALL: [AttributeSpec<'static>; 3] = joined::<3>(&[OWN, FLAT]);
        assert_eq!(ALL.map(|it| it.name), ["a", "lob_id", "a"]);
        assert_eq!(
            text(first_shared(&[OWN], FLAT)).as_deref(),
            Some("`a` of this struct is the name of another attribute already")
        );
        assert_eq!(
            text(too_many(&[OWN], FLAT, 2)).as_deref(),
            Some("with those of this struct there are 3 attributes, the spec allows at most 2")
        );
        assert_eq!(text(too_many(&[OWN], FLAT, 3)), None);
        assert_eq!(text(too_many(&[OWN, FLAT], FLAT, 2)), None, "said before");
        assert_eq!(
            text(first_shadowed(FLAT, "agent", &["eventId", "lobId"])).as_deref(),
            Some("`lob_id` is the field `lobId` of `agent`; set it there")
        );
        assert_eq!(text(first_shadowed(FLAT, "agent", &["lob", "ab"])), None);
    }

    #[test]
    fn numbers_and_long_texts() {
        assert_eq!(Message::new().with_number(1024).text(), "1024");
        assert_eq!(Message::new().with_number(0).text(), "0");
        assert_eq!(Message::new().with("a").with(&"x".repeat(600)).text(), "a");
    }

    #[test]
    fn a_type_that_lists_nothing_has_any_value() {
        assert!(lists(&[], "x") && lists(&["x"], "x") && !lists(&["x"], "y"));
    }
}
