//! `uuid`: 32 hexadecimal digits in five groups.

/// 8, 4, 4, 4 and 12 digits in either case, joined by hyphens.
pub(super) fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids() {
        for (text, valid) in [
            ("2eb8aa08-aa98-11ea-b4aa-73b441d16380", true),
            ("2EB8AA08-AA98-11EA-B4AA-73B441D16380", true),
            ("00000000-0000-0000-0000-000000000000", true),
            ("2eb8aa08-aa98-11ea-b4aa73b441d163800", false),
            ("2eb8aa08-aa98-11ea-b4aa-73b441d1638g", false),
            ("2eb8aa08aa9811eab4aa73b441d16380", false),
            ("", false),
        ] {
            assert_eq!(is_uuid(text.as_bytes()), valid, "{text}");
        }
    }
}
