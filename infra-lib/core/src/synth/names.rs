//! Checks the names of stacks, and that every resource is inside a stack.

use std::collections::BTreeMap;

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::stack::{stack_environment, stack_name};

/// Maximum number of characters of a stack name. AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>.
const MAX_STACK_NAME: usize = 128;

pub(super) fn check_names(synth: &mut Synth) {
    let mut findings = Vec::new();
    let mut stacks = synth.stacks.clone();
    let tree = synth.tree_mut();
    // CloudFormation generates the names of nested stacks.
    stacks.retain(|stack| tree.nested_resource(*stack).is_none());
    let mut taken = BTreeMap::new();
    for &stack in &stacks {
        let name = stack_name(tree, stack);
        let node = tree.node(stack);
        let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.len() <= MAX_STACK_NAME
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !valid {
            findings.push(
                Diagnostic::new(
                    codes::INVALID_STACK_NAME,
                    format!("invalid stack name `{name}`"),
                )
                .path(tree.path(stack))
                .origin(node.origin)
                .expected("a letter, then letters, digits and hyphens, at most 128 characters")
                .help("choose another construct id, or set `StackProps::stack_name`"),
            );
        }
        if let Some(first) = taken.insert((stack_environment(tree, stack), name.clone()), stack) {
            findings.push(
                Diagnostic::new(
                    codes::DUPLICATE_STACK_NAME,
                    format!("two stacks in one environment have the name `{name}`"),
                )
                .path(tree.path(stack))
                .origin(node.origin)
                .related("the other stack", tree.node(first).origin)
                .help("set `StackProps::stack_name` on one of them"),
            );
        }
    }
    for (index, node) in (0..).zip(&tree.nodes) {
        if node.is_template_entry() && node.stack.is_none() {
            findings.push(
                Diagnostic::new(
                    codes::OUTSIDE_STACK,
                    format!("`{}` is not inside a stack", tree.path(index)),
                )
                .path(tree.path(index))
                .origin(node.origin)
                .help("build it under a stack: `let stack = Stack::new(&app, \"Name\")`"),
            );
        }
    }
    synth.findings.extend(findings);
}
