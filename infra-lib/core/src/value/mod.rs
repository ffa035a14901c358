//! Typed values that are known at synthesis, or known to CloudFormation at deployment. [`Value`] is the type, [`IntoValue`] the conversion into it.

mod data;
mod expr;
mod into_value;
mod intrinsics;
mod json;
mod pseudo;

pub use data::{Data, Map};
pub use expr::{Expr, ReferenceStrength, StackOutput, Target};
pub use into_value::{Arn, Id, IntoValue, Json, Kind, Name, TextLike, value};
pub use intrinsics::{
    ConditionExpr, Part, base64, cidr, concat, dynamic_secret, dynamic_ssm, dynamic_ssm_secure,
    equals, fn_and, fn_not, fn_or, get_azs, import_value, join, length, select, select_at, split,
    to_json_string, transform,
};
pub use pseudo::{Pseudo, account_id, no_value, partition, region, stack_name, url_suffix};

use std::fmt;
use std::marker::PhantomData;

/// A value of meaning `T`: a literal, or an expression that CloudFormation evaluates at deployment.
///
/// `T` is the meaning of the value: `Value<String>`, `Value<i64>`, `Value<Arn<Role>>`, `Value<Id<Vpc>>`. A reference of the wrong kind does not
/// compile.
///
/// A `Value` does not implement `Display`, because a value known at deployment cannot be formatted while the program runs. Join text with
/// [`sub!`](crate::sub) instead.
///
/// ```compile_fail
/// # use infra_core::pseudo::region;
/// let endpoint = format!("logs.{}.amazonaws.com", region());
/// ```
///
/// ```
/// # use infra_core::{pseudo::region, sub};
/// let endpoint = sub!["logs.", region(), ".amazonaws.com"];
/// ```
pub struct Value<T: ?Sized> {
    data: Data,
    meaning: PhantomData<fn() -> T>,
}

impl<T: ?Sized> Value<T> {
    /// Creates a value from data. The meaning is not checked; generated bindings and untyped overrides use this function.
    pub const fn from_data(data: Data) -> Self {
        Self {
            data,
            meaning: PhantomData,
        }
    }

    /// Returns the data of the value.
    pub const fn data(&self) -> &Data {
        &self.data
    }

    /// Returns the data of the value, without its meaning.
    pub fn into_data(self) -> Data {
        self.data
    }

    /// Returns the text, or `None` if the value is not a text literal.
    pub fn as_literal(&self) -> Option<&str> {
        self.data.as_text()
    }

    /// Returns `true` if the value, or a part of it, is known at deployment only.
    pub fn is_deferred(&self) -> bool {
        let mut deferred = false;
        self.data.for_each_expr(&mut |_| deferred = true);
        deferred
    }

    /// Changes the meaning of the value without a check, for references whose type the bindings do not know.
    pub fn cast<U: ?Sized>(self) -> Value<U> {
        Value::from_data(self.data)
    }

    /// Reads the value across stacks with `Export` and `Fn::ImportValue`, regardless of the default.
    pub fn strong(self) -> Self {
        Self::from_data(Expr::WithStrength(ReferenceStrength::Strong, self.data).into())
    }

    /// Reads the value across stacks with `Fn::GetStackOutput`, regardless of the default.
    pub fn weak(self) -> Self {
        Self::from_data(Expr::WithStrength(ReferenceStrength::Weak, self.data).into())
    }

    /// Reads the value across stacks through a parameter that the deployer supplies, regardless of the default.
    pub fn resolved(self) -> Self {
        Self::from_data(Expr::WithStrength(ReferenceStrength::Resolved, self.data).into())
    }
}

impl<T: ?Sized> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::from_data(self.data.clone())
    }
}

impl<T: ?Sized> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

/// A trait without implementations. It bounds the `Display` implementation of values to give a helpful compiler message.
#[diagnostic::on_unimplemented(
    message = "a value that is known only at deployment cannot be formatted as a string",
    label = "known only at deployment",
    note = "join it with other text using `sub![\"https://\", value, \"/path\"]`, which is resolved at deployment",
    note = "a literal can be read with `value.as_literal()`"
)]
pub trait KnownNow: sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

impl<T: ?Sized + KnownNow> fmt::Display for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_literal().unwrap_or_default())
    }
}

impl<T: ?Sized> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(&self.data).finish()
    }
}
