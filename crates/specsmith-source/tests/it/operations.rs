//! Operations, what they send and what they receive.

use crate::support::{check_findings, check_lower};

#[test]
fn everything_about_an_operation() {
    check_lower(
        &[(
            "t.yaml",
            "openapi: 3.0.3
info: {title: T, version: '1'}
security: [{key: []}]
paths:
  x-own: 1
  /items/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: shared, in: query, schema: {type: string}}
    post:
      operationId: send
      deprecated: true
      parameters:
        - {name: shared, in: query, required: true, schema: {type: boolean}}
        - {$ref: '#/components/parameters/P'}
        - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
      requestBody:
        required: true
        content:
          application/json: {schema: {type: string}}
          text/plain: {}
      responses:
        '200': {description: ok, headers: {X-Left: {schema: {type: integer}}, X-Right: {$ref: '#/components/headers/H'}}, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
        4XX: {$ref: '#/components/responses/R'}
        default: {description: else}
        x-other: 1
    get:
      security: []
      responses: {200: {description: ok}}
components:
  securitySchemes: {key: {type: apiKey, name: k, in: header}}
  parameters: {P: {name: p, in: header, schema: {type: string}}}
  headers: {H: {required: true, schema: {type: boolean}}}
  responses: {R: {description: no, content: {application/json: {schema: {type: array}}}}}
  schemas: {S: {type: string}}
",
        )],
        "
        S = string
        POST /items/{id} (send) deprecated [key]
          Query shared!: boolean
          Header p: string
          Query filter: {}
          Path id!: integer
          request!: application/json string | text/plain ?
          200: application/json -> S +X-Left: integer +X-Right!: boolean
          4XX: application/json []
          default:
        GET /items/{id}
          Path id!: integer
          Query shared: string
          200:
        ",
    );
}

#[test]
fn webhooks_and_callbacks() {
    check_lower(
        &[(
            "t.yaml",
            "openapi: 3.1.0
webhooks:
  newItem: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
paths:
  /a:
    $ref: '#/components/pathItems/A'
components:
  pathItems:
    A:
      put:
        operationId: a
        callbacks:
          done:
            '{$request.body#/url}': {post: {operationId: back, responses: {}}}
",
        )],
        "
        PUT /a (a)
        callback done of #0 POST {$request.body#/url} (back)
        webhook POST newItem
          request: application/json string
        ",
    );
}

#[test]
fn mistakes_stay_where_they_are() {
    check_lower(
        &[(
            "t.yaml",
            "openapi: 3.0.3
info: {title: 5}
paths:
  items:
    get:
      tags: nope
      operationId: one
      paramters: []
      parameters:
        - {in: query, schema: {type: string}}
        - {name: a, in: body, schema: {type: string}}
        - {name: b, in: query, style: wild, schema: {type: string}}
        - {name: b, in: query, schema: {type: integer}}
        - {name: c, in: query}
      responses:
        '20': {description: odd}
        '200': {content: {application/json: {schema: {type: string}}}}
        '201': null
    post: {operationId: one, security: [{kye: []}], responses: {}}
components:
  securitySchemes:
    key: {type: apiKey, in: header}
    tls: {type: mutualTLS}
",
        )],
        "
        GET items (one)
          Query b: string
          Query c: ?
          200: application/json string
        POST items (one) [kye]
        2:15 warn spec/invalid-object: `title` is not as OpenAPI has it: invalid type: integer `5`, expected a string
        4:3 warn spec/invalid-path: this path does not begin with `/`
        6:13 warn spec/invalid-object: `tags` is not as OpenAPI has it: invalid type: string \"nope\", expected a sequence
        8:7 warn spec/unknown-keyword: `paramters` is no entry of an operation (did you mean `parameters`?)
        10:11 warn spec/invalid-object: a parameter is not as OpenAPI has it: missing field `name`
        11:11 warn spec/invalid-object: a parameter is not as OpenAPI has it: unknown variant `body`, expected one of `query`, `header`, `path`, `cookie`
        12:39 warn spec/invalid-object: `style` is not as OpenAPI has it: unknown variant `wild`, expected one of `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`
        13:11 warn spec/duplicate-parameter: this operation lists the parameter before
        14:11 warn spec/invalid-object: this has neither `schema` nor `content`, so that it accepts anything
        16:9 warn spec/invalid-object: this is no HTTP status, no range such as `4XX`, and not `default`
        17:16 warn spec/invalid-object: a response is not as OpenAPI has it: missing field `description`
        18:16 warn spec/invalid-object: a response must be an object, not null
        19:25 warn spec/duplicate-operation-id: another operation has this operationId
        19:42 warn spec/unknown-security-scheme: there is no security scheme `kye` (did you mean `key`?)
        22:10 warn spec/invalid-object: a security scheme is not as OpenAPI has it: missing field `name`
        ",
    );
}

