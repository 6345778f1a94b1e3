//! Payloads that are judged while they are read: the same findings however they are read, by
//! however many threads, and a run that goes on behind whatever it cannot take.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn specsmith(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("specsmith runs")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn findings(output: &Output) -> Vec<Value> {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no report: {}", String::from_utf8_lossy(&output.stderr)));
    report["findings"].as_array().expect("findings").clone()
}

/// Line, column, pointer and code of each finding.
fn told(output: &Output) -> Vec<String> {
    let place = |it: &Value| {
        let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        let at = &it["location"];
        format!(
            "{}:{} {} {}",
            at["line"],
            at["column"],
            text("pointer"),
            text("code")
        )
    };
    findings(output).iter().map(place).collect()
}

/// One agent in so many hands: a number picks what is wrong with it.
fn agent(number: usize) -> String {
    let id = match number % 50 {
        7 => number - 7,
        _ => number,
    };
    let rest = match number % 40 {
        3 => ",\"lobId\":5".to_owned(),
        11 => ",\"lobbId\":\"x\"".to_owned(),
        17 => ",\"agentName\":\" \"".to_owned(),
        23 => ",\"attributes\":[{\"name\":\"x\"}]".to_owned(),
        29 => ",\"agentName\":\"é\\u0020\"".to_owned(),
        31 => ",\"lobId\":\"x\"\"".to_owned(),
        _ => format!(",\"jobTitle\":\"{}\"", "x".repeat(1 + number % 80)),
    };
    format!("{{\"externalAgentId\":\"{id}\"{rest}}}")
}

fn agents(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        if number % 33 == 5 {
            text.push_str(" \r\n");
        }
        let end = if number % 7 == 2 { "\r\n" } else { "\n" };
        let _ = write!(text, "{}{end}", agent(number));
    }
    text
}

#[test]
fn every_number_of_jobs_gives_the_same_report() {
    // Longer than what is read of a file at once, so that threads share it.
    let long = agents(14_000);
    assert!(long.len() > 1 << 20);
    let short = agents(60);
    let batch = format!(
        "{{\"items\":[{}]}}",
        (0..90)
            .map(|it| agent(it * 40))
            .collect::<Vec<_>>()
            .join(",")
    );
    let folder = folder(&[
        ("a.ndjson", &short),
        ("b.ndjson", &short),
        ("c.ndjson", &long),
        ("d.json", &batch),
        ("e.ndjson", &short),
    ]);
    let run = |jobs: &str| {
        let arguments = [
            "validate",
            ".",
            "--max-findings",
            "0",
            "--jobs",
            jobs,
            "--output",
            "json=report.json",
        ];
        let output = specsmith(folder.path(), &arguments);
        let path = folder.path().join("report.json");
        let report = std::fs::read(&path).expect("a report");
        std::fs::remove_file(path).expect("removed");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr), text(&report))
    };
    let one = run("1");
    let count = |code: &str| one.2.matches(&format!("\"{code}\"")).count();
    assert!(count("lint/duplicate-id") > 300, "{}", one.1);
    assert!(count("schema/type") > 300, "{}", one.1);
    for jobs in ["2", "5"] {
        let other = run(jobs);
        assert!(one.0 == other.0, "the report of {jobs} jobs");
        assert_eq!(one.1, other.1, "the summary of {jobs} jobs");
        assert!(one.2 == other.2, "the file of {jobs} jobs");
    }
}

/// However few are printed, everything is counted, and what else stands in the report is the same.
#[test]
fn what_is_not_printed_is_counted() {
    let record = |number: usize| match number % 5 {
        1 => format!("{{\"externalAgentId\":\"{number}\",\"one\":1,\"two\":{{\"x\":[2]}}}}"),
        3 => agent(number),
        _ => format!("{{\"externalAgentId\":\"{number}\",\"items\":{number}}}"),
    };
    let records: Vec<String> = (0..1500).map(record).collect();
    let batch = format!("{{\"items\":[{}]}}", records.join(","));
    let folder = folder(&[
        ("a.ndjson", &records.join("\n")),
        ("b.json", &batch),
        ("specsmith.toml", "[limits]\nrecord = 10000\n"),
    ]);
    let counted = |file: &str, operation: &str, more: &[&str]| {
        let arguments = ["validate", file, "--operation", operation];
        let output = specsmith(folder.path(), &[&arguments[..], more].concat());
        let summary = String::from_utf8_lossy(&output.stderr).into_owned();
        let counts = summary
            .lines()
            .filter(|it| it.starts_with("  ") || it.contains("records"));
        counts.collect::<Vec<_>>().join("\n")
    };
    for (file, operation) in [
        ("a.ndjson", "singleAgentMetadata"),
        ("b.json", "manyAgentMetadata"),
    ] {
        let all = counted(file, operation, &["--max-findings", "0"]);
        assert!(all.contains("lint/unknown-property"), "{all}");
        for more in [
            &["--max-findings", "1"][..],
            &["--max-findings", "7", "--jobs", "3"],
            &["--jobs", "1"],
            &["--max-findings", "1", "--output", "json=report.json"],
        ] {
            assert_eq!(counted(file, operation, more), all, "{file} {more:?}");
        }
        counted(file, operation, &["--write-baseline", "known"]);
        let rest = counted(
            file,
            operation,
            &["--baseline", "known", "--max-findings", "1"],
        );
        assert!(rest.contains("nothing new is wrong"), "{rest}");
    }
}

