//! The outcome: what the API's answer says of each row that was sent.

use agent_model::{BatchResponse, Report, SendResult};

use crate::{Batch, Employee};

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken in.
    TakenIn,
    /// It was refused, for this reason.
    Refused(String),
    /// The answer does not speak of it.
    Unknown,
}

impl<'r> Batch<'r> {
    /// Reads the answer to the request and pairs each row with what became of it.
    ///
    /// A result is for the item whose event id it names; one without an event id is for the item
    /// at its place, if the answer has as many results as the request had items.
    ///
    /// # Errors
    /// If the answer is none that the specification allows.
    pub fn outcomes(&self, answer: &[u8]) -> Result<Vec<(&'r Employee, Outcome)>, Report> {
        let answer = BatchResponse::from_json(answer)?;
        let is_complete = answer.results.len() == self.items.len();
        let mut outcomes = Vec::with_capacity(self.items.len());
        for (place, (employee, agent)) in self.items.iter().enumerate() {
            let event_id = agent.event_id.as_option();
            let named = answer
                .results
                .iter()
                .find(|result| result.event_id.is_some() && result.event_id.as_ref() == event_id);
            let at_its_place = answer
                .results
                .get(place)
                .filter(|result| is_complete && result.event_id.is_none());
            outcomes.push((*employee, Outcome::of(named.or(at_its_place))));
        }
        Ok(outcomes)
    }
}

impl Outcome {
    fn of(result: Option<&SendResult>) -> Self {
        // Blank if the item was taken in.
        match result.map(|it| it.error.as_deref().unwrap_or_default().trim()) {
            None => Self::Unknown,
            Some("") => Self::TakenIn,
            Some(error) => Self::Refused(error.to_owned()),
        }
    }
}
