//! Checks of the transitions between states.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::finding;
use super::graph::{Graph, State};
use crate::core::{Scope, codes, find_nearest};

/// Reports transitions to states that the graph does not have, and states without a way to them.
pub(super) fn check(scope: Scope<'_>, graph: &Graph, all: &[&State]) {
    let own: BTreeMap<&str, &State> = graph
        .states
        .iter()
        .map(|state| (state.name.as_str(), state))
        .collect();
    if !own.contains_key(graph.start.as_str()) {
        report_target(
            scope,
            "the start of a machine or branch",
            &graph.start,
            &own,
            all,
        );
    }
    for state in &graph.states {
        for target in state.targets().filter(|target| !own.contains_key(target)) {
            let from = format!("the state `{}`", state.name);
            report_target(scope, &from, target, &own, all);
        }
    }
    let mut reached = BTreeSet::new();
    let mut open = vec![graph.start.as_str()];
    while let Some(name) = open.pop() {
        if let Some(state) = own.get(name).filter(|_| reached.insert(name)) {
            open.extend(state.targets());
        }
    }
    for state in &graph.states {
        if !reached.contains(state.name.as_str()) {
            scope.report(
                finding(
                    codes::UNREACHABLE_STATE,
                    format!("no state leads to the state `{}`", state.name),
                    "concepts-states.html",
                )
                .expected("a way from the first state of the machine or branch")
                .help("remove the state, or continue at it with `.next(…)` or a `GoTo`"),
            );
        }
        for branch in state.nested.graphs() {
            check(scope, branch, all);
        }
    }
}

fn report_target(
    scope: Scope<'_>,
    from: &str,
    target: &str,
    own: &BTreeMap<&str, &State>,
    all: &[&State],
) {
    if all.iter().any(|state| state.name == target) {
        scope.report(
            finding(
                codes::STATE_OF_OTHER_BRANCH,
                format!("{from} continues at `{target}`, which is in another branch"),
                "state-parallel.html",
            )
            .expected("a state of the same branch")
            .note("states within a parallel state or a map continue within their branch only")
            .help(
                "end the branch, and continue after the parallel state or map with its `.next(…)`",
            ),
        );
        return;
    }
    let mut found = finding(
        codes::UNKNOWN_STATE,
        format!("{from} continues at `{target}`, which does not exist"),
        "concepts-states.html",
    )
    .actual(target)
    .expected(format!(
        "one of `{}`",
        own.keys().copied().collect::<Vec<_>>().join("`, `")
    ));
    if let Some(near) = find_nearest(target, own.keys().copied()) {
        found = found.help(format!("did you mean `{near}`?"));
    }
    scope.report(found);
}
