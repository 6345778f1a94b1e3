//! Just-invalid instances: a valid one with a single rule broken.

use specsmith_ir::{Decimal, Direction, Facet, Literal, Model, RecordRules, Schema};

use crate::fit::{self, Patterns};
use crate::{Sample, Site, numbers};

/// An instance with one rule broken.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The instance.
    pub value: Literal,
    /// The rule that it breaks, and where.
    pub site: Site,
}

/// Breaks the rule of one site of a sample; `None` where no value was found that breaks it.
pub fn break_at(
    model: &Model,
    direction: Direction,
    sample: &Sample,
    site: &Site,
) -> Option<Broken> {
    let mut value = sample.value.clone();
    let target = descend(&mut value, &site.path)?;
    let schema = model.schema(site.schema);
    let mut patterns = Patterns::default();
    let mut refuses = |value: &Literal| {
        fit::fits(model, direction, &mut patterns, site.schema, value) == Some(false)
    };
    match of_facet(site.facet) {
        Way::Rule => breach(schema, direction, site.facet, target, &mut refuses)?,
        // Whatever is refused; which one of the branches is at fault cannot be said.
        Way::Any => *target = strangers()?.into_iter().find(|it| refuses(it))?,
        Way::None => return None,
    }
    Some(Broken {
        value,
        site: site.clone(),
    })
}

fn descend<'v>(value: &'v mut Literal, path: &[String]) -> Option<&'v mut Literal> {
    path.iter().try_fold(value, |value, step| match value {
        Literal::List(items) => items.get_mut(step.parse::<usize>().ok()?),
        Literal::Record(members) => members
            .iter_mut()
            .find(|(name, _)| name == step)
            .map(|(_, it)| it),
        Literal::Null | Literal::Boolean(_) | Literal::Number(_) | Literal::String(_) => None,
    })
}

/// How a rule can be broken.
enum Way {
    /// By a value made for it.
    Rule,
    /// By some value that the schema does not expect.
    Any,
    /// Not on its own.
    None,
}

fn of_facet(facet: Facet) -> Way {
    match facet {
        Facet::Types
        | Facet::Listed
        | Facet::Constant
        | Facet::Minimum
        | Facet::ExclusiveMinimum
        | Facet::Maximum
        | Facet::ExclusiveMaximum
        | Facet::MultipleOf
        | Facet::MinLength
        | Facet::MaxLength
        | Facet::Pattern
        | Facet::Format
        | Facet::MinItems
        | Facet::MaxItems
        | Facet::Unique
        | Facet::Contains
        | Facet::MinContains
        | Facet::MaxContains
        | Facet::Required
        | Facet::Rest
        | Facet::Names
        | Facet::MinProperties
        | Facet::MaxProperties
        | Facet::DependentRequired
        | Facet::UnevaluatedItems
        | Facet::UnevaluatedProperties => Way::Rule,
        Facet::Any | Facet::One | Facet::Not | Facet::If => Way::Any,
        // Rules about other schemas, which have sites of their own, and what is no rule.
        Facet::Whole
        | Facet::Nullable
        | Facet::Prefix
        | Facet::Items
        | Facet::Properties
        | Facet::Property(_)
        | Facet::PatternProperty(_)
        | Facet::DependentSchemas
        | Facet::All
        | Facet::Then
        | Facet::Else
        | Facet::Ref
        | Facet::DynamicRef
        | Facet::Discriminator
        | Facet::Default
        | Facet::Examples => Way::None,
    }
}

