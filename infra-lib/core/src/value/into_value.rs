//! Conversions into [`Value`]: [`IntoValue`] is the trait, and [`Arn`], [`Id`], [`Name`] and [`Json`] are meanings of values.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Data, Map, Value};

/// The meaning of a value that is the Amazon Resource Name (ARN) of a resource of kind `R`.
#[derive(Debug)]
pub struct Arn<R>(PhantomData<fn() -> R>);

/// The meaning of a value that is the identifier (`vpc-…`, `sg-…`) of a resource of kind `R`.
#[derive(Debug)]
pub struct Id<R>(PhantomData<fn() -> R>);

/// The meaning of a value that is the name of a resource of kind `R`.
#[derive(Debug)]
pub struct Name<R>(PhantomData<fn() -> R>);

/// The meaning of a value that is free-form JSON, for example a policy document.
#[derive(Debug)]
pub struct Json;

/// Meanings of values whose literals are text.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a string type")]
pub trait TextLike {}

/// Meanings that are more specific than text, such as ARNs. Their values convert to text, but deferred text does not convert to them.
pub trait Kind: TextLike {}

impl TextLike for String {}

macro_rules! kinds {
    ($($name:ident),*) => {$(
        impl<R> TextLike for $name<R> {}
        impl<R> Kind for $name<R> {}
    )*};
}
kinds!(Arn, Id, Name);

/// Conversion into a value of meaning `T`.
///
/// Implemented for literals of the corresponding Rust type and for values of the same meaning. Values of every kind of text also convert to plain
/// text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used where a value of `{T}` is expected",
    label = "this is not a `{T}`",
    note = "a reference keeps its kind: an ARN is not an id, and the id of a VPC is not the id of a subnet",
    note = "a secret never becomes text: pass it to a container with `.secret(\"NAME\", field)`",
    note = "an enum value newer than the schema is given with `TheEnum::other(\"…\")`"
)]
pub trait IntoValue<T: ?Sized> {
    /// Converts `self` into a value.
    fn into_value(self) -> Value<T>;
}

/// Converts an argument into a value. Use it for the fields of `…Required` structs, which are not generic.
pub fn value<T: ?Sized>(given: impl IntoValue<T>) -> Value<T> {
    given.into_value()
}

impl<T: ?Sized> IntoValue<T> for Value<T> {
    fn into_value(self) -> Self {
        self
    }
}

impl<T: ?Sized> IntoValue<T> for &Value<T> {
    fn into_value(self) -> Value<T> {
        self.clone()
    }
}

impl<K: Kind> IntoValue<String> for Value<K> {
    fn into_value(self) -> Value<String> {
        self.cast()
    }
}

impl<K: Kind> IntoValue<String> for &Value<K> {
    fn into_value(self) -> Value<String> {
        self.clone().cast()
    }
}

impl<K: TextLike> IntoValue<K> for &str {
    fn into_value(self) -> Value<K> {
        Value::from_data(Data::from(self.to_owned()))
    }
}

impl<K: TextLike> IntoValue<K> for String {
    fn into_value(self) -> Value<K> {
        Value::from_data(Data::from(self))
    }
}

impl<K: TextLike> IntoValue<K> for &String {
    fn into_value(self) -> Value<K> {
        Value::from_data(Data::from(self.clone()))
    }
}

impl<K: TextLike> IntoValue<K> for Cow<'static, str> {
    fn into_value(self) -> Value<K> {
        Value::from_data(Data::Text(self))
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl IntoValue<i64> for $number {
            fn into_value(self) -> Value<i64> {
                Value::from_data(Data::Int(i64::from(self)))
            }
        }

        impl IntoValue<f64> for $number {
            #[expect(clippy::cast_precision_loss, reason = "CloudFormation numbers are far below 2^53")]
            fn into_value(self) -> Value<f64> {
                Value::from_data(Data::Float(i64::from(self) as f64))
            }
        }
    )*};
}
whole_numbers!(u8, u16, u32, i32, i64);

impl IntoValue<Self> for f64 {
    fn into_value(self) -> Value<Self> {
        Value::from_data(Data::Float(self))
    }
}

impl IntoValue<Self> for bool {
    fn into_value(self) -> Value<Self> {
        Value::from_data(Data::Bool(self))
    }
}

impl<T, V: IntoValue<T>> IntoValue<Vec<T>> for Vec<V> {
    fn into_value(self) -> Value<Vec<T>> {
        Value::from_data(Data::List(
            self.into_iter()
                .map(|item| item.into_value().into_data())
                .collect(),
        ))
    }
}

impl<T, V: IntoValue<T>, const N: usize> IntoValue<Vec<T>> for [V; N] {
    fn into_value(self) -> Value<Vec<T>> {
        Value::from_data(Data::List(
            self.into_iter()
                .map(|item| item.into_value().into_data())
                .collect(),
        ))
    }
}

impl<T, V: Clone + IntoValue<T>> IntoValue<Vec<T>> for &[V] {
    fn into_value(self) -> Value<Vec<T>> {
        self.to_vec().into_value()
    }
}

impl<T, V: IntoValue<T>, K: Into<String>, const N: usize> IntoValue<BTreeMap<String, T>>
    for [(K, V); N]
{
    fn into_value(self) -> Value<BTreeMap<String, T>> {
        let entries = self
            .into_iter()
            .map(|(key, item)| (key.into(), item.into_value().into_data()));
        Value::from_data(Data::Map(entries.collect()))
    }
}

impl<T, V: IntoValue<T>> IntoValue<BTreeMap<String, T>> for BTreeMap<String, V> {
    fn into_value(self) -> Value<BTreeMap<String, T>> {
        let entries = self
            .into_iter()
            .map(|(key, item)| (key, item.into_value().into_data()));
        Value::from_data(Data::Map(entries.collect()))
    }
}

impl IntoValue<Json> for Data {
    fn into_value(self) -> Value<Json> {
        Value::from_data(self)
    }
}

impl IntoValue<Json> for Map {
    fn into_value(self) -> Value<Json> {
        Value::from_data(Data::Map(self))
    }
}

impl IntoValue<Json> for serde_json::Value {
    fn into_value(self) -> Value<Json> {
        Value::from_data(Data::from(self))
    }
}

impl<K: Kind> IntoValue<Vec<String>> for Value<Vec<K>> {
    fn into_value(self) -> Value<Vec<String>> {
        self.cast()
    }
}
