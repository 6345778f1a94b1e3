//! `tidy`: what the documentation says of the tree is true.
//!
//! The table of crates in `ARCHITECTURE.md` lists every crate and, in its last column, what each
//! may use; every module starts with a sentence; packages that one crate wraps are named nowhere
//! else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use specsmith_json::{Limits, Node};

/// Packages that only the crates named may depend on, tests and benches aside.
const WRAPPED: &[(&str, &[&str])] = &[
    ("openapiv3", &["specsmith-source"]),
    ("yaml_serde", &["specsmith-source"]),
    ("saphyr-parser", &["specsmith-source"]),
    ("askama", &["specsmith-codegen"]),
    ("prettyplease", &["specsmith-codegen"]),
    ("quote", &["specsmith-codegen", "specsmith-macros"]),
    ("syn", &["specsmith-codegen", "specsmith-macros"]),
    ("jsonschema", &["specsmith-reference", "specsmith-bench"]),
];

/// The one folder whose code may be unsafe, and the words before the count of its blocks.
const UNSAFE: (&str, &str) = ("crates/specsmith-plan/src/simd/", "One module has any, in ");

/// `Err` says what is untidy, one line each.
pub(crate) fn tidy(root: &Path) -> Result<(), String> {
    let crates = workspace(root)?;
    let mut untidy = Vec::new();
    arrows(root, &crates, &mut untidy)?;
    wrapped(&crates, &mut untidy);
    modules(root, &crates, &mut untidy)?;
    unsafe_blocks(root, &crates, &mut untidy)?;
    if untidy.is_empty() {
        Ok(())
    } else {
        Err(untidy.join("\n"))
    }
}

struct Crate {
    folder: PathBuf,
    ours: BTreeSet<String>,
    theirs: BTreeSet<String>,
}

fn workspace(root: &Path) -> Result<BTreeMap<String, Crate>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = std::process::Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata cannot be run: {error}"))?;
    let reading = specsmith_json::read(&output.stdout, &Limits::default());
    let metadata = reading
        .root
        .ok_or("cargo metadata did not print what it should")?;
    let packages = list(&metadata, "packages");
    let names: BTreeSet<String> = packages.iter().map(|it| text(it, "name")).collect();
    Ok(packages
        .iter()
        .map(|package| {
            let normal = list(package, "dependencies")
                .iter()
                .filter(|it| it.get("kind").and_then(Node::as_str).is_none());
            let (ours, theirs) = normal
                .map(|it| text(it, "name"))
                .partition(|it| names.contains(it));
            let manifest = PathBuf::from(text(package, "manifest_path"));
            let folder = manifest.parent().unwrap_or(root).to_owned();
            let it = Crate {
                folder,
                ours,
                theirs,
            };
            (text(package, "name"), it)
        })
        .collect())
}

/// The table of `ARCHITECTURE.md` against the dependencies.
fn arrows(
    root: &Path,
    crates: &BTreeMap<String, Crate>,
    untidy: &mut Vec<String>,
) -> Result<(), String> {
    let page = fs::read_to_string(root.join("ARCHITECTURE.md"))
        .map_err(|error| format!("ARCHITECTURE.md cannot be read: {error}"))?;
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let (Some(names), Some(uses)) = (cells.first(), cells.last()) else {
            continue;
        };
        for name in names.split('`').skip(1).step_by(2) {
            listed.insert(name, uses);
        }
    }
    for (name, it) in crates {
        let Some(uses) = listed.get(name.as_str()) else {
            untidy.push(format!("ARCHITECTURE.md does not list the crate `{name}`"));
            continue;
        };
        let allowed: BTreeSet<&str> = uses
            .split(|character: char| !character.is_ascii_alphanumeric() && character != '-')
            .collect();
        for used in &it.ours {
            let short = used.strip_prefix("specsmith-").unwrap_or(used);
            if !allowed.contains(short) && !allowed.contains(used.as_str()) {
                untidy.push(format!(
                    "`{name}` uses `{used}`, which its row of ARCHITECTURE.md does not list"
                ));
            }
        }
    }
    for name in listed.keys() {
        if !crates.contains_key(*name) {
            untidy.push(format!(
                "ARCHITECTURE.md lists `{name}`, which is no crate of the workspace"
            ));
        }
    }
    Ok(())
}

fn wrapped(crates: &BTreeMap<String, Crate>, untidy: &mut Vec<String>) {
    for (package, allowed) in WRAPPED {
        for (name, it) in crates {
            if it.theirs.contains(*package) && !allowed.contains(&name.as_str()) {
                untidy.push(format!(
                    "`{name}` depends on `{package}`, which {} alone may",
                    allowed.join(" and ")
                ));
            }
        }
    }
}

/// Every module starts by saying what it is.
fn modules(
    root: &Path,
    crates: &BTreeMap<String, Crate>,
    untidy: &mut Vec<String>,
) -> Result<(), String> {
    for (path, code) in sources(root, crates)? {
        let head = code.lines().take_while(|line| {
            line.is_empty() || line.starts_with("//") || line.starts_with("#![")
        });
        if !head.into_iter().any(|line| line.starts_with("//!")) {
            untidy.push(format!("{path} does not start with a `//!` sentence"));
        }
    }
    Ok(())
}

/// Unsafe code stands in one folder, and `docs/reliability.md` says how many blocks there are.
fn unsafe_blocks(
    root: &Path,
    crates: &BTreeMap<String, Crate>,
    untidy: &mut Vec<String>,
) -> Result<(), String> {
    let (folder, words) = UNSAFE;
    let mut count = 0;
    for (path, code) in sources(root, crates)? {
        let lines = code.lines().map(str::trim_start);
        let found = lines
            .filter(|line| !line.starts_with("//"))
            .flat_map(|line| line.split("unsafe ").skip(1))
            .filter(|rest| {
                ["{", "fn ", "impl ", "extern "]
                    .iter()
                    .any(|it| rest.starts_with(it))
            })
            .count();
        match path.starts_with(folder) {
            true => count += found,
            false if found > 0 => untidy.push(format!("{path} has unsafe code")),
            false => {}
        }
    }
    let page = fs::read_to_string(root.join("docs/reliability.md"))
        .map_err(|error| format!("docs/reliability.md cannot be read: {error}"))?;
    let said = page.split(words).nth(1).and_then(|it| it.split(' ').next());
    if said != Some(count.to_string().as_str()) {
        untidy.push(format!(
            "there are {count} blocks of unsafe code, and docs/reliability.md says another number"
        ));
    }
    Ok(())
}

/// Every source of every crate: its path from the root, and its text.
fn sources(root: &Path, crates: &BTreeMap<String, Crate>) -> Result<Vec<(String, String)>, String> {
    let root = fs::canonicalize(root).map_err(|error| format!("the root is not there: {error}"))?;
    let mut found = Vec::new();
    for it in crates.values() {
        let mut open = vec![it.folder.join("src")];
        while let Some(folder) = open.pop() {
            let entries = fs::read_dir(&folder)
                .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
            for entry in entries.flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") {
                    let code = fs::read_to_string(&path)
                        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
                    let shown = path.strip_prefix(&root).unwrap_or(&path);
                    found.push((shown.display().to_string(), code));
                }
            }
        }
    }
    Ok(found)
}

fn list<'n>(node: &'n Node, name: &str) -> &'n [Node] {
    node.get(name).and_then(Node::as_array).unwrap_or_default()
}

fn text(node: &Node, name: &str) -> String {
    node.get(name)
        .and_then(Node::as_str)
        .unwrap_or_default()
        .to_owned()
}
