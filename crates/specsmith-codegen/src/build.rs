//! Building: from the model to the items of each crate.
//!
//! Every definition becomes an item, every inline schema a plain type where that says it all, else
//! an item named after where it stands. Equal inline items are one.

use std::collections::HashMap;

use specsmith_ir::{
    Definition, Direction, DocumentId, Home, Literal, Model, Operation, Response, SchemaId, Status,
    Step,
};

use crate::facts::{Facts, says_nothing};
use crate::items::{Item, ItemId, ItemKind, Slot, Strings, Ty, Words};
use crate::names::Scope;
use crate::reach::Reach;
use crate::select::Selected;
use crate::style::Style;
use crate::view::{Conj, Part};

/// All items of all crates, and what the operations use of them.
#[derive(Debug)]
pub(crate) struct Items {
    pub(crate) list: Vec<Item>,
    /// One for each of the model's operations.
    pub(crate) operations: Vec<OperationSlots>,
    /// The item of each definition in each direction that it has one for.
    pub(crate) definitions: HashMap<(SchemaId, Direction), ItemId>,
    /// Names of the crates, by document.
    pub(crate) crates: Vec<usize>,
    /// What could not be made a type of, and is a JSON value without rules instead.
    pub(crate) refused: Vec<SchemaId>,
    /// Which of the operations are asked for.
    pub(crate) operations_shown: Vec<bool>,
}

/// The types of an operation's bodies.
#[derive(Clone, Debug, Default)]
pub(crate) struct OperationSlots {
    pub(crate) request: Option<Slot>,
    pub(crate) responses: Vec<(Status, Slot)>,
}

impl Items {
    /// The operations that are asked for, with their types.
    pub(crate) fn shown_operations<'a>(
        &'a self,
        model: &'a Model,
    ) -> impl Iterator<Item = (&'a Operation, &'a OperationSlots)> {
        let all = model.operations.iter().zip(&self.operations);
        all.zip(&self.operations_shown)
            .filter(|(_, shown)| **shown)
            .map(|(operation, _)| operation)
    }

    pub(crate) fn get(&self, id: ItemId) -> &Item {
        &self.list[id.0 as usize]
    }
}

/// What a type inside something is named after.
pub(crate) type Path = Vec<String>;

pub(crate) struct Builder<'m> {
    pub(crate) model: &'m Model,
    pub(crate) facts: Facts,
    pub(crate) reach: Reach,
    pub(crate) items: Items,
    pub(crate) style: &'m Style,
    selected: &'m Selected,
    /// By crate.
    scopes: Vec<Scope>,
    /// The inline items so far, by crate and structure.
    interned: HashMap<(usize, ItemKind), ItemId>,
    /// What has been made of an inline schema; `None` while it is being made.
    made: HashMap<(usize, Conj, Direction), Option<Ty>>,
    /// The document whose crate new items go to.
    home: DocumentId,
    order: u32,
    depth: u32,
}

/// What a schema comes out as: a type that can be written in place, or an item.
pub(crate) enum Body {
    Ty(Ty),
    Item(ItemKind),
}

/// How a conjunction is to be taken.
enum Resolved {
    Any,
    Definition(SchemaId),
    Inline(Conj),
}

/// How deep schemas may stand in one another before a JSON value has to do.
const DEPTH: u32 = 100;

/// Makes the items of a model. `crates` gives each document the number of its crate.
pub(crate) fn build(
    model: &Model,
    crates: Vec<usize>,
    style: &Style,
    selected: &Selected,
) -> Items {
    let count = crates.iter().copied().max().map_or(1, |most| most + 1);
    let mut builder = Builder {
        model,
        facts: Facts::new(model),
        reach: Reach::new(model),
        items: Items {
            list: Vec::new(),
            operations: Vec::new(),
            definitions: HashMap::new(),
            crates,
            refused: Vec::new(),
            operations_shown: selected.operations.clone(),
        },
        style,
        selected,
        scopes: vec![Scope::types(); count],
        interned: HashMap::new(),
        made: HashMap::new(),
        home: DocumentId(0),
        order: 0,
        depth: 0,
    };
    builder.announce_definitions();
    for definition in &model.definitions {
        builder.define(definition);
    }
    for operation in &model.operations {
        let index = builder.items.operations.len();
        let shown = selected.operations.get(index).copied().unwrap_or(true);
        let slots = match shown {
            true => builder.operation(operation),
            false => OperationSlots::default(),
        };
        builder.items.operations.push(slots);
    }
    builder.unalias_circles();
    builder.items
}

