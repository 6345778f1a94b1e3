//! Benchmarks: corpora, peers, and the ratios between them; `cargo xtask bench` calls this.
//!
//! ```text
//! specsmith-bench corpora DIR MEGABYTES           write every corpus that is not there yet
//! specsmith-bench peer NAME ENTITY FILE           be that peer, over a file of lines
//! specsmith-bench spin                            only calculate, for some milliseconds
//! specsmith-bench stream ENTITY FORM MEGABYTES    write such a corpus to standard output
//! specsmith-bench run SPECSMITH DIR RUNS [--long] [--sourcemeta COMMAND] [--page PAGE]
//!                                                 measure all, print the tables, write the page
//! ```
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr)] // a command's own output

mod corpora;
mod extremes;
mod machine;
mod measure;
mod peers;
mod tables;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpora::Corpus;
use peers::Peer;
use specsmith_plan::bench::{Entity, Form, Variant};
use tables::Bench;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["corpora", folder, megabytes] => make(Path::new(folder), megabytes),
        ["peer", peer, entity, file] => be(peer, entity, Path::new(file)),
        ["spin"] => {
            machine::spin();
            Ok(())
        }
        ["stream", entity, form, megabytes] => stream(entity, form, megabytes),
        ["run", specsmith, folder, runs, options @ ..] => {
            measured(specsmith, Path::new(folder), runs, options)
        }
        _ => Err("usage: corpora DIR MB | peer NAME ENTITY FILE | spin | stream ENTITY FORM MB | run SPECSMITH DIR RUNS [--long] [--sourcemeta COMMAND] [--page PAGE]".to_owned()),
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
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn make(folder: &Path, megabytes: &str) -> Result<(), String> {
    let bytes = bytes(megabytes)?;
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
    let entity = entity_of(entity)?;
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
pub(crate) fn bundled(entity: Entity) -> Result<String, String> {
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

fn bytes(megabytes: &str) -> Result<u64, String> {
    let number = megabytes.parse::<u64>();
    let number = number.map_err(|error| format!("{megabytes}: {error}"))?;
    Ok(number * 1_000_000)
}

fn entity_of(name: &str) -> Result<Entity, String> {
    let mut all = Entity::ALL.into_iter();
    all.find(|it| it.name() == name)
        .ok_or_else(|| format!("no entity is called {name}"))
}

fn stream(entity: &str, form: &str, megabytes: &str) -> Result<(), String> {
    let form = match form {
        "lines" => Form::Lines,
        "batch" => Form::OneBatch,
        _ => return Err(format!("no form is called {form}")),
    };
    let (entity, bytes) = (entity_of(entity)?, bytes(megabytes)?);
    let mut out = std::io::BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let written = specsmith_plan::bench::write(entity, Variant::Plain, form, 7, bytes, &mut out);
    written.map_err(|error| error.to_string())?;
    std::io::Write::flush(&mut out).map_err(|error| error.to_string())
}

fn measured(specsmith: &str, folder: &Path, runs: &str, options: &[&str]) -> Result<(), String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut bench = Bench {
        specsmith: specsmith.to_owned(),
        own: own.display().to_string(),
        folder: folder.to_owned(),
        runs: runs
            .parse::<usize>()
            .map_err(|error| format!("{runs}: {error}"))?,
        long: false,
        sourcemeta: None,
        known: RefCell::default(),
    };
    let mut page = None;
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--long" => bench.long = true,
            "--sourcemeta" => bench.sourcemeta = options.next().map(|it| (*it).to_owned()),
            "--page" => page = options.next(),
            other => return Err(format!("no option is called {other}")),
        }
    }
    let report = tables::report(&bench)?;
    match page {
        Some(page) => below_the_mark(Path::new(page), &report),
        None => Ok(()),
    }
}

/// What stands above this in the page is written by hand, and stays.
const MARK: &str = "<!-- What follows is written by `cargo xtask bench`. -->\n";

fn below_the_mark(page: &Path, report: &str) -> Result<(), String> {
    let name = page.display();
    let text = std::fs::read_to_string(page).map_err(|error| format!("{name}: {error}"))?;
    let (above, _) = text
        .split_once(MARK)
        .ok_or_else(|| format!("{name} has no line `{}`", MARK.trim_end()))?;
    std::fs::write(page, format!("{above}{MARK}\n{report}"))
        .map_err(|error| format!("{name}: {error}"))
}
