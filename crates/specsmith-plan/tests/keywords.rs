//! Every keyword, by the scan, the tree and the reference alike.

mod support;

use specsmith_plan::{Options, Scanned, Watch};
use support::{Loaded, agree, check, told};

/// Judges each record by one schema; `+` are valid, `-` are not.
fn judge(schemas: &str, valid: &[&str], invalid: &[&str]) {
    let loaded = Loaded::of(schemas);
    let plan = loaded.plan("Root", &Options::default());
    let reference = loaded.reference("Root");
    for record in valid {
        assert!(
            agree(&plan, &reference, record.as_bytes()),
            "{record}: {}",
            told(&plan, record.as_bytes())
        );
    }
    for record in invalid {
        assert!(!agree(&plan, &reference, record.as_bytes()), "{record}");
    }
}

#[test]
fn types() {
    judge(
        "Root: {type: [string, 'null']}",
        &["\"a\"", "null", " \"\" "],
        &["1", "true", "[]", "{}", ""],
    );
    judge(
        "Root: {type: integer}",
        &["1", "1.0", "1e2", "-0", "10e-1"],
        &["1.5", "1e-1", "\"1\""],
    );
    judge(
        "Root: {type: boolean}",
        &["true", "false"],
        &["null", "tru", "truee", "falsy", "0"],
    );
    judge(
        "Root: {}",
        &["{\"a\":[1,{}]}", "1e400", "\"\\ud83d\\ude00\""],
        &["{\"a\":1,\"a\":2}", "{\"a\":1,}", "[1,]", "01", "1 2"],
    );
    judge(
        "Root: {type: object, properties: {a: false}}",
        &["{}"],
        &["{\"a\":1}"],
    );
}

#[test]
fn literals() {
    judge(
        "Root: {enum: [a, 1, null, true, [1], {x: 1}]}",
        &[
            "\"a\"",
            "1",
            "1.0",
            "null",
            "true",
            "[1]",
            "[1.0]",
            "{\"x\":1}",
            "\"\\u0061\"",
        ],
        &["\"b\"", "2", "false", "[]", "{}", "{\"x\":2}"],
    );
    judge(
        "Root: {const: 'a\\b'}",
        &["\"a\\\\b\""],
        &["\"a\\b\"", "\"a\\\\\\\\b\""],
    );
    judge(
        "Root: {const: 0.1, enum: [0.1, 2]}",
        &["0.1", "1e-1"],
        &["2", "0.10000000000000001"],
    );
}

#[test]
fn strings() {
    judge(
        "Root: {type: string, minLength: 2, maxLength: 3}",
        &[
            "\"ab\"",
            "\"ééé\"",
            "\"\\ud83d\\ude00a\"",
            "\"\\u0061\\u0062\"",
        ],
        &[
            "\"a\"",
            "\"😀\"",
            "\"\\ud83d\\ude00\"",
            "\"abcd\"",
            "\"\\ud83d\"",
            "\"a\nb\"",
        ],
    );
    judge(
        "Root: {type: string, pattern: '[a-z]+'}",
        &["\"a\"", "\"%a%\"", "\"\\u0061\""],
        &["\"\"", "\"%\"", "\"\\n\""],
    );
    judge(
        "Root: {type: string, pattern: '^[a-z]{2,3}$'}",
        &["\"ab\"", "\"\\u0061b\""],
        &["\"a\"", "\"abcd\"", "\"aB\"", "\"ab\\n\""],
    );
    judge(
        "Root: {type: string, pattern: '^(a|b)+c'}",
        &["\"abcd\""],
        &["\"c\""],
    );
    judge(
        "Root: {type: string, format: date-time}",
        &["\"2022-07-08T11:15:53Z\""],
        &["\"2022-07-08\""],
    );
    judge(
        "Root: {maxLength: 2}",
        &["12345", "\"ab\"", "null"],
        &["\"abc\""],
    );
}

