//! Reading the configuration: every key and value is looked at where it stands.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::render::Format;
use specsmith_diagnostics::{Finding, Level, SourceId, Sources};
use toml::de::DeTable;

use super::Config;
use super::payloads::payloads;
use super::reader::{Reader, Value};
use crate::ids::NamedId;
use crate::levels::Levels;

/// Reads a configuration. What is wrong is in the findings, and the rest counts.
pub fn read(
    path: &Path,
    text: &str,
    sources: &Sources,
    source: SourceId,
) -> (Config, Vec<Finding>) {
    let mut config = Config {
        path: path.to_path_buf(),
        ..Config::default()
    };
    let mut reader = Reader::new(sources, source);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        reader.finding("config/syntax", span, error.message().to_owned(), None);
    }
    root(&mut reader, &mut config, table.get_ref());
    let mut findings = reader.into_findings();
    once_where_it_is_no_toml(&mut findings);
    findings.sort_by_key(|it| it.location.as_ref().map(|it| it.byte_start));
    (config, findings)
}

/// What stands where the text is no TOML is no value either, which need not be said again.
fn once_where_it_is_no_toml(findings: &mut Vec<Finding>) {
    let start = |it: &Finding| it.location.as_ref().map(|it| it.byte_start);
    let is_syntax = |it: &&Finding| it.code.as_str() == "config/syntax";
    let broken: Vec<_> = findings.iter().filter(is_syntax).map(start).collect();
    findings.retain(|it| is_syntax(&it) || !broken.contains(&start(it)));
}

fn root(reader: &mut Reader<'_>, config: &mut Config, table: &DeTable<'_>) {
    const KEYS: &[&str] = &[
        "specs",
        "strict",
        "payloads",
        "levels",
        "identity",
        "attributes",
        "limits",
        "report",
        "baseline",
        "codegen",
    ];
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "specs" => {
                let specs = reader.files(value);
                config.specs = specs.into_iter().map(|it| beside(config, &it)).collect();
            }
            "strict" => config.strict = reader.boolean(value),
            "payloads" => config.payloads = payloads(reader, value),
            "levels" => config.levels = levels(reader, value),
            "identity" => identity(reader, config, value),
            "attributes" => config.attributes = crate::attributes::read(reader, value),
            "limits" => limits(reader, config, value),
            "report" => report(reader, config, value),
            "baseline" => config.baseline = reader.file(value).map(|it| beside(config, &it)),
            // What generates crates reads it; here only its keys are looked at.
            "codegen" => codegen(reader, value),
            _ => reader.unknown(key, KEYS),
        }
    }
}

/// A path of the configuration, which is relative to its folder, relative to where we run.
fn beside(config: &Config, path: &str) -> PathBuf {
    match config.folder() == Path::new(".") {
        true => PathBuf::from(path),
        false => config.folder().join(path),
    }
}

pub(super) fn levels(reader: &mut Reader<'_>, value: &Value<'_>) -> Levels {
    let mut levels = Levels::default();
    let Some(table) = reader.table(value) else {
        return levels;
    };
    for (key, value) in table {
        let level = match reader.string(value).as_deref() {
            Some("allow") => Level::Allow,
            Some("warn") => Level::Warn,
            Some("deny") => Level::Deny,
            Some(_) => {
                reader.invalid(value, "takes `allow`, `warn` or `deny`");
                continue;
            }
            None => continue,
        };
        if let Err(refused) = levels.set(key.get_ref(), level) {
            reader.finding(
                "config/unknown-key",
                key.span(),
                refused.message,
                refused.help,
            );
        }
    }
    levels
}

fn identity(reader: &mut Reader<'_>, config: &mut Config, value: &Value<'_>) {
    const KEYS: &[&str] = &["fields", "show"];
    let Some(table) = reader.table(value) else {
        return;
    };
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "fields" => config.identity = Some(ids(reader, config, value)),
            "show" => config.show_ids = Some(ids(reader, config, value)),
            _ => reader.unknown(key, KEYS),
        }
    }
}

