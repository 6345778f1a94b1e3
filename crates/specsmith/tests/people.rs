//! People's data: what stands in payloads shows up in no output.

use std::path::Path;
use std::process::Command;

/// Planted as values, as unknown names and as ids.
const PLANTED: &[&str] = &[
    AGENT,
    "zq-7741",
    CUSTOMER,
    "Sigourney",
    "Weaverville",
    "0177-4242",
    "quetzal",
    "wombat",
    "xyzzy",
    "plugh",
    "ocelot",
];

/// The id of an agent and of a conversation, which reports may hold by default.
const AGENT: &str = "zq-7740";
/// The id of a customer, which they may not.
const CUSTOMER: &str = "zq-7742";

fn payloads() -> Vec<(&'static str, String)> {
    let batch = r#"{"items": [
  {"externalConversationId": "zq-7740", "externalCustomerId": "zq-7742", "phoneNumber": "Sigourney 0177-4242", "quetzal": {"wombat": {"wombat": 1, "wombat": 2}}},
  {"externalConversationId": "zq-7740", "externalCustomerId": "zq-7742", "status": 7741, "attributes": [{"name": "xyzzy", "value": ["plugh"]}, {"name": "xyzzy", "valu": "ocelot"}, {"name": "user id", "value": "Weaverville"}]},
  {"externalConversationId": "zq-7741%%", "eventId": "zq-7741 zq-7741", "emailAddress": "Sigourney Weaverville", "Sigourney": "ocelot", "addressZipcode": "Weaverville-Weaverville-ocelot"},
  {"externalCustomerId": "zq-7742", "externalConversationID": "zq-7741", "userId": "  "}
]}"#;
    vec![
        ("batch.json", batch.to_owned()),
        ("cut.json", r#"{"externalConversationId": "zq-7740", "externalCustomerId": "Sigourney"#.to_owned()),
        ("quotes.json", "{'externalConversationId': 'zq-7740', 'externalCustomerId': 'Weaverville'}".to_owned()),
        ("bare.json", "{\"externalConversationId\": Sigourney, \"externalCustomerId\": \"ocelot\"}".to_owned()),
        ("control.json", "{\"externalConversationId\": \"Sigourney\nWeaverville\", \"externalCustomerId\": \"x\"}".to_owned()),
        ("lines.ndjson", "{\"externalCustomerId\": \"zq-7742\", \"phoneNumber\": \"Sigourney\"}\n{\"externalCustomerId\": Sigourney\n\"ocelot\"\n".to_owned()),
        ("people.yaml", "externalCustomerId: zq-7742\nphoneNumber: Sigourney\nquetzal: ocelot\n---\nexternalCustomerId: [Weaverville\n".to_owned()),
        ("names.ndjson", "{\"externalAgentId\": \"Sigourney Weaverville\", \"lobId\": 7}\n{\"externalAgentId\": \"ocelot@wombat\", \"lobId\": 7}\n{\"externalAgentId\": 1774242, \"ocelotId\": \"0177-4242\"}\n".to_owned()),
        ("twice.yaml", "externalCustomerId: zq-7742\nexternalConversationId: *plugh\n".to_owned()),
        ("agents.ndjson", "{\"externalAgentId\": \"zq-7740\", \"agentName\": 12, \"languages\": [\"ocelot ocelot ocelot ocelot\"], \"startTs\": \"Sigourney\"}\n{\"externalAgentId\": \"zq-7740\"}\n".to_owned()),
    ]
}

fn run(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("specsmith runs");
    let both = [output.stdout, output.stderr].concat();
    let code = output.status.code().expect("an exit code");
    (String::from_utf8_lossy(&both).into_owned(), code)
}

fn leaks(text: &str) -> Vec<&'static str> {
    let planted = PLANTED.iter().copied();
    planted.filter(|it| text.contains(it)).collect()
}

