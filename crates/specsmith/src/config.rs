//! The configuration: `specsmith.toml`, what may stand in it, and what does.

pub mod command;
mod payloads;
mod read;
mod reader;
mod template;

use std::path::{Path, PathBuf};

use specsmith_codegen::Style;
use specsmith_diagnostics::render::{Base, Format};
use specsmith_diagnostics::{Code, Finding, Level, Sources};

use crate::attributes::Table;
use crate::ids::NamedId;
use crate::inputs::reason;
use crate::levels::Levels;
use crate::settings::Choice;

pub use read::read;
pub(crate) use reader::{Reader, Value};
pub use template::TEMPLATE;

/// The name of the file.
pub const NAME: &str = "specsmith.toml";

/// What a configuration file says. What it does not say is `None` or empty.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file, as it was found or named.
    pub path: PathBuf,
    /// The specifications, relative to where we run.
    pub specs: Vec<PathBuf>,
    /// What is known about payloads, by where they are; the first that fits counts.
    pub payloads: Vec<Payloads>,
    /// Levels for all payloads.
    pub levels: Levels,
    /// Warnings make the run fail.
    pub strict: Option<bool>,
    /// What is known of custom attributes, by entity.
    pub attributes: Vec<Table>,
    /// Which properties tell records apart.
    pub identity: Option<Vec<String>>,
    /// All that it takes for ids, with what is to be said where no record has one.
    pub named_ids: Vec<NamedId>,
    /// Which properties' values may name a record in reports.
    pub show_ids: Option<Vec<String>>,
    /// Limits, by their names.
    pub limits: Vec<(&'static str, usize)>,
    /// The form of the report.
    pub format: Option<Format>,
    /// How many findings are printed.
    pub max_findings: Option<usize>,
    /// Reports in other forms, and the files they go to.
    pub outputs: Vec<(Format, PathBuf)>,
    /// The baseline.
    pub baseline: Option<PathBuf>,
}

/// What is known about some payloads.
#[derive(Clone, Debug)]
pub struct Payloads {
    /// The globs as written, relative to the folder of the configuration.
    pub files: Vec<String>,
    /// The same, ready to match.
    pub matcher: globset::GlobSet,
    /// What they are held against.
    pub choice: Choice,
    /// What is to be said where there is no such thing, but for its words: where it is named.
    pub unknown: Option<Finding>,
    /// Levels for them alone.
    pub levels: Levels,
}

impl Config {
    /// Whether there is such a file.
    pub fn is_there(&self) -> bool {
        !self.path.as_os_str().is_empty()
    }

    /// The folder that globs and paths are relative to.
    pub fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// What is known about a payload file.
    pub fn payloads_of(&self, file: &Path) -> Option<&Payloads> {
        let folder = Base::new(std::env::current_dir().ok()?, self.folder());
        let relative = folder.inside(file)?;
        self.payloads
            .iter()
            .find(|it| it.matcher.is_match(&relative))
    }

    /// What is to be said, but for its words, of a choice for some payloads that means nothing.
    pub fn unknown(&self, choice: &Choice) -> Option<&Finding> {
        let mut all = self.payloads.iter();
        all.find(|it| it.choice == *choice)?.unknown.as_ref()
    }

    /// The globs of all payloads, relative to where we run: what is checked if no path is given.
    pub fn paths(&self) -> Vec<String> {
        let folder = self.folder();
        let globs = self.payloads.iter().flat_map(|it| &it.files);
        globs
            .map(|glob| match folder == Path::new(".") {
                true => glob.clone(),
                false => folder.join(glob).to_string_lossy().into_owned(),
            })
            .collect()
    }
}

/// Finds the configuration: the file named, else the first one upwards from where we run.
///
/// `None` where nothing was named and none is there. What is wrong with it is in the findings; the
/// rest of it is in force.
pub fn find(named: Option<&Path>) -> (Option<Config>, Vec<Finding>) {
    match named {
        Some(path) => load(path),
        None => match upwards() {
            Some(path) => load(&path),
            None => (None, Vec::new()),
        },
    }
}

/// How a configuration says that code is written; where it cannot, a sentence about that.
///
/// # Errors
/// If `[codegen]` does not say what it may.
pub fn style_of(config: &Config) -> Result<Style, String> {
    let parsed = match std::fs::read_to_string(&config.path) {
        Ok(text) => specsmith_codegen::Config::parse(&text).map_err(|it| it.to_string()),
        Err(error) => Err(reason(&error)),
    };
    let path = || crate::summary::visible(&config.path.to_string_lossy());
    parsed
        .map(|it| it.style)
        .map_err(|message| format!("error: {}: {message}", path()))
}

/// Looks for the file in this folder and in those around it. The path is relative where the file
/// is in this folder.
fn upwards() -> Option<PathBuf> {
    if Path::new(NAME).is_file() {
        return Some(PathBuf::from(NAME));
    }
    let here = std::env::current_dir().ok()?;
    let mut up = PathBuf::new();
    for folder in here.ancestors().skip(1) {
        up.push("..");
        if folder.join(NAME).is_file() {
            return Some(up.join(NAME));
        }
    }
    None
}

fn load(path: &Path) -> (Option<Config>, Vec<Finding>) {
    let name = path.to_string_lossy().into_owned();
    match crate::inputs::whole(path).map(String::from_utf8) {
        Ok(Ok(text)) => {
            let mut sources = Sources::default();
            let source = sources.add(name, text.as_str());
            let (config, mut findings) = read(path, &text, &sources, source);
            // What is named by mistake may be a payload, whose lines nobody asked to see.
            if path.extension().is_none_or(|it| it != "toml") {
                findings.iter_mut().for_each(|it| it.excerpt = None);
            }
            (Some(config), findings)
        }
        Ok(Err(_)) => {
            let finding = Finding::new(
                Code("config/syntax"),
                Level::Deny,
                "the configuration is not UTF-8",
            );
            (None, vec![finding])
        }
        Err(error) => {
            let message = format!(
                "the configuration `{name}` cannot be read: {}",
                reason(&error)
            );
            let finding = Finding::new(Code("config/unreadable-file"), Level::Deny, message);
            (None, vec![finding])
        }
    }
}
