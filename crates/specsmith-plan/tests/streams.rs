//! Records out of readers: where they stand, what is said about them, in every shape.

mod support;

use std::hash::RandomState;
use std::io::Read;

use fastrand::Rng;
use specsmith_plan::{
    Counts, Enough, Identity, Ids, Options, Plan, Record, RecordReport, Shape, Sink, StreamOptions,
    Subject, Suspicion, Watch,
};
use support::Loaded;

const SCHEMAS: &str = "Batch: {type: object, required: [items], properties: {note: {type: string}, items: {type: array, minItems: 1, maxItems: 2000, items: {$ref: '#/components/schemas/Item'}}}, additionalProperties: false}\nItem: {type: object, required: [id], properties: {id: {type: string, maxLength: 5}, n: {type: integer}, text: {type: string}}}";

/// What is told of a run: subject, index, line, the bytes meant from the start of the input, code.
type Told = (Subject, u64, u64, std::ops::Range<u64>, &'static str);

/// Gives its bytes in pieces of any size.
struct Pieces<'a>(&'a [u8], Rng);

impl Read for Pieces<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let most = self.0.len().min(room.len());
        let count = if most == 0 { 0 } else { self.1.usize(1..=most) };
        let (now, later) = self.0.split_at(count);
        room[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

/// The line and the bytes of an id's record, the id's item, the bytes of its value.
type Named = (u64, std::ops::Range<u64>, Option<u32>, std::ops::Range<u64>);

/// Takes down what is told of a text.
struct Notes<'t> {
    text: &'t [u8],
    told: Vec<Told>,
    ids: Vec<Named>,
}

impl Notes<'_> {
    fn is_placed(&self, record: &Record<'_>) {
        let length = record.gap.map_or(record.text.len(), |gap| gap.at);
        let start = record.offset as usize;
        assert_eq!(
            self.text.get(start..start + length),
            record.text.get(..length),
            "the text is where it is said to be"
        );
        let before = &self.text[..start];
        let line = memchr::memrchr(b'\n', before).map_or(before, |at| &before[at + 1..]);
        // A byte order mark, which only the first line can have, has no column.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let column = String::from_utf8_lossy(line).chars().count() as u64 + 1;
        assert_eq!(record.column, column, "so is its column");
    }
}

impl Sink for Notes<'_> {
    fn report(&mut self, report: RecordReport<'_>) {
        let record = report.record;
        self.is_placed(&record);
        for mistake in report.mistakes {
            let (line, from) = match record.gap {
                Some(gap) if mistake.bytes.start > gap.at as u64 => {
                    (gap.line, gap.offset - gap.at as u64)
                }
                Some(_) | None => (record.line, record.offset),
            };
            let bytes = from + mistake.bytes.start..from + mistake.bytes.end;
            let code = mistake.code.0;
            self.told
                .push((report.subject, record.index, line, bytes, code));
        }
    }

    fn ids(&mut self, ids: Ids<'_>) {
        for id in ids.iter() {
            let record = ids.record(id);
            self.is_placed(&record);
            let value = ids.value(id);
            let value = record.offset + value.start..record.offset + value.end;
            let line_of = |byte: u64| {
                let before = &self.text[..byte as usize];
                memchr::memchr_iter(b'\n', before).count() as u64 + 1
            };
            let lines = [line_of(record.offset), line_of(value.start)];
            assert!(lines.contains(&ids.line(id)));
            let end = record.offset + record.text.len() as u64;
            self.ids
                .push((record.line, record.offset..end, id.item, value));
        }
    }
}

fn run(plan: &Plan, text: &[u8], shape: Shape, options: &StreamOptions) -> (Counts, Vec<Told>) {
    let (counts, told, _) = run_with_ids(plan, text, shape, options);
    (counts, told)
}

fn run_with_ids(
    plan: &Plan,
    text: &[u8],
    shape: Shape,
    options: &StreamOptions,
) -> (Counts, Vec<Told>, Vec<Named>) {
    let mut notes = Notes {
        text,
        told: Vec::new(),
        ids: Vec::new(),
    };
    let reader = Pieces(text, Rng::with_seed(text.len() as u64));
    let counts = plan
        .run(reader, shape, options, &mut notes)
        .expect("the reader does not fail");
    (counts, notes.told, notes.ids)
}

