//! From paths to documents: reading, and following the references to other files.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io;
use std::path::{Component, Path, PathBuf};

use specsmith_diagnostics::{Finding, SourceId, Sources, Span};
use specsmith_ir::{Dialect, DocumentId, WireName};
use specsmith_json::{FaultKind, Node};

use crate::fetch::normalised;
use crate::notes::{Note, draw};
use crate::specification::{Document, Specification};
use crate::version::{self, Version};
use crate::{Fetch, Limits, code, links, yaml};

/// Reads the documents at `roots` and all that they refer to.
///
/// `None` if none of the roots could be read. Whatever is wrong is in the findings: a document
/// that cannot be read at all is left out, and what refers to it is an error where it does.
pub fn load(
    roots: &[PathBuf],
    fetch: &dyn Fetch,
    limits: &Limits,
) -> (Option<Specification>, Vec<Finding>) {
    let mut loading = Loading {
        fetch,
        specification: Specification {
            sources: Sources::default(),
            documents: Vec::new(),
            limits: *limits,
            by_path: HashMap::new(),
            dangling: HashSet::new(),
        },
        folders: Vec::new(),
        identifiers: HashSet::new(),
        unusable: HashSet::new(),
        notes: Vec::new(),
    };
    for root in roots {
        loading.ask_for(root);
    }
    loading.follow();
    let Loading {
        specification,
        notes,
        ..
    } = loading;
    let mut findings = draw(notes, &specification.sources, limits.findings);
    hide_strangers(&mut findings, roots, &specification);
    let usable = !specification.documents.is_empty();
    (usable.then_some(specification), findings)
}

/// What was asked for by mistake may be a payload, whose lines nobody wants to see: they are shown of
/// what speaks of OpenAPI, and of what that refers to.
fn hide_strangers(findings: &mut [Finding], roots: &[PathBuf], specification: &Specification) {
    let names = ["openapi", "swagger"];
    let is_read = |id: SourceId| specification.documents.iter().any(|it| it.source == id);
    let asked: HashSet<String> = roots.iter().map(|it| it.display().to_string()).collect();
    let sources = specification.sources.iter();
    let strangers = sources.filter(|(id, source)| {
        let speaks = || names.iter().any(|it| source.text().contains(it));
        !is_read(*id) && asked.contains(source.name()) && !speaks()
    });
    let strangers: HashSet<&str> = strangers.map(|(_, source)| source.name()).collect();
    for finding in findings {
        let place = finding.location.as_ref();
        if place.is_some_and(|it| strangers.contains(&*it.file)) {
            finding.excerpt = None;
        }
    }
}

/// What is said of a key that its object has twice.
fn duplicate_key(key: Span, first: Span) -> Note {
    let message = "this key stands here twice; the first one counts";
    Note::warn(code::DUPLICATE_KEY, key, message)
        .see("the key stands here first", first)
        .help("remove one of the two")
}

struct Loading<'f> {
    fetch: &'f dyn Fetch,
    specification: Specification,
    /// For each document, the folder that references must not leave.
    folders: Vec<PathBuf>,
    /// The addresses that schemas give themselves with `$id`.
    identifiers: HashSet<String>,
    /// The paths that were tried in vain, with the folder that had to be kept to.
    unusable: HashSet<(PathBuf, PathBuf)>,
    notes: Vec<Note>,
}

