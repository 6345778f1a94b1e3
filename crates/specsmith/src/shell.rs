//! What shells and manuals are told about the command line.

use clap::CommandFactory;

use crate::args::Cli;
use crate::console::Console;
use crate::validate::{CANNOT_RUN, CLEAN};

/// Prints a script that completes commands.
pub fn completions(shell: clap_complete::Shell, console: &mut Console) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "specsmith", &mut script);
    print(&script, console)
}

/// Prints the manual page.
pub fn man(console: &mut Console) -> u8 {
    let mut page = Vec::new();
    match clap_mangen::Man::new(Cli::command()).render(&mut page) {
        Ok(()) => print(&page, console),
        Err(_) => CANNOT_RUN,
    }
}

fn print(text: &[u8], console: &mut Console) -> u8 {
    console.report(&String::from_utf8_lossy(text));
    match console.finish() {
        Ok(()) => CLEAN,
        Err(_) => CANNOT_RUN,
    }
}
