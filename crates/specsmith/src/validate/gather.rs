//! What a run finds before it reports: the specifications are read, and the payloads checked.

use std::hash::RandomState;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use specsmith_diagnostics::{Code, Finding, Level};

use super::keeping;
use crate::attributes;
use crate::baseline::Baseline;
use crate::check::{HEAD, Run, check};
use crate::console::Console;
use crate::ids;
use crate::inputs::{self, Input, Ours};
use crate::jobs::InTurn;
use crate::outlet::{Outlet, Print};
use crate::progress::Progress;
use crate::repository;
use crate::seen::Seen;
use crate::settings::{Choice, Settings};
use crate::sink::Sink;
use crate::specs::{self, Bench, Specs};
use crate::target::Target;

/// Everything that is to be reported, while it is gathered.
pub(super) struct Gathering<'g> {
    settings: &'g Settings,
    pub(super) sink: Sink,
    pub(super) inputs: Vec<Input>,
    pub(super) baseline: Option<Baseline>,
}

impl<'g> Gathering<'g> {
    pub(super) fn new(settings: &'g Settings) -> Self {
        Self {
            settings,
            sink: Sink::new(keeping(settings)),
            inputs: Vec::new(),
            baseline: None,
        }
    }

    /// Reads what payloads are held against, and checks them.
    pub(super) fn gather(&mut self, console: &mut Console) {
        let settings = self.settings;
        let config = settings.config.is_there().then(|| settings.config.folder());
        if let Some(path) = &settings.arguments.write_baseline {
            let base = repository::of_baseline(path, config);
            self.baseline = Some(Baseline::to_write(base));
        } else if let Some(path) = &settings.baseline {
            let base = repository::of_baseline(path, config);
            match Baseline::read(path, [base, repository::of_old_baseline(config)]) {
                Ok(baseline) => self.baseline = Some(baseline),
                Err(finding) => self.sink.push(*finding),
            }
        }
        let (specs, findings) = specs::load(&settings.specs, &settings.limits.of_specification());
        for mut finding in findings {
            finding.level = settings.levels.of_finding(&finding);
            // Whatever its area, such as a limit: what is missing of the rules is not judged by.
            self.sink.could_not_run |= finding.level == Level::Deny;
            self.sink.push(finding);
        }
        let Some(specs) = specs else {
            self.sink.could_not_run = true;
            return;
        };
        self.check(&specs, console);
        if !settings.arguments.watch {
            // The process ends with the run, and its memory with it.
            std::mem::forget(specs);
        }
    }

