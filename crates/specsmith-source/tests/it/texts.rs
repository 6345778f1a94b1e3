//! Texts: JSON and YAML, what they mean, and what they must not be.

use specsmith_source::{Limits, load};

use crate::support::{assert_same, check_findings, check_lower, read_within, said};

const HEAD: &str = "openapi: 3.0.3\ncomponents:\n  schemas:\n";

fn yaml(schemas: &str) -> String {
    format!("{HEAD}{schemas}")
}

#[test]
fn versions() {
    check_findings(&[("a.yaml", "openapi: 3.0.99")], "");
    check_findings(&[("a.yaml", "openapi: 3.1")], "");
    check_findings(
        &[("a.yaml", "openapi: 3.2.0\n")],
        "1:10 warn spec/newer-version: OpenAPI 3.2 is read as 3.1; what only 3.2 has is passed over",
    );
    check_findings(
        &[("a.json", r#"{"swagger": "2.0", "paths": {}}"#)],
        "1:13 deny spec/unsupported-version: this is a Swagger 2.0 document; OpenAPI 3.0 and 3.1 are read (convert it to OpenAPI 3 first, as with `npx swagger2openapi` or the Swagger editor)",
    );
    check_findings(
        &[("a.yaml", "openapi: 4.0.0")],
        "1:10 deny spec/unsupported-version: this version of OpenAPI is not read (write the version as `3.0.3` or `3.1.0`; 3.2 is read as 3.1)",
    );
    for text in ["", "just text", "[]", "info: {}", "# nothing\n"] {
        check_findings(
            &[("a.yaml", text)],
            "1:1 deny spec/not-openapi: this is no OpenAPI document: it has no `openapi` (begin it with the version that it is written in, such as `openapi: 3.0.3`)",
        );
    }
}

#[test]
fn byte_order_marks_are_passed_over() {
    check_findings(
        &[("a.yaml", "\u{feff}openapi: 3.0.3\nx: 1\n")],
        "2:1 warn spec/unknown-keyword: `x` is no entry of an OpenAPI document",
    );
    check_findings(&[("a.json", "\u{feff}{\"openapi\": \"3.0.3\"}")], "");
}

#[test]
fn text_that_is_not_utf_8() {
    struct Bytes;
    impl specsmith_source::Fetch for Bytes {
        fn read(&self, _: &std::path::Path, _: usize) -> std::io::Result<Vec<u8>> {
            Ok(b"openapi: 3.0.3\ninfo: \xff\n".to_vec())
        }
        fn allows(&self, _: &std::path::Path, _: &std::path::Path) -> std::io::Result<bool> {
            Ok(true)
        }
    }
    let (specification, findings) = load(&["a.yaml".into()], &Bytes, &Limits::default());
    assert!(specification.is_none());
    assert_same(
        &said(&findings, "a.yaml"),
        "2:7 deny spec/not-utf8: the text is not UTF-8 from here on (save the file as UTF-8)",
    );
}

#[test]
fn duplicate_keys_are_said_and_the_first_counts() {
    let expect = "
        A = string
        5:5 warn spec/duplicate-key: this key stands here twice; the first one counts (remove one of the two)
        ";
    check_lower(
        &[(
            "a.yaml",
            &yaml("    A: {type: string}\n    A: {type: number}\n"),
        )],
        expect,
    );
    let json = "{\"openapi\": \"3.0.3\", \"components\": {\"schemas\":\n{\n\n\"A\": {\"type\": \"string\"},\n    \"A\": {\"type\": \"number\"}}}}";
    check_lower(&[("a.json", json)], expect);
}

#[test]
fn scalars_of_the_core_schema() {
    check_lower(
        &[(
            "a.yaml",
            &yaml(
                "    A:
      enum: [~, null, Null, '', True, FALSE, yes, on, 0x1F, 0o17, 007, +1, .5, 1., 1e3, 1_000, 2024-01-01, '5', \"6\", !!str 7, !!int '8', -0]
      default: .inf
      example: !thing x
",
            ),
        )],
        r#"
        A = in [null, null, null, "", true, false, "yes", "on", 31, 15, 7, 1, 0.5, 1, 1000, "1_000", "2024-01-01", "5", "6", "7", 8, 0] @default=".inf" @example="x"
        6:16 warn yaml/not-finite: JSON has no infinity and no not-a-number (leave it out, or write `null` where that is allowed)
        7:16 warn yaml/unknown-tag: a tag that JSON has no value for is passed over (remove the tag)
        6:16 warn spec/invalid-default: the default is neither one of the 19 allowed values nor null
        7:16 warn spec/invalid-example: the example is neither one of the 19 allowed values nor null
        "#,
    );
}

#[test]
fn keys_are_text_whatever_they_look_like() {
    check_lower(
        &[(
            "a.yaml",
            &yaml("    A: {properties: {1: {}, null: {}, true: {}, 1.0: {}, 'on': {}}}\n"),
        )],
        "A = any+{1: any, null: any, true: any, 1.0: any, on: any}",
    );
    check_findings(
        &[("a.yaml", "openapi: 3.0.3\n? [a]\n: b\n")],
        "2:3 deny yaml/complex-key: a list or a mapping cannot be a key (write a text for the key)",
    );
}

#[test]
fn anchors_and_merge_keys() {
    check_lower(
        &[(
            "a.yaml",
            &yaml(
                "    A: &a {type: string, maxLength: 5}
    B: *a
    C:
      <<: *a
      maxLength: 6
      title: &t text
    D: {<<: [{minLength: 1}, *a, {minLength: 2}], description: *t}
    E: {properties: {'<<': *a}}
",
            ),
        )],
        "
        A = string(..5)
        B = string(..5)
        C = string(..6) @title=\"text\"
        D = string(1..5) @description=\"text\"
        E = any+{<<: string(..5)}
        ",
    );
    check_findings(
        &[("a.yaml", "openapi: 3.0.3\ninfo: &a {x: *a}\n")],
        "2:14 deny yaml/unknown-alias: this alias names no anchor that is complete before it (write the anchor before it, or the value itself)",
    );
}

#[test]
fn places_are_right_behind_characters_of_several_bytes() {
    check_findings(
        &[(
            "a.yaml",
            "# für 日本 😀\nopenapi: 3.0.3\nx-a: 'ä😀'\nx-b: |\n  größe\n  😀\nö1: {}\npaths: {/ä: {öö: 1}} # ende ß\nwrong: \"ü\\u00fc\"\r\nlast: 1\r\n",
        )],
        "
        7:1 warn spec/unknown-keyword: `ö1` is no entry of an OpenAPI document
        8:14 warn spec/unknown-keyword: `öö` is no entry of a path
        9:1 warn spec/unknown-keyword: `wrong` is no entry of an OpenAPI document
        10:1 warn spec/unknown-keyword: `last` is no entry of an OpenAPI document
        ",
    );
}

#[test]
fn broken_texts() {
    check_findings(
        &[("a.json", "{\"openapi\": \"3.0.3\",}")],
        "1:21 deny json/trailing-comma: a comma stands before the closing bracket (remove the comma)",
    );
    check_findings(
        &[("a.yaml", "openapi: 3.0.3\ninfo: [a\npaths: {}\n")],
        "3:6 deny yaml/syntax: a `:` stands where no key can (look for a bracket or a quote that is not closed before it)",
    );
    check_findings(
        &[("a.yaml", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n")],
        "2:1 deny yaml/several-documents: a second YAML document begins here (put each document into a file of its own)",
    );
}

#[test]
fn yaml_in_flow_style_begins_like_json() {
    check_lower(
        &[(
            "a.yaml",
            "{openapi: 3.0.3, components: {schemas: {A: {type: string}}}}",
        )],
        "A = string",
    );
}

#[test]
fn limits() {
    let limits = Limits {
        depth: 8,
        aliases: 10,
        schemas: 3,
        findings: 2,
        bytes: 300,
        documents: 1,
    };
    let check = |text: &str, expect: &str| {
        let (_, findings) = read_within(&[("a.yaml", text)], &limits);
        assert_same(&said(&findings, "a.yaml"), expect);
    };
    check(
        "openapi: 3.0.3\nx-a: [[[[[[[[1]]]]]]]]",
        "2:13 deny limit/depth: arrays and objects are nested deeper than the limit",
    );
    check(
        "{\"openapi\": [[[[[[[[1]]]]]]]]}",
        "1:20 deny limit/depth: arrays and objects are nested deeper than the limit",
    );
    check(
        "openapi: 3.0.3\nx-a: &a [1, 2, 3]\nx-b: [*a, *a]\nx-c: [*a, *a]\n",
        "4:7 deny limit/aliases: the aliases up to here add more values than the limit",
    );
    check(
        "openapi: 3.0.3\nx-a: &a [[[[1]]]]\nx-b: [[[*a]]]\nx-c: 1",
        "",
    );
    check(
        "openapi: 3.0.3\nx-a: &a [[[[1]]]]\nx-b: [[[[[*a]]]]]\n",
        "3:11 deny limit/depth: arrays and objects are nested deeper than the limit",
    );
    check(
        "openapi: 3.0.3\ncomponents: {schemas: {A: {}, B: {}, C: {}, D: {}, E: {}}}\n",
        "2:48 deny limit/schemas: more schemas than the limit stand up to here",
    );
    check(
        "openapi: 3.0.3\na: 1\nb: 1\nc: 1\nd: 1\n",
        "
        2:1 warn spec/unknown-keyword: `a` is no entry of an OpenAPI document
        3:1 warn spec/unknown-keyword: `b` is no entry of an OpenAPI document
        - warn limit/findings: 2 more findings about the specification are not shown
        ",
    );
    check(
        &format!("openapi: 3.0.3\n# {}", "x".repeat(300)),
        "- deny limit/bytes: `a.yaml` is longer than the limit",
    );
    check(
        "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: 'b.yaml'}}}\n",
        "2:34 deny limit/documents: more documents than the limit are referred to",
    );
}

/// The reader of YAML gives up on brackets by itself, and a laxer one must not take over: it takes
/// time by the square of their depth.
#[test]
fn brackets_without_end_are_too_deep() {
    let brackets = "[".repeat(100_000);
    let deny = "limit/depth: arrays and objects are nested deeper than the limit";
    let said_of = |text: &str| {
        let (_, findings) = read_within(&[("a.yaml", text)], &Limits::default());
        said(&findings, "a.yaml")
    };
    let found = said_of(&format!("openapi: 3.0.3\nx-a: {brackets}\n"));
    assert_same(&found, &format!("2:261 deny {deny}"));
    let found = said_of(&format!(
        "openapi: 3.0.3\nx:\n  y:\n    z: {{a: \"a\n  b\"}}\ny: {brackets}\n"
    ));
    assert!(found.contains("deny yaml/syntax"), "{found}");
}

#[test]
fn schemas_beyond_the_limit_accept_anything() {
    let limits = Limits {
        schemas: 2,
        ..Limits::default()
    };
    let text = yaml(
        "    A: {type: string, not: {type: number, not: {type: string}}}\n    B: {$ref: '#/components/schemas/A'}\n",
    );
    let (read, _) = read_within(&[("a.yaml", &text)], &limits);
    let (_, lowered) = read.expect("it loads");
    assert_same(
        &crate::render::model(&lowered.model),
        "
        A = string & not(any)
        B = -> A
        ",
    );
}

#[test]
fn grave_findings_are_kept_before_light_ones() {
    let limits = Limits {
        findings: 1,
        ..Limits::default()
    };
    let text = "openapi: 3.0.3\na: 1\ncomponents: {schemas: {A: {$ref: '#/%'}}}\n";
    let (_, findings) = read_within(&[("a.yaml", text)], &limits);
    assert_same(
        &said(&findings[..1], "a.yaml"),
        "3:34 deny spec/invalid-reference: what stands behind the `#` is no JSON pointer (write `~0` for `~`, `~1` for `/` and `%25` for `%` in a name)",
    );
    assert_eq!(findings.len(), 2, "and one that says so");
}

#[test]
fn nesting_up_to_the_limit_is_fine_everywhere() {
    let depth = 200;
    let json = format!(
        "{{\"openapi\": \"3.1.0\", \"components\": {{\"schemas\": {{\"A\": {}{{}}{}}}}}}}",
        "{\"not\": ".repeat(depth),
        "}".repeat(depth)
    );
    check_findings(&[("a.json", &json)], "");
    check_findings(&[("a.yaml", &json)], "");
    let example = format!(
        "{{\"openapi\": \"3.1.0\", \"components\": {{\"schemas\": {{\"A\": {{\"example\": {}1{}}}}}}}}}",
        "[".repeat(depth),
        "]".repeat(depth)
    );
    check_findings(&[("a.json", &example)], "");
}

#[test]
fn payloads_in_yaml() {
    let (root, findings) = specsmith_source::read_yaml("a: 1\nb: [x]\na: 2\n", &Limits::default());
    let root = root.expect("it is read");
    assert_eq!(
        root.get("a").and_then(|it| it.as_number()?.to_i64()),
        Some(1)
    );
    assert_same(
        &said(&findings, ""),
        "3:1 deny json/duplicate-key: the object has this property already (keep one of the two)",
    );
}
