//! Lets aspects visit the tree, outermost scope first; nodes that an aspect adds are visited too.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Synth;
use crate::aspect::Aspect;
use crate::tree::Scope;

pub(super) fn run(synth: &mut Synth) {
    let app = &synth.app;
    let mut visited = BTreeSet::new();
    // An aspect may add nodes, and even aspects, so look again until a round finds nothing new.
    loop {
        let due: Vec<(u32, usize, Rc<dyn Aspect>, Vec<u32>)> = {
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
                .map(|(index, at, aspect)| (index, at, aspect, tree.subtree(index)))
                .collect()
        };
        let mut found_new = false;
        for (owner, at, aspect, nodes) in due {
            for index in nodes {
                if visited.insert((owner, at, index)) {
                    found_new = true;
                    aspect.visit(Scope {
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
    synth.stacks = super::stacks_of(synth.tree());
}
