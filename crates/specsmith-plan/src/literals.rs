//! The values that a schema lists, by what they are.

use specsmith_ir::{Literal, Schema};

use crate::plan::{Kinds, Literals};
use crate::words::WordSet;

/// The literals of a schema and the kinds they are of, if it has any.
pub(crate) fn of(schema: &Schema) -> Option<(Literals, u8)> {
    let accepted: Vec<&Literal> = match (&schema.listed, &schema.constant) {
        (None, None) => return None,
        (Some(listed), None) => listed.iter().collect(),
        (None, Some(constant)) => vec![constant],
        (Some(listed), Some(constant)) => listed.iter().filter(|it| *it == constant).collect(),
    };
    let mut literals = Literals {
        null: false,
        yes: false,
        no: false,
        strings: WordSet::default(),
        numbers: Vec::new(),
        nested: false,
        listed: schema.listed.clone(),
        constant: schema.constant.clone(),
    };
    let mut words = Vec::new();
    let mut kinds = 0;
    for literal in accepted {
        kinds |= match literal {
            Literal::Null => {
                literals.null = true;
                Kinds::NULL
            }
            Literal::Boolean(true) => {
                literals.yes = true;
                Kinds::BOOLEAN
            }
            Literal::Boolean(false) => {
                literals.no = true;
                Kinds::BOOLEAN
            }
            Literal::Number(number) => {
                literals.numbers.push(number.clone());
                Kinds::NUMBER
            }
            Literal::String(word) => {
                words.push(word.clone());
                Kinds::STRING
            }
            Literal::List(_) => {
                literals.nested = true;
                Kinds::LIST
            }
            Literal::Record(_) => {
                literals.nested = true;
                Kinds::RECORD
            }
        };
    }
    literals.strings = WordSet::new(words);
    Some((literals, kinds))
}
