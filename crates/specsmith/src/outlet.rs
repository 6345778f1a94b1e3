//! Findings that are printed while the run goes on: they are seen early, and need not be kept.

use std::sync::{Mutex, PoisonError};

use specsmith_diagnostics::Summary;
use specsmith_diagnostics::render::{Base, Format, Report};

use crate::console::Console;
use crate::settings::Settings;
use crate::sink::Sink;

/// Prints what a sink keeps, where that is worth it.
pub type Print<'p> = &'p (dyn Fn(&mut Sink) + Sync);

/// Where findings are printed. Whoever prints has all that come before.
pub struct Outlet<'c>(Mutex<Printing<'c>>);

struct Printing<'c> {
    console: &'c mut Console,
    format: Format,
    /// How many more there is room for.
    room: usize,
}

/// From so many on it is worth printing them.
const MANY: usize = 64;

impl<'c> Outlet<'c> {
    /// None where the report is made as a whole: in a format that has more than its findings, or
    /// for files as well; nor where progress is shown, among which nothing is printed.
    pub fn of(settings: &Settings, console: &'c mut Console) -> Option<Self> {
        let shows_progress = console.shows_progress() && !settings.arguments.quiet;
        let as_whole = !settings.outputs.is_empty() || !settings.format.is_list();
        (!as_whole && !shows_progress).then(|| {
            Self(Mutex::new(Printing {
                console,
                format: settings.format,
                room: settings.max_findings,
            }))
        })
    }

    /// Prints what a sink keeps, where that is much.
    pub fn print_many(&self, sink: &mut Sink) {
        if sink.findings.len() >= MANY {
            self.print(sink);
        }
    }

    /// Prints what a sink keeps, up to where there is no more room.
    pub fn print(&self, sink: &mut Sink) {
        let findings = sink.hand_on();
        if findings.is_empty() {
            return;
        }
        let mut printing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = findings.get(..printing.room).unwrap_or(&findings);
        let report = Report {
            findings: shown,
            summary: &Summary::default(),
            checked: &[],
            codes: &[],
            base: &Base::default(),
        };
        let text = printing.format.render(&report, printing.console.style());
        printing.console.report(&text);
        printing.room -= shown.len();
    }
}
