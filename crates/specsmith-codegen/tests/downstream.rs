//! A project outside the workspace that depends on one model crate alone compiles and derives
//! rules and custom attributes.

use std::fs;
use std::path::Path;
use std::process::Command;

const MAIN: &str = r#"
use agent_model::{AgentMetadata, Attribute, AttributeValue, CustomAttributes, Validate};

#[derive(Validate)]
#[validate(crate = agent_model)]
struct Row {
    #[validate(max_length = 3, pattern = "^[a-z]+$")]
    id: String,
    #[validate(nested)]
    agent: AgentMetadata,
}

#[derive(Debug, PartialEq, CustomAttributes)]
#[attributes(entity = "agent", prefix = "badge.")]
struct Badge {
    #[attribute(pattern = "^[A-Z]{2}-[0-9]+$")]
    number: String,
    colour: Option<Colour>,
}

#[derive(Debug, PartialEq, AttributeValue)]
enum Colour {
    Red,
    Blue,
}

fn main() {
    let badge = Badge { number: "AB-1".to_owned(), colour: Some(Colour::Blue) };
    let attributes = badge.to_attributes().expect("is valid");
    assert_eq!(attributes[1].value.as_deref(), Some("Blue"));
    assert_eq!(Badge::from_attributes(&attributes), Ok(badge));
    let good = Row { id: "abc".to_owned(), agent: AgentMetadata::new("a") };
    assert!(good.validate().is_ok());
    let bad = Row { id: "ABCD".to_owned(), agent: AgentMetadata::new("%") };
    let violations = bad.validate().expect_err("three rules are broken");
    let codes: Vec<_> = violations.iter().map(|it| (it.pointer.as_str(), it.code())).collect();
    assert_eq!(codes, [
        ("/id", "schema/max-length"),
        ("/id", "schema/pattern"),
        ("/agent/externalAgentId", "schema/pattern"),
    ]);
    let _ = Attribute::default();
}
"#;

#[test]
fn one_model_crate_is_enough() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().expect("the root is there");
    let project = tempfile::tempdir().expect("a folder");
    let project = project.path();
    let agent_model = root.join("crates/agent-model");
    // The profile is the workspace's, so that what is built already is built no more.
    let manifest = format!(
        "[package]\nname = \"downstream\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nagent-model = {{ path = {:?} }}\n\n[workspace]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.\"*\"]\ndebug = false\n",
        agent_model.display().to_string()
    );
    fs::create_dir(project.join("src")).expect("a folder");
    fs::write(project.join("Cargo.toml"), manifest).expect("is written");
    fs::write(project.join("src/main.rs"), MAIN).expect("is written");
    // The versions that are here already, so that nothing is fetched.
    fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock")).expect("is copied");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(project)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
