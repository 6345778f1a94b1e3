//! The generated models on every example payload: the verdict that the plan and the reference
//! judge are held to by the same tables.

use std::path::{Path, PathBuf};

use agent_model::{AgentMetadata, ManyAgentMetadata};
use conversation_model::{ConversationMetadata, ManyConversationMetadata};
use customer_model::{CustomerMetadata, ManyCustomerMetadata};
use metadata_common::{
    Attribute, Attributes, BatchResponse, ErrorResponse, SendResult, SingleResponse,
};

#[path = "golden/published/expected/lib.rs"]
pub mod published;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/payloads")
}

fn table(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder().join(name)).expect("a table of the examples");
    text.lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// Whether the model of that schema, or of that operation's body, reads the record. The provider's
/// own form of the document, which has everything inline, gives models that say the same.
fn reads(name: &str, record: &[u8]) -> bool {
    let verdict = reads_own(name, record);
    let published = match name {
        "singleAgentMetadata" => published::SingleAgentMetadataRequest::from_json(record).is_ok(),
        "manyAgentMetadata" => published::ManyAgentMetadataRequest::from_json(record).is_ok(),
        "singleConvoMetadata" => published::SingleConvoMetadataRequest::from_json(record).is_ok(),
        "manyConversationMetadata" => {
            published::ManyConversationMetadataRequest::from_json(record).is_ok()
        }
        "singleCustomerMetadata" => {
            published::SingleCustomerMetadataRequest::from_json(record).is_ok()
        }
        "manyCustomerMetadata" => published::ManyCustomerMetadataRequest::from_json(record).is_ok(),
        _ => verdict,
    };
    assert_eq!(published, verdict, "{name}");
    verdict
}

fn reads_own(name: &str, record: &[u8]) -> bool {
    match name {
        "singleAgentMetadata" | "AgentMetadata" => AgentMetadata::from_json(record).is_ok(),
        "manyAgentMetadata" | "ManyAgentMetadata" => ManyAgentMetadata::from_json(record).is_ok(),
        "singleConvoMetadata" | "ConversationMetadata" => {
            ConversationMetadata::from_json(record).is_ok()
        }
        "manyConversationMetadata" | "ManyConversationMetadata" => {
            ManyConversationMetadata::from_json(record).is_ok()
        }
        "singleCustomerMetadata" | "CustomerMetadata" => {
            CustomerMetadata::from_json(record).is_ok()
        }
        "manyCustomerMetadata" | "ManyCustomerMetadata" => {
            ManyCustomerMetadata::from_json(record).is_ok()
        }
        "Attribute" => Attribute::from_json(record).is_ok(),
        // The list may be null wherever it stands, which in Rust is for what holds it to say.
        "Attributes" => specsmith_rules::from_json::<Option<Attributes>>(record).is_ok(),
        "SendResult" => SendResult::from_json(record).is_ok(),
        "SingleResponse" => SingleResponse::from_json(record).is_ok(),
        "BatchResponse" => BatchResponse::from_json(record).is_ok(),
        "ErrorResponse" => ErrorResponse::from_json(record).is_ok(),
        _ => panic!("no model is called {name}"),
    }
}

/// Whether the model reads every record of the file.
fn reads_file(name: &str, path: &Path) -> bool {
    let bytes = std::fs::read(path).expect("an example");
    if path.extension().is_some_and(|it| it == "ndjson") {
        bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.trim_ascii().is_empty())
            .all(|line| reads(name, line))
    } else {
        reads(name, &bytes)
    }
}

#[test]
fn valid_examples_are_read() {
    for row in table("expected/valid.tsv") {
        let path = folder().join("valid").join(&row[0]);
        assert!(reads_file(&row[1], &path), "{}", row[0]);
    }
}

#[test]
fn mistakes_are_refused() {
    for row in table("expected/mistakes.tsv") {
        let path = folder().join("mistakes").join(&row[0]);
        assert!(!reads_file(&row[1], &path), "{}", row[0]);
    }
}

#[test]
fn the_parity_table_holds() {
    for row in table("parity/expected.tsv") {
        let path = folder().join("parity").join(&row[0]);
        assert_eq!(reads_file(&row[1], &path), row[2] == "valid", "{}", row[0]);
    }
}
