//! `text`: the finding, its line with a mark under the place, the rule and the help.

use crate::{Excerpt, Finding, Level};

use super::Report;
use super::words::{harmless, one_line, put_location, whereabouts, word};

/// Whether the text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Letters only.
    Plain,
    /// With the escape sequences of a terminal.
    Coloured,
}

impl Style {
    const RED: &'static str = "\u{1b}[1;31m";
    const YELLOW: &'static str = "\u{1b}[1;33m";
    const BLUE: &'static str = "\u{1b}[1;34m";
    const BOLD: &'static str = "\u{1b}[1m";
    const RESET: &'static str = "\u{1b}[0m";

    /// The parts one after the other, in the colour of a level.
    pub(super) fn put_level(self, out: &mut String, level: Level, parts: &[&str]) {
        let colour = match level {
            Level::Deny => Self::RED,
            Level::Warn => Self::YELLOW,
            Level::Allow => Self::BLUE,
        };
        self.put(out, colour, parts);
    }

    fn put(self, out: &mut String, colour: &str, parts: &[&str]) {
        let coloured = match self {
            Self::Plain => false,
            Self::Coloured => true,
        };
        if coloured {
            out.push_str(colour);
        }
        for part in parts {
            out.push_str(part);
        }
        if coloured {
            out.push_str(Self::RESET);
        }
    }
}

/// A finding takes about so many bytes.
const USUAL: usize = 512;
/// For so many findings there is room at first.
const MANY: usize = 1024;

/// All findings, a blank line behind each.
pub fn text(report: &Report<'_>, style: Style) -> String {
    let room = report.findings.len().min(MANY) * USUAL;
    let mut out = String::with_capacity(room);
    for it in report.findings {
        write(&mut out, it, style);
        out.push('\n');
    }
    harmless(out)
}

/// One finding, its lines ending in line breaks.
pub fn finding(finding: &Finding, style: Style) -> String {
    let mut out = String::with_capacity(USUAL);
    write(&mut out, finding, style);
    out
}

// Pieces are put together one by one and not by formats, each of which costs more than what it writes.
fn write(out: &mut String, finding: &Finding, style: Style) {
    let label = [word(finding.level), "[", finding.code.as_str(), "]"];
    style.put_level(out, finding.level, &label);
    style.put(out, Style::BOLD, &[": ", &one_line(&finding.message)]);
    out.push('\n');
    let margin = margin(finding);
    if let Some(location) = &finding.location {
        out.push_str(margin);
        style.put(out, Style::BLUE, &["-->"]);
        out.push(' ');
        put_location(out, &location.file, location.line, location.column);
        if let Some(whereabouts) = whereabouts(finding) {
            out.extend([" (", &whereabouts, ")"]);
        }
        out.push('\n');
    }
    if let Some(excerpt) = &finding.excerpt {
        drawing(out, finding, excerpt, style);
    }
    let begin = |out: &mut String, what: &str| {
        out.extend([margin, " "]);
        style.put(out, Style::BLUE, &["="]);
        out.push(' ');
        style.put(out, Style::BOLD, &[what]);
    };
    for related in &finding.related {
        let location = &related.location;
        out.extend([margin, " "]);
        style.put(out, Style::BLUE, &["="]);
        out.extend([" ", &one_line(&related.message), ": "]);
        put_location(out, &location.file, location.line, location.column);
        out.push('\n');
    }
    if let Some(spec) = &finding.spec {
        begin(out, "rule:");
        out.push(' ');
        put_location(out, &spec.file, spec.line, spec.column);
        out.extend([" (", &one_line(&spec.pointer), ")\n"]);
    }
    if let Some(help) = &finding.help {
        begin(out, "help:");
        out.extend([" ", &one_line(help), "\n"]);
    }
}

/// As many blanks as the number of the line is wide.
fn margin(finding: &Finding) -> &'static str {
    const BLANKS: &str = "                    ";
    let line = finding.excerpt.as_ref().map_or(1, |it| it.line);
    let width = line.checked_ilog10().map_or(1, |it| it as usize + 1);
    BLANKS.get(..width).unwrap_or(BLANKS)
}

fn drawing(out: &mut String, finding: &Finding, excerpt: &Excerpt, style: Style) {
    let margin = margin(finding);
    let length = (excerpt.end.saturating_sub(excerpt.start)).max(1);
    let mut characters = excerpt.text.chars();
    let before = width(characters.by_ref().take(excerpt.start));
    let under = width(characters.take(length)).max(1);
    let bar = |out: &mut String| style.put(out, Style::BLUE, &["|"]);
    out.extend([margin, " "]);
    bar(out);
    out.push('\n');
    style.put(out, Style::BLUE, &[&excerpt.line.to_string()]);
    out.push(' ');
    bar(out);
    out.extend([" ", excerpt.text.trim_end(), "\n", margin, " "]);
    bar(out);
    out.extend(std::iter::repeat_n(' ', before + 1));
    style.put_level(out, finding.level, &[&"^".repeat(under)]);
    out.push('\n');
}

/// How many cells of a terminal the characters take: most of East Asia's and the pictures take two.
fn width(characters: impl Iterator<Item = char>) -> usize {
    characters
        .map(|it| match u32::from(it) {
            // Nearly all of them.
            0..=0x02ff | 0x2026 => 1,
            0x0300..=0x036f | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f
            | 0x2e80..=0x303e
            | 0x3041..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f
            | 0xff00..=0xff60
            | 0xffe0..=0xffe6
            | 0x1f300..=0x1faff
            | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::with_report;

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(with_report(|report| text(report, Style::Plain)));
    }

    #[test]
    fn colour_adds_escapes_and_nothing_else() {
        let coloured = with_report(|report| text(report, Style::Coloured));
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            plain.push_str(before);
            rest = after.split_once('m').expect("the end of the escape").1;
        }
        plain.push_str(rest);
        assert_eq!(plain, with_report(|report| text(report, Style::Plain)));
    }

    #[test]
    fn no_line_is_endless() {
        let text = with_report(|report| text(report, Style::Plain));
        let longest = text.lines().map(|line| line.chars().count()).max();
        assert!(longest.is_some_and(|it| it < 1300), "{longest:?}");
    }
}
