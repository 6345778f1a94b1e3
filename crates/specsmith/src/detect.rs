//! Which operation a file is for: told by the names in it, never by whether it is valid.

use std::collections::BTreeSet;

use crate::keys::{Keys, Root};
use crate::target::Target;

/// What the names of a file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detected {
    /// The target at that index.
    One(usize),
    /// Several targets fit equally well, or none does better than the others.
    Tie(Vec<usize>),
    /// Some records are for one target, others for another: each with the record that says so.
    Mixture(Vec<(usize, u64)>),
    /// There is no name in it that any target knows.
    Nothing,
}

/// Weighs the names of a file's records: known minus unknown, summed over what is looked at.
pub fn detect(records: &[Keys], targets: &[&Target]) -> Detected {
    let mut totals = vec![0_i64; targets.len()];
    let mut knows = false;
    let mut voices: Vec<Vec<i64>> = Vec::new();
    for record in records {
        let scores: Vec<_> = targets.iter().map(|it| score(record, it)).collect();
        for (total, score) in totals.iter_mut().zip(&scores) {
            *total += score.sum();
        }
        knows |= scores.iter().any(|score| score.knows);
        // A batch speaks with the voice of each of its items, any other record with its own.
        let items = scores.iter().map(|it| it.items.len()).max().unwrap_or(0);
        for index in 0..items {
            voices.push(
                scores
                    .iter()
                    .map(|it| it.items.get(index).copied().unwrap_or(it.own.min(-1)))
                    .collect(),
            );
        }
        if items == 0 {
            voices.push(scores.iter().map(|it| it.own).collect());
        }
    }
    if !knows {
        return Detected::Nothing;
    }
    let mut best = best_of(&totals);
    let mut mixture: Vec<(usize, u64)> = Vec::new();
    for (index, voice) in (0..).zip(&voices) {
        let [one] = best_of(voice)[..] else {
            continue;
        };
        // A record that is nearly as good for the file's target is an odd one, no other kind.
        let of_best = |it: &usize| voice.get(*it).copied().unwrap_or(0);
        let clearly = best.contains(&one) || best.iter().all(|it| of_best(it) <= 0);
        if clearly && !mixture.iter().any(|(it, _)| *it == one) {
            mixture.push((one, index));
        }
    }
    match best[..] {
        [winner] if mixture.iter().all(|(it, _)| *it == winner) => Detected::One(winner),
        _ if mixture.len() > 1 => Detected::Mixture(mixture),
        [winner] if mixture.is_empty() => Detected::One(winner),
        _ => {
            // What the file fits best, and what its records say instead.
            for (other, _) in mixture {
                if !best.contains(&other) {
                    best.push(other);
                }
            }
            Detected::Tie(best)
        }
    }
}

/// How well a record fits a target.
struct Score {
    own: i64,
    items: Vec<i64>,
    knows: bool,
}

impl Score {
    fn sum(&self) -> i64 {
        self.own + self.items.iter().sum::<i64>()
    }
}

fn score(record: &Keys, target: &Target) -> Score {
    let own = balance(&record.top, &target.names);
    let mut score = Score {
        own: own.0,
        items: Vec::new(),
        knows: own.1,
    };
    let Some(batch) = &target.batch else {
        if record.root == Root::Array {
            score.own -= 1;
        }
        return score;
    };
    let items = match record.root {
        // A list that should have been wrapped.
        Root::Array => Some(&record.items),
        Root::Object => list(record, &batch.property),
        Root::Other => None,
    };
    for names in items.into_iter().flatten() {
        let (balance, knows) = balance(names, &batch.names);
        score.items.push(balance);
        score.knows |= knows;
    }
    score
}

/// The list that is called so, or nearly so.
fn list<'a>(record: &'a Keys, property: &str) -> Option<&'a Vec<Vec<String>>> {
    let name_of = |index: usize| record.top.get(index).map(String::as_str);
    let exact = record
        .lists
        .iter()
        .find(|(index, _)| name_of(*index) == Some(property));
    let near = || {
        record.lists.iter().find(|(index, _)| {
            name_of(*index).is_some_and(|it| specsmith_rules::nearest(it, [property]).is_some())
        })
    };
    exact.or_else(near).map(|(_, items)| items)
}

