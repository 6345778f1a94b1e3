//! JSON pointers (RFC 6901): writing them token by token, and taking them apart.

use std::borrow::Cow;

/// `token` as it stands in a pointer: `~` is written `~0`, `/` is written `~1`.
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The key that an escaped token stands for; `None` if a `~` is followed by neither 0 nor 1.
pub fn unescape(token: &str) -> Option<Cow<'_, str>> {
    if !token.contains('~') {
        return Some(Cow::Borrowed(token));
    }
    let mut key = String::with_capacity(token.len());
    let mut parts = token.split('~');
    key.extend(parts.next());
    for part in parts {
        if let Some(rest) = part.strip_prefix('0') {
            key.push('~');
            key.push_str(rest);
        } else {
            key.push('/');
            key.push_str(part.strip_prefix('1')?);
        }
    }
    Some(Cow::Owned(key))
}

/// Appends the step to the property `key`.
pub fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&escape(key));
}

/// Appends the step to the item at `index`.
pub fn push_index(pointer: &mut String, index: usize) {
    pointer.push('/');
    pointer.push_str(&index.to_string());
}

/// The steps of a pointer, unescaped; `None` if it is no pointer (one that is not empty begins
/// with `/`).
pub fn tokens(pointer: &str) -> Option<Vec<Cow<'_, str>>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    pointer
        .strip_prefix('/')?
        .split('/')
        .map(unescape)
        .collect()
}

/// The array index that a step means: decimal digits without a leading zero.
pub fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = token.len() > 1 && token.starts_with('0');
    (digits && !leading_zero).then(|| token.parse().ok())?
}
