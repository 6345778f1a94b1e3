//! The command line.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use specsmith_diagnostics::Level;
use specsmith_diagnostics::render::Format;

/// Checks payload files against an OpenAPI document and generates Rust model crates from it.
#[derive(Debug, Parser)]
#[command(name = "specsmith", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check payload files.
    ///
    /// Exits with 0 if nothing is wrong, with 1 if there are findings at deny, and with 2 if
    /// something could not be run.
    Validate(Box<Validate>),
    /// Write a Rust model crate from specifications.
    Generate(Generate),
    /// Make payloads up that are valid, or that break one rule.
    Sample(Sample),
    /// Say what a code means and what to do about it.
    Explain(Explain),
    /// Say which records of a batch a response of the API is about.
    ExplainResponse(ExplainResponse),
    /// Write a commented `specsmith.toml` into this folder.
    Init,
    /// Print the settings in force, and where each comes from.
    Config(ShowConfig),
    /// Print a script that completes commands in a shell.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// `specsmith validate`.
#[derive(Args, Clone, Debug, Default)]
pub struct Validate {
    /// Files, folders and globs; `-` is standard input. Without any, what `specsmith.toml` names.
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub paths: Vec<String>,

    /// A specification to hold payloads against, instead of those built in; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub spec: Vec<PathBuf>,

    /// The operation whose body the payloads are; else it is told by the names in each file.
    #[arg(long, value_name = "ID", conflicts_with = "schema", value_parser = NonEmptyStringValueParser::new())]
    pub operation: Option<String>,

    /// The schema that the payloads are, by its name in the specification.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub schema: Option<String>,

    /// The configuration, instead of the `specsmith.toml` of this folder or one around it.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// What judges: the compiled plan, or the independent reference.
    #[arg(long, value_enum, default_value_t = Engine::Plan, value_name = "ENGINE")]
    pub engine: Engine,

    /// How many threads check, within a long file and across short ones; the report is the same for
    /// every number. By default as many as there are processors.
    #[arg(long, value_name = "N", value_parser = jobs_of)]
    pub jobs: Option<std::num::NonZeroUsize>,

    /// The form of the report: text, concise, json, ndjson, sarif, junit, github or gitlab.
    #[arg(long, value_name = "F", value_parser = format_of)]
    pub format: Option<Format>,

    /// A report in another form, with every finding, to a file; may be repeated.
    #[arg(long, value_name = "F=FILE", value_parser = output_of)]
    pub output: Vec<(Format, PathBuf)>,

    /// Warnings make the run fail, as errors do.
    #[arg(long)]
    pub strict: bool,

    /// From which level on findings make the run fail.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,

    /// Exit with 0 whatever is found; what cannot be run is 2 all the same.
    #[arg(long)]
    pub exit_zero: bool,

    /// Levels for codes, or for a whole area such as `lint`; the last one counts.
    #[command(flatten)]
    pub levels: LevelArgs,

    /// How many findings are printed; 0 prints all. Counts and the exit code are not touched.
    #[arg(long, value_name = "N")]
    pub max_findings: Option<usize>,

    /// Findings that are known and not reported.
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub baseline: Option<PathBuf>,

    /// Write what is found to a baseline, and report nothing of it.
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,

    /// Print the values of payloads. They are people's data: not for logs.
    #[arg(long)]
    pub show_values: bool,

    /// Say for each batch what the API would answer.
    #[arg(long)]
    pub explain_response: bool,

    /// What standard input is called, so that its name tells its form.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub stdin_filename: Option<String>,

    /// Check again whenever a file changes, until interrupted.
    #[arg(long)]
    pub watch: bool,

    /// Print no summary and no notes.
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say for each file what it was held against, and how fast all went.
    #[arg(long, short)]
    pub verbose: bool,
}

/// `--allow`, `--warn`, `--deny`.
#[derive(Args, Clone, Debug, Default)]
pub struct LevelArgs {
    /// Do not report this code, or this area.
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<String>,
    /// Report this code as a warning.
    #[arg(long, value_name = "CODE")]
    pub warn: Vec<String>,
    /// Report this code as an error.
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<String>,
    /// The three above, in the order in which they were given.
    #[arg(skip)]
    pub in_order: Vec<(String, Level)>,
}

/// What judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The compiled plan.
    #[default]
    Plan,
    /// The independent reference, by way of JSON Schema.
    Reference,
}

/// From which level on findings make a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Warnings and errors.
    Warn,
    /// Errors.
    Deny,
}

/// `specsmith generate`.
#[derive(Args, Debug)]
pub struct Generate {
    /// The documents; what they refer to goes into the same crate.
    #[arg(required = true, value_name = "SPEC")]
    pub specs: Vec<PathBuf>,
    /// The folder that the crate's folder is written into.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The name of the crate; by default that of the first document with `-model` behind it.
    #[arg(long = "crate", value_name = "NAME")]
    pub krate: Option<String>,
    /// Where `specsmith-rules` is, relative to the crate; by default its version is named.
    #[arg(long, value_name = "PATH")]
    pub rules: Option<String>,
    /// The schemas that become types, with those that they need; by default all.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub schemas: Vec<String>,
    /// The operations that become constants, with the types that they need; by default all.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub operations: Vec<String>,
    /// The configuration whose `[codegen]` says how code is written, instead of the
    /// `specsmith.toml` of this folder or one around it.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Write nothing; say what would be written, and fail if that is anything.
    #[arg(long)]
    pub check: bool,
    /// Print figures of what was generated.
    #[arg(long, value_enum, value_name = "FORM")]
    pub stats: Option<StatsForm>,
}

