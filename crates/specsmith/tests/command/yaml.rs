//! Payloads in YAML.

use std::path::Path;

use serde_json::Value;

use crate::support::{folder, run};

#[test]
fn yaml_is_read_as_its_core_says() {
    let text = "externalAgentId: a\nlobId: no\nagentName: on\nworkShift: 2020-01-01\njobTitle: 1_000\nranking: 017\n---\nexternalAgentId: b\nlobId: true\nranking: 3.5\nlobId: x\n";
    let folder = folder(&[("x.yaml", text)]);
    let ran = run(folder.path(), &["validate", "x.yaml", "--format", "json"]);
    let report = ran.report();
    let places: Vec<_> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|it| {
            let place = &it["location"];
            format!(
                "{} {}:{} {}",
                it["code"].as_str().expect("a code"),
                place["line"],
                place["column"],
                it["record"]["index"]
            )
        })
        .collect();
    let expected = [
        "json/duplicate-key 11:1 1",
        "schema/type 9:8 1",
        "schema/type 10:10 1",
    ];
    assert_eq!(
        places, expected,
        "`no`, `on`, dates and `1_000` are text, `017` is a number"
    );
    assert_eq!(report["summary"]["records"], 2);
}

#[test]
fn places_in_yaml_are_those_of_the_file() {
    let folder = folder(&[
        (
            "x.yaml",
            "# für 日本 😀\nbusinessRule: \"日本語 🙂\"\nexternalConversationId: &id a\nattributes:\n  - {name: 'größe', value: 3}\n  - name: *id\n    valeu: 🙂\n---\r\nexternalConversationId: *id\n...\n---\nexternalConversationId: c\ndeviceType: Mobile\n",
        ),
        ("open.yaml", "externalAgentId: \"a\nlobId: b\n"),
        ("none.yaml", "- [a\n- \"b\n"),
        ("bom.yaml", "\u{feff}externalAgentId: 7\n"),
    ]);
    let places = |file: &str| {
        let ran = run(folder.path(), &["validate", file, "--format", "json"]);
        let findings = ran.report()["findings"].clone();
        let findings = findings.as_array().expect("findings").iter();
        let place = |it: &Value| {
            let place = &it["location"];
            let code = it["code"].as_str().expect("a code");
            format!("{code} {}:{}", place["line"], place["column"])
        };
        findings.map(place).collect::<Vec<_>>()
    };
    assert_eq!(
        places("x.yaml"),
        [
            "schema/type 5:28",
            "lint/incomplete-attribute 7:5",
            "yaml/unknown-alias 9:25",
            "schema/enum 13:13",
        ]
    );
    assert_eq!(places("open.yaml"), ["yaml/syntax 1:18"]);
    assert_eq!(places("none.yaml"), ["yaml/syntax 3:1"]);
    assert_eq!(places("bom.yaml"), ["schema/type 1:18"]);
}

/// The table of docs/payloads.md, held to what is read.
#[test]
fn yaml_is_what_the_page_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/payloads.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let (_, table) = page.split_once("| written | is |\n").expect("the table");
    let mut documents = String::new();
    let mut expected = Vec::new();
    for row in table.lines().skip(1).take_while(|row| row.starts_with('|')) {
        let (written, is) = row.trim_matches('|').split_once('|').expect("two cells");
        let kind = match is.trim() {
            it if it.starts_with("text") => "a string",
            it if it.contains("number") => "a number",
            "true" => "a boolean",
            "null" => "null",
            other => panic!("what is {other}?"),
        };
        let quoted = written.split('`').skip(1).step_by(2);
        let nothing = written.contains("nothing").then_some("");
        for text in quoted.chain(nothing) {
            documents.push_str(&format!("---\nx: {text}\n"));
            expected.push(format!("`x` is {kind}, not an object"));
        }
    }
    assert!(expected.len() > 20, "{expected:?}");
    let spec =
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    S: {properties: {x: {type: object}}}\n";
    let folder = folder(&[("s.yaml", spec), ("x.yaml", &documents)]);
    let arguments = ["validate", "x.yaml", "--spec", "s.yaml", "--schema", "S"];
    let more = ["--format", "json", "--allow", "yaml/not-finite"];
    let report = run(folder.path(), &[&arguments[..], &more].concat()).report();
    let findings = report["findings"].as_array().expect("findings").iter();
    let found = findings.map(|it| it["message"].as_str().expect("a message").to_owned());
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

/// An id that was there before is told with its own line, whatever it was read from.
#[test]
fn repeated_ids_name_the_line_of_the_earlier_one() {
    let yaml = "items:\n- externalAgentId: k1\n- externalAgentId: k2\n";
    let json = "{\"items\": [\n{\"externalAgentId\": \"k1\"},\n{\"externalAgentId\": \"k2\"}]}";
    let folder = folder(&[("a.yaml", yaml), ("b.json", json), ("c.json", json)]);
    for (files, engine) in [
        (["a.yaml", "b.json"], "plan"),
        (["b.json", "c.json"], "plan"),
        (["b.json", "c.json"], "reference"),
    ] {
        let arguments = ["validate", files[0], files[1], "--engine", engine];
        let ran = run(folder.path(), &arguments);
        for line in [2, 3] {
            let help = format!("the earlier record is in {}, line {line}", files[0]);
            assert!(ran.out.contains(&help), "{engine}: {}", ran.out);
        }
    }
}

