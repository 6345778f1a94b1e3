//! Docs: what the specification says of something, as the lines of a doc comment.
//!
//! Descriptions are CommonMark from all over; what rustdoc would take for a link, a tag or a test
//! is made plain.

use crate::items::{Slot, Ty, Words};
use crate::literal;
use crate::view::{NumberView, StringView};

/// What is said of what should no longer be used.
pub(crate) const DEPRECATED: &str = "Deprecated.";
/// The longest example or default that a doc comment shows, in bytes.
const LONGEST_VALUE: usize = 80;

/// The description, else the title, else what is given; then the facts as a paragraph.
pub(crate) fn lines(words: &Words, otherwise: &str, facts: &str) -> Vec<String> {
    let mut lines = words
        .description
        .as_deref()
        .map(markdown)
        .unwrap_or_default();
    if lines.is_empty() {
        lines = words.title.as_deref().map(markdown).unwrap_or_default();
    }
    if lines.is_empty() {
        lines.push(otherwise.to_owned());
    }
    if !facts.is_empty() {
        lines.push(String::new());
        lines.push(facts.to_owned());
    }
    lines
}

/// What is said of one listed value, and then the value.
pub(crate) fn value(words: &Words, wire: &str) -> Vec<String> {
    let mut value = code(wire);
    if words.deprecated {
        value = format!("{value}. {DEPRECATED}");
    }
    match words.description.is_some() || words.title.is_some() {
        true => lines(words, "", &value),
        false => vec![value],
    }
}

/// The rules of a use of a type and the notes on it, in one line.
pub(crate) fn facts(slot: &Slot, words: &Words) -> String {
    let mut facts = Vec::new();
    rules(&slot.ty, &mut facts);
    if words.read_only {
        facts.push("only ever sent by the server".to_owned());
    }
    if words.write_only {
        facts.push("only ever sent by the client".to_owned());
    }
    let mut line = facts.join(", ");
    let mut first = line.chars();
    if let Some(letter) = first.next() {
        line = letter.to_uppercase().chain(first).collect::<String>() + ".";
    }
    for (label, value) in [("Default", &words.default), ("Example", &words.example)] {
        let Some(value) = value else { continue };
        let text = literal::json(value);
        if text.len() <= LONGEST_VALUE {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&format!("{label}: {}.", code(&text)));
        }
    }
    if words.deprecated {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(DEPRECATED);
    }
    line
}

fn rules(ty: &Ty, facts: &mut Vec<String>) {
    match ty {
        Ty::Any | Ty::Null | Ty::Boolean | Ty::Item(_) => {}
        Ty::Typed(typed) => facts.push(format!("a valid {}", code(typed.format()))),
        Ty::Integer(_, number) | Ty::Number(number) => number_rules(number, facts),
        Ty::String(string) => string_rules(string, facts),
        Ty::List(list) => {
            count(list.min, list.max, "item", facts);
            if list.unique {
                facts.push("no two items equal".to_owned());
            }
            each("item", &list.items.ty, facts);
        }
        Ty::Map(map) => {
            count(map.min, map.max, "property", facts);
            each("name", &Ty::String(map.keys.clone()), facts);
            each("value", &map.values.ty, facts);
        }
    }
}

fn each(what: &str, ty: &Ty, facts: &mut Vec<String>) {
    let mut inner = Vec::new();
    rules(ty, &mut inner);
    if !inner.is_empty() {
        facts.push(format!("each {what}: {}", inner.join(", ")));
    }
}

fn string_rules(string: &StringView, facts: &mut Vec<String>) {
    count(string.min, string.max, "character", facts);
    for pattern in &string.patterns {
        facts.push(format!("matches {}", code(pattern)));
    }
    for format in &string.formats {
        facts.push(format!("a valid {}", code(format.name())));
    }
}

fn number_rules(number: &NumberView, facts: &mut Vec<String>) {
    let bounds = [
        ("at least", &number.minimum),
        ("above", &number.exclusive_minimum),
        ("at most", &number.maximum),
        ("below", &number.exclusive_maximum),
    ];
    for (words, bound) in bounds {
        if let Some(bound) = bound {
            facts.push(format!("{words} {bound}"));
        }
    }
    for factor in &number.multiples {
        facts.push(format!("a multiple of {factor}"));
    }
}

