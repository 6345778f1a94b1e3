//! Whether a value plainly fits a schema: what a draw is held against before it is handed out.
//!
//! This is no judge. It says "no" or "yes" only where that is plain and "perhaps" everywhere else,
//! so that a draw that two branches of a `oneOf` accept is seen and drawn again.

use std::collections::HashMap;

use specsmith_ir::{
    Applied, Direction, ListRules, Literal, Model, NumberRules, Numbers, RecordRules, Rest, Schema,
    SchemaId, StringRules,
};
use specsmith_rules::format::Format;
use specsmith_rules::pattern::{Match, Pattern};
use specsmith_rules::range::IntegerFormat;

/// Perhaps, where neither is plain.
pub(crate) type Fits = Option<bool>;

/// How many schemas are asked about one value before the answer is "perhaps".
const MOST_STEPS: usize = 20_000;
/// Deeper than this the answer is "perhaps".
const MOST_DEPTH: usize = 64;

/// Patterns by their text; `None` where they are none.
#[derive(Debug, Default)]
pub(crate) struct Patterns<'m>(HashMap<&'m str, Option<Pattern>>);

impl<'m> Patterns<'m> {
    /// Whether the pattern is found in the text.
    pub(crate) fn matches(&mut self, pattern: &'m str, text: &str) -> Fits {
        let engine = self.0.entry(pattern);
        let engine = engine.or_insert_with(|| Pattern::new(pattern).ok());
        match engine.as_ref()?.search(text) {
            Match::Found => Some(true),
            Match::Missing => Some(false),
            Match::Undecided => None,
        }
    }
}

/// Whether `value` fits the schema.
pub(crate) fn fits<'m>(
    model: &'m Model,
    direction: Direction,
    patterns: &mut Patterns<'m>,
    schema: SchemaId,
    value: &Literal,
) -> Fits {
    let mut fitting = Fitting {
        model,
        direction,
        patterns,
        steps: MOST_STEPS,
        depth: 0,
    };
    fitting.schema(schema, value)
}

/// Whether `value` fits what else a schema applies: the part that drawing does not ensure.
pub(crate) fn fits_applied<'m>(
    model: &'m Model,
    direction: Direction,
    patterns: &mut Patterns<'m>,
    schema: &'m Schema,
    value: &Literal,
) -> Fits {
    let mut fitting = Fitting {
        model,
        direction,
        patterns,
        steps: MOST_STEPS,
        depth: 0,
    };
    all(schema.applied.iter().map(|it| match it {
        // These were drawn from, and are asked on their own.
        Applied::All(_) | Applied::Ref(_) => Some(true),
        Applied::Any(_)
        | Applied::One(_)
        | Applied::Not(_)
        | Applied::If { .. }
        | Applied::DynamicRef { .. }
        | Applied::UnevaluatedItems(_)
        | Applied::UnevaluatedProperties(_) => fitting.applied(it, value),
    }))
}

/// Whether a string keeps to the rules.
pub(crate) fn fits_string<'m>(
    patterns: &mut Patterns<'m>,
    rules: &'m StringRules,
    text: &str,
) -> Fits {
    let length = text.chars().count() as u64;
    if rules.min_length.is_some_and(|it| length < it)
        || rules.max_length.is_some_and(|it| length > it)
    {
        return Some(false);
    }
    let pattern = match rules.pattern.as_deref() {
        Some(pattern) => patterns.matches(pattern, text),
        None => Some(true),
    };
    let format = rules.format.as_deref();
    let format = match format.and_then(Format::named) {
        Some(format) => Some(format.check(text)),
        None => Some(true),
    };
    all([pattern, format])
}

