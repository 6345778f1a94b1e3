//! The provider's document has everything inline, one operation at a time, and the error once for
//! each status. It gives the same types as `specs/`, which says everything once.

use std::fs;
use std::path::Path;

use quote::ToTokens as _;

/// What a type is made of, apart from its name and the names of other types: the fields or variants
/// with their names in JSON.
type Shape = Vec<String>;

fn shapes(path: &Path) -> Vec<Shape> {
    let text = fs::read_to_string(path).expect("is read");
    let file = syn::parse_file(&text).expect("is Rust");
    file.items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Struct(item) => Some(item.fields.iter().map(field).collect()),
            syn::Item::Enum(item) => Some(
                item.variants
                    .iter()
                    .map(|it| it.ident.to_string())
                    .collect(),
            ),
            _ => None,
        })
        // The list of attributes has a name in `specs/` and none in the provider's document.
        .filter(|shape: &Shape| !(shape.len() == 1 && shape[0].starts_with("0 ")))
        .collect()
}

fn field(field: &syn::Field) -> String {
    let name = field
        .ident
        .as_ref()
        .map_or("0".to_owned(), ToString::to_string);
    let serde = field.attrs.iter().filter(|it| it.path().is_ident("serde"));
    let serde: Vec<String> = serde.map(|it| it.to_token_stream().to_string()).collect();
    let optional = field.ty.to_token_stream().to_string();
    let held = optional.split(' ').next().unwrap_or_default();
    let held = if matches!(held, "Option" | "Field" | "Vec") {
        held
    } else {
        ""
    };
    format!("{name} {held} {}", serde.join(" "))
}

#[test]
fn the_published_form_gives_the_same_types() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut published = shapes(&root.join("tests/golden/published/expected/lib.rs"));
    let mut ours = Vec::new();
    for name in [
        "metadata-common",
        "agent-model",
        "conversation-model",
        "customer-model",
    ] {
        ours.extend(shapes(&root.join("..").join(name).join("src/lib.rs")));
    }
    published.sort();
    ours.sort();
    assert_eq!(published, ours);
    assert_eq!(published.len(), 15);
}
