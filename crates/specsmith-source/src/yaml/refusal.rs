//! Why a text is no YAML, in plain words: the reader speaks of its own doings.

/// What to do about a dash without its space, which may as well begin a name or a text.
pub const SPACE_BEHIND_DASH: &str = "put a space behind each `-` that begins an item of a list";

/// What is wrong, and what to do about it where that is known; `behind` is the text from its place on.
pub(super) fn said(info: &str, behind: &str) -> (String, Option<&'static str>) {
    if info.contains(NO_KEY) && behind.starts_with('-') {
        let message = "a space is missing behind `-`".to_owned();
        return (message, Some(SPACE_BEHIND_DASH));
    }
    if info.contains(NO_CHARACTER) && is_half(behind) {
        let half = "this escape is one half of a surrogate pair".to_owned();
        return (half, Some(ITSELF));
    }
    let begins = info.strip_prefix("unexpected character: `");
    if let Some(character) = begins.and_then(|it| it.strip_suffix('\'')) {
        let quote = "put the text in quotes";
        return match character {
            "`" => ("text cannot begin with a backtick".to_owned(), Some(quote)),
            _ => (format!("text cannot begin with `{character}`"), Some(quote)),
        };
    }
    let told = KNOWN.iter().find(|(theirs, ..)| info.contains(theirs));
    match told {
        Some((_, ours, help)) => ((*ours).to_owned(), Some(help)),
        None => (
            format!("this is not YAML: {}", info.trim_end_matches('.')),
            None,
        ),
    }
}

/// Where it is wrong, in bytes: the reader says this of where the text before a tab or with an escape
/// begins, of where the line behind a key does, and of the second property of an item that it took
/// for text.
pub(super) fn place(info: &str, text: &str, at: usize) -> usize {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let found = match info {
        _ if info.contains(TAB_BEHIND_TEXT) => indenting_tab(behind).map(|tab| at + tab),
        _ if info.contains(NO_CHARACTER) => no_character(behind).map(|escape| at + escape),
        _ if info.contains(NO_COLON) => last_line(before),
        _ if info.contains(NO_KEY) => bare_dash(before),
        _ => None,
    };
    found.unwrap_or(at)
}

/// The first tab at the head of a line.
fn indenting_tab(text: &str) -> Option<usize> {
    let is_head = |before: &str| before.trim_end_matches([' ', '\t']).ends_with('\n');
    let mut tabs = text.match_indices('\t').map(|(at, _)| at);
    tabs.find(|tab| text.get(..*tab).is_some_and(is_head))
}

/// The first escape that names no character; those before it are escapes.
fn no_character(quoted: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let escape = at + quoted.get(at..)?.find('\\')?;
        let code = code_of(quoted.get(escape..)?);
        if code.is_some_and(|code| char::from_u32(code).is_none()) {
            return Some(escape);
        }
        // What it escapes may be a backslash.
        at = escape + 2;
    }
}

/// Whether a text begins with the escape of a surrogate.
fn is_half(text: &str) -> bool {
    code_of(text).is_some_and(|code| (0xd800..0xe000).contains(&code))
}

/// What the escape that a text begins with stands for, if it has a code.
fn code_of(text: &str) -> Option<u32> {
    let digits = match text.get(..2)? {
        "\\u" => text.get(2..6)?,
        "\\U" => text.get(2..10)?,
        _ => return None,
    };
    u32::from_str_radix(digits, 16).ok()
}

/// Where the last line that holds anything but a comment begins, behind its white space; nothing if a
/// line is begun after it.
fn last_line(text: &str) -> Option<usize> {
    let (whole, begun) = text.rsplit_once('\n')?;
    let mut end = begun
        .trim_start_matches(' ')
        .is_empty()
        .then_some(whole.len())?;
    loop {
        let start = whole.get(..end)?.rfind('\n').map_or(0, |it| it + 1);
        let line = whole.get(start..end)?;
        let held = line.trim_start();
        if !held.is_empty() && !held.starts_with('#') {
            return Some(start + line.len() - held.len());
        }
        end = start.checked_sub(1)?;
    }
}

/// The dash without a space at the head of the line above the one that the text ends in.
fn bare_dash(text: &str) -> Option<usize> {
    let (above, _) = text.rsplit_once('\n')?;
    let start = above.rfind('\n').map_or(0, |it| it + 1);
    let line = above.get(start..)?;
    let held = line.trim_start_matches(' ');
    let is_bare = held.strip_prefix('-')?.starts_with(char::is_alphanumeric);
    is_bare.then_some(start + line.len() - held.len())
}

const NO_CHARACTER: &str = "invalid Unicode character escape";
const ITSELF: &str = "write the character itself";
const TAB_BEHIND_TEXT: &str = "scalar, found a tab";
const NO_COLON: &str = "simple key expect";
const NO_KEY: &str = "mapping values are not allowed";
const INDENTED: (&str, &str) = (
    "this line is indented like nothing before it",
    "begin it where the lines around it begin",
);
const TAB: (&str, &str) = ("a tab indents this line", "indent with spaces");
const OPEN: (&str, &str) = (
    "this quoted text is not closed",
    "close it, or indent the lines that it goes on in",
);
const ESCAPE: (&str, &str) = (
    "this quoted text has an escape that does not exist",
    "write `\\\\` for a backslash, or put the text in single quotes",
);

