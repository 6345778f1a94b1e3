//! Where the output finds the runtime.

use syn::Path;

/// The paths that a derive's output names. They are a parameter, so that a crate which re-exports
/// a derive can point it at its own re-export of the runtime.
#[derive(Clone)]
pub struct Roots {
    krate: Path,
    private: Path,
}

impl Roots {
    /// The runtime stands in the module `__private` of the crate at `path`, such as
    /// `::specsmith_rules`.
    ///
    /// # Errors
    /// If `path` is no path.
    pub fn of_crate(path: &str) -> syn::Result<Self> {
        Ok(Self::of_crate_path(&syn::parse_str(path)?))
    }

    /// The same for a path that is already read.
    pub fn of_crate_path(path: &Path) -> Self {
        Self {
            krate: path.clone(),
            private: syn::parse_quote!(#path::__private),
        }
    }

    /// The crate itself.
    pub fn krate(&self) -> &Path {
        &self.krate
    }

    /// The module that holds all that the output names.
    pub fn private(&self) -> &Path {
        &self.private
    }
}

/// The runtime where it is at home.
impl Default for Roots {
    fn default() -> Self {
        Self::of_crate_path(&syn::parse_quote!(::specsmith_rules))
    }
}
