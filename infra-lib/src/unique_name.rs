//! Unique names for resources whose name AWS requires.

use crate::core::logical_id::logical_id;
use crate::{Construct, Scope, Stack};

/// Returns a name of at most `limit` letters, digits and hyphens: the name of the stack, and the logical ID that a
/// resource `child` of `scope` has (for nested stacks: would have in the outermost stack).
///
/// The name is unique in account and region, and stable while the logical ID is. If it has to be shortened, the start
/// of the stack name and the hash of the logical ID remain.
///
/// ```
/// use infra_lib::construct::unique_name;
/// use infra_lib::{App, Construct as _, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Orders");
/// let scope = stack.scope().construct("Stream");
/// assert_eq!(unique_name(scope, "Resource", 64), "Orders-Stream790BDEE4");
/// ```
pub fn unique_name(scope: Scope<'_>, child: &str, limit: usize) -> String {
    // CloudFormation generates the names of nested stacks; only the name of the outermost stack is known.
    let stack = scope.stack();
    let stack = std::iter::successors(stack, Stack::nested_stack_parent).last();
    let name = stack.map(|stack| stack.stack_name()).unwrap_or_default();
    let stack_path = stack.map(|stack| stack.scope().path()).unwrap_or_default();
    let path = scope.path();
    let below = path
        .strip_prefix(&stack_path)
        .unwrap_or(&path)
        .trim_start_matches('/');
    let components: Vec<&str> = below
        .split('/')
        .filter(|part| !part.is_empty())
        .chain([child])
        .collect();
    let id = logical_id(&components);
    let id = &id[id.len().saturating_sub(limit * 2 / 3)..];
    let stack_part: String = name.chars().take(limit - 1 - id.len()).collect();
    match stack_part.trim_end_matches('-') {
        "" => id.to_owned(),
        stack_part => format!("{stack_part}-{id}"),
    }
}
