//! Properties that nothing knows, noted by the scan and told without a tree.

use specsmith_diagnostics::{Code, Mistake};
use specsmith_ir::Facet;
use specsmith_json::pointer;
use specsmith_rules::nearest;

use crate::codes;
use crate::kernels::text::{decode, hash};
use crate::plan::{NodeId, Program, RecordRule, Seen};
use crate::stream::Enough;
use crate::tree::report::DOCUMENT;
use crate::tree::scalar::quoted;

/// The properties of one record that nothing knows, and the way to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strangers {
    found: Vec<Stranger>,
    /// The steps to them, the innermost first.
    steps: Vec<Way>,
    near: Near,
}

/// One of them. Places count from the start of the text that is scanned.
#[derive(Clone, Copy, Debug)]
struct Stranger {
    /// The node whose rule does not know it.
    node: NodeId,
    /// The brace of its object, and the quotes of its name.
    object: u32,
    open: u32,
    close: u32,
    /// Which keys the rule knows are in the object.
    seen: Seen,
}

/// A step from a value to one inside it, on the way to the strangers of a range.
#[derive(Clone, Copy, Debug)]
struct Way {
    from: usize,
    to: usize,
    step: Step,
}

/// A step from a value to one inside it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// To the property whose name begins behind the quote that stands there.
    Key { open: u32, known: bool },
    /// To an item.
    Index(u64),
}

impl Step {
    pub(crate) fn key(open: usize, known: bool) -> Self {
        let open = open as u32;
        Self::Key { open, known }
    }
}

