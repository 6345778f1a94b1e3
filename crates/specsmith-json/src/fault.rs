//! What can be wrong with a text that should be JSON, and how that is said.

use std::fmt;

use crate::Span;

/// One mistake and where it is: the first byte that cannot stand where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where. Begins at the byte that cannot stand there; at the end of the text where more was
    /// needed.
    pub span: Span,
}

macro_rules! fault_kinds {
    ($($(#[$doc:meta])* $kind:ident: $code:literal, $clause:literal, $help:expr;)*) => {
        /// The kinds of mistake. Displays as one plain clause that quotes nothing of the text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FaultKind {
            $($(#[$doc])* $kind,)*
        }

        impl FaultKind {
            /// Every kind there is.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The code of the finding; one of [`CODES`].
            pub const fn code(self) -> &'static str {
                match self { $(Self::$kind => $code,)* }
            }

            /// What to do about it, as an act, where that is known.
            pub const fn help(self) -> Option<&'static str> {
                match self { $(Self::$kind => $help,)* }
            }

            const fn clause(self) -> &'static str {
                match self { $(Self::$kind => $clause,)* }
            }
        }
    };
}

fault_kinds! {
    /// The text holds no value at all.
    Empty: "json/truncated", "the text holds no JSON value", Some("write a value, such as `{}`");
    /// The text ends inside a value.
    Truncated: "json/truncated", "the text ends before the JSON value does", Some("write the rest of it, and close what is open");
    /// The text ends inside a string.
    UnclosedString: "json/truncated", "the text ends inside a string", Some("close the string with `\"`");
    /// Something follows the value.
    TrailingText: "json/trailing-text", "text follows the end of the JSON value", Some("remove what follows the value");
    /// No value begins where one must.
    ExpectedValue: "json/syntax", "a value belongs here", Some("write a JSON value");
    /// No key begins where one must.
    ExpectedKey: "json/syntax", "a property name in double quotes belongs here", Some("write a name, or remove what stands here");
    /// Neither a comma nor the closing bracket follows an item.
    ExpectedCommaOrBracket: "json/syntax", "`,` or `]` belongs here", Some("remove what stands here");
    /// Neither a comma nor the closing brace follows a property.
    ExpectedCommaOrBrace: "json/syntax", "`,` or `}` belongs here", Some("remove what stands here");
    /// A comma with no value before it.
    ExtraComma: "json/syntax", "a comma stands where a value belongs", Some("remove the comma");
    /// An array closed as an object, or the reverse.
    WrongBracket: "json/syntax", "the wrong bracket closes this array or object", Some("look for a bracket that is missing before this one");
    /// Typographic quotes.
    CurlyQuote: "json/syntax", "typographic quotes quote nothing in JSON", Some("write `\"`");
    /// A no-break space, a form feed or the like outside a string.
    OddSpace: "json/syntax", "only spaces, tabs and line breaks may stand between values", Some("write a plain space");
    /// A comma before the closing bracket.
    TrailingComma: "json/trailing-comma", "a comma stands before the closing bracket", Some("remove the comma");
    /// Two values follow each other.
    MissingComma: "json/missing-comma", "a comma is missing", Some("put a comma before this");
    /// Text right behind the quote that closes a string, mostly one that should not have closed it.
    TextBehindQuote: "json/missing-comma", "text follows the closing quote of a string", Some("write `\\\"` for a quote inside a string, or put a comma before this");
    /// A key without a colon.
    MissingColon: "json/missing-colon", "a colon is missing after the property name", Some("put a `:` between name and value");
    /// `'…'` for `"…"`, or backticks.
    SingleQuote: "json/single-quotes", "strings are quoted with `\"` and with nothing else", Some("write `\"`");
    /// A key without quotes.
    UnquotedKey: "json/unquoted-key", "a property name needs double quotes", Some("put the name in double quotes");
    /// A word that is not one of the three literals.
    BareWord: "json/bare-word", "only `true`, `false` and `null` stand without quotes", Some("put text in double quotes");
    /// `None`, `NULL`, `undefined`
    OtherNull: "json/bare-word", "JSON's word for no value is `null`", Some("write `null`");
    /// `True`, `TRUE`
    OtherTrue: "json/bare-word", "JSON's word for this is `true`", Some("write `true`");
    /// `False`, `FALSE`
    OtherFalse: "json/bare-word", "JSON's word for this is `false`", Some("write `false`");
    /// A comment.
    Comment: "json/comment", "JSON has no comments", Some("remove the comment");
    /// `NaN`, `Infinity`.
    NotFinite: "json/invalid-number", "JSON has no NaN and no infinity", Some("leave the property out, or send `null` where it is allowed");
    /// A zero before another digit.
    LeadingZero: "json/invalid-number", "a number must not begin with a needless zero", Some("remove the zero, or quote the digits if they are text");
    /// `+1`
    LeadingPlus: "json/invalid-number", "a number must not begin with `+`", Some("remove the `+`");
    /// `.5`
    LeadingPoint: "json/invalid-number", "a number must not begin with a decimal point", Some("write `0` before the point");
    /// `-`, `1.`, `1e` without the digits.
    MissingDigit: "json/invalid-number", "a digit belongs here", Some("write a digit here");
    /// `1,000`
    ThousandsSeparator: "json/invalid-number", "numbers have no thousands separators", Some("remove the comma before this");
    /// `0x1F`, `1_000`, `1.2.3`, `12px`
    InvalidNumber: "json/invalid-number", "this cannot stand in a number", Some("write plain decimal digits, or quote the text");
    /// A line break in a string, mostly behind one that is not closed.
    LineBreak: "json/control-character", "a line ends inside a string", Some("close the string with `\"`, or write the line break as `\\n`");
    /// A tab in a string.
    Tab: "json/control-character", "a tab stands unescaped in a string", Some("write the tab as `\\t`");
    /// Another raw control character in a string.
    ControlCharacter: "json/control-character", "a control character stands unescaped in a string", Some("remove it, or write it as an escape such as `\\u0001`");
    /// `\x`, `\'`
    InvalidEscape: "json/invalid-escape", "there is no such escape", Some("write `\\\\` for a backslash, or remove it");
    /// `\u12G4`
    InvalidUnicodeEscape: "json/invalid-escape", "`\\u` needs four hexadecimal digits", Some("write four of `0`–`9`, `a`–`f`");
    /// One half of a surrogate pair.
    LoneSurrogate: "json/lone-surrogate", "this escape is one half of a surrogate pair", Some("write both halves, or the character itself");
    /// Bytes that are not UTF-8.
    InvalidUtf8: "json/invalid-utf8", "these bytes are not UTF-8", Some("save the file as UTF-8");
    /// UTF-16 or UTF-32.
    NotUtf8: "json/invalid-utf8", "the text is UTF-16 or UTF-32, not UTF-8", Some("save the file as UTF-8");
    /// A byte order mark; reading goes on after it.
    ByteOrderMark: "json/byte-order-mark", "the text begins with a byte order mark", Some("save the file as UTF-8 without BOM");
    /// More arrays and objects inside one another than the limit.
    TooDeep: "limit/depth", "arrays and objects are nested deeper than the limit", None;
    /// A text longer than the limit.
    TooLong: "limit/bytes", "the text is longer than the limit", None;
}

