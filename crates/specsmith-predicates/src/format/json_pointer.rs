//! `json-pointer` (RFC 6901) and `relative-json-pointer`.

/// Empty, or tokens that each follow a `/`, in which `~` stands only before `0` or `1`.
pub(super) fn is_json_pointer(text: &[u8]) -> bool {
    match text {
        [] => true,
        [b'/', rest @ ..] => has_sound_escapes(rest),
        _ => false,
    }
}

/// A whole number without leading zeros, then `#` or a JSON pointer.
pub(super) fn is_relative_json_pointer(text: &[u8]) -> bool {
    let digits = match text {
        [b'0', ..] => 1,
        text => text.iter().take_while(|byte| byte.is_ascii_digit()).count(),
    };
    match text.get(digits..) {
        _ if digits == 0 => false,
        Some(b"#") => true,
        Some(pointer) => is_json_pointer(pointer),
        None => false,
    }
}

fn has_sound_escapes(text: &[u8]) -> bool {
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        if *byte == b'~' && !matches!(bytes.next(), Some(b'0' | b'1')) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers() {
        for (text, valid) in [
            ("", true),
            ("/", true),
            ("/a~0b/~1/é", true),
            ("a", false),
            ("/~", false),
            ("/~2", false),
            ("/~/", false),
        ] {
            assert_eq!(is_json_pointer(text.as_bytes()), valid, "{text}");
        }
        for (text, valid) in [
            ("0", true),
            ("1#", true),
            ("12/a", true),
            ("0#", true),
            ("01", false),
            ("", false),
            ("#", false),
            ("1#a", false),
            ("-1", false),
            ("0~", false),
        ] {
            assert_eq!(is_relative_json_pointer(text.as_bytes()), valid, "{text}");
        }
    }
}
