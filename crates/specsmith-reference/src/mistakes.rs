//! The crate's errors as mistakes: which rule, at which bytes, in the words of `specsmith-rules`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use specsmith_decimal::Decimal;
use specsmith_diagnostics::{Code, Mistake, Span};
use specsmith_json::{Node, Value, pointer};
use specsmith_rules::{Fault, Types, nearest};

use crate::documents::{Found, Place, decoded, parts};
use crate::judge::{Reference, last_token};
use crate::{exact, tree};

/// Everything that is wrong with a value, in no order.
pub(crate) fn of_value(reference: &Reference<'_>, root: &Node) -> Vec<Mistake> {
    let reader = Reader { reference, root };
    let errors: Vec<_> = reference.validator().iter_errors(root).collect();
    let slips = reader.slips(&errors);
    slips.into_iter().map(Slip::into_mistake).collect()
}

/// A mistake in the making.
struct Slip {
    fault: Fault,
    /// What the clause calls the value.
    subject: String,
    pointer: String,
    bytes: Range<u64>,
    spec: Option<Span>,
    help: Option<String>,
    suggestion: Option<(String, Range<u64>)>,
    related: Vec<(String, Range<u64>)>,
}

impl Slip {
    fn clause(&self) -> String {
        self.fault.clause(&self.subject)
    }

    fn into_mistake(self) -> Mistake {
        Mistake {
            code: Code(self.fault.code()),
            message: self.clause(),
            help: self.fault.help().or(self.help),
            bytes: self.bytes,
            pointer: self.pointer,
            spec: self.spec,
            suggestion: self.suggestion,
            related: self.related,
        }
    }

    /// Whether it is said of the value, and not of the key under which the value stands.
    fn is_about_value(&self) -> bool {
        !matches!(
            self.fault,
            Fault::AdditionalProperties { .. }
                | Fault::UnevaluatedProperties { .. }
                | Fault::PropertyNames
        )
    }
}

/// The keyword that an error comes from, as the document has it.
struct Origin<'a> {
    place: Place,
    /// The last step of the place.
    keyword: String,
    /// Whether the crate names something further in that the document does not have.
    made_up: bool,
    found: Found<'a>,
    spec: Option<Span>,
}

/// Reads the errors about one value.
struct Reader<'r, 'a> {
    reference: &'r Reference<'a>,
    root: &'r Node,
}

/// The value that an error is about.
struct Judged<'r> {
    node: &'r Node,
    pointer: &'r str,
    subject: String,
}

