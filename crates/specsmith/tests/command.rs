//! The command as people run it: paths, streams, exit codes, files.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

struct Ran {
    out: String,
    err: String,
    code: i32,
}

impl Ran {
    fn report(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|_| panic!("no JSON: {}\n{}", self.out, self.err))
    }

    fn codes(&self) -> Vec<String> {
        let findings = self.report()["findings"].clone();
        let findings = findings.as_array().expect("findings").iter();
        findings
            .map(|it| it["code"].as_str().expect("a code").to_owned())
            .collect()
    }
}

fn run_with(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("specsmith runs");
    // A command that does not read may be gone before everything is written.
    let _ = child.stdin.take().expect("standard input").write_all(stdin);
    let output = child.wait_with_output().expect("specsmith ends");
    Ran {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().expect("an exit code"),
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, arguments, b"")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

const GOOD: &str = "{\"externalAgentId\": \"a-1\", \"lobId\": \"x\"}\n";
const BAD: &str = "{\"externalAgentId\": \"a-1\", \"lobId\": 7}\n";
const ODD: &str = "{\"externalAgentId\": \"a-1\", \"lobbId\": \"x\"}\n";

#[test]
fn exit_codes_say_how_it_went() {
    let folder = folder(&[("good.json", GOOD), ("bad.json", BAD), ("odd.json", ODD)]);
    let code = |arguments: &[&str]| run(folder.path(), arguments).code;
    assert_eq!(code(&["validate", "good.json"]), 0);
    assert_eq!(code(&["validate", "bad.json"]), 1);
    assert_eq!(code(&["validate", "bad.json", "--exit-zero"]), 0);
    assert_eq!(code(&["validate", "bad.json", "--allow", "schema/type"]), 0);
    assert_eq!(code(&["validate", "odd.json"]), 0);
    assert_eq!(code(&["validate", "odd.json", "--strict"]), 1);
    assert_eq!(code(&["validate", "odd.json", "--fail-on", "warn"]), 1);
    assert_eq!(code(&["validate", "odd.json", "--deny", "lint"]), 1);
    assert_eq!(
        code(&["validate", "absent.json", "good.json", "--exit-zero"]),
        2
    );
    assert_eq!(code(&["validate"]), 2);
    assert_eq!(code(&["validate", "--colour"]), 2);
    assert_eq!(
        code(&["validate", "good.json", "--allow", "json/truncated"]),
        2
    );
    assert_eq!(code(&["validate", "good.json", "--spec", "absent.yaml"]), 2);
    assert_eq!(code(&["validate", "good.json", "--operation", "absent"]), 2);
    assert_eq!(code(&["--help"]), 0);
    assert_eq!(code(&["explain", "schema/type"]), 0);
    assert_eq!(code(&["explain", "schema/tpye"]), 2);
}

#[test]
fn what_cannot_be_read_does_not_stop_the_rest() {
    let folder = folder(&[("bad.json", BAD)]);
    let ran = run(
        folder.path(),
        &["validate", "--format", "json", "absent.json", "bad.json"],
    );
    assert_eq!(ran.codes(), ["config/unreadable-file", "schema/type"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn counts_and_files_are_not_touched_by_what_is_printed() {
    let lines = BAD.repeat(7);
    let folder = folder(&[("bad.ndjson", &lines)]);
    let arguments = [
        "validate",
        "bad.ndjson",
        "--allow",
        "lint",
        "--format",
        "ndjson",
        "--max-findings",
        "2",
        "--output",
        "json=out/all.json",
    ];
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.out.lines().count(), 2);
    assert!(
        ran.err.contains("5 findings are not printed"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("7 errors"), "{}", ran.err);
    let written = std::fs::read_to_string(folder.path().join("out/all.json")).expect("a file");
    let written: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["findings"].as_array().map(Vec::len), Some(7));
    assert_eq!(written["summary"]["deny"], 7);
}

#[test]
fn a_finding_has_the_shape_that_is_documented() {
    let folder = folder(&[("bad.ndjson", BAD)]);
    let ran = run(
        folder.path(),
        &["validate", "bad.ndjson", "--format", "ndjson"],
    );
    let finding: Value = serde_json::from_str(&ran.out).expect("one line");
    let keys = |value: &Value| {
        let keys = value.as_object().expect("an object").keys().cloned();
        keys.collect::<std::collections::BTreeSet<_>>()
    };
    let expect = |names: &str| names.split(' ').map(str::to_owned).collect();
    assert_eq!(
        keys(&finding),
        expect("code help level location message operation pointer record related spec suggestion")
    );
    let places = "byteEnd byteStart column endColumn endLine file line";
    assert_eq!(keys(&finding["location"]), expect(places));
    assert_eq!(keys(&finding["record"]), expect("id index line"));
    assert_eq!(finding["record"]["id"], "a-1");
    assert_eq!(keys(&finding["spec"]), expect("file line pointer"));
    assert_eq!(finding["location"]["byteStart"], 36);
    assert_eq!(finding["operation"], "singleAgentMetadata");
}

#[test]
fn standard_input_is_told_by_its_text_or_its_name() {
    let folder = folder(&[]);
    let codes = |arguments: &[&str], text: &str| {
        let mut all = vec!["validate", "-", "--format", "json"];
        all.extend(arguments);
        run_with(folder.path(), &all, text.as_bytes()).codes()
    };
    assert!(codes(&[], GOOD).is_empty());
    let two = "{\"externalAgentId\": \"a\"}\n{\"externalAgentId\": 1}\n";
    assert_eq!(codes(&[], two), ["schema/type"]);
    assert_eq!(
        codes(&["--stdin-filename", "x.json"], two),
        ["json/trailing-text"]
    );
    let yaml = "externalAgentId: a\nlobId: [1]\n";
    assert_eq!(
        codes(&["--stdin-filename", "x.yaml"], yaml),
        ["schema/type"]
    );
    assert_eq!(codes(&[], ""), ["json/truncated"]);
    assert_eq!(codes(&[], "Not Found"), ["json/bare-word"]);
    assert_eq!(
        codes(&[], "{\"externalConversationId\": \"a\",}"),
        ["json/trailing-comma"]
    );
    assert_eq!(
        codes(&[], "{\"externalAgentId\" \"a\"}"),
        ["json/missing-colon"]
    );
    assert!(codes(&["--stdin-filename", "x.ndjson"], "\n").is_empty());
}

#[test]
fn what_is_for_nothing_or_for_several_is_said() {
    let codes = |text: &str| {
        let folder = folder(&[("x.json", text)]);
        let ran = run(folder.path(), &["validate", "x.json", "--format", "json"]);
        (ran.code, ran.codes().join(" "))
    };
    let ambiguous = (2, "config/ambiguous-operation".to_owned());
    assert_eq!(codes("{\"externalConversationId\": \"a\"}"), ambiguous);
    assert_eq!(
        codes("{\"colour\": 1}"),
        (2, "config/no-operation".to_owned())
    );
    let mixed = r#"{"items": [{"externalAgentId": "a", "jobRole": "b"}, {"externalCustomerId": "a", "phoneNumber": "5"}]}"#;
    assert_eq!(codes(mixed), (2, "config/mixed-operations".to_owned()));
    let customer =
        r#"{"externalConversationId":"a","externalCustomerID":"b","phoneNumber":"555-0100"}"#;
    assert_eq!(codes(customer), (1, "schema/required".to_owned()));
}

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
    assert_eq!(places("bom.yaml"), ["schema/type 1:19"]);
}

#[test]
fn packed_files_are_read_on_the_way() {
    let folder = folder(&[]);
    let lines = format!("{GOOD}{BAD}");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).expect("packed");
    let gzip = gzip.finish().expect("packed");
    let zstd = ruzstd::encoding::compress_to_vec(
        lines.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    std::fs::write(folder.path().join("a.ndjson.gz"), &gzip).expect("written");
    std::fs::write(folder.path().join("b.ndjson.zst"), &zstd).expect("written");
    let cut = gzip.get(..gzip.len() - 9).expect("bytes");
    std::fs::write(folder.path().join("c.ndjson.gz"), cut).expect("written");
    for file in ["a.ndjson.gz", "b.ndjson.zst"] {
        let ran = run(
            folder.path(),
            &["validate", file, "--format", "json", "--allow", "lint"],
        );
        assert_eq!(ran.codes(), ["schema/type"], "{file}");
        assert_eq!(ran.report()["findings"][0]["location"]["line"], 2);
    }
    let ran = run(
        folder.path(),
        &["validate", "c.ndjson.gz", "--format", "json"],
    );
    assert!(
        ran.codes().contains(&"config/unreadable-file".to_owned()),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn the_configuration_speaks_before_the_defaults_and_after_the_command_line() {
    let config = "strict = true\n[[payloads]]\nfiles = \"p/*.json\"\noperation = \"singleConvoMetadata\"\nlevels = { \"lint/unknown-property\" = \"allow\" }\n[report]\noutputs = { sarif = \"out.sarif\" }\n[limits]\nrecord = 200\n";
    let talk = "{\"externalConversationId\": \"a\", \"colour\": 1}";
    let long = format!("{{\"externalConversationId\": \"{}\"}}", "a".repeat(190));
    let folder = folder(&[
        ("specsmith.toml", config),
        ("p/a.json", talk),
        ("p/q/b.json", talk),
        ("p/long.json", &long),
    ]);
    let ran = run(folder.path(), &["validate", "--format", "json"]);
    assert_eq!(ran.codes(), ["limit/record"]);
    assert!(folder.path().join("out.sarif").exists());
    let ran = run(
        folder.path(),
        &["validate", "--format", "json", "--warn", "lint", "p/a.json"],
    );
    assert_eq!(
        (ran.codes(), ran.code),
        (vec!["lint/unknown-property".to_owned()], 1)
    );
    // From a folder below it is found as well, and its paths are still those of its own folder.
    let ran = run(&folder.path().join("p"), &["validate", "--format", "json"]);
    assert_eq!(ran.codes(), ["limit/record"], "{}", ran.err);
    let ran = run(folder.path(), &["config"]);
    assert!(
        ran.out.contains("strict = true  # specsmith.toml"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("limits.depth = 128  # default"),
        "{}",
        ran.out
    );
}

#[test]
fn a_mistake_in_the_configuration_has_its_place() {
    let folder = folder(&[("specsmith.toml", "\nstritc = true\n"), ("good.json", GOOD)]);
    let ran = run(folder.path(), &["validate", "good.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("specsmith.toml:2:1"), "{}", ran.out);
    assert!(ran.out.contains("did you mean `strict`?"), "{}", ran.out);
}

#[test]
fn init_writes_what_is_valid_and_nothing_over_something() {
    let folder = folder(&[("good.json", GOOD)]);
    assert_eq!(run(folder.path(), &["init"]).code, 0);
    assert_eq!(run(folder.path(), &["init"]).code, 2);
    assert_eq!(run(folder.path(), &["validate", "good.json"]).code, 0);
}

#[test]
fn a_baseline_hides_what_is_known_and_tells_what_is_gone() {
    let batch = |first: &str| {
        format!(
            "{{\"items\": [{first}{{\"externalAgentId\": \"known\", \"lobId\": 7}}, {{\"externalAgentId\": \"b\", \"ranking\": \"x\"}}]}}"
        )
    };
    let folder = folder(&[("x.json", &batch(""))]);
    let write = |text: &str| std::fs::write(folder.path().join("x.json"), text).expect("written");
    let ran = run(
        folder.path(),
        &["validate", "x.json", "--write-baseline", "base"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let arguments = [
        "validate",
        "x.json",
        "--baseline",
        "base",
        "--format",
        "json",
    ];
    let ran = run(folder.path(), &arguments);
    assert_eq!((ran.code, ran.codes().len()), (0, 0));
    assert_eq!(ran.report()["summary"]["hiddenByBaseline"], 2);
    // Moved by a new item with a new mistake: the known ones stay known.
    write(&batch("{\"externalAgentId\": \"new\", \"lobId\": 8},"));
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.codes(), ["schema/type"]);
    assert_eq!(ran.report()["findings"][0]["record"]["index"], 0);
    // Mended: the entry is stale.
    write(&batch("").replace("\"lobId\": 7", "\"lobId\": \"7\""));
    let ran = run(folder.path(), &arguments);
    assert_eq!(
        (ran.code, ran.codes()),
        (0, vec!["config/stale-baseline".to_owned()])
    );
}

#[test]
fn what_the_api_would_answer() {
    let items =
        "{\"externalAgentId\": \"a\"}, {\"externalAgentId\": 1}, {\"externalAgentId\": \"c\"}";
    let partial = format!("{{\"items\": [{items}]}}");
    let folder = folder(&[
        ("partial.json", partial.as_str()),
        ("none.json", "{\"items\": [{\"externalAgentId\": 1}]}"),
        ("all.json", "{\"items\": [{\"externalAgentId\": \"a\"}]}"),
        (
            "response.json",
            "{\"errorCount\": 1, \"results\": [{\"error\": \"\"}, {\"error\": \"FAIL_X: no\"}, {\"error\": \"\"}]}",
        ),
    ]);
    let answer = |file: &str| run(folder.path(), &["validate", file, "--explain-response"]).err;
    assert!(answer("partial.json").contains("200, partial success: 1 of 3 items refused"));
    assert!(answer("none.json").contains("400, every item refused"));
    assert!(answer("all.json").contains("200, every item accepted"));
    let ran = run(
        folder.path(),
        &[
            "explain-response",
            "response.json",
            "--request",
            "partial.json",
        ],
    );
    assert_eq!(ran.code, 1);
    assert!(
        ran.out
            .contains("partial.json:1:38: item 1 was refused: FAIL_X"),
        "{}",
        ran.out
    );
}

#[test]
fn what_one_wonders_about_in_the_first_hour() {
    let text = "openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths: {}\n";
    let many: Vec<_> = (0..1001)
        .map(|at| format!("{{\"externalAgentId\": \"a{at}\"}}"))
        .collect();
    let many = format!("{{\"items\": [{}]}}", many.join(","));
    let pretty = "{\n  \"externalAgentId\": \"a\"\n}\n{\n  \"externalAgentId\": \"b\"\n}\n";
    let folder = folder(&[
        ("spec.yaml", text),
        ("many.json", &many),
        ("pretty.ndjson", pretty),
        ("list.json", "[{\"externalAgentId\": \"a\"}]"),
    ]);
    let help = |file: &str| {
        let ran = run(folder.path(), &["validate", file, "--format", "json"]);
        let report = ran.report();
        let findings = report["findings"].as_array().expect("findings");
        assert_eq!(findings.len(), 1, "{file}: {}", ran.out);
        findings[0]["help"].as_str().expect("help").to_owned()
    };
    assert!(help("spec.yaml").contains("`--spec`"));
    assert!(help("many.json").contains("split the batch into 2 of at most 1000"));
    assert!(help("pretty.ndjson").contains("one line"));
    assert!(help("list.json").contains("{\"items\": […]}"));
}

#[test]
fn what_stands_beside_payloads_is_none() {
    let spec = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {S: {properties: {id: {$ref: 'common.yaml#/Id'}}}}}\n";
    let folder = folder(&[
        ("specs/api.yaml", spec),
        ("specs/common.yaml", "Id: {type: string}\n"),
        ("x.json", "{\"id\": 7}"),
    ]);
    let arguments = ["validate", ".", "--spec", "specs/api.yaml", "--schema", "S"];
    let base = [&arguments[..], &["--write-baseline", "base.json"]].concat();
    assert_eq!(run(folder.path(), &base).code, 0);
    let more = [
        "--format",
        "json",
        "--output",
        "json=report.json",
        "--output",
        "gitlab=q.json",
    ];
    let arguments = [&arguments[..], &more, &["--baseline", "base.json"]].concat();
    for _ in 0..2 {
        let ran = run(folder.path(), &arguments);
        assert_eq!((ran.code, ran.codes().len()), (0, 0), "{}", ran.out);
        assert_eq!(ran.report()["summary"]["files"], 1, "{}", ran.out);
    }
    // By its name it is looked at all the same.
    let ran = run(
        folder.path(),
        &["validate", "specs/api.yaml", "--spec", "specs/api.yaml"],
    );
    assert!(ran.out.contains("config/spec-as-payload"), "{}", ran.out);
}

#[test]
fn what_is_configured_for_other_files_is_no_mistake() {
    let config = "[[payloads]]\nfiles = \"orders/*.json\"\noperation = \"createOrder\"\n";
    let folder = folder(&[
        ("specsmith.toml", config),
        ("orders/x.json", GOOD),
        ("agents/x.json", GOOD),
    ]);
    assert_eq!(run(folder.path(), &["validate", "agents"]).code, 0);
    for path in ["orders", "."] {
        let ran = run(folder.path(), &["validate", path, "--format", "json"]);
        let unknown = vec!["config/unknown-operation".to_owned()];
        assert_eq!((ran.code, ran.codes()), (2, unknown), "{path}");
    }
}

/// What is joined where other properties are allowed is joined where they are forbidden.
#[test]
fn forbidden_names_are_misspelt_ones_too() {
    let spec = "openapi: 3.1.0
info: {title: o, version: '1'}
paths:
  /orders:
    post:
      operationId: createOrders
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}
      responses: {'200': {description: d}}
  /order:
    post:
      operationId: createOrder
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'200': {description: d}}
components:
  schemas:
    Orders:
      required: [orders]
      properties: {orders: {type: array, items: {$ref: '#/components/schemas/Order'}}}
    Order:
      required: [orderId, total]
      additionalProperties: false
      properties: {orderId: {type: string}, total: {type: number}}
";
    let folder = folder(&[("orders.yaml", spec)]);
    let said = |operation: &str, text: &str| {
        std::fs::write(folder.path().join("x.json"), text).expect("written");
        let arguments = [
            "validate",
            "x.json",
            "--spec",
            "orders.yaml",
            "--format",
            "json",
        ];
        let operation = ["--operation", operation];
        let ran = run(folder.path(), &[&arguments[..], &operation].concat());
        let findings = ran.report()["findings"].clone();
        let findings = findings.as_array().expect("findings").iter();
        let said = findings.map(|it| {
            let of = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
            format!(
                "{} {}: {}",
                of("code"),
                it["location"]["column"],
                of("help")
            )
        });
        said.collect::<Vec<_>>().join("\n")
    };
    let order = "{\"orderId\": \"a\", \"totl\": 1}";
    assert_eq!(
        said("createOrder", order),
        "schema/required 18: did you mean `total` here?"
    );
    let batch = "{\"order\": [{\"orderId\": \"a\", \"total\": 1}]}";
    assert_eq!(
        said("createOrders", batch),
        "schema/required 2: did you mean `orders` here?"
    );
    assert_eq!(
        said("createOrder", &batch.replace("order\"", "orders\"")),
        "schema/required 1: this is a batch: hold it against `createOrders`"
    );
    assert_eq!(
        said("createOrders", order),
        "schema/required 1: this is a single item: hold it against `createOrder`"
    );
}

/// A long batch is judged while it is read, a short one at once: what is said is the same.
#[test]
fn long_batches_are_told_as_short_ones_are() {
    let batch = |head: &str, items: usize, tail: &str| {
        let filler = "x".repeat(250);
        let item = |at| {
            format!(
                "{{\"externalAgentId\": \"a{at}\", \"agentName\": \"{filler}\", \"lobName\": \"{filler}\", \"vendor\": \"{filler}\", \"groupName\": \"{filler}\"}}"
            )
        };
        let items: Vec<_> = (0..items).map(item).collect();
        format!("{head}{}{tail}", items.join(",\n"))
    };
    for (head, tail) in [
        ("{\"itmes\": [\n", "\n]}"),
        ("{\"data\": [\n", "\n]}"),
        ("[\n", "\n]"),
        ("{\"count\": 1, \"items\": [\n", "\n]}"),
        ("{\"items\": [\n", "\n], \"items\": []}"),
        ("{\"items\": [\n", ",\n]}"),
        ("{\"items\": [\n", ",\n{\"externalAgntId\": \"a\"}\n]}"),
        ("{\"items\": [\n", ",\nnull\n]}"),
        ("{\"items\": [\n", "\n}"),
        ("{\"items\": [\n", "\n]} []"),
    ] {
        let (short, long) = (batch(head, 3, tail), batch(head, 998, tail));
        assert!(long.len() > 1 << 20, "longer than what is read at once");
        let folder = folder(&[("short.json", &short), ("long.json", &long)]);
        let said = |file: &str, items: usize| {
            let arguments = ["--format", "json", "--operation", "manyAgentMetadata"];
            let ran = run(
                folder.path(),
                &[&["validate", file], &arguments[..]].concat(),
            );
            let findings = ran.report()["findings"].clone();
            let findings = findings.as_array().expect("findings").iter();
            let said = |it: &Value| {
                let of = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
                // Which item it is differs.
                let last = items.to_string();
                let pointer = of("pointer").replace(&format!("/{last}"), "/last");
                let message = of("message").replace(&last, "last");
                let line = it["location"]["line"].as_u64().expect("a line");
                // The first line stays the first, the others move with the items.
                let line = if line == 1 {
                    1
                } else {
                    line + 1000 - items as u64
                };
                (
                    of("code"),
                    message,
                    of("help"),
                    pointer,
                    line,
                    it["location"]["column"].clone(),
                )
            };
            findings.map(said).collect::<Vec<_>>()
        };
        let (short, long) = (said("short.json", 3), said("long.json", 998));
        assert_eq!(short.len(), 1, "{head}…{tail}: {short:?}");
        assert_eq!(short, long, "{head}…{tail}");
    }
}

#[test]
fn crates_are_generated_and_checked() {
    let spec = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Order:\n      type: object\n      properties:\n        id: {type: string, maxLength: 5}\n";
    let folder = folder(&[("orders.yaml", spec)]);
    let arguments = ["generate", "orders.yaml", "--out", "models"];
    let check = ["generate", "orders.yaml", "--out", "models", "--check"];
    assert_eq!(run(folder.path(), &check).code, 1);
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        folder
            .path()
            .join("models/orders-model/Cargo.toml")
            .exists()
    );
    assert_eq!(run(folder.path(), &check).code, 0);
    std::fs::write(folder.path().join("orders.yaml"), spec.replace('5', "6")).expect("written");
    let ran = run(folder.path(), &check);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("+++"), "{}", ran.out);
}

#[test]
fn samples_are_what_they_are_said_to_be() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let sample = [
        "sample",
        "specs/agent.yaml",
        "--operation",
        "singleAgentMetadata",
        "--count",
        "5",
        "--seed",
        "3",
    ];
    let ran = run(&root, &sample);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 5), "{}", ran.err);
    let arguments = [
        "validate",
        "-",
        "--stdin-filename",
        "x.ndjson",
        "--operation",
        "singleAgentMetadata",
        "--allow",
        "lint",
    ];
    assert_eq!(run_with(&root, &arguments, ran.out.as_bytes()).code, 0);
    let ran = run(&root, &[&sample[..], &["--yaml"][..]].concat());
    let yaml = arguments.map(|it| if it == "x.ndjson" { "x.yaml" } else { it });
    let judged = run_with(&root, &yaml, ran.out.as_bytes());
    assert_eq!(judged.code, 0, "{}", judged.out);
    assert!(judged.err.contains("5 records"), "{}", judged.err);
    let ran = run(&root, &[&sample[..], &["--invalid"][..]].concat());
    let named = ran.err.lines().map(|it| it.split(':').next());
    let numbers: Vec<_> = named.flatten().collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"], "{}", ran.err);
    assert!(ran.err.contains(": schema/"), "{}", ran.err);
    for line in ran.out.lines() {
        assert_eq!(
            run_with(&root, &arguments, line.as_bytes()).code,
            1,
            "{line}"
        );
    }
}

#[test]
fn help_scripts_and_the_manual_are_printed() {
    let folder = folder(&[]);
    for arguments in [
        &["completions", "bash"][..],
        &["man"],
        &["--version"],
        &["validate", "--help"],
    ] {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("specsmith"), "{arguments:?}");
    }
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
