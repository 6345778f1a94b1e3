//! `uri`, `uri-reference` (RFC 3986), `iri` and `iri-reference` (RFC 3987).

use core::net::Ipv6Addr;

pub(super) fn is_uri(text: &str) -> bool {
    is_reference(text, Needs::Scheme, Alphabet::Ascii)
}

pub(super) fn is_uri_reference(text: &str) -> bool {
    is_reference(text, Needs::Nothing, Alphabet::Ascii)
}

pub(super) fn is_iri(text: &str) -> bool {
    is_reference(text, Needs::Scheme, Alphabet::Unicode)
}

pub(super) fn is_iri_reference(text: &str) -> bool {
    is_reference(text, Needs::Nothing, Alphabet::Unicode)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Scheme,
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Ascii,
    Unicode,
}

/// Which characters may stand in a part, besides the unreserved ones, the sub-delimiters and
/// percent-encoded octets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `:`.
    UserInfo,
    /// Nothing else.
    HostName,
    /// `:`, `@` and `/`.
    Path,
    /// Those, `?`, and in an IRI private use.
    Query,
    /// Those and `?`.
    Fragment,
}

fn is_reference(text: &str, needs: Needs, alphabet: Alphabet) -> bool {
    let scheme = scheme_length(text.as_bytes());
    if needs == Needs::Scheme && scheme.is_none() {
        return false;
    }
    let Some(text) = text.get(scheme.map_or(0, |length| length + 1)..) else {
        return false;
    };
    let after_authority = match text.strip_prefix("//") {
        Some(rest) => authority(rest, alphabet),
        // Before the first slash, a colon would end a scheme.
        None if scheme.is_none() && first_segment(text).contains(':') => None,
        None => Some(text),
    };
    after_authority.is_some_and(|text| is_path_query_fragment(text, alphabet))
}

fn is_path_query_fragment(text: &str, alphabet: Alphabet) -> bool {
    let Some(mut rest) = skip(text, Part::Path, alphabet) else {
        return false;
    };
    for (mark, part) in [('?', Part::Query), ('#', Part::Fragment)] {
        if let Some(tail) = rest.strip_prefix(mark) {
            match skip(tail, part, alphabet) {
                Some(tail) => rest = tail,
                None => return false,
            }
        }
    }
    rest.is_empty()
}

/// How long the scheme is that stands before the first `:`, if one does.
fn scheme_length(text: &[u8]) -> Option<usize> {
    if !text.first()?.is_ascii_alphabetic() {
        return None;
    }
    let length = text
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))?;
    (text.get(length) == Some(&b':')).then_some(length)
}

fn first_segment(text: &str) -> &str {
    text.split(['/', '?', '#']).next().unwrap_or(text)
}

/// What follows the authority: nothing, or a path that begins with `/`, or a query or fragment.
fn authority(text: &str, alphabet: Alphabet) -> Option<&str> {
    let rest = skip(text, Part::UserInfo, alphabet)?;
    let host = rest.strip_prefix('@').unwrap_or(text);
    let rest = match host.strip_prefix('[') {
        Some(literal) => ip_literal(literal)?,
        None => skip(host, Part::HostName, alphabet)?,
    };
    let rest = match rest.strip_prefix(':') {
        Some(port) => port.trim_start_matches(|char: char| char.is_ascii_digit()),
        None => rest,
    };
    (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then_some(rest)
}

/// What follows the closing bracket of an IPv6 address or of one of a future version.
fn ip_literal(text: &str) -> Option<&str> {
    let (address, rest) = text.split_once(']')?;
    let is_valid = match address.strip_prefix(['v', 'V']) {
        Some(future) => {
            let (version, address) = future.split_once('.')?;
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !address.is_empty()
                && address.bytes().all(|byte| is_plain(byte) || byte == b':')
        }
        None => address.parse::<Ipv6Addr>().is_ok(),
    };
    is_valid.then_some(rest)
}

/// What follows the longest run of characters that the part may hold; `None` where a percent sign
/// is not followed by two hexadecimal digits.
fn skip(text: &str, part: Part, alphabet: Alphabet) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if is_plain(byte) || is_special_in(byte, part) {
            at += 1;
        } else if byte == b'%' {
            match bytes.get(at + 1..at + 3) {
                Some([a, b]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => at += 3,
                Some(_) | None => return None,
            }
        } else if !byte.is_ascii() && alphabet == Alphabet::Unicode {
            let char = text.get(at..)?.chars().next()?;
            if !is_international(char, part) {
                break;
            }
            at += char.len_utf8();
        } else {
            break;
        }
    }
    text.get(at..)
}

/// Unreserved characters and sub-delimiters.
fn is_plain(byte: u8) -> bool {
    matches!(
        byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~'
            | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
    )
}

fn is_special_in(byte: u8, part: Part) -> bool {
    match part {
        Part::HostName => false,
        Part::UserInfo => byte == b':',
        Part::Path => matches!(byte, b':' | b'@' | b'/'),
        Part::Query | Part::Fragment => matches!(byte, b':' | b'@' | b'/' | b'?'),
    }
}

/// `ucschar`, and in a query `iprivate`, with the last two code points of each plane left out.
fn is_international(char: char, part: Part) -> bool {
    let point = char as u32;
    match point {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        0x1_0000..=0xD_FFFF => point & 0xFFFF <= 0xFFFD,
        0xE_1000..=0xE_FFFD => true,
        0xE000..=0xF8FF => part == Part::Query,
        0xF_0000..=0x10_FFFF => part == Part::Query && point & 0xFFFF <= 0xFFFD,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris() {
        for (text, valid) in [
            ("http://example.com", true),
            ("https://user:pw@example.com:8080/a/b?c=d#e", true),
            ("mailto:jdoe@example.com", true),
            ("urn:isbn:0451450523", true),
            ("http://[::1]:80/", true),
            ("http://[v1.a:b]", true),
            ("file:///etc", true),
            ("a:", true),
            ("http://%41", true),
            ("//example.com", false),
            ("/relative", false),
            ("http://[::1", false),
            ("http://[:::1]", false),
            ("http://a[::1]", false),
            ("http://a:b", false),
            ("http://a@b@c", false),
            ("http://%4", false),
            ("http://exa mple.com", false),
            ("http://é.com", false),
            ("1a:b", false),
            ("a\\b:c", false),
            ("", false),
        ] {
            assert_eq!(is_uri(text), valid, "{text}");
        }
    }

    #[test]
    fn references() {
        for (text, valid) in [
            ("", true),
            ("/a", true),
            ("a/b:c", true),
            ("a:b", true),
            ("1:b", false),
            ("//", true),
            ("?q", true),
            ("#f", true),
            ("##", false),
            ("a b", false),
        ] {
            assert_eq!(is_uri_reference(text), valid, "{text}");
        }
    }

    #[test]
    fn iris() {
        assert!(is_iri("http://é.com/ü?\u{E000}#ß"));
        assert!(!is_iri("http://é.com/\u{E000}"));
        assert!(!is_iri("http://é.com/#\u{E000}"));
        assert!(is_iri_reference("/é"));
        assert!(!is_iri_reference("/\u{FFFF}"));
    }
}
