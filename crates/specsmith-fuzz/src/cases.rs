//! The schemas that records are held against: those of the repository, and one that has every
//! keyword.

use std::path::PathBuf;
use std::sync::OnceLock;

use specsmith_parity::{Judges, Place, Subject};
use specsmith_source::Embedded;

/// The documents of the repository, and two whose schemas have every keyword.
const DOCUMENTS: &[(&str, &str)] = &[
    ("agent.yaml", include_str!("../../../specs/agent.yaml")),
    (
        "conversation.yaml",
        include_str!("../../../specs/conversation.yaml"),
    ),
    (
        "customer.yaml",
        include_str!("../../../specs/customer.yaml"),
    ),
    ("common.yaml", include_str!("../../../specs/common.yaml")),
    (
        "keywords-3.1.yaml",
        include_str!("../schemas/keywords-3.1.yaml"),
    ),
    (
        "keywords-3.0.yaml",
        include_str!("../schemas/keywords-3.0.yaml"),
    ),
];

/// Bodies of operations, by operation; then named schemas, by document.
const BODIES: &[(&str, &str)] = &[
    ("agent.yaml", "singleAgentMetadata"),
    ("conversation.yaml", "singleConvoMetadata"),
    ("customer.yaml", "singleCustomerMetadata"),
    ("agent.yaml", "manyAgentMetadata"),
    ("conversation.yaml", "manyConversationMetadata"),
    ("customer.yaml", "manyCustomerMetadata"),
];

/// Whether a model reads a record, as [`specsmith_parity::Model`] says it.
type Reads = fn(&[u8]) -> Option<bool>;

/// A schema to judge by.
pub(crate) struct Case {
    subject: Subject,
    place: Place,
    /// Whether the generated model reads a record; `None` where there is no model.
    model: Option<Reads>,
}

impl Case {
    /// All judges, and the model where there is one.
    pub(crate) fn judges(&self) -> Judges<'_> {
        match self.subject.judges(&self.place, self.place.direction) {
            Ok(judges) => match self.model {
                // A mark that a file may begin with is for its reader to take off.
                Some(model) => judges.with_model(move |record: &[u8]| {
                    model(record.strip_prefix(b"\xef\xbb\xbf").unwrap_or(record))
                }),
                None => judges,
            },
            Err(findings) => panic!("{}: {findings:?}", self.place.name),
        }
    }
}

/// All schemas, in a fixed order; read once.
pub(crate) fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let mut cases: Vec<Case> = BODIES
            .iter()
            .map(|(document, operation)| {
                let subject = subject(document);
                let Some(place) = Place::request(&subject, operation) else {
                    panic!("there is no {operation}");
                };
                let model = model(operation);
                Case {
                    subject,
                    place,
                    model,
                }
            })
            .collect();
        for document in ["keywords-3.1.yaml", "keywords-3.0.yaml"] {
            let names: Vec<String> = {
                let definitions = subject(document).lowered.model.definitions;
                definitions.into_iter().map(|it| it.name.0).collect()
            };
            for name in names {
                let subject = subject(document);
                if let Some(place) = Place::named(&subject, &name) {
                    cases.push(Case {
                        subject,
                        place,
                        model: None,
                    });
                }
            }
        }
        cases
    })
}

fn subject(document: &str) -> Subject {
    match Subject::load(&[PathBuf::from(document)], &Embedded(DOCUMENTS)) {
        Ok(subject) => subject,
        Err(findings) => panic!("{document}: {findings:?}"),
    }
}

fn model(operation: &str) -> Option<Reads> {
    use agent_model::{AgentMetadata, ManyAgentMetadata};
    use conversation_model::{ConversationMetadata, ManyConversationMetadata};
    use customer_model::{CustomerMetadata, ManyCustomerMetadata};
    Some(match operation {
        "singleAgentMetadata" => |it| Some(AgentMetadata::from_json(it).is_ok()),
        "singleConvoMetadata" => |it| Some(ConversationMetadata::from_json(it).is_ok()),
        "singleCustomerMetadata" => |it| Some(CustomerMetadata::from_json(it).is_ok()),
        "manyAgentMetadata" => |it| Some(ManyAgentMetadata::from_json(it).is_ok()),
        "manyConversationMetadata" => |it| Some(ManyConversationMetadata::from_json(it).is_ok()),
        "manyCustomerMetadata" => |it| Some(ManyCustomerMetadata::from_json(it).is_ok()),
        _ => return None,
    })
}
