//! `specsmith_fuzz::record` for libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| specsmith_fuzz::record(data));
