//! The two streams: the report on standard output, everything else on standard error.

use std::io::{self, IsTerminal, Write};

use specsmith_diagnostics::render::{Style, no_commands};

/// Where a run writes to. A reader that has gone away (`… | head`) ends the writing, not the run.
pub struct Console {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    out_style: Style,
    err_is_terminal: bool,
    colours: bool,
    /// The error that writing the report met, unless the reader had merely gone away.
    failed: Option<io::Error>,
    gone: bool,
}

impl Console {
    /// The streams of the process.
    pub fn of_process() -> Self {
        let colours = std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
        let style = |terminal: bool| match terminal && colours {
            true => Style::Coloured,
            false => Style::Plain,
        };
        Self {
            out_style: style(io::stdout().is_terminal()),
            out: Box::new(io::BufWriter::new(io::stdout())),
            err_is_terminal: io::stderr().is_terminal(),
            err: Box::new(io::stderr()),
            colours,
            failed: None,
            gone: false,
        }
    }

    /// Other streams, without colours.
    pub fn of(out: Box<dyn Write + Send>, err: Box<dyn Write + Send>) -> Self {
        Self {
            out,
            err,
            out_style: Style::Plain,
            err_is_terminal: false,
            colours: false,
            failed: None,
            gone: false,
        }
    }

    /// Whether the report is coloured.
    pub fn style(&self) -> Style {
        self.out_style
    }

    /// Whether findings on standard error are coloured.
    pub fn note_style(&self) -> Style {
        match self.err_is_terminal && self.colours {
            true => Style::Coloured,
            false => Style::Plain,
        }
    }

    /// Whether a person looks at standard error, so that progress is worth showing.
    pub fn shows_progress(&self) -> bool {
        self.err_is_terminal
    }

    /// A part of the report.
    pub fn report(&mut self, text: &str) {
        if self.gone || self.failed.is_some() {
            return;
        }
        match self.out.write_all(text.as_bytes()) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.gone = true,
            Err(error) => self.failed = Some(error),
        }
    }

    /// Whether nobody takes the report any more, so that going on with a long one is in vain.
    pub fn is_closed(&self) -> bool {
        self.gone || self.failed.is_some()
    }

    /// A line for the person at the terminal.
    pub fn note(&mut self, line: &str) {
        // Nobody can be told that standard error does not work.
        let _ = writeln!(self.err, "{}", no_commands(line));
    }

    /// Writes out what is still held back.
    ///
    /// # Errors
    /// If the report could not be written and its reader had not merely gone away.
    pub fn finish(&mut self) -> io::Result<()> {
        if let Err(error) = self.out.flush()
            && error.kind() != io::ErrorKind::BrokenPipe
            && self.failed.is_none()
            && !self.gone
        {
            self.failed = Some(error);
        }
        let _ = self.err.flush();
        self.failed.take().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Gone(io::ErrorKind);

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_gone_away_is_no_error() {
        let mut console = Console::of(
            Box::new(Gone(io::ErrorKind::BrokenPipe)),
            Box::new(io::sink()),
        );
        console.report("text");
        console.report("text");
        assert!(console.finish().is_ok());
    }

    #[test]
    fn a_full_disk_is_one() {
        let mut console = Console::of(
            Box::new(Gone(io::ErrorKind::StorageFull)),
            Box::new(io::sink()),
        );
        console.report("text");
        assert!(console.finish().is_err());
    }
}
