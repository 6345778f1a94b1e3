//! The types of documents, compiled and asked: `models FOLDER SPEC…`.
//!
//! Each document becomes a crate in the folder; compiler and clippy have to be silent, and the types
//! say what plan and reference say, of drawn samples and of `SPEC.payloads`: a line is the name of a
//! definition, `+` or `-` for valid or not, and a record.

use std::path::{Path, PathBuf};

use specsmith_ir::Direction;
use specsmith_parity::{Agreed, Place, Subject, Tally, Wanted, Workspace, places, sample_schema};
use specsmith_source::Disk;

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().expect("a folder");
    let specs: Vec<PathBuf> = arguments.collect();
    std::fs::create_dir_all(&folder).expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut workspace = Workspace::new(&folder, &folder.join("build"), &root).expect("paths");
    let mut models = Vec::new();
    for spec in &specs {
        let stem = spec.file_stem().expect("a name").to_string_lossy();
        let krate = format!("{stem}-model");
        match workspace.add(spec, &krate) {
            Ok(types) => models.push((spec, krate, types)),
            Err(why) => say(&format!("{stem}: FAILS generate: {why}")),
        }
    }
    workspace.settle().expect("is written");
    for (spec, krate, types) in models {
        if let Err(why) = workspace.lint(&krate) {
            say(&format!("{krate}: FAILS lint: {why}"));
            continue;
        }
        let program = match workspace.start(&krate, types) {
            Ok(program) => program,
            Err(why) => {
                say(&format!("{krate}: FAILS build: {why}"));
                continue;
            }
        };
        let subject = Subject::load(std::slice::from_ref(spec), &Disk).expect("it is read");
        let mut tally = Tally::default();
        for place in places(&subject) {
            for (number, direction) in program.types_of(place.schema) {
                for each in [Direction::Request, Direction::Response] {
                    if direction.is_some_and(|it| it != each) {
                        continue;
                    }
                    let mut place = place.clone();
                    place.direction = each;
                    let judges = match program.judges(number, &subject, &place) {
                        Ok(judges) => judges,
                        Err(findings) => {
                            say(&format!("{krate}: {}: NO JUDGE {findings:?}", place.name));
                            continue;
                        }
                    };
                    let wanted = Wanted {
                        valid: 60,
                        invalid: 60,
                        seed: 7,
                    };
                    let mut first = None;
                    let more = sample_schema(&subject, &place, &judges, wanted, &mut |it| {
                        first.get_or_insert_with(|| judges.minimal(it).to_string());
                    });
                    if more.valid == 0 || more.invalid == 0 {
                        say(&format!(
                            "{krate}: {} {each:?}: only {} valid, {} invalid",
                            place.name, more.valid, more.invalid
                        ));
                    }
                    tally.add(&more);
                    if let Some(how) = first {
                        say(&format!("{krate}: {} {each:?}: DISAGREE {how}", place.name));
                    }
                }
            }
        }
        let payloads = spec.with_extension("payloads");
        let mut count = 0;
        for line in std::fs::read_to_string(payloads)
            .unwrap_or_default()
            .lines()
        {
            let mut parts = line.splitn(3, ' ');
            let (Some(name), Some(sign), Some(record)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            count += 1;
            let Some(place) = Place::named(&subject, name) else {
                say(&format!("{krate}: {name}: NO SUCH definition"));
                continue;
            };
            for (number, direction) in program.types_of(place.schema) {
                let mut place = place.clone();
                let way = sign.get(1..).unwrap_or_default();
                let wanted = match way {
                    "req" => Some(Direction::Request),
                    "res" => Some(Direction::Response),
                    _ => None,
                };
                if let (Some(one), Some(other)) = (direction, wanted)
                    && one != other
                {
                    continue;
                }
                place.direction = direction.or(wanted).unwrap_or(place.direction);
                let judges = program.judges(number, &subject, &place).expect("judges");
                match judges.compare(record.as_bytes()) {
                    Ok(agreed) if (agreed == Agreed::Valid) == sign.starts_with('+') => {}
                    Ok(agreed) => say(&format!("{krate}: {line}: ALL SAY {agreed:?}")),
                    Err(how) => say(&format!("{krate}: {line}: DISAGREE {how}")),
                }
            }
        }
        say(&format!(
            "{krate}: {} valid, {} invalid, {} disagreements; {count} payloads",
            tally.valid, tally.invalid, tally.disagreements
        ));
    }
}

#[expect(clippy::print_stdout, reason = "it is what the example is for")]
fn say(text: &str) {
    println!("{text}");
}
