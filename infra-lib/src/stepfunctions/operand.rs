//! Values that conditions compare with.

use crate::core::Data;

/// A value that another can equal: a text, number, Boolean or timestamp, or the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    pub(super) kind: &'static str,
    pub(super) is_path: bool,
    pub(super) value: Data,
}

/// A value that another can be less than: a text, number or timestamp, or the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Ordered(Operand);

impl Operand {
    /// Creates an operand from the path of a Boolean.
    pub fn boolean_at(path: impl Into<String>) -> Self {
        Self {
            kind: "Boolean",
            is_path: true,
            value: Data::from(path.into()),
        }
    }
}

impl Ordered {
    /// Creates an operand from a timestamp of RFC 3339, such as `2026-01-31T12:00:00Z`.
    pub fn timestamp(time: impl Into<String>) -> Self {
        Self::literal("Timestamp", Data::from(time.into()))
    }

    /// Creates an operand from the path of a text.
    pub fn string_at(path: impl Into<String>) -> Self {
        Self::at("String", path.into())
    }

    /// Creates an operand from the path of a number.
    pub fn numeric_at(path: impl Into<String>) -> Self {
        Self::at("Numeric", path.into())
    }

    /// Creates an operand from the path of a timestamp.
    pub fn timestamp_at(path: impl Into<String>) -> Self {
        Self::at("Timestamp", path.into())
    }

    const fn literal(kind: &'static str, value: Data) -> Self {
        Self(Operand {
            kind,
            is_path: false,
            value,
        })
    }

    fn at(kind: &'static str, path: String) -> Self {
        Self(Operand {
            kind,
            is_path: true,
            value: Data::from(path),
        })
    }
}

impl From<Ordered> for Operand {
    fn from(ordered: Ordered) -> Self {
        ordered.0
    }
}

impl From<bool> for Operand {
    fn from(value: bool) -> Self {
        Self {
            kind: "Boolean",
            is_path: false,
            value: Data::Bool(value),
        }
    }
}

macro_rules! literals {
    ($($type:ty, $kind:literal, $value:ident => $data:expr;)+) => {$(
        impl From<$type> for Ordered {
            fn from($value: $type) -> Self {
                Self::literal($kind, $data)
            }
        }

        impl From<$type> for Operand {
            fn from(value: $type) -> Self {
                Ordered::from(value).into()
            }
        }
    )+};
}

literals! {
    &str, "String", value => Data::from(value.to_owned());
    String, "String", value => Data::from(value);
    i32, "Numeric", value => Data::Int(i64::from(value));
    i64, "Numeric", value => Data::Int(value);
    f64, "Numeric", value => Data::Float(value);
}