    /// Checks the payloads against the specifications.
    fn check(&mut self, specs: &Specs, console: &mut Console) {
        let settings = self.settings;
        let tables = &settings.config.attributes;
        for finding in attributes::unknown_entities(tables, specs) {
            self.sink.push(finding);
        }
        // What the configuration says of its own specifications is nothing about others.
        let own = &settings.config.specs;
        if own.is_empty() || *own == settings.specs {
            for finding in ids::unknown(&settings.config.named_ids, specs) {
                self.sink.push(finding);
            }
        }
        let mut named = Vec::new();
        let mut unknown = Vec::new();
        for choice in settings.choices() {
            match target(specs, &choice) {
                Ok(Some(target)) => {
                    let bench = Bench::new(target);
                    named.push((choice, bench));
                }
                Ok(None) => {}
                Err(finding) if choice == settings.choice => self.sink.push(*finding),
                Err(mut finding) => {
                    if let Some(place) = settings.config.unknown(&choice) {
                        finding.location.clone_from(&place.location);
                        finding.excerpt.clone_from(&place.excerpt);
                    }
                    unknown.push((choice, finding));
                }
            }
        }
        if settings.paths.is_empty() {
            let finding = Finding::new(
                Code("config/no-input"),
                Level::Deny,
                "no path was given, and no configuration says where payloads are",
            );
            let help = "name files, folders or globs, or `-` for standard input; \
                        `specsmith init` writes a configuration";
            self.sink.push(finding.with_help(help));
            return;
        }
        let name = settings.arguments.stdin_filename.as_deref();
        let (inputs, findings) = inputs::find(&settings.paths, name, &ours(settings, specs));
        for finding in findings {
            self.sink.push(finding);
        }
        // What the configuration names for other files than these may be of other specifications.
        for (choice, finding) in unknown {
            let uses = |it: &Input| settings.of_file(Path::new(&*it.name)).1 == choice;
            if inputs.iter().any(uses) {
                self.sink.push(*finding);
            }
        }
        let seen = InTurn::<Seen>::default();
        let progress = Progress::new(&inputs, console, settings.arguments.quiet);
        let outlet = Outlet::of(settings, console);
        let print = |sink: &mut Sink| outlet.iter().for_each(|it| it.print(sink));
        let print_many = |sink: &mut Sink| outlet.iter().for_each(|it| it.print_many(sink));
        print(&mut self.sink);
        let run = Run {
            settings,
            specs,
            benches: OnceLock::new(),
            named: &named,
            keeping: keeping(settings),
            seen: &seen,
            keys: &RandomState::new(),
            tally: progress.tally(),
            baseline: self.baseline.as_ref(),
        };
        let asked = settings.arguments.jobs.map(NonZeroUsize::get);
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = asked.unwrap_or_else(processors);
        let numbered: Vec<_> = inputs.iter().enumerate().collect();
        // A long file has all threads to itself; short ones are checked beside each other.
        for together in numbered.chunk_by(|(_, one), (_, other)| !is_long(one) && !is_long(other)) {
            let within = match together {
                [(_, one)] if is_long(one) => jobs,
                _ => 1,
            };
            let beside = jobs.min(together.len());
            // Only what nothing else is checked beside is printed while it is.
            let on_the_way: Option<Print<'_>> = (beside <= 1).then_some(&print_many);
            crate::jobs::in_order(
                together,
                beside,
                |(number, input)| check(&run, input, *number, (within, on_the_way)),
                |_, sink| {
                    self.sink.append(sink);
                    print(&mut self.sink);
                },
            );
        }
        drop(progress);
        if seen.into_inner().full && !settings.arguments.quiet {
            console.note("there are more ids than are remembered: of those beyond the first million, repetitions are found within one batch only");
        }
        self.inputs = inputs;
    }
}

/// What stands beside payloads and is none.
fn ours(settings: &Settings, specs: &Specs) -> Ours {
    // Those of another run as well.
    let reports = settings.outputs.iter().chain(&settings.config.outputs);
    let reports = reports.map(|(_, path)| path);
    let written = settings.arguments.write_baseline.iter();
    // Documents that are built in have paths of another place.
    let documents = match settings.specs.is_empty() {
        true => &[][..],
        false => &specs.specification.documents,
    };
    let documents = documents.iter().map(|it| &it.path);
    let all = reports.chain(written).chain(&settings.baseline);
    Ours::new(all.chain(documents).map(PathBuf::as_path))
}

/// Whether a file is worth more than one thread: it is longer than what is read of it at once, or
/// nobody knows how long it is.
fn is_long(input: &Input) -> bool {
    input.length().is_none_or(|length| length > HEAD)
}

/// What a choice means; `None` where nothing was chosen.
fn target(specs: &Specs, choice: &Choice) -> Result<Option<Target>, Box<Finding>> {
    let (found, name, what) = match choice {
        Choice::Detected => return Ok(None),
        Choice::Operation(name) => (specs.operation(name), name, "operation"),
        Choice::Schema(name) => (specs.schema(name), name, "schema"),
    };
    if found.is_some() {
        return Ok(found);
    }
    let model = &specs.lowered.model;
    let known: Vec<String> = match choice {
        Choice::Schema(_) => {
            let names = model.definitions.iter();
            names.map(|it| it.name.0.clone()).collect()
        }
        Choice::Operation(_) | Choice::Detected => specs
            .operations()
            .iter()
            .map(|it| it.name.to_string())
            .collect(),
    };
    let with = if what == "operation" {
        " with a JSON body"
    } else {
        ""
    };
    let mut finding = Finding::new(
        Code("config/unknown-operation"),
        Level::Deny,
        format!("the specification has no {what} `{name}`{with}"),
    );
    let near = specsmith_rules::nearest(name, known.iter().map(String::as_str));
    finding.help = match near {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if known.is_empty() => None,
        None => {
            let first: Vec<_> = known.iter().take(20).map(|it| format!("`{it}`")).collect();
            Some(format!("there are {}", first.join(", ")))
        }
    };
    Err(Box::new(finding))
}
