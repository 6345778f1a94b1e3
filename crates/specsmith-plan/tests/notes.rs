//! What the scan notes on its way is what a tree shows: ids exactly, and nothing that is to be
//! suspected is missed.

mod support;

use std::collections::BTreeSet;
use std::hash::RandomState;

use fastrand::Rng;
use specsmith_json::{Node, Value};
use specsmith_plan::{
    Identity, Ids, Options, Plan, RecordReport, Shape, Sink, StreamOptions, Suspicion, Watch,
    folded,
};
use support::Loaded;

const SCHEMAS: &str = "\
Record:
  type: object
  required: [id]
  properties:
    id: {type: string, maxLength: 12}
    kind: {type: string, pattern: '[a-z ]+'}
    firstName: {type: [string, 'null']}
    lastName: {type: string, pattern: '^[A-Za-z ]+$'}
    size: {type: integer}
    note: {type: string}
    parent: {$ref: '#/components/schemas/Record'}
    attributes: {type: array, items: {$ref: '#/components/schemas/Attribute'}}
Attribute:
  type: object
  properties: {name: {type: string}, value: {type: string}}
Batch:
  type: object
  properties:
    items: {type: array, items: {$ref: '#/components/schemas/Record'}}
    source: {type: string}
Parts:
  allOf:
    - $ref: '#/components/schemas/Record'
    - {type: object, properties: {id: {minLength: 1}, kind: {type: string}, more: {type: integer}}}
Free:
  type: object
Either:
  anyOf: [{$ref: '#/components/schemas/Free'}, {$ref: '#/components/schemas/Record'}]
Anything: {}
";

const FIELDS: &[&str] = &[
    "id",
    "kind",
    "firstName",
    "lastName",
    "size",
    "note",
    "parent",
];

fn watch(batch: bool) -> Watch {
    Watch {
        unknown_properties: true,
        partial_patterns: false,
        batch: batch.then(|| "items".into()),
        identity: Some(identity()),
        everything: false,
        suspicion: Some(Suspicion {
            texts: ["id", "firstName", "lastName"].map(Into::into).into(),
            attributes: vec!["attributes".into()],
            fields: FIELDS.iter().map(|it| folded(it).into()).collect(),
        }),
    }
}

fn identity() -> Identity {
    thread_local! { static KEYS: RandomState = RandomState::new(); }
    Identity::new(vec!["kind".into(), "id".into()], KEYS.with(Clone::clone))
}

fn text(rng: &mut Rng, of: &[&str]) -> String {
    of[rng.usize(0..of.len())].to_owned()
}

const TEXTS: &[&str] = &[
    r#""a""#,
    r#""""#,
    r#"" ""#,
    r#""\t""#,
    r#""\u0061 b""#,
    r#""\u00a0""#,
    r#""  b""#,
    "\"\u{3000}\"",
    "\"\u{e9}\"",
    "\"\u{3042}\"",
    "\"\u{2028}x\"",
    r#""b c""#,
    r#""\"""#,
    r#""B""#,
    r#""Z""#,
    "null",
    "7",
    "\"\u{e2}\"",
    "\"\u{1680}\"",
    "\"\u{85}\"",
    // Hashed at once, by their ends, in chunks; and what has escapes behind all that.
    r#""fifteen letters""#,
    r#""sixteen letters!""#,
    r#""seventeen letters""#,
    r#""letters enough, and an \u0065scape in them""#,
    r#""letters enough to fill sixty-four bytes of a text, and an \u0065scape""#,
    // As long as what is read at once, longer, and twice as long.
    r#""a longer text of just 32 letters.""#,
    r#""another text, of 33 letters at all""#,
    r#""a text of sixty-four letters, which is twice as long as the first""#,
];
const NAMES: &[&str] = &[
    r#""a""#,
    r#""b""#,
    r#""size""#,
    r#""""#,
    r#""First-Name""#,
    r#""first_name""#,
    r#""firstname2""#,
    r#""f\u0069rstName""#,
    r#"" c""#,
    r#""\u0061""#,
    r#""ﬁrst""#,
    r#""KIND""#,
    r#""c""#,
    "1",
    r#""LAST NAME!""#,
    r#""\u00e9""#,
];

fn attribute(rng: &mut Rng) -> String {
    let mut members = Vec::new();
    if rng.u32(0..12) > 0 {
        members.push(format!("\"name\":{}", text(rng, NAMES)));
    }
    if rng.u32(0..12) > 0 {
        members.push(format!("\"value\": {}", text(rng, TEXTS)));
    }
    if rng.u32(0..12) == 0 {
        members.push("\"nam\\u0065d\":1".to_owned());
    }
    rng.shuffle(&mut members);
    format!("{{{}}}", members.join(","))
}

