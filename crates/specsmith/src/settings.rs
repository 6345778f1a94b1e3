//! Settings: what is in force, after the command line and the configuration have spoken.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::render::Format;
use specsmith_diagnostics::{Code, Level};

use crate::args::{Engine, FailOn, Validate};
use crate::config::Config;
use crate::ids::ShownIds;
use crate::levels::{Levels, Refused};
use crate::limits::Limits;

/// How many findings are printed unless something else was asked for.
pub const MAX_FINDINGS: usize = 100;

/// What is in force for one run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The command line.
    pub arguments: Validate,
    /// The configuration; empty where there is none.
    pub config: Config,
    /// What the command line says about levels.
    asked: Levels,
    /// The levels of payloads that the configuration says nothing special about.
    pub levels: Levels,
    /// The paths to check.
    pub paths: Vec<String>,
    /// The specifications; none: those built in.
    pub specs: Vec<PathBuf>,
    /// What all payloads are held against, where that was named.
    pub choice: Choice,
    /// What judges.
    pub engine: Engine,
    /// The form of the report.
    pub format: Format,
    /// Reports that go to files.
    pub outputs: Vec<(Format, PathBuf)>,
    /// How many findings are printed.
    pub max_findings: usize,
    /// What is refused for its size.
    pub limits: Limits,
    /// The baseline.
    pub baseline: Option<PathBuf>,
    /// Which ids may name a record in reports.
    pub shown_ids: ShownIds,
    /// From which level on the run fails; never [`Level::Allow`].
    pub fails_at: Level,
}

/// What payloads are held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// What the names in each file tell.
    #[default]
    Detected,
    /// An operation.
    Operation(String),
    /// A schema.
    Schema(String),
}

impl Settings {
    /// The command line before the configuration before the defaults.
    ///
    /// # Errors
    /// The first level that cannot be set, with the code it was asked for.
    pub fn new(arguments: &Validate, config: Config) -> Result<Self, (String, Refused)> {
        let mut asked = Levels::default();
        for (code, level) in &arguments.levels.in_order {
            let mut one = Levels::default();
            one.set(code, *level)
                .map_err(|refused| (code.clone(), refused))?;
            asked.extend(&one);
        }
        let mut levels = config.levels.clone();
        levels.extend(&asked);
        let strict = arguments.strict || config.strict == Some(true);
        let fails_at = match (arguments.fail_on, strict) {
            (Some(FailOn::Deny), _) | (None, false) => Level::Deny,
            (Some(FailOn::Warn), _) | (None, true) => Level::Warn,
        };
        let most = arguments.max_findings.or(config.max_findings);
        Ok(Self {
            asked,
            levels,
            paths: match arguments.paths.is_empty() {
                true => config.paths(),
                false => arguments.paths.clone(),
            },
            specs: match arguments.spec.is_empty() {
                true => config.specs.clone(),
                false => arguments.spec.clone(),
            },
            choice: match (&arguments.operation, &arguments.schema) {
                (Some(operation), _) => Choice::Operation(operation.clone()),
                (None, Some(schema)) => Choice::Schema(schema.clone()),
                (None, None) => Choice::Detected,
            },
            engine: arguments.engine,
            format: arguments.format.or(config.format).unwrap_or(Format::Text),
            outputs: match arguments.output.is_empty() {
                true => config.outputs.clone(),
                false => arguments.output.clone(),
            },
            max_findings: match most.unwrap_or(MAX_FINDINGS) {
                0 => usize::MAX,
                some => some,
            },
            limits: Limits::with(&config.limits),
            baseline: match arguments.write_baseline {
                Some(_) => None,
                None => arguments
                    .baseline
                    .clone()
                    .or_else(|| config.baseline.clone()),
            },
            shown_ids: ShownIds::new(config.show_ids.as_deref()),
            fails_at,
            arguments: arguments.clone(),
            config,
        })
    }

    /// The levels of one file, and what it is held against.
    pub fn of_file(&self, file: &Path) -> (Levels, Choice) {
        let Some(payloads) = self.config.payloads_of(file) else {
            return (self.levels.clone(), self.choice.clone());
        };
        let levels = self.levels_with(&payloads.levels);
        let choice = match &self.choice {
            Choice::Detected => payloads.choice.clone(),
            named @ (Choice::Operation(_) | Choice::Schema(_)) => named.clone(),
        };
        (levels, choice)
    }

    /// Every way in which a payload may be held against something by name.
    pub fn choices(&self) -> Vec<Choice> {
        let mut all = vec![self.choice.clone()];
        for payloads in &self.config.payloads {
            if !all.contains(&payloads.choice) {
                all.push(payloads.choice.clone());
            }
        }
        all
    }

    /// Whether anything would be reported with a code.
    pub fn watches(&self, code: Code) -> bool {
        let special = self.config.payloads.iter();
        self.levels.of(code) != Level::Allow
            || special
                .map(|it| self.levels_with(&it.levels).of(code))
                .any(|it| it != Level::Allow)
    }

    /// The levels of payloads that have some of their own.
    fn levels_with(&self, own: &Levels) -> Levels {
        let mut levels = self.config.levels.clone();
        levels.extend(own);
        levels.extend(&self.asked);
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNKNOWN: Code = Code("lint/unknown-property");

    /// What is in force by such a configuration and what the command line says of one lint.
    fn settings(config: &str, level: Option<Level>) -> Settings {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("specsmith.toml");
        std::fs::write(&path, config).expect("written");
        let (config, findings) = crate::config::find(Some(&path));
        assert!(findings.is_empty(), "{findings:?}");
        let mut arguments = Validate::default();
        let asked = level.map(|level| (UNKNOWN.as_str().to_owned(), level));
        arguments.levels.in_order.extend(asked);
        Settings::new(&arguments, config.expect("a configuration")).expect("levels")
    }

    /// What nobody reports is not looked for, which would cost time.
    #[test]
    fn what_the_command_line_allows_is_watched_for_in_no_payloads() {
        let plain = "[[payloads]]\nfiles = \"a/*.json\"\nschema = \"A\"\n";
        let denied = format!("{plain}levels = {{ \"lint/unknown-property\" = \"deny\" }}\n");
        let allowed = format!("[levels]\n\"lint/unknown-property\" = \"allow\"\n{plain}");
        let both = format!("[levels]\n\"lint/unknown-property\" = \"allow\"\n{denied}");
        for (config, level, watched) in [
            (plain, None, true),
            (&denied, None, true),
            (&allowed, None, false),
            (&both, None, true),
            (plain, Some(Level::Allow), false),
            (&denied, Some(Level::Allow), false),
            (&both, Some(Level::Allow), false),
            (&allowed, Some(Level::Warn), true),
        ] {
            let settings = settings(config, level);
            assert_eq!(settings.watches(UNKNOWN), watched, "{config} {level:?}");
            assert!(settings.watches(Code("lint/duplicate-id")));
        }
    }
}