impl<'r> Reader<'r, '_> {
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
        let origin = self.origin(error);
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
            Kind::PropertyNames { error } => self.name(&judged, origin.as_ref(), error),
            Kind::FalseSchema => never(&judged, origin.as_ref()),
            Kind::AnyOf { context }
            | Kind::OneOfNotValid { context }
            | Kind::OneOfMultipleValid { context } => {
                self.alternatives(error.kind(), context, judged, origin.as_ref())
            }
            kind => {
                // An error that cannot be told apart still says no.
                let fault = self.fault(kind, node, origin.as_ref());
                let fault = fault.unwrap_or(Fault::FalseSchema);
                // Where nothing fits, `maxContains` is what the crate names.
                let asking = match (&fault, &origin) {
                    (Fault::Contains, Some(origin)) => self.origin_at(origin.sibling("contains")),
                    _ => None,
                };
                vec![judged.slip(fault, asking.or(origin).as_ref())]
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

    fn origin(&self, error: &ValidationError<'_>) -> Option<Origin<'r>> {
        let documents = self.reference.documents();
        let mut place = match error.absolute_keyword_location().map(parts) {
            Some((resource, fragment)) if !documents.is_document(resource) => {
                documents.place_in_resource(resource, &decoded(fragment)?)?
            }
            Some((_, fragment)) => self.place_in_entry(&decoded(fragment)?)?,
            // Of matches that were given up only the location in the document is told.
            None => self.place_in_entry(error.schema_path().as_str())?,
        };
        let last = last_token(&place.pointer).unwrap_or_default();
        let keyword = exact::original(&last);
        if keyword != last {
            place.pointer.truncate(place.pointer.len() - last.len());
            place.pointer.push_str(keyword);
        }
        self.origin_at(place)
    }

    fn origin_at(&self, mut place: Place) -> Option<Origin<'r>> {
        let documents = self.reference.documents();
        // The crate makes schemas of its own of what is not one, as under `dependentRequired`.
        let mut made_up = false;
        let found = loop {
            if let Some(found) = documents.find(&place) {
                break found;
            }
            made_up = true;
            place.pointer.truncate(place.pointer.rfind('/')?);
        };
        Some(Origin {
            keyword: last_token(&place.pointer).unwrap_or_default(),
            made_up,
            spec: documents
                .document(place.document)
                .map(|document| document.span(found.span)),
            place,
            found,
        })
    }

    /// Where something in a rewritten document came from.
    fn place_in_entry(&self, way: &str) -> Option<Place> {
        let way = way.strip_prefix("/$defs/")?;
        let end = way.find('/').unwrap_or(way.len());
        let (number, rest) = way.split_at(end);
        let entry = self.reference.entry(number.parse().ok()?)?;
        Some(Place {
            document: entry.document,
            pointer: format!("{}{rest}", entry.pointer),
        })
    }

    /// The rule that an error about the value itself says was broken.
    fn fault(&self, kind: &Kind, node: &Node, origin: Option<&Origin<'_>>) -> Option<Fault> {
        let count = || match &node.value {
            Value::String(text) => text.chars().count() as u64,
            Value::Array(items) => items.len() as u64,
            Value::Object(object) => object.len() as u64,
            Value::Null | Value::Boolean(_) | Value::Number(_) => 0,
        };
        let written = origin.map(|origin| origin.found.node);
        let text = || -> Cow<'static, str> {
            let text = written.and_then(Node::as_str).unwrap_or_default();
            Cow::Owned(text.to_owned())
        };
        Some(match kind {
            Kind::Type { kind } => Fault::Type {
                expected: match kind {
                    TypeKind::Single(one) => types_of(*one),
                    TypeKind::Multiple(set) => {
                        set.iter().map(types_of).fold(Types::NONE, Types::or)
                    }
                },
                found: kind_of(node),
            },
            Kind::Enum { options } => match written {
                Some(written) => listed(node, written),
                None => Fault::Enum {
                    allowed: options.as_array().map_or(0, Vec::len),
                    near: None,
                },
            },
            Kind::Constant { .. } => Fault::Const,
            Kind::Custom { keyword, .. } => exact_fault(exact::original(keyword), node, origin?)?,
            Kind::MinLength { limit } => Fault::MinLength {
                limit: *limit,
                length: count(),
            },
            Kind::MaxLength { limit } => Fault::MaxLength {
                limit: *limit,
                length: count(),
            },
            Kind::MinItems { limit } => Fault::MinItems {
                limit: *limit,
                count: count(),
            },
            Kind::MaxItems { limit } => Fault::MaxItems {
                limit: *limit,
                count: count(),
            },
            Kind::MinProperties { limit } => Fault::MinProperties {
                limit: *limit,
                count: count(),
            },
            Kind::MaxProperties { limit } => Fault::MaxProperties {
                limit: *limit,
                count: count(),
            },
            Kind::Pattern { .. } => Fault::Pattern { pattern: text() },
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                Fault::PatternSteps { pattern: text() }
            }
            Kind::Format { format } => Fault::Format {
                format: Cow::Owned(format.clone()),
            },
            Kind::UniqueItems => {
                let (first, second) = tree::first_repeat(node.as_array()?)?;
                Fault::UniqueItems { first, second }
            }
            Kind::Contains => self.contains(node, origin),
            Kind::Required { property } => {
                let property = property.as_str()?;
                let by = origin.and_then(|origin| origin.depends_on(node, property));
                let property = Cow::Owned(property.to_owned());
                match by {
                    Some(by) => Fault::DependentRequired { property, by },
                    None => Fault::Required { property },
                }
            }
            Kind::Not { .. } => Fault::Not,
            // By the crate's own numbers only in the meta-schemas, which it brings along.
            Kind::Minimum { limit } => Fault::Minimum {
                limit: Decimal::parse(&limit.to_string())?,
            },
            Kind::Maximum { limit } => Fault::Maximum {
                limit: Decimal::parse(&limit.to_string())?,
            },
            Kind::ExclusiveMinimum { limit } => Fault::ExclusiveMinimum {
                limit: Decimal::parse(&limit.to_string())?,
            },
            Kind::ExclusiveMaximum { limit } => Fault::ExclusiveMaximum {
                limit: Decimal::parse(&limit.to_string())?,
            },
            Kind::MultipleOf { multiple_of } => Fault::MultipleOf {
                factor: Decimal::from_f64(*multiple_of)?,
            },
            // Those that the rewriting leaves no keyword for, and those that are read elsewhere.
            Kind::AdditionalItems { .. }
            | Kind::AdditionalProperties { .. }
            | Kind::AnyOf { .. }
            | Kind::ContentEncoding { .. }
            | Kind::ContentMediaType { .. }
            | Kind::FalseSchema
            | Kind::FromUtf8 { .. }
            | Kind::OneOfMultipleValid { .. }
            | Kind::OneOfNotValid { .. }
            | Kind::PropertyNames { .. }
            | Kind::UnevaluatedItems { .. }
            | Kind::UnevaluatedProperties { .. }
            | Kind::Referencing(_) => return None,
        })
    }

    /// `contains`, `minContains` and `maxContains`, told apart by what was counted.
    fn contains(&self, node: &Node, origin: Option<&Origin<'_>>) -> Fault {
        let counted = origin.and_then(|origin| {
            let limit = origin.found.node.as_number()?.to_u64()?;
            let place = origin.sibling("contains");
            let count = self.reference.fitting(&place, node.as_array()?)?;
            Some((origin.keyword.as_str(), limit, count))
        });
        match counted {
            Some(("minContains", limit, count)) => Fault::MinContains { limit, count },
            Some(("maxContains", limit, count)) if count > limit => {
                Fault::MaxContains { limit, count }
            }
            Some(_) | None => Fault::Contains,
        }
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
        let inner = self.origin(error);
        let fault = self.fault(error.kind(), &node, inner.as_ref());
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
            for (index, errors) in context.iter().enumerate() {
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
                let named = branch
                    .and_then(|branch| branch.get("$ref")?.as_str())
                    .and_then(last_token);
                let clause = first.clause();
                slip.help = Some(match named {
                    Some(name) => format!("the nearest is `{name}`, but {clause}"),
                    None => format!("the nearest is alternative {}, but {clause}", index + 1),
                });
                slip.related = vec![(clause, first.bytes)];
            }
        }
        vec![slip]
    }
}

