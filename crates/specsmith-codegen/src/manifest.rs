//! Manifests: the `Cargo.toml` of a crate.

use askama::Template;
use specsmith_ir::Model;

use crate::options::{Manifest, Options};
use crate::rust::Sources;

#[derive(Template)]
#[template(path = "Cargo.toml.txt", escape = "none")]
pub(crate) struct ManifestPage {
    pub(crate) mark: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) workspace: bool,
    pub(crate) proc_macro: bool,
    pub(crate) features: Vec<String>,
    pub(crate) dependencies: Vec<String>,
}

#[allow(unreachable_pub)] // the macro makes a public struct of it
mod filters {
    /// Text as a TOML string.
    #[askama::filter_fn]
    pub fn toml_string(text: &str, _: &dyn askama::Values) -> askama::Result<String> {
        Ok(super::toml_string(text))
    }
}

/// The manifest of one crate.
pub(crate) fn manifest(
    model: &Model,
    options: &Options,
    index: usize,
    sources: &Sources,
) -> String {
    let krate = &options.crates[index];
    let title = krate
        .sources
        .iter()
        .find_map(|source| {
            let name = source.document.as_str();
            model
                .documents
                .iter()
                .find(|document| document.name.as_str() == name)
        })
        .map_or_else(|| krate.name.clone(), |document| document.title.clone());
    let page = ManifestPage {
        mark: krate.mark(),
        name: krate.name.clone(),
        description: format!("Types and rules of “{}”.", one_line(&title)),
        workspace: options.manifest == Manifest::Workspace,
        proc_macro: false,
        features: features(options, sources),
        dependencies: dependencies(options, index, sources),
    };
    page.render().unwrap_or_default()
}

fn dependencies(options: &Options, index: usize, sources: &Sources) -> Vec<String> {
    let mut lines = Vec::new();
    let mut features = vec!["derive", "json"];
    features.extend(sources.values.then_some("value"));
    features.extend(&sources.features);
    features.sort_unstable();
    let features = format!("features = [\"{}\"]", features.join("\", \""));
    for other in &sources.crates {
        let (Some(krate), Some(from)) = (options.crates.get(*other), options.crates.get(index))
        else {
            continue;
        };
        let path = relative(&from.folder, &krate.folder);
        lines.push(format!(
            "{} = {{ version = \"0.1.0\", path = {}, default-features = false }}",
            krate.name,
            toml_string(&path)
        ));
    }
    if let (Some(derives), Some(from), Some(_)) = (
        &options.attributes,
        options.crates.get(index),
        &sources.attributes,
    ) {
        let path = relative(&from.folder, &derives.folder);
        lines.push(format!(
            "{} = {{ version = \"0.1.0\", path = {}, optional = true }}",
            derives.name,
            toml_string(&path)
        ));
    }
    match &options.manifest {
        Manifest::Workspace => {
            if sources.serde {
                lines.push("serde = { workspace = true, features = [\"derive\"] }".to_owned());
            }
            if sources.values {
                lines.push("serde_json.workspace = true".to_owned());
            }
            lines.push(format!(
                "specsmith-rules = {{ workspace = true, {features} }}"
            ));
        }
        Manifest::Module => {}
        Manifest::Standalone { rules } => {
            if sources.serde {
                lines.push(
                    "serde = { version = \"1.0.229\", default-features = false, features = [\"derive\", \"std\"] }"
                        .to_owned(),
                );
            }
            if sources.values {
                lines.push("serde_json = \"1.0.154\"".to_owned());
            }
            let place = rules.as_ref().map_or_else(String::new, |path| {
                format!("path = {}, ", toml_string(path))
            });
            lines.push(format!(
                "specsmith-rules = {{ version = \"0.1.0\", {place}{features} }}"
            ));
        }
    }
    lines.sort();
    lines
}

/// The features of a crate: what can be done without.
fn features(options: &Options, sources: &Sources) -> Vec<String> {
    let feature = |name: &str, own: String, has: &dyn Fn(usize) -> bool| {
        let others = sources.crates.iter().filter(|other| has(**other));
        let others = others.filter_map(|other| options.crates.get(*other));
        let parts: Vec<String> = std::iter::once(own)
            .chain(others.map(|krate| format!("{}/{name}", krate.name)))
            .map(|it| toml_string(&it))
            .collect();
        format!("{name} = [{}]", parts.join(", "))
    };
    let mut lines = Vec::new();
    let derives = options.attributes.as_ref().zip(sources.attributes.as_ref());
    if let Some((derives, owners)) = derives {
        lines.push(
            "# `#[derive(CustomAttributes)]`, with the limits of the specification.".to_owned(),
        );
        lines.push(feature(
            "attributes",
            format!("dep:{}", derives.name),
            &|krate| owners.contains(&krate),
        ));
    }
    lines.push("# Engines for patterns that are more than one repeated class.".to_owned());
    lines.push(feature(
        "pattern",
        "specsmith-rules/pattern".to_owned(),
        &|_| true,
    ));
    let default = match derives {
        Some(_) => "default = [\"attributes\", \"pattern\"]",
        None => "default = [\"pattern\"]",
    };
    lines.insert(0, default.to_owned());
    lines
}

/// Where the expansion of the derives is.
pub(crate) fn macros_dependency(manifest: &Manifest) -> String {
    match manifest {
        Manifest::Workspace => "specsmith-macros.workspace = true".to_owned(),
        Manifest::Standalone { .. } | Manifest::Module => "specsmith-macros = \"0.1.0\"".to_owned(),
    }
}

/// The way from one folder to another, both relative to the same place.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

pub(crate) fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            it if it.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_survive_toml() {
        for text in ["plain", "a \"b\" \\ c", "two\nlines\u{7f}", "“ünïcode”"] {
            let table: toml::Table = format!("x = {}", toml_string(text)).parse().expect("TOML");
            assert_eq!(table["x"].as_str(), Some(text));
        }
    }

    #[test]
    fn ways_between_folders() {
        assert_eq!(
            relative("crates/agent-model", "crates/metadata-common"),
            "../metadata-common"
        );
        assert_eq!(relative("a", "b/c"), "../b/c");
    }
}
