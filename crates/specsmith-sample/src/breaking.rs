//! Just-invalid instances: a valid one with a single rule broken.

use specsmith_ir::{Decimal, Direction, Facet, Literal, Model, Schema};

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
    breach(schema, direction, site.facet, target)?;
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

fn breach(schema: &Schema, direction: Direction, facet: Facet, target: &mut Literal) -> Option<()> {
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
        Facet::Pattern => *target = Literal::String("\u{1}%%\u{1}".to_owned()),
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
            let item = items.first().cloned().unwrap_or(Literal::Null);
            items.resize(most.checked_add(1)?, item);
        }
        Facet::Unique => {
            let Literal::List(items) = target else {
                return None;
            };
            items.push(items.first()?.clone());
        }
        Facet::Required => {
            let rules = types.record.as_ref()?;
            let required = rules
                .properties
                .iter()
                .filter(|it| it.is_required(direction))
                .map(|it| &it.name)
                .chain(&rules.also_required)
                .next()?;
            let Literal::Record(members) = target else {
                return None;
            };
            members.retain(|(name, _)| name != required.as_str());
        }
        Facet::Rest => {
            let Literal::Record(members) = target else {
                return None;
            };
            members.push(("not a property of this".to_owned(), Literal::Null));
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
        // Rules about other schemas, and rules that bind only together with others.
        Facet::Whole
        | Facet::Nullable
        | Facet::Prefix
        | Facet::Items
        | Facet::Contains
        | Facet::MinContains
        | Facet::MaxContains
        | Facet::Properties
        | Facet::Property(_)
        | Facet::PatternProperty(_)
        | Facet::Names
        | Facet::DependentRequired
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
        | Facet::UnevaluatedItems
        | Facet::UnevaluatedProperties
        | Facet::Discriminator
        | Facet::Default
        | Facet::Examples => return None,
    }
    Some(())
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
