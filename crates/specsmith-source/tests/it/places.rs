//! Where rules are written, as findings about payloads will say it.

use specsmith_diagnostics::Span;
use specsmith_ir::Facet;

use crate::support::read;

const YAML: &str = "openapi: 3.0.3
components:
  schemas:
    A:
      type: object
      required: [a]
      properties:
        a/b:
          type: string
          maxLength: 5
          example: abc
";

#[test]
fn every_rule_knows_its_key() {
    let (read, _) = read(&[("specs/a.yaml", YAML)]);
    let (specification, lowered) = read.expect("it loads");
    let a = lowered.model.definition("A").expect("it is there").schema;
    let record = lowered.model.schema(a).types.record.as_ref();
    let property = record.expect("a record").properties[0].schema;
    let place = |schema, facet| {
        let span: Span = *lowered
            .origins
            .first(schema, facet)
            .expect("it is recorded");
        let place = specification.spec_place(span);
        assert_eq!(place.file, "specs/a.yaml");
        (place.line, place.column, place.pointer)
    };
    let root = "/components/schemas/A";
    assert_eq!(place(a, Facet::Whole), (5, 7, root.to_owned()));
    assert_eq!(place(a, Facet::Types), (5, 7, format!("{root}/type")));
    assert_eq!(
        place(a, Facet::Required),
        (6, 7, format!("{root}/required"))
    );
    let of_property = format!("{root}/properties/a~1b");
    assert_eq!(place(a, Facet::Property(0)), (8, 9, of_property.clone()));
    assert_eq!(
        place(property, Facet::MaxLength),
        (10, 11, format!("{of_property}/maxLength"))
    );
}

#[test]
fn findings_show_the_line() {
    let (_, findings) = read(&[("a.yaml", "openapi: 3.0.3\ninfos: {}\n")]);
    let excerpt = findings[0].excerpt.as_ref().expect("a line");
    assert_eq!(
        (excerpt.text.as_str(), excerpt.start, excerpt.end),
        ("infos: {}", 0, 5)
    );
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `info`?"));
}

#[test]
fn copies_of_an_alias_are_found_where_they_were_written() {
    let yaml = "openapi: 3.0.3
components:
  schemas:
    A: &a {type: string}
    B: *a
";
    let (read, _) = read(&[("a.yaml", yaml)]);
    let (specification, lowered) = read.expect("it loads");
    let b = lowered.model.definition("B").expect("it is there").schema;
    let span = *lowered.origins.first(b, Facet::Types).expect("recorded");
    let place = specification.spec_place(span);
    assert_eq!((place.line, place.column), (4, 12));
    assert_eq!(place.pointer, "/components/schemas/A/type");
}
