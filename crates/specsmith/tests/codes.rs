//! Every code has a fixture: a file that raises it. Those of `examples/` are held against their
//! tables by `tests/examples.rs`; here is the rest, what specifications, settings and limits raise.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use specsmith::codes;

/// A file: its name and what stands in it.
type File<'a> = (&'a str, &'a [u8]);

/// The codes that a command raises, in order, each once. A command that reports in words is asked
/// for its words.
fn raised(files: &[File<'_>], arguments: &[&str]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .expect("specsmith runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    // `error[area/name]` and `warning[area/name]`.
    let labels = text.split('[').skip(1).filter_map(|it| it.split_once(']'));
    let codes = labels.map(|(label, _)| label.to_owned());
    codes.filter(|it| codes::find(it).is_some()).collect()
}

fn of(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|it| (*it).to_owned()).collect()
}

/// What a command raised, and what it should.
struct Fixture {
    name: String,
    found: BTreeSet<String>,
    expected: BTreeSet<String>,
}

fn check(expected: &[&str], files: &[File<'_>], arguments: &[&str]) -> Fixture {
    let texts = files.iter().map(|(_, text)| String::from_utf8_lossy(text));
    let texts: Vec<_> = texts
        .map(|it| it.chars().take(200).collect::<String>())
        .collect();
    Fixture {
        name: format!("{arguments:?}\n{}", texts.join("\n")),
        found: raised(files, arguments),
        expected: of(expected),
    }
}

/// A body that is described elsewhere, where nothing is.
const DANGLING: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}\n      responses: {'200': {description: ok}}\n";

/// A value that breaks one rule of a schema of OpenAPI 3.1.
fn rule(code: &str, schema: &str, value: &str) -> Fixture {
    let spec = format!("openapi: 3.1.0\ncomponents:\n  schemas:\n    S: {schema}\n");
    let files = [("s.yaml", spec.as_bytes()), ("x.json", value.as_bytes())];
    let arguments = ["validate", "--spec", "s.yaml", "--schema", "S", "x.json"];
    check(&[code], &files, &arguments)
}

/// A document that is not as it should be.
fn document(expected: &[&str], text: &str) -> Fixture {
    let files = [("s.yaml", text.as_bytes()), ("x.json", b"{}")];
    let arguments = [
        "validate",
        "--max-findings",
        "0",
        "--spec",
        "s.yaml",
        "--schema",
        "S",
        "x.json",
    ];
    check(expected, &files, &arguments)
}

/// An OpenAPI 3.0 document with these schemas beside `S`.
fn schemas(expected: &[&str], text: &str) -> Fixture {
    let head = "openapi: 3.0.3\ncomponents:\n  schemas:\n    S: {type: object}\n";
    document(expected, &format!("{head}    {text}\n"))
}

/// A YAML payload for an agent.
fn yaml(expected: &[&str], text: &[u8]) -> Fixture {
    let arguments = ["validate", "--operation", "singleAgentMetadata", "x.yaml"];
    check(expected, &[("x.yaml", text)], &arguments)
}

