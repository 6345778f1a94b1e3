//! Shortcuts: what the commonest values ask, beside the key or list that leads to them, so that
//! judging one touches no other table.

use crate::attention::{Noted, without_shortcut};
use crate::kernels::class::{ByteSet, Search};
use specsmith_ir::Decimal;
use specsmith_rules::format::Format;

use crate::plan::{ANY, Key, Kinds, NONE, NodeId, NumberRule, Program, RecordRule};

/// What certainly makes a value fit. A value for which it says no is judged by its node.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quick {
    pub(crate) set: ByteSet,
    /// A text of at least so many bytes is long enough, and one of at most so many short enough.
    pub(crate) least: u32,
    pub(crate) most: u32,
    /// From `least` on, so many lengths there are of which the set alone says that a text fits, by
    /// its first 32 bytes; none where more is asked.
    sure: u32,
    /// Which of the first bytes of a text must be in the set: the first alone, or all, and then
    /// those behind them as well.
    pub(crate) asked: u32,
    /// The literals, where the check is of words.
    pub(crate) words: u32,
    /// The rules of arrays and of objects, where they alone decide.
    pub(crate) list: Option<u32>,
    pub(crate) record: Option<u32>,
    pub(crate) check: Check,
    /// Whether a value that fits must be noted all the same.
    pub(crate) noted: bool,
    /// Whether null fits.
    pub(crate) null: bool,
    /// Whether every integer fits.
    pub(crate) integers: bool,
}

/// What a string must have to fit for certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Check {
    /// Only the node can tell.
    #[default]
    Node,
    /// The length.
    Length,
    /// The length, and no byte outside the set among those that are asked about.
    Bytes,
    /// It is one of the words.
    Words,
    /// The length, and it is plainly an email address.
    Email,
    /// The length, and it is plainly a date and time.
    DateTime,
}

/// So many low bits of a word can be asked for.
const LONGEST_MASK: u32 = 255;
/// Texts longer than that are judged by their node.
const LONGEST: u32 = 1 << 30;

impl Quick {
    fn surely(&self) -> u32 {
        let most = match self.check {
            Check::Node | Check::Words | Check::Email | Check::DateTime => return 0,
            Check::Bytes if self.asked == u32::MAX => self.most.min(32),
            Check::Bytes => self.most.min(LONGEST_MASK),
            Check::Length => self.most.min(LONGEST),
        };
        (most + 1).saturating_sub(self.least)
    }

    /// Whether the set alone says that a text of so many bytes fits. None fits whose length is a
    /// little below zero.
    #[inline(always)]
    pub(crate) fn surely_takes(&self, length: usize) -> bool {
        (length as u32).wrapping_sub(self.least) < self.sure
    }

    /// Whether a text of so many bytes is neither too short nor too long, for certain.
    #[inline(always)]
    pub(crate) fn takes(&self, length: usize) -> bool {
        (length >= self.least as usize) & (length <= self.most as usize)
    }
}

/// Notes the shortcuts of every key and list, and of the root.
pub(crate) fn shortcuts(program: &mut Program) {
    let mut records = std::mem::take(&mut program.records);
    for record in &mut records {
        for key in &mut record.keys {
            if key.extra.0 == key.extra.1 {
                key.quick = quick(program, key.node);
                without_shortcut(program, key.noted, key.node, &mut key.quick);
                key.quick.noted = key.noted.is_always();
                key.quick.sure = key.quick.surely();
            }
        }
    }
    program.records = records;
    let mut lists = std::mem::take(&mut program.lists);
    for list in &mut lists {
        if list.prefix.is_empty() && !list.unique && list.contains.is_none() {
            list.quick = quick(program, list.items);
            let rule = |it: &u32| program.records.get(*it as usize);
            let row = list.quick.record.filter(|_| !list.records);
            list.row = row.filter(|it| rule(it).is_some_and(is_row));
        }
    }
    program.lists = lists;
    program.root_record = quick(program, program.root).record;
}

/// Objects of more members are judged as such, however they are written.
const WIDEST_ROW: usize = 4;

/// Whether objects that have all of a rule's keys in their order, each with a text that surely fits,
/// are valid.
fn is_row(rule: &RecordRule) -> bool {
    let is_few = (1..=WIDEST_ROW).contains(&rule.keys.len());
    // Ids are noted where records are read, which are no rows.
    let noted = |key: &Key| key.noted.has(Noted::IDENTITY);
    let sure = |key: &Key| key.quick.sure > 0 && key.extra.0 == key.extra.1 && !noted(key);
    is_few && rule.more.is_none() && rule.keys.iter().all(sure)
}

/// Whether no integer is refused, however long it is.
fn takes_every_integer(rule: &NumberRule) -> bool {
    let one = Decimal::from(1);
    rule.minimum.is_none()
        && rule.exclusive_minimum.is_none()
        && rule.maximum.is_none()
        && rule.exclusive_maximum.is_none()
        && rule.multiple_of.as_ref().is_none_or(|it| *it == one)
        && rule.format.is_none()
}

/// The shortcut of a node.
pub(crate) fn quick(program: &Program, id: NodeId) -> Quick {
    let node = program.node(id);
    let mut quick = Quick {
        most: u32::MAX,
        ..Quick::default()
    };
    if node.by_tree || node.applied.0 != node.applied.1 {
        return quick;
    }
    quick.null = node.kinds.has(Kinds::NULL) && node.listed.has(Kinds::NULL);
    quick.integers = node.kinds.has(Kinds::NUMBER)
        && program.literals_of(node).is_none()
        && program.number_of(node).is_none_or(takes_every_integer);
    if program.literals_of(node).is_none() {
        let alone = |kind, rule| (node.kinds.has(kind) && rule != NONE).then_some(rule);
        quick.list = alone(Kinds::LIST, node.list);
        quick.record = alone(Kinds::RECORD, node.record);
    }
    if !node.kinds.has(Kinds::STRING) {
        return quick;
    }
    let rule = program.string_of(node);
    if program.literals_of(node).is_some() {
        if rule.is_none() && node.listed.has(Kinds::STRING) {
            quick.words = node.literals;
            quick.check = Check::Words;
        }
        return quick;
    }
    let Some(rule) = rule else {
        if id != ANY {
            quick.check = Check::Length;
        }
        return quick;
    };
    let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    quick.least = size(rule.enough_bytes);
    quick.most = size(rule.few_bytes);
    let watched = program.options.watch.partial_patterns;
    match (rule.format.as_ref().map(|it| it.format), rule.search) {
        (Some(Format::Email), Search::Nothing) => quick.check = Check::Email,
        (Some(Format::DateTime), Search::Nothing) => quick.check = Check::DateTime,
        (Some(_), _) => return quick,
        (None, _) => {}
    }
    if rule.format.is_some() {
        return quick;
    }
    match rule.search {
        Search::Nothing => quick.check = Check::Length,
        Search::Somewhere(set) => {
            quick.set = set;
            quick.least = quick.least.max(1);
            quick.asked = if watched { u32::MAX } else { 1 };
            quick.check = Check::Bytes;
        }
        Search::Throughout { set, min, max } => {
            quick.set = set;
            quick.least = quick.least.max(size(min));
            quick.most = quick.most.min(size(max));
            quick.asked = u32::MAX;
            quick.check = Check::Bytes;
        }
        Search::Engine => {}
    }
    quick
}
