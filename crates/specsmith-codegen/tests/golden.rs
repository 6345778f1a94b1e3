//! Golden cases: what is generated from `golden/<case>/spec.yaml`, in the style of the
//! `specsmith.toml` beside it, is `golden/<case>/expected`.
//!
//! `INSTA_UPDATE=always` writes what is expected anew, as it does for snapshots. That the code
//! compiles and judges as it should is for `golden_models.rs` to say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use specsmith_codegen::{Config, Manifest, Style, generate_crate_with};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The source files of a case, by path.
fn generated(case: &Path) -> BTreeMap<String, String> {
    let spec = case.join("spec.yaml");
    let manifest = Manifest::Standalone { rules: None };
    let style = match fs::read_to_string(case.join("specsmith.toml")) {
        Ok(text) => Config::parse(&text).expect("is understood").style,
        Err(_) => Style::default(),
    };
    let generated = generate_crate_with(&[spec], "golden", manifest, &style);
    let denied = generated.is_broken();
    assert!(!denied, "{}: {:#?}", case.display(), generated.findings);
    assert_eq!(
        generated.stats.any_fallback,
        0,
        "{}: {:#?}",
        case.display(),
        generated.findings
    );
    let files = generated.tree.files.into_iter();
    files
        .filter_map(|(path, text)| Some((path.strip_prefix("golden/src/")?.to_owned(), text)))
        .collect()
}

fn on_disk(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| {
            let path = entry.expect("is read").path();
            let name = path.file_name().expect("a file has a name");
            let name = name.to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("is read"))
        })
        .collect()
}

#[test]
fn cases_give_what_is_expected() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the cases are there")
        .map(|entry| entry.expect("is read").path())
        .collect();
    cases.sort();
    let mut stale = Vec::new();
    for case in cases {
        let expected = case.join("expected");
        let new = generated(&case);
        let old = on_disk(&expected);
        if update && old != new {
            let _ = fs::remove_dir_all(&expected);
            fs::create_dir_all(&expected).expect("is made");
            for (name, text) in &new {
                fs::write(expected.join(name), text).expect("is written");
            }
            continue;
        }
        for name in old.keys().chain(new.keys()) {
            let (old, new) = (old.get(name), new.get(name));
            if old == new {
                continue;
            }
            let (old, new) = (
                old.map_or("", String::as_str),
                new.map_or("", String::as_str),
            );
            let diff = similar::TextDiff::from_lines(old, new);
            stale.push(format!(
                "{}\n{}",
                expected.join(name).display(),
                diff.unified_diff()
            ));
        }
    }
    assert!(
        stale.is_empty(),
        "`INSTA_UPDATE=always` makes this what is expected:\n{}",
        stale.join("\n")
    );
}
