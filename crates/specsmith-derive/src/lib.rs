//! The derive macros of Specsmith: a door to the expansion in `specsmith-macros`.
//!
//! Use it through the feature `derive` of `specsmith-rules`, which documents it with examples.
#![forbid(unsafe_code)]

use proc_macro::TokenStream;
use specsmith_macros::{Roots, record, validate};

/// Derives `Validate`: checks each field by the rules in its `#[validate(…)]`.
///
/// Fields without rules are not looked at. `Option`, `Field`, `Box` and references are looked
/// through, recognised by the last segment of their paths; rules speak of the value inside, where
/// there is one. Names in paths are those of serde (`rename`, `rename_all`, `flatten`, `tag`,
/// `content`, `untagged`, `transparent`), or of the option `rename`.
///
/// On strings: `min_length = 1`, `max_length = 32` (in code points), `pattern = r"^[A-Z]+$"`
/// (ECMA-262, searched for), `format = "email"`, `one_of = ["gold", "silver"]`.
///
/// On numbers: `minimum = 0`, `maximum = 9.5`, `exclusive_minimum`, `exclusive_maximum`,
/// `multiple_of = 0.1` (all exact; `"1e400"` for what Rust's literals cannot say),
/// `one_of = [1, 2]`, `format = "int32"`.
///
/// On lists: `min_items = 1`, `max_items = 10`, `unique_items`, and rules for each item in
/// `items(max_length = 16)`.
///
/// On maps: `min_properties = 1`, `max_properties = 10`, and rules in `keys(…)` and `values(…)`.
///
/// On any type: `nested` (the type's own `Validate`), `never` (no value is allowed), and
/// `with = path::to::function`, a `fn(&T, &Path<'_>, &mut Violations)`.
///
/// On the item itself: `crate = path` (where `specsmith_rules` is, if not at `::specsmith_rules`),
/// `with = function` for the whole value, and `allow_contradictions` for generated code whose
/// schema contradicts itself.
#[proc_macro_derive(Validate, attributes(validate))]
pub fn derive_validate(input: TokenStream) -> TokenStream {
    validate::expand(input.into(), &Roots::default()).into()
}

/// Derives serde's `Serialize` and `Deserialize` for a struct that is an object of JSON, and knows
/// what may be absent and what may be null:
///
/// | field | property |
/// |---|---|
/// | `T` | is there |
/// | `Option<T>` | may be absent; null only where `T` takes it |
/// | `Field<T>` | may be absent, may be null |
/// | `Option<T>` with `#[record(required)]` | is there, may be null |
/// | `BTreeMap<String, T>` with `#[serde(flatten)]` | all that have no field |
///
/// Of serde's options it knows `rename`, `flatten` and `deny_unknown_fields`. It takes the compiler a
/// fraction of what serde's own derives take.
#[proc_macro_derive(JsonRecord, attributes(serde, record))]
pub fn derive_json_record(input: TokenStream) -> TokenStream {
    record::expand(input.into(), &Roots::default()).into()
}
