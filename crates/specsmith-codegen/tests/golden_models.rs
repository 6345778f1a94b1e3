//! What golden cases expect compiles, and each of their payloads has the same verdict from the
//! model, the plan and the reference.
//!
//! A payload is `golden/<case>/{valid,invalid}/<type>.<what it shows>.json`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use specsmith_ir::Direction;
use specsmith_parity::{Agreed, Place, Subject};
use specsmith_rules::{Report, Valid, from_json};
use specsmith_source::Disk;

#[path = "golden/alternatives/expected/lib.rs"]
pub mod alternatives;
#[path = "golden/bodies/expected/lib.rs"]
pub mod bodies;
#[path = "golden/circles/expected/lib.rs"]
pub mod circles;
#[path = "golden/directions/expected/lib.rs"]
pub mod directions;
#[path = "golden/documents/expected/lib.rs"]
pub mod documents;
#[path = "golden/imports/expected/lib.rs"]
pub mod imports;
#[path = "golden/inheritance/expected/lib.rs"]
pub mod inheritance;
#[path = "golden/keywords/expected/lib.rs"]
pub mod keywords;
#[path = "golden/lists/expected/lib.rs"]
pub mod lists;
#[path = "golden/literals/expected/lib.rs"]
pub mod literals;
#[path = "golden/messages/expected/lib.rs"]
pub mod messages;
#[path = "golden/names/expected/lib.rs"]
pub mod names;
#[path = "golden/null_or/expected/lib.rs"]
pub mod null_or;
#[path = "golden/nullable/expected/lib.rs"]
pub mod nullable;
#[path = "golden/numbers/expected/lib.rs"]
pub mod numbers;
#[path = "golden/payments/expected/lib.rs"]
pub mod payments;
#[path = "golden/published/expected/lib.rs"]
pub mod published;
#[path = "golden/records/expected/lib.rs"]
pub mod records;
#[path = "golden/recursion/expected/lib.rs"]
pub mod recursion;
#[path = "golden/references/expected/lib.rs"]
pub mod references;
#[path = "golden/selected/expected/lib.rs"]
pub mod selected;
#[path = "golden/shared/expected/lib.rs"]
pub mod shared;
#[path = "golden/strings/expected/lib.rs"]
pub mod strings;
#[path = "golden/styled/expected/lib.rs"]
pub mod styled;
#[path = "golden/unions/expected/lib.rs"]
pub mod unions;
#[path = "golden/unlisted/expected/lib.rs"]
pub mod unlisted;
#[path = "golden/vendors/expected/lib.rs"]
pub mod vendors;

/// Reads a payload as a model, and writes it again.
type Model = fn(&[u8]) -> Result<Vec<u8>, Report>;

/// What payloads are called after a type: the schema, its direction, and the model.
struct Judged {
    schema: &'static str,
    direction: Direction,
    model: Model,
}

fn written<T: Serialize>(read: Result<Valid<T>, Report>) -> Result<Vec<u8>, Report> {
    read.map(|valid| serde_json::to_vec(&*valid).expect("a model is written"))
}

/// The model of each name in a case; where the schema or the reader is another, it is named.
macro_rules! judges {
    ($($case:ident { $($name:literal $(= $schema:literal)? $(, $direction:ident)? => $reader:expr;)* })*) => {
        fn judged(case: &str, name: &str) -> Option<Judged> {
            match (case, name) {
                $($((stringify!($case), $name) => Some(Judged {
                    schema: [$($schema,)? $name][0],
                    direction: [$(Direction::$direction,)? Direction::Response][0],
                    model: |json| written($reader(json)),
                }),)*)*
                _ => None,
            }
        }
    };
}

