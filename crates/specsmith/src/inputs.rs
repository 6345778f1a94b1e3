//! Inputs: from what was named on the command line to files with a form and a packing.

mod named;
mod packing;
mod walk;

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use specsmith_diagnostics::{Code, Finding, Level, Location};

use crate::progress::Tally;

use named::named;
pub use packing::Packing;

/// One file to check, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What people are shown: relative to where we run, where that can be said.
    pub name: Arc<str>,
    /// Where the bytes come from.
    pub origin: Origin,
    /// How records stand in it; `None` where only its text can tell.
    pub form: Option<Form>,
    /// How it is packed.
    pub packing: Packing,
}

/// Where the bytes of an input come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// How records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON value: a single record or a batch.
    Json,
    /// One JSON value a line.
    Lines,
    /// YAML, perhaps several documents.
    Yaml,
}

impl Form {
    /// The form that an ending such as `json` stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Lines),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// The form of a text whose name does not tell: several lines that each begin a value, the
    /// first of which is whole, are records.
    pub fn of_text(beginning: &[u8]) -> Self {
        let mut lines = beginning
            .split(|byte| *byte == b'\n')
            .filter(|line| !specsmith_json::is_blank(line));
        let (Some(first), second) = (lines.next(), lines.next()) else {
            return Self::Json;
        };
        let whole = || {
            let reading = specsmith_json::read(first, &specsmith_json::Limits::default());
            reading.root.is_some()
        };
        match (first.trim_ascii().first(), second) {
            (Some(b'{' | b'['), Some(_)) if whole() => Self::Lines,
            (Some(b'{' | b'[' | b'"' | 0xef), _) => Self::Json,
            (Some(it), _) if it.is_ascii_digit() || !it.is_ascii() => Self::Json,
            _ if first.contains(&b':') || first.starts_with(b"---") => Self::Yaml,
            _ => Self::Json,
        }
    }
}

impl Input {
    /// Opens the input, unpacked on the way.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn open(&self, tally: &Arc<Tally>) -> io::Result<Box<dyn Read + Send>> {
        let bytes: Box<dyn Read + Send> = match &self.origin {
            Origin::Stdin => Box::new(io::stdin()),
            Origin::File(path) => {
                if path.is_dir() {
                    return Err(io::ErrorKind::IsADirectory.into());
                }
                Box::new(std::fs::File::open(path)?)
            }
        };
        let bytes = tally.reading(bytes, self.length().unwrap_or(0));
        Ok(self.packing.unpack(Box::new(bytes)))
    }

    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Stdin => None,
            Origin::File(path) => Some(path),
        }
    }

    /// How many bytes it has as it is stored; nothing where only reading it tells.
    pub fn length(&self) -> Option<u64> {
        match &self.origin {
            Origin::Stdin => None,
            Origin::File(path) => {
                let metadata = std::fs::metadata(path).ok()?;
                metadata.is_file().then_some(metadata.len())
            }
        }
    }

    /// Where a finding about the file as a whole stands.
    pub fn location(&self) -> Location {
        Location {
            file: self.name.clone(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            byte_start: 0,
            byte_end: 0,
        }
    }

    /// A finding about the file as a whole.
    pub fn finding(&self, code: Code, message: impl Into<String>) -> Finding {
        let mut finding = Finding::new(code, Level::Deny, message);
        finding.location = Some(self.location());
        finding
    }
}

/// Files that are no payloads although they end like some: the specifications, the baseline, and the
/// reports of the run before.
#[derive(Clone, Debug, Default)]
pub struct Ours(BTreeSet<PathBuf>);

impl Ours {
    /// Those of the files that are there.
    pub fn new<'p>(files: impl IntoIterator<Item = &'p Path>) -> Self {
        let there = |it: &'p Path| it.canonicalize().ok();
        Self(files.into_iter().filter_map(there).collect())
    }

    fn holds(&self, file: &Path) -> bool {
        let alike = self.0.iter().any(|it| it.file_name() == file.file_name());
        alike && file.canonicalize().is_ok_and(|it| self.0.contains(&it))
    }
}