impl Strangers {
    pub(crate) fn clear(&mut self) {
        self.found.clear();
        self.steps.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many there are.
    #[inline(always)]
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// Notes the name between two quotes, in the object at a brace.
    pub(crate) fn note(&mut self, node: NodeId, object: usize, (open, close): (usize, usize)) {
        self.found.push(Stranger {
            node,
            object: object as u32,
            open: open as u32,
            close: close as u32,
            seen: Seen::default(),
        });
    }

    /// Notes which keys a rule saw in an object, if a stranger was in it.
    pub(crate) fn note_seen(&mut self, node: NodeId, object: usize, seen: &[u64]) {
        let here = |it: &&mut Stranger| it.node == node && it.object == object as u32;
        for stranger in self.found.iter_mut().filter(here) {
            for (slot, word) in stranger.seen.iter_mut().zip(seen) {
                *slot = *word;
            }
        }
    }

    /// Notes the step to the value in which everything from the `from`th on was found.
    pub(crate) fn note_step(&mut self, from: usize, step: Step) {
        let to = self.found.len();
        self.steps.push(Way { from, to, step });
    }

    /// How many would be told, where none of them must be.
    pub(crate) fn countable(&self, program: &Program, text: &[u8], enough: &Enough) -> Option<u64> {
        let most = program.options.mistakes.unwrap_or(crate::plan::MISTAKES);
        let mut count = 0;
        for (at, stranger) in self.found.iter().enumerate() {
            if count >= most {
                break;
            }
            let raw = text.get(stranger.open as usize + 1..stranger.close as usize);
            if enough.must_tell(raw.unwrap_or_default()) {
                return None;
            }
            count += usize::from(!self.is_known(at, stranger));
        }
        Some(count as u64)
    }

    /// Whether the same property was found before the `at`th: two schemas of one object may not
    /// know it, and it is told once.
    fn is_known(&self, at: usize, stranger: &Stranger) -> bool {
        let before = self.found.get(..at).unwrap_or_default().iter();
        before.rev().any(|it| it.open == stranger.open)
    }

    /// What is to be told of the record that begins at `start`.
    pub(crate) fn tell(&mut self, program: &Program, text: &[u8], start: usize) -> Vec<Mistake> {
        let most = program.options.mistakes.unwrap_or(crate::plan::MISTAKES);
        let mut mistakes: Vec<Mistake> = Vec::with_capacity(self.found.len().min(most));
        let mut room = String::new();
        for (at, stranger) in self.found.iter().enumerate() {
            if mistakes.len() >= most || self.is_known(at, stranger) {
                continue;
            }
            let Some(rule) = program.record_of(program.node(stranger.node)) else {
                continue;
            };
            let raw = text.get(stranger.open as usize + 1..stranger.close as usize);
            let Some(name) = decode(raw.unwrap_or_default(), &mut room) else {
                continue;
            };
            let (mut pointer, subject) = way(&self.steps, at, text);
            pointer::push_key(&mut pointer, name);
            let place = |at: u32| (at as usize).saturating_sub(start) as u64;
            mistakes.push(mistake(
                program,
                stranger.node,
                &subject,
                place(stranger.open)..place(stranger.close + 1),
                pointer,
                self.near.of(stranger, rule, name),
            ));
        }
        // Stable, as with everything that is told.
        mistakes.sort_by_key(|it| it.bytes.start);
        mistakes
    }
}

/// The pointer of the object that a stranger is in, and what a message calls it.
fn way(steps: &[Way], stranger: usize, text: &[u8]) -> (String, String) {
    let mut pointer = String::new();
    let mut subject = None;
    let mut room = String::new();
    let leads_there = |it: &&Way| (it.from..it.to).contains(&stranger);
    for way in steps.iter().rev().filter(leads_there) {
        subject = Some(match way.step {
            Step::Index(index) => {
                pointer::push_index(&mut pointer, usize::try_from(index).unwrap_or(usize::MAX));
                format!("item {index}")
            }
            Step::Key { open, known } => {
                let rest = text.get(open as usize + 1..).unwrap_or_default();
                let name = decode(rest.get(..closing(rest)).unwrap_or_default(), &mut room);
                let name = name.unwrap_or_default();
                pointer::push_key(&mut pointer, name);
                match known {
                    true => format!("`{name}`"),
                    false => "the value".to_owned(),
                }
            }
        });
    }
    (pointer, subject.unwrap_or_else(|| DOCUMENT.to_owned()))
}

/// How long a string is whose text begins here.
fn closing(rest: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = rest
        .get(at..)
        .and_then(|it| memchr::memchr2(b'"', b'\\', it))
    {
        at += found;
        if rest.get(at) == Some(&b'"') {
            return at;
        }
        at += 2;
    }
    rest.len()
}

/// What is told of a property that the specification does not know.
pub(crate) fn mistake(
    program: &Program,
    node: NodeId,
    subject: &str,
    bytes: std::ops::Range<u64>,
    pointer: String,
    near: Option<&str>,
) -> Mistake {
    let words = program.words.get(node as usize);
    let message = format!("{subject} has a property that the specification does not know");
    Mistake {
        help: near.map(|it| format!("did you mean `{it}`?")),
        suggestion: near.map(|it| (quoted(it), bytes.clone())),
        pointer,
        spec: words.and_then(|words| words.place(Facet::Properties)),
        ..Mistake::new(Code(codes::UNKNOWN_PROPERTY), message, bytes)
    }
}

/// Which known names the strangers met lately are near to: they are the same in most records.
#[derive(Clone, Debug, Default)]
struct Near(Vec<Option<Met>>);

#[derive(Clone, Debug)]
struct Met {
    node: NodeId,
    name: Box<str>,
    /// The key whose name is nearest, if one is near.
    key: Option<usize>,
}

/// How many are remembered.
const REMEMBERED: usize = 64;

impl Near {
    /// The name that was probably meant and is not there already.
    fn of<'r>(&mut self, stranger: &Stranger, rule: &'r RecordRule, name: &str) -> Option<&'r str> {
        let key = self.key(stranger.node, rule, name)?;
        let is_there = |at: usize| {
            let word = stranger.seen.get(at / 64).copied().unwrap_or(0);
            word >> (at % 64) & 1 == 1
        };
        if !is_there(key) {
            return rule.keys.get(key).map(|key| &*key.name);
        }
        let keys = rule.keys.iter().enumerate();
        let free = keys.filter(|(at, _)| !is_there(*at));
        nearest(name, free.map(|(_, key)| &*key.name))
    }

    fn key(&mut self, node: NodeId, rule: &RecordRule, name: &str) -> Option<usize> {
        self.0.resize(REMEMBERED, None);
        let slot = hash(name.as_bytes()).wrapping_add(u64::from(node)) as usize % REMEMBERED;
        let slot = self.0.get_mut(slot)?;
        if let Some(met) = slot
            && met.node == node
            && *met.name == *name
        {
            return met.key;
        }
        let near = nearest(name, rule.keys.iter().map(|key| &*key.name));
        let key = near.and_then(|near| rule.keys.iter().position(|key| *key.name == *near));
        *slot = Some(Met {
            node,
            name: name.into(),
            key,
        });
        key
    }
}
