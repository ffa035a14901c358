//! Applies tags to stacks and resources.
//!
//! A tag set on a stack or above becomes a tag of the stack: CloudFormation propagates it to the resources, so the template does not repeat it. A tag
//! set below a stack is written to every taggable resource in that scope.

use std::collections::BTreeMap;

use infra_schema::TagShape;

use super::Synth;
use crate::props::Props;
use crate::stack_props::StackProps;
use crate::tree::{NodeKind, Tree};
use crate::value::{Data, Map, Value};

pub(super) fn apply_tags(synth: &mut Synth) {
    let stacks = synth.stacks.clone();
    let tree = synth.tree_mut();
    // The tags of a nested stack are set on its resource in the parent.
    let nested: BTreeMap<u32, u32> = stacks
        .into_iter()
        .filter_map(|stack| Some((tree.nested_resource(stack)?, stack)))
        .collect();
    for index in 0..u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX) {
        let Some(resource) = tree.node(index).resource() else {
            continue;
        };
        let mut tags = inherited_tags(tree, index, is_stack);
        if let Some(&stack) = nested.get(&index) {
            tags.extend(own_tags(tree, stack));
        }
        if tags.is_empty() {
            continue;
        }
        let schema = infra_schema::resource(&resource.type_name);
        let Some(known) = schema.and_then(|schema| schema.tags.as_ref()) else {
            continue;
        };
        if let Some(resource) = tree.node_mut(index).resource_mut() {
            merge_tags(&mut resource.props, &known.property, known.shape, tags);
        }
    }
}

/// Returns the tags set on a node, without those of its ancestors.
fn own_tags(tree: &Tree, index: u32) -> BTreeMap<String, Value<String>> {
    let extras = tree.node(index).extras.iter();
    let tags = extras.flat_map(|extras| &extras.tags);
    tags.filter_map(|(key, value)| Some((key.clone(), value.clone()?)))
        .collect()
}

fn is_stack(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Stack(_))
}

/// Returns the tags of a stack: those set on it or above whose values are literals.
pub(super) fn stack_tags(tree: &Tree, stack: u32, props: &StackProps) -> BTreeMap<String, String> {
    let mut tags: BTreeMap<String, String> = inherited_tags(tree, stack, |_| false)
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_literal()?.to_owned())))
        .collect();
    tags.extend(props.tags.clone());
    tags
}

/// Returns the tags set on a node and its ancestors up to the first one for which `stop` returns `true`. The closest setting of a key applies,
/// including its removal.
fn inherited_tags(
    tree: &Tree,
    index: u32,
    stop: fn(&NodeKind) -> bool,
) -> BTreeMap<String, Value<String>> {
    let mut tags: BTreeMap<String, Option<Value<String>>> = BTreeMap::new();
    for above in tree
        .ancestors(index)
        .take_while(|at| !stop(&tree.node(*at).kind))
    {
        for (key, value) in tree
            .node(above)
            .extras
            .iter()
            .flat_map(|extras| &extras.tags)
        {
            tags.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    tags.into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

/// Adds tags to a tag property. Tags that the resource sets itself are kept.
fn merge_tags(
    props: &mut Props,
    property: &str,
    shape: TagShape,
    tags: BTreeMap<String, Value<String>>,
) {
    let map = props.as_map_mut();
    if map.get(property).is_none() {
        let empty = if shape == TagShape::Map {
            Data::Map(Map::new())
        } else {
            Data::List(Vec::new())
        };
        map.insert(property.to_owned(), empty);
    }
    match map.get_mut(property) {
        Some(Data::Map(own)) => {
            for (key, value) in tags {
                if own.get(&key).is_none() {
                    own.insert(key, value.into_data());
                }
            }
        }
        Some(Data::List(own)) => {
            for (key, value) in tags {
                if own
                    .iter()
                    .any(|tag| tag.pointer("Key").and_then(Data::as_text) == Some(&key))
                {
                    continue;
                }
                let mut tag: Map = [("Key", Data::from(key)), ("Value", value.into_data())]
                    .into_iter()
                    .collect();
                if shape == TagShape::AutoScaling {
                    tag.insert("PropagateAtLaunch", true);
                }
                own.push(Data::Map(tag));
            }
        }
        // The property is an intrinsic function, to which no tags can be added.
        _ => {}
    }
}