impl Loading<'_> {
    fn ask_for(&mut self, path: &Path) {
        let key = normalised(path);
        if self.specification.by_path.contains_key(&key) {
            return;
        }
        let most = self.specification.limits.bytes;
        let bytes = match self.fetch.read(path, most) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("`{}` cannot be read: {}", path.display(), cause(&error));
                self.notes.push(Note::placeless(code::UNREADABLE, message));
                return;
            }
        };
        let folder = key.parent().map(Path::to_owned).unwrap_or_default();
        self.take_in(path, key, folder, bytes, None);
    }

    /// Reads what references lead to, and what that refers to, until nothing is new.
    fn follow(&mut self) {
        let mut waiting = VecDeque::new();
        let mut next = 0;
        while let Some(document) = self.specification.documents.get(next) {
            let found = links::of(document);
            self.identifiers.extend(found.identifiers);
            waiting.extend(found.references.into_iter().map(|it| (next, it)));
            next += 1;
            if next < self.specification.documents.len() {
                // The documents that are there may know an address that would look remote.
                continue;
            }
            while let Some((from, link)) = waiting.pop_front() {
                self.follow_one(from, &link);
                if next < self.specification.documents.len() {
                    break;
                }
            }
        }
    }

    fn follow_one(&mut self, from: usize, link: &links::Link) {
        if self.identifiers.contains(&link.address) {
            return;
        }
        let (Some(document), Some(folder)) = (
            self.specification.documents.get(from),
            self.folders.get(from),
        ) else {
            return;
        };
        let span = document.span(link.span);
        let (dialect, folder) = (document.dialect, folder.clone());
        let target = links::path_of(&link.written)
            .map_err(|unfit| unfit.note(span))
            .map(|path| {
                let around = document.path.parent().unwrap_or(Path::new(""));
                around.join(path)
            });
        let path = match target {
            Ok(path) => path,
            Err(note) => return self.refuse(link, span, Some(note)),
        };
        let key = normalised(&path);
        if self.specification.by_path.contains_key(&key) {
            return;
        }
        let attempt = (key.clone(), folder.clone());
        if self.unusable.contains(&attempt) {
            return self.refuse(link, span, None);
        }
        let refused = match self.fetch_within(&key, &folder, span) {
            Ok(bytes) => match self.take_in(&key, key.clone(), folder, bytes, Some(dialect)) {
                true => return,
                false => None,
            },
            Err(note) => Some(note),
        };
        self.unusable.insert(attempt);
        self.refuse(link, span, refused);
    }

    fn fetch_within(&self, path: &Path, folder: &Path, span: Span) -> Result<Vec<u8>, Note> {
        let escapes = || {
            let message = "this reference leads out of the folder of the specification";
            Note::deny(code::ESCAPING_REFERENCE, span, message)
                .help("move the file into the folder of the document that was asked for")
        };
        let missing = |error: io::Error| {
            let message = format!("`{}` cannot be read: {}", path.display(), cause(&error));
            Note::deny(code::MISSING_FILE, span, message)
        };
        if !is_above(folder, path) {
            return Err(escapes());
        }
        if self.specification.documents.len() >= self.specification.limits.documents {
            let message = "more documents than the limit are referred to";
            return Err(Note::deny(code::DOCUMENTS, span, message));
        }
        match self.fetch.allows(path, folder) {
            Ok(true) => {
                let most = self.specification.limits.bytes;
                self.fetch.read(path, most).map_err(missing)
            }
            Ok(false) => Err(escapes()),
            Err(error) => Err(missing(error)),
        }
    }

    fn refuse(&mut self, link: &links::Link, span: Span, note: Option<Note>) {
        self.specification.dangling.insert(span);
        self.notes.extend(note.map(|note| match link.essential {
            true => note,
            false => note.lighter(),
        }));
    }

    /// Reads a text and adds the document. `inherited` is the version where a document need not
    /// say its own. Whether it could be used.
    fn take_in(
        &mut self,
        path: &Path,
        key: PathBuf,
        folder: PathBuf,
        bytes: Vec<u8>,
        inherited: Option<Dialect>,
    ) -> bool {
        let name = path.display().to_string();
        let Some(source) = self.text(name, bytes) else {
            return false;
        };
        let known = self.fetch.tree(path);
        let Some(root) = known.or_else(|| self.tree(source, path)) else {
            return false;
        };
        let place = |span: specsmith_json::Span| Span {
            source,
            start: span.start,
            end: span.end,
        };
        let dialect = match (version::of(&root), inherited) {
            (Version::Read(dialect), _) => dialect,
            (Version::Later(span), _) => {
                self.notes.push(version::later(place(span)));
                Dialect::V3_1
            }
            (Version::Missing(_), Some(dialect)) => dialect,
            (Version::Missing(span), None) => {
                self.notes.push(version::missing(place(span)));
                return false;
            }
            (Version::Unsupported(unsupported), _) => {
                self.notes.push(unsupported.note(source));
                return false;
            }
        };
        let documents = &mut self.specification.documents;
        let id = DocumentId(u32::try_from(documents.len()).unwrap_or(u32::MAX));
        let name = distinct_name(path, documents);
        documents.push(Document {
            source,
            name,
            dialect,
            root,
            path: path.to_owned(),
            asked_for: inherited.is_none(),
        });
        self.folders.push(folder);
        self.specification.by_path.insert(key, id);
        true
    }

    fn text(&mut self, name: String, bytes: Vec<u8>) -> Option<SourceId> {
        let sources = &mut self.specification.sources;
        if bytes.len() > self.specification.limits.bytes.min(u32::MAX as usize) {
            let message = format!("`{name}` is longer than the limit");
            self.notes.push(Note::placeless(code::BYTES, message));
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) => Some(sources.add(name, text)),
            Err(error) => {
                let at = u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = sources.add(name, text);
                let span = Span {
                    source,
                    start: at,
                    end: at.saturating_add(1),
                };
                let message = "the text is not UTF-8 from here on";
                self.notes
                    .push(Note::deny(code::NOT_UTF8, span, message).help("save the file as UTF-8"));
                None
            }
        }
    }

    fn tree(&mut self, source: SourceId, path: &Path) -> Option<Node> {
        let limits = self.specification.limits;
        let text = self.specification.sources.get(source).text();
        let unmarked = text.strip_prefix('\u{feff}').unwrap_or(text);
        let looks_like_json = unmarked
            .trim_start_matches([' ', '\t', '\r', '\n'])
            .starts_with(['{', '[']);
        if !looks_like_json {
            return yaml::read(text, source, &limits, duplicate_key, &mut self.notes);
        }
        let place = |span: specsmith_json::Span| Span {
            source,
            start: span.start,
            end: span.end,
        };
        let reading = specsmith_json::read(text.as_bytes(), &limits.of_json());
        for duplicate in &reading.duplicates {
            let note = duplicate_key(place(duplicate.key), place(duplicate.first));
            self.notes.push(note);
        }
        if reading.root.is_some() {
            return reading.root;
        }
        // YAML's flow style begins like JSON.
        if path
            .extension()
            .is_some_and(|it| it == "yaml" || it == "yml")
        {
            return yaml::read(text, source, &limits, duplicate_key, &mut self.notes);
        }
        let faults = reading.faults.iter();
        for fault in faults.filter(|it| it.kind != FaultKind::ByteOrderMark) {
            let code = specsmith_diagnostics::Code(fault.code());
            let note = Note::deny(code, place(fault.span), fault.to_string());
            let help = fault.kind.help().map(str::to_owned);
            self.notes.push(note.help_if(help));
        }
        None
    }
}

/// Whether `path` is in `folder` or below, as far as the text says.
fn is_above(folder: &Path, path: &Path) -> bool {
    path.strip_prefix(folder)
        .is_ok_and(|rest| !rest.components().any(|it| it == Component::ParentDir))
}

fn cause(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file",
        io::ErrorKind::PermissionDenied => "it may not be read",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::InvalidInput => "it is no file",
        _ => "reading it failed",
    }
}

/// The name of the file without its ending; with a number where an earlier document has it.
fn distinct_name(path: &Path, documents: &[Document]) -> WireName {
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    let stem = stem.to_string_lossy().into_owned();
    let taken = |name: &str| documents.iter().any(|it| it.name.as_str() == name);
    if !taken(&stem) {
        return WireName(stem);
    }
    let numbered = (2u64..).map(|it| format!("{stem}-{it}"));
    WireName(numbered.into_iter().find(|it| !taken(it)).unwrap_or(stem))
}
