//! `specsmith sample`: payloads that are valid, or that break one rule.

use specsmith_diagnostics::Level;
use specsmith_diagnostics::render::text_of_finding;
use specsmith_ir::Direction;
use specsmith_plan::{Options, Verdict, compile};
use specsmith_sample::{Sampler, Style, break_at, write};

use crate::args::Sample;
use crate::console::Console;
use crate::specs;
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
        let known = specs.operations().iter().map(|it| it.name.as_str());
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
    let wanted = if arguments.invalid {
        Verdict::Invalid
    } else {
        Verdict::Valid
    };
    let mut sampler = Sampler::new(model, direction, arguments.seed);
    for _ in 0..arguments.count {
        if console.is_closed() {
            break;
        }
        let drawn = (0..TRIES).find_map(|_| {
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
            // A judge has the last word: not every rule can be broken or kept on its own.
            if plan.verdict(text.as_bytes()) != wanted {
                return None;
            }
            if arguments.yaml {
                as_yaml(&text)
            } else {
                Some(format!("{text}\n"))
            }
        });
        match drawn {
            Some(text) => console.report(&text),
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

/// The payload as a YAML document of a stream.
fn as_yaml(json: &str) -> Option<String> {
    let value = specsmith_json::read(json.as_bytes(), &specsmith_json::Limits::default()).root?;
    specsmith_source::write_yaml(&value).map(|text| format!("---\n{text}"))
}
