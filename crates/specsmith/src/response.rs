//! `specsmith explain-response`: which records of a batch a response is about.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use specsmith_json::{Limits, Node, Value, read};

use crate::args::ExplainResponse;
use crate::console::Console;
use crate::inputs::{Form, reason};
use crate::locate::{Start, Text};
use crate::summary::{counted, visible};
use crate::validate::{CANNOT_RUN, CLEAN, FINDINGS};

/// Runs the command; gives the exit code: 1 if an item was refused.
pub fn run(arguments: &ExplainResponse, console: &mut Console) -> u8 {
    let (response, request) = match (load(&arguments.response), load(&arguments.request)) {
        (Ok(response), Ok(request)) => (response, request),
        (response, request) => {
            for error in [response.err(), request.err()].into_iter().flatten() {
                console.note(&format!("error: {error}"));
            }
            return CANNOT_RUN;
        }
    };
    let lines = match explain(&response, &request, arguments) {
        Ok(lines) => lines,
        Err(error) => {
            console.note(&format!("error: {error}"));
            return CANNOT_RUN;
        }
    };
    for line in &lines.report {
        console.report(&format!("{line}\n"));
    }
    console.note(&lines.summary);
    match console.finish() {
        Ok(()) if lines.report.is_empty() => CLEAN,
        Ok(()) => FINDINGS,
        Err(_) => CANNOT_RUN,
    }
}

struct Loaded {
    name: Arc<str>,
    bytes: Vec<u8>,
    root: Node,
}

fn load(path: &Path) -> Result<Loaded, String> {
    let name: Arc<str> = visible(&path.to_string_lossy()).into();
    let (form, bytes) = crate::inputs::whole_unpacked(path)
        .map_err(|it| format!("{name} cannot be read: {}", reason(&it)))?;
    let read = match (form, std::str::from_utf8(&bytes)) {
        (Some(Form::Yaml), Ok(text)) => of_yaml(text),
        (_, _) => of_json(&bytes),
    };
    match read {
        Ok(root) => Ok(Loaded { name, bytes, root }),
        Err((at, why)) => {
            let text = Text::new(&name, &bytes, Start::OF_FILE, false);
            let place = text.location(&(at..at));
            Err(format!("{name}:{}:{}: {why}", place.line, place.column))
        }
    }
}

/// The value of a text, or where and why it has none.
fn of_json(bytes: &[u8]) -> Result<Node, (u64, String)> {
    let reading = read(bytes, &Limits::default());
    let fault = reading.faults.first();
    let why = fault.map(|it| (u64::from(it.span.start), it.to_string()));
    reading
        .root
        .ok_or_else(|| why.unwrap_or_else(|| (0, "there is no JSON".to_owned())))
}

fn of_yaml(text: &str) -> Result<Node, (u64, String)> {
    let (root, said) = specsmith_source::read_yaml(text, &specsmith_source::Limits::default());
    let why = said.into_iter().next().map(|it| {
        let at = it.location.map_or(0, |it| it.byte_start);
        (at, it.message)
    });
    root.ok_or_else(|| why.unwrap_or_else(|| (0, "there is no YAML".to_owned())))
}

struct Explained {
    report: Vec<String>,
    summary: String,
}

