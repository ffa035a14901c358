//! Carries tags from scopes to stacks and to every resource that can have them.

use std::collections::BTreeMap;

use super::Synth;
use crate::stack::StackProps;
use crate::tree::Tree;
use crate::value::Value;

pub(super) fn run(_synth: &mut Synth) {}

/// The tags of a stack itself: those at or above it whose value is known now.
pub(super) fn stack_tags(tree: &Tree, stack: u32, props: &StackProps) -> BTreeMap<String, String> {
    let mut tags: BTreeMap<String, String> = inherited(tree, stack)
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_literal()?.to_owned())))
        .collect();
    tags.extend(props.tags.clone());
    tags
}

/// The tags set at or above a node; the nearest of a name wins, a removal included.
fn inherited(tree: &Tree, index: u32) -> BTreeMap<String, Value<String>> {
    let mut tags: BTreeMap<String, Option<Value<String>>> = BTreeMap::new();
    for above in tree.ancestors(index) {
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