judges! {
    alternatives {
        "Filter" => alternatives::Filter::from_json;
        "Closed" => alternatives::Closed::from_json;
    }
    keywords {
        "Tuple" => keywords::Tuple::from_json;
        "Patterned" => keywords::Patterned::from_json;
        "Dep" => keywords::Dep::from_json;
        "IfThen" => keywords::IfThen::from_json;
        "Contains" => keywords::Contains::from_json;
        "OneOfReq" => keywords::OneOfReq::from_json;
        "FastApi" => keywords::FastApi::from_json;
    }
    unlisted {
        "Matched" => unlisted::Matched::from_json;
        "MatchedOr" => unlisted::MatchedOr::from_json;
        "Unevaluated" => unlisted::Unevaluated::from_json;
        "UnevaluatedOr" => unlisted::UnevaluatedOr::from_json;
        "Joined" => unlisted::Joined::from_json;
        "Owner" => unlisted::Owner::from_json;
        "NotNull" => unlisted::NotNull::from_json;
        "Uses" => unlisted::Uses::from_json;
        "Twice" => unlisted::Twice::from_json;
        "Large" => unlisted::Large::from_json;
        "Small" => unlisted::Small::from_json;
        "Edge" => unlisted::Edge::from_json;
        "Above" => unlisted::Above::from_json;
    }
    payments {
        "Customer" => payments::Customer::from_json;
    }
    vendors {
        "BothAdd" => vendors::BothAdd::from_json;
        "Slack" => vendors::Slack::from_json;
        "Weird" => vendors::Weird::from_json;
    }
    bodies {
        "Thing" => bodies::Thing::from_json;
    }
    directions {
        "Account" => directions::Account::from_json;
        "AccountRequest" = "Account", Request => directions::AccountRequest::from_json;
        "Neutral" => directions::Neutral::from_json;
        "Received" => directions::Received::from_json;
        "Sent", Request => directions::Sent::from_json;
    }
    documents {
        "Local" => documents::Local::from_json;
        "Shared" => documents::Shared::from_json;
    }
    inheritance {
        "Alias" => from_json::<inheritance::Alias>;
        "Contradiction" => inheritance::Contradiction::from_json;
        "Cub" => inheritance::Cub::from_json;
        "Described" => from_json::<inheritance::Described>;
        "HasNothing" => inheritance::HasNothing::from_json;
        "Impossible" => inheritance::Impossible::from_json;
        "Lion" => inheritance::Lion::from_json;
        "Multiple" => inheritance::Multiple::from_json;
        "Narrowed" => inheritance::Narrowed::from_json;
        "Nothing" => inheritance::Nothing::from_json;
        "Text" => inheritance::Text::from_json;
        "Values" => inheritance::Values::from_json;
    }
    lists {
        "Any" => lists::AnyModel::from_json;
        "Contains" => lists::Contains::from_json;
        "Holder" => lists::Holder::from_json;
        "Loose" => lists::Loose::from_json;
        "Nested" => lists::Nested::from_json;
        "Nullable" => lists::Nullable::from_json;
        "Open" => lists::Open::from_json;
        "Pair" => lists::Pair::from_json;
        "Rest" => lists::Rest::from_json;
        "Unique" => lists::Unique::from_json;
        "UniqueRecords" => lists::UniqueRecords::from_json;
        "UniqueTogether" => lists::UniqueTogether::from_json;
        "Untyped" => from_json::<lists::Untyped>;
    }
    literals {
        "Answer" => literals::Answer::from_json;
        "Const" => literals::Const::from_json;
        "ConstNull" => from_json::<literals::ConstNull>;
        "ConstNumber" => literals::ConstNumber::from_json;
        "ConstRecord" => literals::ConstRecord::from_json;
        "Duplicate" => literals::Duplicate::from_json;
        "Empty" => literals::Empty::from_json;
        "Filtered" => literals::Filtered::from_json;
        "Integers" => literals::Integers::from_json;
        "Matching" => literals::Matching::from_json;
        "Mixed" => literals::Mixed::from_json;
        "NoNull" => literals::NoNull::from_json;
        "NullableEnum" => literals::NullableEnum::from_json;
        "Level" => literals::Level::from_json;
        "Rank" => literals::Rank::from_json;
        "Spread" => literals::Spread::from_json;
        "Twice" => literals::Twice::from_json;
        "Narrowed" => literals::Narrowed::from_json;
        "Levels" => literals::Levels::from_json;
        "Filed" => literals::Filed::from_json;
        "Numbers" => literals::Numbers::from_json;
        "One" => literals::One::from_json;
        "Question" => literals::Question::from_json;
        "Records" => literals::Records::from_json;
    }
    names {
        "Box" => names::BoxModel::from_json;
        "Check" => names::Check::from_json;
        "Field" => names::FieldModel::from_json;
        "Judge" => names::Judge::from_json;
        "Keywords" => names::Keywords::from_json;
        "Option" => names::OptionModel::from_json;
        "Order" => names::Order::from_json;
        "Path" => names::Path::from_json;
        "Serialize" => names::SerializeModel::from_json;
        "Titled" => names::Titled::from_json;
        "Value" => names::ValueModel::from_json;
        "Vec" => from_json::<names::VecModel>;
        "i32" => from_json::<names::I32>;
        "self" => names::SelfModel::from_json;
    }
    null_or {
        "Pet" => null_or::Pet::from_json;
        "OneOf" => null_or::OneOf::from_json;
        "AnyOf" => null_or::AnyOf::from_json;
        "Again" => null_or::Again::from_json;
        "Twice" => null_or::Twice::from_json;
        "Typed" => null_or::Typed::from_json;
        "Strict" => null_or::Strict::from_json;
        "Record" => null_or::Record::from_json;
        "StrictRecord" => null_or::StrictRecord::from_json;
        "Level" => null_or::Level::from_json;
        "LevelOrNull" => null_or::LevelOrNull::from_json;
        "NameOrNull" => from_json::<Option<null_or::NameOrNull>>;
        "NodeOrNull" => null_or::NodeOrNull::from_json;
        "Holder" => null_or::Holder::from_json;
    }
    nullable {
        "Choice" => nullable::Choice::from_json;
        "ChoiceWithNull" => nullable::ChoiceWithNull::from_json;
        "Holder" => nullable::Holder::from_json;
        "List" => nullable::List::from_json;
        "Plain" => from_json::<Option<nullable::Plain>>;
        "Record" => nullable::Record::from_json;
        "Text" => nullable::Text::from_json;
        "Untyped" => nullable::Untyped::from_json;
    }
    numbers {
        "Numbers" => numbers::Numbers::from_json;
    }
    published {

    }
    records {
        "Anything" => from_json::<records::Anything>;
        "Closed" => records::Closed::from_json;
        "Conditional" => records::Conditional::from_json;
        "Counted" => records::Counted::from_json;
        "Dependent" => records::Dependent::from_json;
        "Empty" => records::Empty::from_json;
        "Entangled" => records::Entangled::from_json;
        "Kept" => records::Kept::from_json;
        "KeptAny" => records::KeptAny::from_json;
        "KeptNull" => records::KeptNull::from_json;
        "Map" => records::Map::from_json;
        "MapOfRecords" => records::MapOfRecords::from_json;
        "Named" => records::Named::from_json;
        "NamedFields" => records::NamedFields::from_json;
        "Nothing" => records::Nothing::from_json;
        "Patterned" => records::Patterned::from_json;
        "PatternedMap" => records::PatternedMap::from_json;
        "Required" => records::Required::from_json;
        "Unevaluated" => records::Unevaluated::from_json;
        "UnevaluatedMerged" => records::UnevaluatedMerged::from_json;
        "Unruled" => from_json::<records::Unruled>;
        "WithNothing" => records::WithNothing::from_json;
    }
    recursion {
        "A" => recursion::A::from_json;
        "Composed" => recursion::Composed::from_json;
        "Expression" => recursion::Expression::from_json;
        "Inline" => recursion::Inline::from_json;
        "Json" => recursion::Json::from_json;
        "Linked" => recursion::Linked::from_json;
        "Lists" => recursion::Lists::from_json;
        "Maps" => recursion::Maps::from_json;
        "Negated" => recursion::Negated::from_json;
        "Ping" => recursion::Ping::from_json;
        "Tree" => recursion::Tree::from_json;
    }
    references {
        "Both" => references::Both::from_json;
        "Escaped" => from_json::<references::Escaped>;
        "Generic" => from_json::<references::Generic>;
        "Inside" => references::Inside::from_json;
        "Numbers" => references::Numbers::from_json;
        "Own" => references::Own::from_json;
        "Siblings" => references::Siblings::from_json;
        "StrictTree" => references::StrictTree::from_json;
        "Strings" => from_json::<references::Strings>;
        "Tree" => references::Tree::from_json;
    }
    selected {
        "Choice" => selected::Choice::from_json;
        "Draft" => selected::Draft::from_json;
    }
    strings {
        "Emoji" => strings::Emoji::from_json;
        "Strings" => strings::Strings::from_json;
        "Untyped" => strings::Untyped::from_json;
    }
    styled {
        "Choice" => styled::Choice::from_json;
        "Draft" => styled::OrderDraft::from_json;
        "Order" => styled::Order::from_json;
    }
    unions {
        "Absorbed" => from_json::<unions::Absorbed>;
        "ByType" => unions::ByType::from_json;
        "Denied" => unions::Denied::from_json;
        "Disjoint" => unions::Disjoint::from_json;
        "Holder" => unions::Holder::from_json;
        "Lengths" => unions::Lengths::from_json;
        "Mapped" => unions::Mapped::from_json;
        "Nullable" => unions::Nullable::from_json;
        "NumberOrInteger" => unions::NumberOrInteger::from_json;
        "Overlapping" => unions::Overlapping::from_json;
        "Rabbit" => unions::Rabbit::from_json;
        "OnlyDog" => unions::OnlyDog::from_json;
        "Furry" => unions::Furry::from_json;
        "Contradicted" => unions::Contradicted::from_json;
        "Overruled" => unions::Overruled::from_json;
        "Impossible" => unions::Impossible::from_json;
        "Some" => unions::SomeModel::from_json;
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("is read").path())
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|it| it.to_str())
        .expect("has a name")
}

