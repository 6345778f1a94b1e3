//! Numbers as Rust's: exact, or an error.

use serde::de::Visitor;
use specsmith_decimal::DecimalRef;

use super::Deserializer;
use super::error::{Error, ErrorKind, Result, Wanted};

/// An integer type of Rust and how a visitor takes it.
pub(super) trait Integer: Copy {
    /// From text that is a JSON number: quick for plain digits, exact for the rest.
    fn parse(text: &str) -> Option<Self>;
    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value>;
}

macro_rules! integers {
    ($($integer:ident, $exact:ident, $visit:ident;)*) => {$(
        impl Integer for $integer {
            #[inline]
            fn parse(text: &str) -> Option<Self> {
                if let Ok(value) = text.parse() {
                    return Some(value);
                }
                Self::try_from(DecimalRef::parse(text)?.$exact()?).ok()
            }

            #[inline]
            fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                visitor.$visit(self)
            }
        }
    )*};
}

integers! {
    i8, to_i64, visit_i8;
    i16, to_i64, visit_i16;
    i32, to_i64, visit_i32;
    i64, to_i64, visit_i64;
    i128, to_i128, visit_i128;
    u8, to_u64, visit_u8;
    u16, to_u64, visit_u16;
    u32, to_u64, visit_u32;
    u64, to_u64, visit_u64;
    u128, to_u128, visit_u128;
}

impl<'de> Deserializer<'de> {
    /// Takes an integer of type `I`.
    #[inline]
    pub(super) fn integer<I: Integer, V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let byte = self.first_byte()?;
        if !(byte.is_ascii_digit() || byte == b'-') {
            return Err(self.mismatch(Wanted::Integer, &visitor));
        }
        let start = self.lexer.at();
        let text = self.lexer.number()?;
        match I::parse(text) {
            Some(value) => value
                .visit(visitor)
                .map_err(|error| self.placed(error, start)),
            None if is_integer(text) => Err(self.not_representable(start)),
            None => {
                self.lexer.go_to(start);
                Err(self.mismatch(Wanted::Integer, &visitor))
            }
        }
    }

    /// Takes a number as an `f64`.
    pub(super) fn double<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.number_start(&visitor)?;
        let text = self.lexer.number()?;
        match DecimalRef::parse(text).and_then(DecimalRef::to_f64) {
            Some(value) => visitor
                .visit_f64(value)
                .map_err(|error| self.placed(error, start)),
            None => Err(self.not_representable(start)),
        }
    }

    /// Takes a number as an `f32`.
    pub(super) fn single<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.number_start(&visitor)?;
        let text = self.lexer.number()?;
        match single(text) {
            Some(value) => visitor
                .visit_f32(value)
                .map_err(|error| self.placed(error, start)),
            None => Err(self.not_representable(start)),
        }
    }

    /// Takes a number as whatever holds it: the smallest of `u64`, `i64`, then `f64`, then 128
    /// bits.
    pub(super) fn any_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.lexer.at();
        let text = self.lexer.number()?;
        visit_number(text, visitor).map_err(|error| self.placed(error, start))
    }

    fn number_start<V: Visitor<'de>>(&mut self, visitor: &V) -> Result<usize> {
        let byte = self.first_byte()?;
        if byte.is_ascii_digit() || byte == b'-' {
            Ok(self.lexer.at())
        } else {
            Err(self.mismatch(Wanted::Number, visitor))
        }
    }

    #[cold]
    fn not_representable(&self, start: usize) -> Error {
        Error::at(ErrorKind::NotRepresentable, self.lexer.span_from(start))
    }
}

/// Hands the number that `text` spells to a visitor that takes any.
pub(super) fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value> {
    if let Ok(value) = text.parse::<u64>() {
        return visitor.visit_u64(value);
    }
    if let Ok(value) = text.parse::<i64>() {
        return visitor.visit_i64(value);
    }
    let not_representable = || Error::new(ErrorKind::NotRepresentable, None);
    let number = DecimalRef::parse(text).ok_or_else(not_representable)?;
    if let Some(value) = number.to_u64() {
        return visitor.visit_u64(value);
    }
    if let Some(value) = number.to_i64() {
        return visitor.visit_i64(value);
    }
    if let Some(value) = number.to_f64() {
        return visitor.visit_f64(value);
    }
    // Few visitors know 128 bits; those that do not answer as if the type were wrong.
    let result = match (number.to_u128(), number.to_i128()) {
        (Some(value), _) => visitor.visit_u128(value),
        (None, Some(value)) => visitor.visit_i128(value),
        (None, None) => return Err(not_representable()),
    };
    result.map_err(|error: Error| {
        if error.has_span() {
            error
        } else {
            not_representable()
        }
    })
}

/// The `f32` whose shortest text is equal to the number, if there is one.
pub(super) fn single(text: &str) -> Option<f32> {
    let value: f32 = text.parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    let shortest = format!("{value:e}");
    (DecimalRef::parse(&shortest)? == DecimalRef::parse(text)?).then_some(value)
}

/// Whether a JSON number has no fractional part.
pub(super) fn is_integer(text: &str) -> bool {
    DecimalRef::parse(text).is_some_and(DecimalRef::is_integer)
}
