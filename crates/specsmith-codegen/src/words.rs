//! Words: a wire name taken apart, and put together as Rust spells types, fields and constants.
//!
//! Everything here is ASCII and pure: the same name gives the same words on every machine.

/// The words of a name, in lower case; never empty.
///
/// Humps, separators and changes of case part words (`externalAgentID`, `MAC_OS`, `HTTPServer`).
/// A sign that stands for a meaning becomes a word (`+1`: `plus`, `1`); any other character that
/// Rust has no place for becomes its code point where nothing else would be left of the name.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(sign) = leading_sign(name) {
        words.push(sign.to_owned());
    }
    let mut word = String::new();
    let mut before = None;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        if starts_word(before, character, characters.peek().copied()) {
            finish(&mut word, &mut words);
        }
        if !push_plain(&mut word, character) {
            finish(&mut word, &mut words);
        }
        before = Some(character);
    }
    finish(&mut word, &mut words);
    if words.is_empty() {
        words.extend(name.chars().map(spelt_out));
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    words
}

/// `ExternalAgentId`.
pub(crate) fn pascal(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        // `v1` and `1` would run together as `V11`.
        let digits_meet = name.ends_with(|it: char| it.is_ascii_digit())
            && word.starts_with(|it: char| it.is_ascii_digit());
        if digits_meet {
            name.push('_');
        }
        let mut characters = word.chars();
        name.extend(characters.next().map(|it| it.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    name
}

/// `external_agent_id`.
pub(crate) fn snake(words: &[String]) -> String {
    words.join("_")
}

/// Whether a name is what [`snake`] makes of its words.
pub(crate) fn is_snake(name: &str) -> bool {
    let mut before = b'_';
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'_' if before != b'_' => {}
            _ => return false,
        }
        before = byte;
    }
    before != b'_'
}

/// `EXTERNAL_AGENT_ID`.
pub(crate) fn screaming(words: &[String]) -> String {
    snake(words).to_ascii_uppercase()
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

fn starts_word(before: Option<char>, character: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    if !character.is_uppercase() {
        return false;
    }
    before.is_lowercase()
        || before.is_ascii_digit()
        || (before.is_uppercase() && after.is_some_and(char::is_lowercase))
}

/// Writes a letter or digit in ASCII lower case; false for what parts words.
fn push_plain(word: &mut String, character: char) -> bool {
    if character.is_ascii_alphanumeric() {
        word.push(character.to_ascii_lowercase());
        return true;
    }
    let latin = match character.to_lowercase().next().unwrap_or(character) {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ö' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' => "s",
        'ß' => "ss",
        'ù' | 'ú' | 'û' | 'ů' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        letter if letter.is_alphanumeric() => {
            word.push_str(&format!("u{:x}", u32::from(letter)));
            return true;
        }
        _ => return false,
    };
    word.push_str(latin);
    true
}

/// A sign in front of a name that tells it apart from the name without it: `-created`, `+1`.
fn leading_sign(name: &str) -> Option<&'static str> {
    let mut characters = name.chars();
    let sign = characters.next()?;
    if !characters.next()?.is_alphanumeric() {
        return None;
    }
    match sign {
        '-' => Some("minus"),
        '+' => Some("plus"),
        '!' => Some("not"),
        '<' => Some("below"),
        '>' => Some("above"),
        _ => None,
    }
}

fn spelt_out(character: char) -> String {
    let word = match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '~' => "tilde",
        '^' => "caret",
        '&' => "and",
        '|' => "or",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        ' ' => "space",
        '(' => "open",
        ')' => "close",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '[' => "bracket",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, types: &str, field: &str) {
        let words = words(name);
        assert_eq!(pascal(&words), types, "{name:?} as a type");
        assert_eq!(snake(&words), field, "{name:?} as a field");
    }

    proptest::proptest! {
        #[test]
        fn what_is_snake_already_is_what_its_words_give(name in "[a-c0-2_]{0,8}|[aB_.]{0,4}") {
            let same = snake(&words(&name)) == name;
            proptest::prop_assert_eq!(is_snake(&name), same);
        }
    }

    #[test]
    fn humps_and_separators() {
        check("externalAgentId", "ExternalAgentId", "external_agent_id");
        check(
            "externalCustomerID",
            "ExternalCustomerId",
            "external_customer_id",
        );
        check("HTTPServer", "HttpServer", "http_server");
        check("MAC_OS", "MacOs", "mac_os");
        check("user-agent.v2", "UserAgentV2", "user_agent_v2");
        check("oauth2Token", "Oauth2Token", "oauth2_token");
        check("v1.1", "V1_1", "v1_1");
        check("$ref", "Ref", "ref");
    }

    #[test]
    fn signs_and_what_rust_has_no_place_for() {
        check("+1", "Plus1", "plus_1");
        check("-created", "MinusCreated", "minus_created");
        check("<=", "LessEqual", "less_equal");
        check("😀", "U1f600", "u1f600");
        check("Größe", "Groesse", "groesse");
        check("", "Empty", "empty");
        check("日本", "U65e5u672c", "u65e5u672c");
    }
}
