//! Checking a file of YAML documents.

use specsmith_diagnostics::Finding;

use super::{Work, choose, whole};
use crate::keys::{keys, keys_of_yaml};
use crate::locate::{Start, Text};
use crate::sink::Sink;

/// A file of YAML documents, each a value.
pub(super) fn yaml(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // What is not UTF-8 is said as of any text.
        Err(_) => return no_yaml(work, sink, bytes),
    };
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
    if choose::names_nothing(work, &names) {
        let broken = documents.iter().zip(&found);
        let broken = broken.filter(|(_, (root, _))| root.is_none());
        let said =
            broken.flat_map(|(document, (_, said))| said.iter().map(move |it| (document, it)));
        let mut said = said.peekable();
        if said.peek().is_some() {
            said.for_each(|(document, finding)| no_document(work, sink, document, finding));
            return;
        }
    }
    let Some(bench) = choose::bench(work, sink, &names) else {
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
        let said = found.get(index).map(|(_, findings)| findings.as_slice());
        let json = written.get(index).and_then(Option::as_ref);
        let number = several.then_some(index as u64);
        let read = (json, said.unwrap_or_default());
        records += held.check_yaml(&mut *judge, &text, read, number, sink);
    }
    work.done(sink, &held, bench, records);
}

/// A document that cannot be read and holds no name that could tell what it is for.
fn no_document(
    work: &Work<'_, '_, '_>,
    sink: &mut Sink,
    document: &crate::yaml::Document<'_>,
    said: &Finding,
) {
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
    work.push(sink, choose::placed(finding, &text, &place));
}

/// A file that should be YAML and is not even text.
fn no_yaml(work: &Work<'_, '_, '_>, sink: &mut Sink, bytes: &[u8]) {
    let keys = keys(bytes);
    let Some(bench) = choose::bench_of_json(work, sink, &keys, Some(bytes)) else {
        return;
    };
    let Some((mut held, bar)) = work.hold(sink, bench) else {
        return;
    };
    let records = whole(work, sink, &mut held, bar, bytes);
    work.done(sink, &held, bench, records);
}