/// Known minus unknown, and whether anything is known.
fn balance(names: &[String], known: &BTreeSet<String>) -> (i64, bool) {
    let names: BTreeSet<_> = names.iter().collect();
    let hits = names.iter().filter(|it| known.contains(**it)).count();
    let misses = names.len() - hits;
    let balance = i64::try_from(hits).unwrap_or(0) - i64::try_from(misses).unwrap_or(0);
    (balance, hits > 0)
}

fn best_of(scores: &[i64]) -> Vec<usize> {
    let best = scores.iter().max();
    let indexed = scores.iter().enumerate();
    indexed
        .filter(|(_, score)| Some(*score) == best)
        .map(|(index, _)| index)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::keys;
    use crate::target::Batch;
    use specsmith_ir::SchemaId;

    fn targets() -> Vec<Target> {
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let single = |name: &str, known: &[&str]| Target {
            name: name.into(),
            operation: None,
            schema: SchemaId(0),
            names: names(known),
            batch: None,
        };
        let batch = |name: &str, known: &[&str]| Target {
            names: names(&["items"]),
            batch: Some(Batch {
                property: "items".to_owned(),
                item: SchemaId(0),
                names: names(known),
                most: None,
            }),
            ..single(name, &[])
        };
        let talk = ["externalConversationId", "platform", "attributes"];
        let customer = [
            "externalConversationId",
            "externalCustomerId",
            "phoneNumber",
            "attributes",
        ];
        vec![
            single("talk", &talk),
            batch("talks", &talk),
            single("customer", &customer),
            batch("customers", &customer),
        ]
    }

    fn check(texts: &[&str], expected: &str) {
        let targets = targets();
        let name = |index: usize| &*targets[index].name;
        let records: Vec<_> = texts.iter().map(|it| keys(it.as_bytes())).collect();
        let said = match detect(&records, &targets.iter().collect::<Vec<_>>()) {
            Detected::One(one) => name(one).to_owned(),
            Detected::Tie(all) => {
                let all: Vec<_> = all.into_iter().map(name).collect();
                format!("tie of {}", all.join(", "))
            }
            Detected::Mixture(all) => {
                let all: Vec<_> = all
                    .into_iter()
                    .map(|(one, at)| format!("{} at {at}", name(one)))
                    .collect();
                format!("mixture of {}", all.join(", "))
            }
            Detected::Nothing => "nothing".to_owned(),
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn a_misspelt_id_does_not_make_another_entity() {
        check(
            &[
                r#"{"externalConversationId":"a","externalCustomerID":"b","phoneNumber":"555-0100"}"#,
            ],
            "customer",
        );
    }

    #[test]
    fn single_and_batch() {
        check(
            &[r#"{"externalConversationId":"a","platform":"IOS"}"#],
            "talk",
        );
        check(&[r#"{"items":[{"platform":"IOS"}]}"#], "talks");
        check(&[r#"{"itmes":[{"platform":"IOS"}]}"#], "talks");
        check(&[r#"[{"platform":"IOS"}]"#], "talks");
    }

    #[test]
    fn a_tie_is_said() {
        check(
            &[r#"{"externalConversationId":"a"}"#],
            "tie of talk, customer",
        );
        check(&[r#"{"items":[]}"#], "tie of talks, customers");
        check(&["{}"], "nothing");
        check(&["12"], "nothing");
    }

    #[test]
    fn a_mixture_is_said() {
        check(
            &[r#"{"items":[{"platform":"IOS"},{"platform":"WEB"},{"phoneNumber":"5"}]}"#],
            "mixture of talks at 0, customers at 2",
        );
        check(
            &[
                r#"{"externalConversationId":"a","platform":"IOS"}"#,
                r#"{"externalCustomerId":"b","phoneNumber":"5"}"#,
                r#"{"externalCustomerId":"b","phoneNumber":"5"}"#,
            ],
            "mixture of talk at 0, customer at 1",
        );
        check(
            &[r#"{"items":[{"platform":"IOS"},{"phoneNumber":"5"}]}"#],
            "mixture of talks at 0, customers at 1",
        );
    }

    #[test]
    fn one_odd_record_is_no_mixture() {
        check(
            &[
                r#"{"externalCustomerId":"b","phoneNumber":"5"}"#,
                r#"{"externalCustomerId":"b","platform":"IOS","attributes":[]}"#,
            ],
            "customer",
        );
    }
}