fn breach(
    schema: &Schema,
    direction: Direction,
    facet: Facet,
    target: &mut Literal,
    refuses: &mut dyn FnMut(&Literal) -> bool,
) -> Option<()> {
    let types = &schema.types;
    match facet {
        Facet::Types => *target = of_another_type(schema)?,
        Facet::Listed | Facet::Constant => *target = unlisted(schema, target)?,
        Facet::Minimum => {
            *target = Literal::Number(numbers::beyond(
                types.number.as_ref()?.minimum.as_ref()?,
                false,
            )?);
        }
        Facet::Maximum => {
            *target = Literal::Number(numbers::beyond(
                types.number.as_ref()?.maximum.as_ref()?,
                true,
            )?);
        }
        Facet::ExclusiveMinimum => {
            *target = Literal::Number(types.number.as_ref()?.exclusive_minimum.clone()?);
        }
        Facet::ExclusiveMaximum => {
            *target = Literal::Number(types.number.as_ref()?.exclusive_maximum.clone()?);
        }
        Facet::MultipleOf => {
            let Literal::Number(number) = target else {
                return None;
            };
            let step = types.number.as_ref()?.multiple_of.as_ref()?;
            let next = numbers::beyond(number, true)?;
            let half = Decimal::from_f64(number.as_str().parse::<f64>().ok()? + 0.000_001);
            let other = [Some(next), half]
                .into_iter()
                .flatten()
                .find(|it| !it.is_multiple_of(step))?;
            *target = Literal::Number(other);
        }
        Facet::MinLength => {
            let least = types.string.as_ref()?.min_length?;
            shorten(target, usize::try_from(least).ok()?.checked_sub(1)?)?;
        }
        Facet::MaxLength => {
            let most = types.string.as_ref()?.max_length?;
            lengthen(target, usize::try_from(most).ok()?.checked_add(1)?)?;
        }
        Facet::Pattern => {
            let strings = ["\u{1}%%\u{1}", "%%", "", "a", "A", "0", "-", "\n", "é", " "];
            let strings = strings.map(|it| Literal::String(it.to_owned()));
            *target = strings.into_iter().find(refuses)?;
        }
        Facet::Format => {
            *target = match target {
                Literal::Number(_) => Literal::Number(Decimal::parse("9223372036854775808")?),
                Literal::String(_) => Literal::String("%not of any format{".to_owned()),
                Literal::Null | Literal::Boolean(_) | Literal::List(_) | Literal::Record(_) => {
                    return None;
                }
            };
        }
        Facet::MinItems => {
            let Literal::List(items) = target else {
                return None;
            };
            let least = types.list.as_ref()?.min_items?;
            items.truncate(usize::try_from(least).ok()?.checked_sub(1)?);
        }
        Facet::MaxItems => {
            let Literal::List(items) = target else {
                return None;
            };
            let most = usize::try_from(types.list.as_ref()?.max_items?).ok()?;
            let item = items.last().cloned().unwrap_or(Literal::Null);
            items.resize(most.checked_add(1)?, item);
        }
        Facet::Unique => {
            let Literal::List(items) = target else {
                return None;
            };
            items.push(items.first()?.clone());
        }
        Facet::Required => {
            let names = required(types.record.as_ref()?, direction);
            let Literal::Record(members) = target else {
                return None;
            };
            // Not always the first: another one for another object.
            let name = *names.get(members.len() % names.len().max(1))?;
            members.retain(|(it, _)| it != name);
        }
        Facet::Rest | Facet::UnevaluatedProperties => {
            let Literal::Record(members) = target else {
                return None;
            };
            members.push((STRANGE_NAME.to_owned(), Literal::Null));
        }
        Facet::MinProperties => {
            let Literal::Record(members) = target else {
                return None;
            };
            let least = types.record.as_ref()?.min_properties?;
            members.truncate(usize::try_from(least).ok()?.checked_sub(1)?);
        }
        Facet::MaxProperties => {
            let Literal::Record(members) = target else {
                return None;
            };
            let most = usize::try_from(types.record.as_ref()?.max_properties?).ok()?;
            for index in members.len()..=most {
                members.push((format!("surplus{index}"), Literal::Null));
            }
        }
        Facet::Contains | Facet::MinContains => {
            let Literal::List(items) = target else {
                return None;
            };
            let least = types.list.as_ref()?.contains.as_ref()?.min;
            let length = items.len();
            for stranger in strangers()? {
                *items = vec![stranger; length];
                if refuses(&Literal::List(items.clone())) {
                    return Some(());
                }
            }
            items.truncate(usize::try_from(least).ok()?.checked_sub(1)?);
        }
        Facet::MaxContains => {
            let Literal::List(items) = target else {
                return None;
            };
            let most = types.list.as_ref()?.contains.as_ref()?.max?;
            let item = items.first()?.clone();
            *items = vec![item; usize::try_from(most).ok()?.checked_add(1)?];
        }
        Facet::Names => {
            let Literal::Record(members) = target else {
                return None;
            };
            let names = [
                "%%",
                "",
                "a",
                "A",
                "0",
                "a name that is rather long, as names go",
            ];
            let known = members.len();
            for name in names {
                members.push((name.to_owned(), Literal::Null));
                if refuses(&Literal::Record(members.clone())) {
                    return Some(());
                }
                members.truncate(known);
            }
            return None;
        }
        Facet::DependentRequired => {
            let (given, asked) = types.record.as_ref()?.dependent_required.first()?;
            let asked = asked.first()?;
            let Literal::Record(members) = target else {
                return None;
            };
            members.retain(|(name, _)| name != asked.as_str());
            if members.iter().all(|(name, _)| name != given.as_str()) {
                members.push((given.as_str().to_owned(), Literal::Null));
            }
        }
        Facet::UnevaluatedItems => {
            let Literal::List(items) = target else {
                return None;
            };
            items.push(Literal::Record(vec![(
                STRANGE_NAME.to_owned(),
                Literal::Null,
            )]));
        }
        Facet::Whole
        | Facet::Nullable
        | Facet::Prefix
        | Facet::Items
        | Facet::Properties
        | Facet::Property(_)
        | Facet::PatternProperty(_)
        | Facet::DependentSchemas
        | Facet::All
        | Facet::Any
        | Facet::One
        | Facet::Not
        | Facet::If
        | Facet::Then
        | Facet::Else
        | Facet::Ref
        | Facet::DynamicRef
        | Facet::Discriminator
        | Facet::Default
        | Facet::Examples => return None,
    }
    Some(())
}

