//! Reports resources of one template that wait for each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::template::{Template, TemplateResource, for_each_reference};
use crate::value::Expr;

pub(super) fn report_cycles(synth: &mut Synth) {
    let findings: Vec<Diagnostic> = synth.templates.iter().filter_map(check_template).collect();
    synth.findings.extend(findings);
}

fn check_template(template: &Template) -> Option<Diagnostic> {
    if template.has_own_macros() {
        return None;
    }
    let numbers: BTreeMap<&str, u32> = (0..)
        .zip(&template.resources)
        .map(|(at, resource)| (resource.logical_id.as_str(), at))
        .collect();
    let mut edges: Vec<Vec<u32>> = Vec::with_capacity(template.resources.len());
    let mut conditional: Vec<BTreeSet<u32>> = Vec::with_capacity(template.resources.len());
    // The serverless macro makes further resources of such a type, to which references can lead instead.
    let is_expanded = |at: &u32| template.is_expanded(&template.resources[*at as usize].type_name);
    for resource in &template.resources {
        if template.is_expanded(&resource.type_name) {
            edges.push(Vec::new());
            conditional.push(BTreeSet::new());
            continue;
        }
        let mut targets: Vec<u32> = resource
            .depends_on
            .iter()
            .filter_map(|id| numbers.get(id.as_str()).copied())
            .collect();
        resource.for_each_reference(&mut |name, _| targets.extend(numbers.get(name)));
        conditional.push(find_conditional(resource, &targets, &numbers));
        targets.retain(|target| !is_expanded(target));
        edges.push(targets);
    }
    let nodes: Vec<u32> = (0..u32::try_from(edges.len()).unwrap_or(u32::MAX)).collect();
    let cycle = loop {
        let cycle = find_cycle(&nodes, |at| edges[*at as usize].clone())?;
        let followers = cycle.iter().skip(1).chain(cycle.first());
        let mut optional = cycle
            .iter()
            .zip(followers)
            .filter(|(from, to)| conditional[**from as usize].contains(to));
        // Two conditions can exclude each other; `infra check` solves them. One alone can hold.
        match (optional.next(), optional.next()) {
            (Some((from, to)), Some(_)) => edges[*from as usize].retain(|target| target != to),
            _ => break cycle,
        }
    };
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

/// Returns the targets that a resource refers to in branches of `Fn::If` only.
fn find_conditional(
    resource: &TemplateResource,
    targets: &[u32],
    numbers: &BTreeMap<&str, u32>,
) -> BTreeSet<u32> {
    let mut in_branches: Vec<u32> = Vec::new();
    for (_, data) in resource.properties.iter() {
        data.for_each_expr(&mut |expr| {
            if let Expr::If(_, then, otherwise) = expr {
                for branch in [then, otherwise] {
                    for_each_reference(branch, &mut |name, _| {
                        in_branches.extend(numbers.get(name));
                    });
                }
            }
        });
    }
    let count = |all: &[u32], target| all.iter().filter(|other| **other == target).count();
    let is_conditional = |target: &u32| count(&in_branches, *target) >= count(targets, *target);
    in_branches.iter().copied().filter(is_conditional).collect()
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
