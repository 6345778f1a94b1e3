//! People's data: what stands in payloads shows up in no output.

use std::path::Path;
use std::process::Command;

/// Planted as values, as unknown names and as ids.
const PLANTED: &[&str] = &[
    "Sigourney",
    "Weaverville",
    "zq-7741",
    "zq-7742",
    "0177-4242",
    "quetzal",
    "wombat",
    "xyzzy",
    "plugh",
    "ocelot",
];

fn payloads() -> Vec<(&'static str, String)> {
    let batch = r#"{"items": [
  {"externalConversationId": "zq-7741", "externalCustomerId": "zq-7742", "phoneNumber": "Sigourney 0177-4242", "quetzal": {"wombat": {"wombat": 1, "wombat": 2}}},
  {"externalConversationId": "zq-7741", "externalCustomerId": "zq-7742", "status": 7741, "attributes": [{"name": "xyzzy", "value": ["plugh"]}, {"name": "xyzzy", "valu": "ocelot"}, {"name": "user id", "value": "Weaverville"}]},
  {"externalConversationId": "zq-7741%%", "emailAddress": "Sigourney Weaverville", "Sigourney": "ocelot", "addressZipcode": "Weaverville-Weaverville-ocelot"},
  {"externalCustomerId": "zq-7742", "externalConversationID": "zq-7741", "userId": "  "}
]}"#;
    vec![
        ("batch.json", batch.to_owned()),
        ("cut.json", r#"{"externalConversationId": "zq-7741", "externalCustomerId": "Sigourney"#.to_owned()),
        ("quotes.json", "{'externalConversationId': 'zq-7741', 'externalCustomerId': 'Weaverville'}".to_owned()),
        ("bare.json", "{\"externalConversationId\": Sigourney, \"externalCustomerId\": \"ocelot\"}".to_owned()),
        ("control.json", "{\"externalConversationId\": \"Sigourney\nWeaverville\", \"externalCustomerId\": \"x\"}".to_owned()),
        ("lines.ndjson", "{\"externalCustomerId\": \"zq-7742\", \"phoneNumber\": \"Sigourney\"}\n{\"externalCustomerId\": Sigourney\n\"ocelot\"\n".to_owned()),
        ("people.yaml", "externalCustomerId: zq-7742\nphoneNumber: Sigourney\nquetzal: ocelot\n---\nexternalCustomerId: [Weaverville\n".to_owned()),
        ("twice.yaml", "externalCustomerId: zq-7742\nexternalConversationId: *plugh\n".to_owned()),
        ("agents.ndjson", "{\"externalAgentId\": \"zq-7741\", \"agentName\": 12, \"languages\": [\"ocelot ocelot ocelot ocelot\"], \"startTs\": \"Sigourney\"}\n{\"externalAgentId\": \"zq-7741\"}\n".to_owned()),
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

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in payloads() {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

#[test]
fn no_format_and_no_stream_shows_what_was_planted() {
    let folder = folder();
    let formats = [
        "text", "concise", "json", "ndjson", "sarif", "junit", "github", "gitlab",
    ];
    for format in formats {
        for choice in [&["--operation", "manyCustomerMetadata"][..], &[][..]] {
            let file = format!("{format}=out.{format}");
            let mut arguments = vec![
                "validate",
                ".",
                "--format",
                format,
                "--verbose",
                "--max-findings",
                "0",
                "--explain-response",
                "--output",
                &file,
            ];
            arguments.extend(choice);
            let (text, code) = run(folder.path(), &arguments);
            assert_ne!(code, 0, "{text}");
            assert_eq!(leaks(&text), [""; 0], "{format}: {text}");
            let written = folder.path().join(format!("out.{format}"));
            let written = std::fs::read_to_string(&written).expect("a report");
            assert_eq!(leaks(&written), [""; 0], "{format}: {written}");
            assert!(written.contains("schema/"), "there is something to find");
            std::fs::remove_file(folder.path().join(format!("out.{format}"))).expect("removed");
        }
    }
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
    assert!(
        text.contains("Sigourney") && text.contains("zq-7741"),
        "{text}"
    );
}
