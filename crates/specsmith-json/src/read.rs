//! The tree reader: bytes to [`Node`]s, without recursion.

use crate::lex::Lexer;
use crate::pointer;
use crate::{
    Duplicate, Fault, FaultKind, Limits, Member, Node, Number, Object, Reading, Span, Value,
};

/// Reads a whole text as one JSON value, exactly as RFC 8259 has it.
///
/// What is wrong is in the result, never an error or a panic: one fault at the first byte that
/// cannot stand where it does ends the reading. A byte order mark is a fault that does not, and
/// keys that occur again in their object are listed and left out of the tree.
///
/// ```
/// use specsmith_json::{FaultKind, Limits, Span, read};
/// let reading = read(b"[1, 2,]", &Limits::default());
/// assert!(reading.root.is_none());
/// assert_eq!(reading.faults[0].kind, FaultKind::TrailingComma);
/// assert_eq!(reading.faults[0].span, Span::new(6, 7));
/// ```
pub fn read(bytes: &[u8], limits: &Limits) -> Reading {
    let lexer = match Lexer::new(bytes, limits) {
        Ok(lexer) => lexer,
        Err(fault) => {
            return Reading {
                faults: vec![fault],
                ..Reading::default()
            };
        }
    };
    let mut reading = Reading::default();
    reading.faults.extend(lexer.byte_order_mark());
    let mut reader = Reader {
        lexer,
        depth: limits.depth.min(Limits::DEEPEST),
        frames: Vec::new(),
        items: Vec::new(),
        members: Vec::new(),
        duplicates: Vec::new(),
    };
    match reader.document() {
        Ok(root) => reading.root = Some(root),
        Err(fault) => {
            reader.give_up();
            reading.faults.push(in_right_encoding(fault, bytes));
        }
    }
    reading.duplicates = reader.duplicates;
    reading.duplicates.sort_by_key(|duplicate| duplicate.key);
    reading
}

/// A text in UTF-16 or UTF-32 fails in its first bytes, and says so better than a syntax error.
pub(crate) fn in_right_encoding(fault: Fault, bytes: &[u8]) -> Fault {
    let mark = bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]);
    let wide = mark
        || match bytes {
            // Where the zeros stand in the first two characters, or the first of UTF-32.
            [one, two, three, four, ..] => matches!(
                [*one != 0, *two != 0, *three != 0, *four != 0],
                [true, false, true, false]
                    | [false, true, false, true]
                    | [true, false, false, false]
                    | [false, false, false, true]
            ),
            _ => false,
        };
    if wide && fault.span.start < 4 {
        Fault::new(FaultKind::NotUtf8, fault.span)
    } else {
        fault
    }
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    depth: usize,
    /// The arrays and objects that are open, outermost first.
    frames: Vec<Frame>,
    /// The items read so far of all open arrays, outermost first; a closed one takes its own.
    items: Vec<Node>,
    /// The members read so far of all open objects, likewise.
    members: Vec<Member>,
    duplicates: Vec<Duplicate>,
}

/// An array or object that is open.
struct Frame {
    start: usize,
    /// How many items the arrays around this have.
    items: usize,
    /// How many members the objects around this have.
    members: usize,
    /// In an object, the key whose value is being read.
    key: Option<(Box<str>, Span)>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Fault> {
        loop {
            // A value begins here.
            let mut node = match self.value()? {
                Some(node) => node,
                None => continue,
            };
            // It ends, and perhaps so do those around it.
            loop {
                match self.attach(node)? {
                    Attached::More => break,
                    Attached::Closed(outer) => node = outer,
                    Attached::Root(root) => {
                        self.lexer.end()?;
                        return Ok(root);
                    }
                }
            }
        }
    }

