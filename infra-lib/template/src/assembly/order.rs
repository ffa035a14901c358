//! Sorts stacks into deployment order: producers precede consumers, in the order of the manifest otherwise.

use super::{AssemblyError, Stack, read::not_readable};

/// Sorts the stacks into deployment order.
///
/// # Errors
///
/// Fails if stacks depend on each other in a cycle, which the synthesis of an app refuses.
pub(super) fn sort_stacks(mut waiting: Vec<Stack>) -> Result<Vec<Stack>, AssemblyError> {
    let mut order: Vec<Stack> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_waiting = |id: &String| waiting.iter().any(|stack| stack.id == *id);
        let ready = waiting
            .iter()
            .position(|stack| !stack.dependencies.iter().any(is_waiting));
        let Some(ready) = ready else {
            let names: Vec<String> = waiting
                .iter()
                .map(|stack| format!("`{}`", stack.path))
                .collect();
            return Err(not_readable(format!(
                "stacks form a dependency cycle: {}",
                names.join(", ")
            )));
        };
        order.push(waiting.remove(ready));
    }
    Ok(order)
}
