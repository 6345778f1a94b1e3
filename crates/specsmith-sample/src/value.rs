//! Valid instances, and which rule each of their values met.

use specsmith_ir::{
    Access, Direction, Facet, Literal, Model, Presence, RecordRules, Rest, SchemaId,
};

use crate::goal::{Goal, Type};
use crate::{numbers, strings};

/// An instance made from a schema.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The instance.
    pub value: Literal,
    /// Every rule that some value in it was made to satisfy.
    pub sites: Vec<Site>,
}

/// A rule that a value was made to satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The way to the value: keys, and places of items in decimal.
    pub path: Vec<String>,
    /// The schema that states the rule.
    pub schema: SchemaId,
    /// The rule.
    pub facet: Facet,
}

/// Draws instances of the schemas of a model; the same seed draws the same ones.
#[derive(Debug)]
pub struct Sampler<'m> {
    model: &'m Model,
    direction: Direction,
    random: fastrand::Rng,
    depth: usize,
    budget: usize,
}

/// Deeper than this only what must be there is made.
const FULL_DEPTH: usize = 5;
/// Deeper than this nothing is made: the schema asks for instances without end, or nearly.
const MOST_DEPTH: usize = 40;
/// So many values in one instance; beyond, only what must be there is made.
const MOST_VALUES: usize = 2_000;

impl<'m> Sampler<'m> {
    /// A sampler of what travels in that direction.
    pub fn new(model: &'m Model, direction: Direction, seed: u64) -> Self {
        Self {
            model,
            direction,
            random: fastrand::Rng::with_seed(seed),
            depth: 0,
            budget: MOST_VALUES,
        }
    }

    /// The next instance of that schema; `None` where no instance was found, because the schema
    /// accepts nothing or only what cannot be guessed.
    pub fn draw(&mut self, schema: SchemaId) -> Option<Sample> {
        self.depth = 0;
        self.budget = MOST_VALUES;
        let mut sites = Vec::new();
        let value = self.value(&[schema], &mut Vec::new(), &mut sites)?;
        Some(Sample { value, sites })
    }

    /// The source of chance, for what is done to a sample afterwards.
    pub fn random(&mut self) -> &mut fastrand::Rng {
        &mut self.random
    }

    fn value(
        &mut self,
        roots: &[SchemaId],
        path: &mut Vec<String>,
        sites: &mut Vec<Site>,
    ) -> Option<Literal> {
        if self.depth >= MOST_DEPTH {
            return None;
        }
        self.depth += 1;
        self.budget = self.budget.saturating_sub(1);
        // Another branch may end where this one does not.
        let mut drawn = None;
        for _ in 0..4 {
            let known = sites.len();
            let goal = Goal::gather(self.model, roots, &mut self.random);
            drawn = self.satisfy(&goal, path, sites);
            if drawn.is_some() {
                break;
            }
            sites.truncate(known);
        }
        self.depth -= 1;
        drawn
    }

    fn satisfy(
        &mut self,
        goal: &Goal<'m>,
        path: &mut Vec<String>,
        sites: &mut Vec<Site>,
    ) -> Option<Literal> {
        for (schema, it) in &goal.schemas {
            for (facet, stated) in [
                (Facet::Types, it.types != specsmith_ir::ByType::any()),
                (Facet::Listed, it.listed.is_some()),
                (Facet::Constant, it.constant.is_some()),
            ] {
                if stated {
                    sites.push(site(path, *schema, facet));
                }
            }
        }
        if let Some(listed) = goal.listed() {
            return self.random.choice(listed).cloned();
        }
        match self.pick_type(goal)? {
            Type::Null => Some(Literal::Null),
            Type::Boolean => Some(Literal::Boolean(self.random.bool())),
            Type::Number => {
                self.note_numbers(goal, path, sites);
                let rules: Vec<_> = goal.numbers().collect();
                numbers::number(&rules, &mut self.random).map(Literal::Number)
            }
            Type::String => {
                self.note_strings(goal, path, sites);
                let rules: Vec<_> = goal.strings().collect();
                Some(Literal::String(strings::string(&rules, &mut self.random)))
            }
            Type::List => self.list(goal, path, sites),
            Type::Record => self.record(goal, path, sites),
        }
    }

    fn pick_type(&mut self, goal: &Goal<'_>) -> Option<Type> {
        let accepted: Vec<Type> = Type::ALL
            .into_iter()
            .filter(|it| goal.accepts(*it))
            .collect();
        let telling: Vec<Type> = accepted
            .iter()
            .copied()
            .filter(|it| goal.speaks_of(*it))
            .collect();
        if self.depth > FULL_DEPTH {
            // The plainest, so that it ends.
            return accepted.first().copied();
        }
        if telling.is_empty() || self.random.u8(0..8) == 0 {
            self.random.choice(accepted)
        } else {
            self.random.choice(telling)
        }
    }

