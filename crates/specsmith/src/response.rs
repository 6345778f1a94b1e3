//! `specsmith explain-response`: which records of a batch a response is about.

use std::path::Path;
use std::sync::Arc;

use specsmith_json::{Limits, Node, Value, read};

use crate::args::ExplainResponse;
use crate::console::Console;
use crate::inputs::reason;
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
    let bytes = crate::inputs::whole(path)
        .map_err(|it| format!("{name} cannot be read: {}", reason(&it)))?;
    let reading = read(&bytes, &Limits::default());
    match (reading.root, reading.faults.first()) {
        (Some(root), _) => Ok(Loaded { name, bytes, root }),
        (None, Some(fault)) => {
            let text = Text::new(&name, &bytes, Start::OF_FILE, false);
            let at = u64::from(fault.span.start);
            let place = text.location(&(at..at));
            Err(format!("{name}:{}:{}: {fault}", place.line, place.column))
        }
        (None, None) => Err(format!("{name} holds no JSON")),
    }
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
    let error = response.root.get("error");
    if let Some(error) = error.filter(|it| !matches!(it.value, Value::Null)) {
        let code = error.get("code").and_then(Node::as_str).unwrap_or_default();
        let code = match (arguments.show_values, is_code(code)) {
            (_, true) => format!(" ({code})"),
            (true, false) if !code.is_empty() => format!(" ({})", visible(code)),
            (_, false) => String::new(),
        };
        return Ok(Explained {
            report: vec![format!(
                "{}: the request was refused as a whole{code}",
                request.name
            )],
            summary: "no item was looked at".to_owned(),
        });
    }
    let results: Vec<&Node> = match (response.root.get("results"), response.root.get("result")) {
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
    if let Some(place) = results.iter().position(|it| it.as_object().is_none()) {
        return Err(format!("result {place} of the response is no object"));
    }
    let items: Vec<&Node> = match request.root.get("items").and_then(Node::as_array) {
        Some(items) => items.iter().collect(),
        None => vec![&request.root],
    };
    let text = Text::new(&request.name, &request.bytes, Start::OF_FILE, false);
    let event_id = |node: &Node| {
        node.get("eventId")
            .and_then(Node::as_str)
            .map(str::to_owned)
    };
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
                let id = id.map_or_else(String::new, |it| format!(", event id {}", visible(&it)));
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
    let mut summary = format!("{} of {} items refused", report.len(), items.len());
    if results.len() != items.len() {
        let results = counted(results.len() as u64, "result", "results");
        summary.push_str(&format!("; the response has {results}"));
    }
    let count = response.root.get("errorCount").and_then(Node::as_number);
    let count = count.and_then(|it| it.as_str().parse::<usize>().ok());
    if let Some(count) = count.filter(|it| *it != report.len()) {
        let errors = counted(count as u64, "error", "errors");
        report.push(format!(
            "{}: the response counts {errors} and names {}",
            request.name,
            report.len()
        ));
    }
    Ok(Explained { report, summary })
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
        1 of 3 items refused; the response has 1 result
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
            r#"{"error": "no"}"#,
            r#"{"error": null, "result": {"error": "FAIL_X"}}"#,
        ];
        let said = said.map(|response| check(response, BATCH, false));
        insta::assert_snapshot!(said.join("\n\n"), @r"
        b.json: the response counts 2 errors and names 0
        0 of 3 items refused


        0 of 3 items refused; the response has 5 results

        result 1 of the response is no object

        the response's `results` is no list

        b.json: the request was refused as a whole
        no item was looked at

        b.json: result 0 is of no item that can be told: FAIL_X
        1 of 3 items refused; the response has 1 result
        ");
    }

    #[test]
    fn a_refused_request_is_said() {
        let response = r#"{"error": {"requestId": "r", "message": "no", "code": "401-01"}}"#;
        assert!(check(response, BATCH, false).contains("refused as a whole (401-01)"));
    }
}