fn rules() -> Vec<Fixture> {
    let name = "{properties: {a: {}}}";
    vec![
        rule(
            "schema/additional-properties",
            "{properties: {a: {}}, additionalProperties: false}",
            "{\"b\": 1}",
        ),
        rule(
            "schema/any-of",
            "{anyOf: [{type: string}, {minimum: 5}]}",
            "1",
        ),
        rule("schema/const", "{const: 1}", "2"),
        rule("schema/contains", "{contains: {type: string}}", "[1]"),
        rule(
            "schema/dependent-required",
            "{dependentRequired: {a: [b]}}",
            "{\"a\": 1}",
        ),
        rule(
            "schema/dependent-schemas",
            "{dependentSchemas: {a: false}}",
            "{\"a\": 1}",
        ),
        rule("schema/exclusive-maximum", "{exclusiveMaximum: 1}", "1"),
        rule("schema/exclusive-minimum", "{exclusiveMinimum: 1}", "1"),
        rule("schema/false", "{properties: {a: false}}", "{\"a\": 1}"),
        rule(
            "schema/max-contains",
            "{contains: {type: string}, maxContains: 1}",
            "[\"a\", \"b\"]",
        ),
        rule(
            "schema/max-properties",
            "{maxProperties: 1}",
            "{\"a\": 1, \"b\": 1}",
        ),
        rule("schema/maximum", "{maximum: 1}", "2"),
        rule(
            "schema/min-contains",
            "{contains: {type: string}, minContains: 2}",
            "[\"a\", 1]",
        ),
        rule("schema/min-length", "{minLength: 2}", "\"a\""),
        rule("schema/min-properties", "{minProperties: 2}", "{\"a\": 1}"),
        rule("schema/minimum", "{minimum: 1}", "0"),
        rule("schema/multiple-of", "{multipleOf: 0.1}", "0.25"),
        rule("schema/not", "{not: {type: string}}", "\"a\""),
        rule(
            "schema/one-of",
            "{oneOf: [{minimum: 1}, {minimum: 2}]}",
            "3",
        ),
        rule(
            "schema/property-names",
            "{propertyNames: {maxLength: 1}}",
            "{\"ab\": 1}",
        ),
        rule(
            "schema/unevaluated-items",
            "{prefixItems: [{}], unevaluatedItems: false}",
            "[1, 2]",
        ),
        rule(
            "schema/unevaluated-properties",
            "{properties: {a: {}}, unevaluatedProperties: false}",
            "{\"b\": 1}",
        ),
        rule("schema/unique-items", "{uniqueItems: true}", "[1, 1.0]"),
        rule("lint/unknown-property", name, "{\"b\": 1}"),
        rule(
            "limit/pattern-steps",
            r"{pattern: '^((?=a)a+)+\1$'}",
            &format!("\"{}c\"", "a".repeat(40)),
        ),
        rule("limit/depth", "{}", &"[".repeat(200)),
    ]
}

