//! Models of the real documents: they compile without a warning, clippy has nothing to say, and
//! their verdicts are those of the plan and the reference.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use specsmith_codegen::{DefinedType, Manifest, Mode, generate_crate, write};

/// The documents that are looked at without `--full`: of each size up to middling, of both versions
/// of OpenAPI, with unions, maps, recursion, `allOf` and formats among them.
const EIGHT: [&str; 8] = [
    "redoc-museum.yaml",
    "train-travel.json",
    "ory-hydra.json",
    "hubspot-lists.json",
    "spotify.yaml",
    "ably-control.yaml",
    "telegram-bot.json",
    "qdrant.json",
];

/// Where the crates are written and built.
const FOLDER: &str = "target/corpus";

/// A document and the crate that it became.
pub(super) struct Model {
    /// The file's name.
    pub(super) document: String,
    pub(super) path: PathBuf,
    /// The crate's name.
    pub(super) krate: String,
    /// The types of its definitions, in the order of the program's table.
    pub(super) types: Vec<DefinedType>,
}

impl Model {
    /// The program that judges by the types.
    pub(super) fn program(&self, root: &Path) -> PathBuf {
        let name = format!("{}-judge{}", self.krate, std::env::consts::EXE_SUFFIX);
        root.join(FOLDER).join("build/debug").join(name)
    }
}

/// What became of the crates.
pub(super) struct Compiled {
    /// Those that are fit to be asked.
    pub(super) fit: Vec<Model>,
    /// The documents of the others, each with what is wrong.
    pub(super) broken: Vec<(String, String)>,
}

/// Writes and builds the crates of eight documents, or of all.
pub(super) fn compile(root: &Path, paths: &[PathBuf], full: bool) -> Result<Compiled, String> {
    let folder = root.join(FOLDER);
    let name = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let chosen = paths
        .iter()
        .filter(|it| full || EIGHT.contains(&name(it).as_str()));
    let mut models = Vec::new();
    let mut failures = Vec::new();
    // The smallest first, so that what is wrong everywhere is said soon.
    for path in chosen.rev() {
        let document = name(path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let krate = format!("{stem}-model");
        match written(path, &krate, root) {
            Ok(types) => models.push(Model {
                document,
                path: path.clone(),
                krate,
                types,
            }),
            Err(why) => failures.push((document, why)),
        }
    }
    workspace(&folder, root, &models)?;
    let mut fit = Vec::new();
    for model in models {
        let judge = format!("{}-judge", model.krate);
        // Clippy of the large ones takes longer than it is worth.
        let eight = EIGHT.contains(&model.document.as_str());
        let runs: &[&[&str]] = match eight {
            true => &[
                &["clippy", "-p", &model.krate, "--", "-D", "warnings"],
                &["build", "-p", &judge],
            ],
            false => &[&["check", "-p", &model.krate]],
        };
        match runs
            .iter()
            .try_for_each(|arguments| cargo(&folder, arguments))
        {
            Ok(()) if eight => fit.push(model),
            Ok(()) => {}
            Err(why) => failures.push((model.document, why)),
        }
    }
    Ok(Compiled {
        fit,
        broken: failures,
    })
}

/// Writes the crate of a document, and the program that judges by its types.
fn written(path: &Path, krate: &str, root: &Path) -> Result<Vec<DefinedType>, String> {
    let rules = "../../../crates/specsmith-rules";
    let manifest = Manifest::Standalone {
        rules: Some(rules.to_owned()),
    };
    let generated = generate_crate(&[path.to_owned()], krate, manifest);
    if generated.tree.files.is_empty() || generated.is_broken() {
        return Err("nothing was generated".to_owned());
    }
    let folder = root.join(FOLDER);
    let outcome = write(&generated.tree, &folder, Mode::Write).map_err(|it| it.to_string())?;
    if !outcome.foreign.is_empty() {
        return Err(format!("not overwritten: {}", outcome.foreign.join(", ")));
    }
    let judge = folder.join(format!("{krate}-judge"));
    let types = generated.stats.definitions;
    fs::create_dir_all(judge.join("src")).map_err(|it| it.to_string())?;
    put(&judge.join("Cargo.toml"), &judge_manifest(krate, rules))?;
    put(&judge.join("src/main.rs"), &judge_source(krate, &types))?;
    Ok(types)
}

fn judge_manifest(krate: &str, rules: &str) -> String {
    format!(
        "[package]\nname = \"{krate}-judge\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{krate} = {{ path = \"../{krate}\" }}\n\
         specsmith-rules = {{ path = \"{rules}\", features = [\"json\"] }}\n\
         serde = {{ version = \"1\", default-features = false }}\n"
    )
}

/// A program that reads `number length`, a line feed and a record, and answers one byte.
fn judge_source(krate: &str, types: &[DefinedType]) -> String {
    let model = krate.replace('-', "_");
    let mut judges = String::new();
    for ty in types {
        let name = match ty.or_null {
            true => format!("Option<{model}::{}>", ty.name),
            false => format!("{model}::{}", ty.name),
        };
        let _ = writeln!(judges, "    judge::<{name}>,");
    }
    format!(
        r#"use std::io::{{BufRead, Read, Write}};

type Judge = fn(&[u8]) -> u8;

const JUDGES: &[Judge] = &[
{judges}];

fn judge<T: specsmith_rules::Validate + serde::de::DeserializeOwned>(record: &[u8]) -> u8 {{
    match specsmith_rules::from_json::<T>(record) {{
        Ok(_) => b'1',
        Err(report) if report.is_not_representable() => b'?',
        Err(_) => b'0',
    }}
}}

fn main() {{
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    let mut line = String::new();
    while input.read_line(&mut line).is_ok_and(|it| it > 0) {{
        let mut numbers = line.split_whitespace().map(|it| it.parse().expect("a number"));
        let (judge, length): (usize, usize) =
            (numbers.next().expect("which"), numbers.next().expect("how long"));
        let mut record = vec![0; length];
        input.read_exact(&mut record).expect("a record");
        output.write_all(&[JUDGES[judge](&record)]).expect("is written");
        output.flush().expect("is written");
        line.clear();
    }}
}}
"#
    )
}

fn workspace(folder: &Path, root: &Path, models: &[Model]) -> Result<(), String> {
    let members = models
        .iter()
        .flat_map(|it| [it.krate.clone(), format!("{}-judge", it.krate)]);
    let members: Vec<String> = members.map(|it| format!("\"{it}\"")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
        members.join(", ")
    );
    put(&folder.join("Cargo.toml"), &manifest)?;
    // The versions that are here already, so that nothing is fetched.
    let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|it| it.to_string())?;
    put(&folder.join("Cargo.lock"), &lock)
}

/// Writes a file whose text differs, so that what has not changed is not built again.
fn put(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let build = std::path::absolute(folder.join("build")).map_err(|it| it.to_string())?;
    let (command, rest) = arguments.split_first().ok_or("no command")?;
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", build)
        .env("RUSTFLAGS", "-Dwarnings")
        .args([command, "--quiet", "--offline"])
        .args(rest)
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let errors = text.lines().filter(|it| it.starts_with("error"));
    let first: Vec<&str> = errors.take(3).collect();
    Err(format!("cargo {command}: {}", first.join("; ")))
}
