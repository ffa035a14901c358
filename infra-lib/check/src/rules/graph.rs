//! Cycles in a graph of references.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// References by number: the nodes that each node refers to.
pub(super) type Graph = Vec<BTreeSet<usize>>;

/// Returns one cycle through each node that is on one, without repeating nodes of cycles that were found before. Each cycle is the shortest one through
/// its first node.
pub(super) fn list_cycles(graph: &Graph) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for start in list_candidates(graph) {
        if !seen.contains(&start)
            && let Some(cycle) = find_cycle(graph, start)
        {
            seen.extend(&cycle);
            found.push(cycle);
        }
    }
    found
}

/// Returns the nodes that remain when nodes without references to others are removed, again and again: those on a cycle, or before one.
fn list_candidates(graph: &Graph) -> Vec<usize> {
    let mut referrers: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    let mut left: Vec<usize> = graph.iter().map(BTreeSet::len).collect();
    for (from, targets) in graph.iter().enumerate() {
        for target in targets {
            referrers[*target].push(from);
        }
    }
    let mut open: Vec<usize> = (0..left.len()).filter(|node| left[*node] == 0).collect();
    while let Some(node) = open.pop() {
        for referrer in &referrers[node] {
            left[*referrer] -= 1;
            if left[*referrer] == 0 {
                open.push(*referrer);
            }
        }
    }
    (0..left.len()).filter(|node| left[*node] > 0).collect()
}

/// Returns the shortest cycle through a node, starting there, by a search in breadth.
fn find_cycle(graph: &Graph, start: usize) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for target in &graph[node] {
            if *target == start {
                let mut path = vec![node];
                while let Some(previous) = path
                    .last()
                    .filter(|last| **last != start)
                    .and_then(|last| before.get(last))
                {
                    path.push(*previous);
                }
                path.reverse();
                return Some(path);
            }
            if !before.contains_key(target) {
                before.insert(*target, node);
                open.push_back(*target);
            }
        }
    }
    None
}
