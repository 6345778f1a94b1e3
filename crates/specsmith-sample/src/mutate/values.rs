//! What is done to values, keys and tokens; the text stays JSON, mostly.

use super::Mutation;
use super::tokens::{Kind, Token, Tokens};

/// Does it to one place by chance; `None` where there is none, or where it is done to bytes.
pub(super) fn apply(
    mutation: Mutation,
    tokens: &mut Tokens,
    random: &mut fastrand::Rng,
) -> Option<()> {
    match mutation {
        Mutation::NumberForm => number_form(tokens, random),
        Mutation::HugeNumber => {
            let range = tokens.value(random)?;
            let text = random.choice(HUGE)?;
            tokens.replace(range, vec![Token::new(Kind::Number, text)]);
            Some(())
        }
        Mutation::KeyEscape => escape(tokens, Kind::Key, random),
        Mutation::StringEscape => escape(tokens, Kind::String, random),
        Mutation::WhiteSpace => {
            for _ in 0..random.usize(1..6) {
                let at = random.usize(0..=tokens.0.len());
                let space = random.choice([" ", "\n", "\r\n", "\t", "    "])?;
                tokens.replace(at..at, vec![Token::new(Kind::Other, space)]);
            }
            Some(())
        }
        Mutation::DuplicateKey => duplicate_key(tokens, random),
        Mutation::UnknownKey => {
            let open = tokens.places(&[Kind::Open]);
            let records = open.into_iter().filter(|at| is_record(tokens, *at));
            let at = random.choice(records.collect::<Vec<_>>())? + 1;
            let mut member = vec![
                Token::new(Kind::Key, random.choice(UNKNOWN)?),
                Token::new(Kind::Colon, ":"),
                value(random)?,
            ];
            if tokens.0.get(at)?.kind != Kind::Close {
                member.push(Token::new(Kind::Comma, ","));
            }
            tokens.replace(at..at, member);
            Some(())
        }
        Mutation::MisspeltKey => misspell(tokens, random),
        Mutation::DroppedMember => {
            let mut range = tokens.member(random)?;
            if tokens.0.get(range.end)?.kind == Kind::Comma {
                range.end += 1;
            } else if tokens.0.get(range.start.checked_sub(1)?)?.kind == Kind::Comma {
                range.start -= 1;
            }
            tokens.replace(range, Vec::new());
            Some(())
        }
        Mutation::Reordered => {
            let (one, two) = (tokens.member(random)?, tokens.member(random)?);
            let (one, two) = if one.start < two.start {
                (one, two)
            } else {
                (two, one)
            };
            if one.end > two.start {
                return None;
            }
            let (first, second) = (tokens.0.get(one.clone())?, tokens.0.get(two.clone())?);
            let (first, second) = (first.to_vec(), second.to_vec());
            tokens.replace(two, first);
            tokens.replace(one, second);
            Some(())
        }
        Mutation::WrongType => {
            let range = tokens.value(random)?;
            let value = value(random)?;
            tokens.replace(range, vec![value]);
            Some(())
        }
        Mutation::Null => {
            let range = tokens.value(random)?;
            tokens.replace(range, vec![Token::new(Kind::Word, "null")]);
            Some(())
        }
        Mutation::OtherString => other_string(tokens, random),
        Mutation::ManyItems => many_items(tokens, random),
        Mutation::Wrapped => {
            let range = tokens.value(random)?;
            let (open, close) = random.choice([("[", "]"), ("{\"value\":", "}"), ("[[", "]]")])?;
            tokens.replace(range.end..range.end, vec![Token::new(Kind::Other, close)]);
            tokens.replace(
                range.start..range.start,
                vec![Token::new(Kind::Other, open)],
            );
            Some(())
        }
        Mutation::Nested => {
            let range = tokens.value(random)?;
            let depth = random.choice([3, 100, 125, 126, 127, 128, 129, 130, 2_000])?;
            let (open, core, close) =
                random.choice([("[", "", "]"), ("{\"a\":", "1", "}"), ("[", "0", "]")])?;
            let text = format!("{}{core}{}", open.repeat(depth), close.repeat(depth));
            tokens.replace(range, vec![Token::new(Kind::Other, text)]);
            Some(())
        }
        Mutation::BadNumber => {
            let numbers = tokens.place(&[Kind::Number], random);
            let range = match numbers {
                Some(at) if random.bool() => at..at + 1,
                Some(_) | None => tokens.value(random)?,
            };
            let text = random.choice(BAD_NUMBERS)?;
            tokens.replace(range, vec![Token::new(Kind::Other, text)]);
            Some(())
        }
        Mutation::OtherToken => other_token(tokens, random),
        Mutation::FlippedBits
        | Mutation::OtherByte
        | Mutation::Cut
        | Mutation::BadEscape
        | Mutation::LoneSurrogate
        | Mutation::InvalidUtf8
        | Mutation::ControlCharacter
        | Mutation::Surrounded => None,
    }
}

