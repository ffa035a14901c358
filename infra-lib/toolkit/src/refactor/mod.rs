//! Carries out declared moves: a resource gets another logical ID or stack without being touched.
//!
//! The templates that are sent are those that are deployed, with nothing but the moves applied: stack refactoring
//! refuses any other change, and nobody reviewed one.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html>

mod execute;
mod find;
mod rewrite;
#[cfg(test)]
mod tests;

use infra_core::{Diagnostic, codes};

use crate::assembly::Stack;
use crate::cloud::ResourceMove;
use crate::event::ResourceName;
use crate::failure::locate;
use crate::template::Template;

pub use execute::{Prepared, Refactored, execute, prepare};
pub use find::{Move, Moves, find};
pub use rewrite::apply;

/// The moves that the app declares within a stack and that its deployed template has not seen yet: deployed as it is,
/// each of them would be a new resource and a deleted one.
pub fn pending(deployed: &Template, stack: &Stack) -> Vec<ResourceMove> {
    let deployed = [(stack.name.clone(), deployed.clone())].into();
    let found = find(&deployed, std::slice::from_ref(stack));
    found
        .moves
        .into_iter()
        .map(|found| found.movement)
        .collect()
}

/// A warning for `plan` and `deploy` about a move that was not carried out; `stack` is the one that declares it.
pub fn warning(movement: &ResourceMove, stack: &Stack) -> Diagnostic {
    let resource = resource(movement, stack);
    let finding = Diagnostic::new(
        codes::MOVE_PENDING,
        format!(
            "`{}` was `{}` before, and that move has not been carried out",
            resource.shown(),
            movement.from.logical_id
        ),
    )
    .note("deployed now, it would be created anew and the old one removed")
    .help("carry it out first: `refactor`");
    locate(finding, &resource)
}

/// The resource as it will be; `stack` is the one that declares the move.
pub(crate) fn resource(movement: &ResourceMove, stack: &Stack) -> ResourceName {
    let type_name = stack
        .template
        .resource(&movement.to.logical_id)
        .map_or("", |resource| resource.type_name);
    stack.resource(&movement.to.logical_id, type_name)
}
