//! Patterns of ECMA-262, as JSON Schema's keyword `pattern` has them.
//!
//! Reading a pattern ([`syntax`]) and deciding one of a single class ([`ClassRun`]) needs no
//! engine. For every other one, the feature `pattern` brings two: a linear one, and for patterns
//! that look around or back a backtracking one that gives up after [`STEPS`] steps.

mod class_run;
mod shared;
pub mod syntax;
#[cfg(feature = "pattern")]
mod translate;
pub mod tree;

use core::fmt;

pub use class_run::ClassRun;
pub use shared::Shared;
pub use syntax::{SyntaxError, SyntaxErrorKind};

/// How many steps the backtracking engine takes before it gives up.
pub const STEPS: usize = 1_000_000;

/// How many bytes the program of one pattern may take in memory.
#[cfg(feature = "pattern")]
const LARGEST: usize = 16 << 20;

/// A pattern, ready to be searched for.
///
/// ```
/// use specsmith_predicates::pattern::{Extent, Match, Pattern};
///
/// let id = Pattern::new(r"[a-zA-Z0-9\-\_]+")?;
/// assert_eq!(id.search("%%a%%"), Match::Found);
/// assert_eq!(id.extent("%%a%%"), Some(Extent::Part));
/// # Ok::<(), specsmith_predicates::pattern::PatternError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pattern {
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    Run(ClassRun),
    #[cfg(feature = "pattern")]
    Linear(Box<Linear>),
    #[cfg(feature = "pattern")]
    Backtracking(Box<Backtracking>),
}

#[cfg(feature = "pattern")]
#[derive(Clone, Debug)]
struct Linear {
    search: regex::Regex,
    /// Anchored at both ends, made when it is first asked for.
    whole: std::sync::OnceLock<Option<regex::Regex>>,
}

#[cfg(feature = "pattern")]
#[derive(Clone, Debug)]
struct Backtracking {
    search: fancy_regex::Regex,
    steps: usize,
    whole: std::sync::OnceLock<Option<fancy_regex::Regex>>,
}

/// What a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Some part of the text matches.
    Found,
    /// No part does.
    Missing,
    /// The engine gave up after so many steps.
    Undecided,
}

/// How much of a text a match can cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Some of it, but not all.
    Part,
    /// There is no match.
    Nothing,
}

/// Why there is no [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// The text is no ECMA-262 pattern.
    Syntax(SyntaxError),
    /// The engine refuses it: it is too large, or names a Unicode property that the engine does
    /// not know.
    Refused,
    /// It needs an engine, and the feature `pattern` is off.
    NoEngine,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => error.fmt(f),
            Self::Refused => {
                f.write_str("the pattern is too large or names an unknown Unicode property")
            }
            Self::NoEngine => f.write_str("the pattern needs the feature `pattern`"),
        }
    }
}

impl core::error::Error for PatternError {}

impl From<SyntaxError> for PatternError {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

impl Pattern {
    /// Reads an ECMA-262 pattern, and compiles it where that is needed.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        Self::with_steps(pattern, STEPS)
    }

    /// The same, with another bound on the steps of the backtracking engine.
    pub fn with_steps(pattern: &str, steps: usize) -> Result<Self, PatternError> {
        let tree = syntax::parse(pattern)?;
        let engine = match ClassRun::of(&tree) {
            Some(run) => Engine::Run(run),
            None => compile(&tree, steps)?,
        };
        Ok(Self { engine })
    }

    /// Whether some part of `text` matches.
    pub fn search(&self, text: &str) -> Match {
        match &self.engine {
            Engine::Run(run) => Match::of(run.is_match(text)),
            #[cfg(feature = "pattern")]
            Engine::Linear(linear) => Match::of(linear.search.is_match(text)),
            #[cfg(feature = "pattern")]
            Engine::Backtracking(backtracking) => backtracking
                .search
                .is_match(text)
                .map_or(Match::Undecided, Match::of),
        }
    }

    /// How much of `text` a match can cover; `None` where the engine gave up.
    pub fn extent(&self, text: &str) -> Option<Extent> {
        match &self.engine {
            Engine::Run(run) => Some(run.extent(text)),
            #[cfg(feature = "pattern")]
            Engine::Linear(linear) => {
                if !linear.search.is_match(text) {
                    return Some(Extent::Nothing);
                }
                let whole = linear
                    .whole
                    .get_or_init(|| linear_engine(&whole_of(linear.search.as_str())));
                Some(Extent::of(whole.as_ref()?.is_match(text)))
            }
            #[cfg(feature = "pattern")]
            Engine::Backtracking(backtracking) => {
                if !backtracking.search.is_match(text).ok()? {
                    return Some(Extent::Nothing);
                }
                let whole = backtracking.whole.get_or_init(|| {
                    let pattern = whole_of(backtracking.search.as_str());
                    backtracking_engine(&pattern, backtracking.steps)
                });
                Some(Extent::of(whole.as_ref()?.is_match(text).ok()?))
            }
        }
    }

    /// The pattern as a run of one class, if it is one.
    pub fn as_class_run(&self) -> Option<&ClassRun> {
        match &self.engine {
            Engine::Run(run) => Some(run),
            #[cfg(feature = "pattern")]
            Engine::Linear(_) | Engine::Backtracking(_) => None,
        }
    }
}

impl Match {
    fn of(found: bool) -> Self {
        if found { Self::Found } else { Self::Missing }
    }
}

#[cfg(feature = "pattern")]
impl Extent {
    fn of(whole: bool) -> Self {
        if whole { Self::Whole } else { Self::Part }
    }
}

#[cfg(not(feature = "pattern"))]
fn compile(_: &tree::Tree, _: usize) -> Result<Engine, PatternError> {
    Err(PatternError::NoEngine)
}

#[cfg(feature = "pattern")]
fn compile(tree: &tree::Tree, steps: usize) -> Result<Engine, PatternError> {
    let translation = translate::translate(tree);
    let engine = if translation.backtracks {
        backtracking_engine(&translation.text, steps).map(|search| {
            Engine::Backtracking(Box::new(Backtracking {
                search,
                steps,
                whole: std::sync::OnceLock::new(),
            }))
        })
    } else {
        linear_engine(&translation.text).map(|search| {
            Engine::Linear(Box::new(Linear {
                search,
                whole: std::sync::OnceLock::new(),
            }))
        })
    };
    engine.ok_or(PatternError::Refused)
}

#[cfg(feature = "pattern")]
fn whole_of(pattern: &str) -> String {
    format!(r"\A(?:{pattern})\z")
}

#[cfg(feature = "pattern")]
fn linear_engine(pattern: &str) -> Option<regex::Regex> {
    regex::RegexBuilder::new(pattern)
        .size_limit(LARGEST)
        .nest_limit(4 * syntax::DEEPEST as u32)
        .build()
        .ok()
}

#[cfg(feature = "pattern")]
fn backtracking_engine(pattern: &str, steps: usize) -> Option<fancy_regex::Regex> {
    fancy_regex::RegexBuilder::new(pattern)
        .backtrack_limit(steps)
        .delegate_size_limit(LARGEST)
        .build()
        .ok()
}

#[cfg(test)]
mod tests;
