//! Selection: which definitions and operations of a model are asked for, with all that they need.

use specsmith_diagnostics::{Finding, Level};
use specsmith_ir::{Model, Operation, SchemaId};

use crate::children::each_child;
use crate::emit::SELECTION;
use crate::style::{Messages, Style};

/// What of a model becomes Rust.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    /// By schema.
    schemas: Vec<bool>,
    /// By operation.
    pub(crate) operations: Vec<bool>,
}

impl Selected {
    pub(crate) fn has(&self, schema: SchemaId) -> bool {
        self.schemas.get(schema.0 as usize).copied().unwrap_or(true)
    }
}

/// What is asked for, and a finding for each name that is none of the model's.
pub(crate) fn select(model: &Model, style: &Style) -> (Selected, Vec<Finding>) {
    let all = !style.is_selective();
    let mut selected = Selected {
        schemas: vec![all; model.schemas.len()],
        operations: vec![all; model.operations.len()],
    };
    let mut findings = Vec::new();
    let mut ahead = Vec::new();
    for name in &style.schemas {
        let named = model
            .definitions
            .iter()
            .filter(|it| it.name.as_str() == name);
        let before = ahead.len();
        ahead.extend(named.map(|it| it.schema));
        if ahead.len() == before {
            let known = model
                .definitions
                .iter()
                .map(|it| it.name.as_str().to_owned());
            findings.push(unknown("schema", name, known));
        }
    }
    for name in &style.operations {
        match model.operation(name) {
            Some((id, operation)) => {
                selected.operations[id.0 as usize] = true;
                ahead.extend(schemas_of(operation, style));
            }
            None => {
                let known = model.operations.iter().map(Operation::name);
                findings.push(unknown("operation", name, known));
            }
        }
    }
    while let Some(schema) = ahead.pop() {
        let Some(flag) = selected.schemas.get_mut(schema.0 as usize) else {
            continue;
        };
        if !std::mem::replace(flag, true) {
            each_child(model.schema(schema), &mut |child| ahead.push(child));
        }
    }
    (selected, findings)
}

/// The schemas of what an operation sends and receives, as far as they become types.
fn schemas_of<'a>(
    operation: &'a Operation,
    style: &Style,
) -> impl Iterator<Item = SchemaId> + use<'a> {
    let request = operation.request.iter().flat_map(|it| &it.content);
    let responses = operation.responses.iter().flat_map(|it| &it.content);
    let parts = match style.messages {
        Messages::Json => None,
        Messages::All => {
            let parameters = operation.parameters.iter().filter_map(|it| it.schema);
            let headers = operation.responses.iter().flat_map(|it| &it.headers);
            Some(parameters.chain(headers.filter_map(|it| it.schema)))
        }
    };
    let bodies = request.chain(responses).filter_map(|media| media.schema);
    bodies.chain(parts.into_iter().flatten())
}

fn unknown(what: &str, name: &str, known: impl Iterator<Item = String>) -> Finding {
    let known: Vec<String> = known.collect();
    let near = specsmith_predicates::nearest(name, known.iter().map(String::as_str));
    let finding = Finding::new(
        SELECTION,
        Level::Deny,
        format!("the specification has no {what} `{name}`"),
    );
    match near {
        Some(near) => finding.with_help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