/// Watches for ids, those of the records in `items` where that is asked.
fn watching(batch: bool) -> Options {
    let identity = Identity::new(vec!["id".into()], RandomState::new());
    let watch = Watch {
        batch: batch.then(|| "items".into()),
        identity: Some(identity),
        ..Watch::default()
    };
    Options {
        watch,
        ..Options::default()
    }
}

fn small(jobs: usize) -> StreamOptions {
    StreamOptions {
        jobs,
        buffer: 4096,
        ..StreamOptions::default()
    }
}

/// The same by any buffer and any number of jobs.
fn check(schema: &str, text: &[u8], shape: Shape) -> (Counts, Vec<Told>) {
    let plan = Loaded::of(SCHEMAS).plan(schema, &watching(schema == "Batch"));
    let found = run_with_ids(&plan, text, shape, &StreamOptions::default());
    for jobs in 1..4 {
        let again = run_with_ids(&plan, text, shape, &small(jobs));
        assert_eq!(found, again, "{jobs} jobs");
    }
    (found.0, found.1)
}

fn lines_of(text: &str) -> (Counts, Vec<Told>) {
    check("Item", text.as_bytes(), Shape::Lines)
}

/// More records in doubt than are judged before they are told, at hand at once.
#[test]
fn many_mistakes_are_told_piece_by_piece() {
    let record = |number: usize| match number % 7 {
        0 => "{\"id\":\"a\"}",
        _ => "{}",
    };
    let records: Vec<_> = (0..4000).map(record).collect();
    let invalid = records.iter().filter(|it| **it == "{}").count();
    let lines = records.join("\n");
    let batch = format!("{{\"items\":[{}]}}", records.join(","));
    for (text, schema, shape) in [
        (lines, "Item", Shape::Lines),
        (batch, "Batch", Shape::Batch),
    ] {
        let (counts, told) = check(schema, text.as_bytes(), shape);
        assert_eq!(counts.records, 4000);
        assert_eq!(counts.invalid, invalid as u64);
        let of_records = told.iter().filter(|it| it.0 == Subject::Record);
        assert!(of_records.clone().is_sorted_by_key(|it| it.1));
        assert_eq!(of_records.count(), invalid);
        let plan = Loaded::of(SCHEMAS).plan(schema, &watching(schema == "Batch"));
        for jobs in 2..4 {
            let options = StreamOptions {
                jobs,
                ..StreamOptions::default()
            };
            assert_eq!(
                run(&plan, text.as_bytes(), shape, &options),
                (counts, told.clone())
            );
        }
    }
}

#[test]
fn lines_are_records() {
    let text =
        "{\"id\":\"a\"}\n{\"id\":\"abcdef\"}\r\n\n  \t\r\n{\"id\":1}\n{\"n\":1,\"id\":\"b\"}";
    let (counts, told) = lines_of(text);
    assert_eq!(
        counts,
        Counts {
            records: 4,
            invalid: 2,
            blank: 2,
            unknown: 0,
            bytes: text.len() as u64,
            items: None,
        }
    );
    assert_eq!(
        told,
        [
            (Subject::Record, 1, 2, 17..25, "schema/max-length"),
            (Subject::Record, 2, 5, 40..41, "schema/type"),
        ]
    );
}

#[test]
fn what_is_wrong_on_one_line_says_nothing_about_the_next() {
    for broken in [
        "{\"id\":\"a",
        "{\"id\":\"a\\",
        "{\"id\":\"a\\\"}",
        "\"",
        "{\"id\":\"\u{1}\"}",
        "}",
        "{\"id\":\"a\"}}",
        "{\"id\":\"\\ud800\"}",
        "{\"id\":\"a\"}{\"id\":\"b\"}",
    ] {
        let text = format!(
            "{broken}\n{{\"id\":\"b\"}}\n{broken}\n{{\"id\":\"\\ude00\"}}\n{{\"id\":\"c\"}}"
        );
        let (counts, told) = lines_of(&text);
        assert_eq!((counts.records, counts.invalid), (5, 3), "{broken}");
        let lines: Vec<u64> = told.iter().map(|it| it.2).collect();
        assert_eq!(lines, [1, 3, 4], "{broken}");
    }
}