impl<'m> Builder<'m> {
    /// Gives every definition its item, in the order written, and its name: those that are spelt as
    /// Rust spells types have the first choice.
    fn announce_definitions(&mut self) {
        let model = self.model;
        let mut names = HashMap::new();
        for spelt_so in [true, false] {
            for definition in &model.definitions {
                let wire = definition.name.as_str();
                for (direction, suffix) in self.twins(definition.schema) {
                    let key = (definition.schema, direction);
                    if spelt_so != is_type_name(wire) || names.contains_key(&key) {
                        continue;
                    }
                    let krate = self.crate_of(definition.document);
                    let scope = &mut self.scopes[krate];
                    names.insert(key, scope.type_name(&[wire, suffix], "Model"));
                }
            }
        }
        for definition in &model.definitions {
            for (direction, _) in self.twins(definition.schema) {
                let key = (definition.schema, direction);
                let Some(name) = names.remove(&key) else {
                    continue;
                };
                let id = self.push(Item {
                    name,
                    document: definition.document,
                    order: 0,
                    kind: ItemKind::Pending,
                    words: self.words(&[definition.schema]),
                    definition: Some(definition.schema),
                    or_null: self.facts.accepts_null(model, &Conj::of(definition.schema)),
                });
                self.items.definitions.insert(key, id);
            }
        }
    }

    /// The directions that a definition has a type for, each with what its name ends with.
    fn twins(&self, schema: SchemaId) -> Vec<(Direction, &'static str)> {
        if !self.selected.has(schema) {
            return Vec::new();
        }
        let directions = self.reach.directions(schema);
        let twin = directions.len() > 1;
        let suffix = |direction| match direction {
            Direction::Request if twin => "Request",
            Direction::Request | Direction::Response => "",
        };
        directions.iter().map(|it| (*it, suffix(*it))).collect()
    }

    fn define(&mut self, definition: &Definition) {
        self.home = definition.document;
        for direction in self.reach.directions(definition.schema) {
            let Some(&id) = self.items.definitions.get(&(definition.schema, *direction)) else {
                continue;
            };
            if self.items.get(id).kind != ItemKind::Pending {
                continue;
            }
            self.order += 1;
            let order = self.order;
            let path = vec![self.items.get(id).name.clone()];
            let body = match self.facts.joined(self.model, definition.schema) {
                Some(targets) => {
                    let conj = targets.into_iter().fold(Conj::default(), Conj::with);
                    match self.resolve(&conj) {
                        Resolved::Any => Body::Ty(Ty::Any),
                        Resolved::Definition(target) if target == definition.schema => {
                            Body::Ty(Ty::Any)
                        }
                        Resolved::Definition(target) => {
                            Body::Ty(self.definition_ty(target, *direction))
                        }
                        Resolved::Inline(conj) => self.body(&conj, *direction, &path),
                    }
                }
                None => self.body(&Conj::of(definition.schema), *direction, &path),
            };
            let kind = match body {
                Body::Item(kind) => kind,
                Body::Ty(ty) if ty.has_rules() => ItemKind::Newtype(Slot::new(ty)),
                Body::Ty(ty) => ItemKind::Alias(Slot::new(ty)),
            };
            let item = &mut self.items.list[id.0 as usize];
            item.kind = kind;
            item.order = order;
        }
    }

    fn operation(&mut self, operation: &Operation) -> OperationSlots {
        self.home = operation.document;
        let name = operation_path(operation);
        let body = operation.request.iter().flat_map(|body| &body.content);
        let json = body.into_iter().find(|media| media.is_json());
        let request = json.and_then(|media| media.schema).map(|schema| {
            let path = self.component_path(schema, "Request").unwrap_or_else(|| {
                let mut path = name.clone();
                path.push("Request".to_owned());
                path
            });
            self.slot(&Conj::of(schema), Direction::Request, &path)
        });
        let first_good = operation
            .responses
            .iter()
            .position(|response| is_good(response.status));
        let mut responses = Vec::new();
        for (index, response) in operation.responses.iter().enumerate() {
            let Some(schema) = json_schema(response) else {
                continue;
            };
            let path = self.component_path(schema, "Response").unwrap_or_else(|| {
                let mut path = name.clone();
                if Some(index) != first_good {
                    path.push(status_word(response.status));
                }
                path.push("Response".to_owned());
                path
            });
            let slot = self.slot(&Conj::of(schema), Direction::Response, &path);
            responses.push((response.status, slot));
        }
        for slot in request.iter().chain(responses.iter().map(|(_, slot)| slot)) {
            if let (Ty::Item(id), true) = (&slot.ty, slot.nullable) {
                self.items.list[id.0 as usize].or_null = true;
            }
        }
        OperationSlots { request, responses }
    }

