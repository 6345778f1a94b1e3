//! Configuration: what `specsmith.toml` says about generated crates.

use std::path::Path;

use specsmith_diagnostics::Sources;

use crate::attributes::AttributesOptions;
use crate::options::Manifest;
use crate::style::{self, Style};

/// The part of `specsmith.toml` that code generation reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Each document and the crate it becomes, in the order written.
    pub crates: Vec<(String, String)>,
    /// The folder in which the crates stand.
    pub folder: String,
    /// What manifests refer to.
    pub manifest: Manifest,
    /// Whether each crate gets its definitions as JSON Schema.
    pub json_schema: bool,
    /// How the code is written, and how much of it.
    pub style: Style,
    /// The crate for custom attributes.
    pub attributes: Option<AttributesOptions>,
}

/// What is wrong with a configuration, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// What is wrong and where, without the line: the file may be of another kind, named by mistake.
fn syntax(text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |it| it.start);
    let mut sources = Sources::default();
    let source = sources.add("", text);
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    let (line, column) = sources.get(source).line_column(start);
    ConfigError(format!("{line}:{column}: {}", error.message()))
}

const KEYS: [&str; 5] = ["crates", "folder", "manifest", "json-schema", "attributes"];

impl Config {
    /// Reads the table `[codegen]` of a configuration file's text.
    ///
    /// # Errors
    /// If it is no TOML, or names something that is not known.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| syntax(text, &error))?;
        let empty = toml::Table::new();
        let codegen = match table.get("codegen") {
            None => &empty,
            Some(value) => value
                .as_table()
                .ok_or_else(|| wrong("`codegen` is a table"))?,
        };
        let known: Vec<&str> = KEYS.into_iter().chain(style::KEYS).collect();
        if let Some(unknown) = codegen.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(wrong(&format!(
                "`codegen.{unknown}` is not known; known are `{}`",
                known.join("`, `")
            )));
        }
        let mut crates = Vec::new();
        if let Some(value) = codegen.get("crates") {
            let value = value
                .as_table()
                .ok_or_else(|| wrong("`codegen.crates` is a table of documents and crates"))?;
            for (document, name) in value {
                let name = name
                    .as_str()
                    .filter(|name| is_crate_name(name))
                    .ok_or_else(|| {
                        wrong(&format!(
                            "`codegen.crates.\"{document}\"` is the name of a crate"
                        ))
                    })?;
                if Path::new(document).is_absolute() {
                    return Err(wrong("a document is named relative to the configuration"));
                }
                crates.push((document.clone(), name.to_owned()));
            }
        }
        let folder = match codegen.get("folder") {
            None => "crates".to_owned(),
            Some(value) => value
                .as_str()
                .map(|it| it.trim_end_matches('/').to_owned())
                .ok_or_else(|| wrong("`codegen.folder` is the path of a folder"))?,
        };
        let manifest = match codegen.get("manifest").map(toml::Value::as_str) {
            None | Some(Some("workspace")) => Manifest::Workspace,
            Some(Some("standalone")) => Manifest::Standalone { rules: None },
            Some(_) => return Err(wrong("`codegen.manifest` is `workspace` or `standalone`")),
        };
        let json_schema = match codegen.get("json-schema") {
            None => true,
            Some(value) => value
                .as_bool()
                .ok_or_else(|| wrong("`codegen.json-schema` is true or false"))?,
        };
        let attributes = AttributesOptions::parse(codegen.get("attributes"), &folder)?;
        Ok(Self {
            crates,
            folder,
            manifest,
            json_schema,
            style: Style::parse(codegen)?,
            attributes,
        })
    }
}

pub(crate) fn wrong(message: &str) -> ConfigError {
    ConfigError(message.to_owned())
}

/// Whether a crate may have that name. Rust's own words are none, as for cargo.
pub fn is_crate_name(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_'))
        && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_crates_are_names_in_rust() {
        for name in ["a", "agent-model", "a_1"] {
            assert!(is_crate_name(name), "{name}");
        }
        for name in ["", "1a", "A", "a b", "../a", "fn", "crate", "self"] {
            assert!(!is_crate_name(name), "{name}");
        }
    }

    #[test]
    fn reads_the_table() {
        let config = Config::parse(
            "[codegen]\nfolder = \"out/\"\nmanifest = \"standalone\"\njson-schema = false\n[codegen.crates]\n\"specs/a.yaml\" = \"a-model\"\n",
        )
        .expect("is understood");
        assert_eq!(
            config.crates,
            [("specs/a.yaml".to_owned(), "a-model".to_owned())]
        );
        assert_eq!(config.folder, "out");
        assert_eq!(config.manifest, Manifest::Standalone { rules: None });
        assert!(!config.json_schema);
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, says) in [
            ("[codegen]\ncolour = 1", "`codegen.colour` is not known"),
            (
                "[codegen.crates]\n\"a.yaml\" = \"Not A Crate\"",
                "is the name of a crate",
            ),
            (
                "[codegen.crates]\n\"/a.yaml\" = \"a\"",
                "relative to the configuration",
            ),
            ("codegen = 3", "`codegen` is a table"),
            (
                "[codegen]\nmanifest = \"none\"",
                "`workspace` or `standalone`",
            ),
        ] {
            let error = Config::parse(text).expect_err("is wrong").to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