    /// Reads a value, or only the beginning of an array or object up to its first value.
    fn value(&mut self) -> Result<Option<Node>, Fault> {
        let byte = self.lexer.next_token();
        let start = self.lexer.at();
        let value = match byte {
            Some(b'"') => {
                let text = self.lexer.string()?;
                Value::String(text.unescape().into())
            }
            Some(b'{') => {
                self.open(start)?;
                if self.lexer.next_token() != Some(b'}') {
                    self.key()?;
                    return Ok(None);
                }
                self.lexer.bump();
                self.frames.pop();
                Value::Object(Object::default())
            }
            Some(b'[') => {
                self.open(start)?;
                if self.lexer.next_token() != Some(b']') {
                    return Ok(None);
                }
                self.lexer.bump();
                self.frames.pop();
                Value::Array(Vec::new())
            }
            Some(b'-' | b'0'..=b'9') => Value::Number(Number::of_checked(self.lexer.number()?)),
            Some(b't') => {
                self.lexer.literal("true")?;
                Value::Boolean(true)
            }
            Some(b'f') => {
                self.lexer.literal("false")?;
                Value::Boolean(false)
            }
            Some(b'n') => {
                self.lexer.literal("null")?;
                Value::Null
            }
            Some(_) | None => return Err(self.lexer.no_value()),
        };
        Ok(Some(Node::new(self.lexer.span_from(start), value)))
    }

    fn open(&mut self, start: usize) -> Result<(), Fault> {
        if self.frames.len() >= self.depth {
            return Err(self.lexer.fault_here(FaultKind::TooDeep));
        }
        self.lexer.bump();
        self.frames.push(Frame {
            start,
            items: self.items.len(),
            members: self.members.len(),
            key: None,
        });
        Ok(())
    }

    fn key(&mut self) -> Result<(), Fault> {
        let key = self.lexer.key()?;
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((key.unescape().into(), key.span));
        }
        Ok(())
    }

    /// Puts a value where it belongs, and goes on to the next or closes what is around it.
    fn attach(&mut self, node: Node) -> Result<Attached, Fault> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(Attached::Root(node));
        };
        let start = frame.start;
        let value = match frame.key.take() {
            Some((key, key_span)) => {
                self.members.push(Member {
                    key,
                    key_span,
                    node,
                });
                if self.lexer.more_members()? {
                    self.key()?;
                    return Ok(Attached::More);
                }
                Value::Object(self.close_object())
            }
            None => {
                self.items.push(node);
                if self.lexer.more_items()? {
                    return Ok(Attached::More);
                }
                let base = self.frames.pop().map_or(0, |frame| frame.items);
                Value::Array(self.items.split_off(base))
            }
        };
        Ok(Attached::Closed(Node::new(
            self.lexer.span_from(start),
            value,
        )))
    }

    /// The object that is the innermost frame, which is closed.
    fn close_object(&mut self) -> Object {
        let base = self.frames.last().map_or(0, |frame| frame.members);
        let (object, repeated) = Object::collect(self.members.split_off(base));
        for repeated in repeated {
            let mut pointer = self.pointer();
            pointer::push_key(&mut pointer, &repeated.member.key);
            self.duplicates.push(Duplicate {
                key: repeated.member.key_span,
                first: repeated.first,
                pointer,
            });
        }
        self.frames.pop();
        object
    }

    /// After a fault: finds the duplicates in the objects that were never closed.
    fn give_up(&mut self) {
        while !self.frames.is_empty() {
            self.close_object();
        }
    }

    /// The pointer of the innermost frame.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for (outer, inner) in self.frames.iter().zip(self.frames.iter().skip(1)) {
            match &outer.key {
                Some((key, _)) => pointer::push_key(&mut pointer, key),
                None => pointer::push_index(&mut pointer, inner.items - outer.items),
            }
        }
        pointer
    }
}

