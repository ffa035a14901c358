//! Intrinsic functions as typed Rust functions.

use std::borrow::Cow;

use super::{Data, Expr, IntoValue, Map, TextLike, Value};

/// Joins literal and deferred parts into one text.
///
/// Written to the template as `Fn::Sub` where every deferred part is a reference of the same
/// stack, as `Fn::Join` otherwise, and as plain text when nothing is deferred.
///
/// ```
/// # use infra_core::{sub, pseudo};
/// let group = sub!["/notes/", pseudo::region(), "/api"];
/// assert!(group.is_deferred());
/// ```
#[macro_export]
macro_rules! sub {
    [$($part:expr),* $(,)?] => {
        $crate::intrinsics::concat([$($crate::intrinsics::Part::into_part($part)),*])
    };
}

/// A part of a text made by [`sub!`](crate::sub).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a text",
    note = "text, numbers and deferred text can; a secret never becomes text"
)]
pub trait Part {
    /// The part as data.
    fn into_part(self) -> Data;
}

impl Part for &str {
    fn into_part(self) -> Data {
        Data::from(self.to_owned())
    }
}

impl Part for String {
    fn into_part(self) -> Data {
        Data::from(self)
    }
}

impl Part for &String {
    fn into_part(self) -> Data {
        Data::from(self.clone())
    }
}

macro_rules! number_parts {
    ($($number:ty),*) => {$(
        impl Part for $number {
            fn into_part(self) -> Data {
                Data::from(self.to_string())
            }
        }
    )*};
}
number_parts!(u8, u16, u32, i32, i64);

impl<K: TextLike> Part for Value<K> {
    fn into_part(self) -> Data {
        self.into_data()
    }
}

impl<K: TextLike> Part for &Value<K> {
    fn into_part(self) -> Data {
        self.data().clone()
    }
}

impl Part for Value<i64> {
    fn into_part(self) -> Data {
        match self.into_data() {
            Data::Int(number) => Data::from(number.to_string()),
            deferred => deferred,
        }
    }
}

/// One text from parts; the function behind [`sub!`](crate::sub).
pub fn concat(parts: impl IntoIterator<Item = Data>) -> Value<String> {
    let mut merged: Vec<Data> = Vec::new();
    for part in parts {
        let nested = match part {
            Data::Expr(expr) => match *expr {
                Expr::Concat(inner) => inner,
                other => vec![Data::from(other)],
            },
            other => vec![other],
        };
        for part in nested {
            match (merged.last_mut(), part) {
                (Some(Data::Text(before)), Data::Text(text)) => before.to_mut().push_str(&text),
                (_, Data::Text(text)) if text.is_empty() => {}
                (_, part) => merged.push(part),
            }
        }
    }
    Value::from_data(match (merged.len(), merged.pop()) {
        (0, _) | (_, None) => Data::from(""),
        (1, Some(only)) => only,
        (_, Some(last)) => {
            merged.push(last);
            Expr::Concat(merged).into()
        }
    })
}

/// `Fn::Join`: the items of a list with a separator between them.
pub fn join(
    separator: impl Into<Cow<'static, str>>,
    list: impl IntoValue<Vec<String>>,
) -> Value<String> {
    Value::from_data(Expr::Join(separator.into(), list.into_value().into_data()).into())
}

/// `Fn::Split`: a text cut at each separator.
pub fn split(
    separator: impl Into<Cow<'static, str>>,
    text: impl IntoValue<String>,
) -> Value<Vec<String>> {
    Value::from_data(Expr::Split(separator.into(), text.into_value().into_data()).into())
}

/// `Fn::Select` with an index known now, counted from zero.
pub fn select<T>(index: u32, list: impl IntoValue<Vec<T>>) -> Value<T> {
    select_at(index, list)
}

/// `Fn::Select` with an index that may be deferred.
pub fn select_at<T>(index: impl IntoValue<i64>, list: impl IntoValue<Vec<T>>) -> Value<T> {
    Value::from_data(
        Expr::Select(
            index.into_value().into_data(),
            list.into_value().into_data(),
        )
        .into(),
    )
}

/// `Fn::GetAZs`: the Availability Zones of a region; of the stack's region when given [`region()`](super::region).
pub fn get_azs(region: impl IntoValue<String>) -> Value<Vec<String>> {
    Value::from_data(Expr::GetAzs(region.into_value().into_data()).into())
}

