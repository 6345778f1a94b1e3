//! References: within a document, to other files, to nothing, and in circles.

use std::path::PathBuf;

use specsmith_source::{Disk, Limits, load, lower};

use crate::support::{check_findings, check_lower, said};

const HEAD: &str = "openapi: 3.0.3\n";

#[test]
fn pointers_are_unescaped() {
    check_lower(
        &[(
            "t.yaml",
            &format!(
                "{HEAD}components:\n  schemas:\n    a/b~c%d é: {{type: string}}\n    R: {{$ref: '#/components/schemas/a~1b~0c%25d%20%C3%A9'}}\n    S: {{$ref: '#/components/schemas/L/allOf/1'}}\n    L: {{allOf: [{{}}, {{type: number}}]}}\n"
            ),
        )],
        "
        a/b~c%d é = string
        R = -> a/b~c%d é
        S = -> number
        L = all(any, number)
        ",
    );
}

#[test]
fn what_leads_nowhere() {
    check_findings(
        &[(
            "t.yaml",
            &format!(
                "{HEAD}components:
  schemas:
    Name: {{type: string}}
    A: {{$ref: '#/components/schemas/Nmae'}}
    B: {{$ref: '#/components/schemas/Whatever'}}
    C: {{$ref: '#/components/schemas/%zz'}}
    D: {{$ref: '#/openapi'}}
    E: {{$ref: '#components/schemas/Name'}}
    F: {{$ref: '#/components/schemas/~2'}}
"
            ),
        )],
        "
        5:15 deny spec/missing-target: this reference leads to nothing (did you mean `Name`?)
        6:15 warn spec/missing-target: this reference leads to nothing (what refers to it accepts any value)
        7:15 deny spec/invalid-reference: what stands behind the `#` is no JSON pointer (write `~0` for `~`, `~1` for `/` and `%25` for `%` in a name)
        8:15 deny spec/wrong-target: this reference leads to something that is no schema
        9:15 warn spec/missing-target: this reference leads to nothing (what refers to it accepts any value)
        10:15 deny spec/invalid-reference: what stands behind the `#` is no JSON pointer (write `~0` for `~`, `~1` for `/` and `%25` for `%` in a name)
        ",
    );
}

#[test]
fn circles_are_cut() {
    check_lower(
        &[(
            "t.yaml",
            &format!(
                "{HEAD}components:
  schemas:
    A: {{$ref: '#/components/schemas/B'}}
    B: {{$ref: '#/components/schemas/A'}}
    C: {{$ref: '#/components/schemas/C'}}
    Base: {{oneOf: [{{$ref: '#/components/schemas/Dog'}}]}}
    Dog: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{type: object}}]}}
    Fine: {{properties: {{next: {{$ref: '#/components/schemas/Fine'}}}}}}
"
            ),
        )],
        "
        A = -> B
        B = -> any
        C = -> any
        Base = one of(-> Dog)
        Dog = all(-> any, {})
        Fine = any+{next: -> Fine}
        5:9 warn spec/reference-cycle: this reference leads back to where it comes from, about the same value (what leads around the circle is asked for once)
        6:9 warn spec/reference-cycle: this reference leads back to where it comes from, about the same value (what leads around the circle is asked for once)
        8:20 warn spec/reference-cycle: this reference leads back to where it comes from, about the same value (what leads around the circle is asked for once)
        ",
    );
}

/// The base without its choice is what is joined, whichever is written first.
#[test]
fn a_base_that_lists_what_extends_it() {
    check_lower(
        &[(
            "t.yaml",
            "openapi: 3.1.0
components:
  schemas:
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [claws]}]}
    Pet: {type: object, required: [kind], oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [bark]}]}
",
        )],
        "
        Cat = all(-> {kind!}, any+{claws!})
        Pet = {kind!} & one of(-> Cat, -> Dog)
        Dog = all(-> {kind!}, any+{bark!})
        4:20 warn spec/reference-cycle: this reference leads back to where it comes from, about the same value (what leads around the circle is asked for once)
        6:20 warn spec/reference-cycle: this reference leads back to where it comes from, about the same value (what leads around the circle is asked for once)
        ",
    );
}

#[test]
fn circles_through_a_schema_inside_another() {
    check_lower(
        &[(
            "t.yaml",
            "openapi: 3.1.0
components:
  schemas:
    First: {$ref: '#/components/schemas/P/allOf/0'}
    P:
      allOf:
        - $ref: '#/components/schemas/P'
          minLength: 1
",
        )],
        "
        First = -> any+string(1..) & -> any
        P = all(any+string(1..) & -> any)
        7:11 warn spec/reference-cycle: this reference leads back to where it comes from, about the same value (what leads around the circle is asked for once)
        ",
    );
}

