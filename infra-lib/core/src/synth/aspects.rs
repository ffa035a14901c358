//! Runs the aspects over the tree, those of outer scopes first. Nodes added by an aspect are visited as well.

use std::collections::BTreeSet;

use super::Synth;
use crate::tree::{Scope, Visitor};

/// An aspect with the node it was added to and the nodes to visit.
struct DueAspect {
    owner: u32,
    position: usize,
    aspect: Visitor,
    nodes: Vec<u32>,
}

pub(super) fn run_aspects(synth: &mut Synth) {
    let app = &synth.app;
    let mut visited = BTreeSet::new();
    // An aspect may add nodes and even aspects: repeat until a round visits nothing new.
    loop {
        let due: Vec<DueAspect> = {
            let tree = app.tree.borrow();
            (0..)
                .zip(&tree.nodes)
                .filter_map(|(index, node)| Some((index, node.extras.as_ref()?)))
                .flat_map(|(index, extras)| {
                    extras
                        .aspects
                        .iter()
                        .enumerate()
                        .map(move |(at, a)| (index, at, a.clone()))
                })
                .map(|(owner, position, aspect)| DueAspect {
                    owner,
                    position,
                    aspect,
                    nodes: tree.collect_subtree(owner),
                })
                .collect()
        };
        let mut found_new = false;
        for DueAspect {
            owner,
            position,
            aspect,
            nodes,
        } in due
        {
            for index in nodes {
                if visited.insert((owner, position, index)) {
                    found_new = true;
                    aspect(Scope {
                        app,
                        index,
                        origin: None,
                    });
                }
            }
        }
        if !found_new {
            break;
        }
    }
    synth.stacks = super::stacks_of(synth.tree_mut());
}
