//! What becomes of a physical resource that leaves its stack: `DeletionPolicy`, `UpdateReplacePolicy`, and what
//! CloudFormation does without them.

use crate::TemplateResource;
use crate::review::PolicyAction;

/// What becomes of a resource that the template does not have any more.
///
/// Without a policy it is deleted; database clusters, and instances outside of one, after a snapshot.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
pub(super) fn on_removal(old: TemplateResource<'_>) -> PolicyAction {
    match old.text("DeletionPolicy") {
        Some("Retain" | "RetainExceptOnCreate") => PolicyAction::Retain,
        Some("Snapshot") => PolicyAction::Snapshot,
        None if old.entry.get("DeletionPolicy").is_none() && snapshot_by_default(old) => {
            PolicyAction::Snapshot
        }
        _ => PolicyAction::Delete,
    }
}

/// What becomes of the old resource of a replacement. There is no exception here: without a policy it is deleted.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html>
pub(super) fn on_replacement(new: TemplateResource<'_>) -> PolicyAction {
    match new.text("UpdateReplacePolicy") {
        Some("Retain") => PolicyAction::ReplaceAndRetain,
        Some("Snapshot") => PolicyAction::ReplaceAndSnapshot,
        _ => PolicyAction::ReplaceAndDelete,
    }
}

fn snapshot_by_default(resource: TemplateResource<'_>) -> bool {
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
