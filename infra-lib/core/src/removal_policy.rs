//! The removal policy of a resource: its fate when it is removed from the template or replaced.

/// The action of CloudFormation for a resource that is removed from the template or replaced in an update, like the CDK's `RemovalPolicy`.
///
/// See [`DeletionPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RemovalPolicy {
    /// Deletes the resource with its data (`Delete`).
    Destroy,
    /// Keeps the resource (`Retain`). It leaves the stack and must be deleted by hand.
    Retain,
    /// Keeps the resource (`RetainExceptOnCreate`), but deletes it when the operation that created it is rolled back.
    RetainExceptOnCreate,
    /// Takes a snapshot, then deletes the resource (`Snapshot`). Only some types support it, such as RDS instances, EBS volumes, ElastiCache and
    /// Redshift clusters.
    Snapshot,
}

impl RemovalPolicy {
    /// Returns the value of the `DeletionPolicy` attribute.
    pub const fn deletion_policy(self) -> &'static str {
        match self {
            Self::Destroy => "Delete",
            Self::Retain => "Retain",
            Self::RetainExceptOnCreate => "RetainExceptOnCreate",
            Self::Snapshot => "Snapshot",
        }
    }

    /// Returns the value of the `UpdateReplacePolicy` attribute. It has no `RetainExceptOnCreate`, for which this is `Retain`.
    pub const fn update_replace_policy(self) -> &'static str {
        match self {
            Self::Destroy => "Delete",
            Self::Retain | Self::RetainExceptOnCreate => "Retain",
            Self::Snapshot => "Snapshot",
        }
    }
}
