//! The tree reader: bytes to [`Node`]s, without recursion.

use crate::lex::Lexer;
use crate::pointer;
use crate::{
    Duplicate, Fault, FaultKind, Limits, Member, Node, Number, Object, Reading, Span, Value,
};

/// Reads a whole text as one JSON value, exactly as RFC 8259 has it.
///
/// What is wrong is in the result, never an error or a panic: one fault at the first byte that
/// cannot stand where it does ends the reading. A byte order mark is a fault that does not, and
/// keys that occur again in their object are listed and left out of the tree.
///
/// ```
/// use specsmith_json::{FaultKind, Limits, Span, read};
/// let reading = read(b"[1, 2,]", &Limits::default());
/// assert!(reading.root.is_none());
/// assert_eq!(reading.faults[0].kind, FaultKind::TrailingComma);
/// assert_eq!(reading.faults[0].span, Span::new(6, 7));
/// ```
pub fn read(bytes: &[u8], limits: &Limits) -> Reading {
    let lexer = match Lexer::new(bytes, limits) {
        Ok(lexer) => lexer,
        Err(fault) => {
            return Reading {
                faults: vec![fault],
                ..Reading::default()
            };
        }
    };
    let mut reading = Reading::default();
    reading.faults.extend(lexer.byte_order_mark());
    let mut reader = Reader {
        lexer,
        depth: limits.depth.min(Limits::DEEPEST),
        frames: Vec::new(),
        items: Vec::new(),
        members: Vec::with_capacity(USUAL),
        duplicates: Vec::new(),
    };
    match reader.document() {
        Ok(root) => reading.root = Some(root),
        Err(fault) => {
            reader.give_up();
            reading.faults.push(in_right_encoding(fault, bytes));
        }
    }
    reading.duplicates = reader.duplicates;
    reading.duplicates.sort_by_key(|duplicate| duplicate.key);
    reading
}

/// So many members are often open at once. Their room is one that allocators still take for small.
const USUAL: usize = 14;
const _: () = assert!(USUAL * size_of::<Member>() <= 1024);

/// A text in UTF-16 or UTF-32 fails in its first bytes, and says so better than a syntax error.
pub(crate) fn in_right_encoding(fault: Fault, bytes: &[u8]) -> Fault {
    let mark = bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]);
    let wide = mark
        || match bytes {
            // Where the zeros stand in the first two characters, or the first of UTF-32.
            [one, two, three, four, ..] => matches!(
                [*one != 0, *two != 0, *three != 0, *four != 0],
                [true, false, true, false]
                    | [false, true, false, true]
                    | [true, false, false, false]
                    | [false, false, false, true]
            ),
            _ => false,
        };
    if wide && fault.span.start < 4 {
        Fault::new(FaultKind::NotUtf8, fault.span)
    } else {
        fault
    }
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    depth: usize,
    /// The arrays and objects that are open, outermost first.
    frames: Vec<Frame>,
    /// The items read so far of all open arrays, outermost first; a closed one takes its own.
    items: Vec<Node>,
    /// The members read so far of all open objects, likewise.
    members: Vec<Member>,
    duplicates: Vec<Duplicate>,
}

/// An array or object that is open.
struct Frame {
    start: usize,
    /// How many items the arrays around this have.
    items: usize,
    /// How many members the objects around this have.
    members: usize,
    /// In an object, the key whose value is being read.
    key: Option<(Box<str>, Span)>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Fault> {
        loop {
            // A value begins here.
            let mut node = match self.value()? {
                Some(node) => node,
                None => continue,
            };
            // It ends, and perhaps so do those around it.
            loop {
                match self.attach(node)? {
                    Attached::More => break,
                    Attached::Closed(outer) => node = outer,
                    Attached::Root(root) => {
                        self.lexer.end()?;
                        return Ok(root);
                    }
                }
            }
        }
    }

