//! Tests through the doors of the crate: `load` and `lower`.

mod corpus;
mod findings;
mod fuzz;
mod keywords;
mod operations;
mod places;
mod references;
mod render;
mod schemas_3_0;
mod schemas_3_1;
mod support;
mod texts;
