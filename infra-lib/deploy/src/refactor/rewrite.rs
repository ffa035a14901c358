//! Applies moves to deployed templates. Logical IDs and references change; everything else keeps its value.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::{Diagnostic, codes};
use serde_json::{Map, Value as JsonValue};

use super::find::Move;
use crate::failure::locate_finding;
use infra_core::template::{Reference, references};
use infra_template::Template;

/// Returns the templates after the moves, for each stack involved. `deployed` contains the current templates by stack name.
///
/// # Errors
///
/// One finding for each reference between stacks that the moves would create, and for each stack left without resources.
pub fn apply_moves(
    deployed: &BTreeMap<String, Template>,
    moves: &[Move],
) -> Result<BTreeMap<String, Template>, Vec<Diagnostic>> {
    let mut problems = find_crossings(deployed, moves);
    let mut result = BTreeMap::new();
    let names: BTreeSet<&str> = moves
        .iter()
        .flat_map(|found| [&*found.movement.from.stack, &*found.movement.to.stack])
        .collect();
    for stack in names {
        let document = template_after_moves(stack, deployed, moves);
        let is_empty = document
            .get("Resources")
            .and_then(JsonValue::as_object)
            .is_none_or(Map::is_empty);
        if is_empty {
            problems.push(
                Diagnostic::new(
                    codes::MOVE_NOT_POSSIBLE,
                    format!("stack `{stack}` would have no resources left"),
                )
                .help("keep one resource in it, or deploy the new stack and `destroy` the old one"),
            );
        }
        if let Ok(template) = Template::from_json(JsonValue::Object(document)) {
            result.insert(stack.to_owned(), template);
        }
    }
    if problems.is_empty() {
        Ok(result)
    } else {
        Err(problems)
    }
}

/// Returns the template of one stack after the moves.
fn template_after_moves(
    stack: &str,
    deployed: &BTreeMap<String, Template>,
    moves: &[Move],
) -> Map<String, JsonValue> {
    let within: BTreeMap<&str, &str> = map_renamed_ids(moves, stack, stack);
    let gone: BTreeSet<&str> = moves
        .iter()
        .map(|found| &found.movement)
        .filter(|movement| movement.from.stack == stack && movement.to.stack != stack)
        .map(|movement| movement.from.logical_id.as_str())
        .collect();
    let mut document = deployed
        .get(stack)
        .map_or_else(Map::new, |template| template.document().clone());
    let old = match document.get_mut("Resources") {
        Some(JsonValue::Object(resources)) => std::mem::take(resources),
        _ => Map::new(),
    };
    for (name, section) in &mut document {
        if name != "Metadata" {
            rename_references(section, &within);
        }
    }
    let mut resources = Map::new();
    for (id, mut entry) in old {
        if gone.contains(id.as_str()) {
            continue;
        }
        rename_entry(&mut entry, &within);
        let id = within
            .get(id.as_str())
            .map_or(id.clone(), |id| (*id).to_owned());
        resources.insert(id, entry);
    }
    for movement in moves.iter().map(|found| &found.movement) {
        if movement.to.stack != stack || movement.from.stack == stack {
            continue;
        }
        let together = map_renamed_ids(moves, &movement.from.stack, stack);
        let source = deployed.get(&movement.from.stack);
        if let Some(resource) =
            source.and_then(|template| template.find_resource(&movement.from.logical_id))
        {
            let mut entry = JsonValue::Object(resource.entry.clone());
            rename_entry(&mut entry, &together);
            resources.insert(movement.to.logical_id.clone(), entry);
        }
    }
    document.insert("Resources".to_owned(), JsonValue::Object(resources));
    document
}

/// Returns the new logical IDs, by old logical ID, of resources that move between two stacks or within one.
fn map_renamed_ids<'m>(moves: &'m [Move], from: &str, to: &str) -> BTreeMap<&'m str, &'m str> {
    moves
        .iter()
        .map(|found| &found.movement)
        .filter(|movement| movement.from.stack == from && movement.to.stack == to)
        .map(|movement| (&*movement.from.logical_id, &*movement.to.logical_id))
        .collect()
}

/// Finds references that would cross stacks after the moves; CloudFormation cannot resolve them.
fn find_crossings(deployed: &BTreeMap<String, Template>, moves: &[Move]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for found in moves {
        let (from, to) = (&found.movement.from, &found.movement.to);
        if from.stack == to.stack {
            continue;
        }
        let Some(source) = deployed.get(&from.stack) else {
            continue;
        };
        let together = map_renamed_ids(moves, &from.stack, &to.stack);
        let Some(resource) = source.find_resource(&from.logical_id) else {
            continue;
        };
        let empty = Template::empty();
        let target = deployed.get(&to.stack).unwrap_or(&empty);
        for needed in list_dependencies(resource.entry) {
            let same = |section: &str| {
                let of = |template: &Template| {
                    template
                        .document()
                        .get(section)
                        .and_then(|entries| entries.get(&needed))
                        .cloned()
                };
                of(source).is_some() && of(source) == of(target)
            };
            let known = together.contains_key(needed.as_str())
                || needed.starts_with("AWS::")
                || same("Parameters")
                || same("Conditions")
                || same("Mappings");
            if !known {
                problems.push(crossing_finding(
                    found,
                    &format!("it reads `{needed}`, which remains in `{}`", from.stack),
                ));
            }
        }
        let stays = source
            .resources()
            .filter(|other| !together.contains_key(other.logical_id))
            .map(|other| (other.logical_id, list_dependencies(other.entry)));
        let outputs = source
            .section_entries("Outputs")
            .map(|(name, output)| (name, list_value_dependencies(output)));
        for (name, needed) in stays.chain(outputs) {
            if needed.contains(&from.logical_id) {
                problems.push(crossing_finding(
                    found,
                    &format!("`{name}`, which remains in `{}`, reads it", from.stack),
                ));
            }
        }
    }
    problems
}

