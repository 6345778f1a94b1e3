//! What is found in texts that hold more than one mistake, or that are odd from end to end: each
//! finding once, at its place. Files with one mistake stand in `examples/mistakes`.

use std::process::Command;

use serde_json::Value;

/// The findings of a run over one file, each as `code line:column pointer`.
fn found(name: &str, bytes: &[u8], arguments: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), bytes).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder.path())
        .args(["validate", name, "--format", "json", "--max-findings", "0"])
        .args(arguments)
        .output()
        .expect("specsmith runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let findings = report["findings"].as_array().expect("findings");
    let line = |it: &Value| {
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        let place = &it["location"];
        let place = format!("{}:{}", place["line"], place["column"]);
        let all = [text(&it["code"]), place, text(&it["pointer"])].join(" ");
        all.trim_end().to_owned()
    };
    findings.iter().map(line).collect()
}

fn check(operation: &str, name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let bytes = bytes.as_ref();
    let found = found(name, bytes, &["--operation", operation]);
    assert_eq!(found, expected, "{}", String::from_utf8_lossy(bytes));
}

fn check_agent(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    check("singleAgentMetadata", name, bytes, expected);
}

fn check_batch(bytes: impl AsRef<[u8]>, expected: &[&str]) {
    check("manyAgentMetadata", "x.json", bytes, expected);
}

#[test]
fn a_batch_that_is_no_json_is_told_item_by_item() {
    check_batch(
        r#"{"items":[{"externalAgentId":1},{"externalAgentId":tru},{"externalAgentId":2}]}"#,
        &[
            "schema/type 1:30 /items/0/externalAgentId",
            "json/bare-word 1:55 /items/1",
            "schema/type 1:76 /items/2/externalAgentId",
        ],
    );
    check_batch(
        "\u{feff}{\"items\":[{\"externalAgentId\":tru}]}",
        &["json/byte-order-mark 1:1", "json/bare-word 1:33 /items/0"],
    );
    check_batch(
        r#"{"items":[{"externalAgentId":5}],"x":tru}"#,
        &[
            "schema/type 1:30 /items/0/externalAgentId",
            "json/bare-word 1:41",
        ],
    );
    // One mistake, however much of the text it spoils.
    check_batch(
        "{\"items\":[\n{\"externalAgentId\":\"a\",\n{\"externalAgentId\":\"b\"},\n{\"externalAgentId\":3}]}",
        &["json/syntax 3:1"],
    );
    check_batch(
        r#"{"items":[{"externalAgentId":"a},{"externalAgentId":"b"}]}"#,
        &["json/missing-comma 1:36"],
    );
}

#[test]
fn a_batch_that_is_cut_off_misses_nothing_else() {
    for items in [1, 40_000] {
        let item = r#"{"externalAgentId":"a","agentName":"A"}"#;
        let text = format!("{{\"items\":[\n{}", vec![item; items].join(",\n"));
        let arguments = [
            "--operation",
            "manyAgentMetadata",
            "--allow",
            "lint/duplicate-id",
        ];
        let place = format!("json/truncated {}:{}", items + 1, item.len() + 1);
        assert_eq!(found("x.json", text.as_bytes(), &arguments), [place]);
    }
}

#[test]
fn a_second_byte_order_mark_is_a_mistake() {
    for name in ["x.json", "x.ndjson"] {
        check_agent(
            name,
            "\u{feff}\u{feff}{\"externalAgentId\":\"a\"}",
            &["json/byte-order-mark 1:1", "json/syntax 1:1"],
        );
    }
}

#[test]
fn a_file_in_another_encoding_is_one_mistake() {
    let lines = "{\"externalAgentId\":\"a\"}\n{\"externalAgentId\":\"b\"}\n";
    let wide = |mark: &[u8]| {
        let units = lines.encode_utf16().flat_map(u16::to_le_bytes);
        [mark.to_vec(), units.collect()].concat()
    };
    check_agent("x.ndjson", wide(b"\xff\xfe"), &["json/invalid-utf8 1:1"]);
    check_agent("x.ndjson", wide(b""), &["json/invalid-utf8 1:2"]);
    check_agent("x.json", wide(b"\xff\xfe"), &["json/invalid-utf8 1:1"]);
    check_agent("x.yaml", wide(b"\xff\xfe"), &["json/invalid-utf8 1:1"]);
    check_agent(
        "x.yaml",
        b"externalAgentId: a\nagentName: Jos\xe9\n",
        &["json/invalid-utf8 2:15"],
    );
}

#[test]
fn a_yaml_file_without_a_value_is_one_mistake() {
    for text in [
        "",
        "\u{feff}",
        "\n# nothing\n",
        "---\n",
        "%YAML 1.2\n---\n...\n",
    ] {
        for arguments in [&[][..], &["--operation", "singleAgentMetadata"]] {
            let said = found("x.yaml", text.as_bytes(), arguments);
            assert_eq!(said, ["json/truncated 1:1"], "{text:?} {arguments:?}");
        }
    }
    check_agent("x.yaml", "---\n---\nexternalAgentId: a\n", &[]);
    check_agent("x.yaml", "~\n", &["schema/type 1:1"]);
}

#[test]
fn lax_yaml_keeps_its_places() {
    let lax = "externalAgentId:\ta\nlanguages: [ # 日本\r\n7,\n\"\"\n]\nlobId:\t\"a\tb\"\n";
    check_agent(
        "x.yaml",
        lax,
        &[
            "yaml/lenient 1:18",
            "schema/type 3:1 /languages/0",
            "schema/pattern 4:1 /languages/1",
            "lint/partial-pattern 6:8 /lobId",
        ],
    );
    // What cannot be mended in its place has none.
    check_agent(
        "x.yaml",
        "externalAgentId: \"a\nb\"\nlobId: 7\n",
        &[
            "yaml/lenient 1:18",
            "lint/partial-pattern 1:1 /externalAgentId",
            "schema/type 1:1 /lobId",
        ],
    );
}

#[test]
fn in_yaml_one_mistake_is_one_finding() {
    check_agent(
        "x.yaml",
        "externalAgentId: a\nattributes:\n  - {name: a, value: b, name: c}\n",
        &["json/duplicate-key 3:25 /attributes/0/name"],
    );
    check_agent(
        "x.yaml",
        "externalAgentId: a\nconcurrency: .nan\n",
        &["schema/type 2:14 /concurrency"],
    );
    check_agent(
        "x.yaml",
        "externalAgentId: a\nagentName: .nan\n",
        &["yaml/not-finite 2:12"],
    );
}

#[test]
fn an_object_of_another_kind_is_one_mistake() {
    check_batch(
        r#"{"items":[{"items":[{"externalAgentId":"a"}]}]}"#,
        &["schema/required 1:11 /items/0"],
    );
    check_batch(
        r#"{"items":[{"externalAgentId":"a"},{"externalConversationId":"b"}]}"#,
        &["schema/required 1:35 /items/1"],
    );
    check_batch(r#"{"total":1}"#, &["lint/missing-items 1:1"]);
    // Some of its names are known: then the others are strange for themselves.
    check_batch(
        r#"{"items":[{"lobId":"b","colour":"red"}]}"#,
        &[
            "schema/required 1:11 /items/0",
            "lint/unknown-property 1:24 /items/0",
        ],
    );
    check(
        "singleCustomerMetadata",
        "x.json",
        r#"{"name":"b"}"#,
        &["schema/required 1:1", "schema/required 1:1"],
    );
}
