//! Contradictions: rules that no value can satisfy together, which the derive refuses unless told
//! that they are meant. A specification may have them, and then they are.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::Decimal;

use crate::items::{Ty, Width};
use crate::view::NumberView;

/// The attribute that lets them stand, for an item that holds one.
pub(crate) fn allowed<'t>(types: impl IntoIterator<Item = &'t Ty>) -> TokenStream {
    if types.into_iter().any(is_contradictory) {
        quote! { #[validate(allow_contradictions)] }
    } else {
        TokenStream::new()
    }
}

fn is_contradictory(ty: &Ty) -> bool {
    match ty {
        Ty::Any | Ty::Null | Ty::Boolean | Ty::Typed(_) | Ty::Item(_) => false,
        Ty::Integer(Width::Exact, rules) => leaves_nothing(rules),
        Ty::Integer(width, rules) => {
            let (least, greatest) = width.range();
            let (least, greatest) = (Decimal::from(least), Decimal::from(greatest));
            let low = [&rules.minimum, &rules.exclusive_minimum];
            let high = [&rules.maximum, &rules.exclusive_maximum];
            leaves_nothing(rules)
                || low.into_iter().flatten().any(|it| *it >= greatest)
                || high.into_iter().flatten().any(|it| *it <= least)
        }
        Ty::Number(rules) => leaves_nothing(rules),
        Ty::String(rules) => crosses(rules.min, rules.max),
        Ty::List(list) => crosses(list.min, list.max) || is_contradictory(&list.items.ty),
        Ty::Map(map) => {
            crosses(map.min, map.max)
                || crosses(map.keys.min, map.keys.max)
                || is_contradictory(&map.values.ty)
        }
    }
}

fn crosses(min: Option<u64>, max: Option<u64>) -> bool {
    min.zip(max).is_some_and(|(min, max)| min > max)
}

fn leaves_nothing(rules: &NumberView) -> bool {
    let low = [(&rules.minimum, false), (&rules.exclusive_minimum, true)];
    let high = [(&rules.maximum, false), (&rules.exclusive_maximum, true)];
    low.iter().any(|(low, low_out)| {
        high.iter().any(|(high, high_out)| match (low, high) {
            (Some(low), Some(high)) => low > high || (low == high && (*low_out || *high_out)),
            (Some(_) | None, _) => false,
        })
    })
}
