//! What the keywords of OpenAPI 3.1 mean that 3.0 does not have, or has otherwise.

use crate::support::{check_3_1, check_lower};

#[test]
fn types() {
    check_3_1("type: [string, 'null']", "null|string");
    check_3_1("type: [integer, number]", "number");
    check_3_1("type: 'null'", "null");
    check_3_1(
        "type: []",
        "
        any
        1:7 warn spec/invalid-keyword: `type` must be the name of a type, or a list of names, not an array (it is passed over until it is mended)
        ",
    );
    check_3_1(
        "type: [string, any]",
        "
        any
        1:16 warn spec/invalid-keyword: there is no type of this name, so that any value is accepted
        ",
    );
}

#[test]
fn booleans() {
    check_3_1(
        "
        properties: {a: true, b: false}
        not: false
        ",
        "any+{a: any, b: never} & not(never)",
    );
}

#[test]
fn nullable_is_gone() {
    check_3_1(
        "
        type: string
        nullable: true
        ",
        "
        string
        2:1 warn spec/unknown-keyword: `nullable` is no keyword of OpenAPI 3.1 (list `\"null\"` in `type`)
        ",
    );
}

#[test]
fn exclusive_bounds_are_numbers() {
    check_3_1(
        "{exclusiveMinimum: 1, minimum: 0, exclusiveMaximum: 9}",
        "any+number(>=0 >1 <9)",
    );
    check_3_1(
        "exclusiveMinimum: true",
        "
        any
        1:19 warn spec/invalid-keyword: `exclusiveMinimum` must be a number, not a boolean (it is passed over until it is mended)
        ",
    );
}

#[test]
fn constants() {
    check_3_1("const: null", "= null");
    check_3_1("const: {b: 1, a: [2.0]}", "= {b: 1, a: [2]}");
}

#[test]
fn lists() {
    check_3_1(
        "
        prefixItems: [{type: string}, true]
        items: false
        contains: {type: number}
        minContains: 2
        maxContains: 3
        ",
        "any+[string, any, never…](contains 2..3 number)",
    );
    check_3_1("contains: true", "any+[](contains 1.. any)");
    check_3_1(
        "
        minContains: 2
        items: [{type: string}]
        ",
        "
        any
        1:1 warn spec/ignored-keyword: this has no effect without `contains`
        2:8 warn spec/invalid-keyword: `items` must be a schema, not an array (it is passed over until it is mended)
        ",
    );
}

#[test]
fn records() {
    check_3_1(
        "
        patternProperties: {'^x': {type: string}}
        propertyNames: {maxLength: 3}
        dependentRequired: {a: [b, c]}
        dependentSchemas: {a: {minProperties: 2}}
        ",
        "any+{/^x/: string}(a needs b+c a needs any+{}(2..) names any+string(..3))",
    );
    check_3_1(
        "dependentRequired: {a: b}",
        "
        any
        1:24 warn spec/invalid-keyword: each entry of `dependentRequired` must be a list of property names, not a string (it is passed over until it is mended)
        ",
    );
}

#[test]
fn conditions() {
    check_3_1(
        "
        if: {type: string}
        then: {maxLength: 1}
        else: false
        ",
        "if(string) then(any+string(..1)) else(never)",
    );
    check_3_1(
        "then: {}",
        "
        any
        1:1 warn spec/ignored-keyword: this has no effect without `if`
        ",
    );
}

#[test]
fn what_nothing_spoke_of() {
    check_3_1(
        "
        unevaluatedProperties: false
        unevaluatedItems: {type: string}
        allOf: [{properties: {a: true}}]
        ",
        "all(any+{a: any}) & other properties(never) & other items(string)",
    );
}

#[test]
fn references_have_company() {
    check_3_1(
        "
        $ref: '#/components/schemas/Name'
        maxLength: 5
        description: words
        ",
        "any+string(..5) & -> Name @description=\"words\"",
    );
}

#[test]
fn definitions_and_anchors() {
    check_3_1(
        "
        $defs:
          a: {$anchor: here, type: string}
        properties:
          p: {$ref: '#here'}
          q: {$ref: '#/components/schemas/T/$defs/a'}
        ",
        "any+{p: -> string, q: -> string}",
    );
}