#[test]
fn numbers() {
    judge(
        "Root: {minimum: 1, maximum: 10}",
        &["1", "10", "1.0", "1e1", "\"x\""],
        &[
            "0",
            "0.99999999999999999999",
            "10.0000000000000000001",
            "1e400",
            "-5",
        ],
    );
    judge(
        "Root: {exclusiveMinimum: 1, exclusiveMaximum: 3}",
        &["2", "1.5"],
        &["1", "3", "3.0"],
    );
    judge("Root: {multipleOf: 0.1}", &["0.3", "7", "1e400"], &["0.35"]);
    judge(
        "Root: {type: integer, minimum: 1180591620717411303424}",
        &["1180591620717411303424", "1180591620717411303425"],
        &["1180591620717411303423", "1"],
    );
    judge(
        "Root: {type: integer, multipleOf: 3}",
        &["9", "-3", "0"],
        &["10"],
    );
    judge(
        "Root: {type: integer, format: int32}",
        &["2147483647", "-2147483648"],
        &["2147483648", "-2147483649"],
    );
}

#[test]
fn lists() {
    judge(
        "Root: {type: array, minItems: 1, maxItems: 2, items: {type: integer}}",
        &["[1]", "[ 1 , 2 ]"],
        &["[]", "[1,2,3]", "[\"a\"]", "[1 2]"],
    );
    judge(
        "Root: {uniqueItems: true}",
        &[
            "[1,2]",
            "[\"a\",\"b\"]",
            "[]",
            "[1,\"1\"]",
            "[{\"a\":1},{\"a\":2}]",
        ],
        &[
            "[1,1.0]",
            "[\"a\",\"\\u0061\"]",
            "[0,-0]",
            "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]",
            "[null,null]",
        ],
    );
    judge(
        "Root: {prefixItems: [{type: string}, {type: integer}], items: false}",
        &["[]", "[\"a\"]", "[\"a\",1]"],
        &["[1]", "[\"a\",1,2]"],
    );
    judge(
        "Root: {contains: {type: integer}, minContains: 2, maxContains: 3}",
        &["[1,2]", "[1,\"a\",2,3]"],
        &["[1]", "[1,2,3,4]", "[]"],
    );
    judge("Root: {contains: {const: 5}}", &["[4,5]"], &["[]", "[1]"]);
}

#[test]
fn records() {
    judge(
        "Root: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}",
        &[
            "{\"a\":\"x\"}",
            "{\"b\":1,\"a\":\"x\"}",
            "{ \"a\" : \"x\" , \"c\" : [] }",
            "{\"\\u0061\":\"x\"}",
        ],
        &[
            "{}",
            "{\"a\":1}",
            "{\"a\":\"x\",\"b\":\"y\"}",
            "{\"a\":\"x\",\"a\":\"x\"}",
            "{\"a\":\"x\",\"\\u0061\":\"x\"}",
            "{\"a\":\"x\",\"c\":1,\"c\":2}",
            "{\"a\" \"x\"}",
            "{\"a\":\"x\"",
            "{\"a\":\"x\"}}",
            "{\"a\":\"x\",\"c\":{\"d\":1,\"d\":1}}",
        ],
    );
    judge(
        "Root: {properties: {a: {}}, additionalProperties: false}",
        &["{}", "{\"a\":1}"],
        &["{\"b\":1}"],
    );
    judge(
        "Root: {properties: {a: {}}, additionalProperties: {type: integer}}",
        &["{\"a\":\"\",\"b\":1}"],
        &["{\"b\":\"\"}"],
    );
    judge(
        "Root: {properties: {ab: {type: integer}}, patternProperties: {'^a': {minimum: 5}, 'z$': {type: string}}, additionalProperties: false}",
        &["{\"ab\":5}", "{\"ax\":\"\"}", "{\"z\":\"\"}"],
        &[
            "{\"ab\":4}",
            "{\"ab\":5.5}",
            "{\"ax\":1}",
            "{\"z\":1}",
            "{\"b\":1}",
            "{\"az\":7}",
        ],
    );
    judge(
        "Root: {propertyNames: {maxLength: 2}}",
        &["{\"ab\":1}", "{}", "1"],
        &["{\"abc\":1}", "{\"a\":1,\"abc\":{}}"],
    );
    judge(
        "Root: {minProperties: 1, maxProperties: 2}",
        &["{\"a\":1}"],
        &["{}", "{\"a\":1,\"b\":1,\"c\":1}"],
    );
    judge(
        "Root: {dependentRequired: {a: [b]}, dependentSchemas: {c: {required: [d]}}}",
        &["{}", "{\"a\":1,\"b\":1}", "{\"c\":1,\"d\":1}"],
        &["{\"a\":1}", "{\"c\":1}"],
    );
    judge(
        "Root: {required: ['a\"b'], properties: {'a\"b': {type: integer}}}",
        &["{\"a\\\"b\":1}"],
        &["{\"a\\\"b\":\"\"}", "{}"],
    );
    judge(
        "Root: {required: [aPropertyWhoseNameIsRatherLongIndeed], properties: {aPropertyWhoseNameIsRatherLongIndeed: {type: integer}, aPropertyWhoseNameIsRatherLongInDeed: {type: string}}}",
        &[
            "{\"aPropertyWhoseNameIsRatherLongIndeed\":1}",
            "{\"aPropertyWhoseNameIsRatherLongInDeed\":\"\",\"aPropertyWhoseNameIsRatherLongIndeed\":1}",
        ],
        &[
            "{\"aPropertyWhoseNameIsRatherLongInDeed\":1,\"aPropertyWhoseNameIsRatherLongIndeed\":1}",
        ],
    );
}

