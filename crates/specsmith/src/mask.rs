//! The source line redrawn: its punctuation and its known property names stay, every value goes.

use specsmith_diagnostics::Excerpt;

use crate::names::{HIDDEN, Names};

/// A line as it may be shown, and where its bytes went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redrawn {
    text: String,
    /// Where each part of the line ends, in order.
    ends: Vec<Place>,
    /// Whether that is all of it.
    is_whole: bool,
}

/// A place in the line, and in what is shown of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place {
    byte: usize,
    column: usize,
}

/// So many bytes of a line have about one part, so that lists are short and seldom grow.
const BYTES_OF_PART: usize = 6;

/// Redraws one line of JSON or of something that should be JSON, up to so many columns behind the
/// byte `meant`, or the whole. `line` holds no line break.
pub fn redraw(line: &[u8], names: &Names, meant: usize, width: usize) -> Redrawn {
    let mut out = Redrawn::with_capacity(line.len());
    let mut at = 0;
    let (mut column, mut most) = (0usize, None);
    while let Some(byte) = line.get(at) {
        if at >= meant && column > *most.get_or_insert(column.saturating_add(width)) {
            break;
        }
        let (end, columns) = match byte {
            b' ' | b'\t' | b'\r' => {
                out.text.push(' ');
                (at + 1, 1)
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => {
                out.text.push(char::from(*byte));
                (at + 1, 1)
            }
            b'"' => string(line, at, names, &mut out.text),
            _ => {
                out.text.push_str(HIDDEN);
                (word_end(line, at), 1)
            }
        };
        out.ends(end, columns);
        column += columns;
        at = end;
    }
    out.is_whole = at >= line.len();
    out
}

/// Redraws one line of YAML: keys that are known stay, with the indentation and the dashes.
pub fn redraw_yaml(line: &[u8], names: &Names) -> Redrawn {
    let mut out = Redrawn::with_capacity(line.len());
    out.is_whole = true;
    let mut push = |end: usize, shown: &str| {
        out.text.push_str(shown);
        out.ends(end, shown.chars().count());
    };
    let mut at = 0;
    while let Some(byte @ (b' ' | b'-' | b'\t')) = line.get(at) {
        let dash = *byte == b'-' && matches!(line.get(at + 1), None | Some(b' '));
        if *byte == b'-' && !dash {
            break;
        }
        at += 1;
        push(at, if dash { "-" } else { " " });
    }
    let rest = line.get(at..).unwrap_or_default();
    let colon = (0..rest.len()).find(|index| {
        rest.get(*index) == Some(&b':')
            && matches!(rest.get(index + 1), None | Some(b' ' | b'\t' | b'\r'))
    });
    if let Some(colon) = colon {
        let key = std::str::from_utf8(rest.get(..colon).unwrap_or_default()).unwrap_or_default();
        let bare = key.trim().trim_matches(['"', '\'']);
        let shown = names.shows(bare);
        push(at + colon, if shown { key } else { HIDDEN });
        at += colon + 1;
        push(at, ":");
        while let Some(b' ' | b'\t') = line.get(at) {
            at += 1;
            push(at, " ");
        }
    }
    if at < line.len() {
        push(line.len(), HIDDEN);
    }
    out
}

impl Redrawn {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(bytes / BYTES_OF_PART),
            is_whole: false,
        }
    }

    /// Whether it is drawn to more than so many columns behind a byte of the line, or all of it is.
    pub fn reaches(&self, byte: usize, columns: usize) -> bool {
        let last = self.ends.last().copied().unwrap_or_default();
        let column = || self.column(byte, true).saturating_add(columns);
        self.is_whole || last.byte >= byte && last.column > column()
    }

    /// The line as an excerpt of so many columns; `bytes` are those meant, from the start of the
    /// line.
    pub fn excerpt(&self, line: u64, bytes: std::ops::Range<usize>, width: usize) -> Excerpt {
        let start = self.column(bytes.start, false);
        let end = if bytes.end > bytes.start {
            self.column(bytes.end, true)
        } else {
            start
        };
        Excerpt::cut(line, &self.text, start..end.max(start), width)
    }

    /// The part that was written last, of so many columns, ends at that byte of the line.
    #[inline]
    fn ends(&mut self, byte: usize, columns: usize) {
        let start = self.ends.last().copied().unwrap_or_default();
        self.ends.push(Place {
            byte,
            column: start.column + columns,
        });
    }

    /// Where a byte went. At an end, a byte inside hidden text went to the end of that text.
    fn column(&self, byte: usize, is_end: bool) -> usize {
        let index = self.ends.partition_point(|end| end.byte <= byte);
        let before = index.checked_sub(1).and_then(|it| self.ends.get(it));
        let start = before.copied().unwrap_or_default();
        let Some(end) = self.ends.get(index) else {
            return start.column;
        };
        let into = byte.saturating_sub(start.byte);
        if into == 0 {
            return start.column;
        }
        // Text that is shown as it is has a column for each byte of it.
        if end.column - start.column == end.byte - start.byte {
            return start.column + into;
        }
        match is_end {
            true => end.column,
            // Behind the opening quote, where the text has one.
            false => (start.column + 1).min(end.column - 1),
        }
    }
}

