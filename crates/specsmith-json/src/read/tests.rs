//! One case for each mistake, with the bytes it must point at.

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
    check(b"[True]", FaultKind::OtherTrue, 1, 5);
    check(b"[FALSE]", FaultKind::OtherFalse, 1, 6);
    check(b"[None]", FaultKind::OtherNull, 1, 5);
    check(b"[none]", FaultKind::OtherNull, 2, 5);
    check(b"[undefined]", FaultKind::OtherNull, 1, 10);
    check(b"[`a`]", FaultKind::SingleQuote, 1, 2);
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
    check(b"[\"a\nb\"]", FaultKind::LineBreak, 3, 4);
    check(b"[\"a\rb\"]", FaultKind::LineBreak, 3, 4);
    check(b"[\"a\tb\"]", FaultKind::Tab, 3, 4);
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
    let text =
        r#" {"a": [1.0, -2e3, "x\u0041\ud83d\ude00\/"], "b\n": {"c": null}, "d": [true, false]} "#;
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
    let text = r#"{"a":1,"b":[0,{"c/":1,"d":{"x":1},"\u0063/":{"y":1,"y":2}}],"a":{"z":0,"z":1}}"#;
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
