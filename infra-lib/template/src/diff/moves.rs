//! Detects resources that have another logical ID than before: declared with `moved_from`, or so similar that a declaration is proposed.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::logical_id::logical_id;
use serde_json::{Map, Value as JsonValue};

use super::compare::is_intrinsic;
use crate::assembly::Stack;
use crate::digest::canonical_json;
use crate::{Template, TemplateResource};

/// Minimum percentage of equal values for which two resources are considered the same.
const ALIKE: usize = 80;

/// Returns the moves that the app declares: the new logical ID and the former construct path, by the logical ID in the deployed template.
pub(super) fn find_declared_moves(
    old: &Template,
    new: &Stack,
) -> BTreeMap<String, (String, String)> {
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    for resource in new.template.resources() {
        if old.find_resource(resource.logical_id).is_some() {
            continue;
        }
        let origin = new.origins.get(resource.logical_id);
        for former in origin.into_iter().flat_map(|origin| &origin.moved_from) {
            let parts: Vec<&str> = former.split('/').collect();
            let mut inside = parts.clone();
            inside.push("Resource");
            for id in [logical_id(&parts), logical_id(&inside)] {
                let there = old.find_resource(&id);
                let fits = there.is_some_and(|there| there.type_name == resource.type_name);
                if fits && new.template.find_resource(&id).is_none() {
                    found
                        .entry(id)
                        .or_insert_with(|| (resource.logical_id.to_owned(), former.clone()));
                }
            }
        }
    }
    found
}

/// Returns the template with renamed logical IDs, in definitions and references.
pub(super) fn rename_resources(
    template: &Template,
    ids: &BTreeMap<String, (String, String)>,
) -> Template {
    if ids.is_empty() {
        return template.clone();
    }
    let names = |id: &str| ids.get(id).map(|(new, _)| new.clone());
    let mut document = template.document().clone();
    for (section, value) in &mut document {
        if section == "Resources"
            && let JsonValue::Object(resources) = value
        {
            let entries = std::mem::take(resources);
            for (id, mut entry) in entries {
                if let Some(declared) = entry.get_mut("DependsOn") {
                    rename_ids(declared, &names);
                }
                rename_references(&mut entry, &names);
                resources.insert(names(&id).unwrap_or(id), entry);
            }
        } else {
            rename_references(value, &names);
        }
    }
    Template::from_json(JsonValue::Object(document)).unwrap_or_else(|_| Template::empty())
}

/// Returns added resources that are similar to removed ones: the old logical ID by the new one.
pub(super) fn find_proposed_moves(
    old: &Template,
    new: &Stack,
    removed: &BTreeSet<String>,
    added: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let resources =
        |template: &Template, ids: &BTreeSet<String>| -> Vec<(String, String, Leaves)> {
            let found = ids.iter().filter_map(|id| template.find_resource(id));
            found
                .map(|r| {
                    (
                        r.logical_id.to_owned(),
                        r.type_name.to_owned(),
                        collect_leaves(r, removed, added),
                    )
                })
                .collect()
        };
    let gone = resources(old, removed);
    let come = resources(&new.template, added);
    let mut scores: Vec<(usize, &str, &str)> = Vec::new();
    for (new_id, new_type, new_leaves) in &come {
        for (old_id, old_type, old_leaves) in &gone {
            let score = similarity_percent(old_leaves, new_leaves);
            if new_type == old_type && score >= ALIKE {
                scores.push((score, new_id, old_id));
            }
        }
    }
    let best = |score: usize, fits: &dyn Fn(&str, &str) -> bool| {
        let mut rivals = scores
            .iter()
            .filter(|(other, n, o)| *other >= score && fits(n, o));
        rivals.next().is_some() && rivals.next().is_none()
    };
    scores
        .iter()
        .filter(|(score, new_id, old_id)| {
            // Ambiguous candidates are skipped: a wrong guess would move the wrong resource.
            best(*score, &|n, _| n == *new_id) && best(*score, &|_, o| o == *old_id)
        })
        .map(|(_, new_id, old_id)| ((*new_id).to_owned(), (*old_id).to_owned()))
        .collect()
}

