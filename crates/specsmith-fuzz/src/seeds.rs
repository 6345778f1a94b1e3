//! What fuzzing begins with: the repository's own documents and payloads, and the public documents
//! where they are.

use std::path::{Path, PathBuf};

use crate::Target;

/// Larger files are no good to mutate.
const LARGEST: usize = 64 << 10;

/// The seeds of a body, in a fixed order.
pub fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let payloads = || {
        let mut found = files(&root.join("examples"));
        found.sort();
        found.into_iter().filter_map(|it| read(&it))
    };
    let behind = |heads: &'static [&'static [u8]]| {
        let all = payloads().enumerate();
        all.map(move |(index, text)| {
            let head = heads.get(index % heads.len()).copied().unwrap_or_default();
            [head, &text].concat()
        })
        .collect()
    };
    match target.name {
        "document" => {
            let mut found = files(&root.join("specs"));
            found.extend(files(
                &Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"),
            ));
            let corpus = std::env::var_os("SPECSMITH_CORPUS")
                .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
            found.extend(files(&corpus.join("openapi")));
            found.sort();
            found.into_iter().filter_map(|it| read(&it)).collect()
        }
        // One byte that chooses the schema.
        "record" | "vectors" => behind(&[
            b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06",
        ]),
        "reading" => behind(&[b""]),
        // Schema, shape, piece, jobs.
        "stream" => behind(&[
            b"\x00\x00\x07\x00",
            b"\x03\x01\x01\x01",
            b"\x04\x01\x40\x02",
            b"\x05\x01\x03\x00",
            b"\x02\x02\x10\x00",
        ]),
        // Ending, operation.
        "file" => behind(&[
            b"\x00\x00",
            b"\x01\x00",
            b"\x02\x00",
            b"\x03\x01",
            b"\x00\x02",
        ]),
        _ => behind(&[b"", b"\x10", b"\x20\x01"]),
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = std::fs::read(path).ok()?;
    (bytes.len() <= LARGEST).then_some(bytes)
}

/// Every file below a folder; none where there is no folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => open.push(path),
                false => found.push(path),
            }
        }
    }
    found
}
