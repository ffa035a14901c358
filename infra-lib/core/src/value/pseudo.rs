//! Pseudo parameters: values that CloudFormation knows about the stack it deploys.

use super::{Data, Expr, Value};

/// A pseudo parameter.
///
/// See the [pseudo parameter reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Pseudo {
    /// `AWS::AccountId`
    AccountId,
    /// `AWS::NotificationARNs`
    NotificationArns,
    /// `AWS::NoValue`: removes the property that holds it.
    NoValue,
    /// `AWS::Partition`
    Partition,
    /// `AWS::Region`
    Region,
    /// `AWS::StackId`
    StackId,
    /// `AWS::StackName`
    StackName,
    /// `AWS::URLSuffix`
    UrlSuffix,
}

impl Pseudo {
    const ALL: [Self; 8] = [
        Self::AccountId,
        Self::NotificationArns,
        Self::NoValue,
        Self::Partition,
        Self::Region,
        Self::StackId,
        Self::StackName,
        Self::UrlSuffix,
    ];

    /// The name used in templates.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountId => "AWS::AccountId",
            Self::NotificationArns => "AWS::NotificationARNs",
            Self::NoValue => "AWS::NoValue",
            Self::Partition => "AWS::Partition",
            Self::Region => "AWS::Region",
            Self::StackId => "AWS::StackId",
            Self::StackName => "AWS::StackName",
            Self::UrlSuffix => "AWS::URLSuffix",
        }
    }

    /// The pseudo parameter of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pseudo| pseudo.name() == name)
    }

    /// This pseudo parameter as text.
    pub fn value(self) -> Value<String> {
        Value::from_data(Data::from(Expr::Pseudo(self)))
    }
}

/// The account that the stack is deployed to.
pub fn account_id() -> Value<String> {
    Pseudo::AccountId.value()
}

/// The partition (`aws`, `aws-cn`, `aws-us-gov`) that the stack is deployed to.
pub fn partition() -> Value<String> {
    Pseudo::Partition.value()
}

/// The region that the stack is deployed to.
pub fn region() -> Value<String> {
    Pseudo::Region.value()
}

/// The domain suffix (`amazonaws.com`) of the partition.
pub fn url_suffix() -> Value<String> {
    Pseudo::UrlSuffix.value()
}

/// The name of the stack.
pub fn stack_name() -> Value<String> {
    Pseudo::StackName.value()
}

/// Removes the property it is assigned to; used as one branch of [`fn_if`](crate::intrinsics::fn_if).
pub fn no_value<T>() -> Value<T> {
    Value::from_data(Data::from(Expr::Pseudo(Pseudo::NoValue)))
}
