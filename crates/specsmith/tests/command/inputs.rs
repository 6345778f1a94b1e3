//! Where payloads come from: files, folders, standard input, packed or long.

use std::io::Write;

use serde_json::Value;

use crate::support::{BAD, GOOD, folder, run, run_with};

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
fn a_name_for_standard_input_that_is_not_read_is_refused() {
    let folder = folder(&[("a.json", GOOD)]);
    for path in [&["a.json"][..], &[]] {
        let arguments = [&["validate", "--stdin-filename", "x.ndjson"], path].concat();
        let ran = run(folder.path(), &arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.err, @r"
            error: `--stdin-filename` names standard input, which is not read
            help: give `-` among the paths, or leave the option out
            ");
        }
    }
}

#[test]
fn packed_files_that_are_not_named_so_are_told() {
    let folder = folder(&[]);
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let zstd = ruzstd::encoding::compress_to_vec(GOOD.as_bytes(), level);
    for form in ["a.json", "a.ndjson", "a.yaml"] {
        std::fs::write(folder.path().join(form), &zstd).expect("written");
        let ran = run(folder.path(), &["validate", form, "--format", "concise"]);
        let said = "packed with Zstandard, which its name does not say; put `.zst` behind its name";
        assert!(ran.out.contains(said), "{}", ran.out);
        assert_eq!(ran.code, 2, "what is in it was not looked at");
    }
    let arguments = ["validate", "-", "--format", "concise"];
    let ran = run_with(folder.path(), &arguments, &zstd);
    assert!(ran.out.contains("by `--stdin-filename`"), "{}", ran.out);
    let arguments = ["validate", "-", "--stdin-filename", "a.json.zst"];
    assert_eq!(run_with(folder.path(), &arguments, &zstd).code, 0);
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

/// An item that is too deep is told where the batch says that it is, and hides no other item.
#[test]
fn depth_counts_from_the_batch_whatever_its_length() {
    let text = "x".repeat(1300);
    let filler = format!("{{\"externalAgentId\": \"a\", \"y\": \"{text}\"}},\n").repeat(900);
    let batch = |filler: &str, depth: usize| {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        format!(
            "{{\"items\": [\n{filler}{{\"externalAgentId\": \"d\", \"x\": {nested}}},\n{{\"externalAgentId\": 6}}\n]}}"
        )
    };
    // Two brackets of the batch and one of the item stand around these, and 128 are the limit.
    for (depth, codes) in [
        (125, &["schema/type"][..]),
        (126, &["limit/depth", "schema/type"]),
    ] {
        let (short, long) = (batch("", depth), batch(&filler, depth));
        let folder = folder(&[("short.json", &short), ("long.json", &long)]);
        for file in ["short.json", "long.json"] {
            let arguments = [
                "--format",
                "json",
                "--operation",
                "manyAgentMetadata",
                "--allow",
                "lint",
            ];
            let ran = run(
                folder.path(),
                &[&["validate", file], &arguments[..]].concat(),
            );
            assert_eq!(
                (ran.code, ran.codes().join(" ")),
                (1, codes.join(" ")),
                "{file}"
            );
        }
    }
}

/// Whatever a file may be for is named, not only what fits the most of it.
#[test]
fn all_operations_that_a_file_may_be_for_are_named() {
    let text = "{\"items\": [{\"externalAgentId\": \"a\"}], \"externalAgentId\": \"q\", \"lobName\": \"x\"}";
    let folder = folder(&[("x.json", text)]);
    let ran = run(folder.path(), &["validate", "x.json"]);
    let both = "fit `singleAgentMetadata` and `manyAgentMetadata` equally well";
    assert!(ran.code == 2 && ran.out.contains(both), "{}", ran.out);
}

/// What a link leads to may be in the folder as well; a glob names the link.
#[cfg(unix)]
#[test]
fn links_to_files_are_followed_where_they_are_named() {
    let folder = folder(&[("out/f.json", BAD), ("in/g.json", GOOD)]);
    let link = folder.path().join("in/f.json");
    std::os::unix::fs::symlink("../out/f.json", link).expect("a link");
    let codes = |path: &str| {
        let ran = run(
            folder.path(),
            &["validate", path, "--format", "json", "--allow", "lint"],
        );
        ran.codes().len()
    };
    assert_eq!(codes("in"), 0);
    assert_eq!(codes("in/*.json"), codes("out/f.json"));
    assert_eq!(codes("in/f.json"), codes("out/f.json"));
}
