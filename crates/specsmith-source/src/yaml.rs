//! YAML into the tree, and the tree into what `openapiv3` reads: the one module that names
//! `saphyr_parser` and `serde_yaml`.

mod controls;
mod lenient;
mod mended;
mod positions;
mod refusal;
mod scalar;
mod tree;

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use specsmith_diagnostics::{SourceId, Span as Place};
use specsmith_json::{Node, Span, Value};

pub use refusal::SPACE_BEHIND_DASH;
pub(crate) use serde_yaml::{Mapping, Value as YamlValue, from_value, to_string};

use crate::notes::Note;
use crate::{Limits, code};
use controls::Unquoted;
use positions::Positions;
use scalar::Scalar;
use tree::{Tree, Trouble};

/// Reads a text as one YAML document; spans count in the text. What is wrong goes to `notes`, a key
/// that its mapping has twice as `duplicate` says it, of the later place and the first.
pub(crate) fn read(
    text: &str,
    source: SourceId,
    limits: &Limits,
    duplicate: fn(Place, Place) -> Note,
    notes: &mut Vec<Note>,
) -> Option<Node> {
    let before = notes.len();
    let refused = match read_strictly(text, source, limits, duplicate, notes) {
        Ok(root) => return Some(root),
        Err(refused) => refused,
    };
    // What the strict reader refuses as no YAML, laxer ones may take; limits are limits.
    let lenient = match refused.is_syntax {
        true => lenient::read(text, limits),
        false => None,
    };
    match lenient {
        Some(root) => {
            notes.truncate(before);
            let span = refused.note_span;
            let message = "this is not YAML as its specification has it";
            let note = Note::warn(code::LENIENT, span, message);
            let (help, root) = match placed(text, source, limits, duplicate, &root) {
                Some((placed, mut said)) => {
                    notes.append(&mut said);
                    (
                        "write spaces for tabs, and indent what stands in brackets",
                        placed,
                    )
                }
                None => (
                    "findings about this document point to its beginning until it is mended",
                    root,
                ),
            };
            notes.push(note.help(help));
            Some(root)
        }
        None => {
            notes.push(refused.note);
            None
        }
    }
}

/// The same value with positions, and what is said of it, where the text can be mended without moving
/// any of it.
fn placed(
    text: &str,
    source: SourceId,
    limits: &Limits,
    duplicate: fn(Place, Place) -> Note,
    root: &Node,
) -> Option<(Node, Vec<Note>)> {
    let mut notes = Vec::new();
    let mended = mended::mended(text);
    let placed = read_strictly(&mended, source, limits, duplicate, &mut notes).ok()?;
    placed.same_value(root).then_some((placed, notes))
}

/// What the reader says of more than 255 brackets inside one another.
const TOO_DEEP: &str = "recursion limit exceeded";
/// What it says of an alias without an anchor.
const NO_ANCHOR: &str = "while parsing node, found unknown anchor";

struct Refused {
    note: Note,
    note_span: Place,
    is_syntax: bool,
}

