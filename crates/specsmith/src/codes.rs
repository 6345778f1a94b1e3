//! Every code there is: the tables of all crates, joined, with what is written about each.

mod explanations;
mod own;
mod page;

use std::sync::OnceLock;

use specsmith_diagnostics::{Code, CodeInfo, Level};
use specsmith_rules::nearest;

pub use page::page;
pub(crate) use page::{area, paragraphs};

/// All codes, in alphabetical order.
pub fn all() -> &'static [CodeInfo] {
    static ALL: OnceLock<Vec<CodeInfo>> = OnceLock::new();
    ALL.get_or_init(join)
}

/// What is written about a code.
pub fn find(name: &str) -> Option<&'static CodeInfo> {
    let found = all().binary_search_by(|it| it.code.as_str().cmp(name));
    all().get(found.ok()?)
}

/// The one code of that name without its area.
pub fn of_bare(name: &str) -> Option<&'static CodeInfo> {
    let mut found = all().iter().filter(|it| bare(it.code.as_str()) == name);
    found.next().filter(|_| found.next().is_none())
}

/// The code that was probably meant, with its area or without.
pub fn near(name: &str) -> Option<&'static str> {
    let codes = || all().iter().map(|it| it.code.as_str());
    let by_bare = || {
        let near = nearest(name, codes().map(bare))?;
        codes().find(|it| bare(it) == near)
    };
    match name.contains('/') {
        true => nearest(name, codes()),
        false => by_bare(),
    }
}

/// A code without its area.
fn bare(code: &'static str) -> &'static str {
    code.split_once('/').map_or(code, |(_, bare)| bare)
}

/// The code of that name, which some crate raises.
pub fn code_of(name: &'static str) -> Code {
    Code(name)
}

fn join() -> Vec<CodeInfo> {
    let lean = specsmith_json::CODES.iter().chain(specsmith_rules::CODES);
    let lean = lean.chain(specsmith_rules::attributes::CODES);
    let mut all: Vec<CodeInfo> = lean
        .map(|(code, summary)| CodeInfo {
            code: Code(code),
            level: match *code {
                "json/byte-order-mark" => Level::Warn,
                _ => Level::Deny,
            },
            summary,
            explanation: "",
        })
        .chain(own::CODES.iter().copied())
        .chain(specsmith_source::CODES.iter().copied())
        .chain(specsmith_codegen::CODES.iter().copied())
        .chain(specsmith_plan::CODES.iter().copied())
        .chain(specsmith_reference::CODES.iter().copied())
        .collect();
    for info in &mut all {
        if let Some(explanation) = explanations::of(info.code) {
            info.explanation = explanation;
        }
    }
    all.sort_by_key(|it| it.code);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_spelt_alike() {
        for pair in all().windows(2) {
            assert!(pair[0].code < pair[1].code, "{} twice", pair[0].code);
        }
        for info in all() {
            let (area, name) = info.code.as_str().split_once('/').expect("area/name");
            let kebab = |it: &str| {
                !it.is_empty()
                    && it
                        .chars()
                        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-')
            };
            assert!(kebab(area) && kebab(name), "{}", info.code);
        }
    }

    #[test]
    fn a_misspelt_code_is_found_with_its_area_or_without() {
        for (name, expected) in [
            ("schema/maxLength", Some("schema/max-length")),
            ("maxLength", Some("schema/max-length")),
            ("unknown-propery", Some("lint/unknown-property")),
            ("lint/duplicateid", Some("lint/duplicate-id")),
            ("nothing/like-this", None),
        ] {
            assert_eq!(near(name), expected, "{name}");
        }
    }

    #[test]
    fn every_code_is_explained() {
        let bare: Vec<_> = all()
            .iter()
            .filter(|it| it.explanation.is_empty() || it.summary.is_empty())
            .map(|it| it.code.as_str())
            .collect();
        assert_eq!(bare, [""; 0]);
    }

    #[test]
    fn every_explanation_is_of_a_code() {
        for (name, _) in explanations::ALL {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
