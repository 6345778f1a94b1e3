//! From a place in a text back to the JSON pointer of what stands there.

use crate::lex::Lexer;
use crate::{Limits, pointer};

/// The pointer of the innermost value at byte `at` of `text`; at a key, that of its property.
///
/// Walks over the text from its beginning, so that whoever reads need not keep a path for the
/// rare mistake. The text need be JSON only up to `at`.
///
/// ```
/// let text = r#"{"items": [{"id": 1}, {"id": true}]}"#;
/// assert_eq!(specsmith_json::pointer_at(text, 29), "/items/1/id");
/// ```
pub fn pointer_at(text: &str, at: usize) -> String {
    let mut steps = Vec::new();
    let limits = Limits::default();
    if let Ok(mut lexer) = Lexer::new(text.as_bytes(), &limits) {
        // What is broken before `at` leaves the steps up to there, which is the best answer.
        let _ = walk(&mut lexer, at, &mut steps);
    }
    let mut pointer = String::new();
    for step in &steps {
        match step {
            Step::Item(index) => pointer::push_index(&mut pointer, *index),
            Step::Key(Some(key)) => pointer::push_key(&mut pointer, key),
            Step::Key(None) => {}
        }
    }
    pointer
}

/// Where the walk is in an array or object that is open.
enum Step {
    Item(usize),
    /// No key before the first one is read.
    Key(Option<String>),
}

/// Goes over the tokens until one reaches beyond `at`.
fn walk(lexer: &mut Lexer<'_>, at: usize, steps: &mut Vec<Step>) -> Option<()> {
    // Whether a string would be a key.
    let mut before_key = false;
    loop {
        let byte = lexer.next_token()?;
        if lexer.at() > at {
            return None;
        }
        match byte {
            b'[' | b'{' if lexer.at() == at => return None,
            b'[' => {
                lexer.bump();
                if lexer.next_token() == Some(b']') {
                    lexer.bump();
                    continue;
                }
                steps.push(Step::Item(0));
            }
            b'{' => {
                lexer.bump();
                before_key = true;
                steps.push(Step::Key(None));
            }
            b']' | b'}' => {
                // A closing bracket belongs to what it closes.
                steps.pop();
                lexer.bump();
                before_key = false;
            }
            b',' => {
                lexer.bump();
                if let Some(Step::Item(index)) = steps.last_mut() {
                    *index += 1;
                } else {
                    before_key = true;
                }
            }
            b'"' if before_key => {
                let key = lexer.string().ok()?;
                before_key = false;
                if let Some(Step::Key(last)) = steps.last_mut() {
                    *last = Some(key.unescape().into_owned());
                }
            }
            b'"' => {
                lexer.string().ok()?;
            }
            _ if byte.is_ascii() => lexer.bump(),
            _ => return None,
        }
        if lexer.at() > at && !matches!(byte, b'[' | b'{' | b',') {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_text() {
        let text = r#" {"a": [1, [], "x,]"], "b/": {"c": null}, "d": {}} "#;
        let find = |part: &str| pointer_at(text, text.find(part).expect("there"));
        assert_eq!(find("{\"a\""), "");
        assert_eq!(find("\"a\""), "/a");
        assert_eq!(find("[1"), "/a");
        assert_eq!(find("1,"), "/a/0");
        assert_eq!(find("[]"), "/a/1");
        assert_eq!(find("\"x"), "/a/2");
        assert_eq!(find(",]"), "/a/2");
        assert_eq!(find("\"b/"), "/b~1");
        assert_eq!(find("{\"c"), "/b~1");
        assert_eq!(find("\"c"), "/b~1/c");
        assert_eq!(find("null"), "/b~1/c");
        assert_eq!(find("{}"), "/d");
        assert_eq!(pointer_at("12", 0), "");
        assert_eq!(pointer_at("[1,", 3), "/1");
        assert_eq!(pointer_at("[[0],{\"a\":1,\"a\"", 12), "/1/a");
    }
}