#[test]
fn headers_that_openapi_ignores_are_said_and_left_out() {
    check_lower(
        &[(
            "t.yaml",
            "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    parameters:
      - {name: AUTHORIZATION, in: header, schema: {type: string}}
      - {$ref: '#/components/parameters/Accept'}
    get:
      parameters:
        - {name: content-type, in: header, required: true, schema: {type: strong}}
        - {name: accept, in: query, schema: {type: string}}
        - {name: X-Accept, in: header, schema: {type: string}}
      responses:
        '200': {description: ok, headers: {content-Type: {schema: {type: string}}, Accept: {schema: {type: string}}}}
    put:
      responses: {}
components:
  parameters:
    Accept: {name: Accept, in: header, schema: {type: string}}
",
        )],
        "
        GET /a
          Query accept: string
          Header X-Accept: string
          200:  +Accept: string
        PUT /a
        6:16 warn spec/ignored-keyword: a header parameter named `AUTHORIZATION` is ignored (media types and security schemes say what it holds)
        10:18 warn spec/ignored-keyword: a header parameter named `content-type` is ignored (media types and security schemes say what it holds)
        14:44 warn spec/ignored-keyword: a response header named `content-Type` is ignored (media types and security schemes say what it holds)
        19:20 warn spec/ignored-keyword: a header parameter named `Accept` is ignored (media types and security schemes say what it holds)
        ",
    );
}

#[test]
fn a_circle_of_bodies_is_said() {
    check_findings(
        &[(
            "t.yaml",
            "openapi: 3.0.3
paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/A'}, responses: {}}}}
components:
  requestBodies:
    A: {$ref: '#/components/requestBodies/B'}
    B: {$ref: '#/components/requestBodies/A'}
",
        )],
        "
        5:8 warn spec/reference-cycle: the references from here lead back to here
        6:8 warn spec/reference-cycle: the references from here lead back to here
        ",
    );
}

#[test]
fn lists_and_maps_of_the_wrong_kind_are_said() {
    check_findings(
        &[(
            "t.yaml",
            "openapi: 3.0.3
servers: null
paths: {/a: {parameters: {}, get: {parameters: null, callbacks: [], responses: {200: {description: x, headers: []}}}}}
components: {schemas: [], responses: 5}
",
        )],
        "
        2:10 warn spec/invalid-object: `servers` must be a list, not null
        3:26 warn spec/invalid-object: `parameters` must be a list, not an object
        3:48 warn spec/invalid-object: `parameters` must be a list, not null
        3:65 warn spec/invalid-object: `callbacks` must be an object, not an array
        3:112 warn spec/invalid-object: `headers` must be an object, not an array
        4:23 warn spec/invalid-object: `schemas` must be an object, not an array
        4:38 warn spec/invalid-object: `responses` must be an object, not a number
        ",
    );
}

#[test]
fn path_items_in_files_use_the_schemes_of_the_document_that_was_asked_for() {
    check_lower(
        &[
            (
                "t.yaml",
                "openapi: 3.0.3
paths: {/a: {$ref: 'a.yaml'}}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
",
            ),
            ("a.yaml", "get: {security: [{key: []}], responses: {}}"),
        ],
        "GET /a [key]",
    );
}
