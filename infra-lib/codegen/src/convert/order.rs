//! Sorting of entries: each comes after those it uses, otherwise in the order of the template.

use std::collections::BTreeMap;

/// Entries in an order in which each comes after those it uses.
#[derive(Debug)]
pub(super) struct Sorted<'s, T> {
    pub(super) entries: Vec<(&'s str, T)>,
    /// IDs of entries that use one another, such as `A`, `B`, `A`. The first comes before the second, although it uses it.
    pub(super) cycles: Vec<Vec<&'s str>>,
}

/// Sorts entries. In a cycle, the order ignores one use.
pub(super) fn sort_by_dependencies<'s, T: Copy>(
    entries: &[(&'s str, T)],
    uses: impl Fn(&(&'s str, T)) -> Vec<&'s str>,
) -> Sorted<'s, T> {
    let places: BTreeMap<&str, usize> = entries
        .iter()
        .enumerate()
        .map(|(at, (id, _))| (*id, at))
        .collect();
    let edges: Vec<Vec<usize>> = entries
        .iter()
        .map(|entry| {
            uses(entry)
                .into_iter()
                .filter_map(|id| places.get(id).copied())
                .collect()
        })
        .collect();
    let mut state = vec![State::Open; entries.len()];
    let mut sorted = Vec::with_capacity(entries.len());
    let mut cycles = Vec::new();
    for start in 0..entries.len() {
        // An explicit stack: the template decides the depth, so recursion could overflow.
        let mut path: Vec<(usize, usize)> = Vec::new();
        if state[start] == State::Open {
            state[start] = State::Begun;
            path.push((start, 0));
        }
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            let Some(&target) = edges[at].get(*next) else {
                state[at] = State::Done;
                sorted.push(entries[at]);
                path.pop();
                continue;
            };
            *next += 1;
            match state[target] {
                State::Done => {}
                State::Open => {
                    state[target] = State::Begun;
                    path.push((target, 0));
                }
                State::Begun => {
                    let from = path.iter().position(|(at, _)| *at == target).unwrap_or(0);
                    // The last of the path is the one whose use is ignored.
                    let ids = std::iter::once(at).chain(path[from..].iter().map(|(at, _)| *at));
                    let cycle: Vec<&str> = ids.map(|at| entries[at].0).collect();
                    // An entry can use another several times.
                    if !cycles.contains(&cycle) {
                        cycles.push(cycle);
                    }
                }
            }
        }
    }
    Sorted {
        entries: sorted,
        cycles,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Begun,
    Done,
}

#[cfg(test)]
mod tests {
    use super::sort_by_dependencies;

    #[test]
    fn sorts_used_entries_first() {
        let entries = [("A", "C"), ("B", ""), ("C", "B")];
        let sorted = sort_by_dependencies(&entries, |(_, uses)| vec![*uses]);
        let ids: Vec<&str> = sorted.entries.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, ["B", "C", "A"]);
        assert!(sorted.cycles.is_empty());
    }

    #[test]
    fn ignores_one_use_of_each_cycle() {
        let entries = [("A", "B"), ("B", "A"), ("C", "C"), ("D", "A")];
        let sorted = sort_by_dependencies(&entries, |(_, uses)| vec![*uses]);
        let ids: Vec<&str> = sorted.entries.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, ["B", "A", "C", "D"]);
        assert_eq!(sorted.cycles, [vec!["B", "A", "B"], vec!["C", "C"]]);
    }
}
