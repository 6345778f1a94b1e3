//! `email`: an ASCII address as RFC 5321 has it.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::hostname::is_hostname;

/// The most bytes before the `@`.
const LONGEST_LOCAL: usize = 64;

/// `local@domain`. An empty quoted local part (`""@example.com`) is allowed by the RFC; a display
/// name (`Jane <jdoe@example.com>`) is a matter of message headers, RFC 5322, and what looks like one
/// is refused.
pub(super) fn is_email(address: &str) -> bool {
    if address.contains('<') && address.contains(" <") {
        return false;
    }
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let local_is_valid = match local.as_bytes() {
        b"\"\"" => true,
        bytes => bytes.len() <= LONGEST_LOCAL && (is_dot_atom(bytes) || is_quoted(bytes)),
    };
    local_is_valid && is_domain(domain)
}

/// Words of plain characters, joined by single dots.
fn is_dot_atom(local: &[u8]) -> bool {
    // A dot before the first word would be an empty word, too.
    let mut after_dot = true;
    for byte in local {
        match byte {
            b'.' if after_dot => return false,
            b'.' => after_dot = true,
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'!'
            | b'#'
            | b'$'
            | b'%'
            | b'&'
            | b'\''
            | b'*'
            | b'+'
            | b'-'
            | b'/'
            | b'='
            | b'?'
            | b'^'
            | b'_'
            | b'`'
            | b'{'
            | b'|'
            | b'}'
            | b'~' => after_dot = false,
            _ => return false,
        }
    }
    !after_dot
}

/// At least one character in double quotes, where a backslash may stand before any visible one.
fn is_quoted(local: &[u8]) -> bool {
    let [b'"', inner @ .., b'"'] = local else {
        return false;
    };
    let mut bytes = inner.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                if !matches!(bytes.next(), Some(0x21..=0x7E)) {
                    return false;
                }
            }
            b'"' => return false,
            b'\t' | b' '..=b'~' => {}
            _ => return false,
        }
    }
    !inner.is_empty()
}

/// A host name, or an IP address in brackets.
fn is_domain(domain: &str) -> bool {
    let Some(literal) = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return is_hostname(domain);
    };
    match literal.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => {
            address.parse::<Ipv6Addr>().is_ok()
        }
        Some(_) | None => literal.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        let longest = format!("{}@example.com", "a".repeat(64));
        let too_long = format!("{}@example.com", "a".repeat(65));
        for (text, valid) in [
            ("jdoe@example.com", true),
            ("first.last+tag@sub.example.co", true),
            ("a@localhost", true),
            ("Jane Doe <jdoe@example.com>", false),
            (" <jdoe@example.com>", false),
            ("<jdoe@example.com>", false),
            ("\"john doe\"@example.com", true),
            ("\"a\\\"b\"@example.com", true),
            ("\"\"@example.com", true),
            ("x <\"\"@example.com>", false),
            ("a@[127.0.0.1]", true),
            ("a@[IPv6:::1]", true),
            ("a@[ipv6:::1]", true),
            ("a@[::1]", false),
            (longest.as_str(), true),
            (too_long.as_str(), false),
            ("jdoe", false),
            ("@example.com", false),
            ("jdoe@", false),
            (".jdoe@example.com", false),
            ("jd..oe@example.com", false),
            ("jdoe.@example.com", false),
            ("jd oe@example.com", false),
            ("jdöe@example.com", false),
            ("jdoe@exämple.com", false),
            ("jdoe@-example.com", false),
            ("jdoe@example..com", false),
            ("jdoe@example.com.", false),
            ("a@b@example.com", false),
            ("\"@example.com", false),
            ("Jane <jdoe@example.com", false),
            ("", false),
        ] {
            assert_eq!(is_email(text), valid, "{text}");
        }
    }
}
