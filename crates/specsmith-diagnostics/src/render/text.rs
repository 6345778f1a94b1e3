//! `text`: the finding, its line with a mark under the place, the rule and the help.

use std::fmt::{self, Display, Formatter, Write as _};

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

    fn paint<T: Display>(self, colour: &'static str, text: T) -> Painted<T> {
        Painted {
            style: self,
            colour,
            text,
        }
    }

    /// The text in the colour of a level.
    pub(super) fn level<T: Display>(self, level: Level, text: T) -> Painted<T> {
        match level {
            Level::Deny => self.paint(Self::RED, text),
            Level::Warn => self.paint(Self::YELLOW, text),
            Level::Allow => self.paint(Self::BLUE, text),
        }
    }

    fn frame<T: Display>(self, text: T) -> Painted<T> {
        self.paint(Self::BLUE, text)
    }

    fn strong<T: Display>(self, text: T) -> Painted<T> {
        self.paint(Self::BOLD, text)
    }
}

/// A text in a colour, where there are colours.
pub(super) struct Painted<T> {
    style: Style,
    colour: &'static str,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.style {
            Style::Plain => self.text.fmt(f),
            Style::Coloured => {
                f.write_str(self.colour)?;
                self.text.fmt(f)?;
                f.write_str(Style::RESET)
            }
        }
    }
}

/// All findings, a blank line behind each.
pub fn text(report: &Report<'_>, style: Style) -> String {
    let mut out = String::new();
    for it in report.findings {
        // Writing to a `String` cannot fail.
        let _ = write(&mut out, it, style);
        out.push('\n');
    }
    out
}

/// One finding, its lines ending in line breaks.
pub fn finding(finding: &Finding, style: Style) -> String {
    let mut out = String::with_capacity(512);
    // Writing to a `String` cannot fail.
    let _ = write(&mut out, finding, style);
    out
}

fn write(out: &mut String, finding: &Finding, style: Style) -> fmt::Result {
    let label = format_args!("{}[{}]", word(finding.level), finding.code);
    let message = one_line(&finding.message);
    writeln!(
        out,
        "{}{}",
        style.level(finding.level, label),
        style.strong(format_args!(": {message}"))
    )?;
    let margin = margin(finding);
    if let Some(place) = place(finding) {
        write!(out, "{margin}{} {place}", style.frame("-->"))?;
        if let Some(whereabouts) = whereabouts(finding) {
            write!(out, " ({whereabouts})")?;
        }
        out.push('\n');
    }
    if let Some(excerpt) = &finding.excerpt {
        drawing(out, finding, excerpt, style)?;
    }
    let sign = style.frame("=");
    for related in &finding.related {
        writeln!(
            out,
            "{margin} {sign} {}: {}:{}:{}",
            one_line(&related.message),
            one_line(&related.location.file),
            related.location.line,
            related.location.column
        )?;
    }
    if let Some(spec) = &finding.spec {
        writeln!(
            out,
            "{margin} {sign} {} {}:{}:{} ({})",
            style.strong("rule:"),
            one_line(&spec.file),
            spec.line,
            spec.column,
            one_line(&spec.pointer)
        )?;
    }
    if let Some(help) = &finding.help {
        let help = one_line(help);
        writeln!(out, "{margin} {sign} {} {help}", style.strong("help:"))?;
    }
    Ok(())
}

/// As many blanks as the number of the line is wide.
fn margin(finding: &Finding) -> &'static str {
    const BLANKS: &str = "                    ";
    let line = finding.excerpt.as_ref().map_or(1, |it| it.line);
    let width = line.checked_ilog10().map_or(1, |it| it as usize + 1);
    BLANKS.get(..width).unwrap_or(BLANKS)
}

fn drawing(out: &mut String, finding: &Finding, excerpt: &Excerpt, style: Style) -> fmt::Result {
    let margin = margin(finding);
    let bar = style.frame("|");
    let length = (excerpt.end.saturating_sub(excerpt.start)).max(1);
    let before: usize = width(excerpt.text.chars().take(excerpt.start));
    let under: usize = width(excerpt.text.chars().skip(excerpt.start).take(length)).max(1);
    let mark = style.level(finding.level, "^".repeat(under));
    let (number, text) = (style.frame(excerpt.line), excerpt.text.trim_end());
    writeln!(out, "{margin} {bar}")?;
    writeln!(out, "{number} {bar} {text}")?;
    write!(out, "{margin} {bar} ")?;
    out.extend(std::iter::repeat_n(' ', before));
    writeln!(out, "{mark}")
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
