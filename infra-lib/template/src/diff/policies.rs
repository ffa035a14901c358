//! Determines the fate of a physical resource that leaves its stack, from `DeletionPolicy`, `UpdateReplacePolicy` and the defaults of CloudFormation.

use crate::TemplateResource;
use crate::review::PolicyAction;

/// Returns the action for a resource that the template no longer contains.
///
/// Without a policy, CloudFormation deletes it. Database clusters, and database instances outside clusters, are deleted after a snapshot.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
pub(super) fn removal_action(old: TemplateResource<'_>) -> PolicyAction {
    match old.entry_text("DeletionPolicy") {
        Some("Retain" | "RetainExceptOnCreate") => PolicyAction::Retain,
        Some("Snapshot") => PolicyAction::Snapshot,
        None if old.entry.get("DeletionPolicy").is_none() && has_default_snapshot(old) => {
            PolicyAction::Snapshot
        }
        _ => PolicyAction::Delete,
    }
}

/// Returns the action for the old resource after a replacement. Without a policy, CloudFormation deletes it, with no exception for databases.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html>
pub(super) fn replacement_action(new: TemplateResource<'_>) -> PolicyAction {
    match new.entry_text("UpdateReplacePolicy") {
        Some("Retain") => PolicyAction::ReplaceAndRetain,
        Some("Snapshot") => PolicyAction::ReplaceAndSnapshot,
        _ => PolicyAction::ReplaceAndDelete,
    }
}

fn has_default_snapshot(resource: TemplateResource<'_>) -> bool {
    let in_cluster = || {
        let properties = resource.properties();
        properties.is_some_and(|properties| properties.contains_key("DBClusterIdentifier"))
    };
    match resource.type_name {
        "AWS::RDS::DBCluster" => true,
        "AWS::RDS::DBInstance" => !in_cluster(),
        _ => false,
    }
}
