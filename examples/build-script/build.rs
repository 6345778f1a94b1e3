//! Writes the module `petstore` into `OUT_DIR`, for `src/main.rs` to include.

use std::error::Error;
use std::path::{Path, PathBuf};

use specsmith_codegen::{Level, Mode, Style, generate_module, write};

fn main() -> Result<(), Box<dyn Error>> {
    let spec = PathBuf::from("petstore.yaml");
    println!("cargo::rerun-if-changed={}", spec.display());
    let generated = generate_module(&[spec], "petstore", &Style::default());
    for finding in &generated.findings {
        let message = &finding.message;
        match finding.level {
            Level::Allow => {}
            Level::Warn => println!("cargo::warning={message}"),
            Level::Deny => println!("cargo::error={message}"),
        }
    }
    let folder = std::env::var("OUT_DIR")?;
    write(&generated.tree, Path::new(&folder), Mode::Write)?;
    Ok(())
}