/// What putting a value in its place came to.
enum Attached {
    /// Another value follows.
    More,
    /// It was the last; here is the array or object around it.
    Closed(Node),
    /// It was the whole text.
    Root(Node),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text` and asserts its one fault: kind, and the part of the text it points at.
    #[track_caller]
    fn check(text: &[u8], kind: FaultKind, start: u32, end: u32) {
        let reading = read(text, &Limits::default());
        assert!(reading.root.is_none());
        assert_eq!(reading.faults, [Fault::new(kind, Span::new(start, end))]);
    }

    #[test]
    fn broken_ends() {
        check(b"", FaultKind::Empty, 0, 0);
        check(b" \n", FaultKind::Empty, 2, 2);
        check(b"[1", FaultKind::Truncated, 2, 2);
        check(b"[1,", FaultKind::Truncated, 3, 3);
        check(b"[", FaultKind::Truncated, 1, 1);
        check(b"{", FaultKind::Truncated, 1, 1);
        check(br#"{"a""#, FaultKind::Truncated, 4, 4);
        check(br#"{"a":"#, FaultKind::Truncated, 5, 5);
        check(br#"{"a":1"#, FaultKind::Truncated, 6, 6);
        check(br#"{"a":1,"#, FaultKind::Truncated, 7, 7);
        check(b"[tru", FaultKind::Truncated, 4, 4);
        check(b"-", FaultKind::Truncated, 1, 1);
        check(b"[1.", FaultKind::Truncated, 3, 3);
        check(b"[1e", FaultKind::Truncated, 3, 3);
        check(br#"["ab"#, FaultKind::UnclosedString, 4, 4);
        check(br#"["ab\"#, FaultKind::UnclosedString, 5, 5);
        check(br#"["\u00"#, FaultKind::UnclosedString, 6, 6);
        check(br#"["\ud83d"#, FaultKind::UnclosedString, 8, 8);
        check(b"1 2", FaultKind::TrailingText, 2, 3);
        check(b"{} }", FaultKind::TrailingText, 3, 4);
        check("{}é".as_bytes(), FaultKind::TrailingText, 2, 4);
    }

    #[test]
    fn broken_structure() {
        check(b"[1,]", FaultKind::TrailingComma, 3, 4);
        check(b"{\"a\":1, }", FaultKind::TrailingComma, 8, 9);
        check(b"[,1]", FaultKind::ExtraComma, 1, 2);
        check(b"[1,,2]", FaultKind::ExtraComma, 3, 4);
        check(b"{,}", FaultKind::ExtraComma, 1, 2);
        check(b"[1 2]", FaultKind::MissingComma, 3, 4);
        check(br#"{"a":1 "b":2}"#, FaultKind::MissingComma, 7, 8);
        check(br#"{"a" 1}"#, FaultKind::MissingColon, 5, 6);
        check(br#"{"a"}"#, FaultKind::MissingColon, 4, 5);
        check(br#"{"a"=1}"#, FaultKind::MissingColon, 4, 5);
        check(br#"{"a":}"#, FaultKind::ExpectedValue, 5, 6);
        check(b"]", FaultKind::ExpectedValue, 0, 1);
        check(br#"["": 1]"#, FaultKind::ExpectedCommaOrBracket, 3, 4);
        check(br#"{"a":1;"b":2}"#, FaultKind::ExpectedCommaOrBrace, 6, 7);
        check(b"[1}", FaultKind::WrongBracket, 2, 3);
        check(b"{\"a\":1]", FaultKind::WrongBracket, 6, 7);
        check(b"{]", FaultKind::WrongBracket, 1, 2);
        check(b"{[: 1}", FaultKind::ExpectedKey, 1, 2);
    }

    #[test]
    fn other_languages() {
        check(b"{'a':1}", FaultKind::SingleQuote, 1, 2);
        check(b"['a']", FaultKind::SingleQuote, 1, 2);
        check(b"{a_1:1}", FaultKind::UnquotedKey, 1, 4);
        check(b"{1:1}", FaultKind::UnquotedKey, 1, 2);
        check("{größe:1}".as_bytes(), FaultKind::UnquotedKey, 1, 8);
        check(b"[True]", FaultKind::BareWord, 1, 5);
        check(b"[undefined]", FaultKind::BareWord, 1, 10);
        check(b"[nullx]", FaultKind::BareWord, 5, 6);
        check(b"[nope]", FaultKind::BareWord, 2, 5);
        check(b"[nul]", FaultKind::BareWord, 4, 5);
        check(b"[1, // one\n2]", FaultKind::Comment, 4, 6);
        check(b"/* c */ 1", FaultKind::Comment, 0, 2);
        check(b"1 # one", FaultKind::Comment, 2, 3);
        check(
            "[\u{201c}a\u{201d}]".as_bytes(),
            FaultKind::CurlyQuote,
            1,
            4,
        );
        check("[\u{a0}1]".as_bytes(), FaultKind::OddSpace, 1, 3);
        check(b"[1\x0c]", FaultKind::OddSpace, 2, 3);
    }

    #[test]
    fn broken_numbers() {
        check(b"[NaN]", FaultKind::NotFinite, 1, 4);
        check(b"[nan]", FaultKind::NotFinite, 2, 4);
        check(b"Infinity", FaultKind::NotFinite, 0, 8);
        check(b"-Infinity", FaultKind::NotFinite, 1, 9);
        check(b"[012]", FaultKind::LeadingZero, 2, 3);
        check(b"[-00]", FaultKind::LeadingZero, 3, 4);
        check(b"[+1]", FaultKind::LeadingPlus, 1, 2);
        check(b"[.5]", FaultKind::LeadingPoint, 1, 2);
        check(b"[5.]", FaultKind::MissingDigit, 3, 4);
        check(b"[-]", FaultKind::MissingDigit, 2, 3);
        check(b"[1e+]", FaultKind::MissingDigit, 4, 5);
        check(b"[-.5]", FaultKind::MissingDigit, 2, 3);
        check(b"[0x1F]", FaultKind::InvalidNumber, 2, 3);
        check(b"[1_000]", FaultKind::InvalidNumber, 2, 3);
        check(b"[1.2.3]", FaultKind::InvalidNumber, 4, 5);
        check(b"[1-2]", FaultKind::InvalidNumber, 2, 3);
    }

    #[test]
    fn broken_strings() {
        check(b"[\"a\nb\"]", FaultKind::ControlCharacter, 3, 4);
        check(b"[\"12345678\x00\"]", FaultKind::ControlCharacter, 10, 11);
        check(br#"["\x"]"#, FaultKind::InvalidEscape, 3, 4);
        check(br#"["\u12G4"]"#, FaultKind::InvalidUnicodeEscape, 6, 7);
        check(br#"["\ud800"]"#, FaultKind::LoneSurrogate, 2, 8);
        check(br#"["\ud800\n"]"#, FaultKind::LoneSurrogate, 2, 8);
        check(br#"["\ud800\u0041"]"#, FaultKind::LoneSurrogate, 2, 8);
        check(br#"["a\udc00"]"#, FaultKind::LoneSurrogate, 3, 9);
    }

    #[test]
    fn not_utf8() {
        check(b"[\"a\xff\"]", FaultKind::InvalidUtf8, 3, 4);
        check(b"[\"\xe2\x82\"]", FaultKind::InvalidUtf8, 2, 4);
        check(b"[\"\xed\xa0\x80\"]", FaultKind::InvalidUtf8, 2, 3);
        check(b"[1\xff]", FaultKind::InvalidUtf8, 2, 3);
        check(b"1\xff", FaultKind::InvalidUtf8, 1, 2);
        check(b"[\"\\\xff\"]", FaultKind::InvalidUtf8, 3, 4);
        check(b"\xff\xfe[\0]\0", FaultKind::NotUtf8, 0, 1);
        check(b"[\0]\0", FaultKind::NotUtf8, 1, 2);
        // A mistake before the bad bytes comes first.
        check(b"[1,] \xff", FaultKind::TrailingComma, 3, 4);
    }

    #[test]
    fn a_byte_order_mark_does_not_stop() {
        let reading = read(b"\xef\xbb\xbf{}", &Limits::default());
        assert_eq!(reading.root.expect("read on").span, Span::new(3, 5));
        let mark = Fault::new(FaultKind::ByteOrderMark, Span::new(0, 3));
        assert_eq!(reading.faults, [mark]);
        let reading = read(b"\xef\xbb\xbf", &Limits::default());
        let empty = Fault::new(FaultKind::Empty, Span::new(3, 3));
        assert_eq!(reading.faults, [mark, empty]);
    }

    #[test]
    fn limits() {
        let limits = Limits { depth: 2, bytes: 8 };
        assert!(read(b"[[1],{}]", &limits).faults.is_empty());
        let faults = read(b"[[[1]]]", &limits).faults;
        assert_eq!(faults, [Fault::new(FaultKind::TooDeep, Span::new(2, 3))]);
        let faults = read(b"[[1],{} ]", &limits).faults;
        assert_eq!(faults, [Fault::new(FaultKind::TooLong, Span::new(8, 8))]);
        let deep = "[".repeat(1_000_000);
        let limits = Limits {
            depth: usize::MAX,
            ..Limits::default()
        };
        let faults = read(deep.as_bytes(), &limits).faults;
        assert_eq!(
            faults,
            [Fault::new(FaultKind::TooDeep, Span::new(1024, 1025))]
        );
    }

    #[test]
    fn values_and_places() {
        let text = r#" {"a": [1.0, -2e3, "x\u0041\ud83d\ude00\/"], "b\n": {"c": null}, "d": [true, false]} "#;
        let root = read(text.as_bytes(), &Limits::default())
            .root
            .expect("well-formed");
        let at = |pointer: &str| {
            let node = root.pointer(pointer).expect("there");
            node.span.of_text(text).expect("inside")
        };
        assert_eq!(at(""), text.trim());
        assert_eq!(at("/a/0"), "1.0");
        assert_eq!(at("/a/1"), "-2e3");
        assert_eq!(at("/b\n"), r#"{"c": null}"#);
        assert_eq!(at("/d/1"), "false");
        assert_eq!(
            root.pointer("/a/2").and_then(Node::as_str),
            Some("xA\u{1f600}/")
        );
        let keys = root.as_object().expect("object").iter();
        let keys: Vec<_> = keys
            .filter_map(|member| member.key_span.of_text(text))
            .collect();
        assert_eq!(keys, [r#""a""#, r#""b\n""#, r#""d""#]);
    }

    #[test]
    fn duplicates_at_every_depth() {
        let text =
            r#"{"a":1,"b":[0,{"c/":1,"d":{"x":1},"\u0063/":{"y":1,"y":2}}],"a":{"z":0,"z":1}}"#;
        let reading = read(text.as_bytes(), &Limits::default());
        assert!(reading.faults.is_empty());
        let found: Vec<_> = reading
            .duplicates
            .iter()
            .map(|found| {
                let key = found.key.of_text(text).expect("inside");
                (found.pointer.as_str(), key, found.first.start)
            })
            .collect();
        assert_eq!(
            found,
            [
                ("/b/1/c~1", "\"\\u0063/\"", 15),
                ("/b/1/c~1/y", "\"y\"", 45),
                ("/a", "\"a\"", 1),
                ("/a/z", "\"z\"", 65),
            ]
        );
        let root = reading.root.expect("read on");
        assert_eq!(
            root.pointer("/a")
                .and_then(Node::as_number)
                .and_then(Number::to_i64),
            Some(1)
        );
    }

    #[test]
    fn duplicates_before_a_fault_are_kept() {
        let reading = read(br#"[{"a":1,"a":2,"b":[{"c":1,"c":1},"#, &Limits::default());
        let pointers: Vec<_> = reading
            .duplicates
            .iter()
            .map(|found| &*found.pointer)
            .collect();
        assert_eq!(pointers, ["/0/a", "/0/b/0/c"]);
        assert_eq!(reading.faults.len(), 1);
    }

    #[test]
    fn large_objects() {
        let members: Vec<String> = (0..1000).map(|i| format!("\"k{}\":{i}", i % 990)).collect();
        let text = format!("{{{}}}", members.join(","));
        let reading = read(text.as_bytes(), &Limits::default());
        assert_eq!(reading.duplicates.len(), 10);
        let root = reading.root.expect("well-formed");
        for i in 0..990 {
            let number = root.get(&format!("k{i}")).and_then(Node::as_number);
            assert_eq!(number.and_then(Number::to_i64), Some(i));
        }
        assert!(root.get("k990").is_none());
    }
}