/// `Fn::Cidr`: `count` blocks cut from `block`, each leaving `host_bits` bits for hosts.
pub fn cidr(
    block: impl IntoValue<String>,
    count: impl IntoValue<i64>,
    host_bits: impl IntoValue<i64>,
) -> Value<Vec<String>> {
    let (block, count, bits) = (
        block.into_value(),
        count.into_value(),
        host_bits.into_value(),
    );
    Value::from_data(Expr::Cidr(block.into_data(), count.into_data(), bits.into_data()).into())
}

/// `Fn::Base64`.
pub fn base64(text: impl IntoValue<String>) -> Value<String> {
    Value::from_data(Expr::Base64(text.into_value().into_data()).into())
}

/// `Fn::ImportValue` of an export that this app does not make itself.
pub fn import_value<T>(export_name: impl IntoValue<String>) -> Value<T> {
    Value::from_data(Expr::ImportValue(export_name.into_value().into_data()).into())
}

/// `Fn::Length` of a list.
pub fn length<T>(list: impl IntoValue<Vec<T>>) -> Value<i64> {
    Value::from_data(Expr::Length(list.into_value().into_data()).into())
}

/// `Fn::ToJsonString` of a map or list.
pub fn to_json_string(data: impl Into<Data>) -> Value<String> {
    Value::from_data(Expr::ToJsonString(data.into()).into())
}

/// `Fn::Transform`: what a macro makes of its parameters.
pub fn transform<T>(macro_name: impl Into<Cow<'static, str>>, parameters: Map) -> Value<T> {
    Value::from_data(Expr::Transform(macro_name.into(), Data::Map(parameters)).into())
}

/// The expression of a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionExpr(pub(crate) Data);

impl ConditionExpr {
    /// Wraps data that the caller knows to be a condition, such as the functions of rules (`Fn::Contains`).
    pub const fn from_data(data: Data) -> Self {
        Self(data)
    }
}

/// `Fn::Equals`.
pub fn equals<T>(left: impl IntoValue<T>, right: impl IntoValue<T>) -> ConditionExpr {
    ConditionExpr(
        Expr::Equals(
            left.into_value().into_data(),
            right.into_value().into_data(),
        )
        .into(),
    )
}

/// `Fn::And` of two to ten conditions.
pub fn fn_and(conditions: impl IntoIterator<Item = ConditionExpr>) -> ConditionExpr {
    ConditionExpr(Expr::And(conditions.into_iter().map(|c| c.0).collect()).into())
}

/// `Fn::Or` of two to ten conditions.
pub fn fn_or(conditions: impl IntoIterator<Item = ConditionExpr>) -> ConditionExpr {
    ConditionExpr(Expr::Or(conditions.into_iter().map(|c| c.0).collect()).into())
}

/// `Fn::Not`.
pub fn fn_not(condition: impl Into<ConditionExpr>) -> ConditionExpr {
    ConditionExpr(Expr::Not(condition.into().0).into())
}

/// A [dynamic reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html)
/// to a Secrets Manager secret: `{{resolve:secretsmanager:secret:SecretString:json_key}}`.
///
/// CloudFormation reads the secret at deploy time; the template never holds it. `json_key` of `None` takes the
/// whole secret.
pub fn dynamic_secret<T>(secret: impl IntoValue<String>, json_key: Option<&str>) -> Value<T> {
    let key = json_key.map(|key| format!(":{key}")).unwrap_or_default();
    let secret = secret.into_value().into_data();
    concat([
        Data::from("{{resolve:secretsmanager:"),
        secret,
        Data::from(format!(":SecretString{key}}}}}")),
    ])
    .cast()
}

/// A dynamic reference to a plain SSM parameter: `{{resolve:ssm:name}}`.
pub fn dynamic_ssm<T>(name: impl IntoValue<String>) -> Value<T> {
    concat([
        Data::from("{{resolve:ssm:"),
        name.into_value().into_data(),
        Data::from("}}"),
    ])
    .cast()
}

/// A dynamic reference to an SSM SecureString: `{{resolve:ssm-secure:name}}`; only some properties accept it.
pub fn dynamic_ssm_secure<T>(name: impl IntoValue<String>) -> Value<T> {
    concat([
        Data::from("{{resolve:ssm-secure:"),
        name.into_value().into_data(),
        Data::from("}}"),
    ])
    .cast()
}
