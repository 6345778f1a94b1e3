//! Reading `[attributes]` of the configuration.

use specsmith_decimal::Decimal;
use specsmith_rules::attributes::AttributeKind;
use specsmith_rules::format::Format;
use specsmith_rules::pattern::Pattern;
use toml::de::DeTable;

use super::{Known, Table};
use crate::config::{Reader, Value};

/// The tables, one for each entity.
pub(crate) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Table> {
    const KEYS: &[&str] = &["rest", "known"];
    let mut tables = Vec::new();
    for (entity, value) in reader.table(value).into_iter().flatten() {
        let name = entity.get_ref().as_ref().to_owned();
        let message = format!("there is no entity `{name}` with attributes");
        let mut table = Table {
            unknown: reader.ready("config/unknown-key", entity.span(), message),
            entity: name,
            rest: false,
            known: Vec::new(),
        };
        for (key, value) in reader.table(value).into_iter().flatten() {
            match key.get_ref().as_ref() {
                "rest" => table.rest = reader.boolean(value).unwrap_or_default(),
                "known" => {
                    for (name, value) in reader.table(value).into_iter().flatten() {
                        let name = name.get_ref().as_ref().to_owned();
                        table.known.push(known(reader, name, value));
                    }
                }
                _ => reader.unknown(key, KEYS),
            }
        }
        tables.push(table);
    }
    tables
}

fn known(reader: &mut Reader<'_>, name: String, value: &Value<'_>) -> Known {
    const KEYS: &[&str] = &[
        "doc",
        "required",
        "type",
        "min-length",
        "max-length",
        "pattern",
        "format",
        "one-of",
        "minimum",
        "maximum",
    ];
    let mut known = Known {
        name,
        ..Known::default()
    };
    let mut is_typed = true;
    for (key, value) in reader.table(value).into_iter().flatten() {
        match key.get_ref().as_ref() {
            // For people.
            "doc" => drop(reader.string(value)),
            "required" => known.required = reader.boolean(value).unwrap_or_default(),
            "type" => {
                if let Some(name) = reader.string(value) {
                    match AttributeKind::named(&name) {
                        Some(kind) => known.kind = kind,
                        None => {
                            is_typed = false;
                            reader.invalid(value, "takes text, integer, number or boolean");
                        }
                    }
                }
            }
            "min-length" => known.min_length = reader.count(value).map(|it| it as u64),
            "max-length" => known.max_length = reader.count(value).map(|it| it as u64),
            "pattern" => {
                if let Some(text) = reader.string(value) {
                    match Pattern::new(&text) {
                        Ok(pattern) => known.pattern = Some((text, pattern)),
                        Err(_) => reader.invalid(value, "takes a pattern of ECMA-262"),
                    }
                }
            }
            "format" => {
                if let Some(name) = reader.string(value) {
                    known.format = Format::named(&name);
                    if known.format.is_none() {
                        reader.invalid(value, "takes a format that is checked, such as `date`");
                    }
                }
            }
            "one-of" => known.one_of = reader.strings(value),
            "minimum" => known.minimum = number(reader, value),
            "maximum" => known.maximum = number(reader, value),
            _ => reader.unknown(key, KEYS),
        }
    }
    let is_number = matches!(known.kind, AttributeKind::Integer | AttributeKind::Number);
    let has_range = known.minimum.is_some() || known.maximum.is_some();
    if has_range && !is_number && is_typed {
        let clause = "has a range, so its `type` is `integer` or `number`";
        reader.invalid(value, clause);
    }
    if let Some(table) = value.get_ref().as_table().filter(|_| is_typed) {
        contradictions(reader, &known, table);
    }
    known
}

/// Rules that no value fits together, which the derives refuse too: said at the first of two, and at
/// each value that is listed in vain.
fn contradictions(reader: &mut Reader<'_>, known: &Known, table: &DeTable<'_>) {
    let lengths = known.min_length.zip(known.max_length);
    if let (Some(value), true) = (
        table.get("min-length"),
        lengths.is_some_and(|(min, max)| min > max),
    ) {
        reader.invalid(value, "is above `max-length`, so no value fits");
    }
    let range = known.minimum.as_ref().zip(known.maximum.as_ref());
    if let (Some(value), true) = (
        table.get("minimum"),
        range.is_some_and(|(min, max)| min > max),
    ) {
        reader.invalid(value, "is above `maximum`, so no value fits");
    }
    let Some(value) = table.get("one-of") else {
        return;
    };
    let listed = value.get_ref().as_array();
    let listed = listed.map_or(std::slice::from_ref(value), |it| it.as_ref());
    if listed.is_empty() {
        reader.invalid(value, "lists no value, so none fits");
    }
    for item in listed {
        let text = item.get_ref().as_str();
        if text.is_some_and(|it| !known.faults(it).is_empty()) {
            reader.invalid(item, "lists a value that another rule beside it refuses");
        }
    }
}

/// A number, which may be written as text where TOML's own do not reach.
fn number(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Decimal> {
    let it = value.get_ref();
    let number = match (it.as_integer(), it.as_float(), it.as_str()) {
        (Some(number), _, _) => i128::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(Decimal::from),
        (_, Some(number), _) => number.as_str().parse().ok().and_then(Decimal::from_f64),
        (_, _, Some(text)) => Decimal::parse(text),
        (None, None, None) => None,
    };
    if number.is_none() {
        reader.invalid(value, "takes a number");
    }
    number
}
