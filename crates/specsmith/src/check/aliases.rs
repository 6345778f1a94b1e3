//! What is wrong with a value that aliases repeat: one mistake, told where the value is written.

use std::collections::HashMap;
use std::ops::Range;

use specsmith_diagnostics::Mistake;

/// The mistakes of a YAML document, of each value that is written once those of its first use.
/// `whole` is where the document is said to stand: what is said to be there too has no place.
pub(super) fn once(mistakes: Vec<Mistake>, whole: &Range<u64>) -> Vec<Mistake> {
    let mut kept: Vec<(Mistake, usize)> = Vec::with_capacity(mistakes.len());
    let mut firsts = HashMap::new();
    for mistake in mistakes {
        let at = (mistake.bytes.start, mistake.bytes.end);
        let key = (mistake.code, at, mistake.spec, mistake.message.clone());
        let has_place = !mistake.bytes.is_empty() && mistake.bytes != *whole;
        let first = *firsts.entry(key).or_insert(kept.len());
        match kept.get_mut(first) {
            // Only a copy is the same text under another pointer.
            Some((first, uses)) if has_place && first.pointer != mistake.pointer => *uses += 1,
            Some(_) | None => kept.push((mistake, 0)),
        }
    }
    kept.into_iter().map(|(it, uses)| told(it, uses)).collect()
}

/// A mistake that so many aliases repeat.
fn told(mut mistake: Mistake, uses: usize) -> Mistake {
    let repeated = match uses {
        0 => return mistake,
        1 => "an alias repeats it".to_owned(),
        uses => format!("aliases repeat it {uses} times"),
    };
    mistake.help = Some(match mistake.help {
        Some(help) => format!("{help}; {repeated}"),
        None => repeated,
    });
    mistake
}

#[cfg(test)]
mod tests {
    use specsmith_diagnostics::Code;

    use super::*;

    fn mistake(message: &str, pointer: &str, bytes: Range<u64>) -> Mistake {
        let mut mistake = Mistake::new(Code("schema/type"), message, bytes);
        mistake.pointer = pointer.to_owned();
        mistake
    }

    fn check(mistakes: &[Mistake], expected: &[(&str, Option<&str>)]) {
        let found = once(mistakes.to_vec(), &(0..9));
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.pointer.as_str(), it.help.as_deref()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_aliases_repeat_is_told_once() {
        let one = mistake("wrong", "/0", 2..3);
        let with_help = Mistake {
            help: Some("mend it".to_owned()),
            ..one.clone()
        };
        let (again, more) = (mistake("wrong", "/1", 2..3), mistake("wrong", "/2", 2..3));
        check(
            &[one.clone(), again.clone()],
            &[("/0", Some("an alias repeats it"))],
        );
        check(
            &[with_help, again, more],
            &[("/0", Some("mend it; aliases repeat it 2 times"))],
        );
    }

    #[test]
    fn other_mistakes_stay() {
        let one = mistake("wrong", "/0", 2..3);
        for other in [
            mistake("otherwise", "/1", 2..3),
            mistake("wrong", "/1", 3..4),
            mistake("wrong", "/0", 2..3),
        ] {
            check(
                &[one.clone(), other.clone()],
                &[("/0", None), (&other.pointer, None)],
            );
        }
        // What only laxer readers take has the place of its document, or none.
        for bytes in [0..9, 4..4] {
            let (one, other) = (
                mistake("wrong", "/0", bytes.clone()),
                mistake("wrong", "/1", bytes),
            );
            check(&[one, other], &[("/0", None), ("/1", None)]);
        }
    }
}