#[test]
fn what_aliases_repeat_is_told_once() {
    let anchored = "items:\n  - &one\n    externalAgentId: a\n    lobId: &n 7\n  - {<<: *one, externalAgentId: b}\n  - {externalAgentId: c, lobId: *n, lobName: *n}\n";
    // Only laxer readers take this, and without places.
    let item = |id: &str| format!(" - externalAgentId: \"{id}\n\n\"\n   lobId: 7\n");
    let lax = format!("items:\n{}{}", item("a"), item("b"));
    let folder = folder(&[("anchored.yaml", anchored), ("lax.yaml", &lax)]);
    for engine in ["plan", "reference"] {
        let arguments = [
            "validate",
            "anchored.yaml",
            "--engine",
            engine,
            "--format",
            "concise",
        ];
        let ran = run(folder.path(), &arguments);
        let told: Vec<_> = ran.out.lines().collect();
        let one = "anchored.yaml:4:12: error[schema/type] `lobId` is a number, not a string or null (record 0, id a, /items/0/lobId); put it in double quotes; aliases repeat it 2 times";
        let other = "anchored.yaml:4:12: error[schema/type] `lobName` is a number, not a string or null (record 2, id c, /items/2/lobName); put it in double quotes";
        assert_eq!(told, [one, other], "{engine}");
    }
    let ran = run(
        folder.path(),
        &["validate", "lax.yaml", "--format", "concise"],
    );
    assert_eq!(
        ran.out.matches("error[schema/type]").count(),
        2,
        "{}",
        ran.out
    );
}

#[test]
fn a_dash_without_a_space_is_told_as_that() {
    let item = |name: &str| format!(" -externalAgentId: {name}\n");
    let (one, two) = (item("a"), item("b"));
    let folder = folder(&[
        ("one.yaml", &format!("items:\n{one}")),
        ("two.yaml", &format!("items:\n{one}{two}")),
        ("long.yaml", &format!("items:\n{one}  lobId: x\n")),
    ]);
    for (file, findings) in [("one.yaml", 1), ("two.yaml", 2), ("long.yaml", 1)] {
        let ran = run(folder.path(), &["validate", file, "--format", "concise"]);
        let help = "; put a space behind each `-` that begins an item of a list\n";
        assert_eq!(ran.out.matches(help).count(), findings, "{}", ran.out);
        assert_eq!(ran.out.lines().count(), findings, "{}", ran.out);
    }
}

/// YAML has no control characters, in payloads as in specifications: a text that is shown as one word
/// would be another.
#[test]
fn control_characters_are_no_yaml() {
    let spec = |title: &str| {
        format!(
            "openapi: 3.0.3\ninfo:\n  title: {title}\n  version: '1'\npaths: {{}}\ncomponents: {{schemas: {{A: {{}}}}}}\n"
        )
    };
    let folder = folder(&[
        ("plain.yaml", "externalAgentId: a\u{1b}b\n"),
        ("quoted.yaml", "# é\n\nexternalAgentId: \"a\0b\"\n"),
        ("half.yaml", "externalAgentId: \"a\\uD83D\"\n"),
        ("spec.yaml", &spec("a\u{7}")),
        ("good.yaml", &spec("a")),
        ("a.json", "{}"),
    ]);
    let control = "a control character stands in the text; remove it, or write it as an escape in double quotes\n";
    let half = "this escape is one half of a surrogate pair; write the character itself\n";
    let (payload, spec) = (["--operation", "singleAgentMetadata"], ["--schema", "A"]);
    for (arguments, place, said, code) in [
        (
            [&payload[..], &["plain.yaml"]],
            "plain.yaml:1:19",
            control,
            1,
        ),
        (
            [&payload[..], &["quoted.yaml"]],
            "quoted.yaml:3:20",
            control,
            1,
        ),
        ([&payload[..], &["half.yaml"]], "half.yaml:1:20", half, 1),
        (
            [&["--spec", "spec.yaml"], &["a.json"]],
            "spec.yaml:3:11",
            control,
            2,
        ),
        (
            [&["--spec", "good.yaml", spec[0], spec[1]], &["a.json"]],
            "",
            "",
            0,
        ),
    ] {
        let arguments = ["validate", "--format", "concise"]
            .into_iter()
            .chain(arguments.concat());
        let ran = run(folder.path(), &arguments.collect::<Vec<_>>());
        assert_eq!(ran.code, code, "{} {}", ran.out, ran.err);
        let told = ran.out.lines().filter(|it| it.contains("yaml/syntax"));
        assert_eq!(told.count(), usize::from(code > 0), "{}", ran.out);
        let expected = format!("{place}: error[yaml/syntax] {said}");
        assert!(code == 0 || ran.out.contains(&expected), "{}", ran.out);
    }
}
