//! Reads all changes of a change set, across all pages and with property values where CloudFormation can show them, and computes their digest.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::target::Target;
use crate::calls::Calls;
use infra_aws::{ApiError, Change, ChangeSetDescription};
use infra_template::digest::Digest;

/// Start of `StatusReason` if property values were requested and cannot all be shown. CloudFormation then silently omits the changes of resources
/// with such values.
const INCOMPLETE: &str = "[WARN] --include-property-values";

/// Describes a change set completely. Includes property values, except where CloudFormation cannot show them.
pub(crate) async fn describe_completely(
    calls: &Calls,
    target: &Target,
    change_set: &str,
    stack: Option<&str>,
) -> Result<ChangeSetDescription, ApiError> {
    let mut whole = read_all_pages(calls, target, change_set, stack, true).await?;
    let reason = whole.status_reason.as_deref().unwrap_or_default();
    if reason.contains(INCOMPLETE) {
        let plain = read_all_pages(calls, target, change_set, stack, false).await?;
        whole.changes = merge_changes(plain.changes, whole.changes);
        // The warning has replaced the status reason.
        whole.status_reason = plain.status_reason;
    }
    Ok(whole)
}

async fn read_all_pages(
    calls: &Calls,
    target: &Target,
    change_set: &str,
    stack: Option<&str>,
    values: bool,
) -> Result<ChangeSetDescription, ApiError> {
    let page = |next| {
        target
            .client
            .describe_change_set(change_set, stack, values, next)
    };
    let mut whole = calls.call_with_retries(|| page(None)).await?;
    while let Some(next) = whole.next.take() {
        let more = calls.call_with_retries(|| page(Some(next.clone()))).await?;
        whole.changes.extend(more.changes);
        whole.next = more.next;
    }
    Ok(whole)
}

/// Merges both lists: the complete one determines the changes, the other one adds values.
fn merge_changes(complete: Vec<Change>, with_values: Vec<Change>) -> Vec<Change> {
    let mut richer: BTreeMap<String, Change> = with_values
        .into_iter()
        .map(|change| (change.logical_id.clone(), change))
        .collect();
    complete
        .into_iter()
        .map(|change| match richer.remove(&change.logical_id) {
            // A change with fewer details than the complete one is incomplete, and is used without values.
            Some(rich) if rich.details.len() >= change.details.len() => rich,
            _ => change,
        })
        .collect()
}

/// Returns the digest of the changes, independent of their order and of property values. Values need not be included, because template and parameters
/// determine them and are compared separately.
pub(crate) fn digest_changes(changes: &[Change]) -> Digest {
    let changes: BTreeMap<&str, _> = changes
        .iter()
        .map(|change| {
            let details: BTreeSet<_> = change
                .details
                .iter()
                .map(|detail| {
                    let name = detail.name.as_deref().unwrap_or_default();
                    (detail.attribute.as_str(), name, detail.recreation.as_str())
                })
                .collect();
            let value = json!({
                "action": change.action,
                "type": change.type_name,
                "physicalId": change.physical_id,
                "replacement": change.replacement,
                "policyAction": change.policy_action,
                "details": details,
            });
            (change.logical_id.as_str(), value)
        })
        .collect();
    Digest::hash_json(&json!(changes))
}

#[cfg(test)]
mod tests {
    use super::{digest_changes, merge_changes};
    use infra_aws::{ApiReplacement, Change, ChangeDetail};
    use infra_template::review::{Action, PolicyAction, Recreation};

    fn build_change(id: &str, paths: &[Option<&str>]) -> Change {
        Change::builder()
            .logical_id(id)
            .physical_id(format!("physical-{id}"))
            .type_name("AWS::SQS::Queue")
            .action(Action::Modify)
            .replacement(ApiReplacement::False)
            .scope(vec!["Properties".to_owned()])
            .details(
                paths
                    .iter()
                    .map(|path| {
                        ChangeDetail::builder()
                            .attribute("Properties")
                            .name("Tags")
                            .maybe_path(path.map(str::to_owned))
                            .build()
                    })
                    .collect(),
            )
            .maybe_after_context(path_context(paths))
            .build()
    }

    fn path_context(paths: &[Option<&str>]) -> Option<String> {
        paths.iter().flatten().next().map(|_| "{}".to_owned())
    }

    #[test]
    fn keeps_changes_without_property_values() {
        let complete = vec![build_change("A", &[None]), build_change("Json", &[None])];
        let with_values = vec![build_change("A", &[Some("/Properties/Tags/0")])];
        let found = merge_changes(complete, with_values);
        assert_eq!(found.len(), 2);
        assert!(found[0].after_context.is_some() && found[1].after_context.is_none());
    }

    #[test]
    fn incomplete_change_is_used_without_values() {
        let path = Some("/Properties/Tags/0");
        for (reasons, with_values) in [(1, false), (2, true), (3, true)] {
            let found = merge_changes(
                vec![build_change("A", &[None, None])],
                vec![build_change("A", &vec![path; reasons])],
            );
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].after_context.is_some(), with_values, "{reasons}");
        }
    }

    #[test]
    fn digest_ignores_order_and_values() {
        let (one, other) = (build_change("A", &[None]), build_change("B", &[None]));
        let both = digest_changes(&[one.clone(), other.clone()]);
        assert_eq!(both, digest_changes(&[other.clone(), one.clone()]));
        let with_values = build_change(
            "A",
            &[Some("/Properties/Tags/0"), Some("/Properties/Tags/1")],
        );
        assert_eq!(both, digest_changes(&[with_values, other.clone()]));
        let mut worse = one.clone();
        worse.details[0].recreation = Recreation::Always;
        assert_ne!(both, digest_changes(&[worse, other.clone()]));
        let alters: [fn(&mut Change); 7] = [
            |change| change.action = Action::Remove,
            |change| change.type_name = "AWS::SNS::Topic".to_owned(),
            |change| change.physical_id = None,
            |change| change.replacement = Some(ApiReplacement::True),
            |change| change.policy_action = Some(PolicyAction::Delete),
            |change| change.details[0].attribute = "Tags".to_owned(),
            |change| change.details[0].name = Some("DelaySeconds".to_owned()),
        ];
        for alter in alters {
            let mut altered = one.clone();
            alter(&mut altered);
            assert_ne!(
                both,
                digest_changes(&[altered.clone(), other.clone()]),
                "{altered:?}"
            );
        }
    }
}
