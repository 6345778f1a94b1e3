//! References as RFC 3986 has them, as far as documents use them: taking them apart, and joining
//! them to a base.

use std::borrow::Cow;

/// The part before the `#`, and the part behind it.
pub(crate) fn split(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (reference, None),
    }
}

/// Whether an address begins with a scheme (`https:`, `urn:`).
pub(crate) fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|it| it.is_ascii_alphabetic())
        && letters.all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'))
}

/// The text with its `%` escapes undone; `None` where they are no escapes, or no UTF-8.
pub(crate) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// The address that `reference` means where `base` is the address around it.
pub(crate) fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) || base.is_empty() {
        return reference.to_owned();
    }
    let (scheme, rest) = match has_scheme(base).then(|| base.split_once(':')).flatten() {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, base),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
            (Some(authority), path)
        }
        None => (None, rest),
    };
    let path = path.split('?').next().unwrap_or_default();
    let (authority, path) = if let Some(rest) = reference.strip_prefix("//") {
        let end = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
        (Some(authority), path.to_owned())
    } else if reference.starts_with('/') {
        (authority, without_dots(reference))
    } else if reference.starts_with('?') {
        (authority, format!("{path}{reference}"))
    } else {
        let folder = match path.rfind('/') {
            Some(at) => path.get(..=at).unwrap_or_default(),
            None if authority.is_some() => "/",
            None => "",
        };
        (authority, without_dots(&format!("{folder}{reference}")))
    };
    let mut out = String::new();
    if let Some(scheme) = scheme {
        out.push_str(scheme);
        out.push(':');
    }
    if let Some(authority) = authority {
        out.push_str("//");
        out.push_str(authority);
    }
    out.push_str(&path);
    out
}

/// The path without `.` and `..` segments.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." && kept.len() > usize::from(path.starts_with('/')) {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_joined_to_their_base() {
        for (base, reference, joined) in [
            ("http://a/b/c", "d", "http://a/b/d"),
            ("http://a/b/c", "/d", "http://a/d"),
            ("http://a/b/c", "../d", "http://a/d"),
            ("http://a/b/c", "../../../d", "http://a/d"),
            ("http://a/b/c", "./d/", "http://a/b/d/"),
            ("http://a/b/c", "..", "http://a/"),
            ("http://a", "d", "http://a/d"),
            ("http://a/b?x=/y", "d", "http://a/d"),
            ("http://a/b", "//c/d", "http://c/d"),
            ("http://a/b", "", "http://a/b"),
            ("http://a/b", "urn:x:y", "urn:x:y"),
            ("urn:x:y", "", "urn:x:y"),
            ("b/c", "d", "b/d"),
            ("", "d", "d"),
        ] {
            assert_eq!(join(base, reference), joined, "{base} + {reference}");
        }
    }

    #[test]
    fn escapes_are_undone_or_refused() {
        assert_eq!(decoded("a%2fb%C3%A9").as_deref(), Some("a/bé"));
        assert_eq!(decoded("plain").as_deref(), Some("plain"));
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }
}
