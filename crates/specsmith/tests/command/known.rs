//! What is known already, and what the API would answer or did.

use crate::support::{folder, run, run_with};

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

/// Nothing was learned of what cannot be read, so what is known of it is not gone.
#[test]
fn what_cannot_be_read_is_not_gone_from_the_baseline() {
    let batch = "{\"items\": [{\"externalAgentId\": \"a\", \"lobId\": 7}]}";
    let line = "{\"externalAgentId\": \"a\", \"lobId\": 7}\n";
    let lines = format!("{line}{{\"externalAgentId\": \"b\"}}\n");
    let yaml = "externalAgentId: a\nlobId: 7\n";
    let deep = format!("{{\"externalAgentId\": {}1}}", "[".repeat(200));
    for (file, known, now, code) in [
        ("x.json", batch, &batch[..40], "json/truncated"),
        (
            "x.json",
            batch,
            &*batch.replace("}]", ", }]"),
            "json/trailing-comma",
        ),
        ("x.json", batch, &deep, "limit/depth"),
        (
            "x.ndjson",
            &lines,
            &lines.replace("7}", "7"),
            "json/truncated",
        ),
        (
            "x.yaml",
            yaml,
            "externalAgentId: [a\nlobId: 7\n",
            "yaml/syntax",
        ),
        (
            "x.yaml",
            yaml,
            "externalAgentId: *a\nlobId: 7\n",
            "yaml/unknown-alias",
        ),
    ] {
        let folder = folder(&[(file, known)]);
        for engine in ["plan", "reference"] {
            std::fs::write(folder.path().join(file), known).expect("written");
            let run = |more: &[&str]| {
                let arguments = ["validate", file, "--engine", engine, "--format", "json"];
                let operation = match known == batch {
                    true => "manyAgentMetadata",
                    false => "singleAgentMetadata",
                };
                let arguments = [&arguments[..], &["--operation", operation], more].concat();
                run(folder.path(), &arguments)
            };
            let ran = run(&["--write-baseline", "base"]);
            assert_eq!(ran.code, 0, "{file}: {}", ran.err);
            std::fs::write(folder.path().join(file), now).expect("written");
            let codes = run(&["--baseline", "base"]).codes();
            assert!(codes.iter().any(|it| it == code), "{file}: {codes:?}");
            let stale = "config/stale-baseline".to_owned();
            assert!(!codes.contains(&stale), "{file}, {engine}: {codes:?}");
        }
    }
}

/// However a file is named, and from wherever: it is known by its path from the repository's root, or
/// from the folder of the configuration where there is none.
#[test]
fn a_baseline_knows_a_file_by_any_name() {
    let bad = "{\"externalAgentId\": 4}";
    for beside in [
        ("specsmith.toml", "baseline = \"base\"\n"),
        (".git/HEAD", ""),
    ] {
        let folder = folder(&[("pay/x.json", bad), beside]);
        let (root, pay) = (folder.path(), folder.path().join("pay"));
        let written = run(
            root,
            &["validate", "pay/x.json", "--write-baseline", "base"],
        );
        assert_eq!(written.code, 0, "{}", written.err);
        let file = pay.join("x.json");
        let file = file.to_str().expect("a path");
        for (from, name, baseline) in [
            (root, "./pay/x.json", "base"),
            (root, "pay/../pay/x.json", "base"),
            (root, file, "base"),
            (&pay, "x.json", "../base"),
            (&pay, "../pay/x.json", "../base"),
        ] {
            let mut arguments = vec!["validate", name];
            if beside.0 == ".git/HEAD" {
                arguments.extend(["--baseline", baseline]);
            }
            let ran = run(from, &arguments);
            assert_eq!(ran.code, 0, "{name}: {}{}", ran.out, ran.err);
        }
    }
}

/// A baseline counts from its own repository, or from its own folder, wherever a command runs.
#[test]
fn a_baseline_is_known_from_anywhere() {
    let bad = "{\"externalAgentId\": 4}";
    for beside in [".git/HEAD", "no-repository"] {
        let folder = folder(&[
            ("r/pay/x.json", bad),
            (&format!("r/{beside}"), ""),
            ("other/.git/HEAD", ""),
        ]);
        let root = folder.path().join("r");
        let (file, baseline) = (root.join("pay/x.json"), root.join("base"));
        let text = |path: &std::path::Path| path.to_str().expect("a path").to_owned();
        let (file, baseline) = (text(&file), text(&baseline));
        let from = |folder: &str, option: &str| {
            let arguments = ["validate", &file, option, &baseline];
            run(&root.join(folder), &arguments)
        };
        let folders = match beside {
            ".git/HEAD" => &["", "pay", "..", "../other"][..],
            _ => &["", "pay", ".."],
        };
        for written in folders {
            let ran = from(written, "--write-baseline");
            assert_eq!(ran.code, 0, "{}", ran.err);
            for read in folders {
                let ran = from(read, "--baseline");
                assert_eq!(ran.code, 0, "{written} {read}: {}", ran.out);
                assert!(ran.out.is_empty(), "{written} {read}: {}", ran.out);
            }
        }
    }
}

