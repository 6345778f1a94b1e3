//! Rust: items as source text.
//!
//! Tokens by quote, checked by syn, laid out by prettyplease item by item with a blank line in
//! between; doc comments are put in behind that.

mod about;
mod comments;
mod contradictions;
mod conversions;
mod derives;
mod docs;
mod enums;
mod files;
mod layout;
mod operations;
mod records;
mod types;
mod uses;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{DocumentId, Model};

use crate::build::Items;
use crate::items::{Item, ItemId, ItemKind, Slot, Ty};
use crate::names::{Scope, ident};
use crate::style::Style;

use comments::Comments;

pub(crate) use docs::{DEPRECATED, code, facts, markdown};
pub use files::DEFECT;
pub(crate) use files::{Sources, emit, parsed, spaced};
pub(crate) use types::{Holding, holding};

/// Everything that the tokens of one crate depend on.
pub(crate) struct Context<'a> {
    pub(crate) model: &'a Model,
    pub(crate) items: &'a Items,
    /// The number of the crate.
    pub(crate) krate: usize,
    /// The names of all crates, as written in Rust.
    pub(crate) crates: &'a [String],
    /// Items of other crates that this one re-exports.
    pub(crate) imported: BTreeSet<ItemId>,
    pub(crate) shared: &'a Shared,
    pub(crate) style: &'a Style,
    /// Of the item that is being written.
    pub(crate) comments: Comments,
}

/// What is the same for every crate.
pub(crate) struct Shared {
    /// Which items have anything to check.
    checked: Vec<bool>,
    /// The number of the circle of direct containment that an item is in.
    circles: Vec<usize>,
    /// Items that hold themselves directly.
    direct: BTreeSet<(u32, u32)>,
    /// The circles that a record or a union is in.
    boxing: BTreeSet<usize>,
    /// The items that a body is read as.
    roots: BTreeSet<ItemId>,
}

impl std::ops::Deref for Context<'_> {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        self.shared
    }
}

