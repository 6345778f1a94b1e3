//! Baselines: findings that are known, so that only new ones are reported.
//!
//! A baseline holds no text of a payload. A record is told by a hash of its id, or of its content
//! where it has none, under a key that is drawn when the baseline is written.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};
use specsmith_diagnostics::render::Base;
use specsmith_diagnostics::{Code, Finding, Level};
use specsmith_json::Node;

use crate::inputs::reason;

/// One kind of finding in one record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The file.
    pub file: String,
    /// The code.
    pub code: String,
    /// The pointer, without the index of the item and without names that may not be shown.
    pub pointer: String,
    /// The hash of the record.
    pub record: String,
}

/// Findings that are known, or that are being written down.
#[derive(Debug)]
pub struct Baseline {
    key: String,
    /// How many of each there may be yet.
    left: Mutex<BTreeMap<Known, u64>>,
    writing: bool,
    /// Files are known by their paths from its root, however they are named in a run. One that was
    /// written before may count from another root.
    bases: Vec<Base>,
}

impl Baseline {
    /// A baseline that takes everything down.
    pub fn to_write(base: Base) -> Self {
        // The keys of the standard hash maps come from the system's randomness.
        let part = || std::hash::RandomState::new().build_hasher().finish();
        let random = || Sha256::digest([part().to_le_bytes(), part().to_le_bytes()].concat());
        Self {
            key: hex(&random()),
            left: Mutex::default(),
            writing: true,
            bases: vec![base],
        }
    }

    /// Reads a baseline that may count from any of these.
    ///
    /// # Errors
    /// If the file cannot be read, or is none.
    pub fn read(path: &Path, bases: impl Into<Vec<Base>>) -> Result<Self, Box<Finding>> {
        let name = path.to_string_lossy();
        let bytes = crate::inputs::whole(path).map_err(|error| {
            let message = format!("the baseline `{name}` cannot be read: {}", reason(&error));
            Box::new(Finding::new(
                Code("config/unreadable-file"),
                Level::Deny,
                message,
            ))
        })?;
        parse(&bytes, bases.into()).ok_or_else(|| {
            let message = format!("`{name}` is no baseline");
            let finding = Finding::new(Code("config/syntax"), Level::Deny, message);
            Box::new(finding.with_help("write one with `--write-baseline`"))
        })
    }

    /// What stands for a record. Guessing ids shows whether one of them is meant, for whoever has
    /// the file.
    pub fn hash(&self, record: &[u8]) -> String {
        let keyed = [self.key.as_bytes(), b"\0", record].concat();
        let mut hash = hex(&Sha256::digest(keyed));
        hash.truncate(32);
        hash
    }

    /// Whether a finding is not to be reported: it is known, or being taken down.
    pub fn hides(&self, mut known: Known) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let name = std::mem::take(&mut known.file);
        if self.writing {
            let file = self.bases.first().map(|base| base.path(&name));
            known.file = file.unwrap_or_default().into_owned();
            *left.entry(known).or_default() += 1;
            return true;
        }
        self.bases.iter().any(|base| {
            known.file = base.path(&name).into_owned();
            match left.get_mut(&known) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                Some(_) | None => false,
            }
        })
    }

    /// The entries of these files that did not occur: how many findings, by file. `is_looked_for`
    /// says whether findings of a code in a file would be reported.
    pub fn stale(
        &self,
        files: &std::collections::BTreeSet<&str>,
        is_looked_for: impl Fn(&str, &str) -> bool,
    ) -> BTreeMap<String, u64> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let mut stale = BTreeMap::new();
        let bases = self.bases.iter();
        let named = bases.flat_map(|base| files.iter().map(|it| (base.path(it), *it)));
        let named: BTreeMap<_, _> = named.collect();
        for (known, count) in left.iter().filter(|(_, count)| **count > 0) {
            if let Some(file) = named.get(known.file.as_str())
                && is_looked_for(file, &known.code)
            {
                *stale.entry((*file).to_owned()).or_default() += *count;
            }
        }
        stale
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = format!(
            "{{\"version\": 1, \"key\": \"{}\", \"findings\": [",
            self.key
        );
        for (index, (known, count)) in left.iter().enumerate() {
            out.push_str(if index > 0 { ",\n" } else { "\n" });
            let fields = [
                ("file", &known.file),
                ("code", &known.code),
                ("pointer", &known.pointer),
                ("record", &known.record),
            ];
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("\"{name}\": {}", quoted(value)))
                .collect();
            out.push_str(&format!("  {{{}, \"count\": {count}}}", fields.join(", ")));
        }
        out.push_str("\n]}\n");
        out
    }
}

fn parse(bytes: &[u8], bases: Vec<Base>) -> Option<Baseline> {
    let root = specsmith_json::read(bytes, &specsmith_json::Limits::default()).root?;
    let text = |node: &Node, name: &str| node.get(name)?.as_str().map(str::to_owned);
    if root.get("version")?.as_number()?.as_str() != "1" {
        return None;
    }
    let mut left = BTreeMap::new();
    for entry in root.get("findings")?.as_array()? {
        let known = Known {
            file: text(entry, "file")?,
            code: text(entry, "code")?,
            pointer: text(entry, "pointer")?,
            record: text(entry, "record")?,
        };
        let count: u64 = entry.get("count")?.as_number()?.as_str().parse().ok()?;
        left.insert(known, count);
    }
    Some(Baseline {
        key: text(&root, "key")?,
        left: Mutex::new(left),
        writing: false,
        bases,
    })
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            it if it.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(baseline: &Baseline, id: &str) -> Known {
        Known {
            file: "a \"b\"\n.json".to_owned(),
            code: "schema/type".to_owned(),
            pointer: "/items/*/id".to_owned(),
            record: baseline.hash(id.as_bytes()),
        }
    }

    #[test]
    fn what_was_written_is_known_as_often_as_it_was_there() {
        let written = Baseline::to_write(Base::default());
        for _ in 0..2 {
            assert!(written.hides(known(&written, "secret-id")));
        }
        let text = written.text();
        assert!(!text.contains("secret-id"));
        let read = parse(text.as_bytes(), vec![Base::default()]).expect("a baseline");
        assert!(read.hides(known(&read, "secret-id")));
        let files = ["a \"b\"\n.json"].into();
        assert_eq!(read.stale(&files, |_, _| true).values().sum::<u64>(), 1);
        assert!(read.hides(known(&read, "secret-id")));
        assert!(
            !read.hides(known(&read, "secret-id")),
            "more than were written"
        );
        assert!(!read.hides(known(&read, "other-id")));
        assert!(read.stale(&files, |_, _| true).is_empty());
    }

    #[test]
    fn keys_differ_from_file_to_file() {
        let (one, two) = (
            Baseline::to_write(Base::default()),
            Baseline::to_write(Base::default()),
        );
        assert_ne!(one.hash(b"id"), two.hash(b"id"));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"version": 2, "key": "", "findings": []}"#,
        ] {
            assert!(parse(text.as_bytes(), Vec::new()).is_none(), "{text}");
        }
    }
}
