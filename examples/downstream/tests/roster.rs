//! A roster on its way: what is sent, what is left out, and what the answer says.

use agent_model::{AgentMetadata, CustomAttributes, attributes};
use downstream::{Badge, Batch, Employee, Outcome, Zone};

fn employee(id: &str) -> Employee {
    Employee {
        id: id.to_owned(),
        name: "Jane Doe".to_owned(),
        languages: vec!["en-us".to_owned(), "zh-hans-hk".to_owned()],
        badge: Badge {
            number: "NC-0158".to_owned(),
            zone: Zone::ServerRoom,
            floor: Some(-1),
            visitor: false,
        },
    }
}

#[test]
fn what_is_written_is_what_was_meant() {
    let roster = [employee("a158"), employee("a159")];
    let batch = Batch::of(&roster);
    let mut lines = Vec::new();
    batch.write_ndjson(&mut lines).expect("is written");
    let text = String::from_utf8(lines).expect("is UTF-8");
    assert_eq!(text.lines().count(), 2);
    for (line, employee) in text.lines().zip(&roster) {
        let agent = AgentMetadata::from_json(line.as_bytes()).expect("is valid");
        assert_eq!(agent.external_agent_id, employee.id);
        let list = agent.attributes.as_option().expect("is there");
        assert_eq!(list.0.len(), 3, "that nobody visits is not said");
        assert_eq!(
            Badge::from_attributes(&list.0).as_ref(),
            Ok(&employee.badge)
        );
    }
}

#[test]
fn one_bad_row_keeps_no_other_from_being_sent() {
    let mut bad = employee("a159");
    bad.badge.number = "158".to_owned();
    bad.badge.floor = Some(99);
    bad.languages.push("no language".to_owned());
    let roster = [employee("a158"), bad];
    let batch = Batch::of(&roster);
    assert_eq!(batch.items.len(), 1);
    let [(employee, violations)] = batch.left_out.as_slice() else {
        panic!("one row is left out");
    };
    assert_eq!(employee.id, "a159");
    assert_eq!(
        violations.to_string(),
        "/attributes/0/value: `badge.number` does not match the pattern `^[A-Z]{2}-[0-9]{4}$`\n\
         /attributes/2/value: `badge.floor` is above the maximum of 40"
    );
}

#[test]
fn a_request_holds_from_1_to_1000_items() {
    assert!(Batch::of(&[]).request().is_err());
    let roster: Vec<_> = (0..1001).map(|it| employee(&format!("a{it}"))).collect();
    assert!(Batch::of(&roster).request().is_err());
    let request = Batch::of(&roster[..1000]).request().expect("is valid");
    assert_eq!(request.items.as_ref().map(Vec::len), Some(1000));
}

#[test]
fn each_result_is_paired_with_its_item() {
    let roster = ["a1", "a2", "a3"].map(employee);
    let batch = Batch::of(&roster);
    let outcomes = |answer: &str| -> Vec<Outcome> {
        let outcomes = batch.outcomes(answer.as_bytes()).expect("is an answer");
        let rows: Vec<_> = outcomes.iter().map(|(row, _)| row.id.as_str()).collect();
        assert_eq!(rows, ["a1", "a2", "a3"]);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    };
    let blank = "FAIL_BAD_PARAMS: ERROR: agent id cannot be blank";
    // By the event id, whatever the order.
    let by_id = format!(
        r#"{{"errorCount": 1, "results": [
            {{"eventId": "roster-a3", "error": "{blank}"}},
            {{"eventId": "roster-a1", "error": ""}}
        ]}}"#
    );
    assert_eq!(
        outcomes(&by_id),
        [
            Outcome::TakenIn,
            Outcome::Unknown,
            Outcome::Refused(blank.to_owned())
        ]
    );
    // By the place, where there is no event id.
    let by_place = format!(
        r#"{{"errorCount": 1, "results": [{{}}, {{"error": "{blank}"}}, {{"error": " "}}]}}"#
    );
    assert_eq!(
        outcomes(&by_place),
        [
            Outcome::TakenIn,
            Outcome::Refused(blank.to_owned()),
            Outcome::TakenIn
        ]
    );
    assert!(batch.outcomes(br#"{"results": []}"#).is_err());
}

/// What `specsmith validate` is told of the badge is what the type says.
#[test]
fn the_configuration_and_the_type_agree() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/specsmith.toml");
    let file = std::fs::read_to_string(path).expect("is there");
    let table = attributes::toml::<Badge>("agent");
    assert!(
        file.contains(&table),
        "the type has changed; put this into specsmith.toml:\n{table}"
    );
}
