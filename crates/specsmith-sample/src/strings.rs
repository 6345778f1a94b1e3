//! Strings that keep to lengths, patterns and formats.

use regex_syntax::hir::{Class, Hir, HirKind};
use specsmith_ir::StringRules;

use crate::fit::{Patterns, fits_string};

/// A repetition without an end is taken at most this often.
const MOST_REPEATS: u32 = 8;

/// How many draws are held against the rules before none is found.
const MOST_DRAWS: usize = 16;

/// A string that keeps to the rules; `None` where no draw does. `shown` are strings that the
/// document itself shows.
pub(crate) fn string<'m>(
    rules: &[&'m StringRules],
    shown: &[&str],
    patterns: &mut Patterns<'m>,
    random: &mut fastrand::Rng,
) -> Option<String> {
    let least = rules.iter().filter_map(|it| it.min_length).max();
    let most = rules.iter().filter_map(|it| it.max_length).min();
    let format = rules.iter().find_map(|it| it.format.as_deref());
    let least = usize::try_from(least.unwrap_or(0)).unwrap_or(usize::MAX);
    let most = most.map_or(usize::MAX, |it| usize::try_from(it).unwrap_or(usize::MAX));
    let stated: Vec<&str> = rules
        .iter()
        .filter_map(|it| it.pattern.as_deref())
        .collect();
    for draw in 0..MOST_DRAWS {
        let text = if !shown.is_empty() && (draw + 1 == MOST_DRAWS || random.u8(0..8) == 0) {
            random.choice(shown).map(|it| (*it).to_owned())
        } else if let Some(pattern) = random.choice(&stated) {
            matching(pattern, least, most, random)
        } else {
            format.and_then(|it| formatted(it, random))
        };
        let text = text.unwrap_or_else(|| words(least, most, random));
        let fits = |rule: &&'m StringRules| fits_string(patterns, rule, &text) != Some(false);
        if rules.iter().all(fits) {
            return Some(text);
        }
    }
    None
}

/// A string that the pattern matches, however long; `None` where its syntax is beyond us.
pub(crate) fn of_pattern(pattern: &str, random: &mut fastrand::Rng) -> Option<String> {
    matching(pattern, 0, usize::MAX, random)
}

/// A string that the pattern matches, within the lengths if a few tries find one.
fn matching(
    pattern: &str,
    least: usize,
    most: usize,
    random: &mut fastrand::Rng,
) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new()
        .build()
        .parse(&plain_escapes(pattern))
        .ok()?;
    let mut best: Option<String> = None;
    for try_number in 0..12 {
        let mut text = String::new();
        draw(&hir, try_number, random, &mut text);
        // An unanchored pattern matches anywhere: what it matched may be said again.
        if !text.is_empty() && !pattern.ends_with('$') && !pattern.starts_with('^') {
            let once = text.clone();
            while text.chars().count() < least.min(1 << 16) {
                text.push_str(&once);
            }
        }
        let length = text.chars().count();
        if (least..=most).contains(&length) {
            return Some(text);
        }
        best.get_or_insert(text);
    }
    best
}

/// ECMA-262 lets a letter be escaped that means nothing; the parser does not.
fn plain_escapes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some('/' | '_' | '@' | '"' | '\'' | '%' | ':' | ',' | ';' | '=')) => {}
            ('\\', Some(_)) => {
                out.push('\\');
                out.extend(characters.next());
            }
            _ => out.push(character),
        }
    }
    out
}

fn draw(hir: &Hir, generous: u32, random: &mut fastrand::Rng, out: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.extend(character(class, random)),
        HirKind::Repetition(repetition) => {
            let least = repetition.min;
            let spread = generous.min(MOST_REPEATS);
            let most = repetition
                .max
                .unwrap_or(u32::MAX)
                .min(least.saturating_add(spread));
            for _ in 0..random.u32(least.min(4096)..=most.min(4096).max(least.min(4096))) {
                draw(&repetition.sub, generous, random, out);
            }
        }
        HirKind::Capture(capture) => draw(&capture.sub, generous, random, out),
        HirKind::Concat(parts) => {
            for part in parts {
                draw(part, generous, random, out);
            }
        }
        HirKind::Alternation(branches) => {
            if let Some(branch) = random.choice(branches) {
                draw(branch, generous, random, out);
            }
        }
    }
}

/// A character of the class, a printable ASCII one where the class has any.
fn character(class: &Class, random: &mut fastrand::Rng) -> Option<char> {
    match class {
        Class::Unicode(class) => {
            let plain: Vec<char> = class
                .iter()
                .flat_map(|range| range.start().max(' ')..=range.end().min('~'))
                .collect();
            random
                .choice(plain)
                .or_else(|| class.iter().next().map(|range| range.start()))
        }
        Class::Bytes(class) => class.iter().next().map(|range| char::from(range.start())),
    }
}

/// A value of a named format, where we know one.
fn formatted(format: &str, random: &mut fastrand::Rng) -> Option<String> {
    let n = random.u32(0..10_000);
    Some(match format {
        "date-time" => format!(
            "20{:02}-0{}-1{}T0{}:30:0{}Z",
            n % 90 + 10,
            n % 9 + 1,
            n % 10,
            n % 10,
            n % 10
        ),
        "date" => format!("20{:02}-0{}-1{}", n % 90 + 10, n % 9 + 1, n % 10),
        "time" => format!("1{}:4{}:00Z", n % 10, n % 10),
        "duration" => format!("P{}DT{}H", n % 90, n % 24),
        "email" | "idn-email" => format!("person{n}@example.com"),
        "hostname" | "idn-hostname" => format!("host{n}.example.com"),
        "ipv4" => format!("192.0.2.{}", n % 256),
        "ipv6" => format!("2001:db8::{:x}", n),
        "uri" | "iri" => format!("https://example.com/{n}?q=1"),
        "uri-reference" | "iri-reference" => format!("/path/{n}"),
        "uri-template" => format!("/items/{{id}}/{n}"),
        "uuid" => uuid(random.u128(..)),
        "json-pointer" => format!("/a/{n}"),
        "relative-json-pointer" => format!("{}/a", n % 9),
        "regex" => format!("^[a-z]{{{}}}$", n % 9 + 1),
        _ => return None,
    })
}

/// A UUID of these random bits.
fn uuid(bits: u128) -> String {
    let part = |shift: u32, width: u32| (bits >> shift) & ((1 << width) - 1);
    format!(
        "{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}",
        part(96, 32),
        part(80, 16),
        part(68, 12),
        8 + part(66, 2),
        part(54, 12),
        part(0, 48)
    )
}

/// Letters, digits and now and then a character from beyond ASCII.
fn words(least: usize, most: usize, random: &mut fastrand::Rng) -> String {
    const PLAIN: &[char] = &['a', 'b', 'c', 'x', 'y', 'z', 'A', 'Z', '0', '9', '-', '_'];
    const RARE: &[char] = &['é', 'ß', '中', '😀', ' ', '"', '\\', '/', '\n', '<', '&'];
    let wanted = random.usize(0..=12).max(least).min(most).min(1 << 20);
    (0..wanted)
        .filter_map(|_| {
            let from = if random.u8(0..12) == 0 { RARE } else { PLAIN };
            random.choice(from).copied()
        })
        .collect()
}