/// What is wrong with the verdicts about one payload.
fn wrong(subject: &Subject, case: &str, path: &Path, valid: bool) -> Option<String> {
    let (kind, _) = name(path).split_once('.')?;
    let Some(judged) = judged(case, kind) else {
        return Some(format!("no model is called `{kind}`"));
    };
    let json = fs::read(path).expect("is read");
    let place = Place::named(subject, judged.schema).expect("the schema is there");
    let judges = match subject.judges(&place, judged.direction) {
        Ok(judges) => judges,
        Err(findings) => return Some(format!("the reference: {findings:?}")),
    };
    let agreed = match judges.compare(&json) {
        Ok(agreed) => agreed,
        Err(disagreement) => return Some(disagreement.to_string()),
    };
    if (agreed == Agreed::Valid) != valid {
        return Some(format!("plan and reference say {agreed:?}"));
    }
    match ((judged.model)(&json), valid) {
        (Err(_), false) => None,
        (Ok(_), false) => Some("the model accepts it".to_owned()),
        (Err(report), true) => Some(format!("the model: {report}")),
        (Ok(again), true) => kept(&judged, &json, &again),
    }
}

/// What is lost on the way through the model and back.
fn kept(judged: &Judged, json: &[u8], again: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(again);
    let third = match (judged.model)(again) {
        Ok(third) => third,
        Err(report) => return Some(format!("written as {text}, which is refused: {report}")),
    };
    if third != again {
        return Some(format!("written as {text}, and then otherwise"));
    }
    let value = |json| serde_json::from_slice::<serde_json::Value>(json).expect("is JSON");
    let (before, after) = (value(json), value(again));
    (!holds(&before, &after)).then(|| format!("written as {text}"))
}