fn explain(
    response: &Loaded,
    request: &Loaded,
    arguments: &ExplainResponse,
) -> Result<Explained, String> {
    if let Some(error) = given(&response.root, "error") {
        return refused_whole(error, request, arguments);
    }
    let results = results(&response.root)?;
    let items: Vec<&Node> = match request.root.get("items").and_then(Node::as_array) {
        Some(items) => items.iter().collect(),
        None => vec![&request.root],
    };
    let text = Text::new(&request.name, &request.bytes, Start::OF_FILE, false);
    let mut report = Vec::new();
    for (place, result) in results.iter().enumerate() {
        let error = result
            .get("error")
            .and_then(Node::as_str)
            .unwrap_or_default();
        if error.trim().is_empty() {
            continue;
        }
        // By event id where exactly one item has it, else by place. An id that the API made up is of
        // an item that has none.
        let id = event_id(result);
        let mut with_id = items
            .iter()
            .enumerate()
            .filter(|(_, item)| id.is_some() && event_id(item) == id);
        let (first, second) = (with_id.next(), with_id.next());
        let strange = first.is_none() && id.is_some();
        let (found, how) = match (first, second) {
            (Some((index, item)), None) => (Some((index, *item)), "by its event id"),
            _ => {
                let same_length = results.len() == items.len();
                let item = items.get(place).filter(|_| same_length);
                let item = item.filter(|it| !strange || event_id(it).is_none());
                (item.map(|item| (place, *item)), "by its place")
            }
        };
        let why = match arguments.show_values {
            true => visible(error),
            false => reason_code(error),
        };
        report.push(match found {
            Some((index, item)) => {
                let at = u64::from(item.span.start);
                let at = text.location(&(at..at));
                let id = id.filter(|_| arguments.show_values);
                let id = id.map_or_else(String::new, |it| format!(", event id {}", visible(it)));
                format!(
                    "{}:{}:{}: item {index}{id} was refused: {why} (found {how})",
                    request.name, at.line, at.column
                )
            }
            None if strange => format!(
                "{}: result {place} has an event id of no item; is this the response to this \
                 batch? {why}",
                request.name
            ),
            None => format!(
                "{}: result {place} is of no item that can be told: {why}",
                request.name
            ),
        });
    }
    let refused = report.len();
    let unfit = [
        unlike_length(results.len(), items.len()),
        repeated(&results, &items),
        unlike_count(&response.root, refused),
    ];
    let unfit = unfit.into_iter().flatten();
    report.extend(unfit.map(|it| format!("{}: {it}", request.name)));
    let summary = format!("{refused} of {} items refused", items.len());
    Ok(Explained { report, summary })
}

/// A property that is there and not null.
fn given<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    node.get(name).filter(|it| !matches!(it.value, Value::Null))
}

fn event_id(node: &Node) -> Option<&str> {
    let id = node.get("eventId").and_then(Node::as_str);
    id.filter(|it| !it.trim().is_empty())
}

fn refused_whole(
    error: &Node,
    request: &Loaded,
    arguments: &ExplainResponse,
) -> Result<Explained, String> {
    if error.as_object().is_none() {
        return Err("the response's `error` is no object".to_owned());
    }
    let code = error.get("code").and_then(Node::as_str).unwrap_or_default();
    let code = match (arguments.show_values, is_code(code)) {
        (_, true) => format!(" ({code})"),
        (true, false) if !code.is_empty() => format!(" ({})", visible(code)),
        (_, false) => String::new(),
    };
    Ok(Explained {
        report: vec![format!(
            "{}: the request was refused as a whole{code}",
            request.name
        )],
        summary: "no item was looked at".to_owned(),
    })
}

/// The results of a response, each an object whose event id and error are texts where they are given:
/// an error of another kind must not pass for none.
fn results(response: &Node) -> Result<Vec<&Node>, String> {
    let results: Vec<&Node> = match (response.get("results"), response.get("result")) {
        (Some(results), _) => results
            .as_array()
            .ok_or("the response's `results` is no list")?
            .iter()
            .collect(),
        (None, Some(result)) => vec![result],
        (None, None) => {
            return Err("the response has neither `results`, `result` nor `error`".to_owned());
        }
    };
    for (place, result) in results.iter().enumerate() {
        if result.as_object().is_none() {
            return Err(format!("result {place} of the response is no object"));
        }
        let no_text = |it: &&str| given(result, it).is_some_and(|it| it.as_str().is_none());
        if let Some(name) = ["eventId", "error"].iter().find(|it| no_text(it)) {
            return Err(format!(
                "`{name}` of result {place} of the response is no text"
            ));
        }
    }
    Ok(results)
}

fn unlike_length(results: usize, items: usize) -> Option<String> {
    let unlike = results != items;
    let results = counted(results as u64, "result", "results");
    let items = counted(items as u64, "item", "items");
    unlike.then(|| format!("the response has {results} for {items}"))
}

