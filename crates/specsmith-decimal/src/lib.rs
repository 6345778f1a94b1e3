//! Exact decimal numbers as JSON writes them: equality, order, multiples, never through floats.
#![forbid(unsafe_code)]
