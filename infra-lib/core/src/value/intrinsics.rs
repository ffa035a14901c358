//! Intrinsic functions as typed Rust functions, and the macro [`sub!`](crate::sub).

use std::borrow::Cow;

use super::{Data, Expr, IntoValue, Map, TextLike, Value};

/// Joins literals and deferred values into one text.
///
/// The template contains `Fn::Sub` if every deferred part is a reference within the same stack, plain text if no part is deferred, and `Fn::Join`
/// otherwise.
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

/// Types that can be a part of a text joined by [`sub!`](crate::sub).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a string",
    note = "strings, numbers and deferred strings can; a secret cannot be converted to a string"
)]
pub trait Part {
    /// Converts `self` into data for the joined text.
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

/// Joins parts into one text. [`sub!`](crate::sub) calls this function; adjacent literals are merged.
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

/// Returns `Fn::Join`: the items of a list with a separator between them.
pub fn join(
    separator: impl Into<Cow<'static, str>>,
    list: impl IntoValue<Vec<String>>,
) -> Value<String> {
    Value::from_data(Expr::Join(separator.into(), list.into_value().into_data()).into())
}

/// Returns `Fn::Split`: the parts of a text between separators.
pub fn split(
    separator: impl Into<Cow<'static, str>>,
    text: impl IntoValue<String>,
) -> Value<Vec<String>> {
    Value::from_data(Expr::Split(separator.into(), text.into_value().into_data()).into())
}

/// Returns `Fn::Select` with an index known at synthesis, starting at 0.
pub fn select<T>(index: u32, list: impl IntoValue<Vec<T>>) -> Value<T> {
    select_at(index, list)
}

/// Returns `Fn::Select` with an index that may be deferred, starting at 0.
pub fn select_at<T>(index: impl IntoValue<i64>, list: impl IntoValue<Vec<T>>) -> Value<T> {
    Value::from_data(
        Expr::Select(
            index.into_value().into_data(),
            list.into_value().into_data(),
        )
        .into(),
    )
}

/// Returns `Fn::GetAZs`: the Availability Zones of a region. Pass [`region()`](super::region) for the region of the stack.
pub fn get_azs(region: impl IntoValue<String>) -> Value<Vec<String>> {
    Value::from_data(Expr::GetAzs(region.into_value().into_data()).into())
}

/// Returns `Fn::Cidr`: `count` address blocks within `block`, each with `host_bits` bits for hosts.
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

/// Returns `Fn::Base64`: the text encoded as Base64, for example for user data of EC2 instances.
pub fn base64(text: impl IntoValue<String>) -> Value<String> {
    Value::from_data(Expr::Base64(text.into_value().into_data()).into())
}

/// Returns `Fn::ImportValue`: the value of an export that another app or template created.
pub fn import_value<T>(export_name: impl IntoValue<String>) -> Value<T> {
    Value::from_data(Expr::ImportValue(export_name.into_value().into_data()).into())
}

/// Returns `Fn::Length`: the number of items of a list. Synthesis adds the transform `AWS::LanguageExtensions`.
pub fn length<T>(list: impl IntoValue<Vec<T>>) -> Value<i64> {
    Value::from_data(Expr::Length(list.into_value().into_data()).into())
}

/// Returns `Fn::ToJsonString`: a map or list as JSON text. Synthesis adds the transform `AWS::LanguageExtensions`.
pub fn to_json_string(data: impl Into<Data>) -> Value<String> {
    Value::from_data(Expr::ToJsonString(data.into()).into())
}

/// Returns `Fn::Transform`: the result of running a macro with parameters.
pub fn transform<T>(macro_name: impl Into<Cow<'static, str>>, parameters: Map) -> Value<T> {
    Value::from_data(Expr::Transform(macro_name.into(), Data::Map(parameters)).into())
}

/// A condition expression, for [`Condition`](crate::Condition) and [`Rule`](crate::Rule).
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionExpr(pub(crate) Data);

impl ConditionExpr {
    /// Creates a condition expression from data that has no function here, for example the functions of rules (`Fn::Contains`). The data is not
    /// checked.
    pub const fn from_data(data: Data) -> Self {
        Self(data)
    }
}

/// Returns `Fn::Equals`, which holds if both values are equal at deployment.
pub fn equals<T>(left: impl IntoValue<T>, right: impl IntoValue<T>) -> ConditionExpr {
    ConditionExpr(
        Expr::Equals(
            left.into_value().into_data(),
            right.into_value().into_data(),
        )
        .into(),
    )
}

/// Returns `Fn::And`, which holds if all of two to ten conditions hold.
pub fn fn_and(conditions: impl IntoIterator<Item = ConditionExpr>) -> ConditionExpr {
    ConditionExpr(Expr::And(conditions.into_iter().map(|c| c.0).collect()).into())
}

/// Returns `Fn::Or`, which holds if any of two to ten conditions holds.
pub fn fn_or(conditions: impl IntoIterator<Item = ConditionExpr>) -> ConditionExpr {
    ConditionExpr(Expr::Or(conditions.into_iter().map(|c| c.0).collect()).into())
}

/// Returns `Fn::Not`, which holds if the condition does not.
pub fn fn_not(condition: impl Into<ConditionExpr>) -> ConditionExpr {
    ConditionExpr(Expr::Not(condition.into().0).into())
}

/// Returns a [dynamic reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html) to a Secrets
/// Manager secret: `{{resolve:secretsmanager:secret:SecretString:json_key}}`.
///
/// CloudFormation reads the secret at deployment; the template never contains it. Pass `None` as `json_key` to read the whole secret.
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

/// Returns a dynamic reference to a plain SSM parameter, `{{resolve:ssm:name}}`, which CloudFormation reads at deployment.
pub fn dynamic_ssm<T>(name: impl IntoValue<String>) -> Value<T> {
    concat([
        Data::from("{{resolve:ssm:"),
        name.into_value().into_data(),
        Data::from("}}"),
    ])
    .cast()
}

/// Returns a dynamic reference to an SSM `SecureString`, `{{resolve:ssm-secure:name}}`. Only some resource properties accept it.
pub fn dynamic_ssm_secure<T>(name: impl IntoValue<String>) -> Value<T> {
    concat([
        Data::from("{{resolve:ssm-secure:"),
        name.into_value().into_data(),
        Data::from("}}"),
    ])
    .cast()
}
