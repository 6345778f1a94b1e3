//! Checking one record: from what its judge says to findings with a place in the file.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, PoisonError};

use specsmith_diagnostics::{Code, Finding, Level, Mistake, Record, Related, Suggestion};
use specsmith_json::{Limits, Node, pointer};

use super::Work;
use super::answers::Answers;
use crate::baseline::Known;
use crate::connect::{Context, connect};
use crate::judge::{Bar, Judge};
use crate::lints::duplicate_id::{any_twice, duplicate};
use crate::lints::{Id, Lints};
use crate::locate::{Start, Text};
use crate::names::Names;
use crate::sink::Sink;
use crate::specs::Bench;
use crate::target::Target;
use crate::yaml::Written;

/// An input that is held against a target.
pub(super) struct Held<'h, 's> {
    work: &'h Work<'h, 'h, 's>,
    target: &'h Target,
    names: &'h Names,
    judge: Box<dyn Judge + 'h>,
    lints: Lints,
    counterpart: Option<&'h Target>,
    file: Arc<str>,
    ids: bool,
    looks: bool,
    looks_for_names: bool,
    answers: Answers,
}

/// The text that is reported on, and what is known of it.
struct Subject<'t> {
    text: &'t Text<'t>,
    root: Root<'t>,
    /// Its number where its file has several.
    index: Option<u64>,
}

impl<'h, 's> Held<'h, 's> {
    pub(super) fn new(work: &'h Work<'h, 'h, 's>, bench: &'h Bench<'_>, bar: &'h Bar<'_>) -> Self {
        let run = work.run;
        let identity = run.settings.config.identity.as_deref();
        let lints = Lints::new(&run.specs.lowered.model, &bench.target, identity);
        let watched = |code: Code| work.levels.of(code) != Level::Allow;
        Self {
            work,
            target: &bench.target,
            names: &bench.names,
            judge: bar.judge(),
            counterpart: run.specs.counterpart(&bench.target),
            file: work.input.name.as_str().into(),
            looks_for_names: watched(Code("lint/unknown-property")),
            ids: watched(Code("lint/duplicate-id")) && !lints.identity.is_empty(),
            looks: crate::lints::CODES.iter().any(|code| watched(*code)),
            lints,
            answers: Answers::default(),
        }
    }

    /// Checks one record, the `index`th of its file where the file has several; gives how many
    /// records it stands for, which is more than one for a batch.
    pub(super) fn check(&mut self, text: &Text<'_>, index: Option<u64>, sink: &mut Sink) -> u64 {
        let subject = Subject {
            text,
            root: Root::new(text.bytes(), self.work.run.settings.limits.depth),
            index,
        };
        let mistakes = self.mistakes(text.bytes(), &subject.root);
        let mistakes = self.connected(mistakes, &subject);
        self.answers.take(&mistakes, self.target, subject.index);
        for mistake in mistakes {
            self.report(&mistake, &subject, sink);
        }
        self.duplicates(&subject, text.bytes(), None, sink)
    }

    /// What the API would answer to what was checked so far.
    pub(super) fn answer(&self, records: u64) -> String {
        self.answers.words(records, self.target)
    }

    /// Checks one YAML document: its JSON is judged, its own places are reported.
    pub(super) fn check_yaml(
        &mut self,
        text: &Text<'_>,
        json: Option<&Written>,
        said: &[Finding],
        index: Option<u64>,
        sink: &mut Sink,
    ) -> u64 {
        let depth = self.work.run.settings.limits.depth;
        let bytes = json.map_or(&b""[..], |it| it.text.as_bytes());
        let subject = Subject {
            text,
            root: Root::new(bytes, depth),
            index,
        };
        for finding in said {
            self.report(&of_yaml(finding), &subject, sink);
        }
        let Some(json) = json else {
            return 1;
        };
        let mistakes = self.mistakes(bytes, &subject.root);
        let mistakes = self.connected(mistakes, &subject);
        self.answers.take(&mistakes, self.target, subject.index);
        for mistake in mistakes {
            self.report(&json.in_yaml(mistake), &subject, sink);
        }
        self.duplicates(&subject, bytes, Some(json), sink)
    }

