//! A workspace of generated crates, each with a program that judges by its types.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use specsmith_codegen::{DefinedType, Manifest, Mode, generate_crate, write};

use crate::Program;
use crate::program::source;

/// A cargo workspace in a folder of its own.
pub struct Workspace {
    /// Of the workspace.
    folder: PathBuf,
    /// Where cargo builds.
    target: PathBuf,
    /// Of Specsmith's own sources.
    root: PathBuf,
    crates: Vec<String>,
}

impl Workspace {
    /// An empty one.
    ///
    /// # Errors
    /// If a path cannot be made absolute.
    pub fn new(folder: &Path, target: &Path, root: &Path) -> Result<Self, String> {
        let absolute = |path| std::path::absolute(path).map_err(|it| it.to_string());
        Ok(Self {
            folder: absolute(folder)?,
            target: absolute(target)?,
            root: absolute(root)?,
            crates: Vec::new(),
        })
    }

    /// Generates the crate of a document, and the program that judges by the types of its
    /// definitions, which are given back.
    ///
    /// # Errors
    /// If nothing can be generated, or it cannot be written.
    pub fn add(&mut self, spec: &Path, krate: &str) -> Result<Vec<DefinedType>, String> {
        let source_of = |name: &str| self.root.join("crates").join(name).display().to_string();
        let rules = source_of("specsmith-rules");
        let manifest = Manifest::Standalone {
            rules: Some(rules.clone()),
        };
        let generated = generate_crate(&[spec.to_owned()], krate, manifest);
        if generated.tree.files.is_empty() || generated.is_broken() {
            return Err("nothing was generated".to_owned());
        }
        let outcome =
            write(&generated.tree, &self.folder, Mode::Write).map_err(|it| it.to_string())?;
        if !outcome.foreign.is_empty() {
            return Err(format!("not overwritten: {}", outcome.foreign.join(", ")));
        }
        let types = generated.stats.definitions;
        let judge = self.folder.join(judge_of(krate));
        fs::create_dir_all(judge.join("src")).map_err(|it| it.to_string())?;
        let manifest = manifest_of_judge(krate, &rules, &source_of("specsmith-json"));
        put(&judge.join("Cargo.toml"), &manifest)?;
        put(&judge.join("src/main.rs"), &source(krate, &types))?;
        self.crates.push(krate.to_owned());
        Ok(types)
    }

    /// Writes the workspace's own manifest, once every crate is there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn settle(&self) -> Result<(), String> {
        let members = self.crates.iter().flat_map(|it| [it.clone(), judge_of(it)]);
        let members: Vec<String> = members.map(|it| format!("{it:?}")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
            members.join(", ")
        );
        put(&self.folder.join("Cargo.toml"), &manifest)?;
        // The versions that are here already, so that nothing is fetched.
        let lock = fs::read_to_string(self.root.join("Cargo.lock"));
        put(
            &self.folder.join("Cargo.lock"),
            &lock.map_err(|it| it.to_string())?,
        )
    }

    /// Compiles a crate.
    ///
    /// # Errors
    /// The first of the compiler's errors and warnings.
    pub fn check(&self, krate: &str) -> Result<(), String> {
        self.cargo(&["check", "-p", krate])
    }

    /// Asks clippy, with the lints that it has switched on.
    ///
    /// # Errors
    /// The first things that it has to say.
    pub fn lint(&self, krate: &str) -> Result<(), String> {
        self.cargo(&["clippy", "-p", krate, "--", "-D", "warnings"])
    }

    /// Builds the program of a crate and starts it.
    ///
    /// # Errors
    /// The first of the compiler's errors and warnings.
    pub fn start(&self, krate: &str, types: Vec<DefinedType>) -> Result<Program, String> {
        let judge = judge_of(krate);
        self.cargo(&["build", "-p", &judge])?;
        let name = format!("debug/{judge}{}", std::env::consts::EXE_SUFFIX);
        Program::start(&self.target.join(name), types)
    }

    fn cargo(&self, arguments: &[&str]) -> Result<(), String> {
        let (command, rest) = arguments.split_first().ok_or("no command")?;
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
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
}

fn judge_of(krate: &str) -> String {
    format!("{krate}-judge")
}

fn manifest_of_judge(krate: &str, rules: &str, json: &str) -> String {
    let judge = judge_of(krate);
    format!(
        "[package]\nname = \"{judge}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{krate} = {{ path = \"../{krate}\" }}\n\
         specsmith-rules = {{ path = {rules:?}, features = [\"json\"] }}\n\
         specsmith-json = {{ path = {json:?} }}\n\
         serde = {{ version = \"1\", default-features = false }}\nserde_json = \"1\"\n"
    )
}

/// Writes a file whose text differs, so that what has not changed is not built again.
fn put(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