#[test]
fn bytes_that_are_no_text_are_found_on_their_line() {
    let mut text = b"{\"id\":\"a\"}\n{\"id\":\"\xff\"}\n{\"id\":\"\xc3\xa9\"}\n".to_vec();
    let (counts, told) = check("Item", &text, Shape::Lines);
    assert_eq!((counts.records, counts.invalid), (3, 1));
    assert_eq!(told, [(Subject::Record, 1, 2, 18..19, "json/invalid-utf8")]);
    text.splice(0..0, *b"\xef\xbb\xbf");
    let (counts, told) = check("Item", &text, Shape::Lines);
    assert_eq!((counts.records, counts.invalid), (3, 1));
    assert_eq!(
        told[0],
        (Subject::Input, 0, 1, 0..3, "json/byte-order-mark")
    );
    assert_eq!(told[1].3, 21..22);
}

#[test]
fn nothing_is_no_record() {
    assert_eq!(lines_of("").0, Counts::default());
    assert_eq!(lines_of("\n").0.blank, 1);
    assert_eq!(lines_of("  ").0.blank, 1);
}

#[test]
fn records_longer_than_the_limit_are_passed() {
    let plan = Loaded::of(SCHEMAS).plan("Item", &Options::default());
    let long = format!("{{\"id\":\"a\",\"text\":\"{}\"}}", "x".repeat(20_000));
    let text = format!("{{\"id\":\"a\"}}\n{long}\n{{\"id\":1}}\n{long}");
    for jobs in 1..3 {
        let options = StreamOptions {
            record_limit: 10_000,
            ..small(jobs)
        };
        let (counts, told) = run(&plan, text.as_bytes(), Shape::Lines, &options);
        assert_eq!((counts.records, counts.invalid), (4, 3));
        let found: Vec<(u64, &str)> = told.iter().map(|it| (it.2, it.4)).collect();
        assert_eq!(
            found,
            [(2, "limit/record"), (3, "schema/type"), (4, "limit/record")]
        );
    }
    let options = StreamOptions {
        record_limit: 10_000,
        buffer: 1 << 20,
        ..StreamOptions::default()
    };
    assert_eq!(
        run(&plan, text.as_bytes(), Shape::Lines, &options).1.len(),
        3
    );
    let plan = Loaded::of(SCHEMAS).plan("Batch", &Options::default());
    let text = format!("{{\"items\":[{{\"id\":\"a\"}},\n{long},\n{{\"id\":1}}, {long}], \"x\":1}}");
    let options = StreamOptions {
        record_limit: 10_000,
        ..small(1)
    };
    let (counts, told) = run(&plan, text.as_bytes(), Shape::Batch, &options);
    assert_eq!((counts.records, counts.invalid), (4, 3));
    let found: Vec<(u64, &str)> = told.iter().map(|it| (it.2, it.4)).collect();
    assert_eq!(
        found,
        [
            (2, "limit/record"),
            (3, "schema/type"),
            (3, "limit/record"),
            (3, "schema/additional-properties")
        ]
    );
    // What is passed unread may hold anything, and the places behind it are right.
    let odd = format!(
        "{{\"id\":\"a\",\"text\":\"{}{}\",\n\"n\":1}}",
        "x".repeat(15_000),
        "é".repeat(9_000)
    );
    let text = format!("{{\"items\":[{odd}, {odd}, {{\"id\":1}}, {odd}, {{\"id\":2}}]}}");
    let (counts, told) = run(&plan, text.as_bytes(), Shape::Batch, &options);
    assert_eq!((counts.records, counts.invalid), (5, 5));
    let found: Vec<(u64, &str)> = told.iter().map(|it| (it.2, it.4)).collect();
    assert_eq!(
        found,
        [
            (1, "limit/record"),
            (2, "limit/record"),
            (3, "schema/type"),
            (3, "limit/record"),
            (4, "schema/type")
        ]
    );
}

