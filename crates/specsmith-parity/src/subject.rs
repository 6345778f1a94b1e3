//! A specification that was read and lowered, of whose schemas judges are made.

use std::path::PathBuf;

use specsmith_diagnostics::Finding;
use specsmith_ir::Direction;
use specsmith_plan::{Options, compile};
use specsmith_reference::Reference;
use specsmith_source::{Embedded, Fetch, Limits, Lowered, Specification, load, lower};

use crate::{Judges, Place};

/// A specification, read and lowered.
pub struct Subject {
    /// What was read.
    pub specification: Specification,
    /// What it means.
    pub lowered: Lowered,
    /// What reading found wrong.
    pub findings: Vec<Finding>,
}

impl Subject {
    /// Reads and lowers documents.
    ///
    /// # Errors
    /// If none of them can be read: what was found.
    pub fn load(paths: &[PathBuf], fetch: &dyn Fetch) -> Result<Self, Vec<Finding>> {
        let (specification, findings) = load(paths, fetch, &Limits::default());
        let Some(specification) = specification else {
            return Err(findings);
        };
        let lowered = lower(&specification);
        Ok(Self {
            specification,
            lowered,
            findings,
        })
    }

    /// Reads and lowers the text of one document, JSON or YAML.
    ///
    /// # Errors
    /// If it cannot be read: what was found.
    pub fn of_text(text: &str) -> Result<Self, Vec<Finding>> {
        let name = "spec.yaml";
        Self::load(&[name.into()], &Embedded(&[(name, text)]))
    }

    /// All judges of what travels in that direction by one schema.
    ///
    /// # Errors
    /// If the reference judge cannot judge by it: what it found.
    pub fn judges(&self, place: &Place, direction: Direction) -> Result<Judges<'_>, Vec<Finding>> {
        let options = Options {
            mistakes: Some(usize::MAX),
            ..Options::default()
        };
        let Lowered { model, origins, .. } = &self.lowered;
        let plan = compile(model, origins, place.schema, direction, &options);
        let reference = Reference::new(&self.specification, &place.target, direction)?;
        Ok(Judges::new(plan, reference))
    }
}
