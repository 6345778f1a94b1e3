//! Times records into a struct, beside serde_json, which checks less:
//! `cargo run --release --features serde --example time_deserialize`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the terminal"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only built")]
struct Conversation {
    external_conversation_id: String,
    external_agent_id: Option<String>,
    agent_name: Option<String>,
    platform: Option<Platform>,
    agent_salutation: Option<String>,
    start_time: Option<String>,
    turns: Option<i64>,
    active: Option<bool>,
    attributes: Option<Vec<Attribute>>,
}

#[derive(Deserialize)]
enum Platform {
    #[serde(rename = "IOS")]
    Ios,
    #[serde(rename = "WEB")]
    Web,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only built")]
struct Attribute {
    name: String,
    value: String,
}

fn main() {
    let record = r#"{"externalConversationId":"6fd4a2c0-91aa-4f06-9a08-000000000001","externalAgentId":"agent-2731","agentName":"Grace Hopper","platform":"IOS","agentSalutation":"Good morning, how may I help you today?","startTime":"2024-05-01T12:34:56Z","turns":17,"active":true,"attributes":[{"name":"lob","value":"wireless"},{"name":"intent","value":"upgrade a plan"},{"name":"queue","value":"sales-east"}]}"#;
    let rounds = std::env::args()
        .nth(1)
        .map_or(300_000, |rounds| rounds.parse().unwrap());
    for _ in 0..3 {
        let ours = time(rounds, || {
            black_box(specsmith_json::from_str::<Conversation>(black_box(record)).unwrap());
        });
        let theirs = time(rounds, || {
            black_box(
                serde_json::from_slice::<Conversation>(black_box(record.as_bytes())).unwrap(),
            );
        });
        let ours_ignored = time(rounds, || {
            black_box(specsmith_json::from_str::<IgnoredAny>(black_box(record)).unwrap());
        });
        let theirs_ignored = time(rounds, || {
            black_box(serde_json::from_slice::<IgnoredAny>(black_box(record.as_bytes())).unwrap());
        });
        println!(
            "struct: {ours:?}, serde_json {theirs:?}; ignored: {ours_ignored:?}, serde_json {theirs_ignored:?}"
        );
    }
}

fn time(rounds: u32, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..rounds {
        work();
    }
    start.elapsed() / rounds
}