/// The form of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsForm {
    /// One JSON object.
    Json,
}

/// `specsmith sample`.
#[derive(Args, Debug)]
pub struct Sample {
    /// The specification.
    pub spec: PathBuf,
    /// The operation whose body the payloads are.
    #[arg(long, value_name = "ID")]
    pub operation: String,
    /// How many.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub count: usize,
    /// Payloads that break one rule each; standard error names it.
    #[arg(long)]
    pub invalid: bool,
    /// YAML, a document each, instead of JSON, a line each.
    #[arg(long)]
    pub yaml: bool,
    /// The same seed gives the same payloads.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
}

/// `specsmith explain-response`.
#[derive(Args, Debug)]
pub struct ExplainResponse {
    /// The response of the API, as JSON; `-` is standard input.
    pub response: PathBuf,
    /// The batch that was sent, in a form that `validate` reads as one value.
    #[arg(long, value_name = "BATCH")]
    pub request: PathBuf,
    /// Print the ids of records and the API's own words, which may quote payloads.
    #[arg(long)]
    pub show_values: bool,
}

/// `specsmith config`.
#[derive(Args, Debug)]
pub struct ShowConfig {
    /// The configuration, instead of the `specsmith.toml` of this folder or one around it.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `specsmith completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `specsmith explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// The code, such as `schema/max-length`, or an area, such as `schema`.
    pub code: String,
}

impl Cli {
    /// Reads the arguments; the first is the name of the program.
    ///
    /// # Errors
    /// What clap says: about a mistake, or the help that was asked for.
    pub fn read(
        arguments: impl IntoIterator<Item = std::ffi::OsString>,
    ) -> Result<Self, clap::Error> {
        let matches = Self::command().try_get_matches_from(arguments)?;
        let mut cli = Self::from_arg_matches(&matches)?;
        if let (Command::Validate(validate), Some((_, matches))) =
            (&mut cli.command, matches.subcommand())
        {
            validate.levels.put_in_order(matches);
        }
        Ok(cli)
    }
}

impl LevelArgs {
    /// Three flags that say one kind of thing: the order among them matters.
    fn put_in_order(&mut self, matches: &clap::ArgMatches) {
        let flags = [
            ("allow", &self.allow, Level::Allow),
            ("warn", &self.warn, Level::Warn),
            ("deny", &self.deny, Level::Deny),
        ];
        let mut all = Vec::new();
        for (flag, codes, level) in flags {
            let places = matches.indices_of(flag).into_iter().flatten();
            all.extend(
                places
                    .zip(codes)
                    .map(|(at, code)| (at, code.clone(), level)),
            );
        }
        all.sort_by_key(|(at, _, _)| *at);
        self.in_order = all
            .into_iter()
            .map(|(_, code, level)| (code, level))
            .collect();
    }
}

fn jobs_of(text: &str) -> Result<std::num::NonZeroUsize, String> {
    let jobs = text.parse();
    jobs.map_err(|_| "a number of threads, at least 1".to_owned())
}

fn format_of(name: &str) -> Result<Format, String> {
    Format::of_name(name).ok_or_else(|| {
        let names: Vec<_> = Format::ALL.iter().map(|it| it.as_str()).collect();
        format!("the formats are {}", names.join(", "))
    })
}

fn output_of(text: &str) -> Result<(Format, PathBuf), String> {
    match text.split_once('=') {
        Some((format, file)) if !file.is_empty() => Ok((format_of(format)?, file.into())),
        _ => Err("an output is a format and a file, such as `sarif=report.sarif`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Cli, clap::Error> {
        let program = std::iter::once("specsmith");
        Cli::read(program.chain(arguments.iter().copied()).map(Into::into))
    }

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn levels_keep_their_order() {
        let arguments = [
            "validate",
            "--deny",
            "lint",
            "--allow",
            "lint/blank-value",
            "--deny",
            "a/b",
            "x",
        ];
        let Command::Validate(validate) = read(&arguments).expect("arguments").command else {
            panic!("another command");
        };
        let order: Vec<_> = validate
            .levels
            .in_order
            .iter()
            .map(|(code, level)| (code.as_str(), *level))
            .collect();
        let expected = [
            ("lint", Level::Deny),
            ("lint/blank-value", Level::Allow),
            ("a/b", Level::Deny),
        ];
        assert_eq!(order, expected);
    }

    #[test]
    fn an_empty_name_is_refused() {
        for arguments in [
            &["validate", ""][..],
            &["validate", "a", "--operation", ""],
            &["validate", "a", "--schema", ""],
            &["validate", "-", "--stdin-filename", ""],
            &["validate", "a", "--spec", ""],
        ] {
            let error = read(arguments).expect_err("no name");
            assert!(error.to_string().contains("a value is required"), "{error}");
        }
    }

    #[test]
    fn a_format_that_is_none_is_refused() {
        let error = read(&["validate", "--format", "xml"]).expect_err("no such format");
        assert!(error.to_string().contains("text, concise, json"));
    }
}
