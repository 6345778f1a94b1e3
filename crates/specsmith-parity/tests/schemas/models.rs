//! Compiled models of generated schemas: `from_json` says what the other judges say.
//!
//! A model for each schema would be dear to compile, so the schemas of a dialect are the components
//! of one document, whose models are one crate: built once, by this test, and asked by a pipe.

use std::fs;
use std::path::Path;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use specsmith_ir::Direction;
use specsmith_parity::{Agreed, Place, Program, Subject, Wanted, Workspace, sample_schema};
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
        let subject = Subject::of_text(&dialect.document(&root, &other));
        if !super::can_be_judged_by(&subject.expect("the document is read")) {
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

/// The folder of this test's workspaces, and where all of them are built.
fn workspace(name: &str) -> Workspace {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().expect("the root is there");
    let folder = temporary.join(name);
    fs::create_dir_all(&folder).expect("a folder");
    Workspace::new(&folder, &temporary.join("models"), &root).expect("absolute paths")
}

/// The models of a document, compiled into a program; the compiler has nothing to say about them.
fn compiled(workspace: &mut Workspace, spec: &Path, krate: &str) -> Program {
    let types = workspace.add(spec, krate).expect("is generated");
    workspace.settle().expect("is written");
    workspace.start(krate, types).expect("is built")
}

fn run(dialect: Dialect, krate: &str) {
    let mut workspace = workspace(krate);
    let drawn = draw(dialect);
    let spec = Path::new(env!("CARGO_TARGET_TMPDIR")).join(krate);
    let spec = spec.join("generated.json");
    fs::write(&spec, &drawn.document).expect("is written");
    let subject = Subject::load(std::slice::from_ref(&spec), &Disk).expect("it is read");
    let program = compiled(&mut workspace, &spec, krate);
    let (mut valid, mut invalid) = (0, 0);
    let mut wrong = Vec::new();
    for (index, (own, seed)) in drawn.instances.iter().enumerate() {
        let place = Place::named(&subject, &format!("Root{index}")).expect("a schema");
        for (number, place) in typed(&program, &place) {
            let judges = program.judges(number, &subject, &place).expect("a schema");
            let drawn = super::drawn(&subject, &place, place.direction, *seed);
            for record in own.iter().chain(&drawn) {
                match judges.compare(record.as_bytes()) {
                    Ok(Agreed::Valid) => valid += 1,
                    Ok(Agreed::Invalid | Agreed::Broken) => invalid += 1,
                    Err(disagreement) => {
                        let how = judges.minimal(&disagreement);
                        wrong.push(format!("{} {:?}\n{how}", place.name, place.direction));
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

/// The types of a place's schema, each with the place in the directions that it is for.
fn typed(program: &Program, place: &Place) -> Vec<(usize, Place)> {
    let mut typed = Vec::new();
    for (number, direction) in program.types_of(place.schema) {
        for each in [Direction::Request, Direction::Response] {
            if direction.is_none_or(|it| it == each) {
                let mut place = place.clone();
                place.direction = each;
                typed.push((number, place));
            }
        }
    }
    typed
}

#[test]
fn of_3_1() {
    run(Dialect::V3_1, "models-3-1");
}

#[test]
fn of_3_0() {
    run(Dialect::V3_0, "models-3-0");
}

/// A type that only responses use is asked about responses, whatever requests make of its schema.
#[test]
fn of_one_direction() {
    let mut workspace = workspace("models-directions");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../specsmith-codegen/tests/golden/directions/spec.yaml");
    let subject = Subject::load(std::slice::from_ref(&spec), &Disk).expect("it is read");
    let program = compiled(&mut workspace, &spec, "models-directions");
    let mut seen = Vec::new();
    for name in ["Account", "Neutral", "Received", "Sent"] {
        let place = Place::named(&subject, name).expect("a schema");
        for (number, place) in typed(&program, &place) {
            let judges = program.judges(number, &subject, &place).expect("a schema");
            let wanted = Wanted {
                valid: 40,
                invalid: 40,
                seed: 1,
            };
            let tally = sample_schema(&subject, &place, &judges, wanted, &mut |it| {
                panic!("{name}: {}", judges.minimal(it));
            });
            assert!(tally.valid >= 40 && tally.invalid >= 40, "{tally:?}");
            seen.push((name, place.direction));
        }
    }
    let expected = [
        ("Account", Direction::Response),
        ("Account", Direction::Request),
        ("Neutral", Direction::Request),
        ("Neutral", Direction::Response),
        ("Received", Direction::Response),
        ("Sent", Direction::Request),
    ];
    assert_eq!(seen, expected);
}
