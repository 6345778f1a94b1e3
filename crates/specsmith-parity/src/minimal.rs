//! Cutting a record down for as long as the judges disagree in the same way.

use specsmith_json::{Limits, Node, Number, Object, Value, read, write};

use crate::{Disagreement, Judges};

/// How many smaller records are tried.
const MOST_TRIES: usize = 20_000;

impl Judges<'_> {
    /// A smaller record about which the judges disagree in the same way; where there is none, the
    /// record itself.
    pub fn minimal(&self, disagreement: &Disagreement) -> Disagreement {
        let mut least = disagreement.clone();
        let mut tries = MOST_TRIES;
        loop {
            let smaller = self
                .smaller_value(&least, &mut tries)
                .or_else(|| self.smaller_text(&least, &mut tries));
            match smaller {
                Some(found) => least = found,
                None => return least,
            }
        }
    }

    /// The first value that is smaller by one cut.
    fn smaller_value(&self, least: &Disagreement, tries: &mut usize) -> Option<Disagreement> {
        let reading = read(&least.record, &Limits::default());
        if !reading.duplicates.is_empty() {
            return None;
        }
        let root = reading.root?;
        cuts(&root).into_iter().find_map(|cut| {
            let text = write::compact(&cut).into_bytes();
            self.still(least, text, tries)
        })
    }

    /// The first text that is smaller by a run of bytes.
    fn smaller_text(&self, least: &Disagreement, tries: &mut usize) -> Option<Disagreement> {
        let text = &least.record;
        let mut run = text.len() / 2;
        while run > 0 {
            for start in (0..=text.len() - run).step_by(run.div_ceil(2)) {
                let (before, rest) = text.split_at(start);
                let shorter = [before, rest.get(run..)?].concat();
                if let Some(found) = self.still(least, shorter, tries) {
                    return Some(found);
                }
            }
            run /= 2;
        }
        None
    }

    fn still(
        &self,
        least: &Disagreement,
        text: Vec<u8>,
        tries: &mut usize,
    ) -> Option<Disagreement> {
        if text.len() >= least.record.len() || *tries == 0 {
            return None;
        }
        *tries -= 1;
        let found = *self.compare(&text).err()?;
        found.said.resembles(&least.said).then_some(found)
    }
}

/// The value with one thing left out or made plain, the boldest cuts first.
fn cuts(node: &Node) -> Vec<Node> {
    let mut found = Vec::new();
    let with = |value: Value| Node {
        span: node.span,
        value,
    };
    match &node.value {
        Value::Null | Value::Boolean(_) => {}
        Value::Number(number) if number.as_str() == "0" => {}
        Value::Number(_) => {
            found.extend(Number::new("0").map(|it| with(Value::Number(it))));
        }
        Value::String(text) => {
            let characters: Vec<char> = text.chars().collect();
            for part in [characters.len() / 2, characters.len().saturating_sub(1)] {
                let head: String = characters.iter().take(part).collect();
                let tail: String = characters.iter().skip(characters.len() - part).collect();
                found.push(with(Value::String(head.into())));
                found.push(with(Value::String(tail.into())));
            }
        }
        Value::Array(items) => {
            found.extend(items.iter().cloned());
            for index in 0..items.len() {
                let others = items.iter().enumerate().filter(|(at, _)| *at != index);
                found.push(with(Value::Array(
                    others.map(|(_, it)| it.clone()).collect(),
                )));
            }
            for (index, item) in items.iter().enumerate() {
                for cut in cuts(item) {
                    let mut items = items.clone();
                    if let Some(slot) = items.get_mut(index) {
                        *slot = cut;
                    }
                    found.push(with(Value::Array(items)));
                }
            }
        }
        Value::Object(object) => {
            let members: Vec<_> = object.iter().cloned().collect();
            found.extend(members.iter().map(|it| it.node.clone()));
            for index in 0..members.len() {
                let others = members.iter().enumerate().filter(|(at, _)| *at != index);
                let (object, _) = Object::collect(others.map(|(_, it)| it.clone()).collect());
                found.push(with(Value::Object(object)));
            }
            for (index, member) in members.iter().enumerate() {
                for cut in cuts(&member.node) {
                    let mut members = members.clone();
                    if let Some(slot) = members.get_mut(index) {
                        slot.node = cut;
                    }
                    found.push(with(Value::Object(Object::collect(members).0)));
                }
            }
        }
    }
    found
}