/// Whether a number keeps to the rules.
pub(crate) fn fits_number(rules: &NumberRules, number: &specsmith_ir::Decimal) -> bool {
    (rules.numbers == Numbers::All || number.is_integer())
        && rules.minimum.as_ref().is_none_or(|it| number >= it)
        && rules
            .exclusive_minimum
            .as_ref()
            .is_none_or(|it| number > it)
        && rules.maximum.as_ref().is_none_or(|it| number <= it)
        && rules
            .exclusive_maximum
            .as_ref()
            .is_none_or(|it| number < it)
        && rules
            .multiple_of
            .as_ref()
            .is_none_or(|it| number.is_multiple_of(it))
        && match rules.format.as_deref() {
            Some(name) => IntegerFormat::named(name).is_none_or(|it| it.check(number)),
            None => true,
        }
}

struct Fitting<'m, 'p> {
    model: &'m Model,
    direction: Direction,
    patterns: &'p mut Patterns<'m>,
    steps: usize,
    depth: usize,
}

impl<'m> Fitting<'m, '_> {
    fn schema(&mut self, id: SchemaId, value: &Literal) -> Fits {
        if self.steps == 0 || self.depth >= MOST_DEPTH {
            return None;
        }
        self.steps -= 1;
        let schema = self.model.schema(id);
        let listed = schema.listed.as_ref().is_none_or(|it| it.contains(value));
        let constant = schema.constant.as_ref().is_none_or(|it| it == value);
        if !listed || !constant {
            return Some(false);
        }
        self.depth += 1;
        let types = &schema.types;
        let typed = match value {
            Literal::Null => Some(types.null),
            Literal::Boolean(_) => Some(types.boolean),
            Literal::Number(number) => {
                let rules = types.number.as_deref();
                Some(rules.is_some_and(|it| fits_number(it, number)))
            }
            Literal::String(text) => match types.string.as_deref() {
                Some(rules) => fits_string(self.patterns, rules, text),
                None => Some(false),
            },
            Literal::List(items) => match types.list.as_deref() {
                Some(rules) => self.list(rules, items),
                None => Some(false),
            },
            Literal::Record(members) => match types.record.as_deref() {
                Some(rules) => self.record(rules, members, value),
                None => Some(false),
            },
        };
        let fits = match typed {
            Some(false) => Some(false),
            Some(true) | None => {
                let applied = all(schema.applied.iter().map(|it| self.applied(it, value)));
                all([typed, applied])
            }
        };
        self.depth -= 1;
        fits
    }

    fn applied(&mut self, applied: &'m Applied, value: &Literal) -> Fits {
        match applied {
            Applied::All(branches) => all(branches.iter().map(|it| self.schema(*it, value))),
            Applied::Any(branches) => {
                not(all(branches.iter().map(|it| not(self.schema(*it, value)))))
            }
            Applied::One(branches) => self.one(branches, value),
            Applied::Not(schema) => not(self.schema(*schema, value)),
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                let branch = match self.schema(*condition, value)? {
                    true => then,
                    false => otherwise,
                };
                match branch {
                    Some(schema) => self.schema(*schema, value),
                    None => Some(true),
                }
            }
            Applied::Ref(target) => self.schema(*target, value),
            Applied::DynamicRef { .. }
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => None,
        }
    }

    fn one(&mut self, branches: &[SchemaId], value: &Literal) -> Fits {
        let (mut fitting, mut open) = (0, false);
        for branch in branches {
            match self.schema(*branch, value) {
                Some(true) => fitting += 1,
                Some(false) => {}
                None => open = true,
            }
            if fitting > 1 {
                return Some(false);
            }
        }
        match (fitting, open) {
            (_, true) => None,
            (count, false) => Some(count == 1),
        }
    }

    fn list(&mut self, rules: &'m ListRules, items: &[Literal]) -> Fits {
        let count = items.len() as u64;
        if rules.min_items.is_some_and(|it| count < it)
            || rules.max_items.is_some_and(|it| count > it)
            || (rules.unique && !distinct(items))
        {
            return Some(false);
        }
        let each = all(items.iter().enumerate().map(|(index, item)| {
            match rules.prefix.get(index).or(rules.items.as_ref()) {
                Some(schema) => self.schema(*schema, item),
                None => Some(true),
            }
        }));
        let Some(contains) = &rules.contains else {
            return each;
        };
        let (mut sure, mut possible) = (0, 0);
        for item in items {
            match self.schema(contains.schema, item) {
                Some(true) => {
                    sure += 1;
                    possible += 1;
                }
                None => possible += 1,
                Some(false) => {}
            }
        }
        let most = contains.max.unwrap_or(u64::MAX);
        let counted = if possible < contains.min || sure > most {
            Some(false)
        } else if sure >= contains.min && possible <= most {
            Some(true)
        } else {
            None
        };
        all([each, counted])
    }

    fn record(
        &mut self,
        rules: &'m RecordRules,
        members: &[(String, Literal)],
        value: &Literal,
    ) -> Fits {
        let count = members.len() as u64;
        let has = |name: &str| members.iter().any(|(it, _)| it == name);
        let mut required = rules
            .properties
            .iter()
            .filter(|it| it.is_required(self.direction))
            .map(|it| &it.name)
            .chain(&rules.also_required);
        let mut dependent = rules
            .dependent_required
            .iter()
            .filter(|(given, _)| has(given.as_str()))
            .flat_map(|(_, asked)| asked);
        if rules.min_properties.is_some_and(|it| count < it)
            || rules.max_properties.is_some_and(|it| count > it)
            || required.any(|it| !has(it.as_str()))
            || dependent.any(|it| !has(it.as_str()))
        {
            return Some(false);
        }
        let mut fits = Some(true);
        for (name, member) in members {
            let (roots, plain) = spoken_of(rules, self.patterns, name);
            fits = all([fits, if plain { Some(true) } else { None }]);
            for root in roots {
                fits = all([fits, self.schema(root, member)]);
            }
            if let Some(names) = rules.names {
                fits = all([fits, self.schema(names, &Literal::String(name.clone()))]);
            }
            if fits == Some(false) {
                return fits;
            }
        }
        for (given, schema) in &rules.dependent_schemas {
            if has(given.as_str()) {
                fits = all([fits, self.schema(*schema, value)]);
            }
        }
        // Denied names have no schema of their own to be asked.
        let denied = rules.rest == Rest::Denied
            && members.iter().any(|(name, _)| {
                !rules.properties.iter().any(|it| it.name.as_str() == name)
                    && rules
                        .patterns
                        .iter()
                        .all(|it| self.patterns.matches(&it.pattern, name) == Some(false))
            });
        if denied { Some(false) } else { fits }
    }
}

