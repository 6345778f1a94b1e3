//! `package`: every crate that is to be published, as it would be.
//!
//! Packs all of them, unpacks what came of it, and looks whether what they take in by links is
//! there. With `--build`, builds them from there, where nothing of this repository can help: each
//! finds the others by version only.

use std::fs;
use std::path::Path;
use std::process::Command;

use specsmith_json::{Limits, Node};

/// `Err` says what is missing, or what did not build.
pub(crate) fn package(root: &Path, build: bool) -> Result<(), String> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let target = std::path::absolute(&target).unwrap_or(target);
    let packages = publishable(root)?;
    let mut pack = cargo();
    pack.current_dir(root)
        .env("CARGO_TARGET_DIR", &target)
        .args(["package", "--quiet", "--no-verify", "--allow-dirty"]);
    for package in &packages {
        pack.args(["--package", &package.name]);
    }
    run(&mut pack)?;
    let scratch = target.join("unpacked");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    for package in &packages {
        let file = format!("{}-{}.crate", package.name, package.version);
        let mut unpack = Command::new("tar");
        unpack.current_dir(&scratch).arg("-xzf");
        run(unpack.arg(target.join("package").join(&file)))?;
        linked(package, &scratch)?;
    }
    say(&format!("{} crates are packed\n", packages.len()));
    if build {
        manifest(&packages, &scratch)?;
        let mut all = cargo();
        all.current_dir(&scratch)
            .env("CARGO_TARGET_DIR", target.join("from-packages"))
            .args(["build", "--workspace"]);
        run(&mut all)?;
        say("they build from their packages alone\n");
    }
    Ok(())
}

struct Package {
    name: String,
    version: String,
    /// The folder of its manifest.
    folder: std::path::PathBuf,
}

fn publishable(root: &Path) -> Result<Vec<Package>, String> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata cannot be run: {error}"))?;
    let metadata = specsmith_json::read(&output.stdout, &Limits::default()).root;
    let metadata = metadata.ok_or("cargo metadata did not print what it should")?;
    let text = |node: &Node, name: &str| {
        let text = node.get(name).and_then(Node::as_str);
        text.unwrap_or_default().to_owned()
    };
    let all = metadata.get("packages").and_then(Node::as_array);
    // `publish` lists registries: null is any, and an empty list none.
    let open = all.unwrap_or_default().iter().filter(|it| {
        let registries = it.get("publish").and_then(Node::as_array);
        registries.is_none_or(|it| !it.is_empty())
    });
    Ok(open
        .map(|it| Package {
            name: text(it, "name"),
            version: text(it, "version"),
            folder: Path::new(&text(it, "manifest_path"))
                .parent()
                .unwrap_or(root)
                .to_owned(),
        })
        .collect())
}

/// What a crate's folder has by links is in its package, as files.
fn linked(package: &Package, scratch: &Path) -> Result<(), String> {
    let unpacked = scratch.join(format!("{}-{}", package.name, package.version));
    let entries = fs::read_dir(&package.folder)
        .into_iter()
        .flatten()
        .flatten();
    for entry in entries.filter(|it| it.path().is_symlink()) {
        let there = fs::read_dir(unpacked.join(entry.file_name()));
        if there.is_ok_and(|mut it| it.next().is_some()) {
            continue;
        }
        return Err(format!(
            "the package of `{}` lacks `{}`",
            package.name,
            entry.file_name().to_string_lossy()
        ));
    }
    Ok(())
}

/// A workspace of what was unpacked. A version that is asked for is found there.
fn manifest(packages: &[Package], scratch: &Path) -> Result<(), String> {
    let mut text =
        "[workspace]\nresolver = \"3\"\nmembers = [\"*-*\"]\n\n[patch.crates-io]\n".to_owned();
    for Package { name, version, .. } in packages {
        text.push_str(&format!("{name} = {{ path = \"{name}-{version}\" }}\n"));
    }
    let path = scratch.join("Cargo.toml");
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?} cannot be run: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed")),
    }
}

#[expect(clippy::print_stdout, reason = "a command's own output")]
fn say(text: &str) {
    print!("{text}");
}
