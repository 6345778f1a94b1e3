//! Style: what people may choose of the code that is written, in `[codegen]` of `specsmith.toml`.

use std::collections::BTreeMap;

use crate::config::{ConfigError, wrong};

/// How the types of a crate are written, and which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// How a property that may be absent and may be null is held.
    pub nullable: Nullable,
    /// What becomes of properties that the specification does not speak of.
    pub unknown_fields: UnknownFields,
    /// Whether dates, times and UUIDs have types of their own.
    pub formats: Formats,
    /// What integers without bounds are.
    pub integers: Integers,
    /// Which parts of messages become types.
    pub messages: Messages,
    /// Derives to add, by path; `Eq`, `Hash`, `PartialOrd` and `Ord` where the type can have them.
    pub derives: Vec<String>,
    /// New names: of a type (`Pet`), a field (`Pet.petType`) or a variant (`Order.ASC`), by the names
    /// of the specification or those that would be generated.
    pub renames: BTreeMap<String, String>,
    /// Modules and the types that stand in them; a name may end with `*`.
    pub modules: BTreeMap<String, Vec<String>>,
    /// Which schemas become types, with those that they need. Empty, like `operations`: all.
    pub schemas: Vec<String>,
    /// Which operations become constants, with the types that they need.
    pub operations: Vec<String>,
}

/// How a property that may be absent and may be null is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nullable {
    /// `Field<T>`: absent, null, or a value.
    #[default]
    Field,
    /// `Option<Option<T>>`.
    Option,
}

/// What becomes of properties that the specification does not speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// They are read over.
    #[default]
    Ignore,
    /// They are an error, which is stricter than the specification.
    Deny,
    /// They are kept in a map.
    Keep,
}

/// Whether dates, times and UUIDs have types of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Formats {
    /// They are strings.
    #[default]
    String,
    /// They are `chrono`'s and `uuid`'s types, where no other rule applies.
    Typed,
}

/// What integers without bounds are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Integers {
    /// `i64`, which does not hold all of them.
    #[default]
    I64,
    /// A type that holds every integer.
    Exact,
}

/// Which parts of messages become types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Messages {
    /// All: bodies, parameters and headers.
    #[default]
    All,
    /// The JSON bodies alone.
    Json,
}

/// The keys of `[codegen]` that are about style.
pub(crate) const KEYS: [&str; 10] = [
    "nullable",
    "unknown-fields",
    "formats",
    "integers",
    "messages",
    "derive",
    "rename",
    "modules",
    "schemas",
    "operations",
];

impl Style {
    /// Reads the keys that are about style.
    pub(crate) fn parse(codegen: &toml::Table) -> Result<Self, ConfigError> {
        Ok(Self {
            nullable: choice(
                codegen,
                "nullable",
                &[("field", Nullable::Field), ("option", Nullable::Option)],
            )?,
            unknown_fields: choice(
                codegen,
                "unknown-fields",
                &[
                    ("ignore", UnknownFields::Ignore),
                    ("deny", UnknownFields::Deny),
                    ("keep", UnknownFields::Keep),
                ],
            )?,
            formats: choice(
                codegen,
                "formats",
                &[("string", Formats::String), ("typed", Formats::Typed)],
            )?,
            integers: choice(
                codegen,
                "integers",
                &[("i64", Integers::I64), ("exact", Integers::Exact)],
            )?,
            messages: choice(
                codegen,
                "messages",
                &[("all", Messages::All), ("json", Messages::Json)],
            )?,
            derives: match codegen.get("derive") {
                None => Vec::new(),
                Some(value) => derives(value)?,
            },
            renames: table(codegen, "rename")?
                .into_iter()
                .map(|(key, value)| match value.as_str() {
                    Some(name) if is_ident(name) => Ok((key.clone(), name.to_owned())),
                    Some(_) | None => Err(wrong(&format!(
                        "`codegen.rename.\"{key}\"` is a name in Rust"
                    ))),
                })
                .collect::<Result<_, _>>()?,
            modules: table(codegen, "modules")?
                .into_iter()
                .map(|(key, value)| {
                    let types = strings(value, &format!("codegen.modules.{key}"))?;
                    if !is_ident(key) {
                        return Err(wrong(&format!("`codegen.modules.{key}` is no module")));
                    }
                    Ok((key.clone(), types))
                })
                .collect::<Result<_, _>>()?,
            schemas: list(codegen, "schemas")?,
            operations: list(codegen, "operations")?,
        })
    }