impl Judged<'_> {
    fn slip(&self, fault: Fault, origin: Option<&Origin<'_>>) -> Slip {
        let span = self.node.span;
        let bytes = u64::from(span.start)..u64::from(span.end);
        let suggestion = match &fault {
            Fault::Enum {
                near: Some(near), ..
            } => Some((exact::quoted(near), bytes.clone())),
            _ => None,
        };
        // What is missing is missing from the object as a whole: at its opening brace.
        let bytes = match fault {
            Fault::Required { .. } | Fault::DependentRequired { .. } => {
                bytes.start..(bytes.start + 1)
            }
            _ => bytes,
        };
        Slip {
            fault,
            subject: self.subject.clone(),
            pointer: self.pointer.to_owned(),
            bytes,
            spec: origin.and_then(|origin| origin.spec),
            help: None,
            suggestion,
            related: Vec::new(),
        }
    }

    /// A slip at the key of a property.
    fn slip_at_key(&self, key: &str, fault: Fault, origin: Option<&Origin<'_>>) -> Option<Slip> {
        let member = self.node.as_object()?.member(key)?;
        let bytes = u64::from(member.key_span.start)..u64::from(member.key_span.end);
        let mut at = self.pointer.to_owned();
        pointer::push_key(&mut at, key);
        Some(Slip {
            pointer: at,
            bytes,
            ..self.slip(fault, origin)
        })
    }
}

