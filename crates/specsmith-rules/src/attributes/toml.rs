//! The attributes of a type as a table of `specsmith.toml`.

use core::fmt::Write as _;

use specsmith_decimal::DecimalRef;

use super::{AttributeKind, AttributeSpec, CustomAttributes, Unknown};

/// What a type knows of the attributes of `entity`, as `specsmith validate` reads it.
///
/// A test can hold the file to the type, so that the two never drift:
///
/// ```ignore
/// let file = std::fs::read_to_string("specsmith.toml")?;
/// let table = specsmith_rules::attributes::toml::<Loyalty>("customer");
/// assert!(file.contains(&table), "put this into specsmith.toml:\n{table}");
/// ```
pub fn toml<T: CustomAttributes>(entity: &str) -> String {
    let entity = key(entity);
    let mut out = format!("[attributes.{entity}]\n");
    if T::UNKNOWN == Unknown::Kept {
        out.push_str("rest = true\n");
    }
    for spec in T::SPEC {
        out.push('\n');
        write(&entity, spec, &mut out);
    }
    out
}

fn write(entity: &str, spec: &AttributeSpec<'_>, out: &mut String) {
    // Writing to a `String` cannot fail.
    let mut line = |text: core::fmt::Arguments<'_>| {
        let _ = writeln!(out, "{text}");
    };
    line(format_args!(
        "[attributes.{entity}.known.{}]",
        key(spec.name)
    ));
    if !spec.doc.is_empty() {
        line(format_args!("doc = {}", string(spec.doc)));
    }
    if spec.required {
        line(format_args!("required = true"));
    }
    if spec.kind != AttributeKind::Text {
        line(format_args!("type = {}", string(spec.kind.name())));
    }
    if let Some(limit) = spec.min_length {
        line(format_args!("min-length = {limit}"));
    }
    if let Some(limit) = spec.max_length {
        line(format_args!("max-length = {limit}"));
    }
    if let Some(pattern) = spec.pattern {
        line(format_args!("pattern = {}", string(pattern)));
    }
    if let Some(format) = spec.format {
        line(format_args!("format = {}", string(format.name())));
    }
    if !spec.one_of.is_empty() {
        let listed: Vec<_> = spec.one_of.iter().map(|text| string(text)).collect();
        line(format_args!("one-of = [{}]", listed.join(", ")));
    }
    if let Some(limit) = spec.minimum {
        line(format_args!("minimum = {}", number(limit)));
    }
    if let Some(limit) = spec.maximum {
        line(format_args!("maximum = {}", number(limit)));
    }
}

/// A number; as text where it is more than TOML's own integers hold.
fn number(number: DecimalRef<'_>) -> String {
    match number.to_i64() {
        Some(number) => number.to_string(),
        None => string(number.as_str()),
    }
}

/// A key, bare where it can be.
fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.bytes().all(is_bare) {
        name.to_owned()
    } else {
        string(name)
    }
}

fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            char if char.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