fn documents() -> Vec<Fixture> {
    let of_3_1 = |schema: &str| {
        format!(
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    S: {{type: object}}\n    A: {schema}\n"
        )
    };
    let operation = |text: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{text}components: {{schemas: {{S: {{}}}}}}\n"
        )
    };
    let ok = "responses: {'200': {description: d}}";
    let bomb: String = (1..8)
        .map(|at| format!("x-{at}: &a{at} [{}]\n", format!("*a{},", at - 1).repeat(9)))
        .collect();
    let unknown: String = (0..1001).map(|at| format!("z{at}: 1\n")).collect();
    let named = of_3_1("{$id: 'http://['}");
    vec![
        check(
            &["spec/unusable-schema"],
            &[("s.yaml", named.as_bytes()), ("a.json", b"{}")],
            &[
                "validate",
                "a.json",
                "--spec",
                "s.yaml",
                "--schema",
                "A",
                "--engine",
                "reference",
            ],
        ),
        schemas(&["spec/duplicate-key"], "A: {type: string, type: string}"),
        schemas(&["spec/invalid-default"], "A: {type: string, default: 1}"),
        schemas(&["spec/invalid-example"], "A: {type: string, example: 1}"),
        document(
            &["spec/duplicate-operation-id"],
            &operation(&format!(
                "  /a:\n    get: {{operationId: a, {ok}}}\n    put: {{operationId: a, {ok}}}\n"
            )),
        ),
        document(
            &["spec/duplicate-parameter"],
            &operation(&format!(
                "  /a:\n    get:\n      parameters:\n      - {{name: q, in: query, schema: {{}}}}\n      - {{name: q, in: query, schema: {{}}}}\n      {ok}\n"
            )),
        ),
        document(
            &["spec/invalid-path"],
            &operation(&format!("  a:\n    get: {{{ok}}}\n")),
        ),
        document(
            &["spec/invalid-object"],
            &operation("  /a:\n    get: {responses: {'200': {}}}\n"),
        ),
        document(
            &["spec/unknown-security-scheme"],
            &operation(&format!(
                "  /a:\n    get: {{security: [{{k: []}}], {ok}}}\n"
            )),
        ),
        schemas(&["spec/empty-enum"], "A: {enum: []}"),
        schemas(&["spec/escaping-reference"], "A: {$ref: '../a.yaml#/A'}"),
        schemas(
            &["spec/ignored-keyword"],
            "A: {$ref: '#/components/schemas/S', maxLength: 1}",
        ),
        schemas(&["spec/invalid-keyword"], "A: {maxLength: long}"),
        schemas(&["spec/invalid-reference"], "A: {$ref: '#/%'}"),
        schemas(&["spec/missing-file"], "A: {$ref: 'a.yaml#/A'}"),
        schemas(
            &["spec/missing-target"],
            "A: {$ref: '#/components/schemas/SS'}",
        ),
        schemas(
            &["spec/number-too-large"],
            "A: {type: string, maxLength: 99999999999999999999}",
        ),
        schemas(
            &["spec/reference-cycle"],
            "A: {$ref: '#/components/schemas/A'}",
        ),
        schemas(
            &["spec/remote-reference"],
            "A: {$ref: 'https://localhost/a.yaml'}",
        ),
        schemas(&["spec/unknown-keyword"], "A: {maxLenght: 1}"),
        schemas(&["spec/wrong-target"], "A: {$ref: '#/openapi'}"),
        document(
            &["spec/newer-version"],
            "openapi: 3.2.0\ncomponents: {schemas: {S: {}}}\n",
        ),
        document(&["spec/not-openapi"], "components: {schemas: {S: {}}}\n"),
        document(
            &["spec/unsupported-version"],
            "swagger: '2.0'\ndefinitions: {S: {}}\n",
        ),
        document(
            &["spec/unsupported-dialect"],
            &of_3_1("{$schema: 'http://json-schema.org/draft-07/schema#'}"),
        ),
        document(
            &["spec/reference-base"],
            &of_3_1(
                "{$id: 'https://localhost/a', properties: {a: {$ref: '#/components/schemas/S'}}}",
            ),
        ),
        document(
            &["yaml/several-documents"],
            "openapi: 3.0.3\n---\nopenapi: 3.0.3\n",
        ),
        document(
            &["limit/aliases"],
            &format!("openapi: 3.0.3\nx-0: &a0 [1]\n{bomb}"),
        ),
        document(
            &["limit/findings", "spec/unknown-keyword"],
            &format!("openapi: 3.0.3\ncomponents: {{schemas: {{S: {{}}}}}}\n{unknown}"),
        ),
        check(
            &["spec/not-utf8"],
            &[
                ("s.yaml", b"openapi: 3.0.3\ninfo: \xff\n"),
                ("x.json", b"{}"),
            ],
            &["validate", "--spec", "s.yaml", "x.json"],
        ),
        check(
            &["spec/unreadable"],
            &[("x.json", b"{}")],
            &["validate", "--spec", "s.yaml", "x.json"],
        ),
    ]
}

fn payloads() -> Vec<Fixture> {
    vec![
        yaml(&["yaml/complex-key"], b"externalAgentId: a\n? [b]\n: c\n"),
        yaml(
            &["yaml/lenient"],
            b"externalAgentId: a\nlanguages: [a,\nb]\n",
        ),
        yaml(&["yaml/syntax"], b"externalAgentId: [a\nlobId: b\n"),
        yaml(
            &["yaml/unknown-alias"],
            b"externalAgentId: a\nattributes: &b [*b]\n",
        ),
        yaml(
            &["yaml/unknown-tag"],
            b"externalAgentId: a\nlobId: !secret b\n",
        ),
        yaml(
            &["yaml/not-finite"],
            b"externalAgentId: a\nagentName: .inf\n",
        ),
    ]
}

