//! Objects of JSON as structs: what the output of `#[derive(JsonRecord)]` calls.
//!
//! The output says only what differs from struct to struct: which property goes into which field.
//! How an object is gone through, and what is wrong with one, stands here, once for all of them.

use core::fmt;
use core::marker::PhantomData;
use std::collections::BTreeMap;

pub use serde::de::{Deserialize, Deserializer, MapAccess};
pub use serde::ser::{Serialize, Serializer};

use serde::de::{DeserializeSeed, Error, IgnoredAny, Visitor};
use serde::ser::{SerializeMap, SerializeStruct};

use crate::Field;

/// A struct whose fields are the properties of an object. Derive it.
pub trait JsonRecord: Sized {
    /// The struct's name.
    const NAME: &'static str;
    /// The names of its properties, as JSON spells them.
    const FIELDS: &'static [&'static str];
    /// What becomes of other properties.
    const OTHERS: Others;

    /// Reads the members of an object.
    ///
    /// # Errors
    /// The deserializer's, or a property is missing, unknown, or there twice.
    fn read<'de, M: MapAccess<'de>>(members: &mut Members<M>) -> Result<Self, M::Error>;

    /// Writes each property that is there.
    fn write<W: Write>(&self, out: &mut W);
}

/// What becomes of the properties that a struct has no field for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They are passed over.
    Ignored,
    /// They are a mistake.
    Denied,
    /// They go into a map.
    Kept,
}

/// Reads a struct from an object, and from nothing else.
///
/// # Errors
/// The deserializer's, or those of [`JsonRecord::read`].
pub fn read<'de, T: JsonRecord, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match T::OTHERS {
        Others::Ignored | Others::Denied => {
            deserializer.deserialize_struct(T::NAME, T::FIELDS, Reading(PhantomData))
        }
        Others::Kept => deserializer.deserialize_map(Reading(PhantomData)),
    }
}

struct Reading<T>(PhantomData<T>);

impl<'de, T: JsonRecord> Visitor<'de> for Reading<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    #[inline]
    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        T::read(&mut Members {
            map,
            fields: T::FIELDS,
            others: T::OTHERS,
            next: 0,
            other: String::new(),
        })
    }
}

/// The members of an object that is being read.
pub struct Members<M> {
    map: M,
    fields: &'static [&'static str],
    others: Others,
    /// The field behind the last one: most often, it comes next.
    next: usize,
    /// The last property that has no field, where such are kept.
    other: String,
}

impl<'de, M: MapAccess<'de>> Members<M> {
    /// The place among the fields of the next property; their number for one that is none of them.
    #[inline]
    #[allow(
        clippy::should_implement_trait,
        reason = "an iterator would need the value, too"
    )]
    pub fn next(&mut self) -> Result<Option<usize>, M::Error> {
        let found = self.map.next_key_seed(Key {
            fields: self.fields,
            others: self.others,
            next: self.next,
            other: &mut self.other,
        })?;
        if let Some(index) = found {
            self.next = index + 1;
        }
        Ok(found)
    }

    /// Reads the property's value.
    #[inline]
    pub fn value<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), M::Error> {
        if slot.is_some() {
            return Err(self.repeated());
        }
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads the value of a property that may be null.
    #[inline]
    pub fn field<T: Deserialize<'de>>(&mut self, slot: &mut Field<T>) -> Result<(), M::Error> {
        if !slot.is_absent() {
            return Err(self.repeated());
        }
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Reads the value of a property that has no field, and keeps it.
    pub fn keep<T: Deserialize<'de>>(
        &mut self,
        others: &mut BTreeMap<String, T>,
    ) -> Result<(), M::Error> {
        let name = core::mem::take(&mut self.other);
        if others.contains_key(&name) {
            self.skip()?;
            return Err(M::Error::custom("a property stands here twice"));
        }
        others.insert(name, self.map.next_value()?);
        Ok(())
    }

    /// Passes over a value.
    pub fn skip(&mut self) -> Result<(), M::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// The value of a property that must be there.
    #[inline]
    pub fn required<T>(&self, slot: Option<T>, name: &'static str) -> Result<T, M::Error> {
        slot.ok_or_else(|| M::Error::missing_field(name))
    }

    #[cold]
    fn repeated(&self) -> M::Error {
        let name = self.fields.get(self.next.wrapping_sub(1));
        M::Error::duplicate_field(name.copied().unwrap_or_default())
    }
}