    /// The name that a schema has from the component in which it stands.
    fn component_path(&self, schema: SchemaId, suffix: &str) -> Option<Path> {
        match self.model.home(schema) {
            Home::Component { name, .. } => {
                let mut path = vec![name.as_str().to_owned()];
                if !name
                    .as_str()
                    .to_ascii_lowercase()
                    .ends_with(&suffix.to_ascii_lowercase())
                {
                    path.push(suffix.to_owned());
                }
                Some(path)
            }
            Home::Definition(_)
            | Home::Within { .. }
            | Home::Request { .. }
            | Home::Response { .. }
            | Home::Parameter { .. }
            | Home::Header { .. } => None,
        }
    }

    /// The type of a use of a conjunction.
    pub(crate) fn slot(&mut self, conj: &Conj, direction: Direction, path: &Path) -> Slot {
        let null = self.facts.accepts_null(self.model, conj);
        let ty = self.ty(conj, direction, path);
        if ty == Ty::Any && !null {
            return Slot::new(self.not_null(path));
        }
        let nullable = null && !matches!(ty, Ty::Any | Ty::Null);
        Slot { ty, nullable }
    }

    /// The type of the values other than null.
    fn ty(&mut self, conj: &Conj, direction: Direction, path: &Path) -> Ty {
        let conj = match self.resolve(conj) {
            Resolved::Any => return Ty::Any,
            Resolved::Definition(target) => return self.definition_ty(target, direction),
            Resolved::Inline(conj) => conj,
        };
        let sensitive = conj
            .0
            .iter()
            .any(|part| self.reach.is_sensitive(part.schema));
        let direction = if sensitive {
            direction
        } else {
            Direction::Response
        };
        let key = (self.crate_of(self.home), conj.clone(), direction);
        match self.made.get(&key) {
            Some(Some(ty)) => return ty.clone(),
            // It holds itself: an item is announced, and filled in when it is done.
            Some(None) => {
                let id = self.announce(path, &conj);
                self.made.insert(key, Some(Ty::Item(id)));
                return Ty::Item(id);
            }
            None => {}
        }
        if self.depth >= DEPTH {
            self.items
                .refused
                .extend(conj.0.first().map(|part| part.schema));
            return Ty::Any;
        }
        self.made.insert(key.clone(), None);
        self.depth += 1;
        self.order += 1;
        let order = self.order;
        let body = self.body(&conj, direction, path);
        self.depth -= 1;
        let announced = match self.made.get(&key) {
            Some(Some(Ty::Item(id))) => Some(*id),
            Some(_) | None => None,
        };
        let ty = match (body, announced) {
            (body, Some(id)) => {
                let kind = match body {
                    Body::Item(kind) => kind,
                    Body::Ty(ty) => ItemKind::Newtype(Slot::new(ty)),
                };
                let item = &mut self.items.list[id.0 as usize];
                item.kind = kind;
                item.order = order;
                Ty::Item(id)
            }
            (Body::Ty(ty), None) => ty,
            (Body::Item(kind), None) => {
                let words = self.words(&conj.0.iter().map(|part| part.schema).collect::<Vec<_>>());
                self.intern(kind, path, order, words)
            }
        };
        self.made.insert(key, Some(ty.clone()));
        ty
    }

    /// One item for each structure, named after the first place where it is needed.
    pub(crate) fn intern(&mut self, kind: ItemKind, path: &Path, order: u32, words: Words) -> Ty {
        let krate = self.crate_of(self.home);
        if let Some(id) = self.interned.get(&(krate, kind.clone())) {
            return Ty::Item(*id);
        }
        let name = self.type_name(path);
        let id = self.push(Item {
            name,
            document: self.home,
            order,
            kind: kind.clone(),
            words,
            definition: None,
            or_null: false,
        });
        self.interned.insert((krate, kind), id);
        Ty::Item(id)
    }

    /// A slot whose type holds all rules itself, so that it can be judged without a field around it.
    pub(crate) fn whole_slot(&mut self, conj: &Conj, direction: Direction, path: &Path) -> Slot {
        let slot = self.slot(conj, direction, path);
        if !slot.ty.has_rules() {
            return slot;
        }
        let kind = ItemKind::Newtype(Slot::new(slot.ty));
        self.order += 1;
        let ty = self.intern(kind, path, self.order, Words::default());
        Slot {
            ty,
            nullable: slot.nullable,
        }
    }

