//! Times a reading: `cargo run --release --example time_read FILE`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the terminal"
)]

use std::time::Instant;

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(path).unwrap();
    for _ in 0..5 {
        let start = Instant::now();
        let reading = specsmith_json::read(&bytes, &specsmith_json::Limits::default());
        println!(
            "{:?}, {} faults, {} duplicates",
            start.elapsed(),
            reading.faults.len(),
            reading.duplicates.len()
        );
    }
}
