//! The table of keywords: each is lowered, kept as a note, or passed over on purpose.

use crate::render;
use crate::support::read;

/// A schema with the keyword, and around it what it needs to have an effect.
fn example(name: &str) -> &'static str {
    match name {
        "$anchor" => "{$anchor: a, properties: {p: {$ref: '#a'}}}",
        "$comment" => "{$comment: x}",
        "$defs" => "{$defs: {a: {type: string}}, $ref: '#/components/schemas/T/$defs/a'}",
        "$dynamicAnchor" => "{$dynamicAnchor: a, properties: {p: {$dynamicRef: '#a'}}}",
        "$dynamicRef" => "{$dynamicRef: '#/components/schemas/S'}",
        "$id" => "{$id: 'urn:x', $defs: {a: {type: string}}, items: {$ref: '#/$defs/a'}}",
        "$ref" => "{$ref: '#/components/schemas/S'}",
        "$schema" => "{$schema: 'https://json-schema.org/draft/2020-12/schema'}",
        "$vocabulary" => "{$vocabulary: {}}",
        "additionalProperties" => "{additionalProperties: false}",
        "allOf" => "{allOf: [{type: string}]}",
        "anyOf" => "{anyOf: [{type: string}]}",
        "const" => "{const: 1}",
        "contains" => "{contains: {type: string}}",
        "contentEncoding" => "{contentEncoding: base64}",
        "contentMediaType" => "{contentMediaType: text/html}",
        "contentSchema" => "{contentSchema: {type: string}}",
        "default" => "{default: 1}",
        "dependentRequired" => "{dependentRequired: {a: [b]}}",
        "dependentSchemas" => "{dependentSchemas: {a: {type: object}}}",
        "deprecated" => "{deprecated: true}",
        "description" => "{description: words}",
        "discriminator" => "{discriminator: {propertyName: kind}}",
        "else" => "{if: {type: string}, else: {type: number}}",
        "enum" => "{enum: [1]}",
        "example" => "{example: 1}",
        "examples" => "{examples: [1]}",
        "exclusiveMaximum" => "{maximum: 1, exclusiveMaximum: true}",
        "exclusiveMinimum" => "{minimum: 1, exclusiveMinimum: true}",
        "externalDocs" => "{externalDocs: {url: x}}",
        "format" => "{format: email}",
        "if" => "{if: {type: string}, then: false}",
        "items" => "{items: {type: string}}",
        "maxContains" => "{contains: {}, maxContains: 1}",
        "maxItems" => "{maxItems: 1}",
        "maxLength" => "{maxLength: 1}",
        "maxProperties" => "{maxProperties: 1}",
        "maximum" => "{maximum: 1}",
        "minContains" => "{contains: {}, minContains: 2}",
        "minItems" => "{minItems: 1}",
        "minLength" => "{minLength: 1}",
        "minProperties" => "{minProperties: 1}",
        "minimum" => "{minimum: 1}",
        "multipleOf" => "{multipleOf: 2}",
        "not" => "{not: {type: string}}",
        "nullable" => "{type: string, nullable: true}",
        "oneOf" => "{oneOf: [{type: string}]}",
        "pattern" => "{pattern: x}",
        "patternProperties" => "{patternProperties: {x: {type: string}}}",
        "prefixItems" => "{prefixItems: [{type: string}]}",
        "properties" => "{properties: {a: {type: string}}}",
        "propertyNames" => "{propertyNames: {maxLength: 1}}",
        "readOnly" => "{readOnly: true}",
        "required" => "{required: [a]}",
        "then" => "{if: {type: string}, then: {maxLength: 1}}",
        "title" => "{title: words}",
        "type" => "{type: string}",
        "unevaluatedItems" => "{unevaluatedItems: false}",
        "unevaluatedProperties" => "{unevaluatedProperties: false}",
        "uniqueItems" => "{uniqueItems: true}",
        "writeOnly" => "{writeOnly: true}",
        "xml" => "{xml: {name: x}}",
        other => panic!("the table has a new keyword, `{other}`: show it here"),
    }
}

fn meaning(version: &str, schema: &str) -> (String, usize) {
    let text = format!(
        "openapi: {version}\ncomponents: {{schemas: {{T: {schema}, S: {{type: string}}}}}}\n"
    );
    let (read, findings) = read(&[("t.yaml", &text)]);
    let (_, lowered) = read.expect("it loads");
    let id = lowered.model.definition("T").expect("it is there").schema;
    (render::schema(&lowered.model, id), findings.len())
}

#[test]
fn every_keyword_is_known_lowered_or_passed_over_on_purpose() {
    let mut names: Vec<&str> = Vec::new();
    for keyword in specsmith_source::KEYWORDS {
        names.push(keyword.name);
        for (version, known) in [("3.0.3", keyword.in_3_0), ("3.1.0", keyword.in_3_1)] {
            let mut schema = example(keyword.name).to_owned();
            if version == "3.1.0" {
                // There the bounds themselves are exclusive.
                schema = schema.replace("exclusiveMaximum: true", "exclusiveMaximum: 1");
                schema = schema.replace("exclusiveMinimum: true", "exclusiveMinimum: 1");
            }
            let (with, findings) = meaning(version, &schema);
            let name = keyword.name;
            if known {
                assert_eq!(findings, 0, "`{name}` is fine in {version}");
                let effect = with != "any";
                assert_eq!(effect, keyword.has_effect, "`{name}` in {version}: {with}");
            } else {
                assert!(findings > 0, "`{name}` is refused by name in {version}");
            }
        }
    }
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted, "the table is searched by halving");
}
