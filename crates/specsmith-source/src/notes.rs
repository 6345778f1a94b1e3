//! Findings while they are collected: without lines and excerpts, which only those that are kept
//! get.

use specsmith_diagnostics::{Code, Finding, Level, Related, Sources, Span};

use crate::code;

/// One thing found, not yet drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    code: Code,
    level: Level,
    message: String,
    help: Option<String>,
    span: Option<Span>,
    related: Option<(&'static str, Span)>,
}

impl Note {
    /// Something that makes part of the specification unusable.
    pub(crate) fn deny(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Level::Deny, Some(span), message.into())
    }

    /// Something that is passed over; the rest is as good as without it.
    pub(crate) fn warn(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Level::Warn, Some(span), message.into())
    }

    /// Something that is in no text.
    pub(crate) fn placeless(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Level::Deny, None, message.into())
    }

    fn new(code: Code, level: Level, span: Option<Span>, message: String) -> Self {
        Self {
            code,
            level,
            message,
            help: None,
            span,
            related: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// The same of something that the rest is as good without.
    pub(crate) fn lighter(mut self) -> Self {
        self.level = Level::Warn;
        self
    }

    pub(crate) fn see(mut self, what: &'static str, span: Span) -> Self {
        self.related = Some((what, span));
        self
    }
}

/// Draws what was noted: sorted by place, each once, at most `limit` of them. Where there are more,
/// the gravest are kept, and the last finding says how many were not.
pub(crate) fn draw(mut notes: Vec<Note>, sources: &Sources, limit: usize) -> Vec<Finding> {
    notes.sort_by(|one, two| {
        let key = |it: &Note| (it.span.is_some(), it.span, it.code);
        key(one).cmp(&key(two))
    });
    notes.dedup();
    let left = notes.len().saturating_sub(limit);
    if left > 0 {
        let grave = notes.iter().filter(|it| it.level == Level::Deny).count();
        let mut light = limit.saturating_sub(grave);
        let mut kept = 0;
        notes.retain(|it| {
            let keep = kept < limit && (it.level == Level::Deny || light > 0);
            if keep {
                kept += 1;
                light -= usize::from(it.level != Level::Deny);
            }
            keep
        });
    }
    let mut findings: Vec<Finding> = notes.into_iter().map(|it| finding(it, sources)).collect();
    if left > 0 {
        let message = format!("{left} more findings about the specification are not shown");
        findings.push(Finding::new(code::FINDINGS, Level::Warn, message));
    }
    findings
}

fn finding(note: Note, sources: &Sources) -> Finding {
    let mut finding = Finding::new(note.code, note.level, note.message);
    finding.help = note.help;
    if let Some((message, span)) = note.related {
        finding.related.push(Related {
            message: message.to_owned(),
            location: sources.get(span.source).locate(span.start, span.end),
        });
    }
    match note.span {
        Some(span) => finding.at(sources, span),
        None => finding,
    }
}

/// The one of `names` that `name` was probably meant to be, if one is near.
pub(crate) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may be wrong; in short names one.
    let letters = name.chars().count();
    let most = if letters < 3 {
        0
    } else {
        (letters / 3).clamp(1, 4)
    };
    names
        .into_iter()
        .filter(|it| it.chars().count().abs_diff(letters) <= most)
        .map(|it| {
            let distance = if it.eq_ignore_ascii_case(name) {
                1
            } else {
                strsim::osa_distance(name, it)
            };
            (distance, it)
        })
        .filter(|(distance, _)| (1..=most).contains(distance))
        .min()
        .map(|(_, it)| it)
}

/// `did you mean …?`, where a name is near.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(name, names).map(|it| format!("did you mean `{it}`?"))
}
