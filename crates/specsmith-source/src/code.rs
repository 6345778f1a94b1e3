//! The codes that this crate raises, and what `explain` says about each.

use specsmith_diagnostics::{Code, CodeInfo, Level};

/// Raised for YAML; `specsmith-json` raises the same for JSON and writes about it.
pub(crate) const DEPTH: Code = Code("limit/depth");
/// Likewise.
pub(crate) const BYTES: Code = Code("limit/bytes");

macro_rules! codes {
    ($($name:ident: $code:literal, $level:ident, $summary:literal, $explanation:literal;)*) => {
        $(pub(crate) const $name: Code = Code($code);)*

        /// Every code that reading and lowering a specification can raise, besides those of
        /// `specsmith-json` for documents that are JSON.
        pub const CODES: &[CodeInfo] = &[$(CodeInfo {
            code: $name,
            level: Level::$level,
            summary: $summary,
            explanation: $explanation,
        },)*];
    };
}

codes! {
    ALIASES: "limit/aliases", Deny,
        "the aliases of a YAML document would add too many values",
        "Each `*alias` stands for a copy of what its `&anchor` names, and copies of copies grow without bound. The document is not read.";
    DOCUMENTS: "limit/documents", Deny,
        "references lead to more documents than may be read",
        "The documents reached first are read; what the others hold is missing from the model.";
    FINDINGS: "limit/findings", Warn,
        "there are more findings about a specification than are shown",
        "The gravest come first. Mend those that are shown and run again.";
    SCHEMAS: "limit/schemas", Deny,
        "a specification holds more schemas than may be lowered",
        "The schemas beyond the limit accept any value.";
    DUPLICATE_KEY: "spec/duplicate-key", Warn,
        "an object of a specification has the same key twice",
        "Readers differ in which of the two they take. Specsmith takes the first and passes over the later one. Remove one of them.";
    DUPLICATE_OPERATION: "spec/duplicate-operation-id", Warn,
        "two operations have the same operationId",
        "An operationId names one operation. By this name the first is found, the other by its method and path.";
    DUPLICATE_PARAMETER: "spec/duplicate-parameter", Warn,
        "an operation lists the same parameter twice",
        "A parameter is told apart by its name and where it is sent. The first one listed counts.";
    EMPTY_ENUM: "spec/empty-enum", Warn,
        "an `enum` lists no value, so that no value is accepted",
        "List the values that are allowed, or remove the keyword.";
    ESCAPING_REFERENCE: "spec/escaping-reference", Deny,
        "a reference leads out of the folder of the specification",
        "A specification from elsewhere must not make Specsmith read other files of your machine, so references stay within the folder of the document that was asked for, links followed. Move the file into that folder.";
    IGNORED_KEYWORD: "spec/ignored-keyword", Warn,
        "a keyword or a header has no effect where it stands",
        "In OpenAPI 3.0 everything beside `$ref` is ignored; put the reference into an `allOf` and the keyword beside that. Other keywords need a partner, such as `then` an `if`. Header parameters named `Accept`, `Content-Type` or `Authorization`, and response headers named `Content-Type`, are ignored by OpenAPI: media types and security schemes say what they hold.";
    INVALID_DEFAULT: "spec/invalid-default", Warn,
        "a default does not fit the schema that it stands in",
        "The value of `default` should be one that the schema accepts. It decides no verdict, and the rest of the specification counts. Mend the default or the rule that refuses it. Patterns are not searched here.";
    INVALID_EXAMPLE: "spec/invalid-example", Warn,
        "an example does not fit the schema that it is shown for",
        "Whoever copies the example is refused by the rule. It decides no verdict, and the rest of the specification counts. Mend the example or the rule that refuses it. Patterns are not searched here.";
    INVALID_KEYWORD: "spec/invalid-keyword", Warn,
        "the value of a keyword is of a kind that the keyword cannot have",
        "The keyword is passed over, as if it were not there; the rest of the schema counts.";
    INVALID_OBJECT: "spec/invalid-object", Warn,
        "an object of a specification lacks what OpenAPI asks for, or holds it in another form",
        "What could be understood of it is used. A parameter without a name or a place is left out.";
    INVALID_PATH: "spec/invalid-path", Warn,
        "a path does not begin with a slash",
        "The operations on it are lowered all the same.";
    INVALID_REFERENCE: "spec/invalid-reference", Deny,
        "a `$ref` is no reference",
        "A reference is a relative path, a `#` and a JSON pointer or an anchor, such as `common.yaml#/components/schemas/Name`. What refers to it accepts any value.";
    MISSING_FILE: "spec/missing-file", Deny,
        "a reference leads to a file that cannot be read",
        "References are relative to the document that they stand in. What refers to it accepts any value.";
    MISSING_TARGET: "spec/missing-target", Deny,
        "a reference leads to nothing",
        "There is no value at that JSON pointer, or no schema with that anchor. What refers to it accepts any value. Where a name is near that was probably meant, the finding is `deny`; where nothing is near, whoever wrote the document left the target out, and the finding is `warn`.";
    NEWER_VERSION: "spec/newer-version", Warn,
        "the document is of a version of OpenAPI that is read as an earlier one",
        "OpenAPI 3.2 is read as 3.1; what only 3.2 has is passed over with a finding.";
    NOT_OPENAPI: "spec/not-openapi", Deny,
        "a document does not say that it is OpenAPI",
        "The document that Specsmith is given has an entry `openapi` with the version, such as `3.0.3`. Documents that are only referred to need none.";
    NOT_UTF8: "spec/not-utf8", Deny,
        "a document is not UTF-8",
        "Save the file as UTF-8.";
    REFERENCE_CYCLE: "spec/reference-cycle", Warn,
        "a reference leads back to itself",
        "A schema that refers to itself, also by way of others, about the same value, could not be judged by: a base with a `oneOf` of schemas that join the base by `allOf` is the usual one. What leads around the circle is asked for once: such a schema is the base without its `oneOf` and its own part, and the base is one of them. Recursion through `properties` or `items` is fine.";
    REMOTE_REFERENCE: "spec/remote-reference", Deny,
        "a reference leads to another machine or to an absolute path",
        "Specsmith never fetches anything. Save the document beside the one that refers to it, and refer to it by a relative path.";
    REFERENCE_BASE: "spec/reference-base", Warn,
        "a reference is not meant from where it is written to be",
        "A `$id` makes a schema a document of its own, and a reference such as `#/components/schemas/Name` inside it is meant from that schema. Where nothing is there, it is read from the document around it. Remove the `$id`.";
    TOO_LARGE: "spec/number-too-large", Warn,
        "a count is larger than Specsmith counts",
        "Counts beyond 2^64 − 1 are read as that. No value reaches it.";
    UNKNOWN_KEYWORD: "spec/unknown-keyword", Warn,
        "an entry that OpenAPI does not know in this place",
        "It has no effect, and is often a slip of the pen for one that would have. Entries of your own begin with `x-`.";
    UNKNOWN_SCHEME: "spec/unknown-security-scheme", Warn,
        "a security requirement names a scheme that is not defined",
        "Define it under `components.securitySchemes` of the same document.";
    UNREADABLE: "spec/unreadable", Deny,
        "a specification cannot be read",
        "The file is not there, is a folder, or may not be read.";
    UNSUPPORTED_DIALECT: "spec/unsupported-dialect", Warn,
        "a schema is written in another dialect than the one it is read in",
        "OpenAPI 3.1 schemas are read as JSON Schema 2020-12, whatever `$schema` or `jsonSchemaDialect` say.";
    UNSUPPORTED_VERSION: "spec/unsupported-version", Deny,
        "the document is of a version of OpenAPI that Specsmith does not read",
        "Specsmith reads 3.0 and 3.1, and 3.2 as 3.1. Swagger 2.0 has to be converted first, as with `swagger2openapi` or the Swagger editor.";
    WRONG_TARGET: "spec/wrong-target", Deny,
        "a reference leads to something of another kind than what belongs in its place",
        "A schema is an object or a boolean, everything else that can be referred to is an object. What refers to it accepts any value.";
    COMPLEX_KEY: "yaml/complex-key", Deny,
        "a key of a YAML mapping is no scalar",
        "JSON, which the document stands for, has only strings as keys.";
    LENIENT: "yaml/lenient", Warn,
        "a text that is not YAML as its specification has it, but that common readers take",
        "It was read by a laxer reader. Where more is wrong than tabs and the indentation of what stands in brackets, nothing has a position, and findings about this document point to its first line.";
    NOT_FINITE: "yaml/not-finite", Warn,
        "an infinity or not-a-number, which JSON does not have",
        "It is read as the text that is written.";
    SEVERAL_DOCUMENTS: "yaml/several-documents", Deny,
        "a specification holds several YAML documents",
        "Put each into a file of its own. The documents of a payload are records.";
    YAML_SYNTAX: "yaml/syntax", Deny,
        "a text is not YAML",
        "The finding is where the reader could not go on; the cause is often one line above it.";
    UNKNOWN_TAG: "yaml/unknown-tag", Warn,
        "a YAML tag that JSON has no value for",
        "The tag is passed over, and the value is read as if it were not there.";
    UNKNOWN_ALIAS: "yaml/unknown-alias", Deny,
        "an alias names no anchor that is complete where the alias stands",
        "An anchor (`&name`) stands before its aliases (`*name`), and outside of what it names itself there is no alias of it.";
}