/// Writes what is shown of the string whose opening quote is at `start`; returns its end, and how
/// many columns that takes.
fn string(line: &[u8], start: usize, names: &Names, out: &mut String) -> (usize, usize) {
    out.push('"');
    let mut at = start + 1;
    loop {
        let rest = line.get(at..).unwrap_or_default();
        let Some(next) = memchr::memchr2(b'"', b'\\', rest) else {
            out.push_str(HIDDEN);
            return (line.len(), 2);
        };
        at += next;
        if line.get(at) == Some(&b'"') {
            break;
        }
        at += 2;
    }
    let text = line.get(start + 1..at).unwrap_or_default();
    let end = at + 1;
    let mut behind = line.get(end..).unwrap_or_default().iter();
    let is_key = behind.find(|it| !matches!(it, b' ' | b'\t')) == Some(&b':');
    let name = match is_key {
        true => std::str::from_utf8(text).ok(),
        false => None,
    };
    let inner = match name.filter(|name| names.shows(name)) {
        // A name that is near a known one may still hold what moves the cursor; `cut` sees to that.
        Some(name) => {
            out.push_str(name);
            name.chars().count()
        }
        None if text.is_empty() => 0,
        None => {
            out.push_str(HIDDEN);
            1
        }
    };
    out.push('"');
    (end, inner + 2)
}

/// Where a run of anything else ends.
fn word_end(line: &[u8], start: usize) -> usize {
    let rest = line.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|it| {
            matches!(
                it,
                b' ' | b'\t' | b'\r' | b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"'
            )
        })
        .unwrap_or(rest.len());
    start + length.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::of(["phoneNumber", "items"].map(str::to_owned))
    }

    fn check(line: &str, meant: std::ops::Range<usize>, expected: &str) {
        let excerpt = redraw(line.as_bytes(), &names(), 0, usize::MAX);
        let excerpt = excerpt.excerpt(1, meant, Excerpt::WIDTH);
        let mark = " ".repeat(excerpt.start) + &"^".repeat((excerpt.end - excerpt.start).max(1));
        assert_eq!(format!("{}\n{mark}", excerpt.text), expected);
    }

    #[test]
    fn values_go_and_names_stay() {
        check(
            r#"  "phoneNumber": "555-0100", "secret": 12, "x": true"#,
            17..27,
            "  \"phoneNumber\": \"…\", \"…\": …, \"…\": …\n                 ^^^",
        );
    }

    #[test]
    fn a_place_inside_a_value_is_a_place_inside_its_stand_in() {
        check(r#"["abcdef"]"#, 4..5, "[\"…\"]\n  ^^");
        check(r#"["abcdef"]"#, 10..10, "[\"…\"]\n     ^");
    }

    #[test]
    fn broken_lines_give_nothing_away() {
        check(
            r#"{"phoneNumber": "555, 01"#,
            0..1,
            "{\"phoneNumber\": \"…\n^",
        );
        check("{'name': 'Jane Doe'}", 1..7, "{…: … …}\n ^");
        check(r#"Jane": "phoneNumber""#, 0..4, "…\"…\"…\"…\n^");
        check("\u{202e}é\u{1b}[31m", 0..3, "…[…\n^");
    }

    #[test]
    fn what_is_not_drawn_would_not_be_shown() {
        let line = r#"{"items": ["a", "bc\"d", {"phoneNumber": 1, "x":[]}, true, "é"]}"#.as_bytes();
        let names = names();
        let whole = redraw(line, &names, 0, usize::MAX);
        for (start, end) in (0..line.len()).flat_map(|it| [(it, it), (it, it + 1), (it, it + 9)]) {
            for width in [1, 2, 5, 20, 100] {
                let drawn = redraw(line, &names, end, width);
                assert!(drawn.reaches(end, width), "{end} {width}");
                let excerpt = |drawn: &Redrawn| drawn.excerpt(1, start..end, width);
                assert_eq!(excerpt(&drawn), excerpt(&whole), "{start} {end} {width}");
            }
        }
    }

    #[test]
    fn an_empty_line_has_a_place_too() {
        check("", 0..0, "\n^");
    }

    #[test]
    fn yaml_keeps_its_known_keys() {
        let line = b"  - phoneNumber: 555-0100";
        let excerpt = redraw_yaml(line, &names()).excerpt(3, 17..25, Excerpt::WIDTH);
        assert_eq!(excerpt.text, "  - phoneNumber: …");
        assert_eq!((excerpt.start, excerpt.end), (17, 18));
        let line = b"phoneNumber:\t555";
        let excerpt = redraw_yaml(line, &names()).excerpt(1, 13..16, Excerpt::WIDTH);
        assert_eq!(
            (excerpt.text.as_str(), excerpt.start),
            ("phoneNumber: …", 13)
        );
        let line = b"Jane Doe: secret";
        assert_eq!(
            redraw_yaml(line, &names())
                .excerpt(1, 0..8, Excerpt::WIDTH)
                .text,
            "…: …"
        );
    }
}