    /// Reads a value, or only the beginning of an array or object up to its first value.
    fn value(&mut self) -> Result<Option<Node>, Fault> {
        let byte = self.lexer.next_token();
        let start = self.lexer.at();
        let value = match byte {
            Some(b'"') => {
                let text = self.lexer.string()?;
                Value::String(text.unescape().into())
            }
            Some(b'{') => {
                self.open(start)?;
                if self.lexer.next_token() != Some(b'}') {
                    self.key()?;
                    return Ok(None);
                }
                self.lexer.bump();
                self.frames.pop();
                Value::Object(Object::default())
            }
            Some(b'[') => {
                self.open(start)?;
                if self.lexer.next_token() != Some(b']') {
                    return Ok(None);
                }
                self.lexer.bump();
                self.frames.pop();
                Value::Array(Vec::new())
            }
            Some(b'-' | b'0'..=b'9') => Value::Number(Number::of_checked(self.lexer.number()?)),
            Some(b't') => {
                self.lexer.literal("true")?;
                Value::Boolean(true)
            }
            Some(b'f') => {
                self.lexer.literal("false")?;
                Value::Boolean(false)
            }
            Some(b'n') => {
                self.lexer.literal("null")?;
                Value::Null
            }
            Some(_) | None => return Err(self.lexer.no_value()),
        };
        Ok(Some(Node::new(self.lexer.span_from(start), value)))
    }

    fn open(&mut self, start: usize) -> Result<(), Fault> {
        if self.frames.len() >= self.depth {
            return Err(self.lexer.fault_here(FaultKind::TooDeep));
        }
        self.lexer.bump();
        self.frames.push(Frame {
            start,
            items: self.items.len(),
            members: self.members.len(),
            key: None,
        });
        Ok(())
    }

    fn key(&mut self) -> Result<(), Fault> {
        let key = self.lexer.key()?;
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((key.unescape().into(), key.span));
        }
        Ok(())
    }

    /// Puts a value where it belongs, and goes on to the next or closes what is around it.
    fn attach(&mut self, node: Node) -> Result<Attached, Fault> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(Attached::Root(node));
        };
        let start = frame.start;
        let value = match frame.key.take() {
            Some((key, key_span)) => {
                self.members.push(Member {
                    key,
                    key_span,
                    node,
                });
                if self.lexer.more_members()? {
                    self.key()?;
                    return Ok(Attached::More);
                }
                Value::Object(self.close_object())
            }
            None => {
                self.items.push(node);
                if self.lexer.more_items()? {
                    return Ok(Attached::More);
                }
                let base = self.frames.pop().map_or(0, |frame| frame.items);
                Value::Array(self.items.split_off(base))
            }
        };
        Ok(Attached::Closed(Node::new(
            self.lexer.span_from(start),
            value,
        )))
    }

    /// The object that is the innermost frame, which is closed.
    fn close_object(&mut self) -> Object {
        let base = self.frames.last().map_or(0, |frame| frame.members);
        // The outermost takes the memory as well.
        let members = match self.frames.len() {
            ..=1 => std::mem::take(&mut self.members),
            _ => self.members.split_off(base),
        };
        let (object, repeated) = Object::collect(members);
        for repeated in repeated {
            let mut pointer = self.pointer();
            pointer::push_key(&mut pointer, &repeated.member.key);
            self.duplicates.push(Duplicate {
                key: repeated.member.key_span,
                first: repeated.first,
                pointer,
            });
        }
        self.frames.pop();
        object
    }

    /// After a fault: finds the duplicates in the objects that were never closed.
    fn give_up(&mut self) {
        while !self.frames.is_empty() {
            self.close_object();
        }
    }

    /// The pointer of the innermost frame.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for (outer, inner) in self.frames.iter().zip(self.frames.iter().skip(1)) {
            match &outer.key {
                Some((key, _)) => pointer::push_key(&mut pointer, key),
                None => pointer::push_index(&mut pointer, inner.items - outer.items),
            }
        }
        pointer
    }
}

/// What putting a value in its place came to.
enum Attached {
    /// Another value follows.
    More,
    /// It was the last; here is the array or object around it.
    Closed(Node),
    /// It was the whole text.
    Root(Node),
}

#[cfg(test)]
mod tests;
