//! Names for what AWS demands a name of, made so that they need not be thought of.

use crate::core::logical_id::logical_id;
use crate::{Construct, Scope, Stack};

/// A name of at most `limit` letters, digits and hyphens: the stack's name, and the logical ID that a resource `child`
/// of `scope` has, or would have in the outermost stack where it is in a nested one.
///
/// It is unique in account and region, and stays as long as the logical ID does. Where it has to be cut, the start of
/// the stack's name and the hash of the logical ID remain.
pub(crate) fn unique_name(scope: Scope<'_>, child: &str, limit: usize) -> String {
    // CloudFormation makes the names of nested stacks: only the outermost has one that is known.
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
