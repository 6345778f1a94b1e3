//! All that must hold of one value: the rules of every schema that has a say, side by side.

use specsmith_ir::{
    Applied, ListRules, Literal, Model, NumberRules, RecordRules, Schema, SchemaId,
};

/// How many schemas may have a say about one value before the rest is left to chance.
const MOST_SCHEMAS: usize = 64;

/// The schemas of which all must accept one value.
pub(crate) struct Goal<'m> {
    pub(crate) schemas: Vec<(SchemaId, &'m Schema)>,
}

/// The types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Null,
    Boolean,
    Number,
    String,
    List,
    Record,
}

impl Type {
    pub(crate) const ALL: [Self; 6] = [
        Self::Null,
        Self::Boolean,
        Self::Number,
        Self::String,
        Self::List,
        Self::Record,
    ];

    pub(crate) fn of(value: &Literal) -> Self {
        match value {
            Literal::Null => Self::Null,
            Literal::Boolean(_) => Self::Boolean,
            Literal::Number(_) => Self::Number,
            Literal::String(_) => Self::String,
            Literal::List(_) => Self::List,
            Literal::Record(_) => Self::Record,
        }
    }
}

impl<'m> Goal<'m> {
    /// Gathers what must hold, choosing a branch wherever there is a choice.
    pub(crate) fn gather(model: &'m Model, roots: &[SchemaId], random: &mut fastrand::Rng) -> Self {
        let mut goal = Self {
            schemas: Vec::new(),
        };
        for root in roots {
            goal.add(model, *root, random);
        }
        goal
    }

    /// Adds what one more schema asks.
    pub(crate) fn add(&mut self, model: &'m Model, root: SchemaId, random: &mut fastrand::Rng) {
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if self.schemas.len() >= MOST_SCHEMAS || self.schemas.iter().any(|(it, _)| *it == id) {
                continue;
            }
            let schema = model.schema(id);
            self.schemas.push((id, schema));
            for applied in &schema.applied {
                match applied {
                    Applied::All(branches) => open.extend(branches.iter().rev()),
                    Applied::Any(branches) | Applied::One(branches) => {
                        open.extend(likely(model, branches, random));
                    }
                    Applied::If {
                        condition,
                        then,
                        otherwise,
                    } => {
                        // Whether the way chosen holds is looked at when the value is there.
                        if otherwise.is_none() || random.bool() {
                            open.push(*condition);
                            open.extend(then);
                        } else {
                            open.extend(otherwise);
                        }
                    }
                    Applied::Ref(target) => open.push(*target),
                    Applied::DynamicRef { fallback, .. } => open.push(*fallback),
                    Applied::Not(_)
                    | Applied::UnevaluatedItems(_)
                    | Applied::UnevaluatedProperties(_) => {}
                }
            }
        }
    }

    /// Everything that the schemas apply.
    pub(crate) fn applied(&self) -> impl Iterator<Item = &'m Applied> {
        self.schemas.iter().flat_map(|(_, it)| &it.applied)
    }

    /// The strings that the schemas show as examples and defaults.
    pub(crate) fn shown(&self) -> Vec<&'m str> {
        let shown = self
            .schemas
            .iter()
            .flat_map(|(_, it)| it.notes.examples.iter().chain(&it.notes.default));
        shown.filter_map(Literal::as_str).collect()
    }

    /// Whether every schema accepts values of that type at all.
    pub(crate) fn accepts(&self, kind: Type) -> bool {
        self.schemas.iter().all(|(_, schema)| {
            let types = &schema.types;
            match kind {
                Type::Null => types.null,
                Type::Boolean => types.boolean,
                Type::Number => types.number.is_some(),
                Type::String => types.string.is_some(),
                Type::List => types.list.is_some(),
                Type::Record => types.record.is_some(),
            }
        })
    }

    /// Whether any schema has a rule of its own for that type: then a sample of it tells more.
    pub(crate) fn speaks_of(&self, kind: Type) -> bool {
        match kind {
            Type::Null | Type::Boolean => false,
            Type::Number => self.numbers().any(|it| *it != NumberRules::default()),
            Type::String => self
                .strings()
                .any(|it| *it != specsmith_ir::StringRules::default()),
            Type::List => self.lists().any(|it| *it != ListRules::default()),
            Type::Record => self.records().any(|it| *it != RecordRules::default()),
        }
    }

    /// The values that every list of values names, where there is a list.
    pub(crate) fn listed(&self) -> Option<Vec<&'m Literal>> {
        let mut lists = self.schemas.iter().flat_map(|(_, schema)| {
            let constant = schema.constant.as_ref().map(std::slice::from_ref);
            [schema.listed.as_deref(), constant].into_iter().flatten()
        });
        let first = lists.next()?;
        let mut common: Vec<&Literal> = first.iter().collect();
        for list in lists {
            common.retain(|it| list.contains(it));
        }
        common.retain(|it| self.accepts(Type::of(it)));
        Some(common)
    }

    pub(crate) fn numbers(&self) -> impl Iterator<Item = &'m NumberRules> {
        self.schemas
            .iter()
            .filter_map(|(_, it)| it.types.number.as_deref())
    }

    pub(crate) fn strings(&self) -> impl Iterator<Item = &'m specsmith_ir::StringRules> {
        self.schemas
            .iter()
            .filter_map(|(_, it)| it.types.string.as_deref())
    }

    pub(crate) fn lists(&self) -> impl Iterator<Item = &'m ListRules> {
        self.schemas
            .iter()
            .filter_map(|(_, it)| it.types.list.as_deref())
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &'m RecordRules> {
        self.schemas
            .iter()
            .filter_map(|(_, it)| it.types.record.as_deref())
    }
}

/// One branch by chance, of those that are not plainly impossible.
fn likely(model: &Model, branches: &[SchemaId], random: &mut fastrand::Rng) -> Option<SchemaId> {
    let possible: Vec<SchemaId> = branches
        .iter()
        .copied()
        .filter(|id| !model.schema(*id).is_never())
        .collect();
    random.choice(possible)
}
