//! The generated crates of this repository are what its specifications say, and are always the same.

use std::fs;
use std::path::{Path, PathBuf};

use specsmith_codegen::{ChangeKind, Config, FileTree, Mode, generate, write};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn generated(root: &Path) -> FileTree {
    let text = fs::read_to_string(root.join("specsmith.toml")).expect("the configuration is there");
    let config = Config::parse(&text).expect("the configuration is understood");
    let generated = generate(&config, root);
    let messages: Vec<_> = generated.findings.iter().map(|it| &it.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");
    generated.tree
}

/// The parts of a checkout that generation reads, somewhere else.
fn copied() -> tempfile::TempDir {
    let copy = tempfile::Builder::new()
        .prefix("renamed checkout é ")
        .tempdir()
        .expect("a folder");
    fs::create_dir(copy.path().join("specs")).expect("a folder");
    for entry in fs::read_dir(root().join("specs")).expect("specs are there") {
        let path = entry.expect("is read").path();
        let name = path.file_name().expect("a file has a name");
        fs::copy(&path, copy.path().join("specs").join(name)).expect("is copied");
    }
    fs::copy(
        root().join("specsmith.toml"),
        copy.path().join("specsmith.toml"),
    )
    .expect("is copied");
    copy
}

#[test]
fn generated_files_are_fresh() {
    let outcome = write(&generated(&root()), &root(), Mode::Check).expect("the crates are read");
    let diffs: Vec<_> = outcome.changes.iter().map(|it| it.diff.as_str()).collect();
    assert!(
        outcome.is_fresh(),
        "run `cargo xtask codegen`\n{}\n{:?}",
        diffs.join("\n"),
        outcome.foreign
    );
}

#[test]
fn the_same_specifications_give_the_same_bytes() {
    let here = generated(&root());
    assert_eq!(here, generated(&root()), "twice in a row");
    let copy = copied();
    assert_eq!(
        here,
        generated(copy.path()),
        "in a checkout of another name"
    );
    for (path, text) in &here.files {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        assert!(!text.contains("renamed checkout"), "{path}");
    }
}

#[test]
fn a_changed_limit_is_noticed_and_mended() {
    let copy = copied();
    let root = copy.path();
    write(&generated(root), root, Mode::Write).expect("the crates are written");
    let path = root.join("specs/customer.yaml");
    let spec = fs::read_to_string(&path).expect("is read");
    assert_eq!(spec.matches("maxLength: 32").count(), 1);
    fs::write(&path, spec.replace("maxLength: 32", "maxLength: 20")).expect("is written");

    let outcome = write(&generated(root), root, Mode::Check).expect("the crates are read");
    let lib = outcome
        .changes
        .iter()
        .find(|it| it.path == "crates/customer-model/src/lib.rs")
        .expect("the model is stale");
    assert_eq!(lib.kind, ChangeKind::Stale);
    assert!(
        lib.diff.contains("-    #[validate(max_length = 32,"),
        "{}",
        lib.diff
    );
    assert!(
        lib.diff.contains("+    #[validate(max_length = 20,"),
        "{}",
        lib.diff
    );
    // The derives know the fields of every entity, so their header names every document.
    let mine = ["crates/customer-model/", "crates/attributes-derive/"];
    let others = outcome
        .changes
        .iter()
        .filter(|it| !mine.iter().any(|folder| it.path.starts_with(folder)));
    assert_eq!(others.count(), 0);

    write(&generated(root), root, Mode::Write).expect("the crates are written");
    assert!(
        write(&generated(root), root, Mode::Check)
            .expect("is read")
            .is_fresh()
    );
}

#[test]
fn a_crate_that_nothing_asks_for_is_an_orphan() {
    let copy = copied();
    let root = copy.path();
    write(&generated(root), root, Mode::Write).expect("the crates are written");
    let path = root.join("specsmith.toml");
    let text = fs::read_to_string(&path).expect("is read");
    let less: String = text
        .lines()
        .filter(|it| !it.contains("agent.yaml"))
        .map(|it| format!("{it}\n"))
        .collect();
    fs::write(&path, less).expect("is written");
    let outcome = write(&generated(root), root, Mode::Check).expect("is read");
    assert!(!outcome.changes.is_empty());
    for change in &outcome.changes {
        // The derives are for one entity less, and their example is of another one.
        let derives = change.path.starts_with("crates/attributes-derive/")
            || change.path.ends_with("/src/attributes.rs");
        let orphan =
            change.kind == ChangeKind::Orphan && change.path.starts_with("crates/agent-model/");
        assert!(derives || orphan, "{}", change.path);
    }
    write(&generated(root), root, Mode::Write).expect("is written");
    assert!(!root.join("crates/agent-model").exists());
}