fn ids(reader: &mut Reader<'_>, config: &mut Config, value: &Value<'_>) -> Vec<String> {
    let items = value.get_ref().as_array();
    let items = items.map_or(std::slice::from_ref(value), |it| it.as_ref());
    for item in items {
        let Some(name) = item.get_ref().as_str() else {
            continue;
        };
        let message = format!("no record has a property `{name}`");
        config.named_ids.push(NamedId {
            name: name.to_owned(),
            unknown: reader.ready("config/unknown-key", item.span(), message),
        });
    }
    reader.strings(value)
}

fn limits(reader: &mut Reader<'_>, config: &mut Config, value: &Value<'_>) {
    let Some(table) = reader.table(value) else {
        return;
    };
    for (key, value) in table {
        let mut limits = crate::limits::ALL.iter();
        match limits.find(|it| it.name == key.get_ref().as_ref()) {
            Some(limit) => match reader.count_from(limit.least, value) {
                Some(count) if count > limit.most => {
                    let most = limit.most;
                    reader.invalid(value, &format!("takes a whole number up to {most}"));
                }
                count => config.limits.extend(count.map(|it| (limit.name, it))),
            },
            None => {
                let names: Vec<_> = crate::limits::ALL.iter().map(|it| it.name).collect();
                reader.unknown(key, &names);
            }
        }
    }
}

fn report(reader: &mut Reader<'_>, config: &mut Config, value: &Value<'_>) {
    const KEYS: &[&str] = &["format", "max-findings", "outputs"];
    let Some(table) = reader.table(value) else {
        return;
    };
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "format" => {
                let name = reader.string(value);
                config.format = name.as_deref().and_then(Format::of_name);
                if name.is_some() && config.format.is_none() {
                    reader.invalid(value, FORMATS);
                }
            }
            "max-findings" => config.max_findings = reader.count(value),
            "outputs" => {
                for (key, value) in reader.table(value).into_iter().flatten() {
                    let file = reader.file(value);
                    match (Format::of_name(key.get_ref()), file) {
                        (Some(format), Some(file)) => {
                            config.outputs.push((format, beside(config, &file)));
                        }
                        (None, _) => {
                            let names: Vec<_> = Format::ALL.iter().map(|it| it.as_str()).collect();
                            reader.unknown(key, &names);
                        }
                        (Some(_), None) => {}
                    }
                }
            }
            _ => reader.unknown(key, KEYS),
        }
    }
}

const FORMATS: &str = "takes text, concise, json, ndjson, sarif, junit, github or gitlab";

