//! The commented configuration that `specsmith init` writes.

/// Says nothing as it stands; every setting is shown behind `#:`.
pub const TEMPLATE: &str = r##"# How `specsmith` checks the payloads of this project. Paths and globs are relative to this file.
# What is given on the command line counts before what stands here. Remove `#: ` to switch a
# setting on; `specsmith config` prints what is in force.

# The OpenAPI documents that payloads are held against. Without any, those that are built in.
#: specs = ["api/openapi.yaml"]

# Warnings make the run fail, as errors do.
#: strict = false

# Findings that are known and hidden; written by `specsmith validate --write-baseline FILE`.
#: baseline = "specsmith.baseline"

# Where payloads are and what they are. The first table that fits a file counts; without
# `operation` or `schema`, the names in the file tell. With no path on the command line, these
# are the files that are checked.
#: [[payloads]]
#: files = ["payloads/agents/**/*.json", "payloads/agents/**/*.ndjson"]
#: operation = "manyAgentMetadata"
#: levels = { "lint/unknown-property" = "deny" }

#: [[payloads]]
#: files = "payloads/customers/*.json"
#: schema = "CustomerMetadata"

# Levels: "allow", "warn" or "deny", for a code or for a whole area. `specsmith explain CODE` says
# what a code means.
[levels]
#: "lint/blank-value" = "deny"
#: "lint" = "warn"

# Which properties tell records apart, and whose values may name a record in reports. Ids can be
# people's data too: by default those of customers are not shown, and of the others only what looks
# like an id. `[]` shows none.
[identity]
#: fields = ["externalAgentId", "externalConversationId", "externalCustomerId"]
#: show = ["externalAgentId", "externalConversationId"]

# Your own schema for custom attributes: a table for each entity, with a table for each attribute
# that is known. `toml` of the crates of models writes it from a type that derives
# `CustomAttributes`. With `rest`, attributes of other names may be there.
#: [attributes.customer]
#: rest = false

#: [attributes.customer.known.loyalty_tier]
#: doc = "How much is spent."
#: required = true
#: one-of = ["gold", "silver"]

#: [attributes.customer.known.visits]
#: type = "integer"
#: minimum = 0
#: maximum = 9999

# What is not looked at for its size: bytes of a record, bytes of a file that is one value, arrays
# and objects inside one another, findings kept for reports, columns of a line in them, steps of a
# pattern on one string, values that YAML aliases add; bytes of a document of a specification, its
# documents, its schemas.
[limits]
#: record = 16_777_216
#: document = 1_073_741_824
#: depth = 128
#: findings = 1_000_000
#: line-text = 100
#: pattern-steps = 1_000_000
#: aliases = 1_000_000
#: specification = 268_435_456
#: documents = 1_000
#: schemas = 1_000_000

# The report on standard output, and reports that go to files.
[report]
#: format = "text"
#: max-findings = 100
#: outputs = { sarif = "specsmith.sarif", junit = "specsmith.xml" }

# How `specsmith generate` writes types, and which. Where there is a choice, the default comes first.
[codegen]
# An optional property that may be null: `Field<T>`, or "option": `Option<Option<T>>`.
#: nullable = "field"
# Properties that the document does not speak of: ignored, or "keep" or "deny".
#: unknown-fields = "ignore"
# Dates, times and UUIDs: strings, or "typed": the types of chrono and uuid.
#: formats = "string"
# Integers without bounds: `i64`, or "exact": a type that holds every one.
#: integers = "i64"
# Types for all parts of messages, or "json": for the JSON bodies alone.
#: messages = "all"
#: derive = ["Eq", "Hash"]
#: schemas = ["Order"]
#: operations = ["addOrder"]

#: [codegen.rename]
#: "Order.type" = "kind"

#: [codegen.modules]
#: orders = ["Order*"]
"##;
