//! Which lists of a specification are lists of attributes, whatever it is about.

use std::fs;

use specsmith_codegen::{Config, Generated, generate};

const SHOP: &str = r#"
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths: {}
components:
  schemas:
    Order:
      type: object
      required: [orderId]
      properties:
        orderId: { type: string }
        tags: { $ref: '#/components/schemas/Tags' }
    Item:
      type: object
      properties:
        extras:
          type: array
          minItems: 1
          items: { $ref: '#/components/schemas/Tag' }
    Tags:
      type: array
      maxItems: 5
      items: { $ref: '#/components/schemas/Tag' }
    Tag:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1, maxLength: 20, pattern: '^[a-z]+$' }
        value: { type: [string, 'null'] }
    Label:
      type: object
      properties:
        key: { type: string }
        text: { type: string, maxLength: 9 }
    Parcel:
      type: object
      properties:
        labels: { type: array, items: { $ref: '#/components/schemas/Label' } }
        weight: { type: number }
"#;

fn generated(attributes: &str) -> Generated {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("shop.yaml"), SHOP).expect("is written");
    let text = format!("[codegen]\n{attributes}\n[codegen.crates]\n\"shop.yaml\" = \"shop\"\n");
    let config = Config::parse(&text).expect("is understood");
    generate(&config, folder.path())
}

fn derives(generated: &Generated) -> &str {
    let file = generated
        .tree
        .files
        .get("crates/attributes-derive/src/lib.rs");
    file.map_or("", String::as_str)
}

/// The text without white space, since what matters is not how it is laid out.
fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn lists_are_found_by_their_shape() {
    let generated = generated("");
    assert!(!generated.is_broken(), "{:?}", generated.findings);
    let text = tight(derives(&generated));
    let limits = r#"name:Text{min_length:Some(1),max_length:Some(20),patterns:&["^[a-z]+$"],},value:Text{min_length:None,max_length:None,patterns:&[]"#;
    assert!(text.contains(&format!(
        r#"List{{pair:"Tag",property:"tags",keys:["name","value"],min_items:None,max_items:Some(5),{limits}"#
    )));
    assert!(text.contains(&format!(
        r#"List{{pair:"Tag",property:"extras",keys:["name","value"],min_items:Some(1),max_items:None,{limits}"#
    )));
    // Two entities in one document: each is called by its own name.
    assert!(text.contains(
        r#"Entity{names:&["Order"],property:"tags",list:0,fields:&["orderId","tags"],}"#
    ));
    assert!(
        text.contains(r#"Entity{names:&["Item"],property:"extras",list:1,fields:&["extras"],}"#)
    );
    assert!(!text.contains("Label") && !text.contains("Parcel"));
    let module = tight(&generated.tree.files["crates/shop/src/attributes.rs"]);
    assert!(
        module.contains("implAttributePairforsuper::Tag{"),
        "{module}"
    );
    assert!(
        module.contains("Self{name:name,value:super::Field::Value(value),}")
            || module.contains("Self{name,value:super::Field::Value(value),}"),
        "{module}"
    );
    assert!(
        module.contains("```ignore"),
        "the example does not fit a pattern for names"
    );
}

#[test]
fn lists_can_be_named() {
    let named = r#"attributes.lists = [{ list = "Label", name = "key", value = "text" }]"#;
    let generated = generated(named);
    assert!(!generated.is_broken(), "{:?}", generated.findings);
    let text = tight(derives(&generated));
    assert!(text.contains(r#"List{pair:"Label",property:"labels",keys:["key","text"],"#));
    // The only entity of its document goes by the document's name too.
    assert!(text.contains(r#"Entity{names:&["shop","Parcel"],property:"labels","#));
    assert!(!text.contains("Tag"));
}

#[test]
fn a_name_that_is_no_list_is_said() {
    let generated = generated(r#"attributes.lists = ["Tags", "Order", "Label"]"#);
    let said: Vec<_> = generated
        .findings
        .iter()
        .map(|it| format!("{} {}", it.code, it.message))
        .collect();
    assert_eq!(
        said,
        [
            "config/no-attribute-list `Order` is no list of records with the strings `name` and `value`",
            "config/no-attribute-list `Label` is no list of records with the strings `name` and `value`",
        ]
    );
}

#[test]
fn no_crate_is_written_where_none_is_wanted() {
    for wish in ["attributes = false", "attributes.lists = []"] {
        let generated = generated(wish);
        assert!(!generated.is_broken(), "{:?}", generated.findings);
        assert!(derives(&generated).is_empty());
        assert!(
            !generated
                .tree
                .files
                .contains_key("crates/shop/src/attributes.rs")
        );
        assert!(!generated.tree.files["crates/shop/Cargo.toml"].contains("attributes"));
    }
    let renamed = generated(r#"attributes.crate = "shop-derive""#);
    assert!(
        renamed
            .tree
            .files
            .contains_key("crates/shop-derive/Cargo.toml")
    );
}