/// The first event id that more results have than items do, if more than one has it.
fn repeated(results: &[&Node], items: &[&Node]) -> Option<String> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for id in items.iter().filter_map(|it| event_id(it)) {
        *left.entry(id).or_default() += 1;
    }
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (place, result) in results.iter().enumerate() {
        let Some(id) = event_id(result) else { continue };
        let earlier = *first.entry(id).or_insert(place);
        let left = left.entry(id).or_insert(1);
        if *left == 0 {
            return Some(format!(
                "results {earlier} and {place} have the same event id"
            ));
        }
        *left -= 1;
    }
    None
}

/// What a batch's response says of the number of its errors, if that is not how many it names. A single
/// item's counts none.
fn unlike_count(response: &Node, named: usize) -> Option<String> {
    let Some(count) = response.get("errorCount") else {
        let batch = response.get("results").is_some();
        return batch.then(|| "the response has no `errorCount`".to_owned());
    };
    let count = count.as_number().and_then(|it| it.as_str().parse().ok());
    let Some(count): Option<u64> = count else {
        return Some("the response's `errorCount` is no whole number".to_owned());
    };
    let errors = counted(count, "error", "errors");
    (count != named as u64).then(|| format!("the response counts {errors} and names {named}"))
}

/// The part of an error in which no payload is quoted: the code at its head, such as `FAIL_NAME: …`.
fn reason_code(error: &str) -> String {
    let head = error.split([':', ' ']).next().unwrap_or_default();
    match is_code(head) {
        true => head.to_owned(),
        false => "no code is given; `--show-values` prints the API's words".to_owned(),
    }
}

