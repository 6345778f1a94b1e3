//! Limits: what is refused for its size, each with a name, a default and a setting in `[limits]`.

/// What is refused for its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a record: a line, an item, a document that is no batch.
    pub record: usize,
    /// The bytes of a file that is read as a whole.
    pub document: usize,
    /// How many arrays and objects of a payload may stand inside one another.
    pub depth: usize,
    /// How many findings are kept for the files that reports are written to.
    pub findings: usize,
    /// How many columns of a payload's line a report shows.
    pub line_text: usize,
    /// How many steps a pattern may take on one string, where it takes a backtracking engine.
    pub pattern_steps: usize,
    /// How many values the aliases of one YAML document may add.
    pub aliases: usize,
    /// The bytes of one document of a specification.
    pub specification: usize,
    /// How many documents a specification may have, those that references lead to included.
    pub documents: usize,
    /// How many schemas a specification may have.
    pub schemas: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let specification = specsmith_source::Limits::default();
        Self {
            record: 16 << 20,
            document: 1 << 30,
            depth: 128,
            findings: 1_000_000,
            line_text: specsmith_diagnostics::Excerpt::WIDTH,
            pattern_steps: specsmith_rules::pattern::STEPS,
            aliases: specification.aliases,
            specification: specification.bytes,
            documents: specification.documents,
            schemas: specification.schemas,
        }
    }
}

/// One limit: its name in the configuration, and where it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Its name in `[limits]`.
    pub name: &'static str,
    /// The smallest value that it can have: with less, everything would be refused.
    pub least: usize,
    /// The largest value that it can have.
    pub most: usize,
    field: fn(&mut Limits) -> &mut usize,
}

impl Limit {
    const fn from(least: usize, name: &'static str, field: fn(&mut Limits) -> &mut usize) -> Self {
        Self {
            name,
            least,
            most: usize::MAX,
            field,
        }
    }

    const fn up_to(self, most: usize) -> Self {
        Self { most, ..self }
    }
}

/// All of them, in the order in which they are shown.
pub const ALL: &[Limit] = &[
    Limit::from(1, "record", |it| &mut it.record),
    Limit::from(1, "document", |it| &mut it.document),
    Limit::from(1, "depth", |it| &mut it.depth).up_to(DEEPEST),
    Limit::from(0, "findings", |it| &mut it.findings),
    Limit::from(0, "line-text", |it| &mut it.line_text),
    Limit::from(0, "pattern-steps", |it| &mut it.pattern_steps),
    Limit::from(0, "aliases", |it| &mut it.aliases),
    Limit::from(1, "specification", |it| &mut it.specification),
    Limit::from(1, "documents", |it| &mut it.documents),
    Limit::from(1, "schemas", |it| &mut it.schemas),
];

/// So deep readers go at the most, whatever the setting.
const DEEPEST: usize = specsmith_json::Limits::DEEPEST;

impl Limits {
    /// The defaults, and what was set in their place.
    #[must_use]
    pub fn with(set: &[(&'static str, usize)]) -> Self {
        let mut limits = Self::default();
        for limit in ALL {
            if let Some((_, value)) = set.iter().find(|(name, _)| *name == limit.name) {
                *(limit.field)(&mut limits) = *value;
            }
        }
        limits
    }

    /// The value of one limit.
    #[must_use]
    pub fn value(mut self, limit: &Limit) -> usize {
        *(limit.field)(&mut self)
    }

    /// What reading a specification is bounded by. Specifications may be deeper than payloads.
    #[must_use]
    pub fn of_specification(&self) -> specsmith_source::Limits {
        let defaults = specsmith_source::Limits::default();
        specsmith_source::Limits {
            bytes: self.specification,
            depth: self.depth.max(defaults.depth),
            aliases: self.aliases,
            documents: self.documents,
            schemas: self.schemas,
            findings: defaults.findings,
        }
    }

    /// What reading a payload in YAML is bounded by.
    #[must_use]
    pub fn of_yaml(&self) -> specsmith_source::Limits {
        specsmith_source::Limits {
            depth: self.depth,
            ..self.of_specification()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_set_by_its_name_alone() {
        for limit in ALL {
            let set = Limits::with(&[(limit.name, 7)]);
            assert_eq!(set.value(limit), 7);
            for other in ALL.iter().filter(|it| it.name != limit.name) {
                assert_eq!(set.value(other), Limits::default().value(other));
            }
        }
    }
}
