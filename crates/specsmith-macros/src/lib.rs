//! The expansion of Specsmith's derives, as an ordinary library.
#![forbid(unsafe_code)]
