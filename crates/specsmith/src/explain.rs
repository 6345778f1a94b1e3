//! `specsmith explain CODE`.

use crate::args::Explain;
use crate::codes;
use crate::console::Console;
use crate::validate::{CANNOT_RUN, CLEAN};

/// Prints what is written about a code, or which codes an area has; gives the exit code.
pub fn run(arguments: &Explain, console: &mut Console) -> u8 {
    let code = arguments.code.as_str();
    let found = codes::find(code).or_else(|| codes::of_bare(code));
    let text = match found {
        Some(info) => Some(format!("{}\n\n{}", info.code, codes::paragraphs(info))),
        None => codes::area(code.trim_end_matches('/')),
    };
    let Some(text) = text else {
        console.note("error: there is no such code");
        match codes::near(&arguments.code) {
            Some(near) => console.note(&format!("help: did you mean `{near}`?")),
            None => console.note("help: `docs/codes.md` lists all codes"),
        }
        return CANNOT_RUN;
    };
    console.report(&text);
    match console.finish() {
        Ok(()) => CLEAN,
        Err(_) => CANNOT_RUN,
    }
}
