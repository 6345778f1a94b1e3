//! The specifications of a run: those named, else those built in; and what of them can be judged by.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use specsmith_diagnostics::{Code, Finding, Level, Span, SpecPlace};
use specsmith_ir::{Direction, Facet};
use specsmith_reference::Reference;
use specsmith_source::{Disk, Limits, Lowered, Specification};

use crate::args::Engine;
use crate::attributes::Attributes;
use crate::built_in::{self, BuiltIn};
use crate::check::Run;
use crate::judge::Bar;
use crate::lints::Lints;
use crate::names::Names;
use crate::target::{self, Target};

/// Specifications, read and understood.
pub struct Specs {
    /// The documents.
    pub specification: Specification,
    /// What they mean.
    pub lowered: Lowered,
    operations: OnceLock<Vec<Target>>,
    /// The places that somebody asked for.
    places: Mutex<HashMap<Span, Arc<SpecPlace>>>,
    /// Whether they are those built in.
    built_in: bool,
}

/// What payloads are held against: a target and who judges by it.
pub struct Bench<'s> {
    /// What payloads must be.
    pub target: Target,
    names: OnceLock<Names>,
    bar: OnceLock<Result<Bar<'s>, Vec<Finding>>>,
}

/// Reads specifications. What is wrong with them is in the findings; without any that can be
/// read there is nothing.
pub fn load(files: &[PathBuf], limits: &Limits) -> (Option<Specs>, Vec<Finding>) {
    let (specification, mut findings) = if files.is_empty() {
        specsmith_source::load(&built_in::roots(), &BuiltIn, limits)
    } else {
        specsmith_source::load(files, &Disk, limits)
    };
    let Some(specification) = specification else {
        return (None, findings);
    };
    let mut lowered = specsmith_source::lower(&specification);
    findings.append(&mut lowered.findings);
    let specs = Specs {
        specification,
        lowered,
        operations: OnceLock::new(),
        places: Mutex::default(),
        built_in: files.is_empty(),
    };
    (Some(specs), findings)
}

impl Specs {
    /// The target of that name: an operation, or a schema.
    pub fn operation(&self, name: &str) -> Option<Target> {
        let (id, _) = self.lowered.model.operation(name)?;
        target::operation(&self.lowered.model, id)
    }

    /// The place of a rule, which is looked for once.
    pub fn place(&self, span: Span) -> Arc<SpecPlace> {
        // Whatever a thread leaves behind that panics is whole.
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(span).or_insert_with(|| {
            Arc::new(SpecPlace {
                built_in: self.built_in,
                ..self.specification.spec_place(span)
            })
        });
        Arc::clone(place)
    }

    /// The operations with a JSON body; found out when somebody first asks.
    pub fn operations(&self) -> &[Target] {
        let all = || target::operations(&self.lowered.model);
        self.operations.get_or_init(all)
    }

    /// The schema of that name.
    pub fn schema(&self, name: &str) -> Option<Target> {
        target::schema(&self.lowered.model, name)
    }

    /// The other operation for the same records: the one for batches, or the one for single items.
    pub fn counterpart(&self, target: &Target) -> Option<&Target> {
        self.operations()
            .iter()
            .find(|it| match (&target.batch, &it.batch) {
                (Some(batch), None) => it.names == batch.names,
                (None, Some(batch)) => batch.names == target.names,
                (Some(_), Some(_)) | (None, None) => false,
            })
    }
}

impl<'s> Bench<'s> {
    /// A bench for a target; what it takes to judge gets ready when it is first asked for.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            names: OnceLock::new(),
            bar: OnceLock::new(),
        }
    }

    /// The names that may be shown.
    pub fn names(&self, run: &Run<'_, 's>) -> &Names {
        self.names.get_or_init(|| {
            let model = &run.specs.lowered.model;
            let names = Names::of(target::names_within(model, self.target.schema));
            let names = names.of_width(run.settings.limits.line_text);
            match run.settings.arguments.show_values {
                true => names.showing_all(),
                false => names,
            }
        })
    }

    /// What makes judges.
    ///
    /// # Errors
    /// What of the specification keeps anybody from judging by it.
    pub fn bar(&self, run: &Run<'_, 's>) -> Result<&Bar<'s>, &[Finding]> {
        let made = self.bar.get_or_init(|| make(run, &self.target));
        made.as_ref().map_err(Vec::as_slice)
    }
}

/// A verdict by what could not be read would say that all is well.
fn unread(specs: &Specs, target: &Target) -> Option<Finding> {
    let Lowered { model, origins, .. } = &specs.lowered;
    let schema = target::unread_within(model, target.schema)?;
    let message = format!(
        "nothing can be held against `{}`: a part of it could not be read",
        target.name
    );
    let finding = Finding::new(Code("config/unread-target"), Level::Deny, message)
        .with_help("mend the specification where it says so");
    Some(match origins.first(schema, Facet::Whole) {
        Some(place) => finding.at(&specs.specification.sources, *place),
        None => finding,
    })
}

fn make<'s>(run: &Run<'_, 's>, target: &Target) -> Result<Bar<'s>, Vec<Finding>> {
    let (specs, settings) = (run.specs, run.settings);
    let limits = specsmith_json::Limits {
        depth: settings.limits.depth,
        ..specsmith_json::Limits::default()
    };
    if let Some(finding) = unread(specs, target) {
        return Err(vec![finding]);
    }
    let watched = |code: &'static str| settings.watches(Code(code));
    let identity = settings.config.identity.as_deref();
    let lints = Lints::new(&specs.lowered.model, target, identity);
    let looks = crate::lints::CODES
        .iter()
        .any(|code| settings.watches(*code));
    let options = specsmith_plan::Options {
        limits,
        watch: specsmith_plan::Watch {
            unknown_properties: watched("lint/unknown-property"),
            partial_patterns: watched("lint/partial-pattern"),
            batch: target.batch.as_ref().map(|it| it.property.as_str().into()),
            identity: match watched("lint/duplicate-id") {
                true => lints.identity.watched(run.keys),
                false => None,
            },
            suspicion: looks.then(|| lints.suspicion()),
            // What must be there may be missing from any of them.
            everything: Attributes::of(&settings.config.attributes, specs, target).is_some(),
        },
        mistakes: Some(usize::MAX),
        pattern_steps: Some(settings.limits.pattern_steps),
    };
    let Lowered { model, origins, .. } = &specs.lowered;
    let plan = specsmith_plan::compile(model, origins, target.schema, Direction::Request, &options);
    match settings.engine {
        Engine::Plan => Ok(Bar::Plan(plan)),
        Engine::Reference => {
            let by = match target.operation {
                Some(_) => specsmith_reference::Target::Request {
                    operation: target.name.to_string(),
                    media_type: None,
                },
                None => specsmith_reference::Target::Schema {
                    name: target.name.to_string(),
                },
            };
            let options = specsmith_reference::Options {
                limits,
                pattern_steps: settings.limits.pattern_steps,
            };
            let reference =
                Reference::with_options(&specs.specification, &by, Direction::Request, options)?;
            Ok(Bar::Reference(Box::new(reference), plan))
        }
    }
}
