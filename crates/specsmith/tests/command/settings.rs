//! The configuration.

use crate::support::{GOOD, folder, run};

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

/// Ids of more parts than the scan keeps places for, and ids of one; long texts and short ones.
#[test]
fn ids_have_as_many_parts_as_are_configured() {
    for parts in [1, 2, 3, 8, 9] {
        let names: Vec<String> = (0..parts).map(|it| format!("p{it}")).collect();
        let properties: String = names
            .iter()
            .map(|it| format!("{it}: {{type: string}}, "))
            .collect();
        let spec = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{{properties}}}}}}}}}\n"
        );
        let config = format!("specs = \"own.yaml\"\n[identity]\nfields = {names:?}\n");
        let record = |of: &dyn Fn(usize) -> String| {
            let members = names.iter().enumerate();
            let members: Vec<_> = members
                .map(|(at, it)| format!("{it:?}:{:?}", of(at)))
                .collect();
            format!("{{{}}}\n", members.join(","))
        };
        let long = |at: usize| format!("{at}{}", "x".repeat(at * 9));
        let other = |at: usize| {
            if at + 1 == parts {
                "y".to_owned()
            } else {
                long(at)
            }
        };
        let lines = [record(&long), record(&other), record(&long)].concat();
        let folder = folder(&[
            ("specsmith.toml", &config),
            ("own.yaml", &spec),
            ("a.ndjson", &lines),
        ]);
        let arguments = [
            "validate", "a.ndjson", "--schema", "A", "--format", "concise",
        ];
        let ran = run(folder.path(), &arguments);
        let found: Vec<&str> = ran.out.lines().collect();
        assert_eq!(found.len(), 1, "{parts} parts: {} {}", ran.out, ran.err);
        assert!(
            found[0].starts_with("a.ndjson:3:"),
            "{parts} parts: {}",
            ran.out
        );
        assert!(
            found[0].contains("lint/duplicate-id"),
            "{parts} parts: {}",
            ran.out
        );
    }
}

