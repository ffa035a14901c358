//! All changes of a change set: every page, with the values of properties where CloudFormation can show them, and
//! their digest.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::target::Target;
use crate::calls::Calls;
use infra_aws::{ApiError, Change, ChangeSetDescription};
use infra_template::digest::Digest;

/// What `StatusReason` begins with when values were asked for and cannot all be shown. Changes of resources with such
/// values are left out then, silently otherwise.
const INCOMPLETE: &str = "[WARN] --include-property-values";

/// Everything about a change set, in one piece. With values, and without where those are incomplete.
pub(crate) async fn describe(
    calls: &Calls,
    target: &Target,
    change_set: &str,
    stack: Option<&str>,
) -> Result<ChangeSetDescription, ApiError> {
    let mut whole = pages(calls, target, change_set, stack, true).await?;
    let reason = whole.status_reason.as_deref().unwrap_or_default();
    if reason.contains(INCOMPLETE) {
        let plain = pages(calls, target, change_set, stack, false).await?;
        whole.changes = merged(plain.changes, whole.changes);
        // The warning took the place of the reason.
        whole.status_reason = plain.status_reason;
    }
    Ok(whole)
}

async fn pages(
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
    let mut whole = calls.call(|| page(None)).await?;
    while let Some(next) = whole.next.take() {
        let more = calls.call(|| page(Some(next.clone()))).await?;
        whole.changes.extend(more.changes);
        whole.next = more.next;
    }
    Ok(whole)
}

/// The complete list decides; where the other one has the same resource, it knows more about it.
fn merged(complete: Vec<Change>, with_values: Vec<Change>) -> Vec<Change> {
    let mut richer: BTreeMap<String, Change> = with_values
        .into_iter()
        .map(|change| (change.logical_id.clone(), change))
        .collect();
    complete
        .into_iter()
        .map(|change| match richer.remove(&change.logical_id) {
            // A change whose reasons were left out is better told without values.
            Some(rich) if rich.details.len() >= change.details.len() => rich,
            _ => change,
        })
        .collect()
}

/// What these changes do, without values and in no particular order: the same whether values were asked for or not.
/// Values need no place in it; the template and the parameters decide them, and both are compared for themselves.
pub(crate) fn digest(changes: &[Change]) -> Digest {
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
    Digest::of_json(&json!(changes))
}

#[cfg(test)]
mod tests {
    use super::{digest, merged};
    use infra_aws::{ApiReplacement, Change, ChangeDetail};
    use infra_template::review::{Action, PolicyAction, Recreation};

    fn change(id: &str, paths: &[Option<&str>]) -> Change {
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
    fn changes_without_values_are_not_lost() {
        let complete = vec![change("A", &[None]), change("Json", &[None])];
        let with_values = vec![change("A", &[Some("/Properties/Tags/0")])];
        let found = merged(complete, with_values);
        assert_eq!(found.len(), 2);
        assert!(found[0].after_context.is_some() && found[1].after_context.is_none());
    }

    #[test]
    fn a_change_with_fewer_reasons_is_told_without_values() {
        let path = Some("/Properties/Tags/0");
        for (reasons, with_values) in [(1, false), (2, true), (3, true)] {
            let found = merged(
                vec![change("A", &[None, None])],
                vec![change("A", &vec![path; reasons])],
            );
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].after_context.is_some(), with_values, "{reasons}");
        }
    }

    #[test]
    fn the_digest_is_of_what_is_done() {
        let (one, other) = (change("A", &[None]), change("B", &[None]));
        let both = digest(&[one.clone(), other.clone()]);
        assert_eq!(both, digest(&[other.clone(), one.clone()]));
        let with_values = change(
            "A",
            &[Some("/Properties/Tags/0"), Some("/Properties/Tags/1")],
        );
        assert_eq!(both, digest(&[with_values, other.clone()]));
        let mut worse = one.clone();
        worse.details[0].recreation = Recreation::Always;
        assert_ne!(both, digest(&[worse, other.clone()]));
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
                digest(&[altered.clone(), other.clone()]),
                "{altered:?}"
            );
        }
    }
}