    /// Reports a record that is not looked at for its length.
    pub(super) fn too_long(&self, start: Start, index: Option<u64>, sink: &mut Sink) {
        let text = Text::new(&self.work.input.name, b"", start, false);
        let subject = Subject {
            text: &text,
            root: Root::new(b"", 1),
            index,
        };
        let message = "the record is longer than the limit";
        self.report(&plain(Code("limit/record"), message, 0..0), &subject, sink);
    }

    /// Reports a value that is spread over several lines of a file of lines.
    pub(super) fn pretty_printed(&self, text: &Text<'_>, bytes: Range<u64>, sink: &mut Sink) {
        let subject = Subject {
            text,
            root: Root::new(b"", 1),
            index: Some(0),
        };
        let message = "the line ends before the JSON value does, which goes on in the next";
        let mut mistake = plain(Code("json/truncated"), message, bytes);
        mistake.help = Some(
            "put each record on one line of its own, or name the file `.json` if it is one value"
                .to_owned(),
        );
        self.report(&mistake, &subject, sink);
    }

    fn mistakes(&mut self, bytes: &[u8], root: &Root<'_>) -> Vec<Mistake> {
        // A byte order mark changes no verdict, so judges that only want that pass over it.
        let marked = bytes.starts_with(b"\xef\xbb\xbf");
        let mut mistakes = match !marked && self.judge.is_clear(bytes) {
            true => Vec::new(),
            false => self.judge.explain(bytes),
        };
        if self.looks
            && (!mistakes.is_empty() || self.lints.suspects(bytes))
            && let Some(root) = root.get()
        {
            mistakes.extend(self.lints.look(root));
        }
        mistakes
    }

    fn connected(&self, mistakes: Vec<Mistake>, subject: &Subject<'_>) -> Vec<Mistake> {
        if mistakes.is_empty() {
            return mistakes;
        }
        let context = Context {
            target: self.target,
            counterpart: self.counterpart,
            root: subject.root.get(),
            text: subject.root.bytes,
            is_line: subject.index.is_some(),
            looks_for_names: self.looks_for_names,
        };
        connect(mistakes, &context)
    }

    /// Reports ids that were there before; gives the number of records.
    fn duplicates(
        &self,
        subject: &Subject<'_>,
        bytes: &[u8],
        yaml: Option<&Written>,
        sink: &mut Sink,
    ) -> u64 {
        let one = match self.target.batch {
            Some(_) => None,
            None => Some(1),
        };
        let name = match self.lints.identity.name() {
            Some(name) if self.ids => name,
            Some(_) | None => return one.unwrap_or_else(|| self.items(&subject.root)),
        };
        let quick = self.lints.identity.of_text(bytes);
        let quick = quick.filter(|ids| one.is_none_or(|_| ids.len() == 1) && !any_twice(ids));
        // Each with the pointer of its record, which only repetitions need.
        let (ids, count): (Vec<(Id, Option<String>)>, u64) = match quick {
            Some(ids) => {
                let count = ids.len() as u64;
                (ids.into_iter().map(|id| (id, None)).collect(), count)
            }
            None => {
                let Some(root) = subject.root.get() else {
                    return 1;
                };
                let records = self.lints.records(root);
                let count = records.len() as u64;
                let with_id = records.into_iter().filter_map(|(record, pointer)| {
                    let id = self.lints.identity.of(record)?;
                    Some((id, Some(pointer)))
                });
                (with_id.collect(), count)
            }
        };
        self.repeated(&ids, name, subject, yaml, sink);
        // A text that is no batch after all counts as one record.
        one.unwrap_or(if count == 0 {
            self.items(&subject.root)
        } else {
            count
        })
    }

