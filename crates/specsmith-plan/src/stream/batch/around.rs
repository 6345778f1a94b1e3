//! What stands around the items of a batch: what is wrong between them, and the rest of the batch.

use std::io::{self, Read};

use super::Batch;
use crate::explain::{explain, explain_json};
use crate::stream::input::{Input, too_long};
use crate::stream::report::Window;
use crate::stream::{Gap, Record, RecordReport, Sink, Subject};
use crate::tree::Elided;

/// So much of the text behind a missing comma is handed on: enough to show its line.
const SHOWN: usize = 4 << 10;

impl Batch<'_> {
    /// Another item begins behind the one that ends at `at`, and no comma stands between them: says
    /// so, of what stands around the items. Where the items are is known all the same.
    pub(super) fn unseparated<R: Read>(
        &self,
        input: &Input<'_, R>,
        at: usize,
        here: &mut Window<'_>,
        sink: &mut dyn Sink,
    ) {
        *here = here.from(at - (input.text().len() - here.text.len()));
        here.index = self.counts.records;
        let blank = |byte: &u8| byte.is_ascii_whitespace();
        let behind = here.text.iter().take_while(|it| blank(it)).count();
        let next = here.text.get(..=behind).unwrap_or_default();
        let shown = here.text.len().min(next.len() + SHOWN);
        sink.report(RecordReport {
            subject: Subject::Envelope,
            record: here.record(0, 0, 0..shown),
            mistakes: explain_json(self.program, b"[0", next),
            suspected: true,
            tree: None,
        });
    }

    /// The text goes on in a way that no array does: says what is wrong, and no more is judged.
    /// `before` is read as what is before it.
    pub(super) fn broken<R: Read>(
        &mut self,
        input: &Input<'_, R>,
        before: &[u8],
        sink: &mut dyn Sink,
    ) {
        let rest = input.text();
        let mistakes = explain_json(self.program, before, rest);
        sink.report(RecordReport {
            subject: Subject::Envelope,
            record: self.window(input).record(0, 0, 0..rest.len()),
            mistakes,
            suspected: true,
            tree: None,
        });
        self.counts.records += 1;
        self.counts.invalid += 1;
    }

    /// Judges what stands around the items, which are left out. `start` is the byte at which
    /// the batch begins.
    pub(super) fn judge_envelope<R: Read>(
        &mut self,
        input: &mut Input<'_, R>,
        head: &[u8],
        start: u64,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        let length = input.fill_to(self.limit.saturating_add(1))?;
        let mut skeleton = head.to_vec();
        let mistakes = if length > self.limit {
            let mut mistake = too_long(self.limit);
            mistake.bytes = head.len() as u64..head.len() as u64;
            vec![mistake]
        } else {
            skeleton.extend_from_slice(input.text());
            let elided = Elided {
                start: u32::try_from(head.len() - 1).unwrap_or(u32::MAX),
                count: self.counts.records,
            };
            explain(self.program, &skeleton, Some(elided))
        };
        if !mistakes.is_empty() {
            let gap = Gap {
                at: head.len(),
                items: self.counts.records,
                line: self.line,
                column: self.column,
                offset: input.offset(),
            };
            sink.report(RecordReport {
                subject: Subject::Envelope,
                record: Record {
                    index: 0,
                    line: 1,
                    column: 1,
                    offset: start,
                    text: &skeleton,
                    gap: Some(gap),
                },
                mistakes,
                suspected: true,
                tree: None,
            });
        }
        Ok(())
    }
}

/// Whether an object begins the text, which can only be the next item. Anything else may be of an
/// object that was closed too early, such as the name of its next property.
pub(super) fn begins_item(text: Option<&[u8]>) -> bool {
    let mut text = text.unwrap_or_default().iter();
    text.find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
