//! The generated models accept what their schemas accept, and lose nothing that the schemas name.

use agent_model::AgentMetadata;
use conversation_model::{ConversationMetadata, ConversationMetadataPlatform};
use customer_model::{CustomerMetadata, ManyCustomerMetadata, Report, SendResult, Validate};
use metadata_common::{Attribute, Attributes, Field};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The codes of what is wrong with a text, in order.
fn codes<T>(read: Result<T, Report>) -> Vec<&'static str> {
    read.err().map(|report| report.codes()).unwrap_or_default()
}

/// A customer with one more property.
fn customer(with: &str) -> Vec<&'static str> {
    let comma = if with.is_empty() { "" } else { ", " };
    let text =
        format!(r#"{{"externalConversationId": "a", "externalCustomerId": "b"{comma}{with}}}"#);
    codes(CustomerMetadata::from_json(text.as_bytes()))
}

fn batch(items: &str) -> Vec<&'static str> {
    codes(ManyCustomerMetadata::from_json(
        format!(r#"{{"items": {items}}}"#).as_bytes(),
    ))
}

fn agent(with: &str) -> Vec<&'static str> {
    codes(AgentMetadata::from_json(
        format!(r#"{{"externalAgentId": "a", {with}}}"#).as_bytes(),
    ))
}

