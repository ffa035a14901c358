//! Constraints across the members of an object.

use std::collections::BTreeMap;

use infra_schema::model::{Property, Rule, Text};
use serde_json::{Map, Value};

use super::json::string_items;

/// Returns the rules that have their own keyword.
pub(super) fn simple_rules(node: &Value) -> Vec<Rule> {
    let texts = |value: &Value| {
        string_items(value)
            .into_iter()
            .map(Text::from)
            .collect::<Vec<_>>()
    };
    let single = |value: &Value| {
        texts(value)
            .into_iter()
            .map(|name| vec![name])
            .collect::<Vec<_>>()
    };
    let mut rules = Vec::new();
    if node["requiredXor"].is_array() {
        rules.push(Rule::ExactlyOne(single(&node["requiredXor"])));
    }
    if node["requiredOr"].is_array() {
        rules.push(Rule::AtLeastOne(single(&node["requiredOr"])));
    }
    for (name, others) in node["dependentExcluded"].as_object().into_iter().flatten() {
        rules.push(Rule::Excludes(Text::from(name.clone()), texts(others)));
    }
    for key in ["dependentRequired", "dependencies"] {
        for (name, others) in node[key].as_object().into_iter().flatten() {
            if others.is_array() {
                rules.push(Rule::Requires(Text::from(name.clone()), texts(others)));
            }
        }
    }
    rules
}

/// Returns the rule of a `oneOf` or `anyOf` whose alternatives differ in the required members.
pub(super) fn choice_rule(key: &str, list: &[&Value], sets: Vec<Vec<Text>>) -> Option<Rule> {
    let pure = list.iter().all(|alternative| {
        let keys = alternative.as_object().into_iter().flat_map(Map::keys);
        keys.clone()
            .all(|key| key == "required" || key == "description" || key == "title")
    });
    let distinct = sets.iter().enumerate().all(|(at, set)| {
        !set.is_empty()
            && sets
                .iter()
                .enumerate()
                .all(|(other, names)| at == other || !set.iter().all(|name| names.contains(name)))
    });
    if sets.len() < 2 || !(pure || distinct) {
        return None;
    }
    Some(match key {
        "oneOf" => Rule::ExactlyOne(sets),
        _ => Rule::AtLeastOne(sets),
    })
}

/// Returns `true` if every property of a rule exists.
pub(super) fn mentions_only(rule: &Rule, members: &BTreeMap<String, Property>) -> bool {
    let known = |name: &Text| members.contains_key(&**name);
    match rule {
        Rule::ExactlyOne(sets) | Rule::AtLeastOne(sets) => sets.iter().flatten().all(known),
        Rule::Excludes(name, others) | Rule::Requires(name, others) => {
            known(name) && others.iter().all(known)
        }
    }
}
