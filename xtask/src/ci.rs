//! `ci`: all that must hold for a change to land, by the script that lands it.

use std::path::Path;
use std::process::Command;

/// Runs `.ci/run`; `Err` if any step of it failed.
pub(crate) fn ci(root: &Path) -> Result<(), String> {
    let status = Command::new("bash")
        .arg(".ci/run")
        .current_dir(root)
        .status()
        .map_err(|error| format!("bash cannot be run: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("a step of .ci/run failed".to_owned())
    }
}
