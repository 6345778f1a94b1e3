//! Codes: the names of what can be found, and how grave each is.

/// The name of what was found: `area/name`, such as `schema/max-length`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl Code {
    /// `schema/max-length`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The part before the slash: `schema`.
    pub fn area(self) -> &'static str {
        self.0.split('/').next().unwrap_or_default()
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the run succeeds all the same.
    Warn,
    /// Reported; the run fails.
    Deny,
}

impl Level {
    /// `allow`, `warn` or `deny`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// What is written about a code: the one source of `specsmith explain` and of the reference page.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    /// The name.
    pub code: Code,
    /// How grave it is unless configured otherwise.
    pub level: Level,
    /// What it finds, in one clause.
    pub summary: &'static str,
    /// Why it matters and what to do, in a few sentences of CommonMark.
    pub explanation: &'static str,
}
