//! `hostname`: RFC 1123, and in its newer form with the `xn--` labels of RFC 5891 checked.

use super::idna_table::{is_mark, is_pvalid};
use super::punycode;

/// Labels of letters, digits and inner hyphens, 63 bytes each at most and 253 together.
pub(super) fn is_ascii_hostname(text: &[u8]) -> bool {
    if text.len() > 253 {
        return false;
    }
    text.split(|byte| *byte == b'.').all(|label| match label {
        [] | [b'-', ..] | [.., b'-'] => false,
        label => {
            label.len() <= 63
                && label
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        }
    })
}

/// The same, and labels whose third and fourth characters are hyphens are valid A-labels.
pub(super) fn is_hostname(text: &str) -> bool {
    is_ascii_hostname(text.as_bytes()) && (!text.contains("--") || has_valid_a_labels(text))
}

/// Whether each label with hyphens in its third and fourth place is an A-label of RFC 5891.
fn has_valid_a_labels(text: &str) -> bool {
    text.split('.')
        .all(|label| match label.strip_prefix("xn--") {
            Some(encoded) => {
                punycode::decode(encoded).is_some_and(|decoded| is_unicode_label(&decoded))
            }
            None => label.get(2..4) != Some("--"),
        })
}

/// The label rules of RFC 5891, 5.4, with the contextual rules of RFC 5892, appendix A.
fn is_unicode_label(label: &[char]) -> bool {
    if label.first().is_some_and(|first| is_mark(*first)) {
        return false;
    }
    let any_in = |ranges: &[(char, char)]| {
        label.iter().any(|char| {
            ranges
                .iter()
                .any(|(first, last)| (first..=last).contains(&char))
        })
    };
    let before = |index: usize| index.checked_sub(1).and_then(|index| label.get(index));
    let each_is_allowed = label.iter().enumerate().all(|(index, char)| match char {
        // Zero width joiner: after a virama.
        '\u{200D}' => before(index).is_some_and(|before| VIRAMAS.binary_search(before).is_ok()),
        // Middle dot: between two l.
        '\u{B7}' => before(index) == Some(&'l') && label.get(index + 1) == Some(&'l'),
        // Greek keraia: before Greek.
        '\u{375}' => label
            .get(index + 1)
            .is_some_and(|after| ('\u{370}'..='\u{3FF}').contains(after)),
        // Hebrew geresh and gershayim: after Hebrew.
        '\u{5F3}' | '\u{5F4}' => {
            before(index).is_some_and(|before| ('\u{590}'..='\u{5FF}').contains(before))
        }
        // Katakana middle dot: judged with the whole label below.
        '\u{30FB}' => true,
        '\u{640}' | '\u{7FA}' | '\u{302E}' | '\u{302F}' | '\u{3031}'..='\u{3035}' | '\u{303B}' => {
            false
        }
        // Exceptions that RFC 5892 lists by name.
        '\u{200C}' | '\u{6FD}' | '\u{6FE}' | '\u{F0B}' | '\u{3007}' => true,
        // Kana and Han blocks are taken whole, and so are the two kinds of Arabic digits.
        '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' => true,
        char => char.is_ascii() || is_pvalid(*char),
    });
    each_is_allowed
        // The middle dot does not count as the Katakana that must stand beside it.
        && (!label.contains(&'\u{30FB}')
            || any_in(&[('\u{3040}', '\u{30FA}'), ('\u{30FC}', '\u{30FF}'), ('\u{4E00}', '\u{9FFF}')]))
        && !(any_in(&[('\u{660}', '\u{669}')]) && any_in(&[('\u{6F0}', '\u{6F9}')]))
}

/// The signs that join two consonants, sorted.
const VIRAMAS: &[char] = &[
    '\u{94D}',
    '\u{9CD}',
    '\u{A4D}',
    '\u{ACD}',
    '\u{B4D}',
    '\u{BCD}',
    '\u{C4D}',
    '\u{CCD}',
    '\u{D4D}',
    '\u{DCA}',
    '\u{E3A}',
    '\u{F84}',
    '\u{1039}',
    '\u{1714}',
    '\u{1734}',
    '\u{17D2}',
    '\u{1A60}',
    '\u{1B44}',
    '\u{1BAA}',
    '\u{1BF2}',
    '\u{1BF3}',
    '\u{2D7F}',
    '\u{A806}',
    '\u{A8C4}',
    '\u{A953}',
    '\u{ABED}',
    '\u{10A3F}',
    '\u{11046}',
    '\u{1107F}',
    '\u{110B9}',
    '\u{11133}',
    '\u{111C0}',
    '\u{11235}',
    '\u{112EA}',
    '\u{1134D}',
    '\u{11442}',
    '\u{114C2}',
    '\u{115BF}',
    '\u{1163F}',
    '\u{116B6}',
    '\u{1172B}',
    '\u{11839}',
    '\u{119E0}',
    '\u{11A34}',
    '\u{11A47}',
    '\u{11A99}',
    '\u{11C3F}',
    '\u{11D44}',
    '\u{11D45}',
    '\u{11D97}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostnames() {
        let label = "a".repeat(63);
        let longest = [label.as_str(); 3].join(".") + "." + &"a".repeat(61);
        assert_eq!(longest.len(), 253);
        let too_long = format!("{longest}a");
        for (text, valid) in [
            ("example.com", true),
            ("localhost", true),
            ("1.2.3", true),
            ("xn--4gbwdl.xn--wgbh1c", true),
            ("xn--bcher-kva.example", true),
            (longest.as_str(), true),
            (too_long.as_str(), false),
            ("ab--cd.com", false),
            ("XN--bcher-kva", false),
            ("xn--", false),
            ("xn--X", false),
            ("-a.com", false),
            ("a-.com", false),
            ("a..b", false),
            ("a.", false),
            (".a", false),
            ("a_b", false),
            ("bücher", false),
            ("", false),
        ] {
            assert_eq!(is_hostname(text), valid, "{text}");
        }
    }

    #[test]
    fn labels_in_context() {
        for (label, valid) in [
            ("l·l", true),
            ("a·l", false),
            ("α͵β", true),
            ("α͵S", false),
            ("א׳ב", true),
            ("A׳ב", false),
            ("ァ・", true),
            ("・", false),
            ("a・b", false),
            ("٠۰", false),
            ("क्\u{200D}ष", true),
            ("क\u{200D}ष", false),
            ("\u{301}a", false),
            ("〮", false),
            ("☃", false),
        ] {
            let label: Vec<_> = label.chars().collect();
            assert_eq!(is_unicode_label(&label), valid, "{label:?}");
        }
    }

    #[test]
    fn viramas_are_sorted() {
        assert!(VIRAMAS.is_sorted());
    }
}