fn codegen(reader: &mut Reader<'_>, value: &Value<'_>) {
    reader.table(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Config, String) {
        let mut sources = Sources::default();
        let source = sources.add("specsmith.toml", text);
        let (config, findings) = read(Path::new("specsmith.toml"), text, &sources, source);
        let said: Vec<_> = findings
            .iter()
            .map(|it| {
                let place = it.location.as_ref().expect("a place");
                let help = it.help.as_deref().unwrap_or_default();
                format!(
                    "{}:{} {} {} {help}",
                    place.line, place.column, it.code, it.message
                )
            })
            .collect();
        (config, said.join("\n"))
    }

    #[test]
    fn the_template_says_nothing_and_is_right() {
        let (config, findings) = check(super::super::TEMPLATE);
        assert_eq!(findings, "");
        assert!(config.specs.is_empty() && config.payloads.is_empty());
        // With every setting switched on it is right as well.
        let lines = super::super::TEMPLATE.lines();
        let on: Vec<_> = lines
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .collect();
        let (config, findings) = check(&on.join("\n"));
        assert_eq!(findings, "");
        assert_eq!(config.payloads.len(), 2);
        assert_eq!(config.outputs.len(), 2);
        assert!(config.strict.is_some());
        // As it stands there, every limit has its default.
        assert_eq!(config.limits.len(), crate::limits::ALL.len());
        let limits = crate::limits::Limits::with(&config.limits);
        assert_eq!(limits, crate::limits::Limits::default());
        let codegen = specsmith_codegen::Config::parse(&on.join("\n"));
        assert!(codegen.is_ok_and(|it| it.style.renames.len() == 1));
    }

    #[test]
    fn unknown_keys_have_a_place_and_a_suggestion() {
        let (_, findings) = check(
            "spec = []\n[limits]\nrecrod = 1\n[levels]\n\"lint/blank\" = \"warn\"\n[[payloads]]\nfiles = \"a\"\ncolour = 1\n",
        );
        insta::assert_snapshot!(findings, @r"
        1:1 config/unknown-key there is no setting `spec` did you mean `specs`?
        3:1 config/unknown-key there is no setting `recrod` did you mean `record`?
        5:1 config/unknown-key there is no such code did you mean `lint/blank-value`?
        8:1 config/unknown-key there is no setting `colour` the keys here are files, operation, schema, levels
        ");
    }

    #[test]
    fn wrong_values_have_a_place_too() {
        let (config, findings) = check(
            "strict = 1\nspecs = [1]\npayloads = 3\n[limits]\nrecord = -1\ndepth = 1025\naliases = 12\n[levels]\n\"lint\" = \"no\"\n\"json/truncated\" = \"allow\"\n",
        );
        insta::assert_snapshot!(findings, @r"
        1:10 config/invalid-value this setting takes `true` or `false` 
        2:10 config/invalid-value this setting takes a string 
        3:12 config/invalid-value this setting takes tables: write `[[payloads]]` 
        5:10 config/invalid-value this setting takes a whole number from 1 
        6:9 config/invalid-value this setting takes a whole number up to 1024 
        9:10 config/invalid-value this setting takes `allow`, `warn` or `deny` 
        10:1 config/unknown-key this code cannot be lowered what cannot be read cannot be accepted
        ");
        assert_eq!(config.limits, [("aliases", 12)]);
    }

    #[test]
    fn an_empty_name_is_no_file() {
        let (config, findings) = check(
            "specs = [\"\"]\nbaseline = \"\"\n[report]\noutputs = { sarif = \"\" }\n[[payloads]]\nfiles = \"\"\n",
        );
        insta::assert_snapshot!(findings, @r"
        1:10 config/invalid-value this setting takes the name of a file, and this is empty 
        2:12 config/invalid-value this setting takes the name of a file, and this is empty 
        4:21 config/invalid-value this setting takes the name of a file, and this is empty 
        6:9 config/invalid-value this setting takes the name of a file, and this is empty 
        ");
        assert!(config.specs.is_empty() && config.baseline.is_none());
        assert!(config.outputs.is_empty());
    }

    #[test]
    fn a_limit_that_refuses_everything_is_refused() {
        let (config, findings) = check("[limits]\ndepth = 0\nrecord = 0\naliases = 0\n");
        insta::assert_snapshot!(findings, @r"
        2:9 config/invalid-value this setting takes a whole number from 1 
        3:10 config/invalid-value this setting takes a whole number from 1 
        ");
        assert_eq!(config.limits, [("aliases", 0)]);
    }

    #[test]
    fn a_key_in_place_of_files_is_one_mistake() {
        let said = |keys: &str| check(&format!("[[payloads]]\n{keys}")).1;
        insta::assert_snapshot!(said("glob = \"*.json\"\n"), @"2:1 config/unknown-key there is no setting `glob` the keys here are files, operation, schema, levels");
        insta::assert_snapshot!(said("file = \"*.json\"\n"), @"2:1 config/unknown-key there is no setting `file` did you mean `files`?");
        insta::assert_snapshot!(said("operation = \"a\"\n"), @"1:1 config/invalid-value this setting needs `files`, the globs of the payloads meant ");
    }

    #[test]
    fn broken_toml_is_a_finding_and_the_rest_counts() {
        let (config, findings) = check("strict = true\nspecs = [\n");
        assert!(findings.contains("config/syntax"), "{findings}");
        assert_eq!(config.strict, Some(true));
    }
}