/// The lines that leak, to see what to mend.
fn around(text: &str) -> String {
    let leaking = text.lines().filter(|line| !leaks(line).is_empty());
    leaking.take(20).collect::<Vec<_>>().join("\n")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in payloads() {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// Everything that runs in all formats print and write.
fn everything(folder: &Path) -> String {
    let formats = [
        "text", "concise", "json", "ndjson", "sarif", "junit", "github", "gitlab",
    ];
    let by_name = &["--operation", "manyCustomerMetadata"][..];
    let by_reference = &["--engine", "reference"][..];
    let mut all = String::new();
    for format in formats {
        for more in [by_name, by_reference, &[]] {
            let file = format!("{format}=out.{format}");
            let mut arguments = vec!["validate", ".", "--format", format, "--output", &file];
            arguments.extend(["--verbose", "--max-findings", "0", "--explain-response"]);
            arguments.extend(more);
            let (text, code) = run(folder, &arguments);
            assert_ne!(code, 0, "{text}");
            let path = folder.join(format!("out.{format}"));
            let written = std::fs::read_to_string(&path).expect("a report");
            assert!(written.contains("schema/"), "there is something to find");
            std::fs::remove_file(&path).expect("removed");
            all.push_str(&text);
            all.push_str(&written);
        }
    }
    all
}

#[test]
fn no_format_and_no_stream_shows_what_was_planted() {
    let all = everything(folder().path());
    assert_eq!(leaks(&all), [AGENT], "{}", around(&all));
    assert!(all.contains("(record 1, id zq-7740, "), "ids name records");
}

#[test]
fn which_ids_are_shown_is_configured() {
    for (shown, expected) in [
        ("[]", &[][..]),
        ("[\"externalCustomerId\"]", &[CUSTOMER]),
        (
            "[\"externalAgentId\", \"externalCustomerId\"]",
            &[AGENT, CUSTOMER],
        ),
    ] {
        let folder = folder();
        let config = format!("[identity]\nshow = {shown}\n");
        std::fs::write(folder.path().join("specsmith.toml"), config).expect("written");
        // Named by the configuration, an id is shown whatever it looks like.
        std::fs::remove_file(folder.path().join("names.ndjson")).expect("removed");
        let all = everything(folder.path());
        assert_eq!(leaks(&all), expected, "{shown}: {}", around(&all));
    }
}

#[test]
fn responses_show_neither_ids_nor_words_of_the_api() {
    let folder = folder();
    let response = r#"{"errorCount": 2, "results": [{"eventId": "zq-7741", "error": ""}, {"eventId": "", "error": "FAIL_BAD_PARAMS: Sigourney"}, {"eventId": "zq-7741 zq-7741", "error": "Weaverville"}, {"eventId": "plugh", "error": "ocelot"}]}"#;
    std::fs::write(folder.path().join("response.json"), response).expect("written");
    let arguments = [
        "explain-response",
        "response.json",
        "--request",
        "batch.json",
    ];
    let (text, code) = run(folder.path(), &arguments);
    assert_eq!(code, 1, "{text}");
    assert_eq!(leaks(&text), [""; 0], "{text}");
    let (text, _) = run(
        folder.path(),
        &[&arguments[..], &["--show-values"]].concat(),
    );
    assert!(text.contains("Sigourney"), "{text}");
}

#[test]
fn baselines_hold_no_text_of_payloads() {
    let folder = folder();
    let (text, _) = run(
        folder.path(),
        &["validate", ".", "--write-baseline", "base"],
    );
    assert_eq!(leaks(&text), [""; 0], "{text}");
    let baseline = std::fs::read_to_string(folder.path().join("base")).expect("a baseline");
    assert_eq!(leaks(&baseline), [""; 0], "{baseline}");
    assert!(baseline.contains("schema/"));
}

#[test]
fn values_are_shown_where_that_is_asked_for() {
    let folder = folder();
    let (text, _) = run(
        folder.path(),
        &["validate", "agents.ndjson", "--show-values"],
    );
    assert!(text.contains("Sigourney") && text.contains(AGENT), "{text}");
}

/// Mixing up the two is a mistake of the first hour.
#[test]
fn payloads_that_are_taken_for_something_else_are_not_shown() {
    let folder = folder();
    for (file, _) in payloads() {
        for arguments in [
            &["validate", "batch.json", "--spec", file][..],
            &["validate", "batch.json", "--config", file],
            &["generate", file, "--out", "crates"],
            &["config", "--config", file],
        ] {
            let (text, code) = run(folder.path(), arguments);
            let leaks = leaks(&text);
            assert!(leaks.iter().all(|it| *it == AGENT), "{arguments:?}: {text}");
            assert_ne!(code, 0, "{arguments:?}");
        }
    }
}