fn crossing_finding(found: &Move, because: &str) -> Diagnostic {
    let (from, to) = (&found.movement.from, &found.movement.to);
    let finding = Diagnostic::new(
        codes::MOVE_CROSSES_STACKS,
        format!(
            "`{}` cannot move from stack `{}` to stack `{}`: {because}",
            found.resource.display_name(),
            from.stack,
            to.stack
        ),
    )
    .help("declare moves for both, or deploy a template first in which neither reads the other");
    locate_finding(finding, &found.resource)
}

/// Returns the names of all template elements that a resource refers to.
fn list_dependencies(entry: &Map<String, JsonValue>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, value) in entry {
        match name.as_str() {
            "Metadata" => {}
            "DependsOn" => found.extend(depends_on(value).map(str::to_owned)),
            "Condition" => found.extend(value.as_str().map(str::to_owned)),
            _ => found.extend(list_value_dependencies(value)),
        }
    }
    found
}

fn list_value_dependencies(value: &JsonValue) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = references(value)
        .into_iter()
        .filter_map(|reference| match reference {
            Reference::Local { logical_id, .. } => Some(logical_id),
            Reference::Condition { name } => Some(name),
            Reference::StackOutput { .. } | Reference::Import { .. } => None,
        })
        .collect();
    collect_mappings(value, &mut found);
    found
}

/// Collects the names of mappings that `Fn::FindInMap` reads.
fn collect_mappings(value: &JsonValue, found: &mut BTreeSet<String>) {
    match value {
        JsonValue::Array(items) => items.iter().for_each(|item| collect_mappings(item, found)),
        JsonValue::Object(map) => {
            let name = map.get("Fn::FindInMap").and_then(|call| call.get(0));
            found.extend(name.and_then(JsonValue::as_str).map(str::to_owned));
            map.values()
                .for_each(|inner| collect_mappings(inner, found));
        }
        _ => {}
    }
}

fn depends_on(value: &JsonValue) -> impl Iterator<Item = &str> {
    let one = value.as_str();
    let many = value.as_array().into_iter().flatten();
    one.into_iter().chain(many.filter_map(JsonValue::as_str))
}

/// Renames the references in a resource, including `DependsOn`. Metadata is not changed.
fn rename_entry(entry: &mut JsonValue, renames: &BTreeMap<&str, &str>) {
    let Some(entry) = entry.as_object_mut() else {
        return;
    };
    for (name, value) in entry {
        match name.as_str() {
            "Metadata" => {}
            "DependsOn" => match value {
                JsonValue::String(id) => rename_id(id, renames),
                JsonValue::Array(ids) => {
                    for id in ids {
                        if let JsonValue::String(id) = id {
                            rename_id(id, renames);
                        }
                    }
                }
                _ => {}
            },
            _ => rename_references(value, renames),
        }
    }
}

fn rename_id(id: &mut String, renames: &BTreeMap<&str, &str>) {
    if let Some(new) = renames.get(id.as_str()) {
        (*new).clone_into(id);
    }
}

/// Renames references in `Ref`, in both forms of `Fn::GetAtt`, and in `Fn::Sub`.
fn rename_references(value: &mut JsonValue, renames: &BTreeMap<&str, &str>) {
    match value {
        JsonValue::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_references(item, renames)),
        JsonValue::Object(map) => {
            if map.len() == 1
                && let Some((key, argument)) = map.iter_mut().next()
            {
                match (key.as_str(), &mut *argument) {
                    ("Ref", JsonValue::String(id)) => return rename_id(id, renames),
                    ("Fn::GetAtt", JsonValue::String(dotted)) => {
                        *dotted = renamed_name(dotted, renames);
                        return;
                    }
                    ("Fn::GetAtt", JsonValue::Array(parts)) => {
                        if let Some(JsonValue::String(id)) = parts.first_mut() {
                            rename_id(id, renames);
                        }
                    }
                    ("Fn::Sub", JsonValue::String(text)) => {
                        *text = renamed_text(text, renames, &[]);
                        return;
                    }
                    ("Fn::Sub", JsonValue::Array(parts)) => {
                        let own: Vec<String> = parts
                            .get(1)
                            .and_then(JsonValue::as_object)
                            .map(|variables| variables.keys().cloned().collect())
                            .unwrap_or_default();
                        if let Some(JsonValue::String(text)) = parts.first_mut() {
                            *text = renamed_text(text, renames, &own);
                        }
                    }
                    _ => {}
                }
            }
            map.values_mut()
                .for_each(|inner| rename_references(inner, renames));
        }
        _ => {}
    }
}

/// Renames `Old.Attribute` or `Old`.
fn renamed_name(name: &str, renames: &BTreeMap<&str, &str>) -> String {
    let (id, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
    let id = renames.get(id).copied().unwrap_or(id);
    format!("{id}{rest}")
}

/// Renames `${Old}` and `${Old.Attribute}` in the text of an `Fn::Sub`, but neither `${!Old}` nor the function's own variables.
fn renamed_text(text: &str, renames: &BTreeMap<&str, &str>, own: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push_str("${");
        let Some((name, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if name.starts_with('!') || own.iter().any(|variable| variable == name.trim()) {
            out.push_str(name);
        } else {
            out.push_str(&renamed_name(name.trim(), renames));
        }
        out.push('}');
        rest = behind;
    }
    out.push_str(rest);
    out
}
