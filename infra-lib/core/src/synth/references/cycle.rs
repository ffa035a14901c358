//! Reports stacks that depend on each other.

use std::collections::BTreeMap;

use super::super::{Synth, cycles};
use crate::diagnostic::{Diagnostic, Origin, codes};

/// Reports the first cycle of stacks, with the reason and location of each dependency in it.
pub(super) fn report_stack_cycle(synth: &mut Synth) {
    let edges = |stack: &u32| {
        let producers = synth.stack_dependencies.get(stack);
        producers
            .into_iter()
            .flat_map(BTreeMap::keys)
            .copied()
            .collect::<Vec<u32>>()
    };
    let Some(cycle) = cycles::find_cycle(&synth.stacks, edges) else {
        return;
    };
    let tree = synth.app.tree.get_mut();
    let mut finding = Diagnostic::new(codes::STACK_CYCLE, String::new()).help(
        "move one of the two resources to the other stack, or to a third stack that both read from",
    );
    let mut names = Vec::new();
    let mut origins: Vec<(String, Origin)> = Vec::new();
    for (at, stack) in cycle.iter().enumerate() {
        names.push(format!("`{}`", tree.path(*stack)));
        let next = cycle[(at + 1) % cycle.len()];
        if let Some(step) = synth
            .stack_dependencies
            .get(stack)
            .and_then(|producers| producers.get(&next))
        {
            origins.push((step.reason.clone(), step.origin));
        }
    }
    names.push(names[0].clone());
    finding.message = format!("stacks form a dependency cycle: {}", names.join(" → "));
    finding = finding.path(tree.path(cycle[0]));
    if let Some((_, origin)) = origins.first() {
        finding = finding.origin(origin);
    }
    for (reason, origin) in origins {
        finding = finding.related(reason, origin);
    }
    synth.add_finding(finding);
}
