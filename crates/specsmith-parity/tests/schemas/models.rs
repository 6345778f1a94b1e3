//! Compiled models of generated schemas: `from_json` says what the other judges say.
//!
//! A model for each schema would be dear to compile, so the schemas of a dialect are the components
//! of one document, whose models are one crate: built once, by this test, and asked by a pipe.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use specsmith_codegen::{DefinedType, Manifest, Mode, generate_crate, write};
use specsmith_diagnostics::Level;
use specsmith_ir::Direction;
use specsmith_parity::{Agreed, Place, Subject};
use specsmith_source::Disk;

use crate::strategy::{self, Dialect};

/// How many schemas are made into models; `SPECSMITH_MODELS` says otherwise for a longer run.
fn wanted() -> usize {
    let asked = std::env::var("SPECSMITH_MODELS").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(64)
}

/// How many instances are made that know nothing of the schema.
const OWN: usize = 16;

/// Schemas that can be judged by, in one document.
struct Drawn {
    document: String,
    /// For each schema, instances that know nothing of it, and a seed for those that do.
    instances: Vec<(Vec<String>, u64)>,
}

fn draw(dialect: Dialect) -> Drawn {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = (
        strategy::schema(dialect),
        strategy::schema(dialect),
        proptest::collection::vec(strategy::instance(), OWN),
        proptest::num::u64::ANY,
    );
    let mut components = Vec::new();
    let mut instances = Vec::new();
    while instances.len() < wanted() {
        let tree = strategy.new_tree(&mut runner).expect("a schema");
        let (root, other, own, seed) = tree.current();
        if !can_be_judged_by(&dialect.document(&root, &other)) {
            continue;
        }
        let number = instances.len();
        for (name, schema) in [("Root", root), ("Other", other)] {
            let schema = schema
                .replace("/schemas/Root\"", &format!("/schemas/Root{number}\""))
                .replace("/schemas/Other\"", &format!("/schemas/Other{number}\""))
                .replace("http://x/", &format!("http://x{number}/"))
                .replace("\"$anchor\":\"n\"", &format!("\"$anchor\":\"n{number}\""));
            components.push(format!("\"{name}{number}\":{schema}"));
        }
        instances.push((own, seed));
    }
    Drawn {
        document: dialect.document_of(&components.join(",\n")),
        instances,
    }
}

/// Whether the front end has nothing against it.
fn can_be_judged_by(spec: &str) -> bool {
    let subject = Subject::of_text(spec).expect("the document is read");
    let mut findings = subject.findings.iter().chain(&subject.lowered.findings);
    findings.all(|it| it.level != Level::Deny)
}

/// The models of a document, compiled into a program that judges by them.
struct Program {
    types: Vec<DefinedType>,
    pipes: RefCell<(Child, ChildStdin, ChildStdout)>,
}

