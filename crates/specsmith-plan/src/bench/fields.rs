//! The fields of the three entities, and what stands in them.

use fastrand::Rng;

use super::{Entity, Variant};

impl Entity {
    pub(super) const fn fields(self) -> &'static [(&'static str, Field)] {
        match self {
            Self::Agent => AGENT,
            Self::Conversation => CONVERSATION,
            Self::Customer => CUSTOMER,
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Field {
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

impl Field {
    pub(super) fn write(
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
