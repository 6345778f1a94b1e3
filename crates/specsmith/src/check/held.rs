//! An input that is held against a target: from mistakes to findings with a place in the file.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use specsmith_diagnostics::{Code, Finding, Level, Mistake, Record, Related, Suggestion};
use specsmith_json::{Node, pointer};

use super::Work;
use super::answers::Answers;
use super::subject::{Part, Root, Subject};
use crate::attributes::Attributes;
use crate::baseline::Known;
use crate::connect::{Context, connect};
use crate::lints::Lints;
use crate::names::Names;
use crate::sink::Sink;
use crate::specs::Bench;
use crate::target::Target;

/// An input that is held against a target.
pub(super) struct Held<'h, 's> {
    pub(super) work: &'h Work<'h, 'h, 's>,
    pub(super) target: &'h Target,
    pub(super) lints: Lints,
    /// Whether ids are compared.
    pub(super) ids: bool,
    names: &'h Names,
    counterpart: OnceCell<Option<&'h Target>>,
    looks: bool,
    looks_for_names: bool,
    /// What the configuration knows of custom attributes.
    attributes: Option<Attributes<'h>>,
    answers: Answers,
}

impl<'h, 's> Held<'h, 's> {
    pub(super) fn new(work: &'h Work<'h, 'h, 's>, bench: &'h Bench<'s>) -> Self {
        let run = work.run;
        let identity = run.settings.config.identity.as_deref();
        let lints = Lints::new(&run.specs.lowered.model, &bench.target, identity);
        let watched = |code: Code| work.levels.of(code) != Level::Allow;
        let ids = watched(Code("lint/duplicate-id")) && lints.identity.name().is_some();
        if ids {
            work.turn.with(|seen| seen.begin_file(&work.input.name));
        }
        Self {
            work,
            target: &bench.target,
            names: bench.names(run),
            counterpart: OnceCell::new(),
            looks_for_names: watched(Code("lint/unknown-property")),
            ids,
            attributes: Attributes::of(&run.settings.config.attributes, run.specs, &bench.target),
            looks: crate::lints::CODES.iter().any(|code| watched(*code)),
            lints,
            answers: Answers::default(),
        }
    }

    /// What the API would answer to what was checked so far.
    pub(super) fn answers(&self, records: u64) -> Vec<(Option<u64>, String)> {
        self.answers.words(records, self.target)
    }