impl Origin<'_> {
    /// The place of another keyword of the same schema.
    fn sibling(&self, keyword: &str) -> Place {
        let mut place = self.place.clone();
        let end = place.pointer.rfind('/').unwrap_or_default();
        place.pointer.truncate(end);
        pointer::push_key(&mut place.pointer, keyword);
        place
    }

    /// The property of `object` whose presence asks for `missing`, if this is such a rule.
    fn depends_on(&self, object: &Node, missing: &str) -> Option<Cow<'static, str>> {
        if !self.made_up || self.keyword != "dependentRequired" {
            return None;
        }
        let mut rules = self.found.node.as_object()?.iter();
        let by = rules.find(|rule| {
            let asked = rule.node.as_array().unwrap_or_default();
            object.get(&rule.key).is_some() && asked.iter().any(|it| it.as_str() == Some(missing))
        })?;
        Some(Cow::Owned(by.key.to_string()))
    }
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
    names
        .filter_map(|name| {
            let absent = known.iter().filter(|it| judged.node.get(it).is_none());
            let near = nearest(name, absent.copied());
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
    let places: Vec<u64> = unexpected
        .iter()
        .filter_map(|text| tree::place_of(&serde_json::from_str(text).ok()?))
        .collect();
    items
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
        .collect()
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

/// A keyword that was decided exactly.
fn exact_fault(keyword: &str, node: &Node, origin: &Origin<'_>) -> Option<Fault> {
    let written = origin.found.node;
    let decimal = |node: &Node| Decimal::parse(node.as_number()?.as_str());
    // In OpenAPI 3.0 the exclusive keywords are flags beside the number.
    let limit = |inclusive: &str| {
        decimal(written).or_else(|| decimal(origin.found.parent?.get(inclusive)?))
    };
    Some(match keyword {
        "minimum" => Fault::Minimum {
            limit: decimal(written)?,
        },
        "maximum" => Fault::Maximum {
            limit: decimal(written)?,
        },
        "exclusiveMinimum" => Fault::ExclusiveMinimum {
            limit: limit("minimum")?,
        },
        "exclusiveMaximum" => Fault::ExclusiveMaximum {
            limit: limit("maximum")?,
        },
        "multipleOf" => Fault::MultipleOf {
            factor: decimal(written)?,
        },
        "enum" => listed(node, written),
        "const" => Fault::Const,
        "format" => Fault::Format {
            format: Cow::Owned(written.as_str()?.to_owned()),
        },
        _ => return None,
    })
}

fn listed(node: &Node, written: &Node) -> Fault {
    let values = written.as_array().unwrap_or_default();
    let near = node
        .as_str()
        .and_then(|text| nearest(text, values.iter().filter_map(Node::as_str)));
    Fault::Enum {
        allowed: values.len(),
        near: near.map(|near| Cow::Owned(near.to_owned())),
    }
}

fn types_of(one: JsonType) -> Types {
    match one {
        JsonType::Array => Types::ARRAY,
        JsonType::Boolean => Types::BOOLEAN,
        JsonType::Integer => Types::INTEGER,
        JsonType::Null => Types::NULL,
        JsonType::Number => Types::NUMBER,
        JsonType::Object => Types::OBJECT,
        JsonType::String => Types::STRING,
    }
}

fn kind_of(node: &Node) -> specsmith_rules::Kind {
    match &node.value {
        Value::Null => specsmith_rules::Kind::Null,
        Value::Boolean(_) => specsmith_rules::Kind::Boolean,
        Value::Number(_) => specsmith_rules::Kind::Number,
        Value::String(_) => specsmith_rules::Kind::String,
        Value::Array(_) => specsmith_rules::Kind::Array,
        Value::Object(_) => specsmith_rules::Kind::Object,
    }
}
