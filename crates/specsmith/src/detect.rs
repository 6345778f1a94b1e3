//! Which operation a file is for: told by the names in it, never by whether it is valid.

mod weights;

use crate::keys::{KeyNames, Keys, Root};
use crate::target::Target;
use weights::{Level, Near, Sum, Weights};

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

/// Weighs the names of a file's records: known minus unknown, summed over what is looked at. Only
/// where that does not tell does it count that a name is near a known one.
pub fn detect(records: &[Keys<'_>], targets: &[&Target]) -> Detected {
    match weigh(records, targets, Near::Unknown) {
        Detected::One(index) => Detected::One(index),
        untold => match weigh(records, targets, Near::Neither) {
            Detected::One(index) => Detected::One(index),
            Detected::Tie(_) | Detected::Mixture(_) | Detected::Nothing => untold,
        },
    }
}

fn weigh(records: &[Keys<'_>], targets: &[&Target], near: Near) -> Detected {
    let weights = Weights::new(targets, near);
    let mut totals = vec![0_i64; targets.len()];
    let mut knows = false;
    let mut voices: Vec<Vec<i64>> = Vec::new();
    for record in records {
        let said = Said::of(record, targets, &weights);
        let scores = said.lists.iter().zip(targets).enumerate();
        let scores = scores.map(|(index, (list, target))| score(&said, *list, (index, target)));
        let scores: Vec<_> = scores.collect();
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

/// What the names in a record say.
struct Said<'r> {
    record: &'r Keys<'r>,
    /// Those at its root, for each target.
    own: Vec<Sum>,
    /// Those of each record in each of its lists, and in the list that it is.
    items: Vec<Vec<Vec<Sum>>>,
    listed: Vec<Vec<Sum>>,
    /// Which of its lists that of each target is.
    lists: Vec<Option<usize>>,
}

impl<'r> Said<'r> {
    fn of<'t>(record: &'r Keys<'r>, targets: &[&'t Target], weights: &Weights<'t, 'r>) -> Self {
        let sums = |items: &'r Vec<KeyNames<'r>>| {
            let sums = items.iter().map(|it| weights.sums(Level::Item, it));
            sums.collect::<Vec<_>>()
        };
        let list = |target: &&'t Target| {
            let batch = target.batch.as_ref()?;
            list(record, &batch.property, weights)
        };
        Self {
            record,
            own: weights.sums(Level::Own, &record.top),
            items: record.lists.iter().map(|(_, items)| sums(items)).collect(),
            listed: sums(&record.items),
            lists: targets.iter().map(list).collect(),
        }
    }

    /// Whether it has the list of some target.
    fn is_batch(&self) -> bool {
        self.lists.iter().any(Option::is_some)
    }
}

/// How well a record with that list fits a target.
fn score(said: &Said<'_>, list: Option<usize>, (index, target): (usize, &&Target)) -> Score {
    let of = |sums: &Vec<Sum>| sums.get(index).copied().unwrap_or_default();
    let record = said.record;
    let (own, knows) = of(&said.own);
    let mut score = Score {
        own,
        items: Vec::new(),
        knows,
    };
    if target.batch.is_none() {
        if record.root == Root::Array {
            score.own -= 1;
        }
        // What stands in the list of a batch is as unknown to it as the list.
        let lists = record.lists.iter().zip(&said.items);
        for ((at, _), items) in lists.filter(|_| said.is_batch()) {
            let name = record.top.get(*at);
            if name.is_some_and(|it| !target.names.contains(&**it)) {
                score.own += items.iter().map(|it| of(it).0).sum::<i64>();
            }
        }
        return score;
    }
    let items = match record.root {
        // A list that should have been wrapped.
        Root::Array => Some(&said.listed),
        Root::Object => list.and_then(|it| said.items.get(it)),
        Root::Other => None,
    };
    for sums in items.into_iter().flatten() {
        let (sum, knows) = of(sums);
        score.items.push(sum);
        score.knows |= knows;
    }
    score
}

/// The place of the list that is called so, or nearly so; else of the one beside which nothing
/// stands.
fn list<'t, 'r>(
    record: &'r Keys<'r>,
    property: &'t str,
    weights: &Weights<'t, 'r>,
) -> Option<usize> {
    let called = |is_it: &dyn Fn(&'r str) -> bool| {
        let mut lists = record.lists.iter();
        lists.position(|(at, _)| record.top.get(*at).is_some_and(|name| is_it(name)))
    };
    let alone = || (record.top.len() == 1 && !record.lists.is_empty()).then_some(0);
    called(&|name| name == property)
        .or_else(|| called(&|name| weights.is_called(name, property)))
        .or_else(alone)
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
        let single = |name: &str, known: &[&str], required: usize| Target {
            name: name.into(),
            operation: None,
            schema: SchemaId(0),
            names: names(known),
            required: names(&known[..required]),
            batch: None,
        };
        let batch = |name: &str, known: &[&str], required: usize| Target {
            names: names(&["items"]),
            batch: Some(Batch {
                property: "items".to_owned(),
                item: SchemaId(0),
                names: names(known),
                required: names(&known[..required]),
                most: None,
            }),
            ..single(name, &[], 0)
        };
        let talk = ["externalConversationId", "platform", "attributes"];
        let customer = [
            "externalConversationId",
            "externalCustomerId",
            "phoneNumber",
            "attributes",
        ];
        vec![
            single("talk", &talk, 1),
            batch("talks", &talk, 1),
            single("customer", &customer, 2),
            batch("customers", &customer, 2),
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
    fn an_id_that_only_one_entity_has_tells_more_than_fields_of_another() {
        let id = r#"{"externalCustomerId":"b","platform":"IOS","entryType":"x""#;
        check(&[&format!("{id}}}")], "customer");
        check(&[&format!(r#"{{"items":[{id}}}]}}"#)], "customers");
    }

    #[test]
    fn names_that_are_nearly_right_tell_where_others_do_not() {
        check(&[r#"{"phone_number":"5"}"#], "customer");
        check(&[r#"{"items":[{"PhoneNumber":"5"}]}"#], "customers");
        check(
            &[r#"{"externalConversationId":"a","externalCustomrId":"b"}"#],
            "customer",
        );
    }

    #[test]
    fn the_list_of_a_batch_may_be_none_or_be_called_otherwise() {
        check(&[r#"{"items":{"platform":"IOS"}}"#], "talks");
        check(&[r#"{"items":[[{"platform":"IOS"}]]}"#], "talks");
        check(
            &[r#"{"talks":[{"platform":"IOS","attributes":[]}]}"#],
            "talks",
        );
        check(
            &[r#"{"items":[{"some":1,"other":2,"names":3}]}"#],
            "tie of talks, customers",
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
