//! The repository around us: services know files by their paths from its root.

use std::path::Path;

use specsmith_diagnostics::render::Base;

/// The folder we run in and the root of the repository that it is in; without one, paths count from
/// where we run.
pub fn base() -> Base {
    let Ok(here) = std::env::current_dir() else {
        return Base::default();
    };
    let root = root_of(&here).unwrap_or(&here);
    Base::new(here.clone(), root)
}

/// From where a baseline counts paths, wherever we run: from the root of the repository that it is in,
/// else of the one that we are in, else from the folder of the configuration or from its own.
pub fn of_baseline(baseline: &Path, config: Option<&Path>) -> Base {
    let Ok(here) = std::env::current_dir() else {
        return Base::default();
    };
    let beside = Base::new(here.clone(), baseline.parent().unwrap_or(Path::new("")));
    let root = [beside.root(), &here].into_iter().find_map(root_of);
    Base::new(here.clone(), root.or(config).unwrap_or(beside.root()))
}

/// From where baselines counted paths before: from the root of the repository that we are in, else
/// from the folder of the configuration, else from where we run.
pub fn of_old_baseline(config: Option<&Path>) -> Base {
    let Ok(here) = std::env::current_dir() else {
        return Base::default();
    };
    let root = root_of(&here).or(config).unwrap_or(&here);
    Base::new(here.clone(), root)
}

fn root_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|it| is_root(it))
}

/// A work tree beside the repository proper has a file of that name.
fn is_root(folder: &Path) -> bool {
    folder.join(".git").exists()
}
