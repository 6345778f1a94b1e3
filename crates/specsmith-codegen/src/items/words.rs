//! Words: what is said about types and fields, and what is left of it where places share a type.

use specsmith_ir::Literal;

use super::{Item, ItemKind};

/// What is said about something, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) example: Option<Literal>,
    pub(crate) default: Option<Literal>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// It stands for places that are called or described differently.
    pub(crate) differ: bool,
}

/// Examples and defaults have no hash; where words are equal, these two are.
impl std::hash::Hash for Words {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.title.hash(state);
        self.description.hash(state);
    }
}

impl Item {
    /// Lets the item stand for one more place, where the same kind of type is made: it says no more
    /// than is said there. The order of places makes no difference, since only what all of them say
    /// is kept.
    pub(crate) fn share(&mut self, kind: &ItemKind, words: &Words) {
        self.words.keep_common(words);
        // Of an enum's variants the words are part of the kind, so that they are equal here.
        if let (ItemKind::Record(ours), ItemKind::Record(theirs)) = (&mut self.kind, kind) {
            for (our, their) in ours.fields.iter_mut().zip(&theirs.fields) {
                our.words.keep_common(&their.words);
            }
        }
    }
}

impl Words {
    fn keep_common(&mut self, other: &Self) {
        let titles = keep_equal(&mut self.title, &other.title);
        let descriptions = keep_equal(&mut self.description, &other.description);
        self.differ |= !titles || !descriptions;
        keep_equal(&mut self.example, &other.example);
        keep_equal(&mut self.default, &other.default);
        self.deprecated &= other.deprecated;
        self.read_only &= other.read_only;
        self.write_only &= other.write_only;
    }
}

/// Drops what differs, and says whether it is the same.
fn keep_equal<T: PartialEq>(ours: &mut Option<T>, theirs: &Option<T>) -> bool {
    let same = ours == theirs;
    if !same {
        *ours = None;
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::items::{Record, RecordField, Slot, Ty};

    fn words(description: &str, deprecated: bool) -> Words {
        Words {
            title: Some("Id".to_owned()),
            description: Some(description.to_owned()).filter(|it| !it.is_empty()),
            default: Some(Literal::Boolean(deprecated)),
            deprecated,
            ..Words::default()
        }
    }

    /// An item that stands for places with those words, and so do their one field's.
    fn shared(places: &[Words]) -> Item {
        let kind = |words: &Words| {
            ItemKind::Record(Record {
                fields: vec![RecordField {
                    wire: "a".to_owned(),
                    name: "a".to_owned(),
                    slot: Slot::new(Ty::Boolean),
                    required: true,
                    words: words.clone(),
                }],
                ..Record::default()
            })
        };
        let mut item = Item {
            name: "A".to_owned(),
            document: specsmith_ir::DocumentId(0),
            order: 0,
            kind: kind(&places[0]),
            words: places[0].clone(),
            definition: None,
            or_null: false,
        };
        for words in &places[1..] {
            item.share(&kind(words), words);
        }
        item
    }

    #[test]
    fn only_what_all_places_say_is_kept() {
        let (ours, theirs, silent) = (
            words("Ours.", true),
            words("Theirs.", false),
            words("", true),
        );
        for places in [
            vec![ours.clone(), theirs.clone(), silent.clone()],
            vec![silent.clone(), ours.clone(), theirs.clone()],
            vec![ours.clone(), theirs, ours.clone(), silent],
        ] {
            let item = shared(&places);
            let kept = Words {
                title: Some("Id".to_owned()),
                differ: true,
                ..Words::default()
            };
            assert_eq!(item.words, kept);
            let ItemKind::Record(record) = &item.kind else {
                panic!("it stays a record");
            };
            assert_eq!(record.fields[0].words, kept);
        }
        let item = shared(&[ours.clone(), ours.clone()]);
        assert_eq!(item.words, ours);
    }
}