/// Reads a key as the place of its field.
struct Key<'a> {
    fields: &'static [&'static str],
    others: Others,
    next: usize,
    other: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property's name")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        if self.fields.get(self.next).is_some_and(|it| *it == name) {
            return Ok(self.next);
        }
        if let Some(index) = self.fields.iter().position(|it| *it == name) {
            return Ok(index);
        }
        match self.others {
            Others::Ignored => {}
            Others::Denied => return Err(E::unknown_field(name, self.fields)),
            Others::Kept => name.clone_into(self.other),
        }
        Ok(self.fields.len())
    }
}

/// Writes a struct as an object.
///
/// # Errors
/// The serializer's.
pub fn write<T: JsonRecord, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut count = Count(0);
    value.write(&mut count);
    let count = count.0;
    match T::OTHERS {
        Others::Ignored | Others::Denied => {
            let mut out = Struct {
                out: serializer.serialize_struct(T::NAME, count)?,
                result: Ok(()),
            };
            value.write(&mut out);
            out.result?;
            out.out.end()
        }
        Others::Kept => {
            let mut out = Map {
                out: serializer.serialize_map(Some(count))?,
                result: Ok(()),
            };
            value.write(&mut out);
            out.result?;
            out.out.end()
        }
    }
}

/// How many properties the object has that the value is written as.
pub fn count<T: JsonRecord>(value: &T) -> u64 {
    let mut count = Count(0);
    value.write(&mut count);
    count.0 as u64
}

/// Takes the properties of an object, one by one.
pub trait Write {
    /// A property.
    fn value<T: Serialize>(&mut self, name: &'static str, value: &T);

    /// The properties without a field.
    fn others<T: Serialize>(&mut self, others: &BTreeMap<String, T>);

    /// A property that may be absent.
    #[inline]
    fn option<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    /// A property that may be absent or null.
    #[inline]
    fn field<T: Serialize>(&mut self, name: &'static str, value: &Field<T>) {
        if !value.is_absent() {
            self.value(name, value);
        }
    }
}

struct Count(usize);

impl Write for Count {
    #[inline]
    fn value<T: Serialize>(&mut self, _: &'static str, _: &T) {
        self.0 += 1;
    }

    fn others<T: Serialize>(&mut self, others: &BTreeMap<String, T>) {
        self.0 += others.len();
    }
}

/// The first error ends the writing; it is kept, so that not every field has to look at it.
struct Struct<S: SerializeStruct> {
    out: S,
    result: Result<(), S::Error>,
}

impl<S: SerializeStruct> Write for Struct<S> {
    #[inline]
    fn value<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if self.result.is_ok() {
            self.result = self.out.serialize_field(name, value);
        }
    }

    /// A struct with such is written as a map.
    fn others<T: Serialize>(&mut self, _: &BTreeMap<String, T>) {}
}

struct Map<S: SerializeMap> {
    out: S,
    result: Result<(), S::Error>,
}

impl<S: SerializeMap> Write for Map<S> {
    #[inline]
    fn value<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if self.result.is_ok() {
            self.result = self.out.serialize_entry(name, value);
        }
    }

    fn others<T: Serialize>(&mut self, others: &BTreeMap<String, T>) {
        for (name, value) in others {
            if self.result.is_ok() {
                self.result = self.out.serialize_entry(name, value);
            }
        }
    }
}
