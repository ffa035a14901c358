//! Resources that hold data and are about to lose it.

use crate::nested::NESTED_STACK;
use crate::review::{Action, PolicyAction};
use crate::review::{Replacement, ResourceChange, Stop};

/// Whether deleting a resource of this type loses data. A type that nobody knows is taken for one that holds none, and a
/// nested stack as well: the resources in it are looked at one by one.
pub fn is_stateful(type_name: &str) -> bool {
    type_name != NESTED_STACK
        && infra_schema::resource(type_name).is_some_and(|model| model.stateful)
}

/// What must not be executed without a word of approval: resources with data that are removed or replaced.
///
/// Where the data survives, as a snapshot or outside the stack, the stop says so and has no `data_loss`. Where nobody
/// says what becomes of the old resource, the worst is assumed.
pub fn stops(changes: &[ResourceChange]) -> Vec<Stop> {
    changes.iter().filter_map(stop).collect()
}

fn stop(change: &ResourceChange) -> Option<Stop> {
    if !change.stateful {
        return None;
    }
    let (what, because) = match (&change.action, &change.replacement) {
        (Action::Remove, _) => (
            "is removed",
            vec!["the app does not have it any more".to_owned()],
        ),
        (Action::Add | Action::Import, _) => return None,
        (_, Replacement::Yes { because }) => ("is replaced", because.clone()),
        (_, Replacement::Maybe { because }) => ("may be replaced", because.clone()),
        _ => return None,
    };
    let (consequence, data_loss) = match &change.policy_action {
        Some(PolicyAction::Retain | PolicyAction::ReplaceAndRetain) => {
            ("the one with the data stays, outside the stack", false)
        }
        Some(PolicyAction::Snapshot | PolicyAction::ReplaceAndSnapshot) => (
            "the one with the data is deleted after a snapshot of it",
            false,
        ),
        _ => ("the one with the data is deleted", true),
    };
    Some(Stop {
        resource: change.resource.clone(),
        message: format!("{what}: {consequence}"),
        because,
        data_loss,
    })
}
