//! Turns dependencies between constructs into `DependsOn` and an order of stacks.

use std::collections::BTreeSet;

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::Tree;

pub(super) fn run(synth: &mut Synth) {
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
            synth.report(
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
        let (sources, targets) = (members(tree, from), members(tree, on));
        let reason = format!(
            "`{}` was made to depend on `{}`",
            tree.path(from),
            tree.path(on)
        );
        let mut orders = BTreeSet::new();
        let mut within = Vec::new();
        for &(source, source_stack) in &sources {
            for &(target, target_stack) in &targets {
                if source_stack != target_stack {
                    orders.insert((source_stack, target_stack));
                } else if let (Some(source), Some(target)) = (source, target)
                    && source != target
                    // A construct that depends on its own parent means the rest of that parent.
                    && sources.binary_search(&(Some(target), target_stack)).is_err()
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

/// The resources of a construct with their stacks; the stack itself when the construct is one.
fn members(tree: &Tree, index: u32) -> Vec<(Option<u32>, u32)> {
    let mut found: Vec<(Option<u32>, u32)> = tree
        .subtree(index)
        .into_iter()
        .filter_map(|at| {
            let node = tree.node(at);
            match &node.kind {
                crate::tree::NodeKind::Stack(_) => Some((None, at)),
                _ if node.resource().is_some() => Some((Some(at), node.stack?)),
                _ => None,
            }
        })
        .collect();
    found.sort_unstable();
    found
}