/// A name that no specification is likely to know.
const STRANGE_NAME: &str = "not a property of this";

/// The names that must be there.
fn required(rules: &RecordRules, direction: Direction) -> Vec<&str> {
    let properties = rules.properties.iter();
    properties
        .filter(|it| it.is_required(direction))
        .map(|it| &it.name)
        .chain(&rules.also_required)
        .map(|it| it.as_str())
        .collect()
}

/// One value of each type.
fn strangers() -> Option<[Literal; 6]> {
    Some([
        Literal::Null,
        Literal::Number(Decimal::parse("0.5")?),
        Literal::Boolean(true),
        Literal::String("a".to_owned()),
        Literal::List(Vec::new()),
        Literal::Record(Vec::new()),
    ])
}

fn of_another_type(schema: &Schema) -> Option<Literal> {
    let types = &schema.types;
    let half = Literal::Number(Decimal::parse("0.5")?);
    let fractions = types
        .number
        .as_ref()
        .is_some_and(|it| it.numbers == specsmith_ir::Numbers::All);
    [
        (types.null, Literal::Null),
        (fractions, half),
        (types.boolean, Literal::Boolean(true)),
        (types.string.is_some(), Literal::String("a".to_owned())),
        (types.list.is_some(), Literal::List(Vec::new())),
        (types.record.is_some(), Literal::Record(Vec::new())),
    ]
    .into_iter()
    .find(|(accepted, _)| !accepted)
    .map(|(_, value)| value)
}

fn unlisted(schema: &Schema, target: &Literal) -> Option<Literal> {
    let allowed = |it: &Literal| {
        schema.listed.as_ref().is_none_or(|list| list.contains(it))
            && schema.constant.as_ref().is_none_or(|only| only == it)
    };
    let near = match target {
        Literal::String(text) => Literal::String(format!("{text}-not")),
        Literal::Number(number) => Literal::Number(numbers::beyond(number, true)?),
        Literal::Boolean(it) => Literal::Boolean(!it),
        Literal::Null | Literal::List(_) | Literal::Record(_) => Literal::String("not".to_owned()),
    };
    (!allowed(&near)).then_some(near)
}

fn shorten(target: &mut Literal, length: usize) -> Option<()> {
    let Literal::String(text) = target else {
        return None;
    };
    *text = text.chars().take(length).collect();
    Some(())
}

fn lengthen(target: &mut Literal, length: usize) -> Option<()> {
    let Literal::String(text) = target else {
        return None;
    };
    // The last character again keeps most patterns, so that only the length is wrong.
    let filler = text.chars().last().unwrap_or('a');
    let missing = length.checked_sub(text.chars().count())?;
    text.extend(std::iter::repeat_n(filler, missing));
    Some(())
}
