//! `specsmith generate`, as people run it.

use std::path::Path;
use std::process::Command;

const SPEC: &str = r#"openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders:
    post:
      operationId: addOrder
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '204': { description: "-" } }
    get:
      operationId: listOrders
      responses: { '200': { description: "-", content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } } }
components:
  schemas:
    Order: { type: object, properties: { id: { type: string }, note: { type: string, nullable: true }, any: {} } }
    Page: { type: object, properties: { next: { type: string } } }
    Unused: { type: object, properties: { a: { type: string } } }
"#;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("is written");
    }
    folder
}

fn generate(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .arg("generate")
        .args(arguments)
        .output()
        .expect("specsmith runs");
    Ran {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The source of the crate of that name.
fn source(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name).join("src/lib.rs")).expect("was written")
}

#[test]
fn the_crate_is_named_and_placed() {
    let folder = folder(&[("shop.yaml", SPEC)]);
    let ran = generate(folder.path(), &["shop.yaml", "--out", "a/b"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(source(folder.path(), "a/b/shop-model").contains("pub struct Order {"));
    let ran = generate(
        folder.path(),
        &["shop.yaml", "--out", ".", "--crate", "shop_types"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let manifest = std::fs::read_to_string(folder.path().join("shop_types/Cargo.toml"));
    assert!(
        manifest
            .expect("is there")
            .contains("name = \"shop_types\"")
    );
    let ran = generate(
        folder.path(),
        &["shop.yaml", "--out", ".", "--crate", "Shop Types"],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("`Shop Types` is not the name of a crate"),
        "{}",
        ran.err
    );
}

#[test]
fn schemas_and_operations_are_chosen() {
    let folder = folder(&[("shop.yaml", SPEC)]);
    let arguments = [
        "shop.yaml",
        "--out",
        ".",
        "--schemas",
        "Unused",
        "--operations",
        "listOrders",
    ];
    assert_eq!(generate(folder.path(), &arguments).code, 0);
    let source = source(folder.path(), "shop-model");
    assert!(source.contains("pub struct Unused {") && source.contains("pub struct Page {"));
    assert!(!source.contains("Order"));
    let operations = folder.path().join("shop-model/src/operations.rs");
    let operations = std::fs::read_to_string(operations).expect("is there");
    assert!(operations.contains("LIST_ORDERS") && !operations.contains("ADD_ORDER"));

    let ran = generate(
        folder.path(),
        &["shop.yaml", "--out", ".", "--schemas", "Ordr,Page"],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("the specification has no schema `Ordr`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("did you mean `Order`?"), "{}", ran.err);
    let ran = generate(
        folder.path(),
        &["shop.yaml", "--out", ".", "--operations", "POST /orders"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn figures_are_one_json_object() {
    let folder = folder(&[("shop.yaml", SPEC)]);
    let ran = generate(
        folder.path(),
        &["shop.yaml", "--out", ".", "--stats", "json"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let figures: serde_json::Value = serde_json::from_str(&ran.out).expect("is JSON");
    assert_eq!(figures["types"], 3);
    assert_eq!(figures["any_by_spec"], 1);
    assert_eq!(figures["any_fallback"], 0);
    assert_eq!(figures["refused"], serde_json::json!([]));
    assert!(figures["schemas"].as_u64() > Some(8) && figures["lines"].as_u64() > Some(30));
}

#[test]
fn the_configuration_says_how_code_is_written() {
    let settings = "[codegen]\nnullable = \"option\"\n[codegen.rename]\n\"Order.id\" = \"key\"\n";
    let folder = folder(&[("shop.yaml", SPEC), ("specsmith.toml", settings)]);
    assert_eq!(
        generate(folder.path(), &["shop.yaml", "--out", "."]).code,
        0
    );
    let text = source(folder.path(), "shop-model");
    assert!(text.contains("pub note: Option<Option<String>>"), "{text}");
    assert!(text.contains("pub key: Option<String>"), "{text}");

    std::fs::write(
        folder.path().join("other.toml"),
        "[codegen]\nnullable = \"field\"\n",
    )
    .expect("is written");
    let arguments = ["shop.yaml", "--out", ".", "--config", "other.toml"];
    assert_eq!(generate(folder.path(), &arguments).code, 0);
    assert!(source(folder.path(), "shop-model").contains("pub note: Field<String>"));

    for (settings, says) in [
        (
            "[codegen]\nnullable = \"perhaps\"\n",
            "`codegen.nullable` is `field` or `option`",
        ),
        (
            "[codegen.rename]\nOrdr = \"Bestellung\"\n",
            "nothing is called `Ordr`",
        ),
        (
            "[codegen.rename]\nOrder = \"Page\"\n",
            "two types would be called `Page`",
        ),
        (
            "[codegen.rename]\n\"Order.id\" = \"note\"\n",
            "`Order` would have two `note`",
        ),
    ] {
        std::fs::write(folder.path().join("other.toml"), settings).expect("is written");
        let ran = generate(folder.path(), &arguments);
        assert_eq!(ran.code, 2, "{settings}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

#[test]
fn a_document_with_flaws_is_generated_and_a_broken_one_is_not() {
    let flawed = SPEC.replace("{ type: string }", "{ type: string, minLenght: 1 }");
    let newer = SPEC.replace("3.0.3", "3.2.0");
    let swagger = "swagger: '2.0'\ninfo: { title: t, version: '1' }\npaths: {}\n";
    let folder = folder(&[
        ("flawed.yaml", &flawed),
        ("newer.yaml", &newer),
        ("swagger.yaml", swagger),
        ("broken.yaml", "openapi: ["),
    ]);
    let ran = generate(folder.path(), &["flawed.yaml", "--out", "."]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("warning[spec/"), "{}", ran.err);
    let ran = generate(folder.path(), &["newer.yaml", "--out", "."]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("3.1"), "{}", ran.err);
    let ran = generate(folder.path(), &["swagger.yaml", "--out", "."]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(
        ran.err.contains("convert it to OpenAPI 3 first"),
        "{}",
        ran.err
    );
    for missing in ["broken.yaml", "missing.yaml"] {
        let ran = generate(folder.path(), &[missing, "--out", "."]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("error"), "{}", ran.err);
    }
}