fn count(min: Option<u64>, max: Option<u64>, what: &str, facts: &mut Vec<String>) {
    let plural = |count: u64| match (count, what) {
        (1, _) => what.to_owned(),
        (_, "property") => "properties".to_owned(),
        (_, _) => format!("{what}s"),
    };
    match (min, max) {
        (None, None) => {}
        (Some(0), None) => {}
        (Some(min), Some(max)) if min == max => {
            facts.push(format!("exactly {min} {}", plural(min)))
        }
        (Some(min), Some(max)) => facts.push(format!("{min} to {max} {}", plural(max))),
        (Some(min), None) => facts.push(format!("at least {min} {}", plural(min))),
        (None, Some(max)) => facts.push(format!("at most {max} {}", plural(max))),
    }
}

/// Text as a code span, on one line.
pub(crate) fn code(text: &str) -> String {
    let mut span = String::with_capacity(text.len() + 2);
    span.push('`');
    for character in text.chars() {
        if character.is_control() || is_direction(character) {
            span.extend(character.escape_default());
        } else {
            span.push(character);
        }
    }
    let line = span.get(1..).unwrap_or_default();
    if line.trim().is_empty() {
        return format!("{line:?}");
    }
    if line.contains('`') {
        let fence = "`".repeat(longest_run(line) + 1);
        return format!("{fence} {line} {fence}");
    }
    span.push('`');
    span
}

fn longest_run(line: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for character in line.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// CommonMark as lines that rustdoc takes as they are meant.
pub(crate) fn markdown(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let line = clean(line);
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            // Without a language it would be taken for a test.
            lines.push(if fenced { "```" } else { "```text" }.to_owned());
            fenced = !fenced;
        } else if fenced {
            lines.push(line.replace("```", "'''"));
        } else {
            let indent = (line.len() - trimmed.len()).min(3);
            lines.push(format!("{}{}", &"   "[..indent], escaped(trimmed)));
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines.dedup_by(|second, first| second.is_empty() && first.is_empty());
    lines
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.trim_end().chars() {
        match character {
            '\t' => out.push_str("  "),
            it if it.is_control() || is_direction(it) => {}
            it => out.push(it),
        }
    }
    out
}

/// Escapes what would be a link or a tag, outside of code spans, and makes addresses links.
fn escaped(line: &str) -> String {
    if !line.contains(['[', '<', ':']) {
        return line.to_owned();
    }
    let links = line.contains("](http") || line.contains("](/") || line.contains("](#");
    let mut out = String::with_capacity(line.len() + 8);
    let mut in_code = false;
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let (here, behind) = rest.split_at(character.len_utf8());
        let before = out.chars().next_back();
        match character {
            '`' => in_code = !in_code,
            '[' | ']' if !in_code && !links && before != Some('\\') => out.push('\\'),
            '<' if !in_code && before != Some('\\') && !behind.starts_with("http") => {
                out.push('\\')
            }
            'h' if !in_code
                && is_address(rest)
                && !matches!(before, Some('(' | '<' | '"' | '\'' | '[' | '=')) =>
            {
                let end = rest
                    .find(|it: char| {
                        it.is_whitespace()
                            || matches!(it, '<' | '>' | ')' | '"' | '`' | ']' | '\'' | '|')
                    })
                    .unwrap_or(rest.len());
                let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*']);
                out.push('<');
                out.push_str(address);
                out.push('>');
                rest = &rest[address.len()..];
                continue;
            }
            _ => {}
        }
        out.push_str(here);
        rest = behind;
    }
    out
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_no_test() {
        let lines = markdown("Try:\n\n```\nlet x = 1;\n```\n    indented\n\n\n");
        assert_eq!(
            lines,
            ["Try:", "", "```text", "let x = 1;", "```", "   indented"]
        );
    }

    #[test]
    fn links_and_tags_are_plain() {
        assert_eq!(escaped("see [Foo] <b>x</b>"), "see \\[Foo\\] \\<b>x\\</b>");
        assert_eq!(escaped("`[a]` stays"), "`[a]` stays");
        assert_eq!(
            escaped("at https://example.com/a."),
            "at <https://example.com/a>."
        );
        assert_eq!(escaped("[a](https://b.c)"), "[a](https://b.c)");
    }

    #[test]
    fn code_spans_hold_backticks_and_newlines() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a\nb"), "`a\\nb`");
    }
}
