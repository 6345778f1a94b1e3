//! `specsmith explain CODE`.

use crate::args::Explain;
use crate::codes;
use crate::console::Console;
use crate::validate::{CANNOT_RUN, CLEAN};

/// Prints what is written about a code; gives the exit code.
pub fn run(arguments: &Explain, console: &mut Console) -> u8 {
    let found = codes::find(&arguments.code).or_else(|| codes::of_bare(&arguments.code));
    let Some(info) = found else {
        console.note("error: there is no such code");
        match codes::near(&arguments.code) {
            Some(near) => console.note(&format!("help: did you mean `{near}`?")),
            None => console.note("help: `docs/codes.md` lists all codes"),
        }
        return CANNOT_RUN;
    };
    console.report(&format!("{}\n\n{}", info.code, codes::paragraphs(info)));
    match console.finish() {
        Ok(()) => CLEAN,
        Err(_) => CANNOT_RUN,
    }
}
