//! `specsmith sample`: payloads that are valid, or that break one rule, which is named on standard
//! error.

use specsmith_diagnostics::render::text_of_finding;
use specsmith_diagnostics::{Level, Mistake};
use specsmith_ir::Direction;
use specsmith_plan::{Options, compile};
use specsmith_sample::{Sampler, Style, break_at, write};

use crate::args::Sample;
use crate::console::Console;
use crate::specs;
use crate::target::Target;
use crate::validate::{CANNOT_RUN, CLEAN};

/// How often an instance is drawn anew before the command gives up.
const TRIES: usize = 200;

/// Runs the command: the payloads on standard output; gives the exit code.
pub fn run(arguments: &Sample, console: &mut Console) -> u8 {
    let (specs, findings) = specs::load(
        std::slice::from_ref(&arguments.spec),
        &specsmith_source::Limits::default(),
    );
    for finding in findings.iter().filter(|it| it.level == Level::Deny) {
        console.note(text_of_finding(finding, console.note_style()).trim_end());
    }
    let Some(specs) = specs else {
        return CANNOT_RUN;
    };
    let Some(target) = specs.operation(&arguments.operation) else {
        let name = &arguments.operation;
        console.note(&format!(
            "error: there is no operation `{name}` with a JSON body"
        ));
        let known = specs.operations().iter().map(|it| &*it.name);
        if let Some(near) = specsmith_rules::nearest(name, known) {
            console.note(&format!("help: did you mean `{near}`?"));
        }
        return CANNOT_RUN;
    };
    let (model, origins) = (&specs.lowered.model, &specs.lowered.origins);
    let direction = Direction::Request;
    let plan = compile(
        model,
        origins,
        target.schema,
        direction,
        &Options::default(),
    );
    // What a specification does not speak of is valid, but nobody means it.
    let mut sampler = Sampler::new(model, direction, arguments.seed).without_strangers();
    for number in 1..=arguments.count {
        if console.is_closed() {
            break;
        }
        // A judge has the last word: not every rule can be broken or kept on its own.
        let drawn = (0..TRIES).find_map(|tried| {
            let sample = sampler.draw(target.schema)?;
            let value = match arguments.invalid {
                false => sample.value,
                true => {
                    let which = sampler.random().usize(..sample.sites.len().max(1));
                    let site = sample.sites.get(which)?;
                    break_at(model, direction, &sample, site)?.value
                }
            };
            let text = write(&value, Style::Compact);
            let mistakes = plan.explain(text.as_bytes());
            // One rule may take others with it, and a batch may be of nothing, which is second best.
            let fits = match (arguments.invalid, mistakes.len()) {
                (false, 0) => tried >= TRIES / 2 || !is_of_nothing(&target, &text),
                (false, _) => false,
                (true, 0) => false,
                (true, 1) => true,
                (true, _) => tried >= TRIES / 2,
            };
            let shown = match arguments.yaml {
                true => as_yaml(&text),
                false => Some(format!("{text}\n")),
            };
            shown.filter(|_| fits).map(|text| (text, mistakes))
        });
        match drawn {
            Some((text, mistakes)) => {
                console.report(&text);
                for Mistake { code, pointer, .. } in mistakes {
                    let place = match pointer.as_str() {
                        "" => "the whole".to_owned(),
                        pointer => format!("`{pointer}`"),
                    };
                    console.note(&format!("{number}: {code} at {place}"));
                }
            }
            None => {
                console.note("error: no such payload could be made");
                return CANNOT_RUN;
            }
        }
    }
    match console.finish() {
        Ok(()) => CLEAN,
        Err(_) => CANNOT_RUN,
    }
}

/// Whether a payload is a batch without a record.
fn is_of_nothing(target: &Target, text: &str) -> bool {
    let Some(batch) = &target.batch else {
        return false;
    };
    let root = specsmith_json::read(text.as_bytes(), &specsmith_json::Limits::default()).root;
    let list = root
        .as_ref()
        .and_then(|it| it.get(&batch.property)?.as_array());
    list.is_none_or(<[_]>::is_empty)
}

/// The payload as a YAML document of a stream.
fn as_yaml(json: &str) -> Option<String> {
    let value = specsmith_json::read(json.as_bytes(), &specsmith_json::Limits::default()).root?;
    specsmith_source::write_yaml(&value).map(|text| format!("---\n{text}"))
}
