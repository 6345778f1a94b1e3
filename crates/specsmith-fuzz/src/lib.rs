//! What must hold of any bytes, one body for each door that bytes come in by.
//!
//! A body takes bytes and panics where what must hold does not. [`TARGETS`] lists them; `libfuzzer/`
//! beside this crate feeds them by coverage (`cargo xtask fuzz`), the tests of this crate feed them
//! [`seeds`], mutations of those, and every input that ever failed, from `regressions/`.
#![forbid(unsafe_code)]

mod attributes;
mod cases;
mod document;
mod file;
mod mutate;
mod reading;
mod record;
mod report;
mod seeds;
mod stream;
mod taking;
mod vectors;

pub use attributes::attributes;
pub use document::document;
pub use file::file;
pub use mutate::mutate;
pub use reading::reading;
pub use record::record;
pub use report::report;
pub use seeds::seeds;
pub use stream::stream;
pub use vectors::vectors;

/// One body, by its name.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: that of the function, of its program in `libfuzzer/`, of its folder of regressions.
    pub name: &'static str,
    /// The body.
    pub body: fn(&[u8]),
    /// How many mutations `cargo test` makes: fewer where one takes longer.
    pub mutations: usize,
}

/// All bodies.
pub const TARGETS: &[Target] = &[
    Target {
        name: "document",
        body: document,
        mutations: 400,
    },
    Target {
        name: "record",
        body: record,
        mutations: 6_000,
    },
    Target {
        name: "stream",
        body: stream,
        mutations: 2_000,
    },
    Target {
        name: "vectors",
        body: vectors,
        mutations: 6_000,
    },
    Target {
        name: "reading",
        body: reading,
        mutations: 10_000,
    },
    Target {
        name: "report",
        body: report,
        mutations: 1_000,
    },
    Target {
        name: "attributes",
        body: attributes,
        mutations: 20_000,
    },
    Target {
        name: "file",
        body: file,
        mutations: 300,
    },
];
