//! What each constraint of a schema means at run time.
#![forbid(unsafe_code)]
