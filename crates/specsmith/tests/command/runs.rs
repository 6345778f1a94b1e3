//! What a run says and what it ends with.

use serde_json::Value;

use crate::support::{BAD, GOOD, ODD, folder, run};

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
    assert_eq!(code(&["explain", "max-length"]), 0);
    assert_eq!(code(&["explain", "schema/tpye"]), 2);
    assert_eq!(code(&["explain", "schema"]), 0);
    assert_eq!(code(&["explain", "scheme"]), 2);
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

/// What cannot be meant is passed over or refused by both engines alike, and told once.
#[test]
fn engines_agree_about_broken_specifications() {
    let spec = |schema: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
        )
    };
    for (schema, payload, code, said) in [
        ("{pattern: '('}", "\"x\"", 0, &["spec/invalid-keyword"][..]),
        (
            "{patternProperties: {'(': {}}, additionalProperties: false}",
            "{\"(\": 1}",
            1,
            &["spec/invalid-keyword", "schema/additional-properties"],
        ),
        ("{oneOf: []}", "1", 0, &["spec/invalid-keyword"]),
        ("{anyOf: []}", "1", 0, &["spec/invalid-keyword"]),
        ("{not: 5}", "1", 0, &["spec/invalid-keyword"]),
        (
            "{contains: 5, minContains: 2}",
            "[]",
            0,
            &["spec/invalid-keyword", "spec/ignored-keyword"],
        ),
        (
            "{$ref: 5}",
            "1",
            2,
            &["spec/invalid-keyword", "config/unread-target"],
        ),
    ] {
        let folder = folder(&[("spec.yaml", &spec(schema)), ("p.json", payload)]);
        for engine in ["plan", "reference"] {
            let arguments = [
                &["validate", "--spec", "spec.yaml", "--schema", "A", "p.json"][..],
                &["--engine", engine, "--format", "json"],
            ];
            let ran = run(folder.path(), &arguments.concat());
            let said: Vec<_> = said.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!((ran.codes(), ran.code), (said, code), "{schema} {engine}");
        }
    }
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

/// What an operation is guessed by are values, and not the lines that one is spread over.
#[test]
fn a_batch_that_is_spread_over_lines_is_not_taken_for_its_items() {
    let text = "{\"items\":[{\"externalAgentId\":\"a\"}]}\n{\"items\":[\n{\"externalAgentId\":\"b\"}\n]}\n";
    let folder = folder(&[("a.ndjson", text), ("b.ndjson", "externalAgentId: a\n")]);
    let concise = |file| {
        let arguments = ["validate", file, "--format", "concise"];
        run(folder.path(), &arguments)
    };
    let ran = concise("a.ndjson");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.starts_with("a.ndjson:2:11"), "{}", ran.out);
    let ran = concise("b.ndjson");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("json/bare-word"), "{}", ran.out);
}

/// Also where it is not the first record of a file that a pretty printer was at work.
#[test]
fn a_record_that_is_spread_over_lines_is_one_mistake_wherever_it_stands() {
    let spread = "{\n  \"externalAgentId\": \"b\",\n  \"attributes\": [\n    {},\n    {}\n  ]\n}";
    let one = "{\"externalAgentId\": \"a\"}";
    let behind = "{\"externalAgentId\": \"c\"}\n{\"externalAgentId\": 1}";
    let file = |between: &str| format!("{one}\n{between}\n{behind}\n");
    let folder = folder(&[
        ("spread.ndjson", &file(spread)),
        ("twice.ndjson", &file(&format!("{spread}\n{spread}"))),
        ("last.ndjson", &format!("{one}\n{spread}\n")),
        ("first.ndjson", &format!("{spread}\n{spread}\n{behind}\n")),
        (
            "blank.ndjson",
            &file("{\n  \"externalAgentId\":\n\n\"b\"\n}"),
        ),
        ("mark.ndjson", &format!("\u{feff}{spread}\n{behind}\n")),
        ("marks.ndjson", &file(&format!("\u{feff}{spread}"))),
        ("cut.ndjson", &file("{\n  \"externalAgentId\": \"b\",")),
        (
            "cuts.ndjson",
            &file(&format!("{{\"externalAgentId\": \"b\"\n{spread}")),
        ),
        ("not.ndjson", &file("{\n  \"externalAgentId\"; \"b\"\n}")),
        ("more.ndjson", &file("{\n  \"externalAgentId\": \"b\"\n}}")),
    ]);
    let found = |file: &str, how: [&str; 2]| -> Vec<(String, u64)> {
        let arguments = ["validate", file, "--format", "json", how[0], how[1]];
        let ran = run(folder.path(), &arguments);
        let report = ran.report();
        let findings = report["findings"].as_array().expect("findings");
        let of = |it: &serde_json::Value| {
            let code = it["code"].as_str().expect("a code").to_owned();
            (code, it["location"]["line"].as_u64().expect("a line"))
        };
        findings.iter().map(of).collect()
    };
    let expect = |file: &str, expected: &[(&str, u64)]| {
        let expected = expected.iter().map(|(code, at)| (code.to_string(), *at));
        let expected: Vec<_> = expected.collect();
        for how in [["--jobs", "1"], ["--jobs", "2"], ["--engine", "reference"]] {
            assert_eq!(found(file, how), expected, "{file}");
        }
    };
    let (cut, trailing) = ("json/truncated", "json/trailing-text");
    let wrong = "schema/type";
    expect("spread.ndjson", &[(cut, 2), (wrong, 10)]);
    expect("twice.ndjson", &[(cut, 2), (wrong, 17)]);
    expect("last.ndjson", &[(cut, 2)]);
    expect("first.ndjson", &[(cut, 1), (wrong, 16)]);
    expect("blank.ndjson", &[(cut, 2), (wrong, 8)]);
    expect(
        "mark.ndjson",
        &[("json/byte-order-mark", 1), (cut, 1), (wrong, 9)],
    );
    expect(
        "marks.ndjson",
        &[("json/byte-order-mark", 2), (cut, 2), (wrong, 10)],
    );
    // What is no value on several lines is told a line at a time.
    let three = [(cut, 2), (trailing, 3), ("json/syntax", 4), (wrong, 6)];
    expect("cut.ndjson", &[(cut, 2), (trailing, 3), (wrong, 5)]);
    expect("cuts.ndjson", &[(cut, 2), (cut, 3), (wrong, 11)]);
    expect("not.ndjson", &three);
    expect("more.ndjson", &three);
}