#[test]
fn the_table() {
    let none: [&str; 0] = [];
    assert_eq!(customer(""), none);
    assert_eq!(
        codes(CustomerMetadata::from_json(
            br#"{"externalCustomerId": "b"}"#
        )),
        ["schema/required"]
    );
    assert_eq!(
        codes(CustomerMetadata::from_json(
            br#"{"externalCustomerId": "b", "externalConversationId": null}"#
        )),
        ["schema/type"]
    );
    assert_eq!(customer(r#""phoneNumber": null"#), none);
    assert_eq!(customer(r#""attributes": null"#), none);
    assert_eq!(
        codes(SendResult::from_json(br#"{"error": null}"#)),
        ["schema/type"]
    );
    assert_eq!(
        customer(&format!(r#""phoneNumber": "{}""#, "5".repeat(32))),
        none
    );
    assert_eq!(
        customer(&format!(r#""phoneNumber": "{}""#, "5".repeat(33))),
        ["schema/max-length"]
    );
    assert_eq!(
        customer(r#""phoneNumber": "ext 5 please""#),
        none,
        "a pattern is searched for"
    );
    assert_eq!(customer(r#""phoneNumber": "none""#), ["schema/pattern"]);
    assert_eq!(customer(r#""emailAddress": "jdoe@example.com""#), none);
    assert_eq!(customer(r#""emailAddress": "jdoe""#), ["schema/format"]);
    let many = [r#"{"name": "a"}"#; 11].join(",");
    assert_eq!(
        customer(&format!(r#""attributes": [{many}]"#)),
        ["schema/max-items"]
    );
    assert_eq!(
        customer(&format!(
            r#""attributes": [{{"value": "{}"}}]"#,
            "v".repeat(1025)
        )),
        ["schema/max-length"]
    );
    assert_eq!(customer(r#""userId": 5"#), ["schema/type"]);
    assert_eq!(customer(r#""attributes": {}"#), ["schema/type"]);
    assert_eq!(customer(r#""unheardOf": {"a": [1.5e400]}"#), none);
    assert_eq!(customer(r#""status": "a<b>&amp;""#), none);
    assert_eq!(batch("[]"), ["schema/min-items"]);
    assert_eq!(codes(ManyCustomerMetadata::from_json(b"{}")), none);
    let good = r#"{"externalConversationId": "a", "externalCustomerId": "b"}"#;
    assert_eq!(
        batch(&format!(
            r#"[{good}, {{"externalCustomerId": "b"}}, {good}]"#
        )),
        ["schema/required"]
    );
    assert_eq!(agent(r#""ranking": 3.0"#), none);
    assert_eq!(agent(r#""ranking": 1e2"#), none);
    assert_eq!(agent(r#""ranking": 3.5"#), ["schema/type"]);
    assert_eq!(
        agent(r#""ranking": 1180591620717411303424"#),
        ["model/not-representable"]
    );
    assert_eq!(
        customer(r#""status": "a", "status": "a""#),
        ["json/duplicate-key"]
    );
    let platform = |value: &str| {
        let text = format!(r#"{{"externalConversationId": "a", "platform": {value}}}"#);
        codes(ConversationMetadata::from_json(text.as_bytes()))
    };
    assert_eq!(platform(r#""IOS""#), none);
    assert_eq!(platform("null"), none);
    assert_eq!(platform(r#""ios""#), ["schema/enum"]);
    assert_eq!(
        codes(CustomerMetadata::from_json(br#"["a", "b"]"#)),
        ["schema/type"]
    );
}

#[test]
fn violations_have_places() {
    let text = br#"{"items": [{"externalCustomerId": "b", "externalConversationId": "%%"}]}"#;
    let Err(Report::Violations(violations)) = ManyCustomerMetadata::from_json(text) else {
        panic!("the pattern is not met");
    };
    let all: Vec<_> = violations
        .iter()
        .map(|it| {
            (
                it.pointer.as_str(),
                it.code(),
                it.span.clone().map(|span| &text[span]),
            )
        })
        .collect();
    assert_eq!(
        all,
        [(
            "/items/0/externalConversationId",
            "schema/pattern",
            Some(&br#""%%""#[..])
        )]
    );
}

#[test]
fn values_are_made_by_hand() {
    let customer = CustomerMetadata {
        phone_number: Field::from("(555)555-0100"),
        email_address: Field::Null,
        attributes: Field::Value(Attributes(vec![Attribute {
            name: Some("tier".to_owned()),
            ..Attribute::default()
        }])),
        ..CustomerMetadata::new("issue509", "jdoe@example.com")
    };
    let valid = customer.validated().expect("it is valid");
    let text = serde_json::to_value(&valid).expect("it is written");
    assert_eq!(
        text,
        json!({
            "externalConversationId": "issue509",
            "externalCustomerId": "jdoe@example.com",
            "phoneNumber": "(555)555-0100",
            "emailAddress": null,
            "attributes": [{"name": "tier"}],
        })
    );
    assert_eq!(
        "VOICE_IOS".parse(),
        Ok(ConversationMetadataPlatform::VoiceIos)
    );
    assert_eq!(ConversationMetadataPlatform::ALL.len(), 17);
    assert_eq!(
        ConversationMetadataPlatform::VoiceGglhome.to_string(),
        "VOICE_GGLHOME"
    );
}

#[test]
fn operations_know_their_bodies() {
    let operation = customer_model::operations::MANY_CUSTOMER_METADATA;
    assert_eq!(operation.id, "manyCustomerMetadata");
    assert_eq!(
        operation.to_string(),
        "POST /metadata-ingestion/v1/many-customer-metadata"
    );
    assert!(operation.body_from_json(br#"{"items": []}"#).is_err());
}

/// A property: absent, null, or one of the values.
fn property(
    values: impl Strategy<Value = Value> + 'static,
    nullable: bool,
) -> BoxedStrategy<Option<Value>> {
    let null = if nullable { Some(Value::Null) } else { None };
    prop_oneof![Just(None), Just(null), values.prop_map(Some)].boxed()
}

fn text(pattern: &'static str) -> BoxedStrategy<Value> {
    proptest::string::string_regex(pattern)
        .expect("a pattern")
        .prop_map(Value::String)
        .boxed()
}

fn attribute() -> impl Strategy<Value = Value> {
    let part = || property(text("[ -~é😀]{0,20}"), false);
    (part(), part()).prop_map(|(name, value)| record([("name", name), ("value", value)]))
}

fn record<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn attributes() -> BoxedStrategy<Option<Value>> {
    property(
        proptest::collection::vec(attribute(), 0..=10).prop_map(Value::Array),
        true,
    )
}

fn some_agent() -> impl Strategy<Value = Value> {
    let languages = proptest::collection::vec(text("[a-z-]{1,16}"), 0..4).prop_map(Value::Array);
    (
        text("[a-zA-Z0-9_-]{1,256}"),
        property(text("[a-zA-Z0-9_-]{1,40}"), true),
        property(Just(json!("2022-07-08T11:15:53.237517000Z")), true),
        property(languages, true),
        property(any::<i64>().prop_map(Value::from), true),
        attributes(),
    )
        .prop_map(|(id, event, start, languages, ranking, attributes)| {
            record([
                ("externalAgentId", Some(id)),
                ("eventId", event),
                ("startTs", start),
                ("languages", languages),
                ("ranking", ranking),
                ("attributes", attributes),
            ])
        })
}

fn some_conversation() -> impl Strategy<Value = Value> {
    let platform = (0..ConversationMetadataPlatform::ALL.len())
        .prop_map(|index| json!(ConversationMetadataPlatform::ALL[index]));
    let segments = proptest::collection::vec(text("[a-zA-Z]{1,64}"), 0..4).prop_map(Value::Array);
    (
        text("[a-zA-Z0-9_-]{1,256}"),
        property(platform, true),
        property(segments, true),
        property(text("[0-9.]{1,16}"), true),
        attributes(),
    )
        .prop_map(|(id, platform, segments, version, attributes)| {
            record([
                ("externalConversationId", Some(id)),
                ("platform", platform),
                ("companySegment", segments),
                ("browserVersion", version),
                ("attributes", attributes),
            ])
        })
}

fn some_batch() -> impl Strategy<Value = Value> {
    let customer = (
        text("[a-zA-Z0-9_-]{1,256}"),
        text("[a-zA-Z0-9_.@-]{1,256}"),
        property(text("[0-9()+-]{1,32}"), true),
        property(Just(json!("jdoe@example.com")), true),
        attributes(),
    )
        .prop_map(|(conversation, customer, phone, email, attributes)| {
            record([
                ("externalConversationId", Some(conversation)),
                ("externalCustomerId", Some(customer)),
                ("phoneNumber", phone),
                ("emailAddress", email),
                ("attributes", attributes),
            ])
        });
    property(
        proptest::collection::vec(customer, 1..4).prop_map(Value::Array),
        false,
    )
    .prop_map(|items| record([("items", items)]))
}

macro_rules! loses_nothing {
    ($name:ident, $strategy:expr, $type:ty) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(128))]

            /// JSON to the type and back is the same JSON; the type to JSON and back the same value.
            #[test]
            fn $name(value in $strategy) {
                let text = value.to_string();
                let typed = <$type>::from_json(text.as_bytes());
                let typed = typed.map_err(|report| TestCaseError::fail(format!("{report}: {text}")))?;
                let back = serde_json::to_value(&typed).expect("it is written");
                prop_assert_eq!(&back, &value);
                let again = <$type>::from_json(back.to_string().as_bytes()).expect("it is valid again");
                prop_assert_eq!(again, typed);
            }
        }
    };
}

loses_nothing!(agents_lose_nothing, some_agent(), AgentMetadata);
loses_nothing!(
    conversations_lose_nothing,
    some_conversation(),
    ConversationMetadata
);
loses_nothing!(batches_lose_nothing, some_batch(), ManyCustomerMetadata);
