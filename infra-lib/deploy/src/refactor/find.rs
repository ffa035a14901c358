//! Finds moves that the app declares and that the deployed templates do not contain yet.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::logical_id::logical_id;
use infra_core::{Diagnostic, codes};

use crate::failure::locate_finding;
use infra_aws::{ResourceLocation, ResourceMove};
use infra_template::ResourceName;
use infra_template::Template;
use infra_template::assembly::Stack;

/// Declared move of one resource to another logical ID or stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Move {
    /// Source and destination of the move, each as stack name and logical ID.
    pub movement: ResourceMove,
    /// Names of the resource after the move: stack, logical ID, type and construct path.
    pub resource: ResourceName,
}

/// Result of comparing the declared moves with the deployed templates.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Moves {
    /// Moves that are declared and that the deployed templates do not contain yet.
    pub moves: Vec<Move>,
    /// Findings about declarations that cannot be executed, such as a changed type or two claims on one resource.
    pub problems: Vec<Diagnostic>,
}

/// Finds the moves between the deployed templates, by stack name, and the wanted stacks.
///
/// A former path is relative to the resource's own stack. If no such resource is deployed and the path starts with the path of another stack, it
/// refers to that stack.
pub fn find_moves(deployed: &BTreeMap<String, Template>, wanted: &[Stack]) -> Moves {
    let mut found = Moves::default();
    let mut taken: BTreeMap<ResourceLocation, ResourceName> = BTreeMap::new();
    for stack in wanted {
        for (new_id, origin) in &stack.origins {
            let Some(resource) = stack.template.find_resource(new_id) else {
                continue;
            };
            let is_there = deployed
                .get(&stack.name)
                .is_some_and(|template| template.find_resource(new_id).is_some());
            if is_there {
                continue;
            }
            let name = stack.resource_name(new_id, resource.type_name);
            let candidates = origin.moved_from.iter();
            let Some((from, old_type)) = candidates
                .flat_map(|former| possible_locations(former, stack, wanted))
                .find_map(|place| deployed_at(place, deployed, wanted))
            else {
                continue;
            };
            if old_type != resource.type_name {
                found
                    .problems
                    .push(type_changed_finding(&name, &from, &old_type));
            } else if let Some(first) = taken.insert(from.clone(), name.clone()) {
                found
                    .problems
                    .push(claimed_twice_finding(&name, &first, &from));
            } else {
                found.moves.push(Move {
                    movement: ResourceMove::new(
                        from,
                        ResourceLocation::new(stack.name.clone(), new_id.clone()),
                    ),
                    resource: name,
                });
            }
        }
    }
    found
}

/// Returns the possible locations of a resource with a former path.
fn possible_locations<'s>(
    former: &str,
    own: &'s Stack,
    wanted: &'s [Stack],
) -> impl Iterator<Item = ResourceLocation> + use<'s> {
    let below = |stack: &Stack, path: &str| {
        let components: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        ResourceLocation::new(stack.name.clone(), logical_id(&components))
    };
    let others = wanted.iter().filter_map(|stack| {
        let rest = former.strip_prefix(&stack.path)?.strip_prefix('/')?;
        Some(below(stack, rest))
    });
    let all: Vec<ResourceLocation> = std::iter::once(below(own, former)).chain(others).collect();
    all.into_iter()
}

/// Returns the location and type of the resource deployed there, unless the app still wants it there.
fn deployed_at(
    place: ResourceLocation,
    deployed: &BTreeMap<String, Template>,
    wanted: &[Stack],
) -> Option<(ResourceLocation, String)> {
    let old = deployed
        .get(&place.stack)?
        .find_resource(&place.logical_id)?;
    let stays = wanted
        .iter()
        .filter(|stack| stack.name == place.stack)
        .any(|stack| stack.template.find_resource(&place.logical_id).is_some());
    let type_name = old.type_name.to_owned();
    (!stays).then_some((place, type_name))
}

fn type_changed_finding(
    name: &ResourceName,
    from: &ResourceLocation,
    old_type: &str,
) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::MOVE_NOT_POSSIBLE,
        format!(
            "`{}` cannot be moved from `{}`, which has another type",
            name.display_name(),
            from.logical_id
        ),
    )
    .actual(old_type)
    .expected(name.type_name.clone())
    .help("declare the path of a resource of this type, or remove the declaration");
    locate_finding(finding, name)
}

fn claimed_twice_finding(
    name: &ResourceName,
    first: &ResourceName,
    from: &ResourceLocation,
) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::MOVE_NOT_POSSIBLE,
        format!(
            "`{}` and `{}` both declare `{}` as their former path",
            first.display_name(),
            name.display_name(),
            from.logical_id
        ),
    )
    .help("a resource can have only one successor: remove one of the declarations");
    locate_finding(finding, name)
}

impl Moves {
    /// Returns the names of all stacks that are the source or destination of a move.
    pub fn list_stacks(&self) -> BTreeSet<&str> {
        let moves = self.moves.iter();
        moves
            .flat_map(|found| [&found.movement.from, &found.movement.to])
            .map(|place| place.stack.as_str())
            .collect()
    }
}
