//! The derive macros of Specsmith.
#![forbid(unsafe_code)]
