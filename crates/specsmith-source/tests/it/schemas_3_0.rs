//! What the keywords of OpenAPI 3.0 mean.

use crate::support::{check_3_0, read};

#[test]
fn types() {
    check_3_0("{}", "any");
    check_3_0("type: string", "string");
    check_3_0("type: integer", "integer");
    check_3_0("type: number", "number");
    check_3_0("type: boolean", "boolean");
    check_3_0("type: array", "[]");
    check_3_0("type: object", "{}");
}

#[test]
fn a_type_that_does_not_exist_accepts_anything() {
    check_3_0(
        "type: strng",
        "
        any
        1:7 warn spec/invalid-keyword: there is no type of this name, so that any value is accepted (did you mean `string`?)
        ",
    );
    check_3_0(
        "type: [string]",
        "
        any
        1:7 warn spec/invalid-keyword: `type` must be the name of a type, not an array (it is passed over until it is mended)
        ",
    );
    check_3_0(
        "type: 'null'",
        "
        any
        1:7 warn spec/invalid-keyword: there is no type of this name, so that any value is accepted (write `nullable: true` beside the type)
        ",
    );
}

#[test]
fn null_is_accepted_beside_a_type() {
    check_3_0("{type: string, nullable: true}", "null|string");
    check_3_0("{type: string, nullable: false}", "string");
    check_3_0(
        "{type: string, nullable: true, enum: [a]}",
        r#"null|string & in ["a", null]"#,
    );
    check_3_0(
        "{type: string, nullable: true, enum: [a, null]}",
        r#"null|string & in ["a", null]"#,
    );
    check_3_0(
        "{type: string, enum: [a, null]}",
        r#"string & in ["a", null]"#,
    );
}

