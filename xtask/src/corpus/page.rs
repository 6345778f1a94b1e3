//! The page that is written: `docs/conformance.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use specsmith_parity::documents::{Document, Version};

use super::{Asked, LEDGER, Options};

/// What became of emitting a document.
pub(super) struct Emitted {
    pub(super) types: usize,
    pub(super) lines: usize,
    pub(super) any_fallback: usize,
}

/// The whole page, as Markdown.
pub(super) fn page(
    judged: &[Document],
    emitted: &BTreeMap<String, Emitted>,
    asked: &[Asked],
    suites: &str,
    options: &Options,
) -> String {
    let mut text = format!(
        "# Conformance\n\n\
         Written by `cargo xtask corpus`; do not edit. The suites and documents are public and \
         stay outside of this repository.\n\n\
         ## Real documents\n\n\
         From each document, {0} valid and {0} invalid samples at least are drawn, spread over its \
         bodies and definitions, and put to the plan (scan, verdict and explanation) and to the \
         reference. A disagreement is a sample on which two of them differ, in the verdict or in \
         what is wrong where.\n\n\
         | document | OpenAPI | schemas | spec errors | judged by | valid | invalid | \
         disagreements | types | lines | untyped |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
        options.samples
    );
    let mut sum = (0, 0, 0, 0);
    for document in judged {
        let version = match document.dialect {
            Some(Version::V3_0) => "3.0",
            Some(Version::V3_1) => "3.1",
            None => "not read",
        };
        let tally = &document.tally;
        sum.0 += document.schemas;
        sum.1 += tally.valid;
        sum.2 += tally.invalid;
        sum.3 += tally.disagreements;
        let emitted = emitted.get(&document.name);
        let emitted = emitted.map_or_else(
            || "| | ".to_owned(),
            |it| format!("{} | {} | {}", it.types, it.lines, it.any_fallback),
        );
        let _ = writeln!(
            text,
            "| `{}` | {version} | {} | {} | {} | {} | {} | {} | {emitted} |",
            document.name,
            document.schemas,
            document.denied.len(),
            document.judged,
            tally.valid,
            tally.invalid,
            tally.disagreements,
        );
    }
    let _ = writeln!(
        text,
        "| **{}** | | **{}** | | | **{}** | **{}** | **{}** | | | |\n",
        judged.len(),
        sum.0,
        sum.1,
        sum.2,
        sum.3
    );
    let _ = writeln!(
        text,
        "`{LEDGER}` says why, where something is not as it should be.\n"
    );
    text.push_str(&of_models(asked));
    text.push_str(suites);
    text.push_str(DECISIONS);
    text
}

/// What compiled models said, as Markdown.
fn of_models(asked: &[Asked]) -> String {
    let mut text = String::from(
        "The models of these documents are compiled, without a warning and clean by clippy, and \
         asked as well: is the verdict of `from_json` that of the plan and of the reference?\n\n\
         | document | valid | invalid | disagreements |\n|---|---:|---:|---:|\n",
    );
    for (document, tally) in asked {
        let _ = writeln!(
            text,
            "| `{document}` | {} | {} | {} |",
            tally.valid, tally.invalid, tally.disagreements
        );
    }
    text.push('\n');
    text
}

/// What was decided where the standards leave room or the judges speak differently.
const DECISIONS: &str = "
## Decisions

- The formats of strings are asserted as the `jsonschema` crate (0.61.2) decides them by draft \
2020-12, in OpenAPI 3.0 as in 3.1: 3.0 leaves its list of formats open and names `uuid`, and who \
writes one means it.
- `int32` and `int64` are ranges. Whether a number must be whole is for `type: integer` to say: \
`{format: int32}` accepts 1.5.
- Verdicts must agree on every sample. What is wrong where (JSON pointer and code) must agree too, \
between the plan's explanation and the reference, with two exceptions. Of a value that both refuse \
as a whole (`type`, `enum`, `const`) either may say more. And of what `unevaluatedItems` and \
`unevaluatedProperties` refuse, the plan says what the schema under the keyword has against it \
where there is one; and where another part of the schema refuses the object, the plan does not \
blame the properties of that part as well, which the engine of the reference does.
- A key that is twice in an object is an error at every depth.
- A byte order mark before a record is a warning to the validator, and an error to the serde \
`Deserializer`, which has no way to warn.
- A `pattern` that is no regular expression of ECMA-262 is a warning about the specification and asks \
for nothing; the engine of the reference may read it in a way of its own.
- A schema of JSON Schema's own address (`https://json-schema.org/…`) is on another machine, which \
is never asked; it can be a component, since it has an `$id`. The engine of the reference has those \
schemas built in.
";
