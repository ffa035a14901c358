//! Reports resources of one template that wait for each other.

use std::collections::BTreeMap;

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::template::Template;

pub(super) fn report_cycles(synth: &mut Synth) {
    let findings: Vec<Diagnostic> = synth.templates.iter().filter_map(check_template).collect();
    synth.findings.extend(findings);
}

fn check_template(template: &Template) -> Option<Diagnostic> {
    let numbers: BTreeMap<&str, u32> = (0..)
        .zip(&template.resources)
        .map(|(at, resource)| (resource.logical_id.as_str(), at))
        .collect();
    let mut edges: Vec<Vec<u32>> = Vec::with_capacity(template.resources.len());
    for resource in &template.resources {
        let mut targets: Vec<u32> = resource
            .depends_on
            .iter()
            .filter_map(|id| numbers.get(id.as_str()).copied())
            .collect();
        resource.for_each_reference(&mut |name, _| targets.extend(numbers.get(name)));
        edges.push(targets);
    }
    let nodes: Vec<u32> = (0..u32::try_from(edges.len()).unwrap_or(u32::MAX)).collect();
    let cycle = find_cycle(&nodes, |at| edges[*at as usize].clone())?;
    let ids: Vec<&str> = cycle
        .iter()
        .map(|at| template.resources[*at as usize].logical_id.as_str())
        .collect();
    let mut shown: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    shown.push(shown[0].clone());
    let mut finding = Diagnostic::new(codes::RESOURCE_CYCLE, format!("resources form a dependency cycle: {}", shown.join(" → ")))
        .logical_id(ids[0])
        .help("break the cycle with a separate resource, such as AWS::EC2::SecurityGroupIngress for rules between groups");
    for id in &ids[1..] {
        if let Some(resource) = template.resource(id) {
            finding.related.push(crate::diagnostic::Related {
                message: format!("`{id}` is `{}`", resource.path),
                place: resource.place.clone(),
            });
        }
    }
    Some(template.locate_finding(finding))
}

/// Returns a cycle of a directed graph, starting at its smallest node. The search is iterative, so deep graphs do not overflow the call stack.
pub(super) fn find_cycle(nodes: &[u32], edges: impl Fn(&u32) -> Vec<u32>) -> Option<Vec<u32>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Open,
        Done,
    }
    let mut state: BTreeMap<u32, State> = BTreeMap::new();
    for start in nodes {
        if state.contains_key(start) {
            continue;
        }
        state.insert(*start, State::Open);
        let mut path = vec![(*start, edges(start), 0)];
        while let Some((node, targets, next)) = path.last_mut() {
            let Some(&target) = targets.get(*next) else {
                state.insert(*node, State::Done);
                path.pop();
                continue;
            };
            *next += 1;
            match state.get(&target) {
                None => {
                    state.insert(target, State::Open);
                    let following = edges(&target);
                    path.push((target, following, 0));
                }
                Some(State::Open) => {
                    let from = path
                        .iter()
                        .position(|(node, ..)| *node == target)
                        .unwrap_or(0);
                    let mut cycle: Vec<u32> = path[from..].iter().map(|(node, ..)| *node).collect();
                    let smallest = cycle
                        .iter()
                        .enumerate()
                        .min_by_key(|(_, node)| **node)
                        .map_or(0, |(at, _)| at);
                    cycle.rotate_left(smallest);
                    return Some(cycle);
                }
                Some(State::Done) => {}
            }
        }
    }
    None
}