/// The codes that this crate raises, each with one line on what it means.
pub const CODES: &[(&str, &str)] = &[
    (
        "json/bare-word",
        "a word that is not `true`, `false` or `null` stands without quotes",
    ),
    (
        "json/byte-order-mark",
        "the text begins with a byte order mark",
    ),
    ("json/comment", "a comment; JSON has none"),
    (
        "json/control-character",
        "a control character stands unescaped in a string",
    ),
    ("json/duplicate-key", "an object has the same key twice"),
    (
        "json/invalid-escape",
        "a backslash is followed by something that it does not escape",
    ),
    (
        "json/invalid-number",
        "a number is not written as JSON writes numbers",
    ),
    ("json/invalid-utf8", "the text is not UTF-8"),
    (
        "json/lone-surrogate",
        "a `\\u` escape is one half of a surrogate pair",
    ),
    (
        "json/missing-colon",
        "no colon between a property's name and its value",
    ),
    (
        "json/missing-comma",
        "no comma between two items or properties",
    ),
    (
        "json/single-quotes",
        "text is quoted with `'` instead of `\"`",
    ),
    (
        "json/syntax",
        "a byte that JSON's grammar does not allow in this place",
    ),
    (
        "json/trailing-comma",
        "a comma after the last item or property",
    ),
    ("json/trailing-text", "text after the end of the value"),
    ("json/truncated", "the text ends before the value does"),
    ("json/unquoted-key", "a property name without double quotes"),
    ("limit/bytes", "a text is longer than the limit"),
    (
        "limit/depth",
        "arrays and objects are nested deeper than the limit",
    ),
    (
        "model/not-representable",
        "a valid number that the Rust type cannot hold exactly",
    ),
];

impl Fault {
    /// A mistake at a place.
    pub const fn new(kind: FaultKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The code of the finding; one of [`CODES`].
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.clause())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_once_and_used() {
        let codes: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
        assert!(codes.is_sorted_by(|one, two| one < two));
        let beside = ["json/duplicate-key", "model/not-representable"];
        for code in &codes {
            let raised = FaultKind::ALL.iter().any(|kind| kind.code() == *code);
            assert!(raised != beside.contains(code), "{code}");
        }
        for kind in FaultKind::ALL {
            assert!(codes.contains(&kind.code()), "{kind:?}");
        }
    }

    #[test]
    fn messages_are_one_clause() {
        let helps = FaultKind::ALL.iter().filter_map(|kind| kind.help());
        let clauses = FaultKind::ALL.iter().map(|kind| kind.clause());
        for text in clauses.chain(helps) {
            assert!(
                !text.ends_with('.') && !text.contains(['\n', ';']),
                "{text}"
            );
            assert!(
                !text.starts_with(|first: char| first.is_uppercase()) || text.starts_with("JSON")
            );
        }
    }
}
