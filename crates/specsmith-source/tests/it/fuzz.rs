//! Whatever is handed in: no panic, and findings that point into the text.

use proptest::prelude::*;

use crate::support::read;

const SEEDS: &[&str] = &[
    include_str!("../../../../specs/common.yaml"),
    "openapi: 3.1.0
paths: {/a: {post: {parameters: [{name: a, in: query, schema: {type: [string, 'null']}}], requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {200: {description: x, headers: {H: {schema: {}}}}}, callbacks: {c: {e: {get: {}}}}}}}
webhooks: {w: {$ref: '#/components/pathItems/P'}}
components:
  pathItems: {P: {get: {security: [{k: [s]}]}}}
  securitySchemes: {k: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {}}}}}
  schemas:
    A: &a {$id: 'urn:a', $dynamicAnchor: d, $defs: {x: {$anchor: y}}, allOf: [{$ref: '#y'}], items: {$dynamicRef: '#d'}, prefixItems: [true], if: {}, then: {}, unevaluatedItems: false}
    B: {<<: *a, minimum: 1e400, exclusiveMaximum: 5, discriminator: {propertyName: p, mapping: {a: A}}}
    C: {dependentRequired: {a: [b]}, dependentSchemas: {a: false}, contains: {}, minContains: 99999999999999999999, required: [a, a]}
",
    r##"{"openapi": "3.0.3", "components": {"schemas": {"A": {"nullable": true, "type": "string", "enum": ["a"], "minimum": 1, "exclusiveMinimum": true, "$ref": "#/components/schemas/B"}, "B": {"properties": {"a": {"$ref": "#/components/schemas/A"}}, "additionalProperties": {"type": "object"}}}}}"##,
];

/// Words that mutation puts in, so that it stays near what matters.
const WORDS: &[&str] = &[
    "$ref", "'#'", "'#/'", "null", "[]", "{}", "true", "-1", "1e999", "*a", "&a", "<<", "---",
    "\"", "'", ": ", "\n", "  ", "\t", "ä", "😀", "\u{feff}", "\0", "%", "~", "#", "| ", "> ",
    "? ", "- ", "!!", "type", "a.yaml",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    for name in ["a.yaml", "a.json"] {
        let (read, findings) = read(&[(name, text)]);
        for finding in &findings {
            if let Some(place) = &finding.location {
                prop_assert!(place.byte_start <= place.byte_end);
                prop_assert!(place.byte_end <= text.len() as u64 + 1, "{place:?}");
            }
        }
        if let Some((_, lowered)) = read {
            prop_assert_eq!(lowered.model.schemas.len(), lowered.model.homes.len());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text(text in ".{0,200}") {
        check(&text)?;
    }

    #[test]
    fn texts_made_of_what_yaml_is_made_of(text in "[-a:{}\\[\\],&*!|>'\"%@`#? \n\t\r\u{85}\u{feff}0é]{0,80}") {
        check(&text)?;
    }

    #[test]
    fn changed_documents(
        seed in 0..SEEDS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<prop::sample::Index>()), 1..6),
    ) {
        let mut text: Vec<char> = SEEDS[seed].chars().collect();
        for (at, removed, word) in changes {
            let at = at.index(text.len() + 1);
            let end = (at + removed).min(text.len());
            let word = WORDS[word.index(WORDS.len())];
            text.splice(at..end, word.chars());
        }
        check(&text.into_iter().collect::<String>())?;
    }
}
