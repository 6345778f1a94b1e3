//! Renderers: pure functions from a list of findings to a text, one for each format.

mod base;
mod base64;
mod concise;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod text;
mod uri;
mod words;
mod writer;

#[cfg(test)]
mod fixture;

pub use base::Base;
pub use concise::concise;
pub use fingerprint::fingerprints;
pub use github::github;
pub use gitlab::gitlab;
pub use json::{json, ndjson, ndjson_line};
pub use junit::junit;
pub use sarif::sarif;
pub use text::{Style, finding as text_of_finding, text};
pub use words::no_commands;

use crate::{Checked, CodeInfo, Finding, Summary};

/// What a renderer is handed.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The findings to show, in the order in which they are shown.
    pub findings: &'a [Finding],
    /// The figures of the whole run.
    pub summary: &'a Summary,
    /// Every file of the run.
    pub checked: &'a [Checked],
    /// What is written about the codes; those that are not used do no harm.
    pub codes: &'a [CodeInfo],
    /// What the paths count from in the formats of services.
    pub base: &'a Base,
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people: the line, the place in it, the rule, the help.
    Text,
    /// For people and editors: one line a finding.
    Concise,
    /// One JSON object with the findings and the figures.
    Json,
    /// One JSON object a line, one line a finding.
    Ndjson,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, for test reports.
    Junit,
    /// Workflow commands, for annotations on GitHub.
    Github,
    /// Code quality, for merge requests on GitLab.
    Gitlab,
}

impl Format {
    /// All of them, in the order in which help texts list them.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Concise,
        Self::Json,
        Self::Ndjson,
        Self::Sarif,
        Self::Junit,
        Self::Github,
        Self::Gitlab,
    ];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }

    /// The format of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// Whether a report in it is what it says of each finding, one after the other, and nothing else.
    pub fn is_list(self) -> bool {
        match self {
            Self::Text | Self::Concise | Self::Ndjson => true,
            Self::Json | Self::Sarif | Self::Junit | Self::Github | Self::Gitlab => false,
        }
    }

    /// Whether it shows the line that a finding is on.
    pub fn shows_lines(self) -> bool {
        self == Self::Text
    }

    /// The report in this format. `style` matters to [`Format::Text`] and [`Format::Concise`].
    pub fn render(self, report: &Report<'_>, style: Style) -> String {
        match self {
            Self::Text => text(report, style),
            Self::Concise => concise(report, style),
            Self::Json => json(report),
            Self::Ndjson => ndjson(report),
            Self::Sarif => sarif(report),
            Self::Junit => junit(report),
            Self::Github => github(report),
            Self::Gitlab => gitlab(report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::{nasty, report_of};
    use super::*;

    /// What is printed piece by piece is what is printed at once.
    #[test]
    fn lists_are_their_pieces_one_after_the_other() {
        let mut findings = nasty();
        // More than a host of annotations shows.
        let more = vec![findings[0].clone(); 24];
        findings.extend(more);
        for format in Format::ALL {
            let render =
                |findings: &[Finding]| report_of(findings, |it| format.render(it, Style::Coloured));
            let (first, rest) = findings.split_at(findings.len() / 2);
            let pieces = render(first) + &render(rest);
            assert_eq!(pieces == render(&findings), format.is_list(), "{format:?}");
        }
    }
}
