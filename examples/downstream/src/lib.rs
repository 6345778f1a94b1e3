//! How a team sends its roster of agents: a project to copy.
//!
//! Rows of the team's own ([`Employee`]) become a [`Batch`] of items that are known to be valid; the
//! batch is written as NDJSON or as one request; and the API's answer is told of the rows again
//! ([`Batch::outcomes`]). What only this team knows of its agents, the badge they wear, is a type of
//! its own ([`Badge`]) and goes into `attributes`.
//!
//! ```
//! use downstream::{Badge, Batch, Employee, Outcome, Zone};
//!
//! let roster = [Employee {
//!     id: "agent158".to_owned(),
//!     name: "Jane Doe".to_owned(),
//!     languages: vec!["en-us".to_owned()],
//!     badge: Badge {
//!         number: "NC-0158".to_owned(),
//!         zone: Zone::ServerRoom,
//!         floor: Some(3),
//!         visitor: false,
//!     },
//! }];
//! let batch = Batch::of(&roster);
//! assert!(batch.left_out.is_empty());
//!
//! let answer = r#"{"errorCount": 0, "results": [{"eventId": "roster-agent158", "error": ""}]}"#;
//! let outcomes = batch.outcomes(answer.as_bytes())?;
//! assert_eq!(outcomes[0].1, Outcome::TakenIn);
//! # Ok::<(), agent_model::Report>(())
//! ```
#![forbid(unsafe_code)]

mod badge;
mod batch;
mod outcome;

pub use badge::{Badge, Zone};
pub use batch::{Batch, Employee};
pub use outcome::Outcome;
