//! Permissions to attach and detach volumes.

use infra_cfn::kind;

use crate::iam::{Grant, GrantBuilder, Grantable};
use crate::kms::KeyRef;
use crate::{Id, Value, pseudo, sub};

pub(super) const ATTACH: &str = "ec2:AttachVolume";
pub(super) const DETACH: &str = "ec2:DetachVolume";

/// Returns the permission for a volume, and for one instance or all of this account and region.
pub(super) fn grant<'app>(
    action: &str,
    to: &impl Grantable<'app>,
    volume: &Value<Id<kind::ec2::Volume>>,
    instance: Option<Value<Id<kind::ec2::Instance>>>,
) -> GrantBuilder<'app> {
    let arn = |path: Value<String>| -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":ec2:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":",
            path
        ]
    };
    let instance = match instance {
        Some(id) => sub!["instance/", id],
        None => crate::value("instance/*"),
    };
    Grant::to(to)
        .action(action)
        .resource(arn(sub!["volume/", volume]))
        .resource(arn(instance))
}

/// Allows a role to let EC2 use a key for the volumes that the role attaches.
///
/// See [EBS encryption](https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html).
#[track_caller]
pub(super) fn grant_key<'app>(to: &impl Grantable<'app>, key: &KeyRef<'app>) -> Grant<'app> {
    Grant::to(to)
        .action("kms:CreateGrant")
        .resource(key.arn())
        .condition("Bool", "kms:GrantIsForAWSResource", "true")
        .condition(
            "StringEquals",
            "kms:GrantConstraintType",
            "EncryptionContextSubset",
        )
        .condition(
            "StringEquals",
            "kms:ViaService",
            sub!["ec2.", pseudo::region(), ".amazonaws.com"],
        )
        .on(key)
}
