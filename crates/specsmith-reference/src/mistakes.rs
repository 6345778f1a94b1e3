//! The crate's errors as mistakes: which rule, at which bytes, in which order of precedence.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Bound;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use specsmith_diagnostics::Mistake;
use specsmith_json::{Node, Value, pointer};
use specsmith_rules::{Fault, nearest};

use crate::faults::fault;
use crate::judge::{Reference, last_token};
use crate::origin::Origin;
use crate::slip::{Judged, Slip};
use crate::{exact, tree};

/// Everything that is wrong with a value, in no order.
pub(crate) fn of_value(reference: &Reference<'_>, root: &Node) -> Vec<Mistake> {
    let reader = Reader { reference, root };
    let errors: Vec<_> = reference.validator().iter_errors(root).collect();
    let slips = reader.slips(&errors);
    slips.into_iter().map(Slip::into_mistake).collect()
}

/// Whether any of the pointers is that one or leads into it.
fn holds_any(pointers: &BTreeSet<String>, at: &str) -> bool {
    let from = pointers.range::<str, _>((Bound::Included(at), Bound::Unbounded));
    let mut behind = from.map_while(|it| it.strip_prefix(at));
    behind.any(|it| it.is_empty() || it.starts_with('/'))
}

/// Reads the errors about one value.
struct Reader<'r, 'a> {
    reference: &'r Reference<'a>,
    root: &'r Node,
}