fn settings() -> Vec<Fixture> {
    let agent = b"{\"externalAgentId\": \"a\"}";
    let run = |code: &str, files: &[File<'_>], arguments: &[&str]| {
        check(&[code], files, &[&["validate"], arguments].concat())
    };
    let configured = |code: &str, config: &str| {
        let files = [("specsmith.toml", config.as_bytes()), ("x.json", agent)];
        run(code, &files, &["x.json"])
    };
    // Types that stand inside one another without end in sight.
    let nested = (0..110).fold("{}".to_owned(), |inner, _| format!("{{items: {inner}}}"));
    let nested = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {nested}}}}}\n"
    );
    let mixed = b"{\"items\": [{\"externalAgentId\": \"a\", \"jobRole\": \"b\"}, {\"externalCustomerId\": \"a\", \"phoneNumber\": \"5\"}]}";
    let baseline = b"{\"version\": 1, \"key\": \"k\", \"findings\": [\n{\"file\": \"x.json\", \"code\": \"schema/type\", \"pointer\": \"\", \"record\": \"r\", \"count\": 1}\n]}";
    vec![
        run("config/no-input", &[], &[]),
        run("config/unreadable-file", &[], &["x.json"]),
        run(
            "config/ambiguous-operation",
            &[("x.json", b"{\"externalConversationId\": \"a\"}")],
            &["x.json"],
        ),
        run(
            "config/no-operation",
            &[("x.json", b"{\"colour\": 1}")],
            &["x.json"],
        ),
        run("config/mixed-operations", &[("x.json", mixed)], &["x.json"]),
        check(
            &["config/unread-target", "spec/missing-target"],
            &[
                ("s.yaml", DANGLING.as_bytes()),
                ("x.json", br#"{"anything": 1}"#),
            ],
            &["validate", "--spec", "s.yaml", "x.json"],
        ),
        run(
            "config/unknown-operation",
            &[("x.json", agent)],
            &["--operation", "oneAgentMetadata", "x.json"],
        ),
        run(
            "config/spec-as-payload",
            &[("x.yaml", b"openapi: 3.0.3\npaths: {}\n")],
            &["x.yaml"],
        ),
        run(
            "config/stale-baseline",
            &[("x.json", agent), ("base", baseline)],
            &["--baseline", "base", "x.json"],
        ),
        configured("config/syntax", "strict = yes\n"),
        configured("config/unknown-key", "stritc = true\n"),
        configured("config/invalid-value", "strict = 1\n"),
        configured("limit/record", "[limits]\nrecord = 10\n"),
        check(
            &["model/untyped"],
            &[("s.yaml", nested.as_bytes())],
            &["generate", "s.yaml", "--out", "models"],
        ),
    ]
}

/// What `cargo xtask codegen` finds in its configuration, which the command does not read.
fn configurations() -> Vec<Fixture> {
    let check = |code: &str, codegen: &str, crates: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = format!("{codegen}[codegen.crates]\n");
        for name in ["a", "b"] {
            let other = if name == "a" { "b" } else { "a" };
            let text = format!(
                "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {{type: object, properties: {{x: {{$ref: '{other}.yaml#/components/schemas/S'}}}}}}\n"
            );
            std::fs::write(folder.path().join(format!("{name}.yaml")), text).expect("written");
        }
        for (name, krate) in ["a", "b"].iter().zip(crates) {
            config.push_str(&format!("\"{name}.yaml\" = \"{krate}\"\n"));
        }
        let config = specsmith_codegen::Config::parse(&config).expect("a configuration");
        let generated = specsmith_codegen::generate(&config, folder.path());
        let found = generated.findings.iter().map(|it| it.code.to_string());
        Fixture {
            name: codegen.to_owned(),
            found: found.collect(),
            expected: of(&[code]),
        }
    };
    vec![
        check("config/crate-circle", "", &["one", "other"]),
        check(
            "config/no-attribute-list",
            "[codegen.attributes]\nlists = [\"Tags\"]\n",
            &["one", "one"],
        ),
        check(
            "config/impossible-rename",
            "[codegen.rename]\nNothing = \"Something\"\n",
            &["one", "one"],
        ),
        check(
            "config/unknown-selection",
            "[codegen]\nschemas = [\"SS\"]\n",
            &["one", "one"],
        ),
    ]
}

