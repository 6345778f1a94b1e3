//! Control characters, which YAML has none of but tabs and line breaks: those of ASCII stand nowhere,
//! delete and those behind ASCII in quotes only, as in JSON.

use specsmith_json::Span;

/// The first of a text that may stand nowhere. The reader takes one of them, NUL, for the end of a
/// text in quotes.
pub(super) fn anywhere(text: &str) -> Option<Span> {
    let is_one = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    let at = text.as_bytes().iter().position(is_one)?;
    Some(Span::of(at..at + 1))
}

/// A walk through a text that looks for the others.
pub(super) struct Unquoted<'t> {
    text: &'t str,
    /// What is before has been looked at.
    from: usize,
}

impl<'t> Unquoted<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, from: 0 }
    }

    /// The first one between what was looked at and a quoted text, which is passed over, with the
    /// comment behind it that the reader counts to it.
    pub(super) fn before(&mut self, quoted: Span) -> Option<Span> {
        let found = self.up_to(quoted.range().start);
        self.from = quoted.range().end;
        found
    }

    /// The first one in what is left.
    pub(super) fn rest(&self) -> Option<Span> {
        self.up_to(self.text.len())
    }

    fn up_to(&self, end: usize) -> Option<Span> {
        let text = self.text.get(self.from..end)?;
        // A line break of YAML 1.1, which 1.2 still lets in.
        let is_one = |it: &(usize, char)| ('\u{7f}'..'\u{a0}').contains(&it.1) && it.1 != '\u{85}';
        let (at, one) = text.char_indices().find(is_one)?;
        let at = self.from + at;
        Some(Span::of(at..at + one.len_utf8()))
    }
}

#[cfg(test)]
mod tests {
    use crate::Limits;

    /// The stretch of text that is said to be a control character.
    fn found(text: &str) -> Option<String> {
        let (root, said) = crate::read_yaml(text, &Limits::default());
        let place = said.first()?.location.as_ref()?;
        assert_eq!((root.is_none(), said.len()), (true, 1), "{text:?}");
        assert_eq!(said[0].code.as_str(), "yaml/syntax", "{text:?}");
        let message = "a control character stands in the text";
        assert_eq!(said[0].message, message, "{text:?}");
        let range = place.byte_start as usize..place.byte_end as usize;
        text.get(range).map(str::to_owned)
    }

    #[test]
    fn control_characters_of_ascii_stand_nowhere() {
        for character in (0..0x20).map(char::from) {
            let one = character.to_string();
            let expected = (!matches!(character, '\t' | '\n' | '\r')).then_some(one.clone());
            for text in [
                "é: a?b\n",
                "a: \"b?\"\n",
                "a: '?'\n",
                "a: b # ?\n",
                "? : a\n",
            ] {
                let text = text.replace('?', &one);
                if expected.is_some() {
                    assert_eq!(found(&text), expected, "{text:?}");
                }
            }
            let text = "a: |\n  b?\n  c\n".replace('?', &one);
            assert_eq!(found(&text), expected, "{text:?}");
        }
        // Neither is a mistake behind it another one.
        assert_eq!(found("a: \"b\0\nc: [\n"), Some("\0".to_owned()));
        assert_eq!(found("{\"a\": \"\u{1}\"}"), Some("\u{1}".to_owned()));
    }

    #[test]
    fn the_others_stand_in_quotes() {
        for character in ('\u{7f}'..'\u{a1}').filter(|it| !matches!(it, '\u{85}' | '\u{a0}')) {
            let one = character.to_string();
            for text in [
                "é: a?b\n",
                "a: b # ?\n",
                "? : a\n",
                "a: |\n  b?\n",
                "a: '?'\nb: [?]",
            ] {
                let text = text.replace("?", &one);
                assert_eq!(found(&text), Some(one.clone()), "{text:?}");
            }
            for text in [
                "a: \"b?\"\n",
                "a: '?'\n",
                "'?': {\"?\": '?'}\n",
                "{\"a\": \"?\"}",
            ] {
                assert_eq!(found(&text.replace('?', &one)), None, "{text:?}");
            }
        }
        for text in [
            "a: b\u{85}c\n",
            "a: b\u{a0}c\n",
            "a: 😀\n",
            "\u{feff}a: b\n",
        ] {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}