    fn list(
        &mut self,
        goal: &Goal<'m>,
        path: &mut Vec<String>,
        sites: &mut Vec<Site>,
    ) -> Option<Literal> {
        for (schema, it) in &goal.schemas {
            let Some(rules) = &it.types.list else {
                continue;
            };
            for (facet, stated) in [
                (Facet::MinItems, rules.min_items.is_some_and(|it| it > 0)),
                (
                    Facet::MaxItems,
                    rules.max_items.is_some_and(|it| it < 5_000),
                ),
                (Facet::Unique, rules.unique),
            ] {
                if stated {
                    sites.push(site(path, *schema, facet));
                }
            }
        }
        let rules: Vec<_> = goal.lists().collect();
        let least = rules
            .iter()
            .filter_map(|it| it.min_items)
            .max()
            .unwrap_or(0);
        let wanted = rules
            .iter()
            .filter_map(|it| it.contains.as_ref())
            .map(|it| it.min)
            .max()
            .unwrap_or(0);
        let most = rules
            .iter()
            .filter_map(|it| it.max_items)
            .min()
            .unwrap_or(u64::MAX);
        let prefix = rules.iter().map(|it| it.prefix.len()).max().unwrap_or(0);
        let extra = if self.depth > FULL_DEPTH || self.budget == 0 {
            0
        } else {
            self.random.u64(0..=3)
        };
        let least = least.max(wanted);
        if least > 20_000 || least > most {
            return None;
        }
        let count = least
            .saturating_add(extra)
            .max((prefix as u64).min(most))
            .min(most);
        let unique = rules.iter().any(|it| it.unique);
        let mut items: Vec<Literal> = Vec::new();
        for index in 0..usize::try_from(count).ok()? {
            let mut roots: Vec<SchemaId> = rules
                .iter()
                .filter_map(|it| it.prefix.get(index).copied().or(it.items))
                .collect();
            roots.extend(
                rules
                    .iter()
                    .filter_map(|it| it.contains.as_ref())
                    .filter(|it| (index as u64) < it.min)
                    .map(|it| it.schema),
            );
            path.push(index.to_string());
            let mut drawn = None;
            for _ in 0..if unique { 8 } else { 1 } {
                drawn = self.value(&roots, path, sites);
                if !unique || drawn.as_ref().is_none_or(|it| !items.contains(it)) {
                    break;
                }
                drawn = None;
            }
            path.pop();
            match drawn {
                Some(item) => items.push(item),
                None if (index as u64) < least => return None,
                None => break,
            }
        }
        Some(Literal::List(items))
    }

    fn record(
        &mut self,
        goal: &Goal<'m>,
        path: &mut Vec<String>,
        sites: &mut Vec<Site>,
    ) -> Option<Literal> {
        self.note_records(goal, path, sites);
        let rules: Vec<&RecordRules> = goal.records().collect();
        let mut members: Vec<(String, Literal)> = Vec::new();
        for name in self.names(&rules) {
            let required = self.is_required(&rules, &name, &members);
            if !required && !self.wants_optional(&rules, &name) {
                continue;
            }
            if let Some(value) = self.property(&rules, &name, path, sites) {
                members.push((name, value));
            } else if required {
                return None;
            }
        }
        let least = rules
            .iter()
            .filter_map(|it| it.min_properties)
            .max()
            .unwrap_or(0);
        let open = rules.iter().all(|it| it.rest != Rest::Denied);
        let collects = rules.iter().any(|it| matches!(it.rest, Rest::Collected(_)));
        let extra = if collects && self.depth <= FULL_DEPTH && self.budget > 0 {
            self.random.u64(0..=2)
        } else {
            0
        };
        let target = least.max(members.len() as u64 + extra);
        let mut tries = 0;
        while open && (members.len() as u64) < target.min(1_000) && tries < 2_000 {
            tries += 1;
            let name = format!("extra{tries}");
            if members.iter().any(|(it, _)| *it == name) {
                continue;
            }
            if let Some(value) = self.property(&rules, &name, path, sites) {
                members.push((name, value));
            }
        }
        self.trim(&rules, &mut members);
        Some(Literal::Record(members))
    }

    /// Every name that some rule speaks of, in the order written.
    fn names(&self, rules: &[&RecordRules]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let spoken = rules.iter().flat_map(|rule| {
            let properties = rule.properties.iter().map(|it| &it.name);
            let dependent = rule.dependent_required.iter().flat_map(|(_, it)| it);
            properties.chain(&rule.also_required).chain(dependent)
        });
        for name in spoken {
            if seen.insert(name.as_str()) {
                names.push(name.as_str().to_owned());
            }
        }
        names
    }

