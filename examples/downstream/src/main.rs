//! Writes a roster as NDJSON to standard output, and what keeps a row from being sent to standard
//! error.

use std::io::{self, Write};
use std::process::ExitCode;

use downstream::{Badge, Batch, Employee, Zone};

fn main() -> io::Result<ExitCode> {
    let roster = roster();
    let batch = Batch::of(&roster);
    batch.write_ndjson(io::stdout().lock())?;
    let mut notes = io::stderr().lock();
    for (employee, violations) in &batch.left_out {
        for violation in violations {
            writeln!(notes, "{}: {violation}", employee.id)?;
        }
    }
    Ok(match batch.left_out.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// Three rows, the last of which nobody has looked over yet.
fn roster() -> Vec<Employee> {
    let employee = |id: &str, name: &str, number: &str, zone| Employee {
        id: id.to_owned(),
        name: name.to_owned(),
        languages: vec!["en-us".to_owned()],
        badge: Badge {
            number: number.to_owned(),
            zone,
            floor: Some(3),
            visitor: false,
        },
    };
    vec![
        employee("agent158", "Jane Doe", "NC-0158", Zone::ServerRoom),
        employee("agent159", "John Roe", "NC-0159", Zone::Office),
        employee("äöü", "Ann Other", "160", Zone::Public),
    ]
}