#[test]
fn combinations() {
    judge(
        "Root: {allOf: [{required: [a]}, {properties: {a: {type: integer}}}]}",
        &["{\"a\":1}", "1"],
        &["{}", "{\"a\":\"\"}"],
    );
    judge(
        "Root: {anyOf: [{type: string}, {minimum: 5}]}",
        &["\"a\"", "5", "null"],
        &["4"],
    );
    judge(
        "Root: {oneOf: [{type: integer}, {minimum: 5}]}",
        &["1", "5.5"],
        &["5", "4.5"],
    );
    judge(
        "Root: {not: {type: object, required: [a]}}",
        &["{}", "1"],
        &["{\"a\":1}"],
    );
    judge(
        "Root: {if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}",
        &["{\"a\":1,\"b\":1}", "{\"c\":1}"],
        &["{\"a\":1}", "{}"],
    );
    judge(
        "Root: {type: object, properties: {v: {type: integer}, next: {$ref: '#/components/schemas/Root'}}}",
        &["{\"next\":{\"next\":{\"v\":1}}}"],
        &["{\"next\":{\"next\":{\"v\":\"\"}}}"],
    );
    judge(
        "Root: {properties: {a: {}}, allOf: [{properties: {b: {}}}], unevaluatedProperties: false}",
        &["{\"a\":1,\"b\":1}"],
        &["{\"c\":1}"],
    );
    judge(
        "Root: {prefixItems: [{}], anyOf: [{prefixItems: [{}, {type: string}]}, {}], unevaluatedItems: false}",
        &["[1]", "[1,\"a\"]"],
        &["[1,2]", "[1,\"a\",3]"],
    );
    judge(
        "Root: {properties: {a: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}}}\nA: {type: object, required: [k], properties: {k: {const: a}, x: {type: integer}}}\nB: {type: object, required: [k], properties: {k: {const: b}, x: {type: string}}}",
        &[
            "{\"a\":{\"k\":\"a\",\"x\":1}}",
            "{\"a\":{\"x\":\"\",\"k\":\"b\"}}",
        ],
        &[
            "{\"a\":{\"k\":\"a\",\"x\":\"\"}}",
            "{\"a\":{}}",
            "{\"a\":{\"k\":\"a\",\"x\":1,\"x\":1}}",
        ],
    );
}

