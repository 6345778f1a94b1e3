//! Texts that are judged as trees: YAML, and everything where the reference judges.

use specsmith_diagnostics::{Code, Finding, Mistake};
use specsmith_json::{Node, Span};
use specsmith_source::SPACE_BEHIND_DASH;

use super::aliases::once;
use super::held::Held;
use super::repeated::{Repeated, firsts};
use super::subject::{Part, Subject};
use crate::judge::Judge;
use crate::locate::{Start, Text};
use crate::seen::New;
use crate::sink::Sink;
use crate::yaml::Written;

impl Held<'_, '_> {
    /// Checks a text that is a whole file; gives how many records it stands for, which is more than
    /// one for a batch.
    pub(super) fn check(&mut self, judge: &mut dyn Judge, text: &Text<'_>, sink: &mut Sink) -> u64 {
        let subject = Subject {
            text,
            root: self.root(text.bytes()),
            part: Part::WHOLE,
        };
        let mistakes = judge.explain(text.bytes());
        let mistakes = self.completed(mistakes, (&subject.root, subject.part), true);
        for mistake in mistakes {
            self.report(&mistake, &subject, sink);
        }
        self.repetitions(&subject, None, sink);
        self.records(&subject.root)
    }

    /// Checks one YAML document: its JSON is judged, its own places are reported.
    pub(super) fn check_yaml(
        &mut self,
        judge: &mut dyn Judge,
        text: &Text<'_>,
        (read, said): (Option<(&Node, &Written)>, &[Finding]),
        index: Option<u64>,
        sink: &mut Sink,
    ) -> u64 {
        let json = read.map(|(_, json)| json);
        let bytes = json.map_or(&b""[..], |it| it.text.as_bytes());
        let subject = Subject {
            text,
            root: self.root(bytes),
            part: index.map_or(Part::WHOLE, Part::Payload),
        };
        let mut mistakes = Vec::new();
        if let Some(json) = json {
            let found = judge.explain(bytes);
            let mut found = self.completed(found, (&subject.root, subject.part), true);
            if !self.target.names.is_empty() {
                no_mapping(&mut found, subject.root.get());
            }
            no_items(&mut found, subject.root.get());
            mistakes.extend(found.into_iter().map(|it| json.in_yaml(it)));
        }
        for finding in said {
            let said = of_yaml(finding, read.map(|(root, _)| root));
            match no_number(&mut mistakes, &said) {
                Some(mistake) => mistake.help = Some(words(&said)),
                None => self.report(&said, &subject, sink),
            }
        }
        let Some(json) = json else {
            return 1;
        };
        for mistake in once(mistakes, &json.whole()) {
            self.report(&mistake, &subject, sink);
        }
        self.repetitions(&subject, Some(json), sink);
        self.records(&subject.root)
    }

    /// Reports a record that is not looked at for its length.
    pub(super) fn too_long(&self, start: Start, index: Option<u64>, sink: &mut Sink) {
        let text = Text::new(&self.work.input.name, b"", start, false);
        let subject = Subject {
            text: &text,
            root: self.root(b""),
            part: index.map_or(Part::WHOLE, Part::Payload),
        };
        let message = "the record is longer than the limit";
        let mistake = Mistake::new(Code("limit/record"), message, 0..0);
        self.report(&mistake, &subject, sink);
    }