/// The schemas that one set of rules has for the property of that name, and whether that is sure.
pub(crate) fn spoken_of<'m>(
    rules: &'m RecordRules,
    patterns: &mut Patterns<'m>,
    name: &str,
) -> (Vec<SchemaId>, bool) {
    let mut roots = Vec::new();
    let mut sure = true;
    let named = rules.properties.iter().find(|it| it.name.as_str() == name);
    roots.extend(named.map(|it| it.schema));
    let mut matched = named.is_some();
    for pattern in &rules.patterns {
        match patterns.matches(&pattern.pattern, name) {
            Some(true) => {
                matched = true;
                roots.push(pattern.schema);
            }
            Some(false) => {}
            None => sure = false,
        }
    }
    if let (false, Rest::Collected(schema)) = (matched, &rules.rest) {
        roots.push(*schema);
    }
    (roots, sure)
}

/// Whether no two are equal; lists are short, or of cheap items.
pub(crate) fn distinct(items: &[Literal]) -> bool {
    items
        .iter()
        .enumerate()
        .all(|(index, item)| !items[..index].contains(item))
}

fn all(answers: impl IntoIterator<Item = Fits>) -> Fits {
    let mut fits = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            Some(true) => {}
            None => fits = None,
        }
    }
    fits
}

fn not(fits: Fits) -> Fits {
    fits.map(|it| !it)
}
