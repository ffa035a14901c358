//! Determines whether a resource is replaced: from CloudFormation's description, and by inference from the rest of the change set where
//! CloudFormation reports a conditional replacement.
//!
//! Most conditional replacements depend on a `Ref` to another resource that changes. If that resource is not replaced, the value of the reference
//! stays the same. The result is marked as inferred.

use std::collections::{BTreeMap, BTreeSet};

use infra_aws::{ApiReplacement, Change, ChangeDetail};
use infra_template::review::Replacement;
use infra_template::review::{Action, PolicyAction, Recreation};

/// Returns the verdict for each change, by logical ID.
pub(crate) fn compute_verdicts(changes: &[Change]) -> BTreeMap<String, Replacement> {
    let mut found: BTreeMap<String, Replacement> = changes
        .iter()
        .map(|change| (change.logical_id.clone(), reported_verdict(change)))
        .collect();
    // Each inferred verdict can decide further ones; repeats until nothing changes.
    loop {
        let mut settled = BTreeMap::new();
        for change in changes {
            if matches!(
                found.get(&change.logical_id),
                Some(Replacement::Maybe { .. })
            ) && let Some(reason) = reason_to_stay(change, changes, &found)
            {
                settled.insert(change.logical_id.clone(), Replacement::Inferred { reason });
            }
        }
        if settled.is_empty() {
            return found;
        }
        found.extend(settled);
    }
}

/// Returns CloudFormation's own verdict. It has two fields for it; if they differ, the policy action is the correct one.
fn reported_verdict(change: &Change) -> Replacement {
    let replaces = matches!(
        change.policy_action,
        Some(
            PolicyAction::ReplaceAndDelete
                | PolicyAction::ReplaceAndRetain
                | PolicyAction::ReplaceAndSnapshot
        )
    );
    let conditional = change.replacement == Some(ApiReplacement::Conditional);
    if change.action == Action::Add
        || change.action == Action::Remove
        || change.action == Action::Import
    {
        Replacement::No
    } else if change.replacement == Some(ApiReplacement::True) || (replaces && !conditional) {
        Replacement::Yes {
            because: list_causes(change),
        }
    } else if conditional
        // `Dynamic` and values that AWS may add: unknown does not mean no.
        || change.action == Action::Dynamic
        || matches!(change.replacement, Some(ApiReplacement::Other(_)))
    {
        Replacement::Maybe {
            because: list_causes(change),
        }
    } else {
        Replacement::No
    }
}

fn list_causes(change: &Change) -> Vec<String> {
    let causes: BTreeSet<String> = change
        .details
        .iter()
        .filter(|detail| detail.recreation != Recreation::Never)
        .map(|detail| {
            detail
                .name
                .clone()
                .unwrap_or_else(|| detail.attribute.clone())
        })
        .collect();
    causes.into_iter().collect()
}

/// Returns the reason why a resource is not replaced, if everything that could replace it refers to resources that are not replaced.
fn reason_to_stay(
    change: &Change,
    changes: &[Change],
    verdicts: &BTreeMap<String, Replacement>,
) -> Option<String> {
    let risky = || {
        let details = change.details.iter();
        details.filter(|detail| detail.recreation != Recreation::Never)
    };
    let mut sources = BTreeSet::new();
    for detail in risky() {
        sources.insert(find_unchanged_source(detail, changes, verdicts)?);
    }
    if sources.is_empty() {
        return None;
    }
    let sources: Vec<&str> = sources.into_iter().collect();
    Some(format!(
        "it depends on the name of {}, which does not change",
        sources.join(", ")
    ))
}

/// Returns the entity that a property refers to, if the value of the reference cannot change.
fn find_unchanged_source<'c>(
    detail: &'c ChangeDetail,
    changes: &[Change],
    verdicts: &BTreeMap<String, Replacement>,
) -> Option<&'c str> {
    let entity = detail
        .causing_entity
        .as_deref()
        .filter(|_| detail.dynamic)?;
    let (logical_id, attribute) = match detail.source.as_deref()? {
        "ResourceReference" => (entity, None),
        "ResourceAttribute" => {
            let (logical_id, attribute) = entity.split_once('.')?;
            (logical_id, Some(attribute))
        }
        _ => return None,
    };
    let source = changes
        .iter()
        .find(|change| change.logical_id == logical_id);
    // Only a modified resource has a verdict that implies an unchanged reference.
    let source = source.filter(|source| source.action == Action::Modify)?;
    if let Some(attribute) = attribute
        && !is_identity(&source.type_name, attribute)
    {
        return None;
    }
    matches!(
        verdicts.get(logical_id)?,
        Replacement::No | Replacement::Inferred { .. }
    )
    .then_some(entity)
}

