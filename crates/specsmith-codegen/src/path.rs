//! Paths: what a type inside something is named after.

use std::borrow::Cow;

use specsmith_ir::{Operation, Step};

/// What a type inside something is named after: a word, and what stands above it. There is one for
/// each schema that is looked at, so that a path only refers to what is above it.
#[derive(Debug)]
pub(crate) struct Path<'p> {
    above: Option<&'p Path<'p>>,
    /// Nothing where a step adds nothing.
    word: Cow<'p, str>,
}

impl<'p> Path<'p> {
    /// A path that begins with a word, or several.
    pub(crate) fn new(word: impl Into<Cow<'p, str>>) -> Self {
        let word = word.into();
        Self { above: None, word }
    }

    pub(crate) fn with(&'p self, word: impl Into<Cow<'p, str>>) -> Self {
        let word = word.into();
        Self {
            above: Some(self),
            word,
        }
    }

    /// The path of what a step leads to.
    pub(crate) fn step(&'p self, step: &'p Step) -> Self {
        self.with(step_word(step).unwrap_or_default())
    }

    /// The words from the outermost.
    pub(crate) fn words(&self) -> Vec<&str> {
        let mut words = self.above.map_or_else(Vec::new, Path::words);
        words.push(&self.word);
        words
    }
}

/// The word that a step adds to the name of a type.
pub(crate) fn step_word(step: &Step) -> Option<&str> {
    match step {
        Step::Property(name) | Step::Definition(name) | Step::Dependent(name) => {
            Some(name.as_str())
        }
        Step::PatternProperty(_) | Step::Rest | Step::UnevaluatedProperties => Some("Value"),
        Step::Names => Some("Name"),
        Step::Items | Step::Prefix(_) | Step::UnevaluatedItems => Some("Item"),
        Step::Contains => Some("Contained"),
        Step::All(_) | Step::Any(_) | Step::One(_) => None,
        Step::Not => Some("Not"),
        Step::If => Some("If"),
        Step::Then => Some("Then"),
        Step::Else => Some("Else"),
        Step::Elsewhere(place) => place.rsplit('/').next(),
    }
}

/// What an operation is called, and where it has no id its method and address: `get pets by id`.
pub(crate) fn operation_name(operation: &Operation) -> String {
    if let Some(id) = &operation.id {
        return id.as_str().to_owned();
    }
    let mut name = operation.method.as_str().to_ascii_lowercase();
    for segment in operation.path.split('/').filter(|it| !it.is_empty()) {
        let parameter = segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'));
        name.push_str(if parameter.is_some() { " by " } else { " " });
        name.push_str(parameter.unwrap_or(segment));
    }
    name
}

/// Whether a name is a type's name as it stands.
pub(crate) fn is_type_name(name: &str) -> bool {
    crate::words::pascal(&crate::words::words(name)) == name
}
