//! The public parser suite JSONTestSuite: `y_` is accepted, `n_` refused, each `i_` decided here.
//!
//! Reads the suite from `$SPECSMITH_CORPUS/JSONTestSuite`, by default `../shared/corpus` beside
//! the workspace. Without it the test says so and passes, except on CI.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use specsmith_json::{FaultKind, Limits, Node, Reading, from_slice, read};

/// What the suite leaves to the implementation, with our decision: `None` is accepted.
const DECIDED: &[(&str, Option<FaultKind>)] = &[
    // Numbers are exact, so none is too large or too small.
    ("i_number_double_huge_neg_exp.json", None),
    ("i_number_huge_exp.json", None),
    ("i_number_neg_int_huge_exp.json", None),
    ("i_number_pos_double_huge_exp.json", None),
    ("i_number_real_neg_overflow.json", None),
    ("i_number_real_pos_overflow.json", None),
    ("i_number_real_underflow.json", None),
    ("i_number_too_big_neg_int.json", None),
    ("i_number_too_big_pos_int.json", None),
    ("i_number_very_big_negative_int.json", None),
    // No string of Unicode text has half a surrogate pair.
    (
        "i_object_key_lone_2nd_surrogate.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_1st_surrogate_but_2nd_missing.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_1st_valid_surrogate_2nd_invalid.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_incomplete_surrogate_and_escape_valid.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_incomplete_surrogate_pair.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_incomplete_surrogates_escape_valid.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_invalid_lonely_surrogate.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_invalid_surrogate.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_inverted_surrogates_U+1D11E.json",
        Some(FaultKind::LoneSurrogate),
    ),
    (
        "i_string_lone_second_surrogate.json",
        Some(FaultKind::LoneSurrogate),
    ),
    // RFC 8259 §8.1: UTF-8 and nothing else.
    ("i_string_UTF-16LE_with_BOM.json", Some(FaultKind::NotUtf8)),
    ("i_string_utf16BE_no_BOM.json", Some(FaultKind::NotUtf8)),
    ("i_string_utf16LE_no_BOM.json", Some(FaultKind::NotUtf8)),
    (
        "i_string_UTF-8_invalid_sequence.json",
        Some(FaultKind::InvalidUtf8),
    ),
    (
        "i_string_UTF8_surrogate_U+D800.json",
        Some(FaultKind::InvalidUtf8),
    ),
    ("i_string_invalid_utf-8.json", Some(FaultKind::InvalidUtf8)),
    ("i_string_iso_latin_1.json", Some(FaultKind::InvalidUtf8)),
    (
        "i_string_lone_utf8_continuation_byte.json",
        Some(FaultKind::InvalidUtf8),
    ),
    (
        "i_string_not_in_unicode_range.json",
        Some(FaultKind::InvalidUtf8),
    ),
    (
        "i_string_overlong_sequence_2_bytes.json",
        Some(FaultKind::InvalidUtf8),
    ),
    (
        "i_string_overlong_sequence_6_bytes.json",
        Some(FaultKind::InvalidUtf8),
    ),
    (
        "i_string_overlong_sequence_6_bytes_null.json",
        Some(FaultKind::InvalidUtf8),
    ),
    (
        "i_string_truncated-utf-8.json",
        Some(FaultKind::InvalidUtf8),
    ),
    // Above the default limit of 128.
    (
        "i_structure_500_nested_arrays.json",
        Some(FaultKind::TooDeep),
    ),
    // A warning; the value is read all the same.
    (
        "i_structure_UTF-8_BOM_empty_object.json",
        Some(FaultKind::ByteOrderMark),
    ),
];

/// Accepted by the suite, refused here for its duplicate keys only.
const DUPLICATES: &[&str] = &[
    "y_object_duplicated_key.json",
    "y_object_duplicated_key_and_value.json",
];