/// Whether everything that was written stood in the payload, numbers by value; what the schema does
/// not name may be missing.
fn holds(before: &serde_json::Value, after: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => after
            .iter()
            .all(|(key, value)| before.get(key).is_some_and(|it| holds(it, value))),
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len() && before.iter().zip(after).all(|(a, b)| holds(a, b))
        }
        (Value::Number(before), Value::Number(after)) => before.as_f64() == after.as_f64(),
        (before, after) => before == after,
    }
}

#[test]
fn payloads_have_one_verdict() {
    let mut mistakes = Vec::new();
    let mut count = 0;
    for case in entries(&folder()) {
        let subject = Subject::load(&[case.join("spec.yaml")], &Disk);
        let subject = subject.expect("the documents are read");
        for (sub, valid) in [("valid", true), ("invalid", false)] {
            let payloads = case.join(sub);
            // A case may be about its output alone.
            if !payloads.is_dir() {
                continue;
            }
            for path in entries(&payloads) {
                count += 1;
                if let Some(mistake) = wrong(&subject, name(&case), &path, valid) {
                    mistakes.push(format!("{}: {mistake}", path.display()));
                }
            }
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(count > 300, "{count} payloads");
}

/// Parameters are no JSON, and are read by serde from whatever a server has made of them.
#[test]
fn parameters_are_read_and_judged() {
    use specsmith_rules::Validate as _;

    let query = r#"{"page":0,"tag[]":["a","b","c"],"order":"desc","session":"ignored"}"#;
    let query: messages::ListPetsQuery = serde_json::from_str(query).expect("it can be read");
    assert_eq!(query.order, Some(messages::ListPetsQueryOrder::Desc));
    let violations = query.validate().expect_err("it breaks rules");
    let found: Vec<_> = violations
        .iter()
        .map(|it| (it.pointer.as_str(), it.code()))
        .collect();
    assert_eq!(
        found,
        [("/page", "schema/minimum"), ("/tag[]", "schema/max-items")]
    );
    let query = messages::ListPetsQuery::new(vec!["a".to_owned()]);
    assert!(query.validate().is_ok());
    assert!(serde_json::from_str::<messages::ListPetsQuery>("{}").is_err());
    assert!(messages::ListPetsPath::new("Jane").validate().is_err());
    let headers = serde_json::from_str::<messages::ListPets200Headers>;
    assert!(headers(r#"{"X-Total":1}"#).is_ok());
    assert!(headers(r#"{"Link":"/2"}"#).is_err());
    assert!(messages::ListPetsCookies::new("abcd").validate().is_ok());
    assert!(
        messages::AddPetForm::new("too long a name")
            .validate()
            .is_err()
    );
    assert!(messages::AddPetMultipart::new("bytes").validate().is_ok());
}

/// Where a schema leads back to itself about the same value, the reference judges nothing.
#[test]
fn circles_are_gone_around_once() {
    let animal = |json: &str| circles::Animal::from_json(json.as_bytes()).is_ok();
    assert!(animal(r#"{"kind":"cat","lives":9}"#));
    assert!(animal(r#"{"kind":"dog","bark":true}"#));
    assert!(!animal(r#"{"kind":"cat"}"#));
    assert!(!animal(r#"{"kind":"both","lives":9,"bark":true}"#));
    assert!(!animal(r#"{"lives":9}"#));
    let cat = |json: &str| circles::Cat::from_json(json.as_bytes()).is_ok();
    assert!(cat(r#"{"kind":"cat","lives":9}"#));
    assert!(!cat(r#"{"lives":9}"#));
    assert!(!cat(r#"{"kind":"cat"}"#));
    assert!(circles::Zoo::from_json(br#"{"all":[{"kind":"cat"}]}"#).is_err());
    assert!(circles::Text::from_json(br#""abcd""#).is_err());
}

/// What a body may be besides says nothing of the schema that it names.
#[test]
fn a_body_is_null_where_its_operation_says_so() {
    let put = |json: &str| null_or::operations::PUT_PET.body_from_json(json.as_bytes());
    assert_eq!(put("null").map(Valid::into_inner).ok(), Some(None));
    assert!(put(r#"{"name":"Rex"}"#).is_ok_and(|it| it.is_some()));
    assert!(null_or::Pet::from_json(b"null").is_err());
}
