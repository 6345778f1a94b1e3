//! Mutation that knows nothing of coverage: for tests, and where libFuzzer cannot be built.

use fastrand::Rng;

/// What means something to one reader or another.
const WORDS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\\",
    b"\\u",
    b"\\ud800",
    b"\\ude00",
    b"null",
    b"true",
    b"-0",
    b"1e400",
    b"1.0",
    b"0.1",
    b"9007199254740993",
    b"18446744073709551616",
    b"-9223372036854775809",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\0",
    b"\x1f",
    b"\n",
    b"\r\n",
    b"\t",
    b" ",
    b"- ",
    b"? ",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!str ",
    b"| ",
    b"> ",
    b"---\n",
    b"...\n",
    b"%YAML",
    b"#",
    b"'",
    b"$ref: ",
    b"\"$ref\": \"#\"",
    b"#/",
    b"~1",
    b"type: ",
    b"allOf: ",
    b"oneOf: ",
    b"enum: ",
    b"const: ",
    b"pattern: ",
    b"required: ",
    b"properties: ",
    b"items: ",
    b"nullable: true",
    b"additionalProperties: false",
    b"$id: ",
    b"$dynamicRef: ",
    b"unevaluatedProperties: false",
    b"\"items\"",
    b"\"attributes\"",
    b"\"externalCustomerId\"",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x98\x80",
];

/// The bytes with one to eight things done to them; `others` is what parts are taken from.
pub fn mutate(bytes: &[u8], others: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let mut text = bytes.to_vec();
    for _ in 0..random.usize(1..=8) {
        let at = random.usize(0..=text.len());
        match random.u8(0..8) {
            0 => {
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= 1 << random.u8(0..8);
                }
            }
            1 => {
                if let Some(byte) = text.get_mut(at) {
                    *byte = random.u8(..);
                }
            }
            2 => {
                let run = run(&text, random);
                text.drain(run);
            }
            3 => {
                let part = text.get(run(&text, random)).unwrap_or_default().to_vec();
                text.splice(at..at, part);
            }
            4 => text.truncate(at),
            5 => {
                if let Some(other) = random.choice(others) {
                    let part = other.get(run(other, random)).unwrap_or_default().to_vec();
                    text.splice(at..at, part);
                }
            }
            _ => {
                let word = random.choice(WORDS).copied().unwrap_or_default();
                text.splice(at..at, word.iter().copied());
            }
        }
    }
    text
}

/// A stretch, short more often than long.
fn run(text: &[u8], random: &mut Rng) -> std::ops::Range<usize> {
    let start = random.usize(0..=text.len());
    let most = (text.len() - start).min(1 << random.u32(0..9));
    start..start + random.usize(0..=most)
}