const HUGE: [&str; 16] = [
    "1e400",
    "-1e400",
    "1e-400",
    "1e1000000000",
    "0e99999999999",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "123456789012345678901234567890",
    "0.1000000000000000055511151231257827",
    "9007199254740993",
    "1000000000000000000000000000000.5",
    "4294967296",
    "1.7976931348623157e309",
];

const BAD_NUMBERS: [&str; 14] = [
    "01",
    "-01",
    "+1",
    "1.",
    ".5",
    "-",
    "1e",
    "1e+",
    "1.e1",
    "0x10",
    "NaN",
    "Infinity",
    "-Infinity",
    "1_000",
];

const UNKNOWN: [&str; 8] = [
    "\"unknown\"",
    "\"\"",
    "\"items\"",
    "\"externalAgentID\"",
    "\"externlConversationId\"",
    "\"a very long name that no specification of anything is likely to have, ever\"",
    "\"\\u0000\"",
    "\"😀\"",
];

/// A value by chance, of any type.
fn value(random: &mut fastrand::Rng) -> Option<Token> {
    let (kind, text) = random.choice([
        (Kind::Word, "null"),
        (Kind::Word, "true"),
        (Kind::Word, "false"),
        (Kind::Number, "0"),
        (Kind::Number, "3"),
        (Kind::Number, "-1.5"),
        (Kind::Number, "1.0"),
        (Kind::Number, "-0"),
        (Kind::String, "\"\""),
        (Kind::String, "\"text\""),
        (Kind::String, "\"\\ud83d\\ude00\""),
        (Kind::Other, "[]"),
        (Kind::Other, "[1,\"a\",null]"),
        (Kind::Other, "{}"),
        (Kind::Other, "{\"name\":\"a\",\"value\":\"b\"}"),
        (Kind::Other, "{\"a\":{\"a\":1,\"\\u0061\":2}}"),
        (Kind::Other, "[{\"name\":\"a\"},{\"value\":1}]"),
    ])?;
    Some(Token::new(kind, text))
}

fn is_record(tokens: &Tokens, at: usize) -> bool {
    tokens.0.get(at).is_some_and(|it| it.text == b"{")
}

fn number_form(tokens: &mut Tokens, random: &mut fastrand::Rng) -> Option<()> {
    let at = tokens.place(&[Kind::Number], random)?;
    let token = tokens.0.get_mut(at)?;
    let text = String::from_utf8_lossy(&token.text).into_owned();
    let plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    token.text = match (random.u8(0..7), plain) {
        (0, true) => format!("{text}.0"),
        (1, true) => format!("{text}.000000000000000000000000"),
        (2, true) => format!("{text}0e-1"),
        (3, true) => format!("{text}00E-2"),
        (4, true) => format!("{text}.50"),
        (5, _) => random
            .choice(["-0", "-0.0", "0e5", "1e2", "1E+2", "10e-1", "1e-1"])?
            .to_owned(),
        (_, true) => format!("{text}e0"),
        (_, false) if text.contains(['e', 'E']) => return None,
        (_, false) => format!("{text}0"),
    }
    .into_bytes();
    Some(())
}

/// Writes some characters of a string as escapes.
fn escape(tokens: &mut Tokens, kind: Kind, random: &mut fastrand::Rng) -> Option<()> {
    let at = tokens.place(&[kind], random)?;
    let token = tokens.0.get_mut(at)?;
    let text = String::from_utf8(token.text.clone()).ok()?;
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::from("\"");
    let mut after_backslash = false;
    for character in inner.chars() {
        if after_backslash || character == '\\' || random.bool() {
            out.push(character);
            after_backslash = character == '\\' && !after_backslash;
            continue;
        }
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            match random.bool() {
                true => out.push_str(&format!("\\u{unit:04x}")),
                false => out.push_str(&format!("\\u{unit:04X}")),
            }
        }
    }
    out.push('"');
    token.text = out.into_bytes();
    Some(())
}