/// Whether a word has the form of a code of the API: `FAIL_BAD_PARAMS` or `401-01`. No other word may
/// be shown, since it may be of a payload.
fn is_code(word: &str) -> bool {
    let bytes = word.as_bytes();
    let capital = |it: &u8| it.is_ascii_uppercase() || *it == b'_';
    match bytes {
        [status @ .., b'-', one, two] if status.len() == 3 => {
            status.iter().chain([one, two]).all(u8::is_ascii_digit)
        }
        _ => word.starts_with("FAIL_") && bytes.len() <= 40 && bytes.iter().all(capital),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(response: &str, request: &str, show_values: bool) -> String {
        let loaded = |name: &str, text: &str| Loaded {
            name: name.into(),
            bytes: text.as_bytes().to_vec(),
            root: read(text.as_bytes(), &Limits::default())
                .root
                .expect("JSON"),
        };
        let arguments = ExplainResponse {
            response: "r".into(),
            request: "b".into(),
            show_values,
        };
        match explain(
            &loaded("r.json", response),
            &loaded("b.json", request),
            &arguments,
        ) {
            Ok(it) => format!("{}\n{}", it.report.join("\n"), it.summary),
            Err(error) => error,
        }
    }

    #[test]
    fn an_event_id_of_no_item_is_of_another_batch() {
        let batch = r#"{"items": [{"eventId": "a"}, {"eventId": "b"}]}"#;
        let response = r#"{"errorCount": 1, "results": [{"eventId": "b", "error": ""}, {"eventId": "zz", "error": "FAIL_X: no"}]}"#;
        insta::assert_snapshot!(check(response, batch, false), @r"
        b.json: result 1 has an event id of no item; is this the response to this batch? FAIL_X
        1 of 2 items refused
        ");
    }

    #[test]
    fn words_of_payloads_are_no_codes() {
        for word in ["FAIL_BAD_PARAMS", "401-01", "FAIL_X"] {
            assert!(is_code(word), "{word}");
        }
        for word in [
            "",
            "5550100",
            "JANEDOE",
            "JANE_DOE",
            "FAIL_5550100",
            "555-0100",
            "é-01",
            "FAIL",
        ] {
            assert!(!is_code(word), "{word}");
        }
    }

    const BATCH: &str = "{\"items\": [\n  {\"eventId\": \"a\"},\n  {\"eventId\": \"b\"},\n  {}\n]}";

    #[test]
    fn results_are_led_back_to_lines() {
        let response = r#"{"errorCount": 2, "results": [{"eventId": "b", "error": "FAIL_BAD_PARAMS: ERROR: Jane"}, {"eventId": "a", "error": ""}, {"eventId": "made-up", "error": "FAIL_X"}]}"#;
        insta::assert_snapshot!(check(response, BATCH, false), @r"
        b.json:3:3: item 1 was refused: FAIL_BAD_PARAMS (found by its event id)
        b.json:4:3: item 2 was refused: FAIL_X (found by its place)
        2 of 3 items refused
        ");
        assert!(
            check(response, BATCH, true)
                .contains("event id b was refused: FAIL_BAD_PARAMS: ERROR: Jane")
        );
    }

    #[test]
    fn what_cannot_be_told_is_said() {
        let response = r#"{"errorCount": 1, "results": [{"eventId": "x", "error": "FAIL_X"}]}"#;
        insta::assert_snapshot!(check(response, BATCH, false), @r"
        b.json: result 0 has an event id of no item; is this the response to this batch? FAIL_X
        b.json: the response has 1 result for 3 items
        1 of 3 items refused
        ");
        assert_eq!(
            check("{}", BATCH, false),
            "the response has neither `results`, `result` nor `error`"
        );
    }

    #[test]
    fn a_response_that_does_not_fit_is_said() {
        let said = [
            r#"{"errorCount": 2, "results": [{}, {}, {}]}"#,
            r#"{"results": [{}, {}, {}, {}, {}]}"#,
            r#"{"results": [{}, null]}"#,
            r#"{"results": {}}"#,
            r#"{"errorCount": 0, "results": []}"#,
            r#"{"results": [{}, {}, {}]}"#,
            r#"{"errorCount": "0", "results": [{}, {}, {}]}"#,
            r#"{"errorCount": 0, "results": [{"eventId": "a"}, {"eventId": "a"}, {}]}"#,
            r#"{"errorCount": 0, "results": [{}, {"error": 5}, {}]}"#,
            r#"{"errorCount": 0, "results": [{}, {}, {"eventId": 5, "error": null}]}"#,
            r#"{"error": "no"}"#,
            r#"{"error": null, "result": {"error": "FAIL_X"}}"#,
        ];
        let said = said.map(|response| check(response, BATCH, false));
        insta::assert_snapshot!(said.join("\n\n"), @r"
        b.json: the response counts 2 errors and names 0
        0 of 3 items refused

        b.json: the response has 5 results for 3 items
        b.json: the response has no `errorCount`
        0 of 3 items refused

        result 1 of the response is no object

        the response's `results` is no list

        b.json: the response has 0 results for 3 items
        0 of 3 items refused

        b.json: the response has no `errorCount`
        0 of 3 items refused

        b.json: the response's `errorCount` is no whole number
        0 of 3 items refused

        b.json: results 0 and 1 have the same event id
        0 of 3 items refused

        `error` of result 1 of the response is no text

        `eventId` of result 2 of the response is no text

        the response's `error` is no object

        b.json: result 0 is of no item that can be told: FAIL_X
        b.json: the response has 1 result for 3 items
        1 of 3 items refused
        ");
    }

    #[test]
    fn results_share_an_id_where_items_do() {
        let batch = r#"{"items": [{"eventId": "a"}, {"eventId": "a"}, {}, {}]}"#;
        let response = r#"{"errorCount": 0, "results": [{"eventId": "a"}, {"eventId": "a"}, {"eventId": ""}, {"eventId": ""}]}"#;
        assert_eq!(check(response, batch, false), "\n0 of 4 items refused");
    }

    #[test]
    fn a_refused_request_is_said() {
        let response = r#"{"error": {"requestId": "r", "message": "no", "code": "401-01"}}"#;
        assert!(check(response, BATCH, false).contains("refused as a whole (401-01)"));
    }
}
