//! A file's name as a URI reference.

/// The path, relative paths without a leading `./`, absolute ones as `file:` URIs. What a URI may
/// not hold is percent-encoded.
pub(super) fn reference(path: &str) -> String {
    let mut rest = path;
    while let Some(next) = rest.strip_prefix("./") {
        rest = next.trim_start_matches('/');
    }
    let mut out = String::with_capacity(rest.len());
    if rest.starts_with('/') {
        out.push_str("file://");
    }
    for byte in rest.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'+' | b'@' | b'=' => out.push(char::from(byte)),
            it => {
                const HEX: [char; 16] = [
                    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
                ];
                out.push('%');
                out.push(HEX[usize::from(it >> 4)]);
                out.push(HEX[usize::from(it & 15)]);
            }
        }
    }
    if out.is_empty() {
        out.push('.');
    }
    out
}

/// Whether the reference counts from the base: it neither has a root nor leads out.
pub(super) fn is_relative(path: &str) -> bool {
    !path.starts_with('/') && path != ".." && !path.starts_with("../")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        let all = ["a/b.json", "./a b.json", "/x/y.json", "a:b%.json", "é", ""];
        let all: Vec<_> = all.into_iter().map(reference).collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        a/b.json
        a%20b.json
        file:///x/y.json
        a%3Ab%25.json
        %C3%A9
        .
        ");
    }
}