/// Words of the reader, by which its message is known, and ours.
const KNOWN: &[(&str, &str, &str)] = &[
    ("tabs disallowed", TAB.0, TAB.1),
    ("tab cannot be used", TAB.0, TAB.1),
    ("cannot start with a tab", TAB.0, TAB.1),
    (TAB_BEHIND_TEXT, TAB.0, TAB.1),
    ("indentation in quoted scalar", OPEN.0, OPEN.1),
    ("found unexpected end of stream", OPEN.0, OPEN.1),
    ("found unexpected document indicator", OPEN.0, OPEN.1),
    ("unknown escape character", ESCAPE.0, ESCAPE.1),
    ("expected hexadecimal number", ESCAPE.0, ESCAPE.1),
    (NO_CHARACTER, "this escape names no character", ITSELF),
    (
        NO_KEY,
        "a `:` stands where no key can",
        "quote the text that holds it, or mend the indentation",
    ),
    (
        "illegal placement of ':'",
        "a `:` stands where no key can",
        "look for a bracket or a quote that is not closed before it",
    ),
    ("expected '-' indicator", INDENTED.0, INDENTED.1),
    ("expected key", INDENTED.0, INDENTED.1),
    ("wrongly indented", INDENTED.0, INDENTED.1),
    ("invalid indentation", INDENTED.0, INDENTED.1),
    (
        "sequence entries are not allowed",
        "a list begins where it cannot",
        "begin it on a line of its own",
    ),
    (
        "expected ',' or '}'",
        "`,` or `}` belongs here",
        "look for a bracket that is missing",
    ),
    (
        "expected ',' or ']'",
        "`,` or `]` belongs here",
        "look for a bracket that is missing",
    ),
    (
        "expected node content",
        "a value belongs here",
        "give one, or close what is open before it",
    ),
    (
        "misplaced bracket",
        "a bracket closes what is not open",
        "remove it, or open it before",
    ),
    (
        "trailing content after double-quoted",
        "text follows the closing quote",
        "put all of the text in quotes",
    ),
    (
        NO_COLON,
        "a `:` is missing after a key",
        "put `: ` between key and value, and a space behind each `:` and `-`",
    ),
];

#[cfg(test)]
mod tests {
    use crate::Limits;

    fn check(text: &str, expected: &str) {
        let (_, findings) = crate::read_yaml(text, &Limits::default());
        let said: Vec<_> = findings
            .iter()
            .map(|it| {
                let place = it.location.as_ref().expect("a place");
                let help = it.help.as_deref().unwrap_or_default();
                format!("{}:{} {}; {help}", place.line, place.column, it.message)
            })
            .collect();
        assert_eq!(said, [expected], "{text:?}");
    }

    #[test]
    fn mistakes_are_told_in_plain_words() {
        check(
            "a:\n\t- b: c\n",
            "2:2 a tab indents this line; indent with spaces",
        );
        let tab = "a tab indents this line; indent with spaces";
        check("a: é\n\tb: c\n", &format!("2:1 {tab}"));
        check("a:\n  - b\n \n  \t- c\td\n", &format!("4:3 {tab}"));
        let colon = "a `:` is missing after a key; put `: ` between key and value, and a space behind each `:` and `-`";
        check("a: b\nc:d\n", &format!("2:1 {colon}"));
        check(
            "a:\n  - b: c\n    d:e\n\n  # f\n    g: h\n",
            &format!("3:5 {colon}"),
        );
        check(
            "a: \"b\nc: d\n",
            "1:4 this quoted text is not closed; close it, or indent the lines that it goes on in",
        );
        check(
            "a: 'b",
            "1:4 this quoted text is not closed; close it, or indent the lines that it goes on in",
        );
        check(
            "a: \"C:\\dir\"\n",
            "1:4 this quoted text has an escape that does not exist; write `\\\\` for a backslash, or put the text in single quotes",
        );
        let half = "this escape is one half of a surrogate pair; write the character itself";
        check("a: \"\\ud83d\"\n", &format!("1:5 {half}"));
        check("- \"é\\\\ud83d\n \\\\\\uDE00\"\n", &format!("2:4 {half}"));
        check(
            "a: \"b\\ud83d\\ude00\"\nc: \"\\ud83d\"\n",
            &format!("1:6 {half}"),
        );
        check(
            "a: \"\\u00e9\\U00110000\"\n",
            "1:11 this escape names no character; write the character itself",
        );
        check(
            "a: b: c\n",
            "1:5 a `:` stands where no key can; quote the text that holds it, or mend the indentation",
        );
        let dash = "a space is missing behind `-`; put a space behind each `-` that begins an item of a list";
        check("-a: b\n c: d\n", &format!("1:1 {dash}"));
        check("é:\n  -a: b\n   c: d\n", &format!("2:3 {dash}"));
        check(
            "a: [b\nc: d\n",
            "2:2 a `:` stands where no key can; look for a bracket or a quote that is not closed before it",
        );
        check(
            "a:\n  - b: c\n   d: e\n",
            "3:4 this line is indented like nothing before it; begin it where the lines around it begin",
        );
        check(
            "a: @b\n",
            "1:4 text cannot begin with `@`; put the text in quotes",
        );
        check(
            "a: `b`\n",
            "1:4 text cannot begin with a backtick; put the text in quotes",
        );
        check(
            "a: {b: c\n",
            "2:1 `,` or `}` belongs here; look for a bracket that is missing",
        );
        check(
            "a: ]\n",
            "1:4 a bracket closes what is not open; remove it, or open it before",
        );
        check(
            "a: \"b\" c\n",
            "1:8 text follows the closing quote; put all of the text in quotes",
        );
        check(
            "a: *b\n",
            "1:4 this alias names no anchor that is complete before it; write the anchor before it, or the value itself",
        );
    }
}
