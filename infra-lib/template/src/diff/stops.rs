//! Detects stateful resources that are about to lose their data.

use crate::nested::NESTED_STACK;
use crate::review::{Action, PolicyAction};
use crate::review::{Blocker, Replacement, ResourceChange};

/// Returns `true` if deleting a resource of this type loses data. Unknown types count as stateless, and so do nested stacks, whose resources are
/// checked individually.
pub fn is_stateful(type_name: &str) -> bool {
    type_name != NESTED_STACK
        && infra_schema::resource(type_name).is_some_and(|model| model.stateful)
}

/// Returns the blockers of a deployment: stateful resources that are removed or replaced. Each needs an explicit approval.
///
/// If the data survives, in a snapshot or outside the stack, the message describes this and `data_loss` is false. If the fate of the old resource is
/// unknown, the worst case is assumed.
pub fn find_blockers(changes: &[ResourceChange]) -> Vec<Blocker> {
    changes.iter().filter_map(find_blocker).collect()
}

fn find_blocker(change: &ResourceChange) -> Option<Blocker> {
    if !change.stateful {
        return None;
    }
    let (what, because) = match (&change.action, &change.replacement) {
        (Action::Remove, _) => ("is removed", vec!["it is no longer in the app".to_owned()]),
        (Action::Add | Action::Import, _) => return None,
        (_, Replacement::Yes { because }) => ("is replaced", because.clone()),
        (_, Replacement::Maybe { because }) => ("may be replaced", because.clone()),
        _ => return None,
    };
    let (consequence, data_loss) = match &change.policy_action {
        Some(PolicyAction::Retain | PolicyAction::ReplaceAndRetain) => (
            "the resource with the data is retained outside the stack",
            false,
        ),
        Some(PolicyAction::Snapshot | PolicyAction::ReplaceAndSnapshot) => (
            "the resource with the data is deleted after a snapshot",
            false,
        ),
        _ => ("the resource with the data is deleted", true),
    };
    Some(Blocker {
        resource: change.resource.clone(),
        message: format!("{what}: {consequence}"),
        because,
        data_loss,
        interruption: None,
        opened: Vec::new(),
    })
}
