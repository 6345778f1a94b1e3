//! The keywords that speak to values of every type: which types, which values, which format.

use specsmith_ir::{Dialect, Facet, SchemaId};
use specsmith_json::Value;

use super::Lowering;
use super::draft::{Draft, Types};
use super::literal::literal;
use super::value::Entry;
use crate::code;
use crate::notes::{Note, did_you_mean};

impl<'s> Lowering<'s> {
    pub(super) fn value_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
        dialect: Dialect,
    ) {
        match name {
            "type" => {
                draft.types = self.types(entry, dialect);
                match draft.types {
                    Some(_) => self.record(id, Facet::Types, entry.key),
                    None => draft.notes.unread = true,
                }
            }
            "nullable" => {
                if self.flag(entry) == Some(true) {
                    draft.nullable = Some(entry.key);
                }
            }
            "enum" => {
                let Some(items) = entry.node.as_array() else {
                    return self.invalid(entry, entry.node, "a list of values");
                };
                if items.is_empty() {
                    let message = "an empty `enum` accepts no value";
                    self.notes
                        .push(Note::warn(code::EMPTY_ENUM, entry.key, message));
                }
                draft.listed = Some(items.iter().map(literal).collect());
                self.record(id, Facet::Listed, entry.key);
            }
            "const" => {
                draft.constant = Some(literal(entry.node));
                self.record(id, Facet::Constant, entry.key);
            }
            _ => {
                if let Some(format) = self.text(entry) {
                    draft.number.format = Some(format.to_owned());
                    draft.string.format = Some(format.to_owned());
                    self.record(id, Facet::Format, entry.key);
                }
            }
        }
    }

    /// The types that `type` names; `None` where that cannot be, so that all are accepted.
    fn types(&mut self, entry: Entry<'s>, dialect: Dialect) -> Option<Types> {
        let names = match (&entry.node.value, dialect) {
            (Value::Array(items), Dialect::V3_1) if !items.is_empty() => items.as_slice(),
            (Value::String(_), _) => std::slice::from_ref(entry.node),
            (_, Dialect::V3_1) => {
                self.invalid(entry, entry.node, "the name of a type, or a list of names");
                return None;
            }
            (_, Dialect::V3_0) => {
                self.invalid(entry, entry.node, "the name of a type");
                return None;
            }
        };
        let mut types = Types::default();
        let mut sound = true;
        for node in names {
            let Some(name) = node.as_str() else {
                self.invalid(entry, node, "the name of a type");
                sound = false;
                continue;
            };
            // 3.0 says `nullable` for it.
            let known = (name != "null" || dialect == Dialect::V3_1) && types.add(name);
            if !known {
                sound = false;
                let span = self.place(entry.scope, node.span);
                let message = "there is no type of this name, so that any value is accepted";
                let help = match name {
                    "null" => Some("write `nullable: true` beside the type".to_owned()),
                    name => did_you_mean(name, Types::NAMES),
                };
                let note = Note::warn(code::INVALID_KEYWORD, span, message);
                self.notes.push(note.help_if(help));
            }
        }
        sound.then_some(types)
    }
}
