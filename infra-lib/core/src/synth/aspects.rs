//! Runs the aspects over the tree in the order of their priorities. Nodes and aspects that aspects add take part, and an aspect that never ends is
//! stopped.

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::{App, AspectEntry, Scope, Tree};

/// Maximum number of steps from a construct of the program to one that aspects added: an aspect that visits a construct of step 3 adds those of step 4.
const MAX_STEPS: u32 = 16;

/// Number of constructs that an aspect may add in any app, and for each construct of the program. An aspect that adds several constructs to each of
/// its own exceeds it in fewer steps than [`MAX_STEPS`].
const MAX_ADDED: usize = 10_000;
const MAX_ADDED_FOR_EACH: usize = 100;

/// State of an aspect between its visits.
#[derive(Clone, Copy, Default)]
struct Progress {
    /// Nodes below this number have been visited; new nodes have higher numbers.
    visited: usize,
    /// Number of constructs that the aspect added.
    added: usize,
    is_stopped: bool,
}

struct Runner<'app> {
    app: &'app App,
    /// Progress by aspect.
    progress: Vec<Progress>,
    /// Step by node: 0 for those of the program.
    node_steps: Vec<u32>,
    /// Step by aspect: 0 for those of the program.
    aspect_steps: Vec<u32>,
    max_added: usize,
}

pub(super) fn run_aspects(synth: &mut Synth) {
    let (nodes, aspects) = counts(&synth.app.tree.borrow());
    let mut runner = Runner {
        app: &synth.app,
        progress: vec![Progress::default(); aspects],
        node_steps: vec![0; nodes],
        aspect_steps: vec![0; aspects],
        max_added: MAX_ADDED + MAX_ADDED_FOR_EACH * nodes,
    };
    let mut findings = Vec::new();
    // The aspects start again from the first one after each that added nodes, so that a read-only aspect sees complete nodes.
    while let Some((aspect, nodes)) = runner.next_visits() {
        findings.extend(runner.visit_nodes(aspect, &nodes));
    }
    synth.findings.extend(findings);
    synth.stacks = super::stacks_of(synth.tree_mut());
}

fn counts(tree: &Tree) -> (usize, usize) {
    (tree.nodes.len(), tree.aspects.len())
}

impl Runner<'_> {
    /// Returns the first aspect that has nodes to visit, with these nodes.
    fn next_visits(&mut self) -> Option<(usize, Vec<u32>)> {
        let tree = self.app.tree.borrow();
        let mut order: Vec<usize> = (0..tree.aspects.len()).collect();
        order.sort_by_key(|at| (tree.aspects[*at].priority, tree.aspects[*at].owner, *at));
        for at in order {
            let progress = &mut self.progress[at];
            if progress.is_stopped || progress.visited == tree.nodes.len() {
                continue;
            }
            let mut nodes = tree.collect_subtree(tree.aspects[at].owner);
            nodes.retain(|node| *node as usize >= progress.visited);
            progress.visited = tree.nodes.len();
            if !nodes.is_empty() {
                return Some((at, nodes));
            }
        }
        None
    }

    /// Visits nodes with an aspect. Returns a finding if the aspect was stopped.
    fn visit_nodes(&mut self, at: usize, nodes: &[u32]) -> Option<Diagnostic> {
        let aspect = self.app.tree.borrow().aspects[at].clone();
        for &index in nodes {
            (aspect.visit)(Scope {
                app: self.app,
                index,
                origin: None,
            });
            let tree = self.app.tree.borrow();
            let (node_count, aspect_count) = counts(&tree);
            let step = self.node_steps[index as usize].max(self.aspect_steps[at]) + 1;
            let first = self.node_steps.len();
            let has_added = node_count > first || aspect_count > self.aspect_steps.len();
            self.progress[at].added += node_count - first;
            self.node_steps.resize(node_count, step);
            self.aspect_steps.resize(aspect_count, step);
            // Aspects beyond the limit never start, so that a chain of them has one finding.
            let new_aspect = Progress {
                is_stopped: step > MAX_STEPS,
                ..Progress::default()
            };
            self.progress.resize(aspect_count, new_aspect);
            if has_added && (step > MAX_STEPS || self.progress[at].added > self.max_added) {
                self.progress[at].is_stopped = true;
                return Some(endless_finding(&tree, &aspect, index));
            }
        }
        None
    }
}

fn endless_finding(tree: &Tree, aspect: &AspectEntry, visited: u32) -> Diagnostic {
    let owner = match tree.path(aspect.owner) {
        path if path.is_empty() => "the app".to_owned(),
        path => format!("`{path}`"),
    };
    Diagnostic::new(
        codes::ENDLESS_ASPECT,
        format!("aspect `{}` of {owner} does not end", aspect.name),
    )
    .path(tree.path(aspect.owner))
    .origin(aspect.origin)
    .note("it adds constructs or aspects when it visits those that it added")
    .note(format!("it was stopped at `{}`", tree.path(visited)))
    .help("leave out the constructs that the aspect adds: check the id or the resource type of the visited construct, or `scope.child(id)`")
}
