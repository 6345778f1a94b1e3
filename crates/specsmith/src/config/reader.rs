//! The values of a configuration, looked at where they stand.

use std::ops::Range;

use specsmith_diagnostics::{Code, Finding, Level, SourceId, Sources, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

/// Looks at values where they stand, and gathers what is wrong with them.
pub(crate) struct Reader<'s> {
    sources: &'s Sources,
    source: SourceId,
    findings: Vec<Finding>,
}

impl<'s> Reader<'s> {
    /// Looks at values of that text.
    pub(crate) fn new(sources: &'s Sources, source: SourceId) -> Self {
        Self {
            sources,
            source,
            findings: Vec::new(),
        }
    }

    /// What was found wrong.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    pub(crate) fn finding(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: String,
        help: Option<String>,
    ) {
        let mut finding = self.ready(code, span, message);
        finding.help = help;
        self.findings.push(finding);
    }

    /// A finding at that place, for whoever comes to know that it is one.
    pub(crate) fn ready(&self, code: &'static str, span: Range<usize>, message: String) -> Finding {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span {
            source: self.source,
            start: byte(span.start),
            end: byte(span.end),
        };
        Finding::new(Code(code), Level::Deny, message).at(self.sources, span)
    }

    pub(crate) fn invalid(&mut self, value: &Value<'_>, clause: &str) {
        self.finding(
            "config/invalid-value",
            value.span(),
            format!("this setting {clause}"),
            None,
        );
    }

    pub(crate) fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) {
        let name = key.get_ref();
        let help = match specsmith_rules::nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", known.join(", ")),
        };
        let message = format!("there is no setting `{name}`");
        self.finding("config/unknown-key", key.span(), message, Some(help));
    }

    pub(crate) fn table<'v, 'a>(&mut self, value: &'v Value<'a>) -> Option<&'v DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.invalid(value, "takes a table");
        }
        table
    }

    pub(crate) fn string(&mut self, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.invalid(value, "takes a string");
        }
        text
    }

    /// The name of a file.
    pub(crate) fn file(&mut self, value: &Value<'_>) -> Option<String> {
        let name = self.string(value)?;
        if name.is_empty() {
            self.invalid(value, "takes the name of a file, and this is empty");
            return None;
        }
        Some(name)
    }

    /// A list of names of files, as [`Self::strings`] takes it.
    pub(crate) fn files(&mut self, value: &Value<'_>) -> Vec<String> {
        self.list(value, Self::file)
    }

    /// A list of strings; one string stands for a list of one.
    pub(crate) fn strings(&mut self, value: &Value<'_>) -> Vec<String> {
        self.list(value, Self::string)
    }

    fn list(
        &mut self,
        value: &Value<'_>,
        one: fn(&mut Self, &Value<'_>) -> Option<String>,
    ) -> Vec<String> {
        if value.get_ref().is_str() {
            return one(self, value).into_iter().collect();
        }
        let Some(items) = value.get_ref().as_array() else {
            self.invalid(value, "takes a list of strings");
            return Vec::new();
        };
        items.iter().filter_map(|it| one(self, it)).collect()
    }

    pub(crate) fn boolean(&mut self, value: &Value<'_>) -> Option<bool> {
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.invalid(value, "takes `true` or `false`");
        }
        boolean
    }

    pub(crate) fn count(&mut self, value: &Value<'_>) -> Option<usize> {
        self.count_from(0, value)
    }

    pub(crate) fn count_from(&mut self, least: usize, value: &Value<'_>) -> Option<usize> {
        let integer = value.get_ref().as_integer();
        let count = integer
            .and_then(|it| usize::from_str_radix(it.as_str(), it.radix()).ok())
            .filter(|it| *it >= least);
        if count.is_none() {
            self.invalid(value, &format!("takes a whole number from {least}"));
        }
        count
    }
}
