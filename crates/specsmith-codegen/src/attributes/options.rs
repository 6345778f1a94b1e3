//! `[codegen.attributes]`: what the configuration says about custom attributes.

use super::{AttributeList, AttributesOptions};
use crate::config::{ConfigError, is_crate_name, wrong};

const KEYS: [&str; 2] = ["crate", "lists"];
const OF_LISTS: [&str; 3] = ["list", "name", "value"];

impl AttributesOptions {
    /// Reads the table; where there is none, lists are found by their shape. `folder` is that of
    /// all crates. `None` where no crate is wanted: `attributes = false`.
    pub(crate) fn parse(
        value: Option<&toml::Value>,
        folder: &str,
    ) -> Result<Option<Self>, ConfigError> {
        let empty = toml::Table::new();
        let table = match value {
            None => &empty,
            Some(toml::Value::Boolean(false)) => return Ok(None),
            Some(toml::Value::Table(table)) => table,
            Some(_) => return Err(wrong("`codegen.attributes` is a table, or false")),
        };
        if let Some(unknown) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(wrong(&format!(
                "`codegen.attributes.{unknown}` is not known; known are `{}`",
                KEYS.join("`, `")
            )));
        }
        let name = match table.get("crate") {
            None => "attributes-derive",
            Some(value) => value
                .as_str()
                .filter(|name| is_crate_name(name))
                .ok_or_else(|| wrong("`codegen.attributes.crate` is the name of a crate"))?,
        };
        let lists = match table.get("lists") {
            None => None,
            Some(toml::Value::Array(lists)) => {
                Some(lists.iter().map(list).collect::<Result<_, _>>()?)
            }
            Some(_) => return Err(wrong("`codegen.attributes.lists` is a list of definitions")),
        };
        Ok(Some(Self {
            name: name.to_owned(),
            folder: format!("{folder}/{name}"),
            lists,
        }))
    }
}

fn list(value: &toml::Value) -> Result<AttributeList, ConfigError> {
    const IS: &str = "each of `codegen.attributes.lists` is the name of a definition, or a table \
        with `list`, `name` and `value`";
    let text = |value: Option<&toml::Value>| {
        let text = value.and_then(toml::Value::as_str);
        text.map(str::to_owned).ok_or_else(|| wrong(IS))
    };
    match value {
        toml::Value::String(definition) => Ok(AttributeList {
            definition: definition.clone(),
            keys: ["name", "value"].map(str::to_owned),
        }),
        toml::Value::Table(table) if table.keys().all(|it| OF_LISTS.contains(&it.as_str())) => {
            Ok(AttributeList {
                definition: text(table.get("list"))?,
                keys: [text(table.get("name"))?, text(table.get("value"))?],
            })
        }
        _ => Err(wrong(IS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Option<AttributesOptions>, ConfigError> {
        let table: toml::Table = text.parse().expect("TOML");
        AttributesOptions::parse(table.get("attributes"), "crates")
    }

    #[test]
    fn reads_the_table() {
        let options = parse("").expect("is understood").expect("by default");
        assert_eq!(options.folder, "crates/attributes-derive");
        assert_eq!(options.lists, None);
        assert_eq!(parse("attributes = false"), Ok(None));
        let text = "[attributes]\ncrate = \"labels\"\n\
            lists = [\"A\", { list = \"B\", name = \"key\", value = \"text\" }]";
        let options = parse(text).expect("is understood").expect("is wanted");
        assert_eq!(options.name, "labels");
        let lists = options.lists.expect("are named");
        assert_eq!(lists[0].keys, ["name", "value"]);
        assert_eq!(lists[1].definition, "B");
        assert_eq!(lists[1].keys, ["key", "text"]);
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, says) in [
            ("attributes = 1", "is a table, or false"),
            (
                "[attributes]\ncolour = 1",
                "`codegen.attributes.colour` is not known",
            ),
            ("[attributes]\ncrate = \"A B\"", "is the name of a crate"),
            ("[attributes]\nlists = \"A\"", "is a list of definitions"),
            ("[attributes]\nlists = [1]", "is the name of a definition"),
            (
                "[attributes]\nlists = [{ list = \"A\" }]",
                "with `list`, `name` and `value`",
            ),
        ] {
            let error = parse(text).expect_err("is wrong").to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
