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

use infra_aws::ResourceMove;
use infra_template::Template;
use infra_template::assembly::Stack;

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
