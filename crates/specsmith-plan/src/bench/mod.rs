//! What there is to measure with: corpora, and the kernels by themselves.
//!
//! Corpora are records of the three entities, from a seed, in many hands.
//!
//! The same arguments give the same bytes. Lengths and the share of absent and null fields are
//! those of payloads seen in practice.

mod fields;
mod kernels;

use std::io::{self, Write};

use fastrand::Rng;

pub use kernels::{Kernels, Lines, Padded};

use fields::Field;

/// What the records are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// People who answer customers.
    Agent,
    /// What is said between the two.
    Conversation,
    /// People who ask.
    Customer,
}

/// How a corpus differs from the plain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Compact, in the order of the specification, valid.
    Plain,
    /// One record in a hundred breaks one rule.
    Invalid,
    /// The keys of each record in reverse.
    Reversed,
    /// The keys of each record in an order of its own.
    Shuffled,
    /// A space behind each comma and colon.
    Spaced,
    /// Names of people and groups beyond ASCII.
    NonAscii,
    /// The same, escaped.
    Escaped,
    /// Two properties that the specification does not know.
    Unknown,
}

/// How records stand in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One a line.
    Lines,
    /// So many a batch, a batch a line.
    Batches(usize),
    /// All in one batch.
    OneBatch,
}

impl Entity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Conversation, Self::Agent, Self::Customer];

    /// `agent`, `conversation`, `customer`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Conversation => "conversation",
            Self::Customer => "customer",
        }
    }
}

impl Variant {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Plain,
        Self::Invalid,
        Self::Reversed,
        Self::Shuffled,
        Self::Spaced,
        Self::NonAscii,
        Self::Escaped,
        Self::Unknown,
    ];

    /// `plain`, `invalid`, `reversed` …
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Invalid => "invalid",
            Self::Reversed => "reversed",
            Self::Shuffled => "shuffled",
            Self::Spaced => "spaced",
            Self::NonAscii => "non-ascii",
            Self::Escaped => "escaped",
            Self::Unknown => "unknown",
        }
    }
}

/// Writes records until there are at least `bytes` bytes of them; how many records.
///
/// # Errors
/// What the writer gives.
pub fn write(
    entity: Entity,
    variant: Variant,
    form: Form,
    seed: u64,
    bytes: u64,
    out: &mut dyn Write,
) -> io::Result<u64> {
    let mut rng = Rng::with_seed(seed);
    let mut written = 0;
    let mut records = 0;
    let mut line = String::new();
    let (open, close, most) = match form {
        Form::Lines => ("", "\n", 1),
        Form::Batches(items) => ("{\"items\":[", "]}\n", items.max(1)),
        Form::OneBatch => ("{\"items\":[", "]}\n", usize::MAX),
    };
    while written < bytes {
        line.clear();
        line.push_str(open);
        let mut items = 0;
        while items < most && written + (line.len() as u64) < bytes || items == 0 {
            if items > 0 {
                line.push_str(if variant == Variant::Spaced {
                    ", "
                } else {
                    ","
                });
            }
            record(entity, variant, records, &mut rng, &mut line);
            items += 1;
            records += 1;
            if line.len() > 1 << 20 {
                out.write_all(line.as_bytes())?;
                written += line.len() as u64;
                line.clear();
            }
        }
        line.push_str(close);
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    Ok(records)
}

fn record(entity: Entity, variant: Variant, number: u64, rng: &mut Rng, out: &mut String) {
    let (comma, colon) = match variant {
        Variant::Spaced => (", ", ": "),
        Variant::Plain
        | Variant::Invalid
        | Variant::Reversed
        | Variant::Shuffled
        | Variant::NonAscii
        | Variant::Escaped
        | Variant::Unknown => (",", ":"),
    };
    let mut members: Vec<(&str, String)> = Vec::new();
    let broken = variant == Variant::Invalid && number % 100 == 17;
    for (name, field) in entity.fields() {
        let required = matches!(field, Field::Key(_));
        let chance = rng.u32(0..100);
        let mut value = String::new();
        if !required && chance < 20 {
            continue;
        } else if !required && chance < 25 {
            value.push_str("null");
        } else {
            field.write(variant, number, comma, colon, rng, &mut value);
        }
        members.push((name, value));
    }
    if broken {
        break_one(&mut members, rng);
    }
    if variant == Variant::Unknown {
        members.push(("sourceSystem", "\"crm-export-7\"".to_owned()));
        let nested = format!(
            "{{\"kind\":\"nightly\",\"attempts\":{},\"tags\":[\"a\",\"b\"]}}",
            number % 7
        );
        members.insert(members.len() / 2, ("pipeline", nested));
    }
    match variant {
        Variant::Reversed => members.reverse(),
        Variant::Shuffled => rng.shuffle(&mut members),
        Variant::Plain
        | Variant::Invalid
        | Variant::Spaced
        | Variant::NonAscii
        | Variant::Escaped
        | Variant::Unknown => {}
    }
    out.push('{');
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push_str(comma);
        }
        out.push('"');
        out.push_str(name);
        out.push('"');
        out.push_str(colon);
        out.push_str(value);
    }
    out.push('}');
}

/// Breaks one rule of a record.
fn break_one(members: &mut Vec<(&str, String)>, rng: &mut Rng) {
    let at = rng.usize(0..members.len());
    let Some((_, value)) = members.get_mut(at) else {
        return;
    };
    match rng.u32(0..5) {
        0 => *value = "{\"unexpected\":true}".to_owned(),
        1 => *value = format!("\"{}\"", "%".repeat(1100)),
        2 => *value = "\"bad \\x escape\"".to_owned(),
        3 => {
            members.remove(0);
        }
        _ => {
            if let Some((name, value)) = members.get(at).cloned() {
                members.push((name, value));
            }
        }
    }
}