    fn is_required(
        &self,
        rules: &[&RecordRules],
        name: &str,
        members: &[(String, Literal)],
    ) -> bool {
        rules.iter().any(|rule| {
            rule.also_required.iter().any(|it| it.as_str() == name)
                || rule
                    .properties
                    .iter()
                    .any(|it| it.name.as_str() == name && it.is_required(self.direction))
                || rule.dependent_required.iter().any(|(given, asked)| {
                    members.iter().any(|(it, _)| it == given.as_str())
                        && asked.iter().any(|it| it.as_str() == name)
                })
        })
    }

    fn wants_optional(&mut self, rules: &[&RecordRules], name: &str) -> bool {
        let foreign = rules
            .iter()
            .flat_map(|rule| &rule.properties)
            .filter(|it| it.name.as_str() == name)
            .any(|it| match (it.access, self.direction) {
                (Access::Both, _) => false,
                (Access::ReadOnly, direction) => direction == Direction::Request,
                (Access::WriteOnly, direction) => direction == Direction::Response,
            });
        let odds = match self.depth {
            _ if self.budget == 0 || foreign => 0,
            0..=2 => 5,
            3..=FULL_DEPTH => 2,
            _ => 0,
        };
        self.random.u8(0..8) < odds
    }

    fn property(
        &mut self,
        rules: &[&RecordRules],
        name: &str,
        path: &mut Vec<String>,
        sites: &mut Vec<Site>,
    ) -> Option<Literal> {
        let roots: Vec<SchemaId> = rules
            .iter()
            .filter_map(|rule| {
                let named = rule.properties.iter().find(|it| it.name.as_str() == name);
                match (named, &rule.rest) {
                    (Some(property), _) => Some(property.schema),
                    (None, Rest::Collected(schema)) => Some(*schema),
                    (None, Rest::Ignored | Rest::Denied) => None,
                }
            })
            .collect();
        path.push(name.to_owned());
        let value = self.value(&roots, path, sites);
        path.pop();
        value
    }

    /// Takes out optional members from the end until there are not too many.
    fn trim(&self, rules: &[&RecordRules], members: &mut Vec<(String, Literal)>) {
        let Some(most) = rules.iter().filter_map(|it| it.max_properties).min() else {
            return;
        };
        while members.len() as u64 > most {
            let optional = members
                .iter()
                .rposition(|(name, _)| !self.is_required(rules, name, members));
            match optional {
                Some(at) => drop(members.remove(at)),
                None => return,
            }
        }
    }

    fn note_numbers(&self, goal: &Goal<'_>, path: &[String], sites: &mut Vec<Site>) {
        for (schema, it) in &goal.schemas {
            let Some(rules) = &it.types.number else {
                continue;
            };
            for (facet, stated) in [
                (Facet::Minimum, rules.minimum.is_some()),
                (Facet::ExclusiveMinimum, rules.exclusive_minimum.is_some()),
                (Facet::Maximum, rules.maximum.is_some()),
                (Facet::ExclusiveMaximum, rules.exclusive_maximum.is_some()),
                (Facet::MultipleOf, rules.multiple_of.is_some()),
                (
                    Facet::Format,
                    matches!(rules.format.as_deref(), Some("int32" | "int64")),
                ),
            ] {
                if stated {
                    sites.push(site(path, *schema, facet));
                }
            }
        }
    }

    fn note_strings(&self, goal: &Goal<'_>, path: &[String], sites: &mut Vec<Site>) {
        for (schema, it) in &goal.schemas {
            let Some(rules) = &it.types.string else {
                continue;
            };
            for (facet, stated) in [
                (Facet::MinLength, rules.min_length.is_some_and(|it| it > 0)),
                (
                    Facet::MaxLength,
                    rules.max_length.is_some_and(|it| it < 1 << 20),
                ),
                (Facet::Pattern, rules.pattern.is_some()),
                (Facet::Format, rules.format.is_some()),
            ] {
                if stated {
                    sites.push(site(path, *schema, facet));
                }
            }
        }
    }

    fn note_records(&self, goal: &Goal<'_>, path: &[String], sites: &mut Vec<Site>) {
        for (schema, it) in &goal.schemas {
            let Some(rules) = &it.types.record else {
                continue;
            };
            let required = !rules.also_required.is_empty()
                || rules
                    .properties
                    .iter()
                    .any(|it| it.presence == Presence::Required);
            for (facet, stated) in [
                (Facet::Required, required),
                (Facet::Rest, rules.rest == Rest::Denied),
                (
                    Facet::MinProperties,
                    rules.min_properties.is_some_and(|it| it > 0),
                ),
                (Facet::MaxProperties, rules.max_properties.is_some()),
            ] {
                if stated {
                    sites.push(site(path, *schema, facet));
                }
            }
        }
    }
}

fn site(path: &[String], schema: SchemaId, facet: Facet) -> Site {
    Site {
        path: path.to_vec(),
        schema,
        facet,
    }
}
