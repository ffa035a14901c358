//! Relations between a resource and those that it names, which `infra_schema::between` lists with their sources.

use infra_schema::between::{Between, Named, relations_between};
use infra_schema::relations::Demand;

use super::TemplateCheck;
use crate::diagnostic::{Diagnostic, codes};
use crate::validation::relations::{Scope, find_values};
use crate::validation::view::{Form, View};

/// A named resource: its index, and the reference to it.
type Target<V> = (usize, V);

pub(super) fn check_between<'t, V: View<'t>>(check: &mut TemplateCheck<'_, 't, V>) {
    let of_source = |relation: &&Between| !(V::IS_PROGRAM && relation.in_files);
    for relation in relations_between().iter().filter(of_source) {
        for resource in check.list_type(relation.type_name) {
            for targets in find_targets(check, resource, &relation.named) {
                let mut all: Vec<usize> = targets.iter().map(|(target, _)| *target).collect();
                all.push(resource);
                if (check.coexist)(&all) {
                    check_relation(check, resource, relation, &targets);
                }
            }
        }
    }
}

/// Returns each combination of named resources, in the order of the relation.
fn find_targets<'t, V: View<'t>>(
    check: &TemplateCheck<'_, 't, V>,
    resource: usize,
    named: &[Named],
) -> Vec<Vec<Target<V>>> {
    let mut combinations: Vec<Vec<Target<V>>> = vec![Vec::new()];
    for one in named {
        let values = find_values(&check.resources[resource].properties, one.path);
        let targets = values.into_iter().filter_map(|value| {
            let target = check.referenced(value)?;
            let is_right = check.resources[target].type_name == one.type_name
                && (!one.by_ref || matches!(value.form(), Form::Ref(..)));
            is_right.then_some((target, value))
        });
        let targets: Vec<Target<V>> = targets.collect();
        combinations = combinations
            .into_iter()
            .flat_map(|earlier| {
                targets.iter().map(move |target| {
                    let mut all = earlier.clone();
                    all.push(*target);
                    all
                })
            })
            .collect();
    }
    combinations
}

fn check_relation<'t, V: View<'t>>(
    check: &mut TemplateCheck<'_, 't, V>,
    resource: usize,
    relation: &Between,
    targets: &[Target<V>],
) {
    // The check is changed below, the resources are not.
    let resources = check.resources;
    let named = relation.named.iter().zip(targets).map(|(named, (at, _))| {
        let target = &resources[*at];
        (named.alias, target.name, &target.properties)
    });
    let named: Vec<_> = named.collect();
    let scope = Scope {
        own: &resources[resource].properties,
        named: &named,
    };
    if !scope.hold(&relation.tests) {
        return;
    }
    let when = scope.describe_tests(&relation.tests);
    let Some((_, reference)) = targets.first().copied() else {
        return;
    };
    let mut found: Vec<(usize, V, Diagnostic)> = Vec::new();
    match &relation.demand {
        Demand::Requires(paths) => {
            for path in paths.iter().filter(|path| scope.is_absent(path)) {
                let (owner, value, name) = match scope.named_in(path) {
                    Some((at, rest)) => (resources[targets[at].0].name, targets[at].1, rest),
                    None => (resources[resource].name, reference, *path),
                };
                let message = format!("`{owner}` requires `{name}`{when}");
                let finding = Diagnostic::new(codes::RELATED_PROPERTY, message).property(*path);
                found.push((resource, value, finding));
            }
        }
        Demand::Excludes(paths) => {
            let given = paths
                .iter()
                .filter_map(|path| Some((*path, scope.given(path)?)));
            found.extend(given.map(|(path, value)| {
                let owner = resources[resource].name;
                let message = format!("`{owner}` cannot have `{path}`{when}");
                let finding = Diagnostic::new(codes::RELATED_PROPERTY, message).property(path);
                (resource, value, finding)
            }));
        }
        Demand::Same(one, other) => {
            let differs = differ(check, &scope, one, other);
            found.extend(differs.map(|(value, finding)| (resource, value, finding)));
            if found.is_empty() {
                let contradiction = scope.contradiction(&relation.demand, &when);
                found.extend(contradiction.map(|(_, value, finding)| (resource, value, finding)));
            }
        }
        demand => {
            if let Some((path, value, finding)) = scope.contradiction(demand, &when) {
                let (owner, path) = match scope.named_in(path) {
                    Some((at, rest)) => (targets[at].0, rest),
                    None => (resource, path),
                };
                found.push((owner, value, finding.property(path)));
            }
        }
    }
    for (owner, value, finding) in found {
        let related = Some(("the reference".to_owned(), reference));
        check.add_finding(owner, value, finding.url(relation.source), related);
    }
}

/// Returns a finding if two properties name different resources of the template.
fn differ<'t, V: View<'t>>(
    check: &TemplateCheck<'_, 't, V>,
    scope: &Scope<'_, 't, V>,
    one: &str,
    other: &str,
) -> Option<(V, Diagnostic)> {
    let (value, wanted) = (scope.given(one)?, scope.given(other)?);
    let (first, second) = (check.referenced(value)?, check.referenced(wanted)?);
    if first == second {
        return None;
    }
    let (first, second) = (check.resources[first].name, check.resources[second].name);
    let message = format!(
        "{} is `{first}`, and {} is `{second}`",
        scope.show(one),
        scope.show(other)
    );
    let finding = Diagnostic::new(codes::RELATED_VALUE, message)
        .property(one)
        .help("name the same resource in both");
    Some((value, finding))
}
