//! `specsmith init` and `specsmith config`.

use std::path::Path;

use specsmith_codegen::Style;
use specsmith_diagnostics::Level;
use specsmith_diagnostics::render::{self, text_of_finding};

use super::{Config, NAME, TEMPLATE, find, style_of};
use crate::console::Console;
use crate::ids::SHOWN;
use crate::inputs::reason;
use crate::limits::Limits;
use crate::settings::MAX_FINDINGS;
use crate::validate::{CANNOT_RUN, CLEAN};

/// Writes a commented configuration into this folder, unless there is one.
pub fn init(console: &mut Console) -> u8 {
    let mut options = std::fs::OpenOptions::new();
    let written = options
        .write(true)
        .create_new(true)
        .open(NAME)
        .and_then(|mut file| std::io::Write::write_all(&mut file, TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            console.note(&format!("wrote {NAME}; every setting in it is commented"));
            CLEAN
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            console.note(&format!("error: there is a {NAME} here already"));
            CANNOT_RUN
        }
        Err(error) => {
            console.note(&format!(
                "error: {NAME} cannot be written: {}",
                reason(&error)
            ));
            CANNOT_RUN
        }
    }
}

/// Prints what is in force, and from where.
pub fn show(named: Option<&Path>, console: &mut Console) -> u8 {
    let (config, findings) = find(named);
    for finding in &findings {
        console.note(&text_of_finding(finding, render::Style::Plain));
    }
    let mut sound = findings.is_empty();
    // What is no TOML at all has been said.
    let is_toml = findings
        .iter()
        .all(|it| it.code.as_str() != "config/syntax");
    let config_of_style = config.as_ref().filter(|_| is_toml);
    let style = match config_of_style.map_or(Ok(Style::default()), style_of) {
        Ok(style) => style,
        Err(message) => {
            console.note(&message);
            sound = false;
            Style::default()
        }
    };
    for line in lines(config.as_ref(), &style) {
        console.report(&format!("{line}\n"));
    }
    match (console.finish(), sound) {
        (Ok(()), true) => CLEAN,
        (Ok(()), false) | (Err(_), _) => CANNOT_RUN,
    }
}

/// One line for each setting: its value, and who says so.
fn lines(config: Option<&Config>, style: &Style) -> Vec<String> {
    let none = Config::default();
    let given = config.unwrap_or(&none);
    let file = given.path.to_string_lossy().into_owned();
    let mut lines = vec![match config {
        Some(_) => format!("# from {file}"),
        None => format!("# no {NAME} here or above; what stands here are the defaults"),
    }];
    let mut say = |name: &str, value: String, set: bool| {
        let from = if set { &file } else { "default" };
        lines.push(format!("{name} = {value}  # {from}"));
    };
    let list = |all: Vec<String>| {
        let quoted: Vec<_> = all.iter().map(|it| format!("{it:?}")).collect();
        format!("[{}]", quoted.join(", "))
    };
    let specs: Vec<_> = match given.specs.is_empty() {
        true => crate::built_in::TEXTS
            .iter()
            .map(|(name, _)| format!("built in: {name}"))
            .collect(),
        false => given
            .specs
            .iter()
            .map(|it| it.to_string_lossy().into_owned())
            .collect(),
    };
    say("specs", list(specs), !given.specs.is_empty());
    say(
        "strict",
        given.strict.unwrap_or(false).to_string(),
        given.strict.is_some(),
    );
    if let Some(baseline) = &given.baseline {
        say(
            "baseline",
            format!("{:?}", baseline.to_string_lossy()),
            true,
        );
    }
    for table in &given.attributes {
        let known: Vec<_> = table.known.iter().map(|it| it.name.clone()).collect();
        say(&format!("attributes.{}", table.entity), list(known), true);
    }
    for payloads in &given.payloads {
        let choice = match &payloads.choice {
            crate::settings::Choice::Detected => "told by the names in the file".to_owned(),
            crate::settings::Choice::Operation(name) => format!("operation {name:?}"),
            crate::settings::Choice::Schema(name) => format!("schema {name:?}"),
        };
        say(
            "payloads",
            format!("{}: {choice}", list(payloads.files.clone())),
            true,
        );
        for (code, level) in payloads.levels.iter() {
            say(
                &format!("payloads.levels.{code:?}"),
                format!("{:?}", level.as_str()),
                true,
            );
        }
    }
    for info in crate::codes::all() {
        let level = given.levels.of(info.code);
        if level != info.level {
            say(
                &format!("levels.{:?}", info.code.as_str()),
                format!("{:?}", level.as_str()),
                true,
            );
        } else if info.code.area() == "lint" || info.level == Level::Warn {
            say(
                &format!("levels.{:?}", info.code.as_str()),
                format!("{:?}", level.as_str()),
                false,
            );
        }
    }
    let fields = given.identity.as_ref().map(|it| list(it.clone()));
    let by_default = || "the required ids of the records".to_owned();
    say(
        "identity.fields",
        fields.clone().unwrap_or_else(by_default),
        fields.is_some(),
    );
    let shown = || SHOWN.iter().map(|it| (*it).to_owned()).collect();
    say(
        "identity.show",
        list(given.show_ids.clone().unwrap_or_else(shown)),
        given.show_ids.is_some(),
    );
    let limits = Limits::with(&given.limits);
    for limit in crate::limits::ALL {
        let set = given.limits.iter().any(|(name, _)| *name == limit.name);
        let value = limits.value(limit).to_string();
        say(&format!("limits.{}", limit.name), value, set);
    }
    let format = given.format.map_or("text", |it| it.as_str());
    say(
        "report.format",
        format!("{format:?}"),
        given.format.is_some(),
    );
    let most = given.max_findings.unwrap_or(MAX_FINDINGS);
    say(
        "report.max-findings",
        most.to_string(),
        given.max_findings.is_some(),
    );
    for (format, path) in &given.outputs {
        let name = format!("report.outputs.{}", format.as_str());
        say(&name, format!("{:?}", path.to_string_lossy()), true);
    }
    let defaults = Style::default().settings();
    for ((key, value), (_, default)) in style.settings().into_iter().zip(defaults) {
        let set = value != default;
        say(&format!("codegen.{key}"), value, set);
    }
    lines
}