    fn announce(&mut self, path: &Path, conj: &Conj) -> ItemId {
        let name = self.type_name(path);
        let schemas: Vec<SchemaId> = conj.0.iter().map(|part| part.schema).collect();
        let words = self.words(&schemas);
        self.push(Item {
            name,
            document: self.home,
            order: self.order,
            kind: ItemKind::Pending,
            words,
            definition: None,
            or_null: false,
        })
    }

    /// The type that a definition is in that direction.
    pub(crate) fn definition_ty(&mut self, schema: SchemaId, direction: Direction) -> Ty {
        let directions = self.reach.directions(schema);
        let direction = match directions.contains(&direction) {
            true => direction,
            false => directions[0],
        };
        match self.items.definitions.get(&(schema, direction)) {
            Some(id) => Ty::Item(*id),
            None => Ty::Any,
        }
    }

    /// What is left to look at once references are followed: a conjunction, else a definition, else
    /// nothing, since every value is accepted.
    pub(crate) fn resolved(&self, conj: &Conj) -> Result<Conj, Option<SchemaId>> {
        match self.resolve(conj) {
            Resolved::Any => Err(None),
            Resolved::Definition(schema) => Err(Some(schema)),
            Resolved::Inline(conj) => Ok(conj),
        }
    }

    pub(crate) fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// Follows references as far as they only point on.
    fn resolve(&self, conj: &Conj) -> Resolved {
        let mut parts: Vec<Part> = Vec::new();
        let mut seen = Vec::new();
        let mut ahead: Vec<Part> = conj.0.iter().rev().copied().collect();
        while let Some(part) = ahead.pop() {
            if seen.contains(&part) {
                continue;
            }
            seen.push(part);
            let schema = self.model.schema(part.schema);
            if says_nothing(schema) && (part.plain || schema.applied.is_empty()) {
                continue;
            }
            let points_on = if part.plain || self.model.definition_of(part.schema).is_some() {
                None
            } else {
                self.facts.joined(self.model, part.schema)
            };
            match points_on {
                Some(targets) => ahead.extend(targets.into_iter().rev().map(|schema| Part {
                    schema,
                    plain: false,
                })),
                None => parts.push(part),
            }
        }
        let parts = self.without_implied_kinds(parts);
        match parts.as_slice() {
            [] => Resolved::Any,
            [part] if !part.plain && self.model.definition_of(part.schema).is_some() => {
                Resolved::Definition(part.schema)
            }
            _ => Resolved::Inline(Conj(parts)),
        }
    }

    /// Leaves out parts that only name types, where another part allows no others anyway.
    fn without_implied_kinds(&self, parts: Vec<Part>) -> Vec<Part> {
        if parts.len() < 2 {
            return parts;
        }
        let model = self.model;
        let kinds = |part: &Part| self.facts.kinds(model, &Conj(vec![*part]));
        let bare = |part: &Part| {
            let schema = model.schema(part.schema);
            (part.plain || schema.applied.is_empty()) && crate::facts::only_kinds(schema)
        };
        let mut kept = Vec::new();
        for part in &parts {
            let own = kinds(part).or(crate::kinds::Kinds::NULL);
            let implied = bare(part)
                && parts
                    .iter()
                    .any(|other| !bare(other) && kinds(other).without(own).is_empty());
            if !implied {
                kept.push(*part);
            }
        }
        kept
    }

    /// An alias that leads back to itself is a type of its own.
    fn unalias_circles(&mut self) {
        for index in 0..self.items.list.len() {
            if !matches!(self.items.list[index].kind, ItemKind::Alias(_)) {
                continue;
            }
            if self.alias_leads_to(index, index) {
                let item = &mut self.items.list[index];
                if let ItemKind::Alias(slot) = &item.kind {
                    item.kind = ItemKind::Newtype(slot.clone());
                }
            }
        }
    }

