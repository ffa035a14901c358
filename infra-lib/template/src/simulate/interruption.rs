//! Judges whether a change interrupts what a resource serves: [`Interruption`], with the reason and its source.

use super::rules::{self, Rule, Subject};
use crate::review::{
    Action, Availability, Interruption, NestedBasis, NestedReview, PolicyAction, Replacement,
    ResourceChange, StackChange,
};

/// Properties that every type may have and that no running service reads.
const INERT: [&str; 2] = ["Tags", "TagsAll"];

/// Judges a change from its resource in the old and the new template.
pub(super) fn judge_change(
    change: &ResourceChange,
    stack: StackChange,
    subject: Subject<'_>,
) -> Interruption {
    match change.action {
        Action::Add | Action::Import => Interruption::plain(
            Availability::None,
            if stack == StackChange::Create {
                "the stack is new"
            } else {
                "the resource is new"
            },
        ),
        Action::Remove => judge_removal(change, subject),
        _ if change.replacement.is_possible() && !is_documented_update(change, subject) => {
            judge_replacement(change, subject)
        }
        _ => judge_update(change, subject),
    }
}

/// Judges a change of a nested stack, which serves nothing itself: each of its resources has a verdict. Without its templates they are unknown.
pub(super) fn judge_nested(change: &ResourceChange, nested: Option<&NestedReview>) -> Interruption {
    match nested.map(|nested| &nested.basis) {
        _ if matches!(change.action, Action::Add | Action::Import) => {
            Interruption::plain(Availability::None, "the nested stack is new")
        }
        Some(NestedBasis::Unknown { reason }) => Interruption::plain(
            Availability::Unknown,
            format!("the changes of its resources are unknown: {reason}"),
        ),
        _ if change.policy_action == Some(PolicyAction::Retain) => Interruption::plain(
            Availability::None,
            "the nested stack is retained outside the stack",
        ),
        _ => Interruption::plain(
            Availability::None,
            "each resource of the nested stack has its own verdict",
        ),
    }
}

/// Returns `true` if the schema says that the resource may be replaced, but rules from the documentation cover the update of every property in question.
fn is_documented_update(change: &ResourceChange, subject: Subject<'_>) -> bool {
    matches!(change.replacement, Replacement::Maybe { .. })
        && changed_properties(change).into_iter().all(|property| {
            judge_by_rules(
                &change.resource.type_name,
                "update",
                Some(property),
                subject,
            )
            .is_some()
        })
}

fn judge_removal(change: &ResourceChange, subject: Subject<'_>) -> Interruption {
    match change.policy_action {
        Some(PolicyAction::Retain) => {
            return Interruption::plain(
                Availability::None,
                "the resource is retained outside the stack",
            );
        }
        Some(PolicyAction::Snapshot) => {
            return Interruption::plain(
                Availability::Outage,
                "the resource is deleted after a snapshot",
            );
        }
        _ if change.stateful => {
            return Interruption::plain(
                Availability::DataLoss,
                "the resource is deleted with its data",
            );
        }
        _ => {}
    }
    judge_by_rules(&change.resource.type_name, "delete", None, subject).unwrap_or_else(|| {
        Interruption::plain(
            Availability::Unknown,
            "no rule covers the deletion of this type",
        )
    })
}

fn judge_replacement(change: &ResourceChange, subject: Subject<'_>) -> Interruption {
    let perhaps = matches!(change.replacement, Replacement::Maybe { .. });
    let may = if perhaps { "may be " } else { "is " };
    if change.stateful {
        return match change.policy_action {
            Some(PolicyAction::ReplaceAndRetain) => Interruption::plain(
                Availability::Outage,
                format!("the resource {may}replaced by an empty one; the old one is retained"),
            ),
            Some(PolicyAction::ReplaceAndSnapshot) => Interruption::plain(
                Availability::Outage,
                format!("the resource {may}replaced by an empty one; the data is in a snapshot"),
            ),
            _ => Interruption::plain(
                Availability::DataLoss,
                format!("the resource {may}replaced, and its data is deleted"),
            ),
        };
    }
    judge_by_rules(&change.resource.type_name, "replace", None, subject).unwrap_or_else(|| {
        Interruption::plain(
            Availability::Unknown,
            "no rule covers the replacement of this type",
        )
    })
}

fn judge_update(change: &ResourceChange, subject: Subject<'_>) -> Interruption {
    let mut worst =
        Interruption::plain(Availability::None, "only attributes of the template change");
    let mut first = true;
    for property in changed_properties(change) {
        let found = if INERT.contains(&property) {
            Interruption {
                property: Some(property.to_owned()),
                ..Interruption::plain(Availability::None, "tags change while the resource runs")
            }
        } else {
            judge_by_rules(
                &change.resource.type_name,
                "update",
                Some(property),
                subject,
            )
            .unwrap_or_else(|| Interruption {
                property: Some(property.to_owned()),
                ..Interruption::plain(
                    Availability::Unknown,
                    "no rule covers a change of this property",
                )
            })
        };
        if first || found.verdict > worst.verdict {
            worst = found;
        }
        first = false;
    }
    worst
}

/// Returns the names of the changed top-level properties, each once.
pub(super) fn changed_properties(change: &ResourceChange) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for property in &change.properties {
        let Some(path) = property.path.strip_prefix("Properties.") else {
            continue;
        };
        let name = path.split(['.', '[']).next().unwrap_or(path);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Returns the verdict of the rules; if a condition is undecided, the worst of those that may apply.
fn judge_by_rules(
    type_name: &str,
    kind: &str,
    property: Option<&str>,
    subject: Subject<'_>,
) -> Option<Interruption> {
    let found = rules::find_interruptions(type_name, kind, property.unwrap_or("*"), subject);
    let decided = found.iter().all(|(_, certain)| *certain);
    let complete = found.last().is_some_and(|(_, certain)| *certain);
    let (rule, _) = found.iter().rev().max_by_key(|(rule, _)| rule.verdict)?;
    if !complete && rule.verdict < Availability::Unknown {
        // No rule certainly applies, and those that may do are harmless.
        return None;
    }
    Some(from_rule(rule, property, decided))
}

/// Returns the verdict of a rule on the change of a property.
fn from_rule(rule: &Rule, property: Option<&str>, certain: bool) -> Interruption {
    let undecided = if certain {
        ""
    } else {
        "; a value that decides is known during the deployment only"
    };
    Interruption {
        verdict: rule.verdict,
        seconds: rule.seconds,
        property: property.map(str::to_owned),
        reason: format!("{}{undecided}", rule.reason),
        source: Some(rule.source.to_owned()),
    }
}
