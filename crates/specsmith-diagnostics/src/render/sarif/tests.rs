//! The report against the published schema, and what the schema cannot say.

use serde_json::{Value, json};

use super::*;
use crate::render::fixture::{nasty, report_of, shortened, with_report};

fn log_of(findings: &[Finding]) -> Value {
    serde_json::from_str(&report_of(findings, sarif)).expect("JSON")
}

#[test]
fn snapshot() {
    insta::assert_snapshot!(shortened(&with_report(sarif)));
}

#[test]
fn it_is_valid_against_the_published_schema() {
    let schema = include_str!("../../../tests/data/sarif-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    // As published, the pattern of languages has a bracket too many, which no strict engine takes.
    // They are properties that we do not write.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        let pattern = language.as_object_mut().and_then(|it| it.remove("pattern"));
        assert!(pattern.is_some_and(|it| it.as_str().is_some_and(|it| it.ends_with("]?$"))));
    }
    let judge = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    for findings in [nasty(), Vec::new(), vec![nasty().remove(0); TAKEN + 1]] {
        let log = log_of(&findings);
        let errors: Vec<String> = judge
            .iter_errors(&log)
            .take(5)
            .map(|it| format!("{}: {}", it.instance_path(), it.masked()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    let mut broken = log_of(&nasty());
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        Value::from(0);
    assert!(!judge.is_valid(&broken), "the judge judges");
}

#[test]
fn rules_are_listed_once_and_indexed() {
    let log = log_of(&nasty());
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let ids: std::collections::BTreeSet<_> = rules.iter().map(|it| it["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len());
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    }
}

#[test]
fn what_is_nowhere_is_a_notification() {
    let findings = nasty();
    let placed = findings.iter().filter(|it| it.location.is_some()).count();
    let log = log_of(&findings);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let notes = run["invocations"][0]["toolExecutionNotifications"]
        .as_array()
        .expect("notes");
    assert_eq!(results.len(), placed);
    assert_eq!(notes.len(), findings.len() - placed);
    for result in results {
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn what_no_service_takes_is_left_out_and_said() {
    let grave = nasty().remove(0);
    let mut slight = grave.clone();
    slight.level = Level::Warn;
    let mut many = vec![slight; TAKEN];
    many.extend(vec![grave; 7]);
    let log = log_of(&many);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let errors = results.iter().filter(|it| it["level"] == "error").count();
    assert_eq!((results.len(), errors), (TAKEN, 7));
    let text = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    insta::assert_snapshot!(text.as_str().expect("text"), @"7 of 25007 findings are left out, those at the lowest level first: code scanning takes 25000 results of one run");
}

#[test]
fn the_exit_code_is_told_and_decides_nothing_else() {
    let of = |exit_code| {
        let text = report_of(&[], |report| {
            let mut summary = report.summary.clone();
            summary.exit_code = exit_code;
            let report = Report {
                summary: &summary,
                ..*report
            };
            sarif(&report)
        });
        let log: Value = serde_json::from_str(&text).expect("JSON");
        log["runs"][0]["invocations"][0].clone()
    };
    assert_eq!(of(None), json!({"executionSuccessful": true}));
    assert_eq!(
        of(Some(0)),
        json!({"executionSuccessful": true, "exitCode": 0})
    );
    assert_eq!(
        of(Some(1)),
        json!({"executionSuccessful": true, "exitCode": 1})
    );
    assert_eq!(
        of(Some(2)),
        json!({"executionSuccessful": false, "exitCode": 2})
    );
}

#[test]
fn a_suggestion_is_a_fix_of_text_where_its_column_is_known() {
    let [_, joined, _, _, _, unpaired, ..] = &nasty()[..] else {
        panic!("the list of nasty findings has changed");
    };
    let mut inside = joined.clone();
    if let Some(suggestion) = &mut inside.suggestion {
        suggestion.byte_start += 1;
        suggestion.byte_end -= 1;
    }
    let replacement = |finding: &Finding| {
        let log = log_of(std::slice::from_ref(finding));
        let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
        change["replacements"][0].clone()
    };
    let text = json!({"text": "\"externalConversationId\""});
    assert_eq!(
        replacement(joined),
        json!({
            "deletedRegion": {"startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 26},
            "insertedContent": text,
        })
    );
    assert_eq!(
        replacement(&inside),
        json!({
            "deletedRegion": {"startLine": 12, "startColumn": 4, "endLine": 12, "endColumn": 25},
            "insertedContent": text,
        })
    );
    assert_eq!(
        replacement(unpaired),
        json!({
            "deletedRegion": {"byteOffset": 7, "byteLength": 2},
            "insertedContent": {"binary": "eyJpdGVtcyI6IFsAPA=="},
        })
    );
}

#[test]
fn placeholders_and_links_are_escaped_and_nothing_else() {
    let all = ["{0} {12}{}", "{1,3} {", "[a](1) a[0] (b)", "}{3}{"].map(plain);
    insta::assert_snapshot!(all.join("\n"), @r"
    {{0}} {{12}}{}
    {1,3} {
    [a\](1) a[0] (b)
    }{{3}}{
    ");
}