    fn repeated(
        &self,
        ids: &[(Id, Option<String>)],
        name: &str,
        subject: &Subject<'_>,
        yaml: Option<&Written>,
        sink: &mut Sink,
    ) {
        let mut here: HashMap<&str, &Id> = HashMap::with_capacity(ids.len());
        let mut all = self
            .work
            .run
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let seen = all.entry(self.lints.identity.kind()).or_default();
        let mut found = Vec::new();
        for (number, (id, pointer)) in ids.iter().enumerate() {
            let first = here.get(id.key.as_str()).map(|it| it.span);
            here.entry(&id.key).or_insert(id);
            let byte = u64::from(id.span.start);
            let line = match subject.index {
                Some(_) => subject.text.line(0),
                None => number as u64,
            };
            let offset = subject.text.offset() + byte;
            let before = seen.note(id.key.clone(), &self.file, line, offset);
            if first.is_none() && before.is_none() {
                continue;
            }
            let pointer = match pointer {
                Some(pointer) => pointer.clone(),
                None => self.pointer_of(number),
            };
            found.push((duplicate(id, name, &pointer, first), before));
        }
        drop(all);
        for (mistake, before) in found {
            let mistake = match yaml {
                Some(yaml) => yaml.in_yaml(mistake),
                None => mistake,
            };
            let related = before.filter(|_| mistake.related.is_empty()).map(|place| {
                let file = crate::summary::visible(&place.file);
                match subject.index {
                    Some(_) => format!("the earlier record is in {file}, line {}", place.line),
                    None => format!("the earlier record is in {file}"),
                }
            });
            let mut mistake = mistake;
            if let Some(where_first) = related {
                mistake.help = Some(where_first);
            }
            self.report(&mistake, subject, sink);
        }
    }

    fn pointer_of(&self, number: usize) -> String {
        let mut at = String::new();
        if let Some(batch) = &self.target.batch {
            pointer::push_key(&mut at, &batch.property);
            pointer::push_index(&mut at, number);
        }
        at
    }

    /// How many items a batch has.
    fn items(&self, root: &Root<'_>) -> u64 {
        let batch = self.target.batch.as_ref();
        let list = batch.and_then(|it| root.get()?.get(&it.property)?.as_array());
        list.map_or(1, |items| items.len() as u64)
    }

    fn report(&self, mistake: &Mistake, subject: &Subject<'_>, sink: &mut Sink) {
        let run = self.work.run;
        let mut finding = Finding::new(mistake.code, Level::Deny, &mistake.message);
        finding.level = self.work.levels.of(mistake.code);
        if finding.level == Level::Allow || (!sink.has_room() && run.baseline.is_none()) {
            // Counted, and not worth writing out.
            sink.push(finding);
            return;
        }
        let (text, root) = (subject.text, &subject.root);
        let masked = self
            .names
            .pointer(&mistake.pointer, root.get())
            .into_owned();
        if let Some(baseline) = run.baseline {
            let known = Known {
                file: self.work.input.name.clone(),
                code: mistake.code.as_str().to_owned(),
                pointer: self.without_index(&masked, subject.index),
                record: baseline.hash(&self.record_key(mistake, subject)),
            };
            if baseline.hides(known) {
                sink.summary.hidden_by_baseline += 1;
                return;
            }
        }
        finding.help.clone_from(&mistake.help);
        finding.location = Some(text.location(&mistake.bytes));
        if sink.wants_excerpt() {
            finding.excerpt = Some(text.excerpt(&mistake.bytes, self.names));
        }
        finding.pointer = Some(masked);
        finding.record = self.record_of(mistake, subject);
        finding.operation = Some(self.target.name.clone());
        finding.spec = mistake
            .spec
            .map(|span| run.specs.specification.spec_place(span));
        let suggestion = mistake.suggestion.as_ref();
        finding.suggestion = suggestion.map(|(replacement, bytes)| Suggestion {
            replacement: replacement.clone(),
            byte_start: text.offset() + bytes.start,
            byte_end: text.offset() + bytes.end,
        });
        let related = mistake.related.iter().map(|(message, bytes)| Related {
            message: message.clone(),
            location: text.location(bytes),
        });
        finding.related = related.collect();
        sink.push(finding);
    }