#[test]
fn items_of_a_batch_are_records() {
    let text = "{ \"note\" : \"é\",\n \"items\" : [\n {\"id\":\"a\"},\n {\"id\":\"abcdef\"} ,{\"id\":1}\n] , \"extra\": [1] }\n";
    let (counts, told) = check("Batch", text.as_bytes(), Shape::Batch);
    assert_eq!((counts.records, counts.invalid), (3, 2));
    let at = |part: &str| {
        let start = text.find(part).expect("it is there") as u64;
        start..start + part.len() as u64
    };
    assert_eq!(
        told,
        [
            (Subject::Record, 1, 4, at("\"abcdef\""), "schema/max-length"),
            (
                Subject::Record,
                2,
                4,
                at("1}").start..at("1}").start + 1,
                "schema/type"
            ),
            (
                Subject::Envelope,
                0,
                5,
                at("\"extra\""),
                "schema/additional-properties"
            ),
        ]
    );
}

#[test]
fn the_envelope_is_judged_too() {
    let told = |text: &str| -> Vec<&'static str> {
        let (_, told) = check("Batch", text.as_bytes(), Shape::Batch);
        told.into_iter().map(|it| it.4).collect()
    };
    assert_eq!(told("{\"items\":[{\"id\":\"a\"}]}"), [""; 0]);
    assert_eq!(told("{\"items\":[]}"), ["schema/min-items"]);
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"}],\"note\":1}"),
        ["schema/type"]
    );
    assert_eq!(
        told("{\"note\":1,\"items\":[{\"id\":\"a\"}]}"),
        ["schema/type"]
    );
    assert_eq!(
        told("{\"itmes\":[{\"id\":\"a\"}]}"),
        ["schema/required", "schema/additional-properties"]
    );
    assert_eq!(told("[]"), ["schema/type"]);
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"}],\"items\":[]}"),
        ["json/duplicate-key"]
    );
    assert_eq!(told("{\"items\":[{\"id\":\"a\"}]"), ["json/truncated"]);
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"}]}}"),
        ["json/trailing-text"]
    );
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"},]}"),
        ["json/trailing-comma"]
    );
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"} {\"id\":\"b\"}]}"),
        ["json/missing-comma"]
    );
    // Of what is whole everything is said.
    assert_eq!(
        told("{\"items\":[{\"id\":1}\n{\"id\":\"b\"}]}"),
        ["schema/type", "json/missing-comma"]
    );
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"},{\"id\":1};{\"id\":2}]}"),
        ["schema/type", "json/syntax"]
    );
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"},{\"id\""),
        ["json/truncated"]
    );
    assert_eq!(told("{\"items\":[{\"id\":\"a\"},"), ["json/truncated"]);
    assert_eq!(told("{\"items\":"), ["json/truncated"]);
    assert_eq!(told(""), ["json/truncated"]);
}

