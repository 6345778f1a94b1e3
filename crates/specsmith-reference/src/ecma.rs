//! Patterns as the `jsonschema` crate takes them: what is ECMA-262 and it does not read, said in
//! another way.
//!
//! The crate translates patterns to Rust's regular expressions itself, and its translation stands.
//! Of ECMA-262 it refuses `[]`, `[^]`, `[\b]`, `\0` and surrogate pairs written as two escapes, and
//! of what browsers take without the flag `u` a brace that repeats nothing.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// Whether a pattern is one. Where it is not, reading the documents says so.
pub(crate) fn is_pattern(pattern: &str) -> bool {
    specsmith_rules::pattern::syntax::parse(pattern).is_ok()
}

/// The pattern, in the crate's words where it needs others.
pub(crate) fn translated(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains(['\\', '[', '{']) {
        return Cow::Borrowed(pattern);
    }
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(char) = rest.next() {
        match char {
            '\\' => escape(&mut rest, in_class, &mut out),
            '[' if in_class => out.push('['),
            '[' => match empty_class(&mut rest) {
                Some(meaning) => out.push_str(meaning),
                None => {
                    in_class = true;
                    out.push('[');
                }
            },
            ']' => {
                in_class = false;
                out.push(']');
            }
            '{' if !in_class && !repeats(rest.clone()) => out.push_str("\\{"),
            char => out.push(char),
        }
    }
    if out == pattern {
        Cow::Borrowed(pattern)
    } else {
        Cow::Owned(out)
    }
}

/// What stands behind a backslash.
fn escape(rest: &mut Peekable<Chars<'_>>, in_class: bool, out: &mut String) {
    match rest.next() {
        Some('b') if in_class => out.push_str("\\x08"),
        Some('0') if !rest.peek().is_some_and(char::is_ascii_digit) => out.push_str("\\x00"),
        Some('u') => match surrogate_pair(rest.clone()) {
            Some(char) => {
                // Four digits, a backslash, `u`, four digits.
                rest.nth(9);
                out.push_str(&format!("\\u{{{:x}}}", u32::from(char)));
            }
            None => out.push_str("\\u"),
        },
        // These stand with braces of their own.
        Some(letter @ ('p' | 'P')) => {
            out.extend(['\\', letter]);
            if rest.peek() == Some(&'{') {
                let name = rest.clone().take_while(|it| *it != '}').count();
                out.extend(rest.take(name + 1));
            }
        }
        Some(char) => out.extend(['\\', char]),
        None => out.push('\\'),
    }
    if out.ends_with("\\u") && rest.peek() == Some(&'{') {
        let digits = rest.clone().take_while(|it| *it != '}').count();
        out.extend(rest.take(digits + 1));
    }
}

/// `[]`, which nothing matches, and `[^]`, which anything does; the opening bracket is taken.
fn empty_class(rest: &mut Peekable<Chars<'_>>) -> Option<&'static str> {
    let mut ahead = rest.clone();
    let (length, meaning) = match (ahead.next(), ahead.next()) {
        (Some(']'), _) => (1, "(?!)"),
        (Some('^'), Some(']')) => (2, "[\\s\\S]"),
        _ => return None,
    };
    rest.nth(length - 1);
    Some(meaning)
}

/// Whether what follows an opening brace makes it a repetition.
fn repeats(mut rest: Peekable<Chars<'_>>) -> bool {
    let digits = |rest: &mut Peekable<Chars<'_>>| {
        std::iter::from_fn(|| rest.next_if(char::is_ascii_digit)).count()
    };
    if digits(&mut rest) == 0 {
        return false;
    }
    if rest.next_if_eq(&',').is_some() {
        digits(&mut rest);
    }
    rest.next() == Some('}')
}

/// The character that two escapes `\uXXXX\uXXXX` stand for, if they are a pair; `\u` is taken.
fn surrogate_pair(mut rest: Peekable<Chars<'_>>) -> Option<char> {
    let mut unit = || {
        let mut value = 0;
        for _ in 0..4 {
            value = value * 16 + rest.next()?.to_digit(16)?;
        }
        let next = (rest.next(), rest.next());
        Some((u16::try_from(value).ok()?, next == (Some('\\'), Some('u'))))
    };
    let (high, followed) = unit()?;
    if !followed || !(0xd800..0xdc00).contains(&high) {
        return None;
    }
    let (low, _) = unit()?;
    char::decode_utf16([high, low]).next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn what_the_crate_reads_stays() {
        for pattern in [
            r"^[a-zA-Z0-9\-\_]+$",
            r"^\p{Letter}{2,3}$",
            r"^\u{1F600}\u00e9\x41\cA$",
            r"^[\]\[{}]{3}[^\]]{1,}$",
            r"(a)\1(?<n>b)",
            r"[[]",
        ] {
            assert_eq!(translated(pattern), pattern);
        }
    }

    #[test]
    fn what_the_crate_refuses_is_said_in_another_way() {
        for (pattern, wanted) in [
            ("[]", "(?!)"),
            ("x[^]y", r"x[\s\S]y"),
            (r"[\b]\b", r"[\x08]\b"),
            (r"\0\01", r"\x00\01"),
            (r"\ud83d\ude00", r"\u{1f600}"),
            (r"\ud83d", r"\ud83d"),
            ("{a}{,3}b{2}", r"\{a}\{,3}b{2}"),
            (r"\", r"\"),
        ] {
            assert_eq!(translated(pattern), wanted);
        }
    }
}
