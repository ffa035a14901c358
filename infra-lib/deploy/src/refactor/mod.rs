//! Executes declared moves with stack refactoring: a resource gets another logical ID or stack without being changed.
//!
//! The templates sent are the deployed ones with only the moves applied, because stack refactoring rejects other changes. See
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html>.

mod execute;
mod find;
mod rewrite;
#[cfg(test)]
mod tests;

use infra_aws::ResourceMove;
use infra_template::Template;
use infra_template::assembly::Stack;

pub use execute::{Prepared, Refactored, execute_refactoring, prepare_refactoring};
pub use find::{Move, Moves, find_moves};
pub use rewrite::apply_moves;

/// Returns the moves within a stack that the app declares and the deployed template does not contain yet. Without a refactoring, a deployment would
/// create a new resource for each of them and delete the old one.
pub fn find_pending_moves(deployed: &Template, stack: &Stack) -> Vec<ResourceMove> {
    let deployed = [(stack.name.clone(), deployed.clone())].into();
    let found = find_moves(&deployed, std::slice::from_ref(stack));
    found
        .moves
        .into_iter()
        .map(|found| found.movement)
        .collect()
}