    /// Reports ids that were there before.
    pub(super) fn repetitions(
        &self,
        subject: &Subject<'_>,
        yaml: Option<&Written>,
        sink: &mut Sink,
    ) {
        let run = self.work.run;
        let identity = self.lints.identity.watched(run.keys);
        let (true, Some(identity), Some(root)) = (self.ids, identity, subject.root.get()) else {
            return;
        };
        let records = self.lints.records(root);
        let id = |(number, (record, _)): (usize, &(&Node, String))| {
            let (fingerprint, span) = identity.of(record)?;
            Some((number as u64, fingerprint, span))
        };
        let ids: Vec<(u64, u64, Span)> = records.iter().enumerate().filter_map(id).collect();
        let batch = self.target.batch.is_some();
        let mut repeated = Repeated::default();
        let salt = run.salt(&self.lints.identity.kind());
        let in_yaml = yaml.map(Written::starts);
        let start = |span: &Span| match &in_yaml {
            Some(starts) => starts.get(&(span.start, span.end)).copied(),
            None => Some(u64::from(span.start)),
        };
        let new = |(_, fingerprint, span): &(u64, u64, Span)| New {
            fingerprint: fingerprint.wrapping_add(salt),
            line: subject.text.line(start(span).unwrap_or(0)),
            batch: None,
        };
        self.work.turn.with(|seen| {
            seen.begin_batch();
            repeated.note_all(seen, (&ids, ids.len()), new);
        });
        if repeated.found.is_empty() {
            return;
        }
        let firsts = firsts(ids.iter().map(|(_, id, span)| (*id, *span)));
        for (at, place) in repeated.found {
            let Some((number, fingerprint, value)) = ids.get(at) else {
                continue;
            };
            let first = firsts.get(fingerprint).copied();
            let mistake = self.repetition(batch.then_some(*number), *value, first, &place);
            let mistake = match yaml {
                Some(yaml) => yaml.in_yaml(mistake),
                None => mistake,
            };
            self.report(&mistake, subject, sink);
        }
    }
}

/// A text where properties belong: what would make it some.
fn no_mapping(mistakes: &mut [Mistake], root: Option<&Node>) {
    let is_text = root.is_some_and(|it| it.as_str().is_some());
    let is_type = |it: &&mut Mistake| it.code.as_str() == "schema/type" && it.help.is_none();
    for mistake in mistakes.iter_mut().filter(|it| is_text && is_type(it)) {
        let help = "write each property as `name: value`, with a space behind the colon";
        mistake.help = Some(help.to_owned());
    }
}

/// Properties whose names begin with a dash, where a list belongs.
fn no_items(mistakes: &mut [Mistake], root: Option<&Node>) {
    let is_meant = |it: &Mistake| {
        let object = root.and_then(|root| root.pointer(&it.pointer)?.as_object());
        let begins = object.and_then(|it| it.keys().next()?.chars().next());
        begins == Some('-') && it.message.ends_with("not an array")
    };
    let is_type = |it: &&mut Mistake| it.code.as_str() == "schema/type";
    for mistake in mistakes.iter_mut().filter(is_type) {
        if is_meant(mistake) {
            mistake.help = Some(SPACE_BEHIND_DASH.to_owned());
        }
    }
}

/// The mistake that a value is no number, where what was said is that JSON has no such number.
fn no_number<'m>(mistakes: &'m mut [Mistake], said: &Mistake) -> Option<&'m mut Mistake> {
    let is_type = |it: &&mut Mistake| it.code.as_str() == "schema/type" && it.bytes == said.bytes;
    match said.code.as_str() {
        "yaml/not-finite" => mistakes.iter_mut().find(is_type),
        _ => None,
    }
}

/// What is wrong and what to do about it, in one line.
fn words(mistake: &Mistake) -> String {
    match &mistake.help {
        Some(help) => format!("{}: {help}", mistake.message),
        None => mistake.message.clone(),
    }
}

/// What the reader of YAML found, as a mistake of the document.
fn of_yaml(finding: &Finding, root: Option<&Node>) -> Mistake {
    let place = finding.location.as_ref();
    let bytes = place.map_or(0..0, |it| it.byte_start..it.byte_end);
    let mut mistake = Mistake::new(finding.code, &finding.message, bytes);
    if let (Some(root), Some(first)) = (root, finding.related.first()) {
        let key = crate::yaml::pointer_of_key(root, first.location.byte_start);
        mistake.pointer = key.unwrap_or_default();
    }
    mistake.help.clone_from(&finding.help);
    let key = mistake.pointer.rsplit('/').next().unwrap_or_default();
    if mistake.code.as_str() == "json/duplicate-key" && key.starts_with('-') {
        mistake.help = Some(SPACE_BEHIND_DASH.to_owned());
    }
    let related = finding.related.iter();
    mistake.related = related
        .map(|it| {
            let place = &it.location;
            (it.message.clone(), place.byte_start..place.byte_end)
        })
        .collect();
    mistake
}
