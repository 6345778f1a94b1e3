//! Names: which Rust identifier each thing of the specification gets.
//!
//! A [`Scope`] is one namespace: the types of a crate, the fields of a struct, the variants of an
//! enum. It gives out a name once, so that nothing can clash, and in the order it is asked, so that
//! the same specification gives the same names.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

use crate::words::{is_snake, pascal, screaming, snake, words};

/// Types that a generated file already knows under that name, so that no type of the
/// specification may take it.
const TAKEN_TYPES: [&str; 40] = [
    "Any",
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deref",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Field",
    "Fn",
    "From",
    "FromStr",
    "Hash",
    "Into",
    "Iterator",
    "JsonRecord",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Report",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Some",
    "String",
    "Sync",
    "Valid",
    "Value",
];
const TAKEN_TYPES_TOO: [&str; 8] = [
    "Validate",
    "Vec",
    "Violation",
    "Violations",
    "Sized",
    "ToOwned",
    "ToString",
    "Unpin",
];

/// Words that are an identifier only in raw form.
const KEYWORDS: [&str; 49] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield", "union",
];

/// Words that are no identifier in any form.
const NEVER: [&str; 4] = ["self", "super", "crate", "Self"];

/// The longest name that is still read as one.
const LONGEST: usize = 64;

/// One namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// The namespace of a crate's types, in which the prelude has its names already.
    pub(crate) fn types() -> Self {
        let taken = TAKEN_TYPES.iter().chain(&TAKEN_TYPES_TOO);
        Self {
            taken: taken.map(|it| (*it).to_owned()).collect(),
        }
    }

    /// Takes a name as it is, if it is free.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// A type named after those words, and after `other` if the first choice is taken.
    pub(crate) fn type_name(&mut self, parts: &[&str], other: &str) -> String {
        let parts = parts.iter().filter(|part| !part.is_empty());
        let mut all: Vec<String> = parts.flat_map(|part| words(part)).collect();
        if all.is_empty() {
            all = words("");
        }
        let mut name = letter_first(pascal(&shortened(all)), 'N');
        if self.taken.contains(&name) {
            name.push_str(other);
        }
        self.distinct(name, "")
    }

    /// A variant named after a wire value.
    pub(crate) fn variant(&mut self, value: &str) -> String {
        self.distinct(letter_first(pascal(&shortened(words(value))), 'V'), "")
    }

    /// A field or an argument named after a wire name.
    pub(crate) fn field(&mut self, name: &str) -> String {
        let own = match is_snake(name) && name.len() < LONGEST {
            true => name.to_owned(),
            false => snake(&shortened(words(name))),
        };
        self.distinct(letter_first(own, 'n'), "_")
    }

    /// A constant named after a wire name.
    pub(crate) fn constant(&mut self, name: &str) -> String {
        self.distinct(letter_first(screaming(&shortened(words(name))), 'N'), "_")
    }

    fn distinct(&mut self, name: String, separator: &str) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let mut number = 2_u64;
        loop {
            let candidate = format!("{name}{separator}{number}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
            number += 1;
        }
    }
}

/// The identifier of that name, raw where it is a keyword. The name must come from a [`Scope`].
pub(crate) fn ident(name: &str) -> Ident {
    if NEVER.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    if KEYWORDS.contains(&name) {
        return Ident::new_raw(name, Span::call_site());
    }
    Ident::new(name, Span::call_site())
}

/// The name of a field as serde and the derive see it: without the mark of a raw identifier.
pub(crate) fn bare(name: &str) -> String {
    if NEVER.contains(&name) {
        return format!("{name}_");
    }
    name.to_owned()
}

/// Leaves out words from the middle of a name that is too long to read.
fn shortened(words: Vec<String>) -> Vec<String> {
    let mut words = words;
    let length = |words: &[String]| words.iter().map(|it| it.len() + 1).sum::<usize>();
    while words.len() > 2 && length(&words) > LONGEST {
        words.remove(words.len() / 2);
    }
    for word in &mut words {
        word.truncate(LONGEST);
    }
    words
}

/// A name must not begin with a digit. An underscore in front would say that it is not used, and of
/// digits alone clippy would not have it.
fn letter_first(name: String, prefix: char) -> String {
    if name.starts_with(|it: char| it.is_ascii_digit()) {
        format!("{prefix}{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_gives_a_name_once() {
        let mut scope = Scope::default();
        assert_eq!(scope.variant("ASC"), "Asc");
        assert_eq!(scope.variant("asc"), "Asc2");
        assert_eq!(scope.field("a-b"), "a_b");
        assert_eq!(scope.field("a_b"), "a_b_2");
        assert_eq!(scope.field("2fa"), "n2fa");
        assert_eq!(scope.field("2"), "n2");
        assert_eq!(scope.field("1.5"), "n1_5");
        assert_eq!(scope.variant("2fa"), "V2fa");
        assert_eq!(scope.constant("2fa"), "N2FA");
    }

    #[test]
    fn the_prelude_keeps_its_names() {
        let mut scope = Scope::types();
        assert_eq!(scope.type_name(&["option"], "Model"), "OptionModel");
        assert_eq!(scope.type_name(&["Option"], "Model"), "OptionModel2");
        assert_eq!(
            scope.type_name(&["Pet", "tags", "item"], "Model"),
            "PetTagsItem"
        );
    }

    #[test]
    fn keywords_are_raw_and_the_rest_marked() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("gen").to_string(), "r#gen");
        assert_eq!(bare("type"), "type");
        assert_eq!(bare("crate"), "crate_");
    }

    #[test]
    fn long_names_stay_names() {
        let long = "very_".repeat(40) + "end";
        let name = Scope::types().type_name(&[&long], "Model");
        assert!(name.len() <= LONGEST && name.ends_with("End"), "{name}");
        let one_word = "x".repeat(200);
        assert_eq!(Scope::default().field(&one_word).len(), LONGEST);
    }
}