/// Baselines that were written from outside of their repository counted from there.
#[test]
fn an_old_baseline_is_known_from_where_it_was_written() {
    let bad = "{\"externalAgentId\": 4}";
    let folder = folder(&[("r/x.json", bad), ("r/.git/HEAD", "")]);
    let arguments = ["validate", "r/x.json", "--write-baseline", "r/base"];
    assert_eq!(run(folder.path(), &arguments).code, 0);
    let path = folder.path().join("r/base");
    let text = std::fs::read_to_string(&path).expect("a baseline");
    assert!(text.contains("\"file\": \"x.json\""), "{text}");
    let old = text.replace("\"x.json\"", "\"r/x.json\"");
    std::fs::write(&path, old).expect("written");
    let ran = run(
        folder.path(),
        &["validate", "r/x.json", "--baseline", "r/base"],
    );
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    // What is mended is told by the name that it has there.
    std::fs::write(
        folder.path().join("r/x.json"),
        "{\"externalAgentId\": \"4\"}",
    )
    .expect("written");
    let ran = run(
        folder.path(),
        &["validate", "r/x.json", "--baseline", "r/base"],
    );
    assert!(ran.out.contains("config/stale-baseline"), "{}", ran.out);
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
            "several.ndjson",
            "{\"items\": [{\"externalAgentId\": \"a\"}]}\n{\"items\": [{\"externalAgentId\": \"b\"}, {\"externalAgentId\": 5}]}\n{\"items\": [{\"externalAgentId\": 6}]}\n",
        ),
        (
            "several.yaml",
            "items: [{externalAgentId: a}]\n---\nitems: [{externalAgentId: b}, {externalAgentId: 5}]\n---\nitems: [{externalAgentId: 6}]\n",
        ),
        (
            "one.ndjson",
            "{\"items\": [{\"externalAgentId\": \"b\"}, {\"externalAgentId\": 5}]}\n",
        ),
        (
            "response.json",
            "{\"errorCount\": 1, \"results\": [{\"error\": \"\"}, {\"error\": \"FAIL_X: no\"}, {\"error\": \"\"}]}",
        ),
    ]);
    let answer = |file: &str| run(folder.path(), &["validate", file, "--explain-response"]).err;
    assert!(answer("partial.json").contains("200, partial success: 1 of 3 items refused"));
    assert!(answer("none.json").contains("400, every item refused"));
    // Each batch of several is a request.
    for several in ["several.ndjson", "several.yaml"] {
        let said = answer(several);
        let record =
            |at: u64, words: &str| format!("{several}, record {at}: the API would answer {words}");
        for words in [
            record(1, "200, partial success: 1 of 2 items refused"),
            record(2, "400, every item refused"),
            format!("{several}: the API would answer 200, every item accepted, to all others"),
        ] {
            assert!(said.contains(&words), "{words}: {said}");
        }
        assert!(!said.contains("record 0"), "{said}");
    }
    let one = answer("one.ndjson");
    assert!(
        one.contains(
            "one.ndjson, record 0: the API would answer 200, partial success: 1 of 2 items refused"
        ),
        "{one}"
    );
    assert!(!one.contains("others"), "{one}");
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
fn a_response_that_is_none_cannot_be_explained() {
    let folder = folder(&[
        ("b.json", "{\"items\": [{\"externalAgentId\": \"a\"}]}"),
        ("none.json", "{\"errorCount\": 0, \"results\": []}"),
        (
            "number.json",
            "{\"errorCount\": 0, \"results\": [{\"error\": 5}]}",
        ),
    ]);
    let explained = |response| {
        run(
            folder.path(),
            &["explain-response", response, "--request", "b.json"],
        )
    };
    let unfit = explained("none.json");
    assert_eq!(unfit.code, 1, "{}", unfit.err);
    assert_eq!(unfit.out, "b.json: the response has 0 results for 1 item\n");
    let unread = explained("number.json");
    assert_eq!((unread.code, unread.out.as_str()), (2, ""));
    let said = "error: `error` of result 0 of the response is no text";
    assert!(unread.err.contains(said), "{}", unread.err);
}

#[test]
fn a_batch_is_explained_in_the_forms_that_it_is_checked_in() {
    let response = r#"{"errorCount": 1, "results": [{"eventId": "b", "error": "FAIL_X: no"}]}"#;
    let folder = folder(&[
        ("b.yaml", "items:\n- externalAgentId: a\n  eventId: b\n"),
        ("broken.yaml", "items: 'a\n"),
    ]);
    let batch = br#"{"items": [{"eventId": "b"}]}"#;
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let packed = ruzstd::encoding::compress_to_vec(&batch[..], level);
    std::fs::write(folder.path().join("b.json.zst"), packed).expect("written");
    let explained = |request: &str| {
        let arguments = ["explain-response", "-", "--request", request];
        run_with(folder.path(), &arguments, response.as_bytes())
    };
    let refused = "item 0 was refused: FAIL_X (found by its event id)\n";
    assert_eq!(explained("b.yaml").out, format!("b.yaml:2:3: {refused}"));
    let said = format!("b.json.zst:1:12: {refused}");
    assert_eq!(explained("b.json.zst").out, said);
    let broken = explained("broken.yaml");
    assert_eq!(broken.code, 2);
    let said = "error: broken.yaml:1:8: this quoted text is not closed";
    assert!(broken.err.contains(said), "{}", broken.err);
}

#[test]
fn the_api_takes_in_nothing_of_a_batch_without_its_list() {
    let folder = folder(&[("b.json", "{\"itms\": [{\"externalAgentId\": \"a\"}]}")]);
    let ran = run(folder.path(), &["validate", "b.json", "--explain-response"]);
    let said = "b.json: the API would answer 200, and take in no item";
    assert!(ran.err.contains(said), "{}", ran.err);
}
