//! Pseudo parameters: values about the stack that CloudFormation supplies at deployment.

use super::{Data, Expr, Value};

/// A pseudo parameter, which `Ref` reads without a declaration.
///
/// See the [pseudo parameter reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Pseudo {
    /// Account ID of the stack (`AWS::AccountId`).
    AccountId,
    /// ARNs of the notification topics of the stack (`AWS::NotificationARNs`).
    NotificationArns,
    /// A marker that removes the property to which it is assigned (`AWS::NoValue`).
    NoValue,
    /// Partition of the stack, for example `aws` (`AWS::Partition`).
    Partition,
    /// Region of the stack (`AWS::Region`).
    Region,
    /// ARN of the stack (`AWS::StackId`).
    StackId,
    /// Name of the stack (`AWS::StackName`).
    StackName,
    /// Domain suffix of the partition, for example `amazonaws.com` (`AWS::URLSuffix`).
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

    /// Returns the name used in templates, for example `AWS::Region`.
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

    /// Returns the pseudo parameter with the given name, or `None` for an unknown name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pseudo| pseudo.name() == name)
    }

    /// Returns a reference to the pseudo parameter.
    pub fn value(self) -> Value<String> {
        Value::from_data(Data::from(Expr::Pseudo(self)))
    }
}

/// Returns the ID of the account to which the stack is deployed.
pub fn account_id() -> Value<String> {
    Pseudo::AccountId.value()
}

/// Returns the partition to which the stack is deployed: `aws`, `aws-cn` or `aws-us-gov`.
pub fn partition() -> Value<String> {
    Pseudo::Partition.value()
}

/// Returns the region to which the stack is deployed.
pub fn region() -> Value<String> {
    Pseudo::Region.value()
}

/// Returns the domain suffix of the partition, for example `amazonaws.com`.
pub fn url_suffix() -> Value<String> {
    Pseudo::UrlSuffix.value()
}

/// Returns the name of the stack in CloudFormation.
pub fn stack_name() -> Value<String> {
    Pseudo::StackName.value()
}

/// Returns a value that removes the property to which it is assigned. Use it as a branch of [`fn_if`](crate::intrinsics::fn_if).
pub fn no_value<T>() -> Value<T> {
    Value::from_data(Data::from(Expr::Pseudo(Pseudo::NoValue)))
}
