//! Hostile input, by the command: each row of the table in `docs/reliability.md` is a test here.

mod files;
mod limits;
mod nesting;
mod outputs;
mod references;
mod sizes;
mod support;
mod table;
