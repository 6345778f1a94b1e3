//! The command as people run it: paths, streams, exit codes, files.

mod inputs;
mod known;
mod others;
mod printing;
mod runs;
mod settings;
mod support;
mod yaml;