#[test]
fn parsing() {
    let Some(suite) = suite() else { return };
    let mut decided = 0;
    let mut wrong = Vec::new();
    for (name, bytes) in files(&suite.join("test_parsing")) {
        let reading = read(&bytes, &Limits::default());
        let fault = reading.faults.first().map(|fault| fault.kind);
        let duplicate = !reading.duplicates.is_empty();
        let right = match name.get(..2) {
            Some("y_") => fault.is_none() && duplicate == DUPLICATES.contains(&&*name),
            Some("n_") => fault.is_some() && reading.root.is_none(),
            Some("i_") => {
                decided += 1;
                DECIDED.contains(&(&name, fault))
            }
            _ => panic!("{name} is none of y_, n_, i_"),
        };
        let refused = deserialized(&bytes);
        // The `Deserializer` has no way to warn, and a byte order mark is an error to it.
        let broken = fault.is_some() || duplicate;
        let agrees = refused.is_some() == broken;
        let refused_inside = refused.is_none_or(|at| at <= bytes.len());
        if !right || !agrees || !refused_inside || !well_placed(&reading, &bytes) {
            wrong.push((name, reading.faults));
        }
    }
    assert_eq!(wrong, []);
    assert_eq!(decided, DECIDED.len());
}

#[test]
fn numbers_are_kept_as_written() {
    let Some(suite) = suite() else { return };
    for (name, bytes) in files(&suite.join("test_transform")) {
        let Some(written) = name
            .strip_prefix("number_")
            .and_then(|name| name.strip_suffix(".json"))
        else {
            continue;
        };
        let root = read(&bytes, &Limits::default()).root.expect("well-formed");
        let number = root
            .item(0)
            .and_then(|item| item.as_number())
            .expect("a number");
        assert!(
            bytes.starts_with(format!("[{}", number.as_str()).as_bytes()),
            "{name}"
        );
        assert!(number.as_str().eq_ignore_ascii_case(written), "{name}");
    }
}

/// Where the serde `Deserializer` refuses a text, by itself and as the value of a property that a
/// struct knows and of one that it does not: all three or none.
fn deserialized(bytes: &[u8]) -> Option<usize> {
    #[derive(serde::Deserialize)]
    struct Known {
        #[serde(rename = "known")]
        _known: Option<IgnoredAny>,
    }
    let refused = from_slice::<Node>(bytes).err();
    let ignored = from_slice::<IgnoredAny>(bytes).err();
    let agrees = refused.is_some() == ignored.is_some();
    // A byte order mark is passed over at the beginning of a text, and nowhere else.
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    for before in ["{\"known\":", "{\"unknown\":"] {
        let inside = [before.as_bytes(), bytes, b"}"].concat();
        let known = from_slice::<Known>(&inside).err();
        assert_eq!(
            known.is_some(),
            refused.is_some() || marked,
            "{before}{}}}",
            bytes.escape_ascii()
        );
        let within = |error: &specsmith_json::Error| {
            let span = error.span();
            inside.get(span.range()).is_some()
        };
        assert!(known.as_ref().is_none_or(within), "{known:?}");
    }
    assert!(agrees, "{refused:?} {ignored:?}");
    let place = |it: specsmith_json::Error| it.span().range().end;
    refused.map(place)
}

/// Whether every fault points into the text or to its end.
fn well_placed(reading: &Reading, bytes: &[u8]) -> bool {
    reading
        .faults
        .iter()
        .all(|fault| bytes.get(fault.span.range()).is_some())
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the suite's folder")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a plain name");
            (name, fs::read(entry.path()).expect("readable"))
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn suite() -> Option<PathBuf> {
    let corpus = std::env::var_os("SPECSMITH_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    let suite = corpus.join("JSONTestSuite");
    if suite.is_dir() {
        return Some(suite);
    }
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!ci, "no JSONTestSuite; set SPECSMITH_CORPUS");
    println!("skipped: no JSONTestSuite; set SPECSMITH_CORPUS");
    None
}
