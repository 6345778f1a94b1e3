//! What a field's type is, recognised by its last path segment, as serde recognises `Option`.

use syn::{GenericArgument, PathArguments, Type};

/// A type with its wrappers taken off.
pub(crate) struct Unwrapped<'a> {
    /// From the outside in.
    pub(crate) layers: Vec<Layer>,
    /// What is inside.
    pub(crate) inner: &'a Type,
    pub(crate) shape: Shape<'a>,
}

/// A wrapper around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// `Option`.
    Option,
    /// `Field`.
    Field,
    /// `Box`, `Rc`, `Arc`, `Cow` and references.
    Pointer,
}

/// What a value is, as far as rules care.
pub(crate) enum Shape<'a> {
    Text,
    /// With the least and greatest value.
    Integer(i128, u128),
    Float,
    Boolean,
    List(&'a Type),
    Set(&'a Type),
    Map(&'a Type, &'a Type),
    /// A type that is not known by name; its traits decide.
    Other,
}

impl Shape<'_> {
    /// What the shape is, in a message: "a string".
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Integer(..) | Self::Float => "a number",
            Self::Boolean => "a boolean",
            Self::List(_) | Self::Set(_) => "a list",
            Self::Map(..) => "a map",
            Self::Other => "something else",
        }
    }
}

/// Takes the wrappers off and names what is inside.
pub(crate) fn unwrap(ty: &Type) -> Unwrapped<'_> {
    let mut layers = Vec::new();
    let mut inner = ty;
    loop {
        let (layer, next) = match inner {
            Type::Paren(paren) => {
                inner = &paren.elem;
                continue;
            }
            Type::Group(group) => {
                inner = &group.elem;
                continue;
            }
            Type::Reference(reference) => (Layer::Pointer, &*reference.elem),
            ty => match (name_of(ty).as_deref(), arguments(ty).as_slice()) {
                (Some("Option"), [next]) => (Layer::Option, *next),
                (Some("Field"), [next]) => (Layer::Field, *next),
                (Some("Box" | "Rc" | "Arc" | "Cow"), [next]) => (Layer::Pointer, *next),
                _ => break,
            },
        };
        layers.push(layer);
        inner = next;
    }
    Unwrapped {
        layers,
        inner,
        shape: shape(inner),
    }
}

fn shape(ty: &Type) -> Shape<'_> {
    match ty {
        Type::Array(array) => return Shape::List(&array.elem),
        Type::Slice(slice) => return Shape::List(&slice.elem),
        _ => {}
    }
    let arguments = arguments(ty);
    match (name_of(ty).as_deref(), arguments.as_slice()) {
        (Some("String" | "str"), []) => Shape::Text,
        (Some("bool"), []) => Shape::Boolean,
        (Some("f32" | "f64"), []) => Shape::Float,
        (Some("u8"), []) => Shape::Integer(0, u8::MAX.into()),
        (Some("u16"), []) => Shape::Integer(0, u16::MAX.into()),
        (Some("u32"), []) => Shape::Integer(0, u32::MAX.into()),
        (Some("u64" | "usize"), []) => Shape::Integer(0, u64::MAX.into()),
        (Some("u128"), []) => Shape::Integer(0, u128::MAX),
        (Some("i8"), []) => Shape::Integer(i8::MIN.into(), i8::MAX as u128),
        (Some("i16"), []) => Shape::Integer(i16::MIN.into(), i16::MAX as u128),
        (Some("i32"), []) => Shape::Integer(i32::MIN.into(), i32::MAX as u128),
        (Some("i64" | "isize"), []) => Shape::Integer(i64::MIN.into(), i64::MAX as u128),
        (Some("i128"), []) => Shape::Integer(i128::MIN, i128::MAX as u128),
        (Some("Vec" | "VecDeque"), [item]) => Shape::List(item),
        (Some("BTreeSet" | "HashSet" | "IndexSet"), [item, ..]) => Shape::Set(item),
        (Some("BTreeMap" | "HashMap" | "IndexMap"), [key, value, ..]) => Shape::Map(key, value),
        _ => Shape::Other,
    }
}

/// The last segment of the type's path.
pub(crate) fn name_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// The one type argument of the last segment, such as what is in an `Option`.
pub(crate) fn inside(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Paren(paren) => inside(&paren.elem),
        Type::Group(group) => inside(&group.elem),
        ty => match arguments(ty).as_slice() {
            [one] => Some(*one),
            _ => None,
        },
    }
}

/// The type arguments of the last segment.
fn arguments(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| types_in(&segment.arguments))
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The types among a segment's arguments.
pub(crate) fn types_in(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}