/// Values of a resource with their paths.
struct Leaves(BTreeSet<String>);

fn similarity_percent(one: &Leaves, other: &Leaves) -> usize {
    let all = one.0.len() + other.0.len();
    if all == 0 {
        return 100;
    }
    one.0.intersection(&other.0).count() * 200 / all
}

fn collect_leaves(
    resource: TemplateResource<'_>,
    removed: &BTreeSet<String>,
    added: &BTreeSet<String>,
) -> Leaves {
    let mut properties = JsonValue::Object(resource.properties().cloned().unwrap_or_else(Map::new));
    // Resources that move at the same time also have other names.
    let anonymous =
        |id: &str| (removed.contains(id) || added.contains(id)).then(|| "moved".to_owned());
    rename_references(&mut properties, &anonymous);
    let mut found = BTreeSet::new();
    collect_values(&properties, &mut String::new(), &mut found);
    Leaves(found)
}

fn collect_values(value: &JsonValue, path: &mut String, found: &mut BTreeSet<String>) {
    let length = path.len();
    match value {
        JsonValue::Object(map) if !is_intrinsic(value) => {
            for (key, inner) in map {
                path.push('/');
                path.push_str(key);
                collect_values(inner, path, found);
                path.truncate(length);
            }
        }
        JsonValue::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push('/');
                path.push_str(&at.to_string());
                collect_values(item, path, found);
                path.truncate(length);
            }
        }
        leaf => {
            found.insert(format!("{path}={}", canonical_json(leaf)));
        }
    }
}

fn rename_ids(value: &mut JsonValue, names: &dyn Fn(&str) -> Option<String>) {
    match value {
        JsonValue::String(id) => {
            if let Some(new) = names(id) {
                *id = new;
            }
        }
        JsonValue::Array(items) => items.iter_mut().for_each(|item| rename_ids(item, names)),
        _ => {}
    }
}

/// Renames the targets of `Ref`, `Fn::GetAtt` and `Fn::Sub`.
fn rename_references(value: &mut JsonValue, names: &dyn Fn(&str) -> Option<String>) {
    match value {
        JsonValue::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_references(item, names)),
        JsonValue::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match (key.as_str(), &mut *inner) {
                    ("Ref", JsonValue::String(id)) => {
                        if let Some(new) = names(id) {
                            *id = new;
                        }
                    }
                    ("Fn::GetAtt", JsonValue::String(dotted)) => {
                        if let Some((id, attribute)) = dotted.split_once('.')
                            && let Some(new) = names(id)
                        {
                            *dotted = format!("{new}.{attribute}");
                        }
                    }
                    ("Fn::GetAtt", JsonValue::Array(parts)) => {
                        if let Some(first) = parts.first_mut() {
                            rename_ids(first, names);
                        }
                    }
                    ("Fn::Sub", JsonValue::String(text)) => *text = rename_in_sub(text, names),
                    ("Fn::Sub", JsonValue::Array(parts)) => {
                        if let Some(JsonValue::String(text)) = parts.first_mut() {
                            *text = rename_in_sub(text, names);
                        }
                        parts
                            .iter_mut()
                            .skip(1)
                            .for_each(|part| rename_references(part, names));
                    }
                    _ => rename_references(inner, names),
                }
            }
        }
        _ => {}
    }
}

fn rename_in_sub(text: &str, names: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut pieces = text.split("${");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push_str("${");
        let end = piece.find(['.', '}']).unwrap_or(0);
        let (id, rest) = piece.split_at(end);
        out.push_str(&names(id).unwrap_or_else(|| id.to_owned()));
        out.push_str(rest);
    }
    out
}
