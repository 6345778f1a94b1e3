//! `text`: the finding, its line with a mark under the place, the rule and the help.

use crate::{Excerpt, Finding, Level};

use super::Report;
use super::words::{one_line, place, whereabouts, word};

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

    fn paint(self, colour: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("{colour}{text}{}", Self::RESET),
        }
    }

    /// The text in the colour of a level.
    pub(super) fn level(self, level: Level, text: &str) -> String {
        match level {
            Level::Deny => self.paint(Self::RED, text),
            Level::Warn => self.paint(Self::YELLOW, text),
            Level::Allow => self.paint(Self::BLUE, text),
        }
    }

    fn frame(self, text: &str) -> String {
        self.paint(Self::BLUE, text)
    }

    fn strong(self, text: &str) -> String {
        self.paint(Self::BOLD, text)
    }
}

/// All findings, a blank line behind each.
pub fn text(report: &Report<'_>, style: Style) -> String {
    let mut out = String::new();
    for it in report.findings {
        out.push_str(&finding(it, style));
        out.push('\n');
    }
    out
}

/// One finding, its lines ending in line breaks.
pub fn finding(finding: &Finding, style: Style) -> String {
    let label = format!("{}[{}]", word(finding.level), finding.code);
    let mut out = format!(
        "{}{}\n",
        style.level(finding.level, &label),
        style.strong(&format!(": {}", one_line(&finding.message)))
    );
    let indent = " ".repeat(gutter(finding));
    if let Some(place) = place(finding) {
        let whereabouts = whereabouts(finding).map_or_else(String::new, |it| format!(" ({it})"));
        out.push_str(&format!(
            "{indent}{} {place}{whereabouts}\n",
            style.frame("-->")
        ));
    }
    if let Some(excerpt) = &finding.excerpt {
        drawing(&mut out, finding, excerpt, style);
    }
    for related in &finding.related {
        out.push_str(&format!(
            "{indent} {} {}: {}:{}:{}\n",
            style.frame("="),
            one_line(&related.message),
            one_line(&related.location.file),
            related.location.line,
            related.location.column
        ));
    }
    if let Some(spec) = &finding.spec {
        out.push_str(&format!(
            "{indent} {} {} {}:{}:{} ({})\n",
            style.frame("="),
            style.strong("rule:"),
            one_line(&spec.file),
            spec.line,
            spec.column,
            one_line(&spec.pointer)
        ));
    }
    if let Some(help) = &finding.help {
        out.push_str(&format!(
            "{indent} {} {} {}\n",
            style.frame("="),
            style.strong("help:"),
            one_line(help)
        ));
    }
    out
}

/// How wide the number of the line is.
fn gutter(finding: &Finding) -> usize {
    let line = finding.excerpt.as_ref().map_or(1, |it| it.line);
    line.to_string().len()
}

fn drawing(out: &mut String, finding: &Finding, excerpt: &Excerpt, style: Style) {
    let number = excerpt.line.to_string();
    let indent = " ".repeat(number.len());
    let bar = style.frame("|");
    let length = (excerpt.end.saturating_sub(excerpt.start)).max(1);
    let before: usize = width(excerpt.text.chars().take(excerpt.start));
    let under: usize = width(excerpt.text.chars().skip(excerpt.start).take(length)).max(1);
    let mark = style.level(finding.level, &"^".repeat(under));
    out.push_str(&format!("{indent} {bar}\n"));
    out.push_str(&format!(
        "{} {bar} {}\n",
        style.frame(&number),
        excerpt.text.trim_end()
    ));
    out.push_str(&format!("{indent} {bar} {}{mark}\n", " ".repeat(before)));
}

/// How many cells of a terminal the characters take: most of East Asia's and the pictures take two.
fn width(characters: impl Iterator<Item = char>) -> usize {
    characters
        .map(|it| match u32::from(it) {
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