/// A comma that is missing between two items is one mistake of the batch, at the second of them;
/// all else is told as if it were there.
#[test]
fn items_behind_a_missing_comma_are_judged() {
    let text =
        "{\"items\":[{\"id\":\"a\"}\n {\"id\":1},{\"id\":\"b\"}{\"n\":1}\n,{\"id\":2}],\"x\":1}";
    let (counts, told) = check("Batch", text.as_bytes(), Shape::Batch);
    assert_eq!((counts.records, counts.invalid), (5, 3));
    assert_eq!(
        told,
        [
            (Subject::Envelope, 1, 1, 22..23, "json/missing-comma"),
            (Subject::Record, 1, 2, 28..29, "schema/type"),
            (Subject::Envelope, 3, 2, 41..42, "json/missing-comma"),
            (Subject::Record, 3, 2, 41..42, "schema/required"),
            (Subject::Record, 4, 3, 56..57, "schema/type"),
            (
                Subject::Envelope,
                0,
                3,
                60..63,
                "schema/additional-properties"
            ),
        ]
    );
    let mut rng = Rng::with_seed(3);
    for _ in 0..10 {
        let long = "é\\n".repeat(rng.usize(0..800));
        let items: Vec<String> = (0..rng.usize(2..250))
            .map(|at| match rng.u32(0..9) {
                0 => "{\"id\":5}".to_owned(),
                1 => "{\"id\":tru}".to_owned(),
                2 => format!("{{\"text\":\"{long}\",\n\"id\":\"{at}\"}}"),
                _ => format!("{{\"id\":\"{at}\"}}"),
            })
            .collect();
        let (mut with, mut without) = ("{\"items\":[".to_owned(), "{\"items\":[".to_owned());
        let mut missing = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let is_json = at > 0 && !items[at - 1].contains("tru");
            let drop = is_json && rng.bool();
            if at > 0 {
                with.push(',');
                without.push(if drop { ' ' } else { ',' });
            }
            if drop {
                missing.push(without.len() as u64);
            }
            with += item;
            without += item;
        }
        with += "],\"x\":1}";
        without += "],\"x\":1}";
        let (counts, expected) = check("Batch", with.as_bytes(), Shape::Batch);
        let (same, told) = check("Batch", without.as_bytes(), Shape::Batch);
        assert_eq!(counts, same);
        let (commas, told): (Vec<Told>, Vec<Told>) = told
            .into_iter()
            .partition(|it| it.4 == "json/missing-comma");
        assert_eq!(told, expected);
        let places: Vec<u64> = commas.iter().map(|it| it.3.start).collect();
        assert_eq!(places, missing);
    }
}

/// A batch is judged as its items are: the same verdicts, whatever the spacing.
#[test]
fn batches_and_lines_agree() {
    let mut rng = Rng::with_seed(11);
    let plan = Loaded::of(SCHEMAS).plan("Item", &Options::default());
    for _ in 0..20 {
        let items: Vec<String> = (0..rng.usize(1..400))
            .map(|at| match rng.u32(0..12) {
                0 => "{\"id\":5}".to_owned(),
                1 => format!("{{\"id\":\"{at}\",\"x\":{{\"a\":[1,2,{{}}],\"b\":\"]}}\\\\\"}}}}"),
                2 => "{\"id\":\"a\",\"id\":\"a\"}".to_owned(),
                3 => "{\"id\":\"a\" \"n\":1}".to_owned(),
                4 => "12".to_owned(),
                5 => "\"a,]\\\"\"".to_owned(),
                6 => format!(
                    "{{\"id\":\"é{at}\",\"text\":\"{}\"}}",
                    "é".repeat(rng.usize(0..3000))
                ),
                7 => "{\"id\":\"\\x\"}".to_owned(),
                _ => format!("{{\"id\":\"{at}\",\"n\":{at}}}"),
            })
            .collect();
        let space = ["", " ", "\n", "\r\n\t"][rng.usize(0..4)];
        let batch = format!(
            "{{\"items\":[{space}{}{space}]}}",
            items.join(&format!("{space},{space}"))
        );
        let (counts, told) = check("Batch", batch.as_bytes(), Shape::Batch);
        assert_eq!(counts.records, items.len() as u64);
        let invalid: Vec<u64> = (0u64..)
            .zip(&items)
            .filter(|(_, item)| plan.verdict(item.as_bytes()) == specsmith_plan::Verdict::Invalid)
            .map(|(at, _)| at)
            .collect();
        let mut found: Vec<u64> = told.iter().map(|it| it.1).collect();
        found.dedup();
        assert_eq!(found, invalid);
        let lines = items.join("\n");
        assert_eq!(lines_of(&lines).0.invalid, counts.invalid);
    }
}

#[test]
fn a_single_record_may_span_lines() {
    let (counts, told) = check("Item", b"{\n  \"id\": \"abcdef\"\n}\n", Shape::Single);
    assert_eq!((counts.records, counts.invalid), (1, 1));
    assert_eq!(told, [(Subject::Record, 0, 1, 10..18, "schema/max-length")]);
}

