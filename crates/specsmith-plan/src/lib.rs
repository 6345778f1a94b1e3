//! A validation plan compiled from a specification, run over the bytes of payloads.
#![forbid(unsafe_code)]
