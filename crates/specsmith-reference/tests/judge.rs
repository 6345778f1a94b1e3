//! What the judge says: a schema, a payload, and the mistakes.

use specsmith_diagnostics::Mistake;
use specsmith_ir::Direction;
use specsmith_reference::{Options, Reference, Target};
use specsmith_source::{Embedded, Limits, Specification, load};

fn read(files: &[(&str, &str)]) -> Specification {
    let first = files.first().expect("a file").0;
    let (specification, _) = load(&[first.into()], &Embedded(files), &Limits::default());
    specification.expect("the document can be read")
}

/// A document of that version whose component `Root` is a schema, in YAML's flow style.
fn document(version: &str, root: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n\
         components:\n  schemas:\n    Root: {root}\n"
    )
}

fn by_name(name: &str) -> Target {
    Target::Schema {
        name: name.to_owned(),
    }
}

/// One line a mistake: code, pointer, the bytes meant, the clause, what to do, the keyword.
fn told(document: &str, payload: &str, mistakes: &[Mistake]) -> String {
    let lines = mistakes.iter().map(|it| {
        let range = |bytes: &std::ops::Range<u64>| {
            usize::try_from(bytes.start).expect("small")..usize::try_from(bytes.end).expect("small")
        };
        let bytes = &payload[range(&it.bytes)];
        let keyword = it.spec.map_or("?", |spec| {
            &document[spec.start as usize..spec.end as usize]
        });
        let help = it.help.as_deref().unwrap_or("-");
        let (code, pointer, message) = (it.code, &it.pointer, &it.message);
        format!("{code} {pointer} [{bytes}] {message}; {help}; {keyword}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The mistakes that the component `Root` finds in a payload.
fn check(version: &str, root: &str, payload: &str) -> String {
    let document = document(version, root);
    let specification = read(&[("api.yaml", &document)]);
    let target = by_name("Root");
    let reference =
        Reference::new(&specification, &target, Direction::Request).expect("it can be judged by");
    let mistakes = reference.judge(payload.as_bytes());
    assert_eq!(reference.verdict(payload.as_bytes()), mistakes.is_empty());
    told(&document, payload, &mistakes)
}

/// Which of some payloads are valid.
fn valid<'p>(version: &str, root: &str, payloads: &[&'p str]) -> Vec<&'p str> {
    let payloads = payloads.iter().copied();
    payloads
        .filter(|payload| check(version, root, payload).is_empty())
        .collect()
}

/// The findings that keep a target from being judged by.
fn refused(files: &[(&str, &str)], target: &Target) -> String {
    let specification = read(files);
    let Err(findings) = Reference::new(&specification, target, Direction::Request) else {
        panic!("it can be judged by");
    };
    let lines = findings.iter().map(|finding| {
        let place = finding.location.as_ref();
        let place = place.map_or_else(String::new, |it| {
            format!(" {}:{}:{}", it.file, it.line, it.column)
        });
        format!("{}{place} {}", finding.code, finding.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn several_mistakes_in_the_order_of_the_payload() {
    let root = "{type: object, required: [id, age], additionalProperties: false, properties: {
        id: {type: string, maxLength: 3, pattern: '^[a-z\\-\\_]+$'},
        age: {type: integer, minimum: 18}, kind: {enum: [IOS, ANDROID]}}}";
    insta::assert_snapshot!(
        check("3.1.0", root, r#"{"idd": 1, "kind": "ios", "id": "A-_B", "age": 17.0}"#), @r#"
    schema/additional-properties /idd ["idd"] the document has a property that the schema does not allow; -; additionalProperties
    schema/enum /kind ["ios"] `kind` is not one of the 2 allowed values; did you mean `IOS`?; enum
    schema/max-length /id ["A-_B"] `id` is 4 characters long, the limit is 3; -; maxLength
    schema/pattern /id ["A-_B"] `id` does not match the pattern `^[a-z\-\_]+$`; -; pattern
    schema/minimum /age [17.0] `age` is below the minimum of 18; -; minimum
    "#);
}

#[test]
fn what_is_missing_is_missing_at_the_brace() {
    let root = "{properties: {a: {required: [b], dependentRequired: {c: [d]}}}}";
    insta::assert_snapshot!(check("3.1.0", root, r#"{"a": {"c": 1}}"#), @r"
    schema/dependent-required /a [{] `d` is required where `c` is given; -; dependentRequired
    schema/required /a [{] `b` is required; -; required
    ");
}

#[test]
fn a_value_of_the_wrong_type_says_no_more() {
    let root = "{type: object, minProperties: 3, properties: {
        a: {type: string, enum: [x], minLength: 2}, b: {type: [integer, 'null'], const: 3}}}";
    insta::assert_snapshot!(check("3.1.0", root, r#"{"a": null, "b": 1.5}"#), @r#"
    schema/min-properties  [{"a": null, "b": 1.5}] the document has 2 properties, the minimum is 3; -; minProperties
    schema/type /a [null] `a` is null, not a string; -; type
    schema/type /b [1.5] `b` is a number with a fraction, not an integer or null; -; type
    "#);
    insta::assert_snapshot!(check("3.1.0", root, "[1]"), @"schema/type  [[1]] the document is an array, not an object; -; type");
}

#[test]
fn a_discriminator_names_the_alternative_that_is_told() {
    let root = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Bird'}], discriminator: {propertyName: kind, mapping: {feathered: '#/components/schemas/Bird'}}}
    Cat: {type: object, required: [lives]}
    Dog: {type: object, required: [bark, legs]}
    Bird: {type: object, required: [song, beak, wings]}";
    let of = |kind: &str| check("3.1.0", root, &format!("{{\"kind\": {kind}}}"));
    let said = ["\"Dog\"", "\"feathered\"", "\"Brid\"", "5"].map(of);
    insta::assert_snapshot!(said.join("\n"), @r#"
    schema/one-of  [{"kind": "Dog"}] the document fits none of the 3 alternatives; by the nearest alternative, `Dog`, `bark` is required; oneOf
    schema/one-of  [{"kind": "feathered"}] the document fits none of the 3 alternatives; by the nearest alternative, `Bird`, `song` is required; oneOf
    schema/one-of  [{"kind": "Brid"}] the document fits none of the 3 alternatives; by the nearest alternative, `Cat`, `lives` is required; oneOf
    schema/one-of  [{"kind": 5}] the document fits none of the 3 alternatives; by the nearest alternative, `Cat`, `lives` is required; oneOf
    "#);
}

#[test]
fn null_among_values_is_told_where_the_type_takes_it() {
    let check = |version, schema| check(version, schema, "\"x\"");
    let said = [
        check("3.1.0", "{enum: [a, b, null]}"),
        check("3.1.0", "{type: [string, 'null'], enum: [a, null]}"),
        check("3.1.0", "{type: string, enum: [a, b, null]}"),
        check("3.0.3", "{type: string, nullable: true, enum: [a, b]}"),
        check("3.1.0", "{type: string, nullable: true, enum: [a, null]}"),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
    schema/enum  ["x"] the document is neither one of the 2 allowed values nor null; -; enum
    schema/enum  ["x"] the document is neither the one allowed value nor null; -; enum
    schema/enum  ["x"] the document is not one of the 2 allowed values; -; enum
    schema/enum  ["x"] the document is neither one of the 2 allowed values nor null; -; enum
    schema/enum  ["x"] the document is not the one allowed value; -; enum
    "#);
}

/// Lists with numbers that are compared exactly are told as others are.
#[test]
fn null_beside_large_numbers_is_told() {
    let check = |version, schema| check(version, schema, "5");
    let said = [
        check("3.0.3", "{type: number, nullable: true, enum: [1e400, 2]}"),
        check(
            "3.0.3",
            "{type: number, nullable: true, enum: [1e400, null]}",
        ),
        check("3.0.3", "{type: number, enum: [1e400, 2]}"),
        check("3.1.0", "{type: number, nullable: true, enum: [1e400, 2]}"),
        check("3.1.0", "{type: [number, 'null'], enum: [1e400, null]}"),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    schema/enum  [5] the document is neither one of the 2 allowed values nor null; -; enum
    schema/enum  [5] the document is neither the one allowed value nor null; -; enum
    schema/enum  [5] the document is not one of the 2 allowed values; -; enum
    schema/enum  [5] the document is not one of the 2 allowed values; -; enum
    schema/enum  [5] the document is neither the one allowed value nor null; -; enum
    ");
}

#[test]
fn alternatives_name_the_nearest() {
    let root = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {
        kind: {const: dog}}, required: [kind, bark]}, {type: integer}]}
    Cat: {type: object, properties: {kind: {const: cat}}, required: [kind]}";
    insta::assert_snapshot!(check("3.1.0", root, r#"{"kind": "dog"}"#), @r#"schema/one-of  [{"kind": "dog"}] the document fits none of the 3 alternatives; by the nearest alternative, `bark` is required; oneOf"#);
    insta::assert_snapshot!(check("3.1.0", root, r#"{"kind": 7}"#), @r#"schema/one-of  [{"kind": 7}] the document fits none of the 3 alternatives; by the nearest alternative, `Cat`, `kind` is not the one allowed value; oneOf"#);
    let root =
        "{oneOf: [{type: integer}, {minimum: 3}, {type: string}], anyOf: [{not: {}}, false]}";
    insta::assert_snapshot!(check("3.1.0", root, "5"), @r"
    schema/any-of  [5] the document fits none of the 2 alternatives; by the nearest alternative, the document fits what it must not fit; anyOf
    schema/one-of  [5] the document fits 2 of the 3 alternatives, where exactly one must fit; -; oneOf
    ");
}

#[test]
fn items() {
    let root = "{contains: {type: integer}, minContains: 2, maxContains: 3, uniqueItems: true, \
        unevaluatedItems: {type: 'null'}, maxItems: 4}";
    insta::assert_snapshot!(check("3.1.0", root, r#"["a", 1, [], null, []]"#), @r#"
    schema/max-items  [["a", 1, [], null, []]] the document has 5 items, the limit is 4; -; maxItems
    schema/min-contains  [["a", 1, [], null, []]] the document has 1 item of the kind that it must contain, the minimum is 2; -; minContains
    schema/unique-items  [["a", 1, [], null, []]] the document has the same item twice, at 2 and at 4; -; uniqueItems
    schema/unevaluated-items /0 ["a"] the document has an item that the schema does not allow; -; unevaluatedItems
    schema/unevaluated-items /2 [[]] the document has an item that the schema does not allow; -; unevaluatedItems
    schema/unevaluated-items /4 [[]] the document has an item that the schema does not allow; -; unevaluatedItems
    "#);
    let root =
        "{prefixItems: [true, {type: string}], items: false, contains: {const: 9}, maxContains: 1}";
    insta::assert_snapshot!(check("3.1.0", root, "[1, 2, 3]"), @r"
    schema/contains  [[1, 2, 3]] the document has no item of the kind that it must contain; -; contains
    schema/type /1 [2] item 1 is a number, not a string; put it in double quotes; type
    schema/false /2 [3] item 2 is not allowed here; -; items
    ");
}

#[test]
fn what_is_wrong_for_itself_is_not_left_over_beside() {
    let root = "{allOf: [{properties: {a: {type: integer}, b: {items: {type: integer}}}}], \
        unevaluatedProperties: false}";
    insta::assert_snapshot!(check("3.1.0", root, r#"{"a": "x", "b": ["y"], "ab": 1}"#), @r#"
    schema/type /a ["x"] `a` is a string, not an integer; write a number, without quotes; type
    schema/type /b/0 ["y"] item 0 is a string, not an integer; write a number, without quotes; type
    schema/unevaluated-properties /ab ["ab"] the document has a property that the schema does not allow; -; unevaluatedProperties
    "#);
}

#[test]
fn names() {
    let root = "{propertyNames: {maxLength: 2}, patternProperties: {'^x': {type: string}}, \
        properties: {no: false, near: true}, unevaluatedProperties: false}";
    insta::assert_snapshot!(check("3.1.0", root, r#"{"x": 1, "no": 2, "naer": 3}"#), @r#"
    schema/type /x [1] the value is a number, not a string; put it in double quotes; type
    schema/false /no [2] `no` is not allowed here; -; no
    schema/property-names /naer ["naer"] the document has a property whose name is not allowed; the name is 4 characters long, the limit is 2; propertyNames
    schema/unevaluated-properties /naer ["naer"] the document has a property that the schema does not allow; did you mean `near`?; unevaluatedProperties
    "#);
}

#[test]
fn numbers_are_judged_by_their_text() {
    let huge = "1180591620717411303424"; // 2^70
    let root = format!("{{type: integer, minimum: {huge}, maximum: 1e400}}");
    let payloads = [
        huge,
        "1180591620717411303423",
        "1.180591620717411303424e21",
        "1e400",
        "1.0000000000000000000000001e400",
        "1e-400",
    ];
    assert_eq!(
        valid("3.1.0", &root, &payloads),
        [huge, "1.180591620717411303424e21", "1e400"]
    );
    let root = "{multipleOf: 0.1, exclusiveMinimum: -0.3}";
    let payloads = ["0.3", "-0.3", "0.30000000000000004", "1e300", "1e-1"];
    assert_eq!(valid("3.1.0", root, &payloads), ["0.3", "1e300", "1e-1"]);
    let root = "{enum: [9007199254740993, {a: [1.50]}], not: {const: 1e2}}";
    let payloads = [
        "9007199254740993",
        "9007199254740992",
        r#"{"a": [15e-1]}"#,
        "100",
    ];
    assert_eq!(
        valid("3.1.0", root, &payloads),
        ["9007199254740993", r#"{"a": [15e-1]}"#]
    );
    let root = "{uniqueItems: true}";
    let payloads = [
        "[9007199254740993, 9007199254740992]",
        "[1, 1.0]",
        "[1e400, 1e401]",
    ];
    assert_eq!(
        valid("3.1.0", root, &payloads),
        ["[9007199254740993, 9007199254740992]", "[1e400, 1e401]"]
    );
}

#[test]
fn formats_of_integers_are_ranges() {
    let payloads = [
        "2147483647",
        "2147483648",
        "-2147483649",
        "1.0",
        "0.5",
        r#""x""#,
    ];
    assert_eq!(
        valid("3.0.3", "{format: int32}", &payloads),
        ["2147483647", "1.0", "0.5", r#""x""#]
    );
    insta::assert_snapshot!(
        check("3.0.3", "{format: int64}", "9223372036854775808"),
        @"schema/format  [9223372036854775808] the document is not a whole number of 64 bits; -; format");
}

#[test]
fn nullable_needs_a_type() {
    let payloads = ["null", r#""a""#, r#""b""#, "1"];
    let check = |root| valid("3.0.3", root, &payloads);
    assert_eq!(
        check("{type: string, nullable: true}"),
        ["null", r#""a""#, r#""b""#]
    );
    assert_eq!(
        check("{type: string, nullable: true, enum: [a]}"),
        ["null", r#""a""#]
    );
    assert_eq!(check("{nullable: true, enum: [a]}"), [r#""a""#]);
    assert_eq!(check("{nullable: true}"), payloads);
    assert_eq!(
        check("{type: string, nullable: false}"),
        [r#""a""#, r#""b""#]
    );
    assert_eq!(
        check("{allOf: [{type: string, nullable: true}, {type: string}]}"),
        [r#""a""#, r#""b""#]
    );
}

#[test]
fn what_3_0_has_and_3_1_has_not() {
    let root = "{minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: false}";
    assert_eq!(
        valid("3.0.3", root, &["1", "1.1", "3", "3.1"]),
        ["1.1", "3"]
    );
    insta::assert_snapshot!(check("3.0.3", root, "1"), @"schema/exclusive-minimum  [1] the document is not above 1; -; exclusiveMinimum");
    // What stands beside a reference is ignored, and what only 3.1 knows.
    let root =
        "{$ref: '#/components/schemas/Text', maxLength: 1}\n    Text: {type: string, const: x}";
    assert_eq!(valid("3.0.3", root, &[r#""long""#, "1"]), [r#""long""#]);
    assert_eq!(valid("3.1.0", root, &[r#""long""#, r#""x""#]), [r#""x""#]);
}

#[test]
fn required_binds_the_side_that_sends() {
    let text = document(
        "3.0.3",
        "{required: [id, secret, name], properties: {id: {$ref: '#/components/schemas/Id'}, \
            secret: {type: string, writeOnly: true}, name: {type: string}}}\n    \
            Id: {$ref: '#/components/schemas/Number'}\n    Number: {type: integer, readOnly: true}",
    );
    let specification = read(&[("api.yaml", &text)]);
    let missing = |direction| {
        let reference = Reference::new(&specification, &by_name("Root"), direction);
        let mistakes = reference.expect("it can be judged by").judge(b"{}");
        mistakes
            .into_iter()
            .map(|it| it.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        missing(Direction::Request),
        ["`name` is required", "`secret` is required"]
    );
    assert_eq!(
        missing(Direction::Response),
        ["`id` is required", "`name` is required"]
    );
}

const API: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /items:
    post:
      operationId: addItem
      requestBody: {$ref: '#/components/requestBodies/Item'}
      responses:
        '200': {$ref: 'parts.yaml#/responses/Done'}
        default: {description: D, content: {text/plain: {schema: {type: string}}}}
components:
  requestBodies:
    Item:
      content:
        text/csv: {schema: {type: string}}
        application/merge-patch+json; v=1: {schema: {type: object}}
";

const PARTS: &str = "responses:
  Done: {description: D, content: {application/json: {schema: {$ref: '#/Count'}}}}
Count: {type: integer}
";

#[test]
fn operations_are_found_and_their_references_followed() {
    let specification = read(&[("api.yaml", API), ("parts.yaml", PARTS)]);
    let request = |operation: &str, media_type: Option<&str>| Target::Request {
        operation: operation.to_owned(),
        media_type: media_type.map(str::to_owned),
    };
    let judge = |target: &Target, payload: &str| {
        let reference = Reference::new(&specification, target, Direction::Request);
        reference
            .expect("it can be judged by")
            .verdict(payload.as_bytes())
    };
    for operation in ["addItem", "POST /items"] {
        assert!(judge(&request(operation, None), "{}"));
        assert!(!judge(&request(operation, None), r#""a""#));
    }
    assert!(judge(&request("addItem", Some("text/csv")), r#""a""#));
    let response = |status: &str, media_type: Option<&str>| Target::Response {
        operation: "addItem".to_owned(),
        status: status.to_owned(),
        media_type: media_type.map(str::to_owned),
    };
    assert!(judge(&response("200", None), "3"));
    assert!(!judge(&response("200", None), "{}"));
    assert!(judge(&response("default", Some("text/plain")), r#""a""#));
    let place = Target::Place {
        document: 1,
        pointer: "/Count".to_owned(),
    };
    assert!(!judge(&place, "1.5"));
}

#[test]
fn targets_that_are_not_there() {
    let files = [("api.yaml", API), ("parts.yaml", PARTS)];
    let target = Target::Request {
        operation: "addItems".to_owned(),
        media_type: None,
    };
    insta::assert_snapshot!(refused(&files, &target), @"spec/unknown-target the specification has no operation `addItems`");
    insta::assert_snapshot!(refused(&files, &by_name("X")), @"spec/unknown-target the specification has no schema `X`");
    let target = Target::Response {
        operation: "addItem".to_owned(),
        status: "default".to_owned(),
        media_type: None,
    };
    insta::assert_snapshot!(refused(&files, &target), @"spec/unknown-target the specification has no schema for the default of `addItem` as JSON");
}

#[test]
fn what_cannot_be_judged_by_is_said_at_its_place() {
    let text = document(
        "3.1.0",
        "{properties: {a: {$ref: '#/nowhere'}, b: {$ref: 'http://example.com/x'}, c: {$ref: 3}}}",
    );
    insta::assert_snapshot!(refused(&[("api.yaml", &text)], &by_name("Root")), @r"
    spec/missing-target api.yaml:6:35 the reference leads to nothing
    spec/missing-target api.yaml:6:59 the reference leads to nothing
    spec/invalid-reference api.yaml:6:94 this is no reference
    ");
    let text = document(
        "3.1.0",
        "{properties: {a: {pattern: 'a{99999999}'}, b: {patternProperties: {'[\\w-a]': {}}}, c: {pattern: a}, d: {pattern: 'a('}}}",
    );
    insta::assert_snapshot!(refused(&[("api.yaml", &text)], &by_name("Root")), @r"
    spec/invalid-pattern api.yaml:6:38 the pattern is no regular expression that can be run
    spec/invalid-pattern api.yaml:6:78 the pattern is no regular expression that can be run
    ");
}

#[test]
fn names_inside_schemas_of_3_1() {
    let root = "{$dynamicRef: '#node', $defs: {
        tree: {$id: 'http://example.com/tree', $dynamicAnchor: node, properties: {
            children: {items: {$dynamicRef: '#node'}}, leaf: {$ref: leaf#end}},
            $defs: {leaf: {$id: leaf, $anchor: end, type: string}}}},
        $dynamicAnchor: node, $ref: 'http://example.com/tree', required: [children]}";
    insta::assert_snapshot!(check("3.1.0", root, r#"{"children": [{"leaf": 1}]}"#), @r"
    schema/required /children/0 [{] `children` is required; -; required
    schema/type /children/0/leaf [1] `leaf` is a number, not a string; put it in double quotes; type
    ");
}

#[test]
fn patterns_that_run_away_are_mistakes() {
    let root =
        r"{items: {pattern: '^((?=a)a+)+\1$'}, not: {contains: {pattern: '^((?=b)b+)+\1$'}}}";
    let text = format!("[\"{}c\"]", "a".repeat(40));
    let document = document("3.1.0", root);
    let specification = read(&[("api.yaml", &document)]);
    let options = Options {
        pattern_steps: 10_000,
        ..Options::default()
    };
    let target = by_name("Root");
    let reference = Reference::with_options(&specification, &target, Direction::Request, options)
        .expect("it can be judged by");
    assert!(!reference.verdict(text.as_bytes()));
    let mistakes = reference.judge(text.as_bytes());
    insta::assert_snapshot!(told(&document, &text, &mistakes), @r#"limit/pattern-steps /0 ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"] item 0 takes too many steps to match against the pattern `^((?=a)a+)+\1$`; -; pattern"#);
}

#[test]
fn patterns_of_ecma_262() {
    let matching = |pattern: &str, payloads: &[&str]| {
        let root = format!("{{pattern: '{pattern}', patternProperties: {{'{pattern}': false}}}}");
        let quoted: Vec<String> = payloads.iter().map(|it| format!("\"{it}\"")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        valid("3.1.0", &root, &quoted).join(" ")
    };
    assert_eq!(matching(r"^[a-z\-\_]+$", &["a-_", "A"]), r#""a-_""#);
    assert_eq!(matching(r"^\d$", &["3", "٣"]), r#""3""#);
    assert_eq!(matching(r"^.$", &["😀", r"\n", r"\u2028"]), r#""😀""#);
    assert_eq!(matching(r"^[^]$", &["😀", r"\n"]), r#""😀" "\n""#);
    assert_eq!(matching(r"^\ud83d\ude00$", &["😀", "x"]), r#""😀""#);
    assert_eq!(matching(r"^{\0}$", &[r"{\u0000}", "{0}"]), r#""{\u0000}""#);
    insta::assert_snapshot!(
        check("3.1.0", r"{patternProperties: {'^[^]{2}$': {type: string}}}", r#"{"ab": 1}"#),
        @"schema/type /ab [1] the value is a number, not a string; put it in double quotes; type");
}

#[test]
fn payloads_that_look_like_our_own_inner_workings() {
    let root = r"{items: {type: object, patternProperties: {'^\x00': {pattern: '^((?=a)a+)+\1$'}}}, unevaluatedItems: false}";
    let run_away = "a".repeat(40) + "b";
    let payload = format!(r#"[{{"\u0000place": "{run_away}"}}]"#);
    assert!(check("3.1.0", root, &payload).starts_with("limit/pattern-steps /0/\u{0}place"));
    let payload = r#"[{"\u0000place": 7}]"#;
    assert_eq!(
        check("3.1.0", "{unevaluatedItems: false}", payload)
            .lines()
            .count(),
        1
    );
}

#[test]
fn identifiers_that_are_none() {
    for id in ["%", "http://[", "#x", "", "http://a/b c", "::"] {
        let text = document(
            "3.1.0",
            &format!(
                "{{properties: {{a: {{$id: '{id}', type: string}}, b: {{$anchor: '{id}'}}, c: {{$anchor: x}}, d: {{$anchor: x}}}}}}"
            ),
        );
        let specification = read(&[("api.yaml", &text)]);
        // Refused or judged by, but never a panic.
        if let Ok(it) = Reference::new(&specification, &by_name("Root"), Direction::Request) {
            assert!(!it.verdict(br#"{"a": 1}"#), "{id}");
        }
    }
}

#[test]
fn what_is_no_json_has_one_mistake() {
    insta::assert_snapshot!(check("3.1.0", "{type: string}", r#"{"a": 1,}"#), @r#"json/trailing-comma  [}] a comma stands before the closing bracket; remove the comma; ?"#);
    insta::assert_snapshot!(check("3.1.0", "{}", r#"{"a": 1, "\u0061": 2}"#), @r#"json/duplicate-key /a ["\u0061"] the object has this property already; keep one of the two; ?"#);
}

#[test]
fn schemas_that_go_in_circles() {
    let root = "{properties: {next: {$ref: '#/components/schemas/Root'}}, required: [id]}";
    let deep = format!(
        "{}{{}}{}",
        r#"{"id": 1, "next": "#.repeat(60),
        "}".repeat(60)
    );
    let found = check("3.0.3", root, &deep);
    assert_eq!(found.lines().count(), 1, "{found}");
    // As deep as a payload may be, through a union on each level.
    let root =
        "{anyOf: [{type: integer}, {items: {$ref: '#/components/schemas/Root'}, type: array}]}";
    let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(127), "]".repeat(127));
    assert_eq!(check("3.0.3", root, &deep("1")), "");
    assert_eq!(check("3.0.3", root, &deep("null")).lines().count(), 1);
    // A schema that is nothing but itself says nothing.
    let root = "{allOf: [{$ref: '#/components/schemas/Root'}], minLength: 1}";
    assert_eq!(valid("3.0.3", root, &[r#""""#, r#""a""#]), [r#""a""#]);
    // By way of a choice, what is right hangs on where one begins.
    let root = "{required: [a], oneOf: [{allOf: [{$ref: '#/components/schemas/Root'}]}]}";
    let document = document("3.0.3", root);
    let specification = read(&[("api.yaml", &document)]);
    let reference = Reference::new(&specification, &by_name("Root"), Direction::Request);
    let findings = reference.err().expect("it cannot be judged by");
    assert_eq!(findings.len(), 1, "{findings:?}");
}

#[test]
fn the_deepest_payload_that_any_setting_allows() {
    let root = "{type: [integer, object], properties: {a: {$ref: '#/components/schemas/Root'}}, \
        additionalProperties: {$ref: '#/components/schemas/Root'}}";
    let document = document("3.1.0", root);
    let specification = read(&[("api.yaml", &document)]);
    let mut options = Options::default();
    options.limits.depth = specsmith_json::Limits::DEEPEST;
    let target = by_name("Root");
    let reference = Reference::with_options(&specification, &target, Direction::Request, options)
        .expect("it can be judged by");
    let depth = specsmith_json::Limits::DEEPEST - 1;
    for (inner, mistakes) in [("1", 0), ("null", 1)] {
        let payload = format!("{}{inner}{}", r#"{"b":"#.repeat(depth), "}".repeat(depth));
        assert_eq!(reference.verdict(payload.as_bytes()), mistakes == 0);
        assert_eq!(reference.judge(payload.as_bytes()).len(), mistakes);
    }
}

#[test]
fn schemas_as_deep_as_documents_may_be() {
    let depth = 100;
    let root = format!(
        "{}{{type: integer}}{}",
        "{not: ".repeat(depth),
        "}".repeat(depth)
    );
    assert_eq!(valid("3.1.0", &root, &["1", "null"]), ["1"]);
}
