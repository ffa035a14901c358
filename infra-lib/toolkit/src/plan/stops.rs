//! What would lose data: removals and replacements of resources that hold some.

use crate::cloud::{Action, PolicyAction};
use crate::review::{Replacement, ResourceChange, Stop};
use crate::template::Template;

/// What becomes of the data of a resource that goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fate {
    Deleted,
    Snapshot,
    Retained,
}

/// The stops of a change set. `old` is the deployed template: its policies decide about what is removed, and those of
/// `new` about what is replaced, unless CloudFormation says it itself.
pub(crate) fn stops(resources: &[ResourceChange], old: &Template, new: &Template) -> Vec<Stop> {
    resources
        .iter()
        .filter(|change| change.stateful)
        .filter_map(|change| stop(change, old, new))
        .collect()
}

fn stop(change: &ResourceChange, old: &Template, new: &Template) -> Option<Stop> {
    let name = change.resource.shown();
    let (what, because, fate) = match (&change.action, &change.replacement) {
        (Action::Remove, _) => {
            let because = vec!["the app does not have it any more".to_owned()];
            let policy = policy(old, change, "DeletionPolicy");
            (
                "removed",
                because,
                fate(change.policy_action.as_ref(), policy),
            )
        }
        (_, Replacement::Yes { because } | Replacement::Maybe { because }) => {
            let policy = policy(new, change, "UpdateReplacePolicy");
            let what = match change.replacement {
                Replacement::Yes { .. } => "replaced",
                _ => "perhaps replaced",
            };
            (
                what,
                because.clone(),
                fate(change.policy_action.as_ref(), policy),
            )
        }
        _ => return None,
    };
    let end = match fate {
        Fate::Deleted => "and its data is deleted",
        Fate::Snapshot => "and a snapshot of its data is kept",
        Fate::Retained => "and what it holds stays in AWS, outside the stack",
    };
    Some(Stop {
        resource: change.resource.clone(),
        message: format!("`{name}` is {what}, {end}"),
        because,
        data_loss: fate == Fate::Deleted,
    })
}

fn policy<'t>(template: &'t Template, change: &ResourceChange, name: &str) -> Option<&'t str> {
    template.resource(&change.resource.logical_id)?.text(name)
}

/// What nobody knows is the worst.
fn fate(said: Option<&PolicyAction>, policy: Option<&str>) -> Fate {
    match said {
        Some(PolicyAction::Retain | PolicyAction::ReplaceAndRetain) => Fate::Retained,
        Some(PolicyAction::Snapshot | PolicyAction::ReplaceAndSnapshot) => Fate::Snapshot,
        Some(PolicyAction::Delete | PolicyAction::ReplaceAndDelete) => Fate::Deleted,
        Some(PolicyAction::Other(_)) | None => match policy {
            Some("Retain" | "RetainExceptOnCreate") => Fate::Retained,
            Some("Snapshot") => Fate::Snapshot,
            _ => Fate::Deleted,
        },
    }
}