    /// Every setting by its key in `[codegen]`, as it is in force, with its value as TOML.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let text = |it: &str| toml::Value::from(it);
        let texts = |all: &[String]| toml::Value::Array(all.iter().map(|it| text(it)).collect());
        let tables = |all: Vec<(&String, toml::Value)>| {
            let entries = all.into_iter().map(|(key, value)| (key.clone(), value));
            toml::Value::Table(entries.collect())
        };
        let renames = self.renames.iter().map(|(from, to)| (from, text(to)));
        let modules = self.modules.iter().map(|(name, it)| (name, texts(it)));
        let values: [toml::Value; KEYS.len()] = [
            text(match self.nullable {
                Nullable::Field => "field",
                Nullable::Option => "option",
            }),
            text(match self.unknown_fields {
                UnknownFields::Ignore => "ignore",
                UnknownFields::Deny => "deny",
                UnknownFields::Keep => "keep",
            }),
            text(match self.formats {
                Formats::String => "string",
                Formats::Typed => "typed",
            }),
            text(match self.integers {
                Integers::I64 => "i64",
                Integers::Exact => "exact",
            }),
            text(match self.messages {
                Messages::All => "all",
                Messages::Json => "json",
            }),
            texts(&self.derives),
            tables(renames.collect()),
            tables(modules.collect()),
            texts(&self.schemas),
            texts(&self.operations),
        ];
        let values = values.iter().map(toml::Value::to_string);
        KEYS.into_iter().zip(values).collect()
    }

    /// Whether only some schemas or operations are asked for.
    pub(crate) fn is_selective(&self) -> bool {
        !self.schemas.is_empty() || !self.operations.is_empty()
    }
}

fn choice<T: Copy + Default>(
    codegen: &toml::Table,
    key: &str,
    choices: &[(&str, T)],
) -> Result<T, ConfigError> {
    let Some(value) = codegen.get(key) else {
        return Ok(T::default());
    };
    let found = choices
        .iter()
        .find(|(name, _)| value.as_str() == Some(name));
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        wrong(&format!("`codegen.{key}` is `{}`", names.join("` or `")))
    })
}

fn table<'t>(
    codegen: &'t toml::Table,
    key: &str,
) -> Result<Vec<(&'t String, &'t toml::Value)>, ConfigError> {
    match codegen.get(key) {
        None => Ok(Vec::new()),
        Some(value) => value
            .as_table()
            .map(|table| table.iter().collect())
            .ok_or_else(|| wrong(&format!("`codegen.{key}` is a table"))),
    }
}

fn list(codegen: &toml::Table, key: &str) -> Result<Vec<String>, ConfigError> {
    codegen.get(key).map_or(Ok(Vec::new()), |value| {
        strings(value, &format!("codegen.{key}"))
    })
}

fn strings(value: &toml::Value, key: &str) -> Result<Vec<String>, ConfigError> {
    let items = value.as_array().into_iter().flatten();
    let texts: Option<Vec<String>> = items.map(|it| it.as_str().map(str::to_owned)).collect();
    texts
        .filter(|_| value.is_array())
        .ok_or_else(|| wrong(&format!("`{key}` is a list of names")))
}

fn derives(value: &toml::Value) -> Result<Vec<String>, ConfigError> {
    let paths = strings(value, "codegen.derive")?;
    match paths
        .iter()
        .find(|it| syn::parse_str::<syn::Path>(it).is_err())
    {
        Some(path) => Err(wrong(&format!("`{path}` in `codegen.derive` is no path"))),
        None => Ok(paths),
    }
}

fn is_ident(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Style, ConfigError> {
        Style::parse(&text.parse().expect("is TOML"))
    }

    #[test]
    fn reads_every_key() {
        let style = parsed(
            "nullable = \"option\"\nunknown-fields = \"keep\"\nformats = \"typed\"\n\
             integers = \"exact\"\nmessages = \"json\"\nderive = [\"Eq\", \"schemars::JsonSchema\"]\n\
             schemas = [\"Pet\"]\noperations = [\"getPet\"]\n\
             [rename]\n\"Pet.petType\" = \"kind\"\n[modules]\npets = [\"Pet*\"]\n",
        )
        .expect("is understood");
        assert_eq!(style.nullable, Nullable::Option);
        assert_eq!(style.unknown_fields, UnknownFields::Keep);
        assert_eq!(style.formats, Formats::Typed);
        assert_eq!(style.integers, Integers::Exact);
        assert_eq!(style.messages, Messages::Json);
        assert_eq!(style.derives, ["Eq", "schemars::JsonSchema"]);
        assert_eq!(style.renames["Pet.petType"], "kind");
        assert_eq!(style.modules["pets"], ["Pet*"]);
        assert!(style.is_selective());
        let settings = style.settings();
        assert_eq!(settings[0], ("nullable", "\"option\"".to_owned()));
        assert_eq!(settings[6].1, "{ \"Pet.petType\" = \"kind\" }");
        let again: Vec<_> = settings
            .iter()
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect();
        assert_eq!(parsed(&again.concat()), Ok(style));
        assert_eq!(parsed(""), Ok(Style::default()));
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, says) in [
            (
                "nullable = \"maybe\"",
                "`codegen.nullable` is `field` or `option`",
            ),
            ("integers = 3", "`codegen.integers` is `i64` or `exact`"),
            ("derive = \"Eq\"", "`codegen.derive` is a list of names"),
            ("derive = [\"a b\"]", "`a b` in `codegen.derive` is no path"),
            ("[rename]\nPet = \"type\"", "is a name in Rust"),
            ("rename = 1", "`codegen.rename` is a table"),
            (
                "[modules]\n\"a-b\" = []",
                "`codegen.modules.a-b` is no module",
            ),
        ] {
            let error = parsed(text).expect_err("is wrong").to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