impl Reader<'_, '_> {
    /// The errors as slips, those left out that only follow from another.
    fn slips(&self, errors: &[ValidationError<'_>]) -> Vec<Slip> {
        let mut slips: Vec<Slip> = errors.iter().flat_map(|error| self.read(error)).collect();
        // A value of the wrong type says no more: neither about itself nor about what is in it.
        let types: BTreeSet<String> = slips
            .iter()
            .filter(|slip| matches!(slip.fault, Fault::Type { .. }))
            .map(|slip| slip.pointer.clone())
            .collect();
        let mut said = BTreeSet::new();
        slips.retain(|slip| {
            if !slip.is_about_value() {
                return true;
            }
            match outermost(&types, &slip.pointer) {
                None => true,
                Some(at) => {
                    let is_it = matches!(slip.fault, Fault::Type { .. }) && at == slip.pointer;
                    is_it && said.insert(at)
                }
            }
        });
        // What is wrong for itself is not left over beside.
        let is_left_over = |slip: &Slip| {
            matches!(
                slip.fault,
                Fault::UnevaluatedProperties { .. } | Fault::UnevaluatedItems
            )
        };
        let wrong = slips
            .iter()
            .filter(|it| it.is_about_value() && !is_left_over(it));
        let wrong: BTreeSet<String> = wrong.map(|slip| slip.pointer.clone()).collect();
        slips.retain(|slip| !is_left_over(slip) || !holds_any(&wrong, &slip.pointer));
        slips
    }

    fn read(&self, error: &ValidationError<'_>) -> Vec<Slip> {
        let pointer = error.instance_path().as_str();
        let Some(node) = self.root.pointer(pointer) else {
            return Vec::new();
        };
        let judged = Judged {
            node,
            pointer,
            subject: self.subject(pointer, error.evaluation_path().as_str()),
        };
        let origin = Origin::of(self.reference, error);
        match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                let make = |near| Fault::AdditionalProperties { near };
                unknown(&judged, origin.as_ref(), unexpected.iter(), make)
            }
            Kind::UnevaluatedProperties { unexpected } => {
                let make = |near| Fault::UnevaluatedProperties { near };
                unknown(&judged, origin.as_ref(), unexpected.iter(), make)
            }
            Kind::UnevaluatedItems { unexpected } => {
                unevaluated_items(&judged, origin.as_ref(), unexpected)
            }
            // Beside `additionalProperties: false`, the crate counts only what `properties` names.
            Kind::Required { property }
                if property.as_str().is_some_and(|it| node.get(it).is_some()) =>
            {
                Vec::new()
            }
            Kind::Contains => self.contains(&judged, origin.as_ref()),
            Kind::PropertyNames { error } => self.name(&judged, origin.as_ref(), error),
            Kind::FalseSchema => never(&judged, origin.as_ref()),
            Kind::AnyOf { context }
            | Kind::OneOfNotValid { context }
            | Kind::OneOfMultipleValid { context } => {
                self.alternatives(error.kind(), context, judged, origin.as_ref())
            }
            kind => {
                // An error that cannot be told apart still says no.
                let fault = fault(kind, node, origin.as_ref());
                let fault = fault.unwrap_or(Fault::FalseSchema);
                vec![judged.slip(fault, origin.as_ref())]
            }
        }
    }

    /// What a message calls the value at a pointer; a property's name only if the schema has it.
    fn subject(&self, at: &str, evaluation: &str) -> String {
        let Some((parent, token)) = at.rsplit_once('/') else {
            return "the document".to_owned();
        };
        let parent = self.root.pointer(parent);
        if parent.is_some_and(|parent| parent.as_array().is_some()) {
            return format!("item {token}");
        }
        let way = format!("/properties/{token}");
        let named = evaluation
            .match_indices(&way)
            .filter_map(|(start, _)| evaluation.get(start + way.len()..))
            .any(|rest| rest.is_empty() || rest.starts_with('/'));
        match pointer::unescape(token).filter(|_| named) {
            Some(name) => format!("`{name}`"),
            None => "the value".to_owned(),
        }
    }

    /// `contains`, `minContains` and `maxContains`, told apart by what is counted: the crate names
    /// one of them and stops.
    fn contains(&self, judged: &Judged<'_>, origin: Option<&Origin<'_>>) -> Vec<Slip> {
        let there = |keyword| Origin::at(self.reference, origin?.sibling(keyword));
        let limit = |keyword: &str| {
            let schema = origin?.found.parent?;
            schema.get(keyword)?.as_number()?.to_u64()
        };
        let (least, most) = (limit("minContains").unwrap_or(1), limit("maxContains"));
        let items = judged.node.as_array().unwrap_or_default();
        let count = origin.and_then(|it| self.reference.fitting(&it.sibling("contains"), items));
        let (too_few, too_many) = match count {
            Some(count) => (count < least, most.is_some_and(|most| count > most)),
            None => (true, false),
        };
        let mut slips = Vec::new();
        match count.filter(|_| too_few && least != 1) {
            Some(count) => {
                let limit = least;
                let fault = Fault::MinContains { limit, count };
                slips.push(judged.slip(fault, there("minContains").as_ref()));
            }
            None if too_few => {
                slips.push(judged.slip(Fault::Contains, there("contains").as_ref()));
            }
            None => {}
        }
        if let (Some(limit), Some(count), true) = (most, count, too_many) {
            let fault = Fault::MaxContains { limit, count };
            slips.push(judged.slip(fault, there("maxContains").as_ref()));
        }
        slips
    }

    /// A property whose name does not fit.
    fn name(
        &self,
        judged: &Judged<'_>,
        origin: Option<&Origin<'_>>,
        error: &ValidationError<'_>,
    ) -> Vec<Slip> {
        let Some(name) = error.instance().as_str() else {
            return Vec::new();
        };
        let node = Node::from(Value::String(name.into()));
        let inner = Origin::of(self.reference, error);
        let fault = fault(error.kind(), &node, inner.as_ref());
        let slip = judged.slip_at_key(name, Fault::PropertyNames, origin);
        slip.into_iter()
            .map(|slip| Slip {
                help: fault.as_ref().map(|fault| fault.clause("the name")),
                ..slip
            })
            .collect()
    }

    /// `anyOf` and `oneOf`, with what the branch that came nearest lacks.
    fn alternatives(
        &self,
        kind: &Kind,
        context: &[Vec<ValidationError<'static>>],
        judged: Judged<'_>,
        origin: Option<&Origin<'_>>,
    ) -> Vec<Slip> {
        let written = origin.and_then(|origin| origin.found.node.as_array());
        let branches = written.map_or(context.len(), <[Node]>::len);
        let fault = match kind {
            Kind::AnyOf { .. } => Fault::AnyOf { branches },
            Kind::OneOfMultipleValid { .. } => Fault::OneOf {
                branches,
                matched: context.iter().filter(|errors| errors.is_empty()).count(),
            },
            _ => Fault::OneOf {
                branches,
                matched: 0,
            },
        };
        let mut slip = judged.slip(fault, origin);
        if !matches!(kind, Kind::OneOfMultipleValid { .. }) {
            let mut best: Option<((bool, bool, usize), usize, Slip)> = None;
            let named = origin.and_then(|it| named_branch(it, judged.node));
            let all = context.iter().enumerate();
            for (index, errors) in all.filter(|(index, _)| named.is_none_or(|it| it == *index)) {
                let slips = self.slips(errors);
                let wrong_type = slips.iter().any(|slip| {
                    matches!(slip.fault, Fault::Type { .. }) && slip.pointer == judged.pointer
                });
                // Most alternatives are told apart by a constant.
                let wrong_kind = slips
                    .iter()
                    .any(|slip| matches!(slip.fault, Fault::Const | Fault::Enum { .. }));
                let score = (wrong_type, wrong_kind, slips.len());
                let better = best.as_ref().is_none_or(|(least, _, _)| score < *least);
                let first = slips.into_iter().min_by_key(|it| it.bytes.start);
                if let Some(first) = first.filter(|_| better) {
                    best = Some((score, index, first));
                }
            }
            if let Some((_, index, first)) = best {
                let branch = written.and_then(|branches| branches.get(index));
                let clause = first.clause();
                let name = match branch.and_then(target_name) {
                    Some(name) => format!("the nearest alternative, `{name}`"),
                    None => "the nearest alternative".to_owned(),
                };
                slip.help = Some(format!("by {name}, {clause}"));
                slip.suggestion = first.suggestion;
                slip.related = vec![(clause, first.bytes)];
            }
        }
        vec![slip]
    }
}

