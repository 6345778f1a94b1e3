//! Records as people and programs get them wrong: the text of an instance with something done to
//! it, from a seed.
//!
//! Some of what is done leaves the record valid (a number written in another form), some breaks a
//! rule, some breaks the text. Which of the three it was is for judges to say.

mod bytes;
mod tokens;
mod values;

use specsmith_ir::Literal;

use tokens::Tokens;

/// One thing that can be done to the text of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mutation {
    /// A number in another form of the same value: `1.0`, `10e-1`, `-0`.
    NumberForm,
    /// A number that no machine type holds: `1e400`, 30 digits.
    HugeNumber,
    /// A key with characters written as escapes.
    KeyEscape,
    /// A string with characters written as escapes.
    StringEscape,
    /// White space where it may stand.
    WhiteSpace,
    /// A member once more, as it is, with its key escaped, or with another value.
    DuplicateKey,
    /// A member that no specification knows.
    UnknownKey,
    /// A key with a letter changed, added or left out.
    MisspeltKey,
    /// A member left out.
    DroppedMember,
    /// Two members in each other's place, perhaps of different objects.
    Reordered,
    /// A value of another type.
    WrongType,
    /// Null.
    Null,
    /// A string made longer, emptied, or given a strange character.
    OtherString,
    /// An item many times.
    ManyItems,
    /// A value inside an array or object of its own.
    Wrapped,
    /// Arrays or objects inside one another, about as many as the limit allows.
    Nested,
    /// Bits turned.
    FlippedBits,
    /// A byte put in, taken out or replaced.
    OtherByte,
    /// The text cut off.
    Cut,
    /// An escape that is none.
    BadEscape,
    /// An escape of half a character.
    LoneSurrogate,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// A control character in a string.
    ControlCharacter,
    /// A number that JSON does not know: `01`, `.5`, `NaN`.
    BadNumber,
    /// A token left out, doubled or exchanged with another.
    OtherToken,
    /// Something before or behind the value: a byte order mark, a comment, a second value.
    Surrounded,
}

impl Mutation {
    /// All of them, in the order of the enum.
    pub const ALL: [Self; 26] = [
        Self::NumberForm,
        Self::HugeNumber,
        Self::KeyEscape,
        Self::StringEscape,
        Self::WhiteSpace,
        Self::DuplicateKey,
        Self::UnknownKey,
        Self::MisspeltKey,
        Self::DroppedMember,
        Self::Reordered,
        Self::WrongType,
        Self::Null,
        Self::OtherString,
        Self::ManyItems,
        Self::Wrapped,
        Self::Nested,
        Self::FlippedBits,
        Self::OtherByte,
        Self::Cut,
        Self::BadEscape,
        Self::LoneSurrogate,
        Self::InvalidUtf8,
        Self::ControlCharacter,
        Self::BadNumber,
        Self::OtherToken,
        Self::Surrounded,
    ];
}

/// A record with something done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutated {
    /// The text; no JSON, perhaps, and no UTF-8.
    pub text: Vec<u8>,
    /// What was done, in order. Nothing, where the instance has no place for it.
    pub done: Vec<Mutation>,
}

/// The text of `value` with one to three things done to it.
pub fn mutate(value: &Literal, random: &mut fastrand::Rng) -> Mutated {
    let count = [1, 1, 1, 1, 2, 2, 3][random.usize(0..7)];
    let mut wanted: Vec<Mutation> = (0..count)
        .filter_map(|_| random.choice(Mutation::ALL))
        .collect();
    // What works on tokens comes before what works on bytes.
    wanted.sort();
    mutate_with(value, &wanted, random)
}

/// The text of `value` with those things done to it, where it has a place for them.
pub fn mutate_with(value: &Literal, wanted: &[Mutation], random: &mut fastrand::Rng) -> Mutated {
    let mut tokens = Tokens::of(value);
    let mut done = Vec::new();
    for mutation in wanted {
        if values::apply(*mutation, &mut tokens, random).is_some() {
            done.push(*mutation);
        }
    }
    let mut text = tokens.text();
    for mutation in wanted {
        if bytes::apply(*mutation, &mut text, random).is_some() {
            done.push(*mutation);
        }
    }
    Mutated { text, done }
}
