//! Benchmarks: corpora, peers, and the ratios between them; `cargo xtask bench` calls this.
//!
//! ```text
//! specsmith-bench corpora DIR MEGABYTES           write every corpus that is not there yet
//! specsmith-bench peer NAME ENTITY FILE           be that peer, over a file of lines
//! specsmith-bench run SPECSMITH DIR RUNS [PAGE]   measure all, print the tables, write the page
//! ```
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr)] // a command's own output

mod corpora;
mod measure;
mod peers;
mod tables;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpora::Corpus;
use peers::Peer;
use specsmith_plan::bench::Entity;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["corpora", folder, megabytes] => make(Path::new(folder), megabytes),
        ["peer", peer, entity, file] => be(peer, entity, Path::new(file)),
        ["run", specsmith, folder, runs] => measured(specsmith, folder, runs, None),
        ["run", specsmith, folder, runs, page] => {
            measured(specsmith, folder, runs, Some(Path::new(page)))
        }
        _ => Err(
            "usage: corpora DIR MB | peer NAME ENTITY FILE | run SPECSMITH DIR RUNS [PAGE]"
                .to_owned(),
        ),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// The root of the repository, from where this crate stands.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn make(folder: &Path, megabytes: &str) -> Result<(), String> {
    let bytes = megabytes
        .parse::<u64>()
        .map_err(|error| format!("{megabytes}: {error}"))?
        * 1_000_000;
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for corpus in Corpus::all() {
        corpus
            .make(folder, bytes)
            .map_err(|error| format!("{}: {error}", corpus.path(folder).display()))?;
    }
    Ok(())
}

fn be(peer: &str, entity: &str, file: &Path) -> Result<(), String> {
    let peer = Peer::ALL
        .into_iter()
        .find(|it| it.name() == peer)
        .ok_or_else(|| format!("no peer is called {peer}"))?;
    let entity = Entity::ALL
        .into_iter()
        .find(|it| it.name() == entity)
        .ok_or_else(|| format!("no entity is called {entity}"))?;
    let schema = match peer {
        Peer::JsonSchema => bundled(entity)?,
        Peer::Ignored | Peer::Garde | Peer::Model => String::new(),
    };
    let (valid, invalid) = peers::run(peer, entity, file, &schema)?;
    println!("{valid} valid, {invalid} not");
    Ok(())
}

fn schema_of(entity: Entity) -> &'static str {
    match entity {
        Entity::Agent => "AgentMetadata",
        Entity::Conversation => "ConversationMetadata",
        Entity::Customer => "CustomerMetadata",
    }
}

/// The exported JSON Schema of an entity with what it refers to, in one document.
fn bundled(entity: Entity) -> Result<String, String> {
    let folder = root().join(format!("crates/{}-model/schemas", entity.name()));
    let read = |name: &str| -> Result<serde_json::Value, String> {
        let path = folder.join(format!("{name}.json"));
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?
            .replace("\"Attributes.json\"", "\"#/$defs/Attributes\"")
            .replace("\"Attribute.json\"", "\"#/$defs/Attribute\"");
        serde_json::from_str(&text).map_err(|error| error.to_string())
    };
    let mut schema = read(schema_of(entity))?;
    schema["$defs"] = serde_json::json!({
        "Attributes": read("Attributes")?,
        "Attribute": read("Attribute")?,
    });
    Ok(schema.to_string())
}

fn measured(specsmith: &str, folder: &str, runs: &str, page: Option<&Path>) -> Result<(), String> {
    let runs = runs
        .parse::<usize>()
        .map_err(|error| format!("{runs}: {error}"))?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let report = tables::report(
        specsmith,
        &own.display().to_string(),
        Path::new(folder),
        runs,
    )?;
    println!("{report}");
    match page {
        Some(page) => {
            std::fs::write(page, report).map_err(|error| format!("{}: {error}", page.display()))
        }
        None => Ok(()),
    }
}