/// Ids come in the order of the input, each with its place, whoever read them: the scan, a glance
/// or the tree.
#[test]
fn ids_are_handed_on_in_order() {
    let items = [
        r#"{"id":"a"}"#,
        r#"{"n":1, "id" : "b" }"#,
        r#"{"id":"abcdef"}"#,
        "{\"id\":\"\\u0061\"}",
        r#"{"id":5}"#,
        r#"{"text":"\"id\":","id":"a"}"#,
    ];
    let value = ["\"a\"", "\"b\"", "\"abcdef\"", "\"\\u0061\"", "\"a\""];
    let record = [0, 1, 2, 3, 5];
    let loaded = Loaded::of(SCHEMAS);
    let lines = items.join("\r\n");
    let batch = format!("{{\"items\":[\n{}]}}", items.join(",\n"));
    let several = batch.replace('\n', " ") + "\n";
    let check = |schema, text: &str, shape, batches: bool| {
        let plan = loaded.plan(schema, &watching(schema == "Batch"));
        let (_, _, ids) = run_with_ids(&plan, text.as_bytes(), shape, &small(1));
        for (at, (_, bytes, item, value_at)) in ids.iter().enumerate() {
            let cut = |it: &std::ops::Range<u64>| &text[it.start as usize..it.end as usize];
            let number = at % value.len();
            assert_eq!(cut(value_at), value[number]);
            if batches {
                assert_eq!(*item, Some(record[number]));
            } else {
                assert_eq!(*item, None);
                assert_eq!(cut(bytes), items[record[number] as usize]);
            }
        }
        ids.len()
    };
    assert_eq!(check("Item", &lines, Shape::Lines, false), 5);
    assert_eq!(check("Batch", &batch, Shape::Batch, false), 5);
    assert_eq!(check("Batch", &batch, Shape::Single, true), 5);
    assert_eq!(check("Batch", &several.repeat(3), Shape::Lines, true), 15);
}