/// Codes that no file can make the command raise, and the test that raises them.
const ELSEWHERE: &[(&str, &str)] = &[
    // What the derives and the models find; the command does not run them.
    (
        "attribute/duplicate",
        "crates/specsmith-codegen/tests/attributes.rs",
    ),
    (
        "attribute/incomplete",
        "crates/specsmith-codegen/tests/attributes.rs",
    ),
    (
        "attribute/missing",
        "crates/specsmith-codegen/tests/attributes.rs",
    ),
    (
        "attribute/unknown",
        "crates/specsmith-codegen/tests/attributes.rs",
    ),
    (
        "attribute/unparsable",
        "crates/specsmith-codegen/tests/attributes.rs",
    ),
    (
        "attribute/value",
        "crates/specsmith-codegen/tests/attributes.rs",
    ),
    (
        "model/not-representable",
        "crates/specsmith-rules/tests/from_json.rs",
    ),
    // Limits that only a document of many megabytes meets; tested with smaller ones.
    ("limit/bytes", "crates/specsmith-source/tests/it/texts.rs"),
    (
        "limit/documents",
        "crates/specsmith-source/tests/it/texts.rs",
    ),
    ("limit/schemas", "crates/specsmith-source/tests/it/texts.rs"),
    // What the readers and the other engine say about a specification that the command has
    // refused by then.
    (
        "spec/invalid-pattern",
        "crates/specsmith-reference/tests/judge.rs",
    ),
    (
        "spec/unknown-target",
        "crates/specsmith-reference/tests/judge.rs",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The codes in the table of a folder of examples.
fn of_table(path: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(path)).expect(path);
    let mut lines = text.lines();
    let head = lines.next().expect("a head").split('\t');
    let column = head.into_iter().position(|it| it == "code");
    let column = column.expect("a column of codes");
    let cells = lines.filter_map(|line| line.split('\t').nth(column));
    cells.map(str::to_owned).collect()
}

#[test]
fn every_code_is_unique_documented_and_has_a_fixture() {
    let page = std::fs::read_to_string(root().join("docs/codes.md")).expect("the page");
    let mut all = BTreeSet::new();
    for info in codes::all() {
        let code = info.code.as_str();
        assert!(all.insert(code.to_owned()), "{code} is there twice");
        assert!(!info.explanation.is_empty(), "{code} has no explanation");
        assert_eq!(
            page.matches(&format!("### `{code}`\n")).count(),
            1,
            "{code} on the page"
        );
    }
    let mut raised = of_table("examples/mistakes/expected.tsv");
    raised.append(&mut of_table("examples/payloads/expected/mistakes.tsv"));
    let mut wrong = Vec::new();
    for fixture in [
        rules(),
        documents(),
        payloads(),
        settings(),
        configurations(),
    ]
    .into_iter()
    .flatten()
    {
        if fixture.found != fixture.expected {
            wrong.push(format!(
                "{}\n   found {:?}\nexpected {:?}",
                fixture.name, fixture.found, fixture.expected
            ));
        }
        raised.extend(fixture.expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    for (code, file) in ELSEWHERE {
        let text = std::fs::read_to_string(root().join(file)).expect(file);
        assert!(text.contains(code), "{file} says nothing of {code}");
        assert!(
            raised.insert((*code).to_owned()),
            "{code} has a fixture after all"
        );
    }
    let without: Vec<_> = all.difference(&raised).collect();
    assert!(without.is_empty(), "no fixture: {without:?}");
    let unknown: Vec<_> = raised.difference(&all).collect();
    assert!(unknown.is_empty(), "not documented: {unknown:?}");
}
