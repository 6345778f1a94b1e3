//! Models of the real documents: they compile without a warning, clippy has nothing to say, and
//! their verdicts are those of the plan and the reference.

use std::path::{Path, PathBuf};

use specsmith_codegen::DefinedType;
use specsmith_parity::Workspace;

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

/// What became of the crates.
pub(super) struct Compiled {
    pub(super) workspace: Workspace,
    /// Those that are fit to be asked.
    pub(super) fit: Vec<Model>,
    /// The documents of the others, each with what is wrong.
    pub(super) broken: Vec<(String, String)>,
}

/// Writes and compiles the crates of eight documents, or of all.
pub(super) fn compile(root: &Path, paths: &[PathBuf], full: bool) -> Result<Compiled, String> {
    let folder = root.join(FOLDER);
    let mut workspace = Workspace::new(&folder, &folder.join("build"), root)?;
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
    let mut broken = Vec::new();
    // The smallest first, so that what is wrong everywhere is said soon.
    for path in chosen.rev() {
        let document = name(path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let krate = format!("{stem}-model");
        match workspace.add(path, &krate) {
            Ok(types) => models.push(Model {
                document,
                path: path.clone(),
                krate,
                types,
            }),
            Err(why) => broken.push((document, why)),
        }
    }
    workspace.settle()?;
    let mut fit = Vec::new();
    for model in models {
        // Clippy of the large ones takes longer than it is worth.
        let eight = EIGHT.contains(&model.document.as_str());
        let compiled = match eight {
            true => workspace.lint(&model.krate),
            false => workspace.check(&model.krate),
        };
        match compiled {
            Ok(()) if eight => fit.push(model),
            Ok(()) => {}
            Err(why) => broken.push((model.document, why)),
        }
    }
    Ok(Compiled {
        workspace,
        fit,
        broken,
    })
}
