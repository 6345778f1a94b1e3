//! Merging: the rules of several schemas for one type, as one.

use specsmith_ir::{
    Access, Decimal, Direction, ListRules, NumberRules, Numbers, RecordRules, Rest, StringRules,
    WireName,
};
use specsmith_predicates::format::Format;
use specsmith_predicates::range::IntegerFormat;

use crate::view::{Conj, ListView, NumberView, PropertyView, RecordView, RestView, StringView};

impl NumberView {
    pub(super) fn merge(&mut self, rules: &NumberRules) {
        self.integers |= rules.numbers == Numbers::Integers;
        greater(&mut self.minimum, rules.minimum.as_ref());
        greater(
            &mut self.exclusive_minimum,
            rules.exclusive_minimum.as_ref(),
        );
        smaller(&mut self.maximum, rules.maximum.as_ref());
        smaller(
            &mut self.exclusive_maximum,
            rules.exclusive_maximum.as_ref(),
        );
        add_once(&mut self.multiples, rules.multiple_of.as_ref());
        let format = rules.format.as_deref().and_then(IntegerFormat::named);
        add_once(&mut self.formats, format.as_ref());
    }
}

impl StringView {
    pub(super) fn merge(&mut self, rules: &StringRules) {
        self.min = self.min.max(rules.min_length);
        self.max = least(self.max, rules.max_length);
        add_once(&mut self.patterns, rules.pattern.as_ref());
        let format = rules.format.as_deref().and_then(Format::named);
        add_once(&mut self.formats, format.as_ref());
    }
}

impl ListView {
    pub(super) fn merge(&mut self, rules: &ListRules) {
        self.min = self.min.max(rules.min_items);
        self.max = least(self.max, rules.max_items);
        self.unique |= rules.unique;
        let behind = rules.items.map(Conj::of).unwrap_or_default();
        let longest = self.prefix.len().max(rules.prefix.len());
        let mut prefix = Vec::with_capacity(longest);
        for index in 0..longest {
            let ours = self.prefix.get(index).unwrap_or(&self.items).clone();
            let theirs = rules.prefix.get(index).map(|it| Conj::of(*it));
            prefix.push(ours.and(theirs.as_ref().unwrap_or(&behind)));
        }
        self.prefix = prefix;
        self.items = std::mem::take(&mut self.items).and(&behind);
        self.contains.extend(rules.contains.iter().cloned());
    }
}

impl RecordView {
    pub(super) fn merge(&mut self, rules: &RecordRules, direction: Direction, first: bool) {
        let theirs = Self::from_rules(rules, direction);
        self.min = self.min.max(theirs.min);
        self.max = least(self.max, theirs.max);
        self.names = std::mem::take(&mut self.names).and(&theirs.names);
        self.dependent_required
            .extend(theirs.dependent_required.iter().cloned());
        self.dependent_schemas
            .extend(theirs.dependent_schemas.iter().cloned());
        if first && self.properties.is_empty() {
            self.properties = theirs.properties;
            self.rest = theirs.rest;
            self.patterns = theirs.patterns;
            return;
        }
        if !self.patterns.is_empty() || !theirs.patterns.is_empty() {
            self.entangled |= self.rest != RestView::Ignored
                || theirs.rest != RestView::Ignored
                || !(theirs.properties.is_empty() && theirs.rest == RestView::Ignored);
        }
        for property in &mut self.properties {
            match theirs.property(&property.name) {
                Some(other) => property.merge(other),
                None => property.restrict(&theirs.rest),
            }
        }
        for mut property in theirs.properties {
            if self.property(&property.name).is_none() {
                property.restrict(&self.rest);
                self.properties.push(property);
            }
        }
        self.rest = match (std::mem::take(&mut self.rest), theirs.rest) {
            (RestView::Denied, _) | (_, RestView::Denied) => RestView::Denied,
            (RestView::Ignored, other) | (other, RestView::Ignored) => other,
            (RestView::Collected(ours), RestView::Collected(theirs)) => {
                RestView::Collected(ours.and(&theirs))
            }
        };
        self.patterns.extend(theirs.patterns);
    }

    fn from_rules(rules: &RecordRules, direction: Direction) -> Self {
        let mut properties: Vec<PropertyView> = rules
            .properties
            .iter()
            .map(|property| PropertyView {
                name: property.name.clone(),
                conj: Conj::of(property.schema),
                required: property.is_required(direction),
                access: property.access,
                forbidden: false,
                listed: true,
            })
            .collect();
        let rest = match rules.rest {
            Rest::Ignored => RestView::Ignored,
            Rest::Denied => RestView::Denied,
            Rest::Collected(schema) => RestView::Collected(Conj::of(schema)),
        };
        for name in &rules.also_required {
            if let Some(property) = properties.iter_mut().find(|it| it.name == *name) {
                property.required = true;
                continue;
            }
            let mut property = PropertyView {
                name: name.clone(),
                conj: Conj::default(),
                required: true,
                access: Access::Both,
                forbidden: false,
                listed: false,
            };
            // A name that a pattern matches is none of the rest.
            if rules.patterns.is_empty() {
                property.restrict(&rest);
            }
            properties.push(property);
        }
        Self {
            properties,
            rest,
            patterns: rules
                .patterns
                .iter()
                .map(|it| (it.pattern.clone(), Conj::of(it.schema)))
                .collect(),
            entangled: false,
            min: rules.min_properties,
            max: rules.max_properties,
            names: rules.names.map(Conj::of).unwrap_or_default(),
            dependent_required: rules.dependent_required.clone(),
            dependent_schemas: rules.dependent_schemas.clone(),
        }
    }

    /// Says what becomes of the properties that are not listed, where nothing was said yet.
    pub(crate) fn settle_rest(&mut self, rest: RestView) {
        if self.rest != RestView::Ignored {
            return;
        }
        self.rest = rest;
        if self.patterns.is_empty() {
            for property in self.properties.iter_mut().filter(|it| !it.listed) {
                property.restrict(&self.rest);
            }
        }
    }

    pub(crate) fn property(&self, name: &WireName) -> Option<&PropertyView> {
        self.properties.iter().find(|it| it.name == *name)
    }
}

impl PropertyView {
    pub(super) fn merge(&mut self, other: &Self) {
        for part in &other.conj.0 {
            self.conj.add_part(*part);
        }
        self.required |= other.required;
        self.forbidden |= other.forbidden;
        self.listed |= other.listed;
        if self.access == Access::Both {
            self.access = other.access;
        }
    }

    /// What a part that does not name the property has to say about it.
    fn restrict(&mut self, rest: &RestView) {
        match rest {
            RestView::Ignored => {}
            RestView::Denied => self.forbidden = true,
            RestView::Collected(conj) => {
                for part in &conj.0 {
                    self.conj.add_part(*part);
                }
            }
        }
    }
}

fn greater(left: &mut Option<Decimal>, right: Option<&Decimal>) {
    if let Some(right) = right
        && left.as_ref().is_none_or(|left| left < right)
    {
        *left = Some(right.clone());
    }
}

fn smaller(left: &mut Option<Decimal>, right: Option<&Decimal>) {
    if let Some(right) = right
        && left.as_ref().is_none_or(|left| left > right)
    {
        *left = Some(right.clone());
    }
}

fn add_once<T: PartialEq + Clone>(list: &mut Vec<T>, item: Option<&T>) {
    if let Some(item) = item
        && !list.contains(item)
    {
        list.push(item.clone());
    }
}

fn least(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (bound, None) | (None, bound) => bound,
    }
}
