//! Sorting of entries: each comes after those it uses, otherwise in the order of the template.

use std::collections::BTreeMap;

/// Sorts entries; the error names a cycle, such as `A → B → A`.
pub(super) fn sort_by_dependencies<'s, T: Copy>(
    entries: &[(&'s str, T)],
    uses: impl Fn(&(&'s str, T)) -> Vec<&'s str>,
) -> Result<Vec<(&'s str, T)>, String> {
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
                    let ids = path[from..].iter().map(|(at, _)| *at).chain([target]);
                    let ids: Vec<&str> = ids.map(|at| entries[at].0).collect();
                    return Err(ids.join(" → "));
                }
            }
        }
    }
    Ok(sorted)
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
        let ids = |entries: Vec<(&'static str, &str)>| {
            entries.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(
            sort_by_dependencies(&entries, |(_, uses)| vec![*uses]).map(ids),
            Ok(vec!["B", "C", "A"])
        );
    }

    #[test]
    fn names_entries_of_cycle() {
        let entries = [("A", "B"), ("B", "A")];
        assert_eq!(
            sort_by_dependencies(&entries, |(_, uses)| vec![*uses]),
            Err("A → B → A".to_owned())
        );
    }
}
