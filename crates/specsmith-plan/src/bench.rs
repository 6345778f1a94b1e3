//! Corpora to measure with: records of the three entities, from a seed, in many hands.
//!
//! The same arguments give the same bytes. Lengths and the share of absent and null fields are
//! those of payloads seen in practice.

use std::io::{self, Write};

use fastrand::Rng;

/// What the records are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Entity {
    Agent,
    Conversation,
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

    const fn fields(self) -> &'static [(&'static str, Field)] {
        match self {
            Self::Agent => AGENT,
            Self::Conversation => CONVERSATION,
            Self::Customer => CUSTOMER,
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

#[derive(Clone, Copy)]
enum Field {
    /// A required identifier.
    Key(&'static str),
    Id(&'static str),
    Text,
    Listed(&'static [&'static str]),
    Ids(&'static [&'static str]),
    Integer(u32),
    Timestamp,
    Email,
    Phone,
    Version,
    Attributes,
}

const CONVERSATION: &[(&str, Field)] = &[
    ("externalConversationId", Field::Key("conv-")),
    ("eventId", Field::Id("eventId-")),
    ("lobId", Field::Id("10")),
    ("lobName", Field::Text),
    ("groupId", Field::Id("group")),
    ("groupName", Field::Text),
    ("agentRoutingCode", Field::Id("route-")),
    ("campaign", Field::Id("campaign-")),
    (
        "deviceType",
        Field::Listed(&["TABLET", "PHONE", "DESKTOP", "WATCH", "OTHER"]),
    ),
    (
        "platform",
        Field::Listed(&["SMS", "WEB", "IOS", "ANDROID", "VOICE_GGLHOME", "APPLEBIZ"]),
    ),
    (
        "companySegment",
        Field::Ids(&["Sales", "Marketing", "Customer-Care", "Retention"]),
    ),
    ("companySubdivision", Field::Id("Operating-")),
    ("businessRule", Field::Text),
    ("entryType", Field::Id("reactive-")),
    (
        "operatingSystem",
        Field::Listed(&["MAC_OS", "LINUX", "WINDOWS", "ANDROID", "IOS", "OTHER"]),
    ),
    ("browserType", Field::Id("Safari-")),
    ("browserVersion", Field::Version),
    ("attributes", Field::Attributes),
];

const AGENT: &[(&str, Field)] = &[
    ("externalAgentId", Field::Key("agent")),
    ("eventId", Field::Id("eventId-")),
    ("startTs", Field::Timestamp),
    ("lobId", Field::Id("10")),
    ("lobName", Field::Text),
    ("groupId", Field::Id("group")),
    ("groupName", Field::Text),
    ("agentName", Field::Text),
    ("agentLocation", Field::Text),
    ("supervisorId", Field::Id("30")),
    ("supervisorName", Field::Text),
    (
        "languages",
        Field::Ids(&["en-us", "zh-hans-hk", "de", "pt-br"]),
    ),
    ("concurrency", Field::Integer(8)),
    ("categoryLabel", Field::Id("Tier-2-")),
    ("accountAccessLevel", Field::Id("High-Profile-")),
    ("ranking", Field::Integer(100)),
    ("vendor", Field::Text),
    ("jobTitle", Field::Id("Booking-Manager-")),
    ("jobRole", Field::Id("booking-")),
    ("workShift", Field::Id("afternoon-")),
    ("emailAddress", Field::Email),
    ("attributes", Field::Attributes),
];

const CUSTOMER: &[(&str, Field)] = &[
    ("externalConversationId", Field::Key("issue")),
    ("externalCustomerId", Field::Key("555.555.0100-")),
    ("eventId", Field::Id("eventId-")),
    ("status", Field::Id("new-")),
    ("phoneNumber", Field::Phone),
    ("emailAddress", Field::Email),
    ("userId", Field::Id("user")),
    ("addressCountry", Field::Id("United-States-")),
    ("addressState", Field::Id("New-York-")),
    ("addressZipcode", Field::Id("1")),
    ("attributes", Field::Attributes),
];

const WORDS: &[&str] = &[
    "northern",
    "manufacturing",
    "support",
    "premium",
    "evening",
    "group",
    "regional",
    "Apply",
    "customer",
    "discount",
    "XYZ",
    "Contracting",
    "blue",
    "line",
    "first",
];
const FOREIGN: &[&str] = &[
    "Zürich",
    "naïve",
    "東京支店",
    "Łódź",
    "señal",
    "Иванов",
    "😀 thanks",
    "café",
    "Ελλάδα",
];

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

impl Field {
    fn write(
        self,
        variant: Variant,
        number: u64,
        comma: &str,
        colon: &str,
        rng: &mut Rng,
        out: &mut String,
    ) {
        use std::fmt::Write as _;
        // Writing to a `String` cannot fail.
        let _ = match self {
            Self::Key(prefix) => write!(out, "\"{prefix}{number}\""),
            Self::Id(prefix) => write!(out, "\"{prefix}{}\"", rng.u32(0..10_000)),
            Self::Text => {
                text(variant, rng, out);
                Ok(())
            }
            Self::Listed(words) => write!(out, "\"{}\"", words[rng.usize(0..words.len())]),
            Self::Ids(words) => {
                out.push('[');
                for at in 0..rng.usize(0..4) {
                    let before = if at > 0 { comma } else { "" };
                    let _ = write!(out, "{before}\"{}\"", words[rng.usize(0..words.len())]);
                }
                out.push(']');
                Ok(())
            }
            Self::Integer(most) => write!(out, "{}", rng.u32(0..most)),
            Self::Timestamp => write!(
                out,
                "\"20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z\"",
                rng.u32(10..26),
                rng.u32(1..13),
                rng.u32(1..29),
                rng.u32(0..24),
                rng.u32(0..60),
                rng.u32(0..60),
                rng.u32(0..1_000_000_000)
            ),
            Self::Email => write!(
                out,
                "\"{}.{}@example.com\"",
                WORDS[rng.usize(0..WORDS.len())],
                rng.u32(0..10_000)
            ),
            Self::Phone => write!(out, "\"(555)555-{:04}\"", rng.u32(0..10_000)),
            Self::Version => write!(
                out,
                "\"{}.{}.{}\"",
                rng.u32(1..20),
                rng.u32(0..10),
                rng.u32(0..10)
            ),
            Self::Attributes => {
                out.push('[');
                for at in 0..rng.usize(0..4) {
                    if at > 0 {
                        out.push_str(comma);
                    }
                    let _ = write!(
                        out,
                        "{{\"name\"{colon}\"attribute-{at}\"{comma}\"value\"{colon}"
                    );
                    text(variant, rng, out);
                    out.push('}');
                }
                out.push(']');
                Ok(())
            }
        };
    }
}

fn text(variant: Variant, rng: &mut Rng, out: &mut String) {
    out.push('"');
    for at in 0..rng.usize(1..5) {
        if at > 0 {
            out.push(' ');
        }
        match variant {
            Variant::NonAscii => out.push_str(FOREIGN[rng.usize(0..FOREIGN.len())]),
            Variant::Escaped => {
                for unit in FOREIGN[rng.usize(0..FOREIGN.len())].encode_utf16() {
                    match u8::try_from(unit) {
                        Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
                        Ok(_) | Err(_) => out.push_str(&format!("\\u{unit:04x}")),
                    }
                }
            }
            Variant::Plain
            | Variant::Invalid
            | Variant::Reversed
            | Variant::Shuffled
            | Variant::Spaced
            | Variant::Unknown => out.push_str(WORDS[rng.usize(0..WORDS.len())]),
        }
    }
    if rng.u32(0..10) == 0 {
        out.push_str(" \\\"quoted\\\"");
    }
    out.push('"');
}