    /// Which record of its file a mistake is in: the line, or the item of the batch.
    fn record_of(&self, mistake: &Mistake, subject: &Subject<'_>) -> Option<Record> {
        if let Some(index) = subject.index {
            let line = subject.text.line(0);
            let id = subject.root.get().and_then(|it| self.shown_id(it));
            return Some(Record { index, line, id });
        }
        let (item, node) = self.item_of(mistake, &subject.root)?;
        let line = match self.work.input.form {
            Some(crate::inputs::Form::Yaml) => subject.text.line(mistake.bytes.start),
            Some(_) | None => subject.text.line(u64::from(node.span.start)),
        };
        Some(Record {
            index: item as u64,
            line,
            id: self.shown_id(node),
        })
    }

    fn shown_id(&self, record: &Node) -> Option<String> {
        self.work.run.settings.shown_ids.of(record)
    }

    /// The item of a batch that a mistake is in.
    fn item_of<'n>(&self, mistake: &Mistake, root: &'n Root<'_>) -> Option<(usize, &'n Node)> {
        let batch = self.target.batch.as_ref()?;
        let tokens = pointer::tokens(&mistake.pointer)?;
        let (property, item) = (tokens.first()?, tokens.get(1)?);
        if *property != batch.property {
            return None;
        }
        let item = pointer::index(item)?;
        Some((item, root.get()?.get(&batch.property)?.item(item)?))
    }

    /// What tells the record of a mistake from others: its id, else its content.
    fn record_key(&self, mistake: &Mistake, subject: &Subject<'_>) -> Vec<u8> {
        let item = self.item_of(mistake, &subject.root).map(|(_, node)| node);
        let node = match &self.target.batch {
            Some(_) => item,
            None => subject.root.get(),
        };
        match node.and_then(|it| self.lints.identity.of(it)) {
            Some(id) => id.key.into_bytes(),
            None => {
                let bytes = subject.root.bytes;
                let part = item.and_then(|it| bytes.get(it.span.range()));
                part.unwrap_or(bytes).to_vec()
            }
        }
    }

    /// The pointer with the item's index, which moves when others come and go, left out.
    fn without_index(&self, pointer: &str, index: Option<u64>) -> String {
        let (None, Some(batch)) = (index, &self.target.batch) else {
            return pointer.to_owned();
        };
        let mut prefix = String::new();
        pointer::push_key(&mut prefix, &batch.property);
        let rest = pointer.strip_prefix(&format!("{prefix}/"));
        match rest {
            Some(rest) => {
                let behind = rest
                    .find('/')
                    .and_then(|at| rest.get(at..))
                    .unwrap_or_default();
                format!("{prefix}/*{behind}")
            }
            None => pointer.to_owned(),
        }
    }
}

/// What the reader of YAML found, as a mistake of the document. Codes of specifications that are
/// about the text alone have names of their own for payloads.
fn of_yaml(finding: &Finding) -> Mistake {
    let code = match finding.code.as_str() {
        "spec/duplicate-key" => Code("json/duplicate-key"),
        _ => finding.code,
    };
    let place = finding.location.as_ref();
    let bytes = place.map_or(0..0, |it| it.byte_start..it.byte_end);
    let mut mistake = plain(code, &finding.message, bytes);
    mistake.help.clone_from(&finding.help);
    let related = finding.related.iter();
    mistake.related = related
        .map(|it| {
            let place = &it.location;
            (it.message.clone(), place.byte_start..place.byte_end)
        })
        .collect();
    mistake
}

fn plain(code: Code, message: &str, bytes: Range<u64>) -> Mistake {
    Mistake {
        code,
        message: message.to_owned(),
        help: None,
        bytes,
        pointer: String::new(),
        spec: None,
        suggestion: None,
        related: Vec::new(),
    }
}

/// The record as a tree, read when it is first needed.
struct Root<'a> {
    bytes: &'a [u8],
    limits: Limits,
    node: OnceCell<Option<Node>>,
}

impl<'a> Root<'a> {
    fn new(bytes: &'a [u8], depth: usize) -> Self {
        let limits = Limits {
            depth,
            ..Limits::default()
        };
        Self {
            bytes,
            limits,
            node: OnceCell::new(),
        }
    }

    fn get(&self) -> Option<&Node> {
        let read = || specsmith_json::read(self.bytes, &self.limits).root;
        self.node.get_or_init(read).as_ref()
    }
}
