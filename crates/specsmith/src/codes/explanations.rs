//! What is written about each code: why it matters, and what to do.

use specsmith_diagnostics::Code;

/// The explanation of a code, where one stands here.
pub(super) fn of(code: Code) -> Option<&'static str> {
    ALL.iter()
        .find(|(name, _)| *name == code.as_str())
        .map(|(_, text)| *text)
}

/// All explanations, by area.
pub(super) const ALL: &[(&str, &str)] = &[
    (
        "attribute/duplicate",
        "A type that derives `CustomAttributes` has one value for each name, so it cannot say which of the two is meant. Keep one. In payload files the same is `lint/duplicate-attribute`.",
    ),
    (
        "attribute/incomplete",
        "A specification may let a pair lack its name or its value; a type that derives `CustomAttributes` can make nothing of it. In payload files the same is `lint/incomplete-attribute`.",
    ),
    (
        "attribute/missing",
        "Your own schema, a type that derives `CustomAttributes` or `[attributes]` in `specsmith.toml`, says that an attribute of this name must be there. Add it, or make it optional there.",
    ),
    (
        "attribute/unknown",
        "Your own schema knows no attribute of this name, so most likely it is misspelt and would be lost. Mend the spelling, or add the attribute to the schema.",
    ),
    (
        "attribute/unparsable",
        "Values of attributes are texts. This one is not of the kind that your own schema has for it: a whole number, a number, `true` or `false`, or what the type of the field reads.",
    ),
    (
        "attribute/value",
        "The value breaks a rule that your own schema has for this attribute: its length, its pattern, its format, its range or the list of what it may be. The API would take it in.",
    ),
    (
        "config/ambiguous-operation",
        "The names in the file say nothing about which of several operations it is for, so nothing was checked. Name the operation with `--operation`, or map the file to it under `[[payloads]]` in `specsmith.toml`.",
    ),
    (
        "config/invalid-value",
        "A setting was understood by name but not by value. The message says what it takes. Nothing is guessed in its place.",
    ),
    (
        "config/mixed-operations",
        "Some records of the file are clearly for one operation, others for another. Split the file, or name the operation with `--operation` to have all of them held against it.",
    ),
    (
        "config/no-input",
        "No file was named, or what was named holds no payload. A run that checks nothing must not look like a success. Payloads end in `.json`, `.ndjson`, `.jsonl`, `.yaml` or `.yml`, each also with `.gz` or `.zst`; what `.gitignore` excludes is not walked.",
    ),
    (
        "config/no-operation",
        "None of the names in the file is a property of a request body. Either the file is no payload, or it is one for another specification: name that with `--spec`.",
    ),
    (
        "config/spec-as-payload",
        "The file has the key `openapi` at its root, so it describes payloads and is none. Name it with `--spec FILE` and give the payloads as paths.",
    ),
    (
        "config/stale-baseline",
        "A baseline hides findings that are known. One that is listed and no longer found has been mended, or its file has changed; write the baseline anew so that it cannot come back unseen.",
    ),
    (
        "config/syntax",
        "The file could not be understood as what it should be: TOML for `specsmith.toml`, a baseline written by `--write-baseline` for `--baseline`.",
    ),
    (
        "config/unknown-key",
        "The key means nothing to this version, and a setting that is silently ignored is worse than one that is refused. Mend the spelling or remove the key.",
    ),
    (
        "config/unknown-operation",
        "The operation or schema that was asked for is in none of the specifications. An operation is named by its `operationId`, or by its method and path (`POST /items`).",
    ),
    (
        "config/unread-target",
        "What the payloads are held against refers to something that is not there, or names a type that there is not, so that part of it would accept everything: the run would be green whatever the payloads hold. The finding about the specification says what to mend. Other operations of the document can be used meanwhile.",
    ),
    (
        "config/unreadable-file",
        "The file could not be opened, read or unpacked. The rest of the run goes on, and its exit code is 2.",
    ),
    (
        "json/bare-word",
        "JSON has three words, `true`, `false` and `null`, in lower case. Other text stands in double quotes. Python's `True` and `None` end up here.",
    ),
    (
        "json/byte-order-mark",
        "The file begins with the invisible mark U+FEFF. Many readers refuse it. Save the file as UTF-8 without BOM.",
    ),
    (
        "json/comment",
        "JSON has no comments. Remove it, or keep the payload as YAML.",
    ),
    (
        "json/control-character",
        "Inside a string, characters below U+0020 are written as escapes, a line break as `\\n`. A raw one mostly means that a closing quote is missing.",
    ),
    (
        "json/duplicate-key",
        "The same key stands twice in one object, perhaps once as an escape. Readers differ in which of the two they take, so what the receiver gets is a matter of luck. Remove one.",
    ),
    (
        "json/invalid-escape",
        "Behind a backslash stand only `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t` or `u` with four hexadecimal digits. A backslash of the text itself is written `\\\\`.",
    ),
    (
        "json/invalid-number",
        "Numbers are written in decimal digits, without leading zeros, `+`, separators or units; there is no NaN and no infinity. An id with leading zeros is text: quote it.",
    ),
    (
        "json/invalid-utf8",
        "JSON is UTF-8. Files in Latin-1 or UTF-16 have to be converted before they are sent.",
    ),
    (
        "json/lone-surrogate",
        "Characters beyond U+FFFF are escaped as two `\\u` escapes that belong together. One half alone is no character, which mostly means that text was cut in the middle.",
    ),
    (
        "json/missing-colon",
        "Between a property's name and its value stands a colon.",
    ),
    (
        "json/missing-comma",
        "Items and properties are separated by commas. The place is where the next one begins.",
    ),
    (
        "json/single-quotes",
        "Strings and names stand in double quotes. Single quotes are Python's or JavaScript's: write the file with a JSON library instead of printing the object.",
    ),
    (
        "json/syntax",
        "The byte at the place given cannot stand there. What is wrong may have happened a little earlier: look for a bracket or a quote that is missing.",
    ),
    (
        "json/trailing-comma",
        "Behind the last item or property stands no comma.",
    ),
    (
        "json/trailing-text",
        "A file holds one JSON value, and something follows it. One value a line is NDJSON: name the file `.ndjson`.",
    ),
    (
        "json/truncated",
        "The text ends before the value does: a download or a copy was cut off, or a closing bracket or quote is missing.",
    ),
    (
        "json/unquoted-key",
        "Names of properties stand in double quotes.",
    ),
    (
        "limit/bytes",
        "A text beyond the limit is not read. Split it.",
    ),
    (
        "limit/depth",
        "Arrays and objects nested this deep are not looked at, so that no payload can exhaust the stack. Set `limits.depth` in `specsmith.toml` if the payload is meant.",
    ),
    (
        "limit/pattern-steps",
        "Deciding whether the value matches takes more steps than are allowed: such patterns can take forever. Simplify the pattern in the specification, mostly by not nesting repetitions.",
    ),
    (
        "lint/attribute-shadows-field",
        "Attributes are for facts that no field fits. One that is named like a field (`lobId`, `lob_id`, `LOB ID`) is not read as that field, so move its value there.",
    ),
    (
        "lint/blank-value",
        "The value is formally a string and says nothing. Leave the property out, or send null where the specification allows it.",
    ),
    (
        "lint/duplicate-attribute",
        "Two attributes of one list have the same name, and which of their values counts is not defined. Keep one.",
    ),
    (
        "lint/duplicate-id",
        "Two records carry the same id, so that one overwrites the other or is refused. The first million ids of a run are compared, whatever files they are in; of those beyond, the first hundred thousand of each batch. What is compared are fingerprints of 64 bits under a key of each run: that two different ids among a million have the same one happens in one run of 37 million.",
    ),
    (
        "lint/incomplete-attribute",
        "The specification does not ask for an attribute's name and value, but an attribute without one of them, or with an empty name, says nothing. Give both, or leave the attribute out.",
    ),
    (
        "lint/missing-items",
        "The specification does not ask for the list, so a batch without it is formally valid, spends a request and does nothing. Mostly the key is misspelt, or a single record was sent to the operation for batches.",
    ),
    (
        "model/not-representable",
        "The number is valid by the specification, but the Rust type of the model cannot hold it exactly. The validator accepts it; `from_json` of the model refuses it.",
    ),
    (
        "schema/additional-properties",
        "The specification forbids properties that it does not list (`additionalProperties: false`). Remove the property or mend its name.",
    ),
    (
        "schema/any-of",
        "The value has to fit at least one of the alternatives. Where one is nearer than the others, its findings are shown.",
    ),
    ("schema/const", "Exactly one value is allowed here."),
    (
        "schema/contains",
        "The array has to hold an item that fits what `contains` describes.",
    ),
    (
        "schema/dependent-required",
        "One property asks for another: where the first is given, the second must be given too.",
    ),
    (
        "schema/dependent-schemas",
        "A property that is given changes what the whole object must be, and the object is not that.",
    ),
    (
        "schema/enum",
        "The value must be one of those listed, letter by letter and in the same case.",
    ),
    (
        "schema/exclusive-maximum",
        "The number has to stay below the bound; the bound itself is not allowed.",
    ),
    (
        "schema/exclusive-minimum",
        "The number has to be above the bound; the bound itself is not allowed.",
    ),
    (
        "schema/false",
        "The specification allows no value here at all. Remove it.",
    ),
    (
        "schema/format",
        "The string does not have the form that its `format` names. A date and time needs an offset or `Z`; an email address needs one `@` and a host.",
    ),
    (
        "schema/max-contains",
        "Too many items fit what `contains` describes.",
    ),
    (
        "schema/max-items",
        "The list is longer than the receiver takes. Split a batch into several requests; of attributes, keep those that matter.",
    ),
    (
        "schema/max-length",
        "The string is too long. Lengths are counted in code points: an escape counts as the character it stands for, an emoji mostly as one.",
    ),
    (
        "schema/max-properties",
        "The object has more properties than are allowed.",
    ),
    (
        "schema/maximum",
        "The number is above the greatest value allowed.",
    ),
    (
        "schema/min-contains",
        "Too few items fit what `contains` describes.",
    ),
    (
        "schema/min-items",
        "The list has fewer items than are asked for. An empty batch is a request spent on nothing.",
    ),
    (
        "schema/min-length",
        "The string is too short. Lengths are counted in code points.",
    ),
    (
        "schema/min-properties",
        "The object has fewer properties than are asked for.",
    ),
    (
        "schema/minimum",
        "The number is below the least value allowed.",
    ),
    (
        "schema/multiple-of",
        "The number is no whole multiple of the factor. This is decided exactly, in decimal digits, so `0.3` is a multiple of `0.1`.",
    ),
    (
        "schema/not",
        "The value fits what the specification rules out by `not`.",
    ),
    (
        "schema/one-of",
        "The value has to fit exactly one of the alternatives, and fits none of them or several.",
    ),
    (
        "schema/pattern",
        "No part of the string matches the regular expression of the specification (ECMA-262). Patterns are searched for, not matched as a whole, unless they say `^` and `$`.",
    ),
    (
        "schema/property-names",
        "The name of a property breaks the rule for names.",
    ),
    (
        "schema/required",
        "The object lacks a property that it must have. A property whose value is null is there: that is another finding. Where a name close to it is there instead, the finding stands at that name.",
    ),
    (
        "schema/type",
        "The value is of another JSON type than the specification allows. Null is a type of its own and is allowed only where the specification says so; `3.0` is an integer, `\"3\"` is not.",
    ),
    (
        "schema/unevaluated-items",
        "No part of the specification speaks of this item, and such items are forbidden.",
    ),
    (
        "schema/unevaluated-properties",
        "No part of the specification speaks of this property, and such properties are forbidden.",
    ),
    (
        "schema/unique-items",
        "Two items of the list are equal, by value: `1` and `1.0` are, and so are objects whose keys stand in another order.",
    ),
];