    /// The record as a tree.
    pub(super) fn root<'a>(&self, bytes: &'a [u8]) -> Root<'a> {
        Root::new(bytes, self.work.run.settings.limits.depth)
    }

    /// Everything that is to be said about a text of which the judge has said that much, each cause
    /// once; the answer that the API would give is taken down.
    pub(super) fn completed(
        &mut self,
        mut mistakes: Vec<Mistake>,
        (root, part): (&Root<'_>, Part),
        suspected: bool,
    ) -> Vec<Mistake> {
        if !suspected && self.attributes.is_none() && self.are_strangers(&mistakes) {
            return mistakes;
        }
        if self.looks
            && suspected
            && let Some(root) = root.get()
        {
            mistakes.extend(match part {
                Part::Item(_) => self.lints.look_at_item(root),
                Part::Whole { .. } | Part::Payload(_) => self.lints.look(root),
            });
        }
        if let (Some(attributes), Some(root)) = (&self.attributes, root.get()) {
            match part {
                Part::Item(_) => attributes.look(root, "", &mut mistakes),
                Part::Whole { .. } | Part::Payload(_) => {
                    for (record, at) in self.lints.records(root) {
                        attributes.look(record, &at, &mut mistakes);
                    }
                }
            }
        }
        if mistakes.is_empty() {
            return mistakes;
        }
        let context = Context {
            target: self.target,
            is_item: matches!(part, Part::Item(_)),
            items: match part {
                Part::Whole { left_out } => left_out,
                Part::Payload(_) | Part::Item(_) => 0,
            },
            counterpart: self.counterpart(),
            operations: self.work.run.specs.operations(),
            root: root.get(),
            text: root.bytes,
            is_line: matches!(part, Part::Payload(_)),
            looks_for_names: self.looks_for_names,
        };
        let mistakes = connect(mistakes, &context);
        self.answers.take(&mistakes, self.target, (root, part));
        mistakes
    }

    /// The other operation for the same records.
    fn counterpart(&self) -> Option<&'h Target> {
        let specs = self.work.run.specs;
        let counterpart = || specs.counterpart(self.target);
        *self.counterpart.get_or_init(counterpart)
    }

    /// The name of the list that payloads of the other operation hold.
    pub(super) fn list_of_counterpart(&self) -> Option<&'h str> {
        let batch = self.counterpart()?.batch.as_ref()?;
        Some(&batch.property)
    }

    /// Whether all that was found are properties that nothing knows, which have nothing to do with
    /// each other: then it takes no tree to say so. That they are those of another operation shows
    /// in the name of its list.
    fn are_strangers(&self, mistakes: &[Mistake]) -> bool {
        let list = self.list_of_counterpart();
        mistakes.iter().all(|it| {
            let is_list = list.is_some() && it.pointer.get(1..) == list;
            it.code.as_str() == "lint/unknown-property" && !is_list
        })
    }

    /// Reports a value that is spread over several lines of a file of lines.
    pub(super) fn pretty_printed(
        &mut self,
        subject: &Subject<'_>,
        bytes: Range<u64>,
        sink: &mut Sink,
    ) {
        let message = "the line ends before the JSON value does, which goes on in the next";
        let mut mistake = Mistake::new(Code("json/truncated"), message, bytes);
        mistake.help = Some(
            "put each record on one line of its own, or name the file `.json` if it is one value"
                .to_owned(),
        );
        let mistakes = std::slice::from_ref(&mistake);
        self.answers
            .take(mistakes, self.target, (&subject.root, subject.part));
        self.report(&mistake, subject, sink);
    }

    /// The pointer to an item of the batch.
    pub(super) fn pointer_of(&self, item: Option<u64>) -> String {
        let mut at = String::new();
        if let (Some(batch), Some(item)) = (&self.target.batch, item) {
            pointer::push_key(&mut at, &batch.property);
            pointer::push_index(&mut at, usize::try_from(item).unwrap_or(usize::MAX));
        }
        at
    }

    /// How many records a text holds: one that is no batch after all counts as one.
    pub(super) fn records(&self, root: &Root<'_>) -> u64 {
        let batch = self.target.batch.as_ref();
        let list = batch.and_then(|it| root.get()?.get(&it.property)?.as_array());
        list.map_or(1, |items| items.len() as u64)
    }

    /// Whether a finding with that code would be written out, and not only counted.
    pub(super) fn writes(&self, code: Code, sink: &Sink) -> bool {
        self.writes_at(self.work.levels.of(code), sink)
    }

    /// The same of a finding of that level.
    pub(super) fn writes_at(&self, level: Level, sink: &Sink) -> bool {
        level != Level::Allow && (sink.has_room() || self.work.run.baseline.is_some())
    }

    /// Counts findings that are not written out.
    pub(super) fn count(&self, code: Code, count: u64, sink: &mut Sink) {
        sink.count(code, self.work.levels.of(code), count);
    }

    /// Reports a mistake.
    pub(super) fn report(&self, mistake: &Mistake, subject: &Subject<'_>, sink: &mut Sink) {
        let run = self.work.run;
        if is_unread(mistake) {
            sink.unread.insert(Arc::clone(&self.work.input.name));
        }
        let level = self.work.levels.of(mistake.code);
        if !self.writes_at(level, sink) {
            return sink.count(mistake.code, level, 1);
        }
        let mut finding = Finding::new(mistake.code, level, &mistake.message);
        let (text, root) = (subject.text, &subject.root);
        let in_batch = |pointer: Cow<'_, str>| match subject.part {
            Part::Item(item) => self.pointer_of(Some(item)) + &pointer,
            Part::Whole { .. } | Part::Payload(_) => pointer.into_owned(),
        };
        let shown = in_batch(self.names.pointer(&mistake.pointer, root.get()));
        if let Some(baseline) = run.baseline {
            // A file that others read holds no more than it does in other runs.
            let masked = in_batch(self.names.known_pointer(&mistake.pointer, root.get()));
            let known = Known {
                file: self.work.input.name.to_string(),
                code: mistake.code.as_str().to_owned(),
                pointer: self.without_index(&masked, subject.part),
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
        finding.pointer = Some(shown);
        finding.record = self.record_of(mistake, subject);
        finding.operation = Some(Arc::clone(&self.target.name));
        finding.spec = mistake.spec.map(|span| run.specs.place(span));
        let suggestion = mistake.suggestion.as_ref();
        finding.suggestion = suggestion.map(|(replacement, bytes)| Suggestion {
            replacement: replacement.clone(),
            byte_start: text.place(bytes.start),
            byte_end: text.place(bytes.end),
        });
        // The place itself is shown already.
        let others = mistake.related.iter().filter(|it| it.1 != mistake.bytes);
        let related = others.map(|(message, bytes)| Related {
            message: message.clone(),
            location: text.location(bytes),
        });
        finding.related = related.collect();
        sink.push(finding);
    }

    /// Which record of its file a mistake is in: the line, or the item of the batch.
    fn record_of(&self, mistake: &Mistake, subject: &Subject<'_>) -> Option<Record> {
        if let Some(index) = subject.part.number() {
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
        let item = match subject.part {
            Part::Item(_) => subject.root.get(),
            Part::Whole { .. } | Part::Payload(_) => {
                let found = self.item_of(mistake, &subject.root);
                found.map(|(_, node)| node)
            }
        };
        let node = match &self.target.batch {
            Some(_) => item,
            None => subject.root.get(),
        };
        match node.and_then(|it| self.lints.identity.of(it)) {
            Some(id) => id.into_bytes(),
            // White space is no content.
            None => match item.or(subject.root.get()) {
                Some(node) => crate::yaml::write(node).text.into_bytes(),
                None => subject.root.bytes.to_vec(),
            },
        }
    }

    /// The pointer with the item's index, which moves when others come and go, left out.
    fn without_index(&self, pointer: &str, part: Part) -> String {
        let (Part::Whole { .. } | Part::Item(_), Some(batch)) = (part, &self.target.batch) else {
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

/// Whether something of a text is not looked at for what is wrong, so that nothing is known of it.
fn is_unread(mistake: &Mistake) -> bool {
    let code = mistake.code;
    let readable = [
        "json/byte-order-mark",
        "json/duplicate-key",
        "limit/pattern-steps",
        "yaml/lenient",
        "yaml/not-finite",
        "yaml/unknown-tag",
    ];
    matches!(code.area(), "json" | "limit" | "yaml") && !readable.contains(&code.as_str())
}
