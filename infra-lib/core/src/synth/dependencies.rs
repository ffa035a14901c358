//! Translates dependencies between constructs into `DependsOn` attributes and an order of stacks.

use std::collections::BTreeSet;

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::Tree;

pub(super) fn resolve_dependencies(synth: &mut Synth) {
    let tree = synth.app.tree.get_mut();
    let app = tree.app;
    let declared: Vec<(u32, crate::tree::Dependency)> = (0..)
        .zip(&tree.nodes)
        .filter_map(|(index, node)| Some((index, node.extras.as_ref()?)))
        .flat_map(|(index, extras)| {
            extras
                .dependencies
                .iter()
                .map(move |dependency| (index, *dependency))
        })
        .collect();
    for (from, dependency) in declared {
        let tree = synth.app.tree.get_mut();
        if dependency.on.app() != app {
            let path = tree.path(from);
            synth.add_finding(
                Diagnostic::new(
                    codes::FOREIGN_VALUE,
                    format!("`{path}` depends on a construct of another app"),
                )
                .path(path)
                .origin(dependency.origin)
                .help("build both under the same `App`"),
            );
            continue;
        }
        let on = dependency.on.index();
        let (sources, targets) = (member_resources(tree, from), member_resources(tree, on));
        let reason = format!(
            "`{}` has a declared dependency on `{}`",
            tree.path(from),
            tree.path(on)
        );
        let mut orders = BTreeSet::new();
        let mut within = Vec::new();
        for &(source, source_stack) in &sources {
            for &(target, target_stack) in &targets {
                // Across nested stacks, the resources of the common template that contain both sides wait for each other.
                let shared = if source_stack == target_stack {
                    Some(source_stack)
                } else {
                    tree.shared_stack(source_stack, target_stack)
                };
                let Some(shared) = shared else {
                    orders.insert((tree.root_stack(source_stack), tree.root_stack(target_stack)));
                    continue;
                };
                if let (Some(source), Some(target)) = (source, target)
                    // A construct that depends on its own parent depends on the rest of that parent.
                    && sources.binary_search(&(Some(target), target_stack)).is_err()
                    && let (Some(source), Some(target)) =
                        (entry_in_stack(tree, source, shared), entry_in_stack(tree, target, shared))
                    && source != target
                {
                    within.push((source, target));
                }
            }
        }
        for (source, target) in within {
            synth
                .resource_dependencies
                .entry(source)
                .or_default()
                .insert(target);
        }
        for (consumer, producer) in orders {
            synth.order_stacks(consumer, producer, reason.clone(), dependency.origin);
        }
    }
}

/// Returns the entry of `stack` that is `resource`, or the nested stack of `stack` that contains it.
fn entry_in_stack(tree: &Tree, resource: u32, stack: u32) -> Option<u32> {
    let mut at = resource;
    while tree.node(at).stack? != stack {
        at = tree.nested_resource(tree.node(at).stack?)?;
    }
    Some(at)
}

/// Returns the resources of a construct with their stacks. A root stack is listed as a stack without a resource, a nested stack as its resource in
/// the parent.
fn member_resources(tree: &Tree, index: u32) -> Vec<(Option<u32>, u32)> {
    let mut found: Vec<(Option<u32>, u32)> = tree
        .collect_subtree(index)
        .into_iter()
        .filter_map(|at| {
            let node = tree.node(at);
            match &node.kind {
                crate::tree::NodeKind::Stack(stack) => match stack.resource {
                    Some(resource) => Some((Some(resource), tree.node(resource).stack?)),
                    None => Some((None, at)),
                },
                _ if node.resource().is_some() => Some((Some(at), node.stack?)),
                _ => None,
            }
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
