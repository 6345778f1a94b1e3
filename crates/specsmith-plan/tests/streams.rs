//! Records out of readers: where they stand, what is said about them, in every shape.

mod support;

use std::io::Read;

use fastrand::Rng;
use specsmith_plan::{Counts, Options, Plan, Shape, StreamOptions, Subject};
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

fn run(plan: &Plan, text: &[u8], shape: Shape, options: &StreamOptions) -> (Counts, Vec<Told>) {
    let mut told = Vec::new();
    let reader = Pieces(text, Rng::with_seed(text.len() as u64));
    let counts = plan
        .run(reader, shape, options, &mut |report| {
            let end = report.offset as usize + report.text.len();
            assert!(
                text.get(report.offset as usize..end.min(text.len())) == Some(report.text)
                    || end > text.len(),
                "the text is where it is said to be"
            );
            for mistake in report.mistakes {
                let bytes = report.offset + mistake.bytes.start..report.offset + mistake.bytes.end;
                told.push((
                    report.subject,
                    report.index,
                    report.line,
                    bytes,
                    mistake.code.0,
                ));
            }
        })
        .expect("the reader does not fail");
    (counts, told)
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
    let plan = Loaded::of(SCHEMAS).plan(schema, &Options::default());
    let found = run(&plan, text, shape, &StreamOptions::default());
    for jobs in 1..4 {
        assert_eq!(found, run(&plan, text, shape, &small(jobs)), "{jobs} jobs");
    }
    found
}

fn lines_of(text: &str) -> (Counts, Vec<Told>) {
    check("Item", text.as_bytes(), Shape::Lines)
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
            bytes: text.len() as u64
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
        jobs: 1,
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
    assert_eq!(
        told("{\"items\":[{\"id\":\"a\"},{\"id\""),
        ["json/truncated"]
    );
    assert_eq!(told("{\"items\":[{\"id\":\"a\"},"), ["json/truncated"]);
    assert_eq!(told("{\"items\":"), ["json/truncated"]);
    assert_eq!(told(""), ["json/truncated"]);
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