/// What the target of a branch that refers to something is called.
fn target_name(branch: &Node) -> Option<String> {
    branch.get("$ref")?.as_str().and_then(last_token)
}

/// The branch that the value names by the discriminator beside the branches.
fn named_branch(origin: &Origin<'_>, value: &Node) -> Option<usize> {
    let discriminator = origin.found.parent?.get("discriminator")?;
    let tag = value.get(discriminator.get("propertyName")?.as_str()?)?;
    let tag = tag.as_str()?;
    let mapped = discriminator.get("mapping").and_then(|it| it.get(tag));
    let mapped = mapped.and_then(Node::as_str);
    let name = mapped.and_then(last_token);
    let name = name.as_deref().or(mapped).unwrap_or(tag);
    let mut branches = origin.found.node.as_array()?.iter();
    branches.position(|it| target_name(it).as_deref() == Some(name))
}

/// The shortest of some pointers that leads to a value or to something around it.
fn outermost(pointers: &BTreeSet<String>, at: &str) -> Option<String> {
    let steps = at.match_indices('/').map(|(end, _)| end);
    steps
        .chain([at.len()])
        .filter_map(|end| at.get(..end))
        .find(|around| pointers.contains(*around))
        .map(str::to_owned)
}

/// Properties that the schema does not allow, each at its key.
fn unknown<'e>(
    judged: &Judged<'_>,
    origin: Option<&Origin<'_>>,
    names: impl Iterator<Item = &'e String>,
    make: impl Fn(Option<Cow<'static, str>>) -> Fault,
) -> Vec<Slip> {
    let known = origin
        .and_then(|origin| origin.found.parent?.get("properties")?.as_object())
        .map(|properties| properties.keys().collect::<Vec<_>>())
        .unwrap_or_default();
    let absent: Vec<&str> = known
        .into_iter()
        .filter(|name| judged.node.get(name).is_none())
        .collect();
    names
        .filter_map(|name| {
            let near = nearest(name, absent.iter().copied());
            let fault = make(near.map(|near| Cow::Owned(near.to_owned())));
            let mut slip = judged.slip_at_key(name, fault, origin)?;
            slip.suggestion = near.map(|near| (exact::quoted(near), slip.bytes.clone()));
            Some(slip)
        })
        .collect()
}

/// Items that no part of the schema speaks of, each at itself.
fn unevaluated_items(
    judged: &Judged<'_>,
    origin: Option<&Origin<'_>>,
    unexpected: &[String],
) -> Vec<Slip> {
    let items = judged.node.as_array().unwrap_or_default();
    let places: BTreeSet<u64> = unexpected
        .iter()
        .filter_map(|text| tree::place_of(&serde_json::from_str(text).ok()?))
        .collect();
    let slips: Vec<Slip> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| places.contains(&u64::from(item.span.start)))
        .map(|(index, item)| {
            let mut at = judged.pointer.to_owned();
            pointer::push_index(&mut at, index);
            let item = Judged {
                node: item,
                pointer: &at,
                subject: judged.subject.clone(),
            };
            item.slip(Fault::UnevaluatedItems, origin)
        })
        .collect();
    if slips.is_empty() {
        return vec![judged.slip(Fault::UnevaluatedItems, origin)];
    }
    slips
}

/// The schema `false`, which some keywords give a meaning of their own.
fn never(judged: &Judged<'_>, origin: Option<&Origin<'_>>) -> Vec<Slip> {
    let keyword = origin.map(|origin| origin.keyword.as_str());
    let around = origin.and_then(|origin| {
        let (around, _) = origin.place.pointer.rsplit_once('/')?;
        last_token(around)
    });
    let object = judged.node.as_object();
    let keys = object.into_iter().flat_map(specsmith_json::Object::keys);
    match (keyword, around.as_deref()) {
        (Some("propertyNames"), _) => keys
            .filter_map(|key| judged.slip_at_key(key, Fault::PropertyNames, origin))
            .collect(),
        (Some("additionalProperties"), _) => {
            let names: Vec<String> = keys.map(str::to_owned).collect();
            let make = |near| Fault::AdditionalProperties { near };
            unknown(judged, origin, names.iter(), make)
        }
        (Some(by), Some("dependentSchemas")) => {
            let by = Cow::Owned(by.to_owned());
            vec![judged.slip(Fault::DependentSchemas { by }, origin)]
        }
        _ => vec![judged.slip(Fault::FalseSchema, origin)],
    }
}