    fn alias_leads_to(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.items.list.len()];
        let mut ahead = vec![from];
        while let Some(index) = ahead.pop() {
            if std::mem::replace(&mut seen[index], true) {
                continue;
            }
            let ItemKind::Alias(slot) = &self.items.list[index].kind else {
                continue;
            };
            let mut found = false;
            slot.each_item(&mut |id| {
                found |= id.0 as usize == to;
                ahead.push(id.0 as usize);
            });
            if found {
                return true;
            }
        }
        false
    }

    /// The schema's own words, else those of what it joins.
    pub(crate) fn words(&self, schemas: &[SchemaId]) -> Words {
        let mut words = Words::default();
        for id in schemas {
            let notes = &self.model.schema(*id).notes;
            words.title = words.title.or_else(|| notes.title.clone());
            words.description = words.description.or_else(|| notes.description.clone());
            words.example = words.example.or_else(|| notes.examples.first().cloned());
            words.default = words.default.or_else(|| notes.default.clone());
            words.deprecated |= notes.deprecated;
            words.read_only |= notes.read_only;
            words.write_only |= notes.write_only;
        }
        words
    }

    fn type_name(&mut self, path: &Path) -> String {
        let krate = self.crate_of(self.home);
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        self.scopes[krate].type_name(&parts, "Model")
    }

    fn push(&mut self, item: Item) -> ItemId {
        let id = u32::try_from(self.items.list.len()).unwrap_or(u32::MAX);
        self.items.list.push(item);
        ItemId(id)
    }

    pub(crate) fn crate_of(&self, document: DocumentId) -> usize {
        self.items
            .crates
            .get(document.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Whether values that are not listed are let in: only responses bring them.
    pub(crate) fn is_open(&self, members: &[Part]) -> bool {
        members
            .iter()
            .any(|part| self.reach.is_received(part.schema))
            && !members.iter().any(|part| self.reach.is_sent(part.schema))
    }

    /// An enum of strings, or of other values.
    pub(crate) fn listed(&self, values: &[Literal], open: bool) -> ItemKind {
        let mut scope = Scope::default();
        let texts: Option<Vec<&str>> = values.iter().map(Literal::as_str).collect();
        match texts {
            Some(texts) => ItemKind::Strings(Strings {
                variants: texts
                    .into_iter()
                    .map(|text| crate::items::StringVariant {
                        wire: text.to_owned(),
                        name: scope.variant(text),
                    })
                    .collect(),
                other: open.then(|| scope.variant("Unknown")),
            }),
            None => ItemKind::Literals(
                values
                    .iter()
                    .map(|value| {
                        let json = crate::literal::json(value);
                        let name = scope.variant(&crate::literal::name(value));
                        crate::items::LiteralVariant { json, name }
                    })
                    .collect(),
            ),
        }
    }
}

/// The word that a step adds to the name of a type.
pub(crate) fn step_word(step: &Step) -> Option<String> {
    match step {
        Step::Property(name) | Step::Definition(name) | Step::Dependent(name) => {
            Some(name.as_str().to_owned())
        }
        Step::PatternProperty(_) | Step::Rest | Step::UnevaluatedProperties => {
            Some("Value".to_owned())
        }
        Step::Names => Some("Name".to_owned()),
        Step::Items | Step::Prefix(_) | Step::UnevaluatedItems => Some("Item".to_owned()),
        Step::Contains => Some("Contained".to_owned()),
        Step::All(_) | Step::Any(_) | Step::One(_) => None,
        Step::Not => Some("Not".to_owned()),
        Step::If => Some("If".to_owned()),
        Step::Then => Some("Then".to_owned()),
        Step::Else => Some("Else".to_owned()),
        Step::Elsewhere(place) => place.rsplit('/').next().map(str::to_owned),
    }
}

/// What an operation is called where it has no id: `get`, `pets`, `by`, `id`.
pub(crate) fn operation_path(operation: &Operation) -> Path {
    if let Some(id) = &operation.id {
        return vec![id.as_str().to_owned()];
    }
    let mut path = vec![operation.method.as_str().to_ascii_lowercase()];
    for segment in operation.path.split('/').filter(|it| !it.is_empty()) {
        match segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'))
        {
            Some(parameter) => path.extend(["by".to_owned(), parameter.to_owned()]),
            None => path.push(segment.to_owned()),
        }
    }
    path
}

/// Whether a name is a type's name as it stands.
fn is_type_name(name: &str) -> bool {
    crate::words::pascal(&crate::words::words(name)) == name
}

fn is_good(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundred) => hundred == 2,
        Status::Default => false,
    }
}

fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}xx"),
        Status::Default => "default".to_owned(),
    }
}

fn json_schema(response: &Response) -> Option<SchemaId> {
    let json = response.content.iter().find(|media| media.is_json());
    json.and_then(|media| media.schema)
}