#[test]
fn identifiers_make_a_base() {
    check_3_1(
        "
        $id: https://example.com/a/t.json
        $defs:
          u: {$id: u.json, $defs: {v: {type: boolean}}, properties: {w: {$ref: '#/$defs/v'}}}
          x: {$anchor: x, type: string}
        properties:
          p: {$ref: 'u.json'}
          q: {$ref: 'https://example.com/a/u.json#/$defs/v'}
          r: {$ref: '#x'}
        ",
        "any+{p: -> any+{w: -> boolean}, q: -> boolean, r: -> string}",
    );
}

#[test]
fn references_that_ignore_the_identifier_around_them() {
    check_3_1(
        "
        $id: T
        $ref: '#/components/schemas/Name'
        ",
        "
        -> Name
        2:7 warn spec/reference-base: inside this `$id` the reference leads to nothing; it is read from the document (remove the `$id`)
        ",
    );
    check_3_1("{$id: '#t', $ref: '#/components/schemas/Name'}", "-> Name");
}

#[test]
fn dynamic_references() {
    check_lower(
        &[(
            "t.yaml",
            "
openapi: 3.1.0
components:
  schemas:
    Tree:
      $id: tree
      $dynamicAnchor: node
      properties:
        children: {type: array, items: {$dynamicRef: '#node'}}
    Strict:
      $id: strict
      $dynamicAnchor: node
      $ref: tree
      unevaluatedProperties: false
    Plain:
      $dynamicRef: '#/components/schemas/Tree'
",
        )],
        "
        Tree = any+{children: [~> node or Tree…]}
        Strict = -> Tree & other properties(never)
        Plain = -> Tree
        ",
    );
}

#[test]
fn notes() {
    check_3_1(
        "
        contentEncoding: base64
        contentMediaType: image/png
        contentSchema: {type: string}
        examples: [1, two]
        example: 3
        $comment: nothing
        $vocabulary: {a: true}
        $schema: https://json-schema.org/draft/2020-12/schema
        ",
        r#"any @encoding="base64" @media="image/png" @example=1 @example="two" @example=3"#,
    );
    check_3_1(
        "examples: {a: 1}",
        "
        any
        1:11 warn spec/invalid-keyword: `examples` must be a list of values, not an object (it is passed over until it is mended)
        ",
    );
}

#[test]
fn other_dialects_are_said() {
    check_3_1(
        "$schema: http://json-schema.org/draft-07/schema#",
        "
        any
        1:10 warn spec/unsupported-dialect: this dialect is read as JSON Schema 2020-12
        ",
    );
}

#[test]
fn keywords_of_the_past() {
    check_3_1(
        "
        definitions: {}
        dependencies: {}
        additionalItems: {}
        $recursiveRef: '#'
        ",
        "
        any
        1:1 warn spec/unknown-keyword: `definitions` is no keyword of OpenAPI 3.1 (put schemas under `components.schemas`)
        2:1 warn spec/unknown-keyword: `dependencies` is no keyword of OpenAPI 3.1 (write `dependentRequired` or `dependentSchemas`)
        3:1 warn spec/unknown-keyword: `additionalItems` is no keyword of OpenAPI 3.1 (write `items` beside `prefixItems`)
        4:1 warn spec/unknown-keyword: `$recursiveRef` is no keyword of OpenAPI 3.1 (write `$dynamicRef`)
        ",
    );
}

#[test]
fn patterns_that_are_none() {
    check_3_1(
        "
        pattern: '^(?i)abc$'
        patternProperties: { '[z-a]': { type: integer }, '^a': { type: string } }
        ",
        "
        any+{/^a/: string}
        1:10 warn spec/invalid-keyword: the pattern is no regular expression: ECMA-262 has no group that begins like this (it is passed over until it is mended)
        2:22 warn spec/invalid-keyword: the pattern is no regular expression: the range in the class ends before it starts (it is passed over until it is mended)
        ",
    );
}
