//! Custom attributes of payloads, held against `[attributes]` of the configuration.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const TABLE: &str = r#"
[attributes.customer]

[attributes.customer.known.loyalty_tier]
doc = "How much is spent."
required = true
one-of = ["gold", "silver"]

[attributes.customer.known.region]
max-length = 3
pattern = "^[A-Z]{3}$"

[attributes.customer.known.visits]
type = "integer"
minimum = 0
maximum = "9999"

[attributes.customer.known."signup day"]
format = "date"
"#;

struct Ran {
    out: String,
    err: String,
    code: i32,
}

fn run(files: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    run_in(folder.path(), arguments)
}

fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .arg("validate")
        .args(arguments)
        .output()
        .expect("specsmith runs");
    Ran {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().expect("an exit code"),
    }
}

/// `line:column pointer code: message (help)`, one a line.
fn said(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let ran = run(files, &[&["--format", "json"], arguments].concat());
    let report: Value = serde_json::from_str(&ran.out)
        .unwrap_or_else(|_| panic!("no JSON: {}\n{}", ran.out, ran.err));
    let lines = report["findings"].as_array().expect("findings").iter();
    let line = |it: &Value| {
        let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
        let help = match it["help"].as_str() {
            Some(help) => format!(" ({help})"),
            None => String::new(),
        };
        let place = &it["location"];
        format!(
            "{}:{} {} {}: {}{help}",
            place["line"],
            place["column"],
            text("pointer"),
            text("code"),
            text("message")
        )
    };
    lines.map(line).collect::<Vec<_>>().join("\n")
}

fn customer(attributes: &Value) -> Value {
    json!({
        "externalConversationId": "issue-1",
        "externalCustomerId": "customer-1",
        "attributes": attributes,
    })
}

fn pairs(pairs: &[(&str, &str)]) -> Value {
    let pair = |(name, value): &(&str, &str)| json!({"name": name, "value": value});
    pairs.iter().map(pair).collect()
}

