//! What happens to a resource when it leaves the template.

/// What CloudFormation does with a resource that is removed from the template or replaced.
///
/// See [`DeletionPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RemovalPolicy {
    /// Delete it.
    Destroy,
    /// Keep it, outside CloudFormation's care.
    Retain,
    /// Keep it, except when its creation fails and is rolled back.
    RetainExceptOnCreate,
    /// Take a snapshot, then delete it. Only for types that have snapshots (RDS, EBS volumes, ElastiCache, Redshift, …).
    Snapshot,
}

impl RemovalPolicy {
    /// The value of `DeletionPolicy`.
    pub const fn deletion_policy(self) -> &'static str {
        match self {
            Self::Destroy => "Delete",
            Self::Retain => "Retain",
            Self::RetainExceptOnCreate => "RetainExceptOnCreate",
            Self::Snapshot => "Snapshot",
        }
    }

    /// The value of `UpdateReplacePolicy`, which knows no `RetainExceptOnCreate`.
    pub const fn update_replace_policy(self) -> &'static str {
        match self {
            Self::Destroy => "Delete",
            Self::Retain | Self::RetainExceptOnCreate => "Retain",
            Self::Snapshot => "Snapshot",
        }
    }
}
