//! Checks payload files against an OpenAPI document and generates Rust model crates from it.
#![forbid(unsafe_code)]