#[test]
fn what_does_not_fit_is_said_with_line_and_column() {
    let payload = r#"{
  "externalConversationId": "issue-1",
  "externalCustomerId": "customer-1",
  "attributes": [
    {"name": "loyalty_tier", "value": "Gold"},
    {"name": "region", "value": "emea"},
    {"name": "visits", "value": "10000"},
    {"name": "vists", "value": "1"},
    {"name": "shoe size", "value": "42"},
    {"name": "signup day", "value": "yesterday"},
    {"value": "no name"},
    {"name": "region"}
  ]
}"#;
    let files = [("specsmith.toml", TABLE), ("customer.json", payload)];
    insta::assert_snapshot!(said(&files, &["customer.json"]));
    let ran = run(&files, &["customer.json"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("as_text", ran.out);
    for secret in ["emea", "10000", "yesterday", "shoe", "vists"] {
        assert!(!ran.out.contains(secret), "{secret} is shown");
    }
}

#[test]
fn what_is_missing_is_said_where_it_belongs() {
    let without = customer(&Value::Null);
    let empty = customer(&json!([]));
    let near = customer(&pairs(&[("loyalty-tier", "gold")]));
    let good = customer(&pairs(&[("loyalty_tier", "gold")]));
    let lines: Vec<String> = [&without, &empty, &near, &good]
        .map(Value::to_string)
        .to_vec();
    let text = lines.join("\n");
    let files = [
        ("specsmith.toml", TABLE),
        ("customers.ndjson", text.as_str()),
    ];
    insta::assert_snapshot!(said(&files, &["customers.ndjson", "--allow", "lint"]), @r#"
    1:1  attribute/missing: the attribute `loyalty_tier` is required
    2:15 /attributes attribute/missing: the attribute `loyalty_tier` is required
    3:24 /attributes/0/name attribute/unknown: no attribute of this name is known (did you mean `loyalty_tier`?)
    "#);
}

#[test]
fn batches_yaml_and_both_engines_say_the_same() {
    let good = customer(&pairs(&[("loyalty_tier", "gold"), ("visits", "7")]));
    let mut bad = customer(&pairs(&[("loyalty_tier", "bronze"), ("visits", "many")]));
    bad["externalCustomerId"] = json!("customer-2");
    let batch = serde_json::to_string_pretty(&json!({"items": [good, bad]})).expect("JSON");
    let yaml = "items:\n- externalConversationId: a\n  externalCustomerId: b\n  attributes:\n  - name: visits\n    value: many\n";
    let files = [
        ("specsmith.toml", TABLE),
        ("customers.json", batch.as_str()),
        ("customers.yaml", yaml),
    ];
    let by_plan = said(&files, &["customers.json"]);
    insta::assert_snapshot!(by_plan, @r"
    21:20 /items/1/attributes/0/value attribute/value: `loyalty_tier` is not one of the 2 allowed values
    25:20 /items/1/attributes/1/value attribute/unparsable: `visits` is not a whole number
    ");
    let reference = ["customers.json", "--engine", "reference"];
    assert_eq!(said(&files, &reference), by_plan);
    insta::assert_snapshot!(said(&files, &["customers.yaml"]), @r"
    5:5 /items/0/attributes attribute/missing: the attribute `loyalty_tier` is required
    6:12 /items/0/attributes/0/value attribute/unparsable: `visits` is not a whole number
    ");
}

#[test]
fn other_entities_are_left_alone() {
    let agent = json!({
        "externalAgentId": "agent-1",
        "attributes": pairs(&[("anything", "goes")]),
    })
    .to_string();
    let files = [("specsmith.toml", TABLE), ("agent.json", agent.as_str())];
    assert_eq!(run(&files, &["agent.json"]).code, 0);
}

#[test]
fn the_rest_may_be_there_where_the_table_says_so() {
    let table = TABLE.replace(
        "[attributes.customer]\n",
        "[attributes.customer]\nrest = true\n",
    );
    let payload = customer(&pairs(&[("loyalty_tier", "gold"), ("shoe size", "42")])).to_string();
    let files = |table| {
        [
            ("specsmith.toml", table),
            ("customer.json", payload.as_str()),
        ]
    };
    assert_eq!(run(&files(&table), &["customer.json"]).code, 0);
    assert_eq!(run(&files(TABLE), &["customer.json"]).code, 1);
    let lowered = ["customer.json", "--warn", "attribute/unknown"];
    assert_eq!(run(&files(TABLE), &lowered).code, 0);
    let allowed = ["customer.json", "--allow", "attribute"];
    assert_eq!(run(&files(TABLE), &allowed).code, 0);
}

#[test]
fn a_long_file_is_looked_at_by_every_thread() {
    let good = customer(&pairs(&[("loyalty_tier", "gold")])).to_string();
    let bad = customer(&pairs(&[("loyalty_tier", "none")])).to_string();
    let mut text = String::new();
    for number in 0..20_000 {
        let line = if number % 1000 == 999 { &bad } else { &good };
        text.push_str(&line.replace("issue-1", &format!("issue-{number}")));
        text.push('\n');
    }
    let files = [
        ("specsmith.toml", TABLE),
        ("customers.ndjson", text.as_str()),
    ];
    for jobs in ["1", "2"] {
        let arguments = ["customers.ndjson", "--jobs", jobs, "--max-findings", "0"];
        let lines = said(&files, &[&arguments[..], &["--allow", "lint"]].concat());
        let count = lines
            .lines()
            .filter(|it| it.contains("/attributes/0/value attribute/value:"))
            .count();
        assert_eq!((count, lines.lines().count()), (20, 20));
    }
}

/// What is said of tables that keep anything from being checked.
fn refused(tables: &str) -> String {
    let payload = customer(&Value::Null).to_string();
    let files = [
        ("specsmith.toml", tables),
        ("customer.json", payload.as_str()),
    ];
    assert_eq!(run(&files, &["customer.json"]).code, 2);
    said(&files, &["customer.json"])
}

#[test]
fn mistakes_in_the_tables_have_a_place() {
    let table = r#"
[attributes.custmer]
rset = true
[attributes.agent.known.badge]
type = "string"
pattern = "("
format = "datetime"
minimum = 1
maximum = true
colour = "red"
"#;
    insta::assert_snapshot!(refused(table), @r"
    3:1  config/unknown-key: there is no setting `rset` (did you mean `rest`?)
    5:8  config/invalid-value: this setting takes text, integer, number or boolean
    6:11  config/invalid-value: this setting takes a pattern of ECMA-262
    7:10  config/invalid-value: this setting takes a format that is checked, such as `date`
    9:11  config/invalid-value: this setting takes a number
    10:1  config/unknown-key: there is no setting `colour` (the keys here are doc, required, type, min-length, max-length, pattern, format, one-of, minimum, maximum)
    2:13  config/unknown-key: there is no entity `custmer` with attributes (did you mean `customer`?)
    ");
}

#[test]
fn rules_that_no_value_fits_together_have_a_place() {
    let table = r#"
[attributes.customer.known.a]
min-length = 5
max-length = 4
one-of = []
[attributes.customer.known.b]
type = "integer"
minimum = 2
maximum = 1
[attributes.customer.known.c]
max-length = 4
one-of = ["gold", "silver"]
[attributes.customer.known.d]
type = "boolean"
one-of = "yes"
[attributes.customer.known.e]
min-length = 4
max-length = 4
"#;
    insta::assert_snapshot!(refused(table), @r"
    3:14  config/invalid-value: this setting is above `max-length`, so no value fits
    5:10  config/invalid-value: this setting lists no value, so none fits
    8:11  config/invalid-value: this setting is above `maximum`, so no value fits
    12:19  config/invalid-value: this setting lists a value that another rule beside it refuses
    15:10  config/invalid-value: this setting lists a value that another rule beside it refuses
    ");
}

#[test]
fn an_entity_goes_by_its_definition_too() {
    let table = TABLE.replace("attributes.customer", "attributes.CustomerMetadata");
    let payload = customer(&Value::Null).to_string();
    let files = [
        ("specsmith.toml", table.as_str()),
        ("customer.json", payload.as_str()),
    ];
    assert_eq!(run(&files, &["customer.json"]).code, 1);
    let by_schema = ["customer.json", "--schema", "CustomerMetadata"];
    assert_eq!(run(&files, &by_schema).code, 1);
}

/// The table that `examples/downstream` holds to its type.
#[test]
fn the_table_of_the_example_is_read() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/downstream/specsmith.toml"
    );
    let table = std::fs::read_to_string(path).expect("the example is there");
    let agent = |floor: &str| {
        json!({
            "externalAgentId": "agent-1",
            "attributes": pairs(&[
                ("badge.number", "NC-0158"),
                ("badge.zone", "server-room"),
                ("badge.floor", floor),
            ]),
        })
        .to_string()
    };
    let (good, bad) = (agent("-1"), agent("41"));
    let files = [
        ("specsmith.toml", table.as_str()),
        ("good.json", good.as_str()),
        ("bad.json", bad.as_str()),
    ];
    assert_eq!(said(&files, &["good.json"]), "");
    let line = said(&files, &["bad.json"]);
    assert!(
        line.ends_with("attribute/value: `badge.floor` is above the maximum of 40"),
        "{line}"
    );
}
