//! Checking a file of YAML documents.

use std::ops::Range;
use std::str::Utf8Error;

use specsmith_diagnostics::{Code, Finding, Level};
use specsmith_json::FaultKind;

use super::{Work, choose};
use crate::keys::{keys, keys_of_yaml};
use crate::locate::{Start, Text};
use crate::sink::Sink;

/// A file of YAML documents, each a value.
pub(super) fn yaml(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return no_text(work, sink, bytes, error),
    };
    // Read as YAML it would be null, which nobody has written.
    if crate::yaml::is_empty(text) {
        return refuse(
            work,
            sink,
            bytes,
            (FaultKind::Empty, "the text holds no value"),
            0..0,
        );
    }
    let limits = work.run.settings.limits.of_yaml();
    let read = |it: &crate::yaml::Document<'_>| specsmith_source::read_yaml(it.text, &limits);
    let documents = crate::yaml::documents(text);
    let found: Vec<_> = documents.iter().map(read).collect();
    let written: Vec<_> = found
        .iter()
        .map(|(root, _)| root.as_ref().map(crate::yaml::write))
        .collect();
    let names: Vec<_> = written
        .iter()
        .zip(&documents)
        .map(|(it, document)| match it {
            Some(it) => keys(it.text.as_bytes()),
            None => keys_of_yaml(document.text),
        })
        .collect();
    let broken = || {
        let documents = documents.iter().zip(&found);
        let broken = documents.filter(|(_, (root, _))| root.is_none());
        let said = |(document, (_, said)): (_, &(_, Vec<Finding>))| {
            let said = said.iter().map(|it| no_document(work, document, it));
            said.collect::<Vec<_>>()
        };
        broken.flat_map(said).collect()
    };
    let Some(bench) = choose::bench(work, sink, &names, broken) else {
        return;
    };
    let Some((mut held, bar)) = work.hold(sink, bench) else {
        return;
    };
    let mut judge = bar.judge();
    let mut records = 0;
    let several = documents.len() > 1;
    for (index, document) in documents.iter().enumerate() {
        let start = Start {
            offset: document.offset,
            line: document.line,
            column: 1,
        };
        let text = Text::new(&work.input.name, document.text.as_bytes(), start, true);
        let (root, said) = found.get(index).map_or((None, &[][..]), |(root, said)| {
            (root.as_ref(), said.as_slice())
        });
        let read = root.zip(written.get(index).and_then(Option::as_ref));
        let number = several.then_some(index as u64);
        records += held.check_yaml(&mut *judge, &text, (read, said), number, sink);
    }
    work.done(sink, &held, bench, records);
}

/// What is said of a document that cannot be read.
fn no_document(
    work: &Work<'_, '_, '_>,
    document: &crate::yaml::Document<'_>,
    said: &Finding,
) -> Finding {
    let start = Start {
        offset: document.offset,
        line: document.line,
        column: 1,
    };
    let text = Text::new(&work.input.name, document.text.as_bytes(), start, true);
    let place = said.location.as_ref();
    let place = place.map_or(0..0, |it| it.byte_start..it.byte_end);
    let mut finding = Finding::new(said.code, said.level, &said.message);
    finding.help.clone_from(&said.help);
    choose::placed(finding, &text, &place)
}

/// A file that should be YAML and is not even text.
fn no_text(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8], error: Utf8Error) {
    if let Some(finding) = choose::other_encoding(work, bytes) {
        return work.push(sink, finding);
    }
    let start = error.valid_up_to();
    let end = error
        .error_len()
        .map_or(bytes.len(), |length| start + length);
    let kind = FaultKind::InvalidUtf8;
    let place = start as u64..end as u64;
    refuse(work, sink, bytes, (kind, &kind.to_string()), place);
}

/// Says why nothing of a file is looked at.
fn refuse(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    bytes: &[u8],
    (kind, message): (FaultKind, &str),
    place: Range<u64>,
) {
    let mut finding = Finding::new(Code(kind.code()), Level::Deny, message);
    finding.help = kind.help().map(str::to_owned);
    let text = Text::new(&work.input.name, bytes, Start::OF_FILE, true);
    work.push(sink, choose::placed(finding, &text, &place));
}
