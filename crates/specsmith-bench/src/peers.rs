//! What people would run instead, each as a whole process over a file of lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use garde::Validate;
use serde::Deserialize;

use specsmith_plan::bench::Entity;

/// The peers that this program can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    /// Reads each line as JSON and keeps nothing: `serde_json`'s `IgnoredAny`.
    Ignored,
    /// Reads each line into a `serde_json::Value` and asks the `jsonschema` crate.
    JsonSchema,
    /// Reads each line into a hand-written struct and asks garde.
    Garde,
    /// Reads each line with the generated model's `from_json`.
    Model,
}

impl Peer {
    pub(crate) const ALL: [Self; 4] = [Self::Ignored, Self::JsonSchema, Self::Garde, Self::Model];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ignored => "ignored-any",
            Self::JsonSchema => "jsonschema",
            Self::Garde => "serde-garde",
            Self::Model => "model",
        }
    }
}

/// Says whether a line is valid.
type Judge = dyn Fn(&[u8]) -> bool;

/// How many lines are valid and how many are not, as that peer sees it.
pub(crate) fn run(
    peer: Peer,
    entity: Entity,
    file: &Path,
    schema: &str,
) -> Result<(u64, u64), String> {
    let judge: Box<Judge> = match (peer, entity) {
        (Peer::Ignored, _) => {
            Box::new(|line| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok())
        }
        (Peer::JsonSchema, _) => {
            let schema: serde_json::Value =
                serde_json::from_str(schema).map_err(|error| error.to_string())?;
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .map_err(|error| error.to_string())?;
            Box::new(move |line| {
                let instance = serde_json::from_slice::<serde_json::Value>(line);
                instance.is_ok_and(|it| validator.is_valid(&it))
            })
        }
        (Peer::Garde, Entity::Conversation) => Box::new(by_garde::<Conversation>),
        (Peer::Garde, Entity::Agent) => Box::new(by_garde::<Agent>),
        (Peer::Garde, Entity::Customer) => Box::new(by_garde::<Customer>),
        (Peer::Model, Entity::Conversation) => {
            Box::new(|line| conversation_model::ConversationMetadata::from_json(line).is_ok())
        }
        (Peer::Model, Entity::Agent) => {
            Box::new(|line| agent_model::AgentMetadata::from_json(line).is_ok())
        }
        (Peer::Model, Entity::Customer) => {
            Box::new(|line| customer_model::CustomerMetadata::from_json(line).is_ok())
        }
    };
    let counts = count(file, &*judge);
    counts.map_err(|error| format!("{}: {error}", file.display()))
}

fn by_garde<T: serde::de::DeserializeOwned + Validate<Context = ()>>(line: &[u8]) -> bool {
    serde_json::from_slice::<T>(line).is_ok_and(|it| it.validate().is_ok())
}

/// Every peer reads as one would: line after line, through a buffer.
fn count(file: &Path, judge: &Judge) -> io::Result<(u64, u64)> {
    let mut reader = BufReader::with_capacity(256 << 10, File::open(file)?);
    let mut line = Vec::new();
    let mut counts = (0, 0);
    while reader.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            match judge(&line) {
                true => counts.0 += 1,
                false => counts.1 += 1,
            }
        }
        line.clear();
    }
    Ok(counts)
}

// What a careful user writes by hand: it checks less than the schema (no date-time, enums as text).

#[derive(Debug, Deserialize, Validate)]
struct Attribute {
    #[garde(length(chars, max = 256))]
    name: Option<String>,
    #[garde(length(chars, max = 1024))]
    value: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be judged, then thrown away")]
struct Conversation {
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    external_conversation_id: String,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    event_id: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    lob_id: Option<String>,
    #[garde(length(chars, max = 256))]
    lob_name: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    group_id: Option<String>,
    #[garde(length(chars, max = 256))]
    group_name: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    agent_routing_code: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    campaign: Option<String>,
    #[garde(skip)]
    device_type: Option<String>,
    #[garde(skip)]
    platform: Option<String>,
    #[garde(inner(inner(length(chars, max = 64), pattern(r"[a-zA-Z0-9\-_]+"))))]
    company_segment: Option<Vec<String>>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    company_subdivision: Option<String>,
    #[garde(length(chars, max = 256))]
    business_rule: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    entry_type: Option<String>,
    #[garde(skip)]
    operating_system: Option<String>,
    #[garde(length(chars, max = 64), pattern(r"[a-zA-Z0-9\-_]+"))]
    browser_type: Option<String>,
    #[garde(length(chars, max = 16), pattern(r"[a-zA-Z0-9\-_\.]+"))]
    browser_version: Option<String>,
    #[garde(length(max = 10), dive)]
    attributes: Option<Vec<Attribute>>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be judged, then thrown away")]
struct Agent {
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    external_agent_id: String,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    event_id: Option<String>,
    #[garde(skip)]
    start_ts: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    lob_id: Option<String>,
    #[garde(length(chars, max = 256))]
    lob_name: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    group_id: Option<String>,
    #[garde(length(chars, max = 256))]
    group_name: Option<String>,
    #[garde(length(chars, max = 256))]
    agent_name: Option<String>,
    #[garde(length(chars, max = 256))]
    agent_location: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    supervisor_id: Option<String>,
    #[garde(length(chars, max = 256))]
    supervisor_name: Option<String>,
    #[garde(inner(inner(length(chars, max = 16), pattern(r"[a-zA-Z0-9\-]+"))))]
    languages: Option<Vec<String>>,
    #[garde(skip)]
    concurrency: Option<i64>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    category_label: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    account_access_level: Option<String>,
    #[garde(skip)]
    ranking: Option<i64>,
    #[garde(length(chars, max = 256))]
    vendor: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    job_title: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    job_role: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    work_shift: Option<String>,
    #[garde(email)]
    email_address: Option<String>,
    #[garde(length(max = 10), dive)]
    attributes: Option<Vec<Attribute>>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Customer {
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    external_conversation_id: String,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_\.@]+"))]
    external_customer_id: String,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    event_id: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    status: Option<String>,
    #[garde(length(chars, max = 32), pattern(r"[0-9\-\.\(\)\+]+"))]
    phone_number: Option<String>,
    #[garde(email)]
    email_address: Option<String>,
    #[garde(length(chars, max = 256), pattern(r"[a-zA-Z0-9\-_]+"))]
    user_id: Option<String>,
    #[garde(length(chars, max = 128), pattern(r"[a-zA-Z0-9\-_]+"))]
    address_country: Option<String>,
    #[garde(length(chars, max = 128), pattern(r"[a-zA-Z0-9\-_]+"))]
    address_state: Option<String>,
    #[garde(length(chars, max = 16), pattern(r"[a-zA-Z0-9\-_]+"))]
    address_zipcode: Option<String>,
    #[garde(length(max = 10), dive)]
    attributes: Option<Vec<Attribute>>,
}