/// What one value is made of, without what depends on how much of the text was at hand.
fn essence(mut finding: Value) -> Value {
    let repetition = finding["code"] == "lint/duplicate-id";
    if let Some(fields) = finding.as_object_mut() {
        fields.remove("excerpt");
        // Where the earlier record is, is told by its place if that is at hand, else by its line.
        if repetition {
            fields.remove("related");
            fields.remove("help");
        }
    }
    finding
}

/// A batch longer than the limit of a record is judged item by item: so is each example here, by
/// setting that limit to less than the file.
#[test]
fn items_are_told_as_in_the_whole_batch() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let table = std::fs::read_to_string(examples.join("mistakes/expected.tsv")).expect("a table");
    let mut streamed = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (file, operation) = (cells[0], cells[1]);
        if !operation.starts_with("many") || !file.ends_with(".json") {
            continue;
        }
        let text = std::fs::read_to_string(examples.join("mistakes").join(file)).expect(file);
        let limits = format!("[limits]\nrecord = {}\n", text.len() - 1);
        let folder = folder(&[
            (file, &text),
            ("streamed.toml", &limits),
            ("whole.toml", ""),
        ]);
        let run = |config: &str| {
            let arguments = [
                "validate",
                file,
                "--operation",
                operation,
                "--format",
                "json",
                "--config",
                config,
            ];
            findings(&specsmith(folder.path(), &arguments))
        };
        let (streamed_ones, whole) = (run("streamed.toml"), run("whole.toml"));
        // A text without the list cannot be read item by item.
        if streamed_ones.iter().all(|it| it["code"] == "limit/record") {
            continue;
        }
        let essences = |all: Vec<Value>| all.into_iter().map(essence).collect::<Vec<_>>();
        assert_eq!(essences(streamed_ones), essences(whole), "{file}");
        streamed += 1;
    }
    assert!(streamed >= 6, "{streamed} were read item by item");
}

/// The same for a batch of many items, with everything that can be wrong with one, on one line and
/// on many, with what stands around the items wrong as well.
#[test]
fn a_long_batch_is_told_as_a_whole_one() {
    let items: Vec<String> = (0..400).filter(|it| it % 40 != 31).map(agent).collect();
    for between in [",", ",\n  "] {
        let batch = format!(
            "{{\n\"more\": 1, \"items\": [{}\n ], \"itmes\": {{}} }}",
            items.join(between)
        );
        let limits = format!("[limits]\nrecord = {}\n", batch.len() - 1);
        let folder = folder(&[
            ("b.json", &batch),
            ("streamed.toml", &limits),
            ("whole.toml", ""),
        ]);
        let run = |config: &str| {
            let arguments = [
                "validate",
                "b.json",
                "--max-findings",
                "0",
                "--config",
                config,
            ];
            let output = specsmith(
                folder.path(),
                &[&arguments[..], &["--format", "json"]].concat(),
            );
            let mut all: Vec<Value> = findings(&output).into_iter().map(essence).collect();
            all.sort_by_key(|it| it["location"]["byteStart"].as_u64());
            let summary = String::from_utf8_lossy(&output.stderr).into_owned();
            (all, summary)
        };
        let (streamed, whole) = (run("streamed.toml"), run("whole.toml"));
        assert!(whole.0.len() > 40);
        for (streamed, whole) in streamed.0.iter().zip(&whole.0) {
            assert_eq!(streamed, whole);
        }
        assert_eq!(streamed.1, whole.1);
    }
}

/// Everything of a baseline written from the whole batch is known when it is read item by item.
#[test]
fn a_baseline_knows_items_however_they_are_read() {
    let items: Vec<String> = (0..120).filter(|it| it % 40 != 31).map(agent).collect();
    let batch = format!("{{\"items\": [{}]}}", items.join(", "));
    let limits = format!("[limits]\nrecord = {}\n", batch.len() - 1);
    let folder = folder(&[
        ("b.json", &batch),
        ("streamed.toml", &limits),
        ("whole.toml", ""),
    ]);
    let run = |arguments: &[&str]| {
        let arguments = [&["validate", "b.json", "--format", "json"], arguments].concat();
        findings(&specsmith(folder.path(), &arguments))
    };
    assert!(!run(&["--config", "whole.toml"]).is_empty());
    run(&["--config", "whole.toml", "--write-baseline", "known"]);
    assert_eq!(
        run(&["--config", "streamed.toml", "--baseline", "known"]),
        Vec::<Value>::new()
    );
}