fn read_strictly(
    text: &str,
    source: SourceId,
    limits: &Limits,
    duplicate: fn(Place, Place) -> Note,
    notes: &mut Vec<Note>,
) -> Result<Node, Box<Refused>> {
    let mut positions = Positions::new(text);
    let mut tree = Tree::new(limits);
    let mut root = None;
    let place = |span: Span| Place {
        source,
        start: span.start,
        end: span.end,
    };
    let refuse = |trouble: Trouble, span: Span| {
        let (code, message) = trouble.said();
        let mut note = Note::deny(code, place(span), message);
        if let Some(help) = trouble.help() {
            note = note.help(help);
        }
        Box::new(Refused {
            note,
            note_span: place(span),
            is_syntax: false,
        })
    };
    if let Some(span) = controls::anywhere(text) {
        return Err(refuse(Trouble::ControlCharacter, span));
    }
    let mut unquoted = Unquoted::new(text);
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok((event, span)) => (event, positions.span(span.start.index(), span.end.index())),
            // Brackets inside one another are counted by the reader too, in a byte.
            Err(error) if error.info() == TOO_DEEP => {
                let at = error.marker().index();
                return Err(refuse(Trouble::TooDeep, positions.span(at, at + 1)));
            }
            Err(error) if error.info() == NO_ANCHOR => {
                let at = error.marker().index();
                return Err(refuse(Trouble::UnknownAlias, positions.span(at, at + 1)));
            }
            Err(error) => {
                let span = positions.span(error.marker().index(), error.marker().index() + 1);
                let at = refusal::place(error.info(), text, span.range().start);
                let behind = text.get(at..).unwrap_or_default();
                let length = behind.chars().next().map_or(0, char::len_utf8);
                let span = place(Span::of(at..at + length));
                let (message, help) = refusal::said(error.info(), behind);
                let mut note = Note::deny(code::YAML_SYNTAX, span, message);
                if let Some(help) = help {
                    note = note.help(help);
                }
                return Err(Box::new(Refused {
                    note,
                    note_span: span,
                    is_syntax: true,
                }));
            }
        };
        let done = match event {
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => Ok(None),
            Event::StreamEnd => break,
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(refuse(Trouble::SeveralDocuments, span));
                }
                Ok(None)
            }
            Event::Alias(anchor) => tree.alias(anchor),
            Event::Scalar(text, style, anchor, tag) => {
                let plain = matches!(style, ScalarStyle::Plain);
                let quoted = match style {
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => true,
                    ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => false,
                };
                if quoted && let Some(at) = unquoted.before(span) {
                    return Err(refuse(Trouble::ControlCharacter, at));
                }
                let span = positions.trimmed(span);
                if tree.wants_key() {
                    let merges = plain && text == "<<";
                    tree.key(text.into(), span, anchor, merges)
                } else {
                    let (value, problem) = value(text, plain, tag.as_deref());
                    notes.extend(problem.map(|it| it.note(place(span))));
                    tree.value(Node::new(span, value), anchor)
                }
            }
            Event::SequenceStart(anchor, _) => tree.open_list(span, anchor),
            Event::MappingStart(anchor, _) => tree.open_map(span, anchor),
            Event::SequenceEnd | Event::MappingEnd => tree.close(span, &positions),
        };
        match done {
            Ok(Some(node)) => root = Some(node),
            Ok(None) => {}
            Err(trouble) => return Err(refuse(trouble, span)),
        }
    }
    if let Some(at) = unquoted.rest() {
        return Err(refuse(Trouble::ControlCharacter, at));
    }
    for (key, first) in tree.take_repeated() {
        notes.push(duplicate(place(key), place(first)));
    }
    // A text without a value is null.
    Ok(root.unwrap_or_else(|| Node::new(Span::default(), Value::Null)))
}

enum Problem {
    NotFinite,
    UnknownTag,
    DoesNotFitTag,
}

impl Problem {
    fn note(&self, place: Place) -> Note {
        match self {
            Self::NotFinite => Note::warn(
                code::NOT_FINITE,
                place,
                "JSON has no infinity and no not-a-number",
            )
            .help("leave it out, or write `null` where that is allowed"),
            Self::UnknownTag => Note::warn(
                code::UNKNOWN_TAG,
                place,
                "a tag that JSON has no value for is passed over",
            )
            .help("remove the tag"),
            Self::DoesNotFitTag => Note::warn(
                code::UNKNOWN_TAG,
                place,
                "the value is not what its tag says, so the tag is passed over",
            ),
        }
    }
}

/// The value of a scalar that is no key.
fn value(text: Cow<'_, str>, plain: bool, tag: Option<&Tag>) -> (Value, Option<Problem>) {
    let string = |text: Cow<'_, str>| Value::String(text.into());
    let mut problem = None;
    if let Some(tag) = tag {
        let wanted = match tag.is_yaml_core_schema() {
            true => tag.suffix.as_str(),
            false if tag.handle == "!" && tag.suffix.is_empty() => "str",
            false => "",
        };
        let fitting = match wanted {
            "str" => return (string(text), None),
            "int" | "float" => scalar::number(&text).map(Value::Number),
            "bool" | "null" => match scalar::resolve(&text) {
                Scalar::Value(value @ (Value::Boolean(_) | Value::Null)) => Some(value),
                Scalar::Value(_) | Scalar::NotFinite => None,
            },
            _ => {
                problem = Some(Problem::UnknownTag);
                None
            }
        };
        match fitting {
            Some(value) => return (value, None),
            None => problem = problem.or(Some(Problem::DoesNotFitTag)),
        }
    }
    if !plain {
        return (string(text), problem);
    }
    match scalar::resolve(&text) {
        Scalar::Value(value) => (value, problem),
        Scalar::NotFinite => (string(text), Some(Problem::NotFinite)),
    }
}