#[test]
fn an_id_that_no_record_has_is_a_mistake_of_the_configuration() {
    let spec = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents: {schemas: {A: {properties: {id: {type: string}}}}}\n";
    let config = "[identity]\nfields = [\"externalAgentId\",\n  \"externalCustomerID\"]\nshow = \"colour\"\n";
    let own = format!("specs = \"own.yaml\"\n{config}");
    let folder = folder(&[
        ("a.toml", config),
        ("own.toml", &own),
        ("spec.yaml", spec),
        ("good.json", GOOD),
    ]);
    let run = |arguments: &[&str]| {
        let all = [&["validate", "good.json", "--format", "concise"], arguments].concat();
        run(folder.path(), &all)
    };
    let ran = run(&["--config", "a.toml"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.out, @r"
    a.toml:3:3: error[config/unknown-key] no record has a property `externalCustomerID`; did you mean `externalCustomerId`?
    a.toml:4:8: error[config/unknown-key] no record has a property `colour`
    ");
    // What is said of one specification is no mistake about another.
    let ran = run(&[
        "--config",
        "own.toml",
        "--spec",
        "spec.yaml",
        "--schema",
        "A",
    ]);
    assert!(!ran.out.contains("unknown-key"), "{}", ran.out);
}

#[test]
fn init_writes_what_is_valid_and_nothing_over_something() {
    let folder = folder(&[("good.json", GOOD)]);
    assert_eq!(run(folder.path(), &["init"]).code, 0);
    assert_eq!(run(folder.path(), &["init"]).code, 2);
    assert_eq!(run(folder.path(), &["validate", "good.json"]).code, 0);
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
        let ran = run(folder.path(), &["validate", path, "--format", "concise"]);
        let place = "specsmith.toml:3:13: error[config/unknown-operation]";
        assert!(ran.out.starts_with(place), "{}", ran.out);
    }
    // Named on the command line, it has no place.
    let ran = run(
        folder.path(),
        &["validate", "agents", "--operation", "createOrder"],
    );
    assert!(!ran.out.contains("-->"), "{}", ran.out);
}

/// Globs are relative to the configuration, wherever a command runs.
#[test]
fn a_configuration_further_up_speaks_of_files_here() {
    let configuration = "[[payloads]]\nfiles = \"pay/*.json\"\noperation = \"manyAgentMetadata\"\nlevels = { \"lint/unknown-property\" = \"deny\" }\n";
    let batch = "{\"items\": [{\"externalAgentId\": \"a\", \"lobNmae\": \"x\"}]}";
    let folder = folder(&[("specsmith.toml", configuration), ("pay/a.json", batch)]);
    let pay = folder.path().join("pay");
    for name in [
        "a.json",
        "./a.json",
        ".",
        "*.json",
        ".//*.json",
        "../pay/a.json",
    ] {
        let ran = run(&pay, &["validate", name, "--format", "json"]);
        assert_eq!(
            (ran.code, ran.codes()),
            (1, vec!["lint/unknown-property".to_owned()]),
            "{name}"
        );
    }
    assert_eq!(run(folder.path(), &["validate", "pay/a.json"]).code, 1);
    assert_eq!(run(&pay, &["validate"]).code, 1);
}

#[test]
fn a_folder_of_payloads_means_what_is_below_it() {
    let config = "[[payloads]]\nfiles = [\"./sub/\"]\nschema = \"AgentMetadata\"\n\
                  levels = {\"lint/unknown-property\" = \"deny\"}\n";
    let folder = folder(&[
        ("specsmith.toml", config),
        (
            "sub/deep/a.json",
            "{\"externalAgentId\": \"a\", \"wheel\": 1}",
        ),
    ]);
    let ran = run(folder.path(), &["validate", "--format", "json"]);
    assert_eq!(ran.codes(), ["lint/unknown-property"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.report()["findings"][0]["operation"], "AgentMetadata");
}

#[test]
fn no_report_takes_the_place_of_what_was_read_or_written() {
    let bad = "{\"externalAgentId\": 1}";
    let folder = folder(&[("p.json", bad), ("specsmith.toml", "")]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a text");
    for arguments in [
        &["--output", "json=p.json"][..],
        &["--output", "junit=./p.json"],
        &["--write-baseline", "p.json"],
        &["--output", "json=specsmith.toml"],
        &["--output", "json=new.json", "--output", "sarif=new.json"],
        &["--write-baseline", "new.json", "--output", "json=new.json"],
    ] {
        let ran = run(
            folder.path(),
            &[&["validate", "p.json"], arguments].concat(),
        );
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(
            ran.err
                .contains("cannot be written: this run has read or written it")
        );
        assert_eq!(
            (read("p.json").as_str(), read("specsmith.toml").as_str()),
            (bad, "")
        );
        let _ = std::fs::remove_file(folder.path().join("new.json"));
    }
    let toml = folder.path().join("specsmith.toml");
    std::fs::write(toml, "baseline = \"b\"\n").expect("written");
    for _ in 0..2 {
        let ran = run(
            folder.path(),
            &["validate", "p.json", "--write-baseline", "./b"],
        );
        assert_eq!(ran.code, 0, "it may be written anew: {}", ran.err);
    }
}

#[test]
fn what_is_allowed_now_is_not_gone_from_the_baseline() {
    let folder = folder(&[("p.json", "{\"externalAgentId\": \"a\", \"wheel\": 1}")]);
    let run = |more: &[&str]| {
        run(
            folder.path(),
            &[&["validate", "p.json", "--strict"], more].concat(),
        )
    };
    assert_eq!(run(&["--write-baseline", "b"]).code, 0);
    assert_eq!(run(&["--baseline", "b"]).code, 0);
    let ran = run(&["--baseline", "b", "--allow", "lint/unknown-property"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}
