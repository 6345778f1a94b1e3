//! Mutated texts: every mutation is made, and each does what it says.

use std::collections::BTreeMap;

use specsmith_ir::{Decimal, Literal};
use specsmith_json::{Limits, read};
use specsmith_sample::{Mutation, Style, mutate, mutate_with, write};

/// One object with everything in it that a mutation may want.
fn value() -> Literal {
    let text = |it: &str| Literal::String(it.to_owned());
    let record = |members: Vec<(&str, Literal)>| {
        let members = members.into_iter();
        Literal::Record(members.map(|(name, it)| (name.to_owned(), it)).collect())
    };
    record(vec![
        ("name", text("Jané \"😀\"")),
        ("count", Literal::Number(Decimal::from(3))),
        ("empty", Literal::Null),
        ("items", Literal::List(vec![text("a"), text("b")])),
        ("inner", record(vec![("flag", Literal::Boolean(true))])),
    ])
}

#[test]
fn a_seed_gives_the_same_texts() {
    let draw = |seed| {
        let mut random = fastrand::Rng::with_seed(seed);
        let texts = (0..200).map(|_| mutate(&value(), &mut random));
        texts.collect::<Vec<_>>()
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}

#[test]
fn every_mutation_is_made_and_named() {
    let mut random = fastrand::Rng::with_seed(5);
    let mut made: BTreeMap<Mutation, usize> = BTreeMap::new();
    for _ in 0..5_000 {
        for mutation in mutate(&value(), &mut random).done {
            *made.entry(mutation).or_default() += 1;
        }
    }
    for mutation in Mutation::ALL {
        let count = made.get(&mutation).copied().unwrap_or(0);
        assert!(count > 50, "{mutation:?}: {count}");
    }
}

/// How many of 300 texts with that mutation can be read as JSON without a fault or a duplicate.
fn readable(mutation: Mutation) -> usize {
    let mut random = fastrand::Rng::with_seed(9);
    let texts = (0..300).map(|_| mutate_with(&value(), &[mutation], &mut random).text);
    let good = texts.filter(|text| {
        let reading = read(text, &Limits::default());
        reading.faults.is_empty() && reading.duplicates.is_empty()
    });
    good.count()
}

#[test]
fn mutations_of_values_leave_the_text_readable() {
    for mutation in [
        Mutation::NumberForm,
        Mutation::HugeNumber,
        Mutation::KeyEscape,
        Mutation::StringEscape,
        Mutation::WhiteSpace,
        Mutation::MisspeltKey,
        Mutation::DroppedMember,
        Mutation::Reordered,
        Mutation::Null,
        Mutation::ManyItems,
        Mutation::Wrapped,
    ] {
        assert_eq!(readable(mutation), 300, "{mutation:?}");
    }
}

#[test]
fn mutations_of_the_text_break_it() {
    for mutation in [
        Mutation::DuplicateKey,
        Mutation::BadEscape,
        Mutation::LoneSurrogate,
        Mutation::InvalidUtf8,
        Mutation::BadNumber,
        Mutation::Cut,
    ] {
        let count = readable(mutation);
        assert!(count < 60, "{mutation:?}: {count} of 300 are still good");
    }
}

#[test]
fn escapes_keep_the_value() {
    let plain = read(
        write(&value(), Style::Compact).as_bytes(),
        &Limits::default(),
    );
    let plain = plain.root.expect("JSON");
    let mut random = fastrand::Rng::with_seed(4);
    for mutation in [
        Mutation::KeyEscape,
        Mutation::StringEscape,
        Mutation::WhiteSpace,
    ] {
        for _ in 0..100 {
            let text = mutate_with(&value(), &[mutation], &mut random).text;
            let reading = read(&text, &Limits::default());
            let root = reading.root.expect("JSON");
            assert!(
                root.same_value(&plain),
                "{}",
                String::from_utf8_lossy(&text)
            );
        }
    }
}

#[test]
fn any_number_of_mutations_of_any_value_is_made() {
    let mut random = fastrand::Rng::with_seed(6);
    for value in [Literal::Null, Literal::List(Vec::new()), value()] {
        for _ in 0..3_000 {
            let count = random.usize(0..6);
            let wanted: Vec<Mutation> = (0..count)
                .filter_map(|_| random.choice(Mutation::ALL))
                .collect();
            let mutated = mutate_with(&value, &wanted, &mut random);
            assert!(mutated.done.len() <= wanted.len(), "{mutated:?}");
        }
    }
}