#[test]
fn other_files() {
    check_lower(
        &[
            (
                "specs/agent.yaml",
                "openapi: 3.0.3
paths:
  /a:
    post:
      requestBody: {$ref: 'shared/bodies.yaml#/Body'}
      responses:
        '200': {$ref: './shared/bodies.yaml#/Answer'}
components:
  schemas:
    A: {$ref: 'common.yaml#/components/schemas/Name'}
    B: {$ref: shared/item.json}
",
            ),
            (
                "specs/common.yaml",
                "openapi: 3.0.3\ncomponents: {schemas: {Name: {type: string}, Back: {$ref: 'agent.yaml#/components/schemas/A'}}}",
            ),
            (
                "specs/shared/bodies.yaml",
                "Body: {content: {application/json: {schema: {$ref: '../common.yaml#/components/schemas/Name'}}}}\nAnswer: {description: ok, content: {application/json: {schema: {$ref: item.json}}}}",
            ),
            (
                "specs/shared/item.json",
                r##"{"type": "object", "properties": {"self": {"$ref": "#"}, "other": {"$ref": "#/x/y"}}, "x": {"y": {"type": "boolean"}}}"##,
            ),
        ],
        "
        agent.A = -> Name
        agent.B = -> item
        common.Name = string
        common.Back = -> A
        item.item = {self: -> item, other: -> y}
        item.y = boolean
        POST /a
          request: application/json -> Name
          200: application/json -> item
        specs/shared/item.json:1:87 warn spec/unknown-keyword: `x` is no keyword of OpenAPI 3.0
        ",
    );
}

#[test]
fn files_that_must_not_or_cannot_be_read() {
    check_findings(
        &[
            (
                "specs/a.yaml",
                "openapi: 3.0.3
components:
  schemas:
    A: {$ref: 'missing.yaml#/A'}
    B: {$ref: '../secret.yaml#/A'}
    C: {$ref: '/etc/passwd'}
    D: {$ref: 'https://example.com/a.yaml'}
    E: {$ref: 'sub/../../secret.yaml'}
    F: {$ref: '%zz.yaml'}
    G: {$ref: 'broken.json'}
    H: {$ref: 'missing.yaml#/B'}
    I: {example: {$ref: 'never.yaml'}, properties: {example: {$ref: 'file:///x'}}}
",
            ),
            ("specs/broken.json", "{\"a\": }"),
            ("secret.yaml", "A: {type: string}"),
        ],
        "
        4:15 deny spec/missing-file: `specs/missing.yaml` cannot be read: there is no such file
        5:15 deny spec/escaping-reference: this reference leads out of the folder of the specification (move the file into the folder of the document that was asked for)
        6:15 deny spec/remote-reference: this reference leads to another machine or to an absolute path (save the document beside this one and refer to it by a relative path)
        7:15 deny spec/remote-reference: this reference leads to another machine or to an absolute path (save the document beside this one and refer to it by a relative path)
        9:15 deny spec/invalid-reference: the `%` escapes of this reference are broken (write `%25` for a percent sign)
        12:69 deny spec/remote-reference: this reference leads to another machine or to an absolute path (save the document beside this one and refer to it by a relative path)
        specs/broken.json:1:7 deny json/syntax: a value belongs here (write a JSON value)
        ",
    );
}

#[test]
fn links_in_the_file_system_do_not_lead_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    std::fs::create_dir(&specs).expect("a folder");
    std::fs::write(folder.path().join("secret.yaml"), "A: {type: string}").expect("written");
    std::fs::write(specs.join("fine.yaml"), "A: {type: string}").expect("written");
    let text = "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: 'link.yaml#/A'}\n    B: {$ref: 'fine.yaml#/A'}\n";
    let root = specs.join("a.yaml");
    std::fs::write(&root, text).expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.yaml", specs.join("link.yaml")).expect("linked");
    let (specification, findings) = load(&[root], &Disk, &Limits::default());
    let specification = specification.expect("it loads");
    if cfg!(unix) {
        let codes: Vec<&str> = findings.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, ["spec/escaping-reference"]);
        assert_eq!(specification.documents.len(), 2);
        assert!(lower(&specification).findings.is_empty(), "it is said once");
    }
}

#[test]
fn a_file_that_is_asked_for_is_said_if_it_cannot_be_read() {
    let roots = [PathBuf::from("no/such.yaml")];
    let (specification, findings) = load(&roots, &Disk, &Limits::default());
    assert!(specification.is_none());
    assert_eq!(
        said(&findings, ""),
        "- deny spec/unreadable: `no/such.yaml` cannot be read: there is no such file"
    );
}

#[test]
fn documents_have_distinct_names() {
    check_lower(
        &[
            (
                "api.yaml",
                "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: 'x/api.yaml#/B'}}}",
            ),
            ("x/api.yaml", "B: {type: string}"),
        ],
        "
        api.A = -> B
        api-2.B = string
        ",
    );
}

#[test]
fn examples_and_mappings_in_files_are_followed_and_make_nothing_unusable() {
    check_findings(
        &[
            (
                "t.yaml",
                "openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  responses:
    R:
      description: ok
      content:
        application/json:
          schema: {type: integer}
          examples:
            one: {$ref: 'e.yaml#/One'}
            two: {$ref: 'f.yaml#/Two'}
            three: {$ref: 'e.yaml#/Tow'}
  schemas:
    S:
      type: object
      discriminator: {propertyName: a, mapping: {x: 'g.yaml#/X'}}
",
            ),
            ("e.yaml", "One: {value: a}\nTwo: {value: 2}\n"),
        ],
        "
        13:25 warn spec/missing-file: `f.yaml` cannot be read: there is no such file
        18:53 warn spec/missing-file: `g.yaml` cannot be read: there is no such file
        14:27 warn spec/missing-target: this reference leads to nothing (did you mean `Two`?)
        e.yaml:1:14 warn spec/invalid-example: the example is a string, not an integer (write a number, without quotes)
        ",
    );
}
