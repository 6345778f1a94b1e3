//! The batch: from rows of the roster to items that are known to be valid.

use std::io::{self, Write};

use agent_model::{
    AgentMetadata, CustomAttributes, Field, ManyAgentMetadata, Valid, Validate, Violations,
};

use crate::Badge;

/// A row of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The id in the team's own systems.
    pub id: String,
    /// The name, as colleagues write it.
    pub name: String,
    /// The languages served, as ISO 639 codes.
    pub languages: Vec<String>,
    /// The badge.
    pub badge: Badge,
}

impl Employee {
    /// What is sent about the agent.
    ///
    /// # Errors
    /// Every rule that the row breaks, of the specification and of the badge, in one list.
    pub fn to_agent(&self) -> Result<Valid<AgentMetadata>, Violations> {
        let mut violations = Violations::new();
        let attributes = self.badge.to_attributes().unwrap_or_else(|broken| {
            violations.extend(broken);
            Vec::new()
        });
        let agent = AgentMetadata {
            // The answer names it again, so that we know what it is about.
            event_id: Field::Value(format!("roster-{}", self.id)),
            agent_name: Field::Value(self.name.clone()),
            languages: Field::Value(self.languages.clone()),
            attributes: Field::Value(attributes.into()),
            ..AgentMetadata::new(&*self.id)
        };
        match agent.validated() {
            Ok(agent) if violations.is_empty() => Ok(agent),
            Ok(_) => Err(violations),
            Err(broken) => Err(violations.into_iter().chain(broken).collect()),
        }
    }
}

/// What is sent of a roster.
#[derive(Debug)]
pub struct Batch<'r> {
    /// The rows that are sent, each with its item.
    pub items: Vec<(&'r Employee, Valid<AgentMetadata>)>,
    /// The rows that would be refused, each with what is wrong.
    pub left_out: Vec<(&'r Employee, Violations)>,
}

impl<'r> Batch<'r> {
    /// Takes in every row; one that is wrong keeps no other from being sent.
    pub fn of(roster: &'r [Employee]) -> Self {
        let mut batch = Self {
            items: Vec::with_capacity(roster.len()),
            left_out: Vec::new(),
        };
        for employee in roster {
            match employee.to_agent() {
                Ok(agent) => batch.items.push((employee, agent)),
                Err(violations) => batch.left_out.push((employee, violations)),
            }
        }
        batch
    }

    /// The body of one request.
    ///
    /// # Errors
    /// If there is no item, or there are more than one request may hold.
    pub fn request(&self) -> Result<Valid<ManyAgentMetadata>, Violations> {
        let items = self
            .items
            .iter()
            .map(|(_, agent)| AgentMetadata::clone(agent));
        let request = ManyAgentMetadata {
            items: Some(items.collect()),
        };
        request.validated()
    }

    /// Writes the items one a line, for `specsmith validate` or to be sent later.
    ///
    /// # Errors
    /// If `to` cannot be written to.
    pub fn write_ndjson(&self, mut to: impl Write) -> io::Result<()> {
        for (_, agent) in &self.items {
            serde_json::to_writer(&mut to, agent)?;
            to.write_all(b"\n")?;
        }
        to.flush()
    }
}
