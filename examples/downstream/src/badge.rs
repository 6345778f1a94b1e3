//! The badge: what the specification has no field for, as a type.

use agent_model::{AttributeValue, CustomAttributes};

/// The badge that an agent wears.
///
/// Each field is one attribute, `badge.number` and so on. A fifth kind of badge or a number that is
/// too long is a mistake of whoever fills in the roster, and is said before anything is sent; an
/// eleventh attribute is a mistake of whoever writes this struct, and does not compile.
#[derive(Clone, Debug, PartialEq, Eq, CustomAttributes)]
#[attributes(entity = "agent", prefix = "badge.", deny_unknown)]
pub struct Badge {
    /// The number on the badge: the site, then four digits.
    #[attribute(pattern = "^[A-Z]{2}-[0-9]{4}$")]
    pub number: String,
    /// Which doors it opens.
    pub zone: Zone,
    /// The floor of the agent's desk, if there is one.
    #[attribute(range(min = -2, max = 40))]
    pub floor: Option<i8>,
    /// Whether it is lent for a day; said only if it is.
    #[attribute(default, skip_if = std::ops::Not::not)]
    pub visitor: bool,
}

/// The doors that a badge opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AttributeValue)]
#[attributes(rename_all = "kebab-case")]
pub enum Zone {
    /// Those that are open to everyone.
    Public,
    /// The offices.
    Office,
    /// The offices and the server room.
    ServerRoom,
}