/// Objects of a list that are all alike are read in one go, and any other way of writing them is not.
#[test]
fn objects_in_lists_are_judged_however_they_are_written() {
    let pair = "{type: object, required: [name], properties: {name: {type: string, maxLength: 5, pattern: '^[a-z]+$'}, value: {type: string, maxLength: 40}}}";
    judge(
        &format!("Root: {{type: array, maxItems: 2, items: {pair}}}"),
        &[
            r#"[{"name":"a","value":"b"},{"name":"abcde","value":""}]"#,
            r#"[{"name":"a","value":"b"} , {"name":"c","value":"d"}]"#,
            r#"[{"value":"b","name":"a"}]"#,
            r#"[{"name":"a"}]"#,
            r#"[{"name": "a","value":"b"},{ "name":"a","value":"b" }]"#,
            r#"[{"name":"a","value":"b","more":1}]"#,
            r#"[{"name":"\u0061","value":"\""}]"#,
            r#"[{"n\u0061me":"a","value":"}]"}]"#,
            r#"[{"name":"a","value":"a text of more than thirty-two bytes"}]"#,
            "[{\"name\":\"a\",\"value\":\"é\"}]",
        ],
        &[
            r#"[{"name":"A","value":"b"}]"#,
            r#"[{"name":"abcdef","value":"b"}]"#,
            r#"[{"name":"","value":"b"}]"#,
            r#"[{"value":"b"}]"#,
            r#"[{"name":"a","value":null}]"#,
            r#"[{"name":"a","value":1}]"#,
            r#"[{"name":"a","value":"b"},{"name":"a","value":"b"},{"name":"a","value":"b"}]"#,
            r#"[{"name":"a","value":"a text of more than forty bytes, all told"}]"#,
            r#"[{"name":"a","value":"b","name":"a"}]"#,
            r#"[{"name":"a","name":"a"}]"#,
            r#"[{"name":"a","value":"b"}"#,
            r#"[{"name":"a","value":"b"]"#,
            r#"[{"name":"a","value":"b",}]"#,
            r#"[{"name":"a","value":"b}]"#,
            r#"[{"name":"a""value":"b"}]"#,
            r#"[{,"name":"a","value":"b"}]"#,
            r#"[{"name":"a","value":"b\q"}]"#,
            "[{\"name\":\"a\",\"value\":\"b\n\"}]",
            "[{\"name\":\"a\",\"value\":\"b\n",
        ],
    );
}

#[test]
fn unions_inside_unions_come_to_an_end() {
    let schemas = "Root: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Root'}}, {type: array, maxItems: 1, items: {$ref: '#/components/schemas/Root'}}]}";
    let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(100), "]".repeat(100));
    judge(schemas, &[&deep("\"a\"")], &[&deep("1")]);
}

#[test]
fn depth_is_limited() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let told = check("Root: {}", &deep(129));
    insta::assert_snapshot!(told.replace(&"]".repeat(129), "…"), @"limit/depth  `[`: arrays and objects are nested deeper than the limit");
    judge("Root: {}", &[&deep(128)], &[&deep(20_000)]);
}

