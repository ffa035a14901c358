//! Permissions to attach and detach volumes.

use infra_cfn::kind;

use super::{Instance, Volume};
use crate::construct::unique_name;
use crate::core::logical_id::logical_id;
use crate::iam::{Grant, GrantBuilder, Grantable};
use crate::kms::KeyRef;
use crate::{Construct, Id, Scope, Value, pseudo, sub};

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

/// Tag of a volume and of the instances to which it may be attached.
pub(super) struct Tag {
    key: String,
    value: String,
}

impl Tag {
    /// Sets a tag that only this volume and these instances have in the account: its key depends on all of them.
    pub(super) fn set<'app>(
        purpose: &str,
        volume: Volume<'app>,
        instances: &[Instance<'app>],
    ) -> Self {
        let scopes = || {
            let instances = instances.iter().map(Construct::scope);
            std::iter::once(volume.scope()).chain(instances)
        };
        let paths: Vec<String> = scopes().map(Scope::path).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).chain([purpose]).collect();
        let id = logical_id(&paths);
        let hash = &id[id.len().saturating_sub(8)..];
        let tag = Self {
            key: format!("{purpose}-{hash}"),
            value: unique_name(volume.scope(), "Resource", 256),
        };
        for scope in scopes() {
            scope.tag(&tag.key, tag.value.as_str());
        }
        tag
    }

    /// Limits a permission to resources with the tag.
    pub(super) fn require<'app>(&self, grant: GrantBuilder<'app>) -> GrantBuilder<'app> {
        grant.condition(
            "StringEquals",
            format!("ec2:ResourceTag/{}", self.key),
            self.value.as_str(),
        )
    }
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