fn record(rng: &mut Rng, depth: u32) -> String {
    let mut members = Vec::new();
    for name in ["id", "kind", "firstName", "lastName", "note"] {
        if rng.u32(0..5) > 0 {
            let key = match rng.u32(0..10) {
                0 => name.replace('i', "\\u0069"),
                _ => name.to_owned(),
            };
            // Mostly something that fits.
            let value = match rng.u32(0..3) {
                0 => text(rng, TEXTS),
                _ => text(rng, &[r#""a""#, r#""bb""#]),
            };
            members.push(format!("\"{key}\": {value}"));
        }
    }
    if rng.bool() {
        let list: Vec<_> = (0..rng.usize(0..4)).map(|_| attribute(rng)).collect();
        members.push(format!("\"attributes\":[{}]", list.join(" , ")));
    }
    if depth > 0 && rng.u32(0..4) == 0 {
        members.push(format!("\"parent\":{}", record(rng, depth - 1)));
    }
    if rng.u32(0..4) == 0 {
        members.push("\"kimd\" :[{\"id\":\" \"}]".to_owned());
    }
    rng.shuffle(&mut members);
    format!("{{{}}}", members.join(","))
}

/// Whether a lint may find something in a record: what [`Suspicion`] says, said over a tree.
fn is_suspect(record: &Node) -> bool {
    let blank = |node: &Node| {
        node.as_str()
            .is_some_and(|it| it.starts_with(char::is_whitespace))
    };
    let texts = ["id", "firstName", "lastName"];
    if texts.iter().filter_map(|it| record.get(it)).any(blank) {
        return true;
    }
    let mut names = Vec::new();
    let list = record.get("attributes").and_then(Node::as_array);
    list.unwrap_or_default().iter().any(|attribute| {
        let name = attribute.get("name");
        let is_field = name.and_then(Node::as_str).is_some_and(|name| {
            let repeated = names.contains(&name.to_owned());
            names.push(name.to_owned());
            repeated || name.is_empty() || FIELDS.iter().any(|it| folded(it) == folded(name))
        });
        attribute.as_object().is_some()
            && (is_field
                || name.is_some_and(blank)
                || name.is_none()
                || attribute.get("value").is_none())
    })
}

/// What a run says of one payload, or of several.
#[derive(Default)]
struct Said {
    suspected: bool,
    /// Which of them.
    suspects: BTreeSet<u64>,
    told: Vec<String>,
    ids: Vec<(u64, Option<u32>, std::ops::Range<u64>)>,
}

impl Sink for Said {
    fn report(&mut self, report: RecordReport<'_>) {
        self.suspected |= report.suspected;
        if report.suspected {
            self.suspects.insert(report.record.index);
        }
        self.told
            .extend(report.mistakes.iter().map(|it| format!("{it:?}")));
    }

    fn ids(&mut self, ids: Ids<'_>) {
        let id = |id| (id, ids.value(id));
        let ids = ids.iter().map(id);
        self.ids
            .extend(ids.map(|(id, value)| (id.fingerprint, id.item, value)));
    }
}

fn run(plan: &Plan, text: &str, shape: Shape) -> Said {
    let mut said = Said::default();
    plan.run(text.as_bytes(), shape, &StreamOptions::default(), &mut said)
        .expect("memory");
    said
}

fn tree(text: &str) -> Node {
    let reading = specsmith_json::read(text.as_bytes(), &specsmith_json::Limits::default());
    reading.root.expect("JSON")
}

fn id_of(record: &Node, item: Option<u32>) -> Option<(u64, Option<u32>, std::ops::Range<u64>)> {
    let (fingerprint, span) = identity().of(record)?;
    Some((
        fingerprint,
        item,
        u64::from(span.start)..u64::from(span.end),
    ))
}

fn plan(schema: &str, batch: bool) -> Plan {
    let options = Options {
        watch: watch(batch),
        ..Options::default()
    };
    Loaded::of(SCHEMAS).plan(schema, &options)
}

#[test]
fn records_are_noted_as_their_trees_show() {
    let mut rng = Rng::with_seed(11);
    for schema in ["Record", "Parts", "Free", "Either", "Anything"] {
        let plan = plan(schema, false);
        let (mut vouched, mut suspected) = (0, 0);
        for _ in 0..1200 {
            let text = record(&mut rng, 2);
            let root = tree(&text);
            let explained: Vec<_> = plan.explain(text.as_bytes());
            let explained: Vec<_> = explained.iter().map(|it| format!("{it:?}")).collect();
            for shape in [Shape::Lines, Shape::Single] {
                let said = run(&plan, &text, shape);
                assert_eq!(said.told, explained, "{schema}: {text}");
                let ids: Vec<_> = id_of(&root, None).into_iter().collect();
                assert_eq!(said.ids, ids, "{schema}: {text}");
                assert!(said.suspected || !is_suspect(&root), "{schema}: {text}");
                vouched += u32::from(!said.suspected);
                suspected += u32::from(is_suspect(&root));
            }
        }
        // Of what no rule speaks of, nothing is noted.
        let vouches = vouched > 100 || schema == "Anything";
        assert!(
            vouches && suspected > 100,
            "{schema}: {vouched} {suspected}"
        );
    }
}

/// Names are remembered from one record to the next, and what is suspected does not depend on it.
#[test]
fn records_are_noted_whatever_came_before() {
    let mut rng = Rng::with_seed(13);
    let plan = plan("Record", false);
    let mut records: Vec<String> = (0..4000).map(|_| record(&mut rng, 2)).collect();
    for at in 0..2000 {
        let name = |at: usize| format!("{{\"name\":\"name-{}\",\"value\":\"\"}}", at % 90);
        let names = (0..rng.usize(0..8)).map(|_| name(rng.usize(0..90)));
        let names: Vec<_> = names.collect();
        let kind = ["a", "b", "c d"][at % 3];
        records.push(format!(
            "{{\"id\":\"{at}\",\"kind\":\"{kind}\",\"attributes\":[{}]}}",
            names.join(",")
        ));
    }
    rng.shuffle(&mut records);
    let said = run(&plan, &records.join("\n"), Shape::Lines);
    let (mut vouched, mut suspected) = (0, 0);
    for (at, text) in (0..).zip(&records) {
        let is_suspected = said.suspects.contains(&at);
        assert!(is_suspected || !is_suspect(&tree(text)), "{text}");
        vouched += u32::from(!is_suspected);
        suspected += u32::from(is_suspected);
    }
    assert!(vouched > 1000 && suspected > 1000, "{vouched} {suspected}");
}

#[test]
fn batches_are_noted_as_their_trees_show() {
    let mut rng = Rng::with_seed(12);
    let plan = plan("Batch", true);
    let mut vouched = 0;
    for round in 0..500 {
        let items: Vec<_> = (0..rng.usize(0..4)).map(|_| record(&mut rng, 1)).collect();
        let items = match round % 20 {
            0 => "7".to_owned(),
            1 => "null".to_owned(),
            _ => format!("[{}]", items.join(",")),
        };
        let text = match round % 7 {
            0 => "{\"source\":\"a\"}".to_owned(),
            1 => format!("{{\"id\":\" \",\"items\":{items},\"source\":\"b\"}}"),
            _ => format!("{{\"source\":\"c\",\"\\u0069tems\":{items}}}"),
        };
        let root = tree(&text);
        let records = root.get("items").and_then(Node::as_array);
        let missing = records.is_none();
        let ids = (0..).zip(records.unwrap_or_default());
        let ids: Vec<_> = ids.filter_map(|(at, it)| id_of(it, Some(at))).collect();
        let suspect = missing || records.unwrap_or_default().iter().any(is_suspect);
        let explained: Vec<_> = plan.explain(text.as_bytes());
        let explained: Vec<_> = explained.iter().map(|it| format!("{it:?}")).collect();
        for shape in [Shape::Lines, Shape::Single] {
            let said = run(&plan, &text, shape);
            assert_eq!(said.told, explained, "{text}");
            assert_eq!(said.ids, ids, "{text}");
            assert!(said.suspected || !suspect, "{text}");
            vouched += u32::from(!said.suspected);
        }
        if !missing
            && root
                .get("items")
                .is_some_and(|it| matches!(it.value, Value::Array(_)))
        {
            let said = run(&plan, &text, Shape::Batch);
            let only: Vec<_> = said.ids.iter().map(|it| it.0).collect();
            assert_eq!(
                only,
                ids.iter().map(|it| it.0).collect::<Vec<_>>(),
                "{text}"
            );
            assert!(said.suspected || !suspect, "{text}");
        }
    }
    assert!(vouched > 100, "{vouched}");
}

/// The commonest payloads cost no second look.
#[test]
fn plain_records_are_vouched_for() {
    let plan = plan("Record", false);
    for text in [
        r#"{"id":"a-1","kind":"b","firstName":"Jane","lastName":"Doe","size":3}"#,
        r#"{"kind":"b","id":"\u0061","firstName":"Élise","note":"  indented"}"#,
        r#"{"id":"a","kind":"b","firstName":null,"attributes":[{"name":"shift","value":" late"},{"value":"","name":"floor"}]}"#,
        r#"{"id":"a","kind":"b","firstName":"あき","attributes":[]}"#,
    ] {
        let said = run(&plan, text, Shape::Lines);
        assert!(!said.suspected && said.told.is_empty(), "{text}");
        assert_eq!(said.ids.len(), 1, "{text}");
    }
}