#[test]
fn null_among_values_is_told_where_the_type_takes_it() {
    let of = |schema: &str| check(&format!("Root: {schema}"), "\"x\"");
    let said = [
        of("{enum: [a, b, null]}"),
        of("{type: [string, 'null'], enum: [a, null]}"),
        of("{type: string, enum: [a, b, null]}"),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
schema/enum  `"x"`: the document is neither one of the 2 allowed values nor null | write one of `a`, `b` or null
schema/enum  `"x"`: the document is neither the one allowed value nor null | write `a` or null
schema/enum  `"x"`: the document is not one of the 2 allowed values | write one of `a`, `b`
"#);
}

#[test]
fn a_discriminator_names_the_alternative_that_is_told() {
    let schemas = "Root: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Bird'}], discriminator: {propertyName: kind, mapping: {feathered: '#/components/schemas/Bird'}}}\nCat: {type: object, required: [lives]}\nDog: {type: object, required: [bark, legs]}\nBird: {type: object, required: [song, beak, wings]}";
    let of = |kind: &str| check(schemas, &format!("{{\"kind\":{kind}}}"));
    let said = ["\"Dog\"", "\"feathered\"", "\"Brid\"", "5"].map(of);
    insta::assert_snapshot!(said.join("\n"), @r#"
schema/one-of  `{"kind":"Dog"}`: the document fits none of the 3 alternatives | by the nearest alternative, `Dog`, `bark` is required
schema/one-of  `{"kind":"feathered"}`: the document fits none of the 3 alternatives | by the nearest alternative, `Bird`, `song` is required
schema/one-of  `{"kind":"Brid"}`: the document fits none of the 3 alternatives | by the nearest alternative, `Cat`, `lives` is required
schema/one-of  `{"kind":5}`: the document fits none of the 3 alternatives | by the nearest alternative, `Cat`, `lives` is required
"#);
}

#[test]
fn one_mistake_is_one_finding() {
    let schemas = "Root: {type: object, required: [id, platform], properties: {id: {type: string, maxLength: 3, pattern: '^[a-z]+$'}, platform: {enum: [IOS, WEB]}, tags: {type: array, items: {type: string}}, size: {anyOf: [{type: integer}, {type: object, required: [w], properties: {w: {type: integer}}}]}}, additionalProperties: false}";
    insta::assert_snapshot!(check(schemas, r#"{"id":5,"platfrom":"IOS","tags":["a",1],"size":{"w":"x"}}"#), @r#"
schema/required  `{`: `platform` is required | did you mean it by `platfrom`?
schema/type /id `5`: `id` is a number, not a string | write a string that matches the pattern
schema/additional-properties /platfrom `"platfrom"`: the document has a property that the schema does not allow | did you mean `platform`?
schema/type /tags/1 `1`: item 1 is a number, not a string | put it in double quotes
schema/any-of /size `{"w":"x"}`: `size` fits none of the 2 alternatives | by the nearest alternative, `w` is a string, not an integer; write a number, without quotes
"#);
    insta::assert_snapshot!(check(schemas, r#"{"id":"ABCD","platform":"ios","platform":"IOS"}"#), @r#"
schema/max-length /id `"ABCD"`: `id` is 4 characters long, the limit is 3
schema/pattern /id `"ABCD"`: `id` does not match the pattern `^[a-z]+$` | character 1, a capital letter, cannot stand there
schema/enum /platform `"ios"`: `platform` is not one of the 2 allowed values | did you mean `IOS`?
json/duplicate-key /platform `"platform"`: the object has this property already | keep one of the two
"#);
    insta::assert_snapshot!(check(schemas, r#"{"id":"a","platform":"IOS",}"#), @r#"
json/trailing-comma  `}`: a comma stands before the closing bracket | remove the comma
"#);
}

#[test]
fn the_help_is_an_act_that_works() {
    let of = |schema: &str, value: &str| check(&format!("Root: {schema}"), value);
    let said = [
        of("{type: string, format: date-time}", "1704067200"),
        of("{type: string}", "1704067200"),
        of("{type: string, enum: [a, b]}", "true"),
        of("{type: array, items: {type: integer}}", "5"),
        of("{type: array, items: {type: integer}}", "\"5\""),
        of(
            "{type: array, items: {type: object, properties: {name: {type: string}, value: {type: string}}}}",
            r#"{"color":"red"}"#,
        ),
        of(
            "{type: array, items: {type: object, properties: {name: {type: string}, value: {type: string}}}}",
            r#"{"name":"color"}"#,
        ),
        of("{const: hello}", "\"helo\""),
        of("{const: hello}", "7"),
        of("{type: string, pattern: '^[a-z]+$'}", "\"ab c\""),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
schema/type  `1704067200`: the document is a number, not a string | write a date and time with an offset, such as 2024-05-17T09:30:00Z
schema/type  `1704067200`: the document is a number, not a string | put it in double quotes
schema/type  `true`: the document is a boolean, not a string | write one of `a`, `b`
schema/type  `5`: the document is a number, not an array | put it into a list: `[…]`
schema/type  `"5"`: the document is a string, not an array
schema/type  `{"color":"red"}`: the document is an object, not an array | write a list of objects with `name` and `value`
schema/type  `{"name":"color"}`: the document is an object, not an array | put it into a list: `[…]`
schema/const  `"helo"`: the document is not the one allowed value | did you mean `hello`?
schema/const  `7`: the document is not the one allowed value | write `hello`
schema/pattern  `"ab c"`: the document does not match the pattern `^[a-z]+$` | character 3, a space, cannot stand there
"#);
}

#[test]
fn the_nearest_alternative_comes_first() {
    let pets = "
Root: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
Cat: {type: object, required: [kind, lives], properties: {kind: {const: cat}, lives: {type: integer}}}
Dog: {type: object, required: [kind, breed], properties: {kind: {enum: [dog]}, breed: {type: string}}}";
    let of = |schema: &str, value: &str| check(&format!("Root: {schema}"), value);
    let nested = "{oneOf: [{type: object, required: [a], properties: {a: {oneOf: [{type: string, maxLength: 2}, {type: integer}]}}}, {type: object, required: [b], properties: {b: {type: integer}}}]}";
    let said = [
        check(pets, r#"{"kind":"bird"}"#),
        check(pets, r#"{"kind":"Cat","lives":3}"#),
        check(pets, r#"{"kind":"dog","breed":7}"#),
        check(pets, "7"),
        of(
            "{anyOf: [{type: string}, {type: integer}, {type: array}]}",
            "{}",
        ),
        of(nested, r#"{"a":"abc"}"#),
        of(nested, r#"{"b":"x"}"#),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
schema/one-of  `{"kind":"bird"}`: the document fits none of the 2 alternatives | write one of `cat`, `dog` for `kind`
schema/one-of  `{"kind":"Cat","lives":3}`: the document fits none of the 2 alternatives | did you mean `cat` for `kind`?
schema/one-of  `{"kind":"dog","breed":7}`: the document fits none of the 2 alternatives | by the nearest alternative, `Dog`, `breed` is a number, not a string; put it in double quotes
schema/one-of  `7`: the document fits none of the 2 alternatives | send an object
schema/any-of  `{}`: the document fits none of the 3 alternatives | send an integer, a string or an array
schema/one-of  `{"a":"abc"}`: the document fits none of the 2 alternatives | by the nearest alternative, `a` is 3 characters long, the limit is 2
schema/one-of  `{"b":"x"}`: the document fits none of the 2 alternatives | by the nearest alternative, `b` is a string, not an integer; write a number, without quotes
"#);
}

#[test]
fn what_is_watched_for_is_told_and_changes_no_verdict() {
    let loaded = Loaded::of(
        "Root: {type: object, properties: {lobId: {type: string, pattern: '[a-z]+'}}, allOf: [{properties: {other: {}}}]}",
    );
    let options = Options {
        watch: Watch {
            unknown_properties: true,
            partial_patterns: true,
            ..Watch::default()
        },
        ..Options::default()
    };
    let plan = loaded.plan("Root", &options);
    let reference = loaded.reference("Root");
    let record = br#"{"lobId":"%a%","lob_id":1,"other":2}"#;
    assert_eq!(plan.judge().scan(record), Scanned::Unsure);
    assert!(agree(&plan, &reference, record));
    insta::assert_snapshot!(told(&plan, record), @r#"
lint/partial-pattern /lobId `"%a%"`: only a part of `lobId` matches its pattern | send only characters that the pattern allows: character 1, a punctuation mark, is none of them
lint/unknown-property /lob_id `"lob_id"`: the document has a property that the specification does not know
"#);
    assert_eq!(
        plan.judge().scan(br#"{"lobId":"abc","other":2}"#),
        Scanned::Valid
    );
}

/// A name that is only required is known, and not what was meant by itself.
#[test]
fn a_name_is_no_suggestion_for_itself() {
    let schemas = "Root: {type: object, required: [a], unevaluatedProperties: false}";
    let plan = Loaded::of(schemas).plan("Root", &Options::default());
    let helps = plan.explain(b"{\"a\": 1}").into_iter().map(|it| it.help);
    assert_eq!(helps.collect::<Vec<_>>(), [None]);
    let helps = plan.explain(b"{\"A\": 1}").into_iter().map(|it| it.help);
    assert!(helps.flatten().any(|it| it == "did you mean `a`?"));
}
