//! The reference page of the codes.

use std::fmt::Write as _;

use specsmith_diagnostics::{CodeInfo, Level};

use crate::levels::may_be_lowered;

/// What the areas are, in the order of the page.
const AREAS: &[(&str, &str)] = &[
    (
        "json",
        "What is not JSON. Cannot be lowered, but for duplicate keys and the byte order mark.",
    ),
    (
        "yaml",
        "What is not YAML, or not what YAML payloads may hold.",
    ),
    (
        "schema",
        "Rules of the specification, each named after its keyword. May be lowered one by one; the summary says so.",
    ),
    (
        "lint",
        "What is formally valid and most likely wrong. Never changes a verdict.",
    ),
    ("attribute", "What is wrong with custom attributes."),
    ("model", "Where the Rust models cannot follow."),
    ("spec", "What is wrong with a specification."),
    (
        "config",
        "What is wrong with the configuration or the command line.",
    ),
    (
        "limit",
        "What is too long, too deep or too slow to be looked at.",
    ),
];

/// `docs/codes.md`, whole.
pub fn page() -> String {
    let mut out = String::from(
        "# Codes\n\n\
         Every finding has a code, `area/name`. `specsmith explain CODE` prints what stands here. \
         The level of a code is set with `--allow`, `--warn` and `--deny` on the command line or under \
         `[levels]` in `specsmith.toml`.\n",
    );
    for (area, about) in AREAS {
        let codes: Vec<_> = super::all()
            .iter()
            .filter(|it| it.code.area() == *area)
            .collect();
        if codes.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## `{area}`\n\n{about}\n");
        for info in codes {
            let _ = write!(out, "\n### `{}`\n\n{}", info.code, paragraphs(info));
        }
    }
    out
}

/// What `specsmith explain` prints of an area: what it is, and its codes.
pub(crate) fn area(name: &str) -> Option<String> {
    let (_, about) = AREAS.iter().find(|(area, _)| *area == name)?;
    let mut out = format!("{name}\n\n{about}\n\n");
    for info in super::all().iter().filter(|it| it.code.area() == name) {
        let _ = writeln!(out, "{}: {}", info.code, info.summary);
    }
    Some(out)
}

/// What `specsmith explain` prints below the code, and the page below its heading.
pub(crate) fn paragraphs(info: &CodeInfo) -> String {
    let level = match info.level {
        Level::Allow => "allowed",
        Level::Warn => "a warning",
        Level::Deny => "an error",
    };
    let fixed = if may_be_lowered(info.code) || info.level != Level::Deny {
        ""
    } else {
        "; cannot be lowered"
    };
    let mut summary = info.summary.to_owned();
    if let Some(first) = summary.get(..1).map(str::to_uppercase) {
        summary.replace_range(..1, &first);
    }
    format!(
        "{summary}. By default {level}{fixed}.\n\n{}\n",
        info.explanation
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set `SPECSMITH_UPDATE=1` to write the page anew.
    #[test]
    fn the_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes.md");
        if std::env::var_os("SPECSMITH_UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(&path, page()).expect("written");
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == page(),
            "docs/codes.md is stale; run `SPECSMITH_UPDATE=1 cargo test -p specsmith --lib codes`"
        );
    }

    #[test]
    fn every_area_is_on_the_page() {
        for info in super::super::all() {
            assert!(
                AREAS.iter().any(|(area, _)| *area == info.code.area()),
                "{}",
                info.code
            );
        }
    }
}
