//! `uri-template`: RFC 6570, level 4.

/// Literal characters and expressions such as `{+path,query*,id:3}`.
pub(super) fn is_uri_template(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        rest = match rest {
            [] => return true,
            [b'{', tail @ ..] => match expression(tail) {
                Some(tail) => tail,
                None => return false,
            },
            [b'%', a, b, tail @ ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => tail,
            [byte, tail @ ..] if is_literal(*byte) => tail,
            _ => return false,
        };
    }
}

fn is_literal(byte: u8) -> bool {
    !matches!(
        byte,
        0x00..=0x20 | b'"' | b'%' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7F
    )
}

/// What follows the closing brace; the opening one is already read.
fn expression(text: &[u8]) -> Option<&[u8]> {
    let mut rest = match text {
        [
            b'+' | b'#' | b'.' | b'/' | b';' | b'?' | b'&' | b'=' | b',' | b'!' | b'@' | b'|',
            tail @ ..,
        ] => tail,
        text => text,
    };
    loop {
        rest = modifier(variable(rest)?)?;
        match rest.split_first()? {
            (b',', tail) => rest = tail,
            (b'}', tail) => return Some(tail),
            _ => return None,
        }
    }
}

/// Words joined by single dots.
fn variable(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    loop {
        let start = rest.len();
        rest = loop {
            rest = match rest {
                [byte, tail @ ..] if byte.is_ascii_alphanumeric() || *byte == b'_' => tail,
                [b'%', a, b, tail @ ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => tail,
                [b'%', ..] => return None,
                rest => break rest,
            };
        };
        if rest.len() == start {
            return None;
        }
        match rest {
            [b'.', tail @ ..] => rest = tail,
            rest => return Some(rest),
        }
    }
}

/// `*`, or `:` and a number from 1 to 9999, or nothing.
fn modifier(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'*', tail @ ..] => Some(tail),
        [b':', number @ ..] => {
            let digits = number
                .iter()
                .take(4)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits == 0 || number.first() == Some(&b'0') {
                None
            } else {
                number.get(digits..)
            }
        }
        text => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        for (text, valid) in [
            ("http://example.com/dictionary/{term:1}/{term}", true),
            ("{+path,x*}{?q.r,%41}", true),
            ("it's-é%20", true),
            ("{a:9999}", true),
            ("", true),
            ("{a:0}", false),
            ("{a:10000}", false),
            ("{}", false),
            ("{a", false),
            ("a}", false),
            ("{a,}", false),
            ("{a..b}", false),
            ("{+}", false),
            ("a b", false),
            ("%4", false),
            ("{%4}", false),
        ] {
            assert_eq!(is_uri_template(text.as_bytes()), valid, "{text}");
        }
    }
}
