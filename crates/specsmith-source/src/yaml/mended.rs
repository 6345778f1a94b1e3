//! Texts that only laxer readers take, mended in place: for the positions that those do not give.

/// The text with spaces for the tabs between its words, and with the lines that brackets are spread
/// over joined. Each byte stays where it is.
///
/// This looks at a text that is no YAML, so that what comes of it may be another value.
pub(super) fn mended(text: &str) -> String {
    let mut mending = Mending::default();
    let mut bytes = text.as_bytes().to_vec();
    let mut before = b'\n';
    for byte in &mut bytes {
        let was = *byte;
        *byte = mending.next(before, was);
        before = was;
    }
    // Only whole characters have become spaces.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Where in the text we are.
#[derive(Default)]
struct Mending {
    /// How many brackets are open.
    open: usize,
    quote: Option<u8>,
    /// Whether the byte before escapes this one.
    escaped: bool,
    comment: bool,
}

impl Mending {
    /// What is to stand in place of a byte.
    fn next(&mut self, before: u8, byte: u8) -> u8 {
        if byte == b'\n' {
            return self.line_break();
        }
        if self.comment {
            return self.blank(byte);
        }
        if let Some(quote) = self.quote {
            let ends = byte == quote && !self.escaped;
            self.escaped = byte == b'\\' && quote == b'"' && !self.escaped;
            self.quote = (!ends).then_some(quote);
            return byte;
        }
        let begins = before.is_ascii_whitespace() || b"[{,:".contains(&before);
        // Two of them are one in the quotes that the first seemed to end.
        let goes_on = byte == b'\'' && before == byte;
        match byte {
            b'\t' => return b' ',
            b'\r' => return self.blank(byte),
            b'"' | b'\'' if begins || goes_on => self.quote = Some(byte),
            b'[' | b'{' if begins || self.open > 0 => self.open += 1,
            b']' | b'}' => self.open = self.open.saturating_sub(1),
            b'#' if before.is_ascii_whitespace() => {
                self.comment = true;
                return self.blank(byte);
            }
            _ => {}
        }
        byte
    }

    fn line_break(&mut self) -> u8 {
        self.comment = false;
        // Outside of brackets it is most likely no quote.
        if self.open == 0 {
            self.quote = None;
        }
        match self.quote {
            Some(_) => b'\n',
            None => self.blank(b'\n'),
        }
    }

    /// A space inside brackets, where nothing ends with the line.
    fn blank(&self, byte: u8) -> u8 {
        if self.open > 0 { b' ' } else { byte }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = mended(text);
        assert_eq!(found, expected);
        assert_eq!(found.len(), text.len());
    }

    #[test]
    fn tabs_between_words_are_spaces() {
        check("a:\t1\nb: \"x\ty\"\t# \tz\n", "a: 1\nb: \"x\ty\" # \tz\n");
        check("a: 'it''s\t'\n", "a: 'it''s\t'\n");
        check("a: \"\\\"\t\"\n", "a: \"\\\"\t\"\n");
    }

    #[test]
    fn lines_in_brackets_are_joined() {
        check(
            "a: [\n1, # é\r\n{b: 2}\n]\nc: d\n",
            "a: [ 1,       {b: 2} ]\nc: d\n",
        );
        check("a: it's [\nb: 1\n", "a: it's [ b: 1 ");
        check("a: [\"x\ny\",\n]\n", "a: [\"x\ny\", ]\n");
        check("a: 'n\nb:\t[]\n", "a: 'n\nb: []\n");
    }
}
