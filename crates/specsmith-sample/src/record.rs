//! Objects that keep to what must, may and must not be there.

use std::collections::HashSet;

use specsmith_ir::{Access, Applied, Direction, Literal, Property, RecordRules, Rest, SchemaId};

use crate::fit;
use crate::goal::Goal;
use crate::strings;
use crate::value::{Sampler, Trail};

/// An object that must have more members than this gets only so many.
const MOST_MEMBERS: u64 = 1_000;
/// How many names are tried beyond those that are spoken of.
const MOST_NAMES: u64 = 2_000;

/// The rules for one object, of all schemas that have a say, and what goes beyond them.
struct Wishes<'m> {
    rules: Vec<&'m RecordRules>,
    /// The names that are there because a rule that hangs on them is to be met.
    forced: Vec<&'m str>,
    /// The names that are left out because of such a rule.
    barred: Vec<&'m str>,
    /// What the properties are that nothing else speaks of.
    unevaluated: Vec<SchemaId>,
}

impl<'m> Sampler<'m> {
    pub(crate) fn record(&mut self, goal: &mut Goal<'m>, trail: &mut Trail) -> Option<Literal> {
        let wishes = self.wishes(goal);
        let mut members: Vec<(String, Literal)> = Vec::new();
        for name in self.names(&wishes) {
            let needed = wishes.needs(&name, self.direction, &members);
            if !needed && !self.wants_optional(&wishes, &name) {
                continue;
            }
            match self.property(&wishes, &name, trail) {
                Some(value) => members.push((name, value)),
                None if needed => return None,
                None => {}
            }
        }
        self.add_dependents(&wishes, &mut members, trail)?;
        self.add_others(&wishes, &mut members, trail);
        self.trim(&wishes, &mut members);
        if self.random.u8(0..8) == 0 {
            self.random.shuffle(&mut members);
        }
        Some(Literal::Record(members))
    }