/// What is joined where other properties are allowed is joined where they are forbidden.
/// Commas that are missing between the items of a batch, one finding each, and what is wrong with
/// the items and around them, whatever the size of the file.
#[test]
fn items_behind_a_missing_comma_are_told() {
    let good = |at: usize| format!("{{\"externalAgentId\":\"a{at}\"}}");
    let some = "{\"externalAgentId\":\"x\"}\n{\"externalAgentId\":1} {\"lobId\":\"x\"}";
    for more in [0, 60_000] {
        let items: Vec<String> = (0..more).map(good).chain([some.to_owned()]).collect();
        let text = format!("{{\"items\":[{}],\"x\":1}}", items.join(","));
        let folder = folder(&[("p.json", &text)]);
        let run = |how: [&str; 2]| {
            let arguments = [
                &["validate", "p.json", "--format", "json"][..],
                &["--allow", "schema/max-items"],
                &how,
            ];
            let ran = run(folder.path(), &arguments.concat());
            (ran.code, ran.codes(), ran.report())
        };
        let (code, codes, report) = run(["--jobs", "1"]);
        assert_eq!(code, 1);
        assert_eq!(report["summary"]["records"], more + 3);
        assert_eq!(
            codes,
            [
                "json/missing-comma",
                "schema/type",
                "json/missing-comma",
                "schema/required",
                "lint/unknown-property",
            ]
        );
        let places = report["findings"].as_array().expect("findings").iter();
        let places = places.map(|it| it["location"]["line"].as_u64().expect("a line"));
        assert_eq!(places.collect::<Vec<_>>(), [2; 5]);
        assert_eq!(run(["--jobs", "3"]).1, codes);
        let (code, first, _) = run(["--engine", "reference"]);
        assert_eq!((code, &*first[0]), (1, "json/missing-comma"));
    }
}

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