/// What only looks like a record of a batch, and stands as deep, has no part in its ids.
#[test]
fn ids_beside_the_records_are_none() {
    let schemas = r##"
Item:
  type: object
  properties: {id: {type: string}, n: {type: integer}}
Batch:
  type: object
  properties: {items: {type: array, items: {$ref: "#/components/schemas/Item"}}}
  additionalProperties: {type: object, properties: {x: {$ref: "#/components/schemas/Item"}}}
"##;
    let loaded = Loaded::of(schemas);
    let plan = loaded.plan("Batch", &watching(true));
    let other = r#""other":{"x":{"id":"b"}}"#;
    let items = r#""items":[{"id":"a"},{"n":1},{"id":"c"}]"#;
    for text in [
        format!("{{{other},{items}}}\n"),
        format!("{{{items},{other}}}\n"),
    ] {
        for shape in [Shape::Single, Shape::Lines] {
            let (counts, told, ids) = run_with_ids(&plan, text.as_bytes(), shape, &small(1));
            assert_eq!((counts.invalid, told), (0, Vec::new()));
            let values = ids.iter().map(|(_, _, item, at)| {
                let value = &text[at.start as usize..at.end as usize];
                (item.expect("it is of an item"), value)
            });
            let values: Vec<_> = values.collect();
            assert_eq!(values, [(0, r#""a""#), (2, r#""c""#)], "{text}");
        }
    }
}

/// What is suspected is handed on though nothing is wrong with it.
#[test]
fn suspected_records_are_handed_on() {
    let options = Options {
        watch: Watch {
            suspicion: Some(Suspicion {
                texts: vec!["id".into()],
                ..Suspicion::default()
            }),
            ..Watch::default()
        },
        ..Options::default()
    };
    let plan = Loaded::of(SCHEMAS).plan("Item", &options);
    let text =
        b"{\"id\":\"a\"}\n{\"id\":\" \"}\n{\"id\":\"a\",\"x\":1e999}\n{\"id\":\" \",\"n\":1.0}\n";
    for jobs in [1, 2] {
        let mut told = Vec::new();
        let mut sink = |report: RecordReport<'_>| {
            assert!(report.mistakes.is_empty());
            told.push(report.record.line);
        };
        let run = plan.run(&text[..], Shape::Lines, &small(jobs), &mut sink);
        assert_eq!(run.expect("it is read").invalid, 0);
        assert_eq!(told, [2, 4]);
    }
}

/// Counts what is told until it has heard enough.
struct Hearing {
    enough: Enough,
    wanted: u64,
    told: Vec<(u64, String)>,
}

impl Sink for Hearing {
    fn report(&mut self, report: RecordReport<'_>) {
        for mistake in report.mistakes {
            let told = (report.record.index, format!("{mistake:?}"));
            self.told.push(told);
        }
        if self.told.len() as u64 >= self.wanted {
            self.enough.say();
        }
    }
}

/// Once enough was said, unknown properties are counted, and everything else is told as before.
#[test]
fn what_is_not_told_is_counted() {
    const SCHEMAS: &str = "Batch: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Twice'}}}}\nTwice: {allOf: [{$ref: '#/components/schemas/Item'}, {type: object, properties: {id: {type: string}}}]}\nItem: {type: object, required: [id], properties: {id: {type: string, maxLength: 5}, n: {type: integer}, in: {$ref: '#/components/schemas/Item'}}}";
    let item = |at: u64| match at % 11 {
        2 => format!("{{\"id\":\"{at}\",\"more\":[{{\"a\":1}}],\"e\\u0078tra\":{{}}}}"),
        3 => format!("{{\"id\":\"a\",\"in\":{{\"id\":\"b\",\"idd\":{at}}}}}"),
        5 => format!("{{\"id\":{at},\"wrong\":true}}"),
        7 => format!("{{\"id\":\"{at}\",\"items\":[],\"other\":1}}"),
        8 => format!("{{\"id\":\"{at}\",\"it\\u0065ms\":[]}}"),
        9 => "{\"id\":\"é\",\"é\":\"é\"}".to_owned(),
        _ => format!("{{\"id\":\"{at}\"}}"),
    };
    let items: Vec<String> = (0..2000).map(item).collect();
    let lines = items.join("\n");
    let batch = format!("{{\"items\":[{}]}}", items.join(","));
    let watch = Watch {
        unknown_properties: true,
        ..Watch::default()
    };
    let options = Options {
        watch,
        ..Options::default()
    };
    for (schema, shape, text) in [
        ("Twice", Shape::Lines, &lines),
        ("Batch", Shape::Batch, &batch),
    ] {
        let plan = Loaded::of(SCHEMAS).plan(schema, &options);
        let hear = |wanted: u64, jobs: usize| {
            let enough = Enough::new(Some("items"));
            let options = StreamOptions {
                enough: enough.clone(),
                ..small(jobs)
            };
            let mut hearing = Hearing {
                enough,
                wanted,
                told: Vec::new(),
            };
            if wanted == 0 {
                hearing.enough.say();
            }
            let counts = plan.run(text.as_bytes(), shape, &options, &mut hearing);
            (counts.expect("memory"), hearing.told)
        };
        let (all, told) = hear(u64::MAX, 1);
        let is_unknown = |it: &&(u64, String)| it.1.contains("unknown-property");
        let unknown = told.iter().filter(is_unknown).count() as u64;
        assert!(all.unknown == 0 && unknown > 800, "{schema}: {unknown}");
        for (wanted, jobs) in [(0, 1), (100, 1), (0, 3), (100, 3)] {
            let (counts, few) = hear(wanted, jobs);
            assert_eq!((counts.records, counts.invalid), (all.records, all.invalid));
            let still = few.iter().filter(is_unknown).count() as u64;
            assert_eq!(counts.unknown + still, unknown, "{schema}: {wanted} {jobs}");
            assert!(counts.unknown > 200 || jobs > 1, "{schema}: {counts:?}");
            // What must be told is, with all that is beside it.
            let must = |it: &&(u64, String)| !is_unknown(it) || matches!(it.0 % 11, 2 | 5 | 7 | 8);
            let (few, told) = (few.iter().filter(must), told.iter().filter(must));
            assert!(few.eq(told), "{schema}: {wanted} {jobs}");
        }
    }
}