impl Shared {
    pub(crate) fn new(items: &Items) -> Self {
        let (circles, direct) = circles(&items.list);
        let all = circles.iter().zip(&items.list);
        let boxing = all.filter(|(_, item)| boxes(&item.kind));
        Self {
            checked: types::checked(&items.list),
            boxing: boxing.map(|(circle, _)| *circle).collect(),
            circles,
            direct,
            roots: roots(items),
        }
    }
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        model: &'a Model,
        items: &'a Items,
        krate: usize,
        crates: &'a [String],
        shared: &'a Shared,
        style: &'a Style,
    ) -> Self {
        let mut context = Self {
            model,
            items,
            krate,
            crates,
            imported: BTreeSet::new(),
            shared,
            style,
            comments: Comments::default(),
        };
        context.imported = context.foreign_items();
        context
    }

    pub(crate) fn crate_of(&self, document: DocumentId) -> usize {
        self.items
            .crates
            .get(document.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The items of this crate, in the order in which they are shown.
    pub(crate) fn own_items(&self) -> Vec<(ItemId, &'a Item)> {
        let mut own: Vec<(ItemId, &Item)> = (0_u32..)
            .map(ItemId)
            .zip(&self.items.list)
            .filter(|(_, item)| self.crate_of(item.document) == self.krate)
            .filter(|(_, item)| item.kind != ItemKind::Pending)
            .collect();
        own.sort_by_key(|(id, item)| (item.order, *id));
        own
    }

    /// How an item is named here.
    pub(crate) fn item_path(&self, id: ItemId) -> TokenStream {
        let item = self.items.get(id);
        let name = ident(&item.name);
        let krate = self.crate_of(item.document);
        if krate == self.krate || self.imported.contains(&id) {
            return quote! { #name };
        }
        let krate = ident(&self.crates[krate]);
        quote! { #krate::#name }
    }

    /// Items of other crates that are used here and whose names are free.
    fn foreign_items(&self) -> BTreeSet<ItemId> {
        let mut used = BTreeSet::new();
        let mut note = |id: ItemId| {
            if self.crate_of(self.items.get(id).document) != self.krate {
                used.insert(id);
            }
        };
        for (_, item) in self.own_items() {
            item.kind
                .each_slot(&mut |slot, _| slot.each_item(&mut note));
        }
        for (operation, slots) in self.items.shown_operations(self.model) {
            if self.crate_of(operation.document) != self.krate {
                continue;
            }
            let responses = slots.responses.iter().map(|(_, slot)| slot);
            let others = slots.others.iter().map(|(_, slot)| slot);
            for slot in slots.request.iter().chain(responses).chain(others) {
                slot.each_item(&mut note);
            }
        }
        let mut ahead: Vec<ItemId> = used.iter().copied().collect();
        // Whoever uses a type needs the types of its fields.
        while let Some(id) = ahead.pop() {
            self.items.get(id).kind.each_slot(&mut |slot, _| {
                slot.each_item(&mut |below| {
                    let foreign = self.crate_of(self.items.get(below).document) != self.krate;
                    if foreign && used.insert(below) {
                        ahead.push(below);
                    }
                });
            });
        }
        let mut names = Scope::types();
        for (_, item) in self.own_items() {
            names.take(&item.name);
        }
        used.into_iter()
            .filter(|id| names.take(&self.items.get(*id).name))
            .collect()
    }

    /// Whether one item, held directly in another, must be boxed for the size to be finite. Once
    /// around a circle is enough: what is only a type around one other leaves it to the records and
    /// unions there, if there are any.
    pub(crate) fn is_boxed(&self, owner: ItemId, held: ItemId) -> bool {
        let circle = |id: ItemId| self.circles.get(id.0 as usize);
        let is_held = owner != held || self.direct.contains(&(owner.0, held.0));
        let by_others = || circle(owner).is_some_and(|it| self.boxing.contains(it));
        circle(owner) == circle(held)
            && is_held
            && (boxes(&self.items.get(owner).kind) || !by_others())
    }

    /// The tokens of one item.
    pub(crate) fn item(&self, id: ItemId, item: &Item) -> TokenStream {
        match &item.kind {
            ItemKind::Pending => TokenStream::new(),
            ItemKind::Record(record) => self.record(id, item, record),
            ItemKind::Strings(strings) => self.strings(id, item, strings),
            ItemKind::Literals(variants) => self.literals(id, item, variants),
            ItemKind::Union(variants) => self.union(id, item, variants),
            ItemKind::Alias(slot) => self.alias(item, slot),
            ItemKind::Newtype(slot) => self.newtype(id, item, slot),
            ItemKind::Judged(judged) => self.judged(id, item, judged),
        }
    }

    /// `from_json`, for what a definition or a body is.
    pub(crate) fn reader(&self, id: ItemId, item: &Item) -> TokenStream {
        if item.definition.is_none() && !self.roots.contains(&id) {
            return TokenStream::new();
        }
        let (null, read) = if item.or_null {
            (
                quote! { #[doc = " Null is allowed, and is `None`."] },
                quote! { Option<Self> },
            )
        } else {
            (TokenStream::new(), quote! { Self })
        };
        quote! {
            /// Reads JSON as strictly as the schema is and checks every rule.
            #null
            ///
            /// # Errors
            /// All that is wrong, each with its JSON pointer and the bytes it is about.
            pub fn from_json(json: &[u8]) -> Result<Valid<#read>, Report> {
                specsmith_rules::from_json(json)
            }
        }
    }

    /// An `impl` block, unless it would be empty.
    pub(crate) fn inherent(item: &Item, functions: &[TokenStream]) -> TokenStream {
        if functions.iter().all(TokenStream::is_empty) {
            return TokenStream::new();
        }
        let name = ident(&item.name);
        quote! { impl #name { #(#functions)* } }
    }
}

/// Whether an item boxes what it holds in a circle, whatever else is there.
fn boxes(kind: &ItemKind) -> bool {
    match kind {
        ItemKind::Record(_) | ItemKind::Union(_) => true,
        ItemKind::Pending
        | ItemKind::Strings(_)
        | ItemKind::Literals(_)
        | ItemKind::Alias(_)
        | ItemKind::Newtype(_)
        | ItemKind::Judged(_) => false,
    }
}

/// The items that bodies of operations are.
fn roots(items: &Items) -> BTreeSet<ItemId> {
    let slots = items.operations.iter().flat_map(|slots| {
        let responses = slots.responses.iter().map(|(_, slot)| slot);
        slots.request.iter().chain(responses)
    });
    let root = |slot: &Slot| match &slot.ty {
        Ty::Item(id) => Some(*id),
        Ty::Any
        | Ty::Null
        | Ty::Boolean
        | Ty::Integer(..)
        | Ty::Number(_)
        | Ty::String(_)
        | Ty::Typed(_)
        | Ty::List(_)
        | Ty::Map(_) => None,
    };
    slots.filter_map(root).collect()
}

/// The circles of items that hold each other directly, by the number of the circle, and those that
/// hold themselves.
fn circles(list: &[Item]) -> (Vec<usize>, BTreeSet<(u32, u32)>) {
    let mut direct: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut selves = BTreeSet::new();
    for (index, item) in list.iter().enumerate() {
        let mut below = Vec::new();
        item.kind.each_slot(&mut |slot, in_place| {
            if let (true, Ty::Item(id)) = (in_place, &slot.ty) {
                below.push(id.0 as usize);
                if id.0 as usize == index {
                    selves.insert((id.0, id.0));
                }
            }
        });
        direct.insert(index, below);
    }
    (components(list.len(), &direct), selves)
}

/// Tarjan's algorithm with a stack of its own: the component of each node.
fn components(count: usize, next: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let mut index = vec![NONE; count];
    let mut low = vec![NONE; count];
    let mut on_stack = vec![false; count];
    let mut component = vec![NONE; count];
    let (mut stack, mut counter, mut found) = (Vec::new(), 0, 0);
    let empty = Vec::new();
    for root in 0..count {
        if index[root] != NONE {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, child)) = work.pop() {
            if child == 0 {
                index[node] = counter;
                low[node] = counter;
                counter += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            let below = next.get(&node).unwrap_or(&empty);
            if let Some(&to) = below.get(child) {
                work.push((node, child + 1));
                if index[to] == NONE {
                    work.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    component[member] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
            if let Some((above, _)) = work.last() {
                low[*above] = low[*above].min(low[node]);
            }
        }
    }
    component
}
