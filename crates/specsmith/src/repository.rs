//! The repository around us: services know files by their paths from its root.

use std::path::Path;

use specsmith_diagnostics::render::Base;

/// The folder we run in and the root of the repository that it is in; without one, paths count from
/// where we run.
pub fn base() -> Base {
    let Ok(here) = std::env::current_dir() else {
        return Base::default();
    };
    let root = here.ancestors().find(|it| is_root(it)).unwrap_or(&here);
    Base::new(here.clone(), root)
}

/// The same for what is known for longer than a run: without a repository, paths count from the
/// folder of the configuration.
pub fn lasting_base(config: &Path) -> Base {
    let Ok(here) = std::env::current_dir() else {
        return Base::default();
    };
    let root = here.ancestors().find(|it| is_root(it)).unwrap_or(config);
    Base::new(here.clone(), root)
}

/// A work tree beside the repository proper has a file of that name.
fn is_root(folder: &Path) -> bool {
    folder.join(".git").exists()
}
