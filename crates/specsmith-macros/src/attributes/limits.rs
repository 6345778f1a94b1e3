//! What a specification says of custom attributes, as the generated derive crate has it.

/// The lists of attributes of a specification, and what they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Each list once; never empty.
    pub lists: &'static [List],
    /// What has such a list.
    pub entities: &'static [Entity],
}

/// A list of pairs of a name and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// The type of a pair in the generated crates, such as `Attribute`.
    pub pair: &'static str,
    /// The property that holds the list.
    pub property: &'static str,
    /// The properties of a pair that hold its name and its value.
    pub keys: [&'static str; 2],
    /// At least so many pairs.
    pub min_items: Option<u64>,
    /// At most so many pairs.
    pub max_items: Option<u64>,
    /// What a name must be.
    pub name: Text,
    /// What a value must be.
    pub value: Text,
}

/// What a text must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// At least so long, in code points.
    pub min_length: Option<u64>,
    /// At most so long, in code points.
    pub max_length: Option<u64>,
    /// Matched by each of these ECMA-262 patterns.
    pub patterns: &'static [&'static str],
}

/// A record with a list of attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it can be called, such as `customer` and `CustomerMetadata`.
    pub names: &'static [&'static str],
    /// The property that holds the list.
    pub property: &'static str,
    /// Its list, by the index in [`Limits::lists`].
    pub list: usize,
    /// The names of its properties.
    pub fields: &'static [&'static str],
}

impl Limits {
    /// The entity of that name.
    pub(super) fn entity(&self, name: &str) -> Option<&'static Entity> {
        self.entities
            .iter()
            .find(|entity| entity.names.contains(&name))
    }

    /// Every name of every entity.
    pub(super) fn entity_names(&self) -> Vec<&'static str> {
        self.entities
            .iter()
            .flat_map(|entity| entity.names)
            .copied()
            .collect()
    }
}

impl Entity {
    /// The field that an attribute of that name is most likely meant for: the same letters and
    /// digits, whatever separates them and whatever their case.
    pub(super) fn shadowed(&self, name: &str) -> Option<&'static str> {
        let folded = |text: &str| -> String {
            text.chars()
                .filter(|char| char.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let name = folded(name);
        self.fields
            .iter()
            .copied()
            .find(|field| folded(field) == name)
    }
}