/// Returns true if the attribute is a read-only primary identifier, which never changes while the resource exists.
fn is_identity(type_name: &str, attribute: &str) -> bool {
    let Some(known) = infra_schema::resource(type_name) else {
        return false;
    };
    let is = |path: &infra_schema::Path| path.steps().eq(attribute.split('.'));
    known.primary_identifier.iter().any(is) && known.read_only.iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::compute_verdicts;
    use infra_aws::{ApiReplacement, Change, ChangeDetail};
    use infra_template::review::Replacement;
    use infra_template::review::{Action, PolicyAction, Recreation};

    fn build_change(id: &str, replacement: ApiReplacement, details: Vec<ChangeDetail>) -> Change {
        Change::builder()
            .logical_id(id)
            .physical_id(id.to_lowercase())
            .type_name("AWS::EC2::SecurityGroup")
            .action(Action::Modify)
            .replacement(replacement)
            .scope(vec!["Properties".to_owned()])
            .details(details)
            .build()
    }

    fn dynamic_detail(source: &str, entity: &str) -> ChangeDetail {
        ChangeDetail::builder()
            .attribute("Properties")
            .name("VpcId")
            .recreation(Recreation::Always)
            .dynamic(true)
            .source(source)
            .causing_entity(entity)
            .build()
    }

    #[test]
    fn reference_to_unchanged_resource_replaces_nothing() {
        let found = compute_verdicts(&[
            build_change("Vpc", ApiReplacement::False, vec![]),
            build_change(
                "Group",
                ApiReplacement::Conditional,
                vec![dynamic_detail("ResourceReference", "Vpc")],
            ),
            build_change(
                "Next",
                ApiReplacement::Conditional,
                vec![dynamic_detail("ResourceReference", "Group")],
            ),
        ]);
        assert_eq!(found["Vpc"], Replacement::No);
        assert!(matches!(found["Group"], Replacement::Inferred { .. }));
        assert!(matches!(found["Next"], Replacement::Inferred { .. }));
    }

    #[test]
    fn reference_to_new_resource_may_replace() {
        let mut added = build_change("Added", ApiReplacement::False, vec![]);
        added.action = Action::Add;
        added.replacement = None;
        let found = compute_verdicts(&[
            build_change("Vpc", ApiReplacement::True, vec![]),
            added,
            build_change(
                "Group",
                ApiReplacement::Conditional,
                vec![dynamic_detail("ResourceReference", "Vpc")],
            ),
            build_change(
                "Other",
                ApiReplacement::Conditional,
                vec![dynamic_detail("ResourceReference", "Added")],
            ),
            build_change(
                "Mixed",
                ApiReplacement::Conditional,
                vec![
                    dynamic_detail("ResourceReference", "Group"),
                    dynamic_detail("ResourceAttribute", "Vpc.CidrBlock"),
                ],
            ),
        ]);
        for id in ["Group", "Other", "Mixed"] {
            assert!(matches!(found[id], Replacement::Maybe { .. }), "{id}");
        }
    }

    #[test]
    fn identity_attributes_are_unchanged() {
        let attribute = |entity: &str| {
            let found = compute_verdicts(&[
                build_change("Group", ApiReplacement::False, vec![]),
                build_change(
                    "Rule",
                    ApiReplacement::Conditional,
                    vec![dynamic_detail("ResourceAttribute", entity)],
                ),
            ]);
            found["Rule"].clone()
        };
        // `Id` is the primary identifier of a security group, `VpcId` one of its properties.
        assert!(matches!(
            attribute("Group.Id"),
            Replacement::Inferred { .. }
        ));
        assert!(matches!(
            attribute("Group.VpcId"),
            Replacement::Maybe { .. }
        ));
    }

    #[test]
    fn policy_action_takes_precedence() {
        let mut odd = build_change("Odd", ApiReplacement::False, vec![]);
        odd.policy_action = Some(PolicyAction::ReplaceAndDelete);
        let mut unknown = build_change("New", ApiReplacement::Other("Perhaps".to_owned()), vec![]);
        unknown.replacement = Some(ApiReplacement::from("Perhaps"));
        let found = compute_verdicts(&[odd, unknown]);
        assert!(matches!(found["Odd"], Replacement::Yes { .. }));
        assert!(matches!(found["New"], Replacement::Maybe { .. }));
    }
}