#[test]
fn records_over_the_limit_are_told_and_the_run_goes_on() {
    let long = format!(
        "{{\"externalAgentId\":\"l\",\"jobTitle\":\"{}\"}}",
        "x".repeat(600)
    );
    let lines = format!("{}\n{long}\r\n\n{}\n{long}", agent(1), agent(3));
    let batch = format!(
        "{{\"items\": [\n {},\n {long},\n {},\n {long}]}}",
        agent(1),
        agent(3)
    );
    let folder = folder(&[
        ("a.ndjson", &lines),
        ("b.json", &batch),
        ("specsmith.toml", "[limits]\nrecord = 500\n"),
    ]);
    let run = |file: &str| {
        let arguments = ["validate", file, "--format", "json"];
        told(&specsmith(folder.path(), &arguments))
    };
    assert_eq!(
        run("a.ndjson"),
        [
            "2:1  limit/record",
            "4:32 /lobId schema/type",
            "5:1  limit/record"
        ]
    );
    assert_eq!(
        run("b.json"),
        [
            "3:2 /items/1 limit/record",
            "4:33 /items/2/lobId schema/type",
            "5:2 /items/3 limit/record"
        ]
    );
}

#[test]
fn lines_end_in_any_way() {
    let wrong = agent(3);
    let text = format!(
        "\u{feff}{}\r\n\r\n \t\n{wrong}\r\n{}\n\n{wrong}",
        agent(0),
        agent(1)
    );
    let folder = folder(&[("a.ndjson", &text)]);
    let arguments = ["validate", "a.ndjson", "--format", "json"];
    let output = specsmith(folder.path(), &arguments);
    assert_eq!(
        told(&output),
        [
            "1:1  json/byte-order-mark",
            "4:32 /lobId schema/type",
            "7:32 /lobId schema/type",
            "7:20 /externalAgentId lint/duplicate-id",
        ]
    );
    let summary = String::from_utf8_lossy(&output.stderr);
    assert!(summary.contains("4 records"), "{summary}");
    let records: Vec<_> = findings(&output)
        .iter()
        .map(|it| it["record"]["index"].as_u64().expect("an index"))
        .collect();
    assert_eq!(records, [0, 1, 3, 3]);
}

/// Which of two records is the repetition is told across files and batches.
#[test]
fn ids_are_compared_across_a_run() {
    let agent = |id: &str| format!("{{\"externalAgentId\":\"{id}\",\"lobId\":\"x\"}}");
    let batch = format!(
        "{{\"items\": [\n{},\n{},\n{}]}}",
        agent("1"),
        agent("0"),
        agent("1")
    );
    let batches = format!("{}\n", batch.replace('\n', ""));
    let folder = folder(&[("b.json", &batch), ("c.ndjson", &batches)]);
    for jobs in ["1", "3"] {
        let run = |files: &[&str], operation: &str| {
            let arguments = [
                "validate",
                "--format",
                "json",
                "--jobs",
                jobs,
                "--operation",
            ];
            let arguments = [&arguments[..], &[operation], files].concat();
            let output = specsmith(folder.path(), &arguments);
            let found = findings(&output);
            let mut told = Vec::new();
            for finding in found {
                let related = &finding["related"][0];
                told.push(format!(
                    "{}:{}:{} {} {}",
                    finding["location"]["file"].as_str().unwrap_or_default(),
                    finding["location"]["line"],
                    finding["location"]["column"],
                    finding["help"].as_str().unwrap_or_default(),
                    related["line"],
                ));
            }
            told
        };
        assert_eq!(
            run(&["b.json", "c.ndjson"], "manyAgentMetadata"),
            [
                "b.json:4:20 give each record an id of its own, or send it once 2",
                "c.ndjson:1:31 the earlier record is in b.json, line 2 null",
                "c.ndjson:1:67 the earlier record is in b.json, line 3 null",
                "c.ndjson:1:103 give each record an id of its own, or send it once 1",
            ]
        );
    }
}

#[test]
fn standard_input_is_read_as_it_comes() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .args([
            "validate",
            "-",
            "--stdin-filename",
            "x.ndjson",
            "--format",
            "json",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("specsmith runs");
    let mut input = child.stdin.take().expect("standard input");
    let writing = std::thread::spawn(move || {
        for number in 0..60 {
            let _ = writeln!(input, "{}", agent(number));
        }
    });
    let output = child.wait_with_output().expect("specsmith ends");
    writing.join().expect("everything is written");
    assert_eq!(told(&output)[0], "4:32 /lobId schema/type");
}