fn duplicate_key(tokens: &mut Tokens, random: &mut fastrand::Rng) -> Option<()> {
    let range = tokens.member(random)?;
    let mut copy = Tokens(tokens.0.get(range.clone())?.to_vec());
    if random.bool() {
        let mut key = Tokens(vec![copy.0.first()?.clone()]);
        escape(&mut key, Kind::Key, random)?;
        copy.0.splice(..1, key.0);
    }
    if random.bool() {
        let value = value(random)?;
        copy.0.splice(2.., [value]);
    }
    copy.0.insert(0, Token::new(Kind::Comma, ","));
    tokens.replace(range.end..range.end, copy.0);
    Some(())
}

fn misspell(tokens: &mut Tokens, random: &mut fastrand::Rng) -> Option<()> {
    let at = tokens.place(&[Kind::Key], random)?;
    let token = tokens.0.get_mut(at)?;
    // Between the quotes; keys that are not ASCII are left alone.
    if !token.text.is_ascii() || token.text.contains(&b'\\') || token.text.len() < 3 {
        return None;
    }
    let place = random.usize(1..token.text.len() - 1);
    match random.u8(0..4) {
        0 => drop(token.text.remove(place)),
        1 => token.text.insert(place, random.choice(*b"aeixz_")?),
        2 => *token.text.get_mut(place)? ^= b' ',
        _ => *token.text.get_mut(place)? = b'q',
    }
    Some(())
}

fn other_string(tokens: &mut Tokens, random: &mut fastrand::Rng) -> Option<()> {
    let at = tokens.place(&[Kind::String], random)?;
    let token = tokens.0.get_mut(at)?;
    let inner = token
        .text
        .get(1..token.text.len().checked_sub(1)?)?
        .to_vec();
    let text = match random.u8(0..6) {
        0 => Vec::new(),
        1 => {
            // About as long as the common limits, by one byte, two bytes or an escape each.
            let unit: &[u8] = random.choice([
                b"a".as_slice(),
                "é".as_bytes(),
                "😀".as_bytes(),
                b"\\ud83d\\ude00",
                b"\\u0061",
                b"\\n",
            ])?;
            let length = random.choice([15, 16, 17, 32, 33, 64, 65, 256, 257, 1024, 1025])?;
            unit.repeat(length)
        }
        2 => [b"%%", inner.as_slice(), b"%%"].concat(),
        3 => b"   ".to_vec(),
        4 => [inner.as_slice(), inner.as_slice()].concat(),
        _ => random
            .choice([
                "2022-07-08T11:15:53.237517000Z",
                "2022-07-08T11:15:53",
                "2022-02-30T11:15:53Z",
                "2016-12-31T23:59:60Z",
                "2022-07-08t11:15:53z",
                "jdoe@example.com",
                "jdoe@@example.com",
                "\\\"J. Doe\\\"@example.com",
                "jdoe@[192.0.2.1]",
                "IOS",
                "ios",
                "\\u0049OS",
                "%%",
                "-",
                "\\u0000",
                "\u{2028}",
            ])?
            .as_bytes()
            .to_vec(),
    };
    token.text = [b"\"", text.as_slice(), b"\""].concat();
    Some(())
}

fn many_items(tokens: &mut Tokens, random: &mut fastrand::Rng) -> Option<()> {
    let open = tokens.places(&[Kind::Open]).into_iter();
    let lists = open.filter(|at| tokens.0.get(*at).is_some_and(|it| it.text == b"["));
    let at = random.choice(lists.collect::<Vec<_>>())? + 1;
    if tokens.0.get(at)?.kind == Kind::Close {
        return None;
    }
    let item = tokens.0.get(at..tokens.end_of_value(at)?)?.to_vec();
    let most = if item.len() > 40 { 3 } else { 12 };
    let mut copies = Vec::new();
    for _ in 0..random.usize(1..=most) {
        copies.extend(item.iter().cloned());
        copies.push(Token::new(Kind::Comma, ","));
    }
    tokens.replace(at..at, copies);
    Some(())
}

fn other_token(tokens: &mut Tokens, random: &mut fastrand::Rng) -> Option<()> {
    if tokens.0.is_empty() {
        return None;
    }
    let at = random.usize(0..tokens.0.len());
    match random.u8(0..4) {
        0 => drop(tokens.0.remove(at)),
        1 => {
            let token = tokens.0.get(at)?.clone();
            tokens.0.insert(at, token);
        }
        2 => {
            let other = random.usize(0..tokens.0.len());
            tokens.0.swap(at, other);
        }
        _ => {
            let text = random.choice([",", ":", "]", "}", "[", "{", "nul", "True", "'a'", ",,"])?;
            tokens.0.insert(at, Token::new(Kind::Other, text));
        }
    }
    Some(())
}