/// Finds the files that the paths name. What cannot be found is a finding, and the rest goes on.
/// `ours` are files that no folder or glob is to lead to.
pub fn find(paths: &[String], stdin_name: Option<&str>, ours: &Ours) -> (Vec<Input>, Vec<Finding>) {
    let mut inputs = Vec::new();
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path == "-" {
            // It ends once, and read again it would be empty.
            if seen.insert(PathBuf::from(path)) {
                inputs.push(stdin(stdin_name));
            }
            continue;
        }
        let found = match named(path, ours, &mut findings) {
            Ok(found) => found,
            Err(finding) => {
                findings.push(*finding);
                continue;
            }
        };
        for file in found {
            // One file may be named in several ways.
            if seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                inputs.push(of_file(file));
            }
        }
    }
    (inputs, findings)
}

fn stdin(name: Option<&str>) -> Input {
    let (form, packing) = name.map_or((None, Packing::Plain), |name| told_by_name(Path::new(name)));
    Input {
        name: name.unwrap_or("-").into(),
        origin: Origin::Stdin,
        form,
        packing,
    }
}

fn of_file(path: PathBuf) -> Input {
    let (form, packing) = told_by_name(&path);
    Input {
        name: shown(&path).into(),
        origin: Origin::File(path),
        form,
        packing,
    }
}

/// The path as people are shown it: below where we run, it is relative.
fn shown(path: &Path) -> String {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    let shown = relative.as_deref().unwrap_or(path);
    shown.to_string_lossy().into_owned()
}

/// The form and the packing that a name tells.
fn told_by_name(path: &Path) -> (Option<Form>, Packing) {
    let ending = |path: &Path| {
        path.extension()
            .map(|it| it.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let last = ending(path);
    match Packing::of_ending(&last) {
        Packing::Plain => (Form::of_ending(&last), Packing::Plain),
        packing @ (Packing::Gzip | Packing::Zstd) => {
            (Form::of_ending(&ending(&path.with_extension(""))), packing)
        }
    }
}

fn nothing(path: &str, message: &str) -> Box<Finding> {
    let mut finding = Finding::new(Code("config/no-input"), Level::Deny, message);
    finding.location = Some(place(path));
    finding.help =
        Some("payloads end in `.json`, `.ndjson`, `.jsonl`, `.yaml` or `.yml`".to_owned());
    Box::new(finding)
}

/// What the system says about a file that cannot be read; without the path, which stands beside it.
pub fn unreadable(path: &str, error: &io::Error) -> Box<Finding> {
    let message = format!("the file cannot be read: {}", reason(error));
    let mut finding = Finding::new(Code("config/unreadable-file"), Level::Deny, message);
    finding.location = Some(place(path));
    Box::new(finding)
}

/// The longest file besides payloads and specifications that is read: configurations, baselines,
/// answers.
const LARGEST: u64 = 256 << 20;

/// A whole file, of which a device without end is none.
///
/// # Errors
/// If it cannot be read, or is too large to be what it is taken for.
pub fn whole(path: &Path) -> io::Result<Vec<u8>> {
    all(std::fs::File::open(path)?)
}

/// The same of what may be packed as payloads are, or come by standard input; and its form, where its
/// name tells.
///
/// # Errors
/// If it cannot be read or unpacked, or is too large to be what it is taken for.
pub fn whole_unpacked(path: &Path) -> io::Result<(Option<Form>, Vec<u8>)> {
    let bytes: Box<dyn Read + Send> = match path.as_os_str() == "-" {
        true => Box::new(io::stdin()),
        false => Box::new(std::fs::File::open(path)?),
    };
    let (form, packing) = told_by_name(path);
    Ok((form, all(packing.unpack(bytes))?))
}

fn all(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(io::ErrorKind::FileTooLarge.into()),
        false => Ok(bytes),
    }
}

/// The reason of an error in a few words that are the same on all systems.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        io::ErrorKind::InvalidData if error.get_ref().is_some() => error.to_string(),
        // What has no name of its own is told in the system's words.
        kind => match kind.to_string() {
            words if words.starts_with("uncategorized") => error.to_string(),
            words => words,
        },
    }
}

