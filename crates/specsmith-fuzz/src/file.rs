//! A file, by the command itself: it ends with a verdict, the report can be read, and both engines
//! say the same.

use std::ffi::OsString;
use std::io::Write;
use std::sync::{Arc, Mutex};

use specsmith::console::Console;

use crate::taking::Taking;

const ENDINGS: [&str; 5] = ["json", "ndjson", "yaml", "txt", "json.gz"];
const OPERATIONS: [&str; 4] = [
    "",
    "manyAgentMetadata",
    "singleCustomerMetadata",
    "manyConversationMetadata",
];

/// The first two bytes choose the name's ending and the operation, the rest is the file.
///
/// # Panics
/// If the exit code is none of the three, the report is no JSON, or the engines differ.
pub fn file(data: &[u8]) {
    let mut taking = Taking(data);
    let ending = taking.of(&ENDINGS, "json");
    let operation = taking.of(&OPERATIONS, "");
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir()
            .unwrap_or_else(|error| panic!("a folder cannot be made: {error}"));
    }
    FOLDER.with(|folder| {
        let path = folder.path().join(format!("payload.{ending}"));
        let config = folder.path().join("specsmith.toml");
        let written = std::fs::write(&path, taking.0).and_then(|()| std::fs::write(&config, ""));
        if let Err(error) = written {
            panic!("{error}");
        }
        let said = ["plan", "reference"].map(|engine| {
            let mut arguments: Vec<OsString> = ["specsmith", "validate", "--format", "json"]
                .map(OsString::from)
                .to_vec();
            arguments.extend(["--quiet", "--engine", engine, "--config"].map(OsString::from));
            arguments.push(config.clone().into());
            if !operation.is_empty() {
                arguments.extend(["--operation", operation].map(OsString::from));
            }
            arguments.push(path.clone().into());
            run(arguments)
        });
        for (code, report) in &said {
            assert!(*code <= 2, "exit {code}");
            if let Err(error) = serde_json::from_slice::<serde_json::Value>(report) {
                panic!("{error}: {}", String::from_utf8_lossy(report));
            }
        }
        let [(by_plan, first), (by_reference, second)] = &said;
        assert_eq!(
            by_plan,
            by_reference,
            "{}\n{}",
            String::from_utf8_lossy(first),
            String::from_utf8_lossy(second)
        );
    });
}

fn run(arguments: Vec<OsString>) -> (u8, Vec<u8>) {
    let report = Kept::default();
    let mut console = Console::of(Box::new(report.clone()), Box::new(std::io::sink()));
    let code = specsmith::run(arguments, &mut console);
    drop(console);
    let report = report
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    (code, report.clone())
}

/// A writer whose text can be looked at afterwards.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut kept = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