#[test]
fn nullable_alone_means_nothing() {
    check_3_0(
        "
        nullable: true
        enum: [a]
        ",
        "
        in [\"a\"]
        1:1 warn spec/ignored-keyword: `nullable` has no effect without `type`
        ",
    );
}

#[test]
fn numbers() {
    check_3_0(
        "{type: integer, format: int32, minimum: 1, maximum: 10.0, multipleOf: 0.1}",
        "integer(>=1 <=10 *0.1 int32)",
    );
    check_3_0(
        "{type: number, minimum: -9223372036854776000, maximum: 1e400}",
        "number(>=-9223372036854776000 <=1e400)",
    );
    check_3_0(
        "{type: number, minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false}",
        "number(>1 <=2)",
    );
    check_3_0("{maximum: 2, exclusiveMaximum: true}", "any+number(<2)");
}

#[test]
fn bounds_that_cannot_be() {
    check_3_0(
        "
        exclusiveMinimum: true
        multipleOf: 0
        maximum: '5'
        exclusiveMaximum: 5
        ",
        "
        any
        1:1 warn spec/ignored-keyword: this has no effect without `minimum`
        2:13 warn spec/invalid-keyword: `multipleOf` must be above 0 (it is passed over until it is mended)
        3:10 warn spec/invalid-keyword: `maximum` must be a number, not a string (it is passed over until it is mended)
        4:19 warn spec/invalid-keyword: `exclusiveMaximum` must be a boolean, not a number (it is passed over until it is mended)
        ",
    );
}

#[test]
fn strings() {
    check_3_0(
        "{type: string, minLength: 1, maxLength: 5, pattern: '^a', format: email}",
        "string(1..5 /^a/ email)",
    );
    check_3_0("{minLength: 2.0}", "any+string(2..)");
    check_3_0(
        "
        minLength: -1
        maxLength: 99999999999999999999
        ",
        "
        any+string(..18446744073709551615)
        1:12 warn spec/invalid-keyword: `minLength` must be an integer of 0 or more (it is passed over until it is mended)
        2:12 warn spec/number-too-large: `maxLength` is beyond 2^64 − 1 and read as that
        ",
    );
}

#[test]
fn a_format_speaks_to_strings_and_to_numbers() {
    check_3_0("{format: int32}", "any+number(int32)|string(int32)");
}

#[test]
fn lists() {
    check_3_0(
        "{type: array, items: {type: string}, minItems: 1, maxItems: 3, uniqueItems: true}",
        "[string…](1..3 unique)",
    );
    check_3_0(
        "{type: array, items: {$ref: '#/components/schemas/Name'}}",
        "[-> Name…]",
    );
}

#[test]
fn records() {
    check_3_0(
        "{type: object, required: [b, c, c], properties: {a: {type: string}, b: {}}, minProperties: 1, maxProperties: 4}",
        "{a: string, b!: any, c!}(1..4)",
    );
    check_3_0("{type: object, additionalProperties: false}", "{no more}");
    check_3_0("{type: object, additionalProperties: true}", "{*: any}");
    check_3_0(
        "{type: object, additionalProperties: {type: string}}",
        "{*: string}",
    );
}

#[test]
fn combinations() {
    check_3_0(
        "
        type: object
        anyOf: [{type: string}]
        allOf:
          - $ref: '#/components/schemas/Name'
          - {minLength: 1}
        oneOf: [{}]
        not: {type: number}
        ",
        "{} & any of(string) & all(-> Name, any+string(1..)) & one of(any) & not(number)",
    );
    check_3_0(
        "allOf: []",
        "
        any
        1:8 warn spec/invalid-keyword: `allOf` must hold at least one schema (it is passed over until it is mended)
        ",
    );
    check_3_0(
        "oneOf: null",
        "
        any
        1:8 warn spec/invalid-keyword: `oneOf` must be a list of schemas, not null (it is passed over until it is mended)
        ",
    );
    check_3_0(
        "anyOf: [{type: string}, 5]",
        "
        any of(string, any)
        1:25 warn spec/invalid-keyword: a schema must be an object or a boolean, not a number (it accepts any value until it is mended)
        ",
    );
}

#[test]
fn values() {
    check_3_0(
        "enum: [a, 1, 1.50, null, {k: [true]}]",
        r#"in ["a", 1, 1.5, null, {k: [true]}]"#,
    );
    check_3_0(
        "enum: []",
        "
        in []
        1:1 warn spec/empty-enum: an empty `enum` accepts no value
        ",
    );
    check_3_0(
        "enum: a",
        "
        any
        1:7 warn spec/invalid-keyword: `enum` must be a list of values, not a string (it is passed over until it is mended)
        ",
    );
}

#[test]
fn notes() {
    check_3_0(
        "
        title: A
        description: B
        default: {a: 1}
        example: 2
        deprecated: true
        readOnly: true
        externalDocs: {url: x}
        xml: {name: x}
        x-own: [1]
        ",
        r#"any @deprecated @readOnly @title="A" @description="B" @default={a: 1} @example=2 @x-own=[1]"#,
    );
    check_3_0(
        "title: 5",
        "
        any
        1:8 warn spec/invalid-keyword: `title` must be a string, not a number (it is passed over until it is mended)
        ",
    );
}

#[test]
fn directions() {
    check_3_0(
        "
        properties:
          a: {readOnly: true}
          b: {writeOnly: true}
          c: {$ref: '#/components/schemas/T/properties/a'}
          d: {$ref: '#/components/schemas/T/properties/c'}
        ",
        "any+{a r: any @readOnly, b w: any @writeOnly, c r: -> any @readOnly, d r: -> -> any @readOnly}",
    );
    check_3_0(
        "
        properties:
          a: {readOnly: true, writeOnly: true}
        required: [a]
        ",
        "
        any+{a: any @readOnly @writeOnly}
        2:23 warn spec/ignored-keyword: `readOnly` and `writeOnly` together: nobody sends it
        ",
    );
}

#[test]
fn beside_a_reference_only_words_count() {
    check_3_0(
        "
        $ref: '#/components/schemas/Name'
        description: words
        example: x
        maxLength: 5
        readOnly: true
        ",
        "
        -> Name @description=\"words\"
        4:1 warn spec/ignored-keyword: `maxLength` is ignored beside `$ref` in OpenAPI 3.0 (put the reference into an `allOf` of its own)
        5:1 warn spec/ignored-keyword: `readOnly` is ignored beside `$ref` in OpenAPI 3.0 (put the reference into an `allOf` of its own)
        ",
    );
}

#[test]
fn unknown_keywords() {
    check_3_0(
        "
        minLenght: 3
        const: a
        examples: [1]
        zebra: 1
        ",
        "
        any
        1:1 warn spec/unknown-keyword: `minLenght` is no keyword of OpenAPI 3.0 (did you mean `minLength`?)
        2:1 warn spec/unknown-keyword: `const` is no keyword of OpenAPI 3.0 (OpenAPI 3.0 has `enum` with one value)
        3:1 warn spec/unknown-keyword: `examples` is no keyword of OpenAPI 3.0 (OpenAPI 3.0 has `example`)
        4:1 warn spec/unknown-keyword: `zebra` is no keyword of OpenAPI 3.0
        ",
    );
}

#[test]
fn a_rule_for_another_type_has_no_effect() {
    check_3_0(
        "
        type: integer
        maxLength: 5
        ",
        "
        integer
        2:1 warn spec/ignored-keyword: `maxLength` has no effect: the type is not `string`
        ",
    );
}

#[test]
fn discriminators() {
    check_3_0(
        "
        oneOf: [{$ref: '#/components/schemas/Name'}]
        discriminator:
          propertyName: kind
          mapping: {n: Name, m: '#/components/schemas/Node', x: Nothing}
        ",
        "
        one of(-> Name) @by kind {n: Name, m: Node}
        4:57 warn spec/invalid-keyword: this entry of `mapping` names no schema
        ",
    );
    check_3_0(
        "discriminator: kind",
        "
        any
        1:16 warn spec/invalid-keyword: `discriminator` must be an object, not a string (it is passed over until it is mended)
        ",
    );
}

#[test]
fn recursion() {
    check_3_0(
        "
        properties:
          left: {$ref: '#/components/schemas/T'}
          all: {type: array, items: {$ref: '#/components/schemas/T/properties/left'}}
        ",
        "any+{left: -> T, all: [-> -> T…]}",
    );
}

/// What a document shows is held against its schema; what is fine, or not plainly wrong, is not
/// said.
#[test]
fn values_that_are_refused_by_their_own_schema() {
    let text = r#"openapi: 3.0.3
paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/T'}
            example: {name: abcd}
            examples:
              fine: {value: {name: abc, more: 1}}
              nested: {value: {name: abc, tags: [x, 7]}}
          text/plain:
            schema: {type: object}
            example: name=abc
components:
  schemas:
    T:
      type: object
      required: [name, id]
      properties:
        name: {type: string, maxLength: 3, default: abcd, example: abc}
        id: {type: string, readOnly: true, format: uuid, example: not one}
        tags: {type: array, maxItems: 2, items: {type: string}, example: [a, b, c]}
        size: {type: integer, minimum: 1, example: 1.5, default: 0}
        kind: {type: string, enum: [a, b], default: c}
        other: {anyOf: [{type: string}, {type: integer}], example: true}
        either: {oneOf: [{type: string}, {type: string, minLength: 9}], example: x}
        code: {type: string, pattern: '^a$', example: not searched}
        both: {oneOf: [{type: string}, {type: string, maxLength: 9}, {type: integer}], example: x}
        within: {oneOf: [{type: object, required: [b], properties: {a: {type: string}}}, {type: object, additionalProperties: {oneOf: [{type: string}, {maxLength: 2}]}}], example: {a: abc, b: x}}
        twice: {oneOf: [{type: object, properties: {a: {type: array, items: {type: integer}}}}, {type: object, required: [a]}], example: {a: [1]}}
        unsure: {oneOf: [{type: string, pattern: a}, {type: string}], example: x}
        not_sent: {oneOf: [{type: object, required: [a], properties: {a: {readOnly: true}}}, {type: object}], example: {}}
        denied: {oneOf: [{type: object, additionalProperties: false}, {type: object}], example: {a: 1}}
        none: {type: string, nullable: true, default: null}
        not: {type: string, default: null}
"#;
    let (read, _) = read(&[("t.yaml", text)]);
    let (_, lowered) = read.expect("it loads");
    let said: Vec<String> = lowered
        .findings
        .iter()
        .map(|it| {
            let at = it.location.as_ref().expect("a place");
            format!("{}:{} {} {}", at.line, at.column, it.code, it.message)
        })
        .collect();
    assert_eq!(said, WANTED);
}
const WANTED: [&str; 12] = [
    "9:29 spec/invalid-example a value in the example is 4 characters long, the limit is 3",
    "12:53 spec/invalid-example a value in the example is a number, not a string",
    "22:53 spec/invalid-default the default is 4 characters long, the limit is 3",
    "23:67 spec/invalid-example the example is not a UUID",
    "24:74 spec/invalid-example the example has 3 items, the limit is 2",
    "25:52 spec/invalid-example the example is a number with a fraction, not an integer",
    "25:66 spec/invalid-default the default is below the minimum of 1",
    "26:53 spec/invalid-default the default is not one of the 2 allowed values",
    "27:68 spec/invalid-example the example fits none of the 2 alternatives",
    "30:97 spec/invalid-example the example fits 2 of the 3 alternatives, where exactly one must fit",
    "32:138 spec/invalid-example the example fits 2 of the 2 alternatives, where exactly one must fit",
    "37:38 spec/invalid-default the default is null, not a string",
];
