//! Conversions: which variants of a union are told by the type of a value alone.

use std::collections::HashMap;

use crate::items::{Item, ItemId, ItemKind, Slot, Ty, UnionVariant, Width};

/// The variants whose type no other has, and which is not the union itself: for these there can be
/// a `From`.
pub(crate) fn alone<'v>(
    list: &[Item],
    union: ItemId,
    variants: &'v [UnionVariant],
) -> Vec<&'v UnionVariant> {
    let types: Vec<Type> = variants.iter().map(|it| of_slot(list, &it.slot)).collect();
    let mut counts: HashMap<&Type, usize> = HashMap::new();
    for ty in &types {
        *counts.entry(ty).or_default() += 1;
    }
    let variants = variants.iter().zip(&types);
    variants
        .filter(|(_, ty)| counts.get(ty) == Some(&1) && **ty != Type::Item(union))
        .map(|(variant, _)| variant)
        .collect()
}

/// A type as the compiler sees it: without rules, and with what aliases stand for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Type {
    Value,
    Unit,
    Boolean,
    Integer(Width),
    Number,
    String,
    /// By the name that it has in the rules.
    Typed(&'static str),
    List(Box<Type>),
    Map(Box<Type>),
    Option(Box<Type>),
    Item(ItemId),
}

fn of_slot(list: &[Item], slot: &Slot) -> Type {
    let ty = match &slot.ty {
        Ty::Any => Type::Value,
        Ty::Null => Type::Unit,
        Ty::Boolean => Type::Boolean,
        Ty::Integer(width, _) => Type::Integer(*width),
        Ty::Number(_) => Type::Number,
        Ty::String(_) => Type::String,
        Ty::Typed(typed) => Type::Typed(typed.name().0),
        Ty::List(items) => Type::List(Box::new(of_slot(list, &items.items))),
        Ty::Map(map) => Type::Map(Box::new(of_slot(list, &map.values))),
        Ty::Item(id) => of_item(list, *id),
    };
    match slot.nullable {
        true => Type::Option(Box::new(ty)),
        false => ty,
    }
}

/// No alias leads back to itself: such are types of their own.
fn of_item(list: &[Item], id: ItemId) -> Type {
    match list.get(id.0 as usize).map(|item| &item.kind) {
        Some(ItemKind::Alias(slot)) => of_slot(list, slot),
        Some(
            ItemKind::Pending
            | ItemKind::Record(_)
            | ItemKind::Strings(_)
            | ItemKind::Literals(_)
            | ItemKind::Union(_)
            | ItemKind::Newtype(_)
            | ItemKind::Judged(_),
        )
        | None => Type::Item(id),
    }
}

#[cfg(test)]
mod tests {
    use specsmith_ir::DocumentId;

    use super::*;
    use crate::items::{ListTy, Words};
    use crate::view::{NumberView, StringView};

    fn item(kind: ItemKind) -> Item {
        Item {
            name: String::new(),
            document: DocumentId(0),
            order: 0,
            kind,
            words: Words::default(),
            definition: None,
            or_null: false,
        }
    }

    fn text(min: Option<u64>) -> Ty {
        Ty::String(StringView {
            min,
            ..StringView::default()
        })
    }

    /// Which of the types are those of one variant alone, in a union that is the item 2.
    fn alone_of(types: &[Ty]) -> Vec<bool> {
        let list = [
            item(ItemKind::Alias(Slot::new(text(None)))),
            item(ItemKind::Newtype(Slot::new(text(Some(1))))),
            item(ItemKind::Union(Vec::new())),
        ];
        let variants = (0..).zip(types).map(|(index, ty)| UnionVariant {
            name: format!("V{index}"),
            slot: Slot::new(ty.clone()),
        });
        let variants: Vec<UnionVariant> = variants.collect();
        let alone = alone(&list, ItemId(2), &variants);
        variants.iter().map(|it| alone.contains(&it)).collect()
    }

    #[test]
    fn types_that_differ_by_rules_alone_are_one() {
        let list = |ty: Ty| {
            Ty::List(Box::new(ListTy {
                items: Slot::new(ty),
                ..ListTy::of_any()
            }))
        };
        let integer = |width| Ty::Integer(width, NumberView::default());
        let alias = || Ty::Item(ItemId(0));
        for (types, expect) in [
            (vec![text(None), Ty::Boolean], vec![true, true]),
            (
                vec![text(None), text(Some(1)), Ty::Any],
                vec![false, false, true],
            ),
            // An alias is what it stands for, wherever it stands; a type around a string is not.
            (
                vec![text(None), alias(), Ty::Null],
                vec![false, false, true],
            ),
            (vec![list(text(Some(1))), list(alias())], vec![false, false]),
            (vec![text(None), Ty::Item(ItemId(1))], vec![true, true]),
            (
                vec![integer(Width::I32), integer(Width::U32)],
                vec![true, true],
            ),
            // Whatever is made of itself already is.
            (vec![Ty::Item(ItemId(2)), Ty::Boolean], vec![false, true]),
        ] {
            assert_eq!(alone_of(&types), expect, "{types:?}");
        }
    }

    #[test]
    fn where_no_type_tells_the_variant_the_source_says_so() {
        // As deep as types go: what would be a string and an integer are JSON values, not null.
        let lists = 100;
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {{Deep: {}{}{}}}}}\n",
            "{type: array, items: ".repeat(lists),
            "{oneOf: [{type: string}, {type: integer}]}",
            "}".repeat(lists),
        );
        let folder = tempfile::tempdir().expect("a folder");
        let spec = folder.path().join("spec.yaml");
        std::fs::write(&spec, text).expect("is written");
        // Builds for tests need more of the stack than a test's thread has.
        let thread = std::thread::Builder::new().stack_size(64 << 20);
        let generate = || crate::generate_module(&[spec], "deep", &crate::Style::default());
        let thread = thread.spawn(generate).expect("a thread");
        let generated = thread.join().expect("it ends");
        let source: String = generated.tree.files.values().cloned().collect();
        let union = source.split("specsmith_rules::union!(").nth(1);
        let union = union.and_then(|it| it.split(");").next());
        let union = union.unwrap_or_else(|| panic!("{source}"));
        assert!(union.trim_end().ends_with("} from {}"), "{union}");
    }
}