fn place(path: &str) -> Location {
    stdin(Some(path)).location()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, "ignored.json\n").expect("written");
        }
        folder
    }

    fn names(folder: &tempfile::TempDir, pattern: &str) -> Vec<String> {
        let path = folder.path().join(pattern).to_string_lossy().into_owned();
        let (inputs, findings) = find(&[path], None, &Ours::default());
        let base = folder.path().to_string_lossy().into_owned();
        let shorten = |it: String| it.replace(&base, "").trim_start_matches('/').to_owned();
        inputs
            .into_iter()
            .map(|it| shorten(it.name.to_string()))
            .chain(findings.into_iter().map(|it| it.code.to_string()))
            .collect()
    }

    #[test]
    fn folders_are_walked_as_git_would() {
        let folder = folder(&[
            ".gitignore",
            "b.json",
            "a/c.ndjson",
            "ignored.json",
            "x.txt",
            "d.yml.gz",
            ".git/e.json",
        ]);
        assert_eq!(names(&folder, ""), ["a/c.ndjson", "b.json", "d.yml.gz"]);
        assert_eq!(names(&folder, "**/*.ndjson"), ["a/c.ndjson"]);
        assert_eq!(names(&folder, "*.json"), ["b.json"]);
        assert_eq!(names(&folder, "x.txt"), ["x.txt"]);
    }

    #[test]
    fn a_file_that_is_named_twice_is_checked_once() {
        let folder = folder(&["a.json", "b.json"]);
        let path = |it: &str| folder.path().join(it).to_string_lossy().into_owned();
        let paths = [
            path("b.json"),
            path("."),
            path("./b.json"),
            path("x/../b.json"),
        ];
        std::fs::create_dir(folder.path().join("x")).expect("made");
        let (inputs, _) = find(&paths, None, &Ours::default());
        let names: Vec<_> = inputs.iter().map(|it| &*it.name).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert_eq!(names[0], path("b.json"));
    }

    #[test]
    fn standard_input_that_is_named_twice_is_checked_once() {
        let (inputs, _) = find(&["-".to_owned(), "-".to_owned()], None, &Ours::default());
        assert_eq!(inputs, [stdin(None)]);
    }

    #[test]
    fn nothing_is_a_finding() {
        let folder = folder(&["x.txt"]);
        assert_eq!(names(&folder, ""), ["config/no-input"]);
        assert_eq!(names(&folder, "*.json"), ["config/no-input"]);
        assert_eq!(names(&folder, "a.json"), ["config/unreadable-file"]);
    }

    #[test]
    fn forms_are_told_by_name_and_else_by_text() {
        let told = |name: &str| told_by_name(Path::new(name));
        assert_eq!(told("a.json"), (Some(Form::Json), Packing::Plain));
        assert_eq!(told("a.JSONL.gz"), (Some(Form::Lines), Packing::Gzip));
        assert_eq!(told("a.yml.zst"), (Some(Form::Yaml), Packing::Zstd));
        assert_eq!(told("a"), (None, Packing::Plain));
        assert_eq!(Form::of_text(b"{\"a\": 1}\n{\"a\": 2}"), Form::Lines);
        assert_eq!(Form::of_text(b"{\n\"a\": 1}"), Form::Json);
        assert_eq!(Form::of_text(b"a: 1\nb: 2"), Form::Yaml);
        assert_eq!(Form::of_text(b""), Form::Json);
    }
}