impl Program {
    /// Generates and builds them in a folder; the compiler has nothing to say about them.
    fn build(folder: &Path, spec: &Path, krate: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().expect("the root is there");
        let rules = root.join("crates/specsmith-rules").display().to_string();
        let manifest = Manifest::Standalone { rules: Some(rules) };
        let generated = generate_crate(&[spec.to_owned()], krate, manifest);
        assert!(!generated.is_broken(), "{:?}", generated.findings);
        write(&generated.tree, folder, Mode::Write).expect("is written");
        let types = generated.stats.definitions;
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"{krate}\"]\n\n\
             [profile.dev]\ndebug = false\n"
        );
        put(&folder.join("Cargo.toml"), &workspace);
        let main = folder.join(krate).join("src/main.rs");
        put(&main, &source(krate, &types));
        // The versions that are here already, so that nothing is fetched.
        let lock = fs::read_to_string(root.join("Cargo.lock")).expect("is read");
        put(&folder.join("Cargo.lock"), &lock);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("models");
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline"])
            .env("CARGO_TARGET_DIR", &target)
            .current_dir(folder)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{said}");
        let program = target.join(format!("debug/{krate}{}", std::env::consts::EXE_SUFFIX));
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let input = child.stdin.take().expect("a pipe");
        let output = child.stdout.take().expect("a pipe");
        Self {
            types,
            pipes: RefCell::new((child, input, output)),
        }
    }

    /// Which of the types a schema is in a direction; the same type serves both where they agree.
    fn number(&self, place: &Place, direction: Direction) -> usize {
        let of_schema = |it: &&DefinedType| it.schema == place.schema;
        let mut types = self.types.iter().filter(of_schema);
        let found = types.clone().find(|it| it.direction == direction);
        let found = found.or_else(|| types.next()).expect("each has a type");
        let is_found = |it: &DefinedType| std::ptr::eq(it, found);
        self.types.iter().position(is_found).expect("it is there")
    }

    /// The verdict; `None` where a number is not representable.
    fn ask(&self, number: usize, record: &[u8]) -> Option<bool> {
        let (_, input, output) = &mut *self.pipes.borrow_mut();
        writeln!(input, "{number} {}", record.len()).expect("it listens");
        input.write_all(record).expect("it listens");
        input.flush().expect("it listens");
        let mut answer = [0];
        output.read_exact(&mut answer).expect("it answers");
        match answer {
            [b'1'] => Some(true),
            [b'0'] => Some(false),
            _ => None,
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let (child, _, _) = self.pipes.get_mut();
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Writes a file whose text differs, so that what has not changed is not built again.
fn put(path: &Path, text: &str) {
    if !fs::read_to_string(path).is_ok_and(|old| old == text) {
        fs::write(path, text).expect("is written");
    }
}

/// A program that reads `number length`, a line feed and a record, and answers one byte.
fn source(krate: &str, types: &[DefinedType]) -> String {
    let krate = krate.replace('-', "_");
    let mut judges = String::new();
    for ty in types {
        let _ = match ty.or_null {
            true => writeln!(judges, "    judge::<Option<{krate}::{}>>,", ty.name),
            false => writeln!(judges, "    judge::<{krate}::{}>,", ty.name),
        };
    }
    format!(
        r#"use std::io::{{BufRead, Read, Write}};

const JUDGES: &[fn(&[u8]) -> u8] = &[
{judges}];

use specsmith_rules::__model::serde::de::DeserializeOwned;

fn judge<T: specsmith_rules::Validate + DeserializeOwned>(record: &[u8]) -> u8 {{
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

fn run(dialect: Dialect, krate: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(krate);
    fs::create_dir_all(&folder).expect("a folder");
    let drawn = draw(dialect);
    let spec = folder.join("generated.json");
    fs::write(&spec, &drawn.document).expect("is written");
    let subject = Subject::load(std::slice::from_ref(&spec), &Disk).expect("it is read");
    let program = Program::build(&folder, &spec, krate);
    let (mut valid, mut invalid) = (0, 0);
    let mut wrong = Vec::new();
    for (index, (own, seed)) in drawn.instances.iter().enumerate() {
        let place = Place::named(&subject, &format!("Root{index}")).expect("a schema");
        for direction in [Direction::Request, Direction::Response] {
            let number = program.number(&place, direction);
            let judges = subject.judges(&place, direction).expect("a schema");
            let alone = subject.judges(&place, direction).expect("a schema");
            // What a rule refuses is refused, whatever else the type could not hold.
            let judges = judges.with_model(|record: &[u8]| {
                let refused = || !alone.plan().explain(record).is_empty();
                let verdict = program.ask(number, record);
                verdict.or_else(|| refused().then_some(false))
            });
            for record in own
                .iter()
                .chain(&super::drawn(&subject, &place, direction, *seed))
            {
                match judges.compare(record.as_bytes()) {
                    Ok(Agreed::Valid) => valid += 1,
                    Ok(Agreed::Invalid | Agreed::Broken) => invalid += 1,
                    Err(disagreement) => {
                        let how = judges.minimal(&disagreement);
                        wrong.push(format!("{} {direction:?}\n{how}", place.name));
                        break;
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}: {} wrong\n{}",
        spec.display(),
        wrong.len(),
        wrong.join("\n")
    );
    let least = 10 * wanted();
    let said = format!("{valid} valid, {invalid} not");
    assert!(valid > least && invalid > least, "{said}");
}

#[test]
fn of_3_1() {
    run(Dialect::V3_1, "models-3-1");
}

#[test]
fn of_3_0() {
    run(Dialect::V3_0, "models-3-0");
}
