//! Reading `[[payloads]]`: which files are meant, what they are for, at which levels.

use globset::{GlobBuilder, GlobSetBuilder};
use specsmith_diagnostics::Finding;

use super::Payloads;
use super::read::levels;
use super::reader::{Reader, Value};
use crate::levels::Levels;
use crate::settings::Choice;

pub(super) fn payloads(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Payloads> {
    let Some(tables) = value.get_ref().as_array() else {
        reader.invalid(value, "takes tables: write `[[payloads]]`");
        return Vec::new();
    };
    let mut all = Vec::new();
    for value in tables.iter() {
        let Some(table) = reader.table(value) else {
            continue;
        };
        const KEYS: &[&str] = &["files", "operation", "schema", "levels"];
        let mut found = Payloads {
            files: Vec::new(),
            matcher: globset::GlobSet::empty(),
            choice: Choice::Detected,
            unknown: None,
            levels: Levels::default(),
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "files" => (found.files, found.matcher) = globs(reader, value),
                "operation" => {
                    if let Some(name) = reader.string(value) {
                        found.choice = Choice::Operation(name);
                        found.unknown = Some(unknown_choice(reader, value));
                    }
                }
                "schema" => {
                    if let Some(name) = reader.string(value) {
                        found.choice = Choice::Schema(name);
                        found.unknown = Some(unknown_choice(reader, value));
                    }
                }
                "levels" => found.levels = levels(reader, value),
                _ => reader.unknown(key, KEYS),
            }
        }
        let has = |name: &str| table.keys().any(|it| it.get_ref().as_ref() == name);
        // A key that is like it, or like no other, is most likely meant by it, and has been refused.
        let mut keys = table.keys().map(|it| it.get_ref().as_ref());
        let instead = keys.any(|it| {
            let near = specsmith_rules::nearest(it, KEYS.iter().copied());
            near.is_none_or(|near| near == "files")
        });
        if !has("files") && instead {
            continue;
        } else if !has("files") {
            reader.invalid(value, "needs `files`, the globs of the payloads meant");
        } else if has("operation") && has("schema") {
            reader.invalid(value, "takes `operation` or `schema`, not both");
        } else {
            all.push(found);
        }
    }
    all
}

/// What is said where there is no such operation or schema, but for its words.
fn unknown_choice(reader: &Reader<'_>, value: &Value<'_>) -> Finding {
    reader.ready("config/unknown-operation", value.span(), String::new())
}

fn globs(reader: &mut Reader<'_>, value: &Value<'_>) -> (Vec<String>, globset::GlobSet) {
    let files = reader.files(value);
    let mut set = GlobSetBuilder::new();
    for file in &files {
        let plain = file.trim_start_matches("./").trim_end_matches('/');
        // What names a folder means all that is below it.
        let below = match plain {
            "" | "." => "**".to_owned(),
            folder => format!("{folder}/**"),
        };
        for pattern in [plain, &below] {
            match GlobBuilder::new(pattern).literal_separator(true).build() {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(_) => {
                    reader.invalid(value, "holds a pattern that cannot be understood");
                    break;
                }
            }
        }
    }
    (
        files,
        set.build().unwrap_or_else(|_| globset::GlobSet::empty()),
    )
}
