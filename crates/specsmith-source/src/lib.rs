//! From the text of an OpenAPI document to its meaning.
#![forbid(unsafe_code)]