#[test]
fn records_that_are_for_another_operation_are_one_mistake_each() {
    let agent = r#"{"externalAgentId": "a", "lobId": "1", "agentName": "x"}"#;
    let batch = format!("{{\"items\": [{agent}]}}");
    let yaml = "items:\n- externalAgentId: a\n  agentName: x\n";
    let folder = folder(&[
        ("agent.json", agent),
        ("batch.json", &batch),
        ("batch.yaml", yaml),
        ("shared.json", r#"{"lobId": "1", "groupId": "g"}"#),
        ("strange.json", r#"{"lobId": "1", "what": "g"}"#),
    ]);
    let said = |operation: &str, file: &str| {
        let arguments = ["validate", "--format", "concise", "--operation"];
        let ran = run(
            folder.path(),
            &[&arguments[..], &[operation, file]].concat(),
        );
        let lines = ran
            .out
            .lines()
            .filter_map(|it| it.split_once(": ")?.1.split_once("] "));
        lines.map(|(_, it)| it.to_owned()).collect::<Vec<_>>()
    };
    let missing = |name: &str, place: &str, operation: &str| {
        vec![format!(
            "`{name}` is required{place}; its names are those of `{operation}`: hold it against that"
        )]
    };
    let conversation = "externalConversationId";
    for operation in ["singleConvoMetadata", "singleCustomerMetadata"] {
        let expected = missing(conversation, "", "singleAgentMetadata");
        assert_eq!(said(operation, "agent.json"), expected);
    }
    for (file, place) in [
        ("batch.json", " (record 0, id a, /items/0)"),
        ("batch.yaml", " (record 0, id a, /items/0)"),
    ] {
        let expected = missing(conversation, place, "manyAgentMetadata");
        assert_eq!(said("manyCustomerMetadata", file), expected);
    }
    // Of another form as well.
    let said_of_all = [
        said("manyCustomerMetadata", "agent.json"),
        said("singleConvoMetadata", "batch.json"),
    ];
    let both =
        "the batch has no `items`; this is a single item: hold it against `singleAgentMetadata`";
    let batch = format!(
        "`{conversation}` is required; this is a batch: hold it against `manyAgentMetadata`"
    );
    assert_eq!(said_of_all, [[both.to_owned()], [batch]]);
    let alone = format!("`{conversation}` is required");
    let shared = said("singleConvoMetadata", "shared.json");
    assert_eq!((shared.len(), &shared[0]), (1, &alone));
    let strange = said("singleConvoMetadata", "strange.json");
    assert_eq!((strange.len(), &strange[0]), (2, &alone), "{strange:?}");
}

#[test]
fn what_is_no_object_is_told_how_to_become_one() {
    let folder = folder(&[
        ("list.json", r#"[{"externalAgentId": "a"}]"#),
        ("twice.json", r#""{\"externalAgentId\": \"a\"}""#),
        ("text.json", r#""externalAgentId""#),
        ("text.yaml", "externalAgentId:a\n"),
        ("twice.yaml", "'{\"externalAgentId\": \"a\"}'\n"),
    ]);
    let help = |operation: &str, file: &str| {
        let arguments = ["validate", "--format", "json", "--operation"];
        let ran = run(
            folder.path(),
            &[&arguments[..], &[operation, file]].concat(),
        );
        assert_eq!(ran.codes(), ["schema/type"]);
        let help = &ran.report()["findings"][0]["help"];
        help.as_str().unwrap_or_default().to_owned()
    };
    let wrap = "wrap the list: `{\"items\": […]}`";
    assert_eq!(help("manyAgentMetadata", "list.json"), wrap);
    assert_eq!(
        help("singleAgentMetadata", "list.json"),
        format!("{wrap}, and hold it against `manyAgentMetadata`")
    );
    for operation in ["singleAgentMetadata", "manyAgentMetadata"] {
        for file in ["twice.json", "twice.yaml"] {
            let said = "this is JSON inside a string: take it out of its quotes and escapes";
            assert_eq!(help(operation, file), said);
        }
        let said = "write each property as `name: value`, with a space behind the colon";
        assert_eq!(help(operation, "text.yaml"), said);
        assert_eq!(help(operation, "text.json"), "");
    }
}

#[test]
fn a_file_is_for_the_one_operation_that_there_is() {
    let spec = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /orders:\n    post:\n      operationId: createOrder\n      requestBody:\n        content:\n          application/json:\n            schema:\n              type: object\n              required: [id]\n              properties:\n                id: {type: string}\n      responses: {'200': {description: ok}}\n";
    let folder = folder(&[("spec.yaml", spec), ("list.json", "[{\"id\": \"1\"}]")]);
    let arguments = ["validate", "--spec", "spec.yaml", "--format", "json"];
    let ran = run(folder.path(), &[&arguments[..], &["list.json"]].concat());
    assert_eq!((ran.code, ran.codes()), (1, vec!["schema/type".to_owned()]));
}

#[test]
fn a_list_of_a_single_item_is_not_taken_for_the_list_of_a_batch() {
    let item = r#"{"externalAgentId": "a", "languages": ["en-us"]}"#;
    let folder = folder(&[("agent.json", item)]);
    let arguments = [
        "validate",
        "--format",
        "json",
        "--operation",
        "manyAgentMetadata",
    ];
    let ran = run(folder.path(), &[&arguments[..], &["agent.json"]].concat());
    assert_eq!(ran.codes(), ["lint/missing-items"]);
    let finding = &ran.report()["findings"][0];
    let help = finding["help"].as_str().expect("a help");
    assert_eq!(
        help,
        "this is a single item: hold it against `singleAgentMetadata`"
    );
    assert_eq!(finding["related"].as_array().map_or(0, Vec::len), 0);
}

#[test]
fn what_cannot_be_read_is_said_where_nothing_tells_what_it_is_for() {
    let folder = folder(&[
        ("tab.yaml", "items:\n\t- externalAgentId: a\n"),
        ("mark.json", "\u{feff}"),
    ]);
    for (file, code) in [("tab.yaml", "yaml/syntax"), ("mark.json", "json/truncated")] {
        let ran = run(folder.path(), &["validate", file, "--format", "json"]);
        assert_eq!(
            (ran.code, ran.codes()),
            (1, vec![code.to_owned()]),
            "{file}"
        );
    }
}

/// Of `github` the findings are commands themselves; what others have named is none.
#[test]
fn no_name_of_a_file_is_a_command_of_a_log() {
    let folder = folder(&[("::error ::a.json", BAD), ("b ##[error].json", BAD)]);
    for format in ["text", "concise", "github"] {
        let arguments = ["validate", ".", "--verbose", "--format", format];
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, 1, "{}", ran.err);
        let lines = ran.out.lines().chain(ran.err.lines());
        let own = ["::error file=", "::warning file="];
        for line in lines.filter(|it| !own.iter().any(|own| it.starts_with(own))) {
            let is_command = line.trim_start().starts_with("::") || line.contains("##[");
            assert!(!is_command, "{line}");
        }
    }
}
