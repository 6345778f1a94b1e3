//! From the meaning of an OpenAPI document to Rust crates and their documentation.
#![forbid(unsafe_code)]
