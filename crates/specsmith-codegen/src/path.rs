//! Paths: what a type inside something is named after.

use specsmith_ir::{Operation, Step};

/// What a type inside something is named after.
pub(crate) type Path = Vec<String>;

pub(crate) fn extended(path: &Path, step: &Step) -> Path {
    let mut path = path.clone();
    path.extend(step_word(step));
    path
}

pub(crate) fn extended_by(path: &Path, word: &str) -> Path {
    let mut path = path.clone();
    path.push(word.to_owned());
    path
}

/// The word that a step adds to the name of a type.
pub(crate) fn step_word(step: &Step) -> Option<String> {
    match step {
        Step::Property(name) | Step::Definition(name) | Step::Dependent(name) => {
            Some(name.as_str().to_owned())
        }
        Step::PatternProperty(_) | Step::Rest | Step::UnevaluatedProperties => {
            Some("Value".to_owned())
        }
        Step::Names => Some("Name".to_owned()),
        Step::Items | Step::Prefix(_) | Step::UnevaluatedItems => Some("Item".to_owned()),
        Step::Contains => Some("Contained".to_owned()),
        Step::All(_) | Step::Any(_) | Step::One(_) => None,
        Step::Not => Some("Not".to_owned()),
        Step::If => Some("If".to_owned()),
        Step::Then => Some("Then".to_owned()),
        Step::Else => Some("Else".to_owned()),
        Step::Elsewhere(place) => place.rsplit('/').next().map(str::to_owned),
    }
}

/// What an operation is called where it has no id: `get`, `pets`, `by`, `id`.
pub(crate) fn operation_path(operation: &Operation) -> Path {
    if let Some(id) = &operation.id {
        return vec![id.as_str().to_owned()];
    }
    let mut path = vec![operation.method.as_str().to_ascii_lowercase()];
    for segment in operation.path.split('/').filter(|it| !it.is_empty()) {
        match segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'))
        {
            Some(parameter) => path.extend(["by".to_owned(), parameter.to_owned()]),
            None => path.push(segment.to_owned()),
        }
    }
    path
}

/// Whether a name is a type's name as it stands.
pub(crate) fn is_type_name(name: &str) -> bool {
    crate::words::pascal(&crate::words::words(name)) == name
}