    /// Settles which rules that hang on a property are to be met, and lets them have their say.
    fn wishes(&mut self, goal: &mut Goal<'m>) -> Wishes<'m> {
        let (mut forced, mut barred) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some((_, schema)) = goal.schemas.get(at).copied() {
            at += 1;
            let Some(rules) = schema.types.record.as_deref() else {
                continue;
            };
            for (given, dependent) in &rules.dependent_schemas {
                let given = given.as_str();
                let required = goal.records().any(|it| requires(it, given, self.direction));
                if required || (!barred.contains(&given) && self.random.bool()) {
                    forced.push(given);
                    goal.add(self.model, *dependent, &mut self.random);
                } else {
                    barred.push(given);
                }
            }
        }
        let unevaluated = goal.applied().filter_map(|it| match it {
            Applied::UnevaluatedProperties(schema) => Some(*schema),
            Applied::All(_)
            | Applied::Any(_)
            | Applied::One(_)
            | Applied::Not(_)
            | Applied::If { .. }
            | Applied::Ref(_)
            | Applied::DynamicRef { .. }
            | Applied::UnevaluatedItems(_) => None,
        });
        Wishes {
            unevaluated: unevaluated.collect(),
            rules: goal.records().collect(),
            forced,
            barred,
        }
    }

    /// Every name that some rule speaks of, in the order written.
    fn names(&self, wishes: &Wishes<'_>) -> Vec<String> {
        let mut seen = HashSet::new();
        let spoken = wishes.rules.iter().flat_map(|rule| {
            let properties = rule.properties.iter().map(|it| &it.name);
            properties.chain(&rule.also_required)
        });
        spoken
            .map(|it| it.as_str())
            .chain(wishes.forced.iter().copied())
            .filter(|it| seen.insert(*it))
            .map(str::to_owned)
            .collect()
    }

    fn wants_optional(&mut self, wishes: &Wishes<'_>, name: &str) -> bool {
        if wishes.barred.contains(&name) {
            return false;
        }
        let spoken: Vec<&Property> = wishes.named(name).collect();
        let foreign = spoken.iter().any(|it| match it.access {
            Access::Both => false,
            Access::ReadOnly => self.direction == Direction::Request,
            Access::WriteOnly => self.direction == Direction::Response,
        });
        // What tells branches apart is there, so that only one of them fits.
        let telling = spoken.iter().any(|it| {
            let schema = self.model.schema(it.schema);
            schema.constant.is_some() || schema.listed.as_ref().is_some_and(|it| it.len() == 1)
        });
        let odds = match self.odds() {
            _ if telling => 7,
            0 => 0,
            _ if foreign => 1,
            odds => odds,
        };
        self.random.u8(0..8) < odds
    }

    /// The value of a property; `None` where there is none, or where the name may not be there.
    fn property(&mut self, wishes: &Wishes<'m>, name: &str, trail: &mut Trail) -> Option<Literal> {
        let mut roots = Vec::new();
        let mut spoken = false;
        for rules in &wishes.rules {
            let (own, _) = fit::spoken_of(rules, &mut self.patterns, name);
            if own.is_empty() && rules.rest == Rest::Denied {
                return None;
            }
            spoken |= !own.is_empty();
            roots.extend(own);
        }
        if !spoken {
            roots.extend(&wishes.unevaluated);
        }
        self.inside(name.to_owned(), &roots, trail)
    }

    /// Adds what must be there because something else is.
    fn add_dependents(
        &mut self,
        wishes: &Wishes<'m>,
        members: &mut Vec<(String, Literal)>,
        trail: &mut Trail,
    ) -> Option<()> {
        loop {
            let rules = wishes.rules.iter().flat_map(|it| &it.dependent_required);
            let missing = rules
                .filter(|(given, _)| has(members, given.as_str()))
                .flat_map(|(_, asked)| asked)
                .find(|it| !has(members, it.as_str()));
            let Some(missing) = missing else {
                return Some(());
            };
            let value = self.property(wishes, missing.as_str(), trail)?;
            members.push((missing.as_str().to_owned(), value));
        }
    }

    /// Adds properties that no rule names: as many as there must be, and now and then some more.
    fn add_others(
        &mut self,
        wishes: &Wishes<'m>,
        members: &mut Vec<(String, Literal)>,
        trail: &mut Trail,
    ) {
        let rules = &wishes.rules;
        let least = rules.iter().filter_map(|it| it.min_properties).max();
        let speaks = rules
            .iter()
            .any(|it| matches!(it.rest, Rest::Collected(_)) || !it.patterns.is_empty());
        let extra = if !self.has_room() {
            0
        } else if speaks {
            self.random.u64(0..=2)
        } else {
            u64::from(self.random.u8(0..16) == 0 && self.strangers)
        };
        let wanted = least.unwrap_or(0).max(members.len() as u64 + extra);
        let needed = least.unwrap_or(0) > members.len() as u64;
        if needed {
            for name in self.names(wishes) {
                if members.len() as u64 >= wanted {
                    break;
                }
                if !has(members, &name)
                    && !wishes.barred.contains(&name.as_str())
                    && let Some(value) = self.property(wishes, &name, trail)
                {
                    members.push((name, value));
                }
            }
        }
        let tries = if needed { MOST_NAMES } else { 4 };
        for number in 1..=tries {
            if members.len() as u64 >= wanted.min(MOST_MEMBERS) {
                break;
            }
            let Some(name) = self.other_name(wishes, number) else {
                continue;
            };
            if !has(members, &name)
                && let Some(value) = self.property(wishes, &name, trail)
            {
                members.push((name, value));
            }
        }
    }

    /// A name that none of the properties has: one of a pattern, one that the names must be, or
    /// any.
    fn other_name(&mut self, wishes: &Wishes<'m>, number: u64) -> Option<String> {
        let names: Vec<SchemaId> = wishes.rules.iter().filter_map(|it| it.names).collect();
        let patterns: Vec<&'m str> = wishes
            .rules
            .iter()
            .flat_map(|it| &it.patterns)
            .map(|it| it.pattern.as_str())
            .collect();
        let name = if let Some(pattern) = self.random.choice(&patterns)
            && self.random.u8(0..4) > 0
        {
            strings::of_pattern(pattern, &mut self.random)?
        } else if names.is_empty() {
            return Some(format!("extra{number}"));
        } else {
            // A name is drawn as a value is, but no rule that it meets is one of the instance.
            match self.value(&names, &mut Trail::default())? {
                Literal::String(name) => name,
                Literal::Null
                | Literal::Boolean(_)
                | Literal::Number(_)
                | Literal::List(_)
                | Literal::Record(_) => return None,
            }
        };
        let barred = wishes.barred.contains(&name.as_str()) || wishes.named(&name).next().is_some();
        let literal = Literal::String(name);
        let fits = names.iter().all(|it| {
            let patterns = &mut self.patterns;
            fit::fits(self.model, self.direction, patterns, *it, &literal) != Some(false)
        });
        match literal {
            Literal::String(name) if fits && !barred => Some(name),
            Literal::String(_)
            | Literal::Null
            | Literal::Boolean(_)
            | Literal::Number(_)
            | Literal::List(_)
            | Literal::Record(_) => None,
        }
    }

    /// Takes out optional members from the end until there are not too many.
    fn trim(&self, wishes: &Wishes<'_>, members: &mut Vec<(String, Literal)>) {
        let most = wishes.rules.iter().filter_map(|it| it.max_properties).min();
        while most.is_some_and(|most| members.len() as u64 > most) {
            let optional = members
                .iter()
                .rposition(|(name, _)| !wishes.needs(name, self.direction, members));
            match optional {
                Some(at) => drop(members.remove(at)),
                None => return,
            }
        }
    }
}

impl<'m> Wishes<'m> {
    /// What is said of the property of that name.
    fn named(&self, name: &str) -> impl Iterator<Item = &'m Property> {
        self.rules
            .iter()
            .flat_map(|it| &it.properties)
            .filter(move |it| it.name.as_str() == name)
    }

    /// Whether a property must be there beside those members.
    fn needs(&self, name: &str, direction: Direction, members: &[(String, Literal)]) -> bool {
        self.forced.contains(&name)
            || self.rules.iter().any(|rule| {
                requires(rule, name, direction)
                    || rule.dependent_required.iter().any(|(given, asked)| {
                        has(members, given.as_str()) && asked.iter().any(|it| it.as_str() == name)
                    })
            })
    }
}

fn requires(rules: &RecordRules, name: &str, direction: Direction) -> bool {
    let mut properties = rules.properties.iter();
    rules.also_required.iter().any(|it| it.as_str() == name)
        || properties.any(|it| it.name.as_str() == name && it.is_required(direction))
}

fn has(members: &[(String, Literal)], name: &str) -> bool {
    members.iter().any(|(it, _)| it == name)
}
