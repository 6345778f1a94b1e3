//! Adaptation: items as the style wants them, once all of them are known.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Finding, Level};
use specsmith_ir::Model;

use crate::build::Items;
use crate::emit::RENAME;
use crate::items::{ItemId, ItemKind, RestSlot, Slot};
use crate::names::Scope;
use crate::style::{Style, UnknownFields};

/// Applies the style; the findings say which names nothing has.
pub(crate) fn adapt(model: &Model, items: &mut Items, style: &Style) -> Vec<Finding> {
    match style.unknown_fields {
        UnknownFields::Ignore => {}
        UnknownFields::Deny => deny(items),
        UnknownFields::Keep => keep(items),
    }
    rename(model, items, &style.renames)
}

/// Denies what is not spoken of, except in types that a JSON value is checked against piece by
/// piece: each of them speaks of a part.
fn deny(items: &mut Items) {
    let mut parts = BTreeSet::new();
    let mut ahead: Vec<ItemId> = Vec::new();
    for item in &items.list {
        if let ItemKind::Judged(judged) = &item.kind {
            for check in &judged.checks {
                check.each_slot(&mut |slot, _| slot.each_item(&mut |id| ahead.push(id)));
            }
        }
    }
    while let Some(id) = ahead.pop() {
        if parts.insert(id) {
            let kind = &items.list[id.0 as usize].kind;
            kind.each_slot(&mut |slot, _| slot.each_item(&mut |below| ahead.push(below)));
        }
    }
    for (id, item) in (0_u32..).map(ItemId).zip(&mut items.list) {
        if let ItemKind::Record(record) = &mut item.kind
            && record.rest == RestSlot::Ignored
            && !parts.contains(&id)
        {
            record.rest = RestSlot::Denied;
        }
    }
}

fn keep(items: &mut Items) {
    for item in &mut items.list {
        if let ItemKind::Record(record) = &mut item.kind
            && record.rest == RestSlot::Ignored
        {
            let mut scope = Scope::default();
            for field in &record.fields {
                scope.take(&field.name);
            }
            record.rest = RestSlot::Kept {
                name: scope.field("rest"),
                values: Box::new(Slot::any()),
            };
        }
    }
}

fn rename(model: &Model, items: &mut Items, renames: &BTreeMap<String, String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut unused: BTreeSet<&str> = renames.keys().map(String::as_str).collect();
    let mut renamed = Vec::new();
    for (index, item) in items.list.iter_mut().enumerate() {
        let wire = item.definition.and_then(|it| model.definition_of(it));
        let wire = wire.map(|it| it.name.as_str());
        let owners: Vec<&str> = wire.into_iter().chain([item.name.as_str()]).collect();
        let mut new_name = |inner: &[&str]| {
            let keys = owners.iter().flat_map(|owner| {
                let of = |inner: &&str| format!("{owner}.{inner}");
                inner.iter().map(of).collect::<Vec<_>>()
            });
            let (key, name) = keys.filter_map(|key| renames.get_key_value(&key)).next()?;
            unused.remove(key.as_str());
            Some(name.clone())
        };
        let mut scope = Scope::default();
        let mut twice = None;
        match &mut item.kind {
            ItemKind::Record(record) => {
                for field in &mut record.fields {
                    if let Some(name) = new_name(&[&field.wire, &field.name]) {
                        field.name = name;
                    }
                    if !scope.take(&field.name) {
                        twice = Some(field.name.clone());
                    }
                }
            }
            ItemKind::Strings(strings) => {
                for variant in &mut strings.variants {
                    if let Some(name) = new_name(&[&variant.wire, &variant.name]) {
                        variant.name = name;
                    }
                    if !scope.take(&variant.name) {
                        twice = Some(variant.name.clone());
                    }
                }
            }
            ItemKind::Literals(variants) => {
                for variant in variants {
                    if let Some(name) = new_name(&[&variant.json, &variant.name]) {
                        variant.name = name;
                    }
                    if !scope.take(&variant.name) {
                        twice = Some(variant.name.clone());
                    }
                }
            }
            ItemKind::Union(variants) => {
                for variant in variants {
                    if let Some(name) = new_name(&[&variant.name]) {
                        variant.name = name;
                    }
                    if !scope.take(&variant.name) {
                        twice = Some(variant.name.clone());
                    }
                }
            }
            ItemKind::Pending | ItemKind::Alias(_) | ItemKind::Newtype(_) | ItemKind::Judged(_) => {
            }
        }
        if let Some(name) = twice {
            findings.push(wrong(format!("`{}` would have two `{name}`", item.name)));
        }
        let keys = owners.iter().filter_map(|it| renames.get_key_value(*it));
        if let Some((key, name)) = keys.into_iter().next() {
            unused.remove(key.as_str());
            renamed.push((index, name.clone()));
        }
    }
    for (index, name) in renamed {
        items.list[index].name = name;
    }
    let mut seen = BTreeSet::new();
    for item in &items.list {
        let krate = items.crates.get(item.document.0 as usize);
        if !renames.is_empty() && !seen.insert((krate, item.name.as_str())) {
            findings.push(wrong(format!("two types would be called `{}`", item.name)));
        }
    }
    findings.extend(
        unused
            .into_iter()
            .map(|key| wrong(format!("nothing is called `{key}`"))),
    );
    findings
}

fn wrong(message: String) -> Finding {
    Finding::new(RENAME, Level::Deny, message).with_help("see `[codegen.rename]`")
}
