//! The construct tree: an append-only arena of nodes, and handles to them. [`App`] is the root, [`Scope`] a handle to a node, and [`Construct`] the
//! trait of everything that has a node.

mod app;
mod kind;
mod node;
mod scope;

pub use app::{APP_TAG, App, EXPIRES_TAG};
pub(crate) use kind::{
    ConditionNode, MappingNode, NodeKind, OutputNode, ParameterNode, ResourceNode, RuleNode,
    StackNode, StageNode, UpdateReplace,
};
pub(crate) use node::{Acknowledgement, AspectEntry, Dependency, Node};
pub use scope::{Construct, Scope};

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Origin, Place, codes};
use crate::node_id::NodeId;

/// All nodes of an app by index. A parent always precedes its children.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Number of the app, which distinguishes nodes of several apps in one process. It is not written to any output.
    pub(crate) app: u32,
    pub(crate) nodes: Vec<Node>,
    by_id: BTreeMap<(u32, Box<str>), u32>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Aspects in the order in which they were added.
    pub(crate) aspects: Vec<AspectEntry>,
}

impl Tree {
    pub(crate) fn new(app: u32, root: Node) -> Self {
        Self {
            app,
            nodes: vec![root],
            by_id: BTreeMap::new(),
            diagnostics: Vec::new(),
            aspects: Vec::new(),
        }
    }

    pub(crate) fn node_id(&self, index: u32) -> NodeId {
        NodeId::new(self.app, index)
    }

    pub(crate) fn node(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }

    pub(crate) fn node_mut(&mut self, index: u32) -> &mut Node {
        &mut self.nodes[index as usize]
    }

    pub(crate) fn child(&self, parent: u32, id: &str) -> Option<u32> {
        self.by_id.get(&(parent, id.into())).copied()
    }

    /// Adds a node. A duplicate or malformed ID is reported and changed, so that the rest of the program is still checked.
    pub(crate) fn add_node(
        &mut self,
        parent: u32,
        id: &str,
        kind: NodeKind,
        origin: Origin,
    ) -> u32 {
        let origin = if self.node(parent).shares_origin {
            self.node(parent).origin
        } else {
            origin
        };
        let mut unique = self.make_valid_id(parent, id, origin);
        if let Some(first) = self.child(parent, &unique) {
            self.report_duplicate(parent, first, id, origin);
            let mut copy = 2;
            while self.child(parent, &unique).is_some() {
                unique = format!("{id}~{copy}");
                copy += 1;
            }
        }
        let index = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let stack = if matches!(kind, NodeKind::Stack(_)) {
            Some(index)
        } else {
            self.node(parent).stack
        };
        let shares_origin = self.node(parent).shares_origin;
        self.by_id.insert((parent, unique.as_str().into()), index);
        self.node_mut(parent).children.push(index);
        self.nodes.push(Node {
            id: unique.into(),
            parent: Some(parent),
            stack,
            origin,
            shares_origin,
            kind,
            children: Vec::new(),
            extras: None,
        });
        index
    }

    fn make_valid_id(&mut self, parent: u32, id: &str, origin: Origin) -> String {
        if !id.is_empty()
            && !id.contains('/')
            && id.trim() == id
            && !id.chars().any(char::is_control)
        {
            return id.to_owned();
        }
        let problem = if id.is_empty() {
            "is empty"
        } else {
            "contains `/`, leading or trailing white space, or control characters"
        };
        self.diagnostics.push(
            Diagnostic::new(
                codes::INVALID_CONSTRUCT_ID,
                format!("construct id `{id}` {problem}"),
            )
            .path(self.path(parent))
            .origin(origin)
            .help(
                "an id is one component of a construct path: use letters, digits, `-`, `_` or `.`",
            ),
        );
        let cleaned: String = id
            .trim()
            .chars()
            .map(|c| if c == '/' || c.is_control() { '-' } else { c })
            .collect();
        if cleaned.is_empty() {
            "Unnamed".to_owned()
        } else {
            cleaned
        }
    }

    fn report_duplicate(&mut self, parent: u32, first: u32, id: &str, origin: Origin) {
        let scope = match self.path(parent) {
            path if path.is_empty() => "the app".to_owned(),
            path => format!("`{path}`"),
        };
        let diagnostic = Diagnostic::new(
            codes::DUPLICATE_CONSTRUCT_ID,
            format!("{scope} already contains a construct with the id `{id}`"),
        )
        .path(self.path(first))
        .origin(origin)
        .related("first used here", self.node(first).origin)
        .help("ids are unique within their scope: rename one of the two");
        self.diagnostics.push(diagnostic);
    }

    /// Returns the location of a node: that in an included template, else that of the call that created it.
    pub(crate) fn place(&self, index: u32) -> Place {
        let node = self.node(index);
        let included = node.extras.as_ref().and_then(|extras| extras.place.clone());
        included.unwrap_or_else(|| node.origin.into())
    }

    /// Returns the path of a node below the app, joined with `/`.
    pub(crate) fn path(&self, index: u32) -> String {
        self.path_components(index, None).join("/")
    }

    /// Returns the IDs from below `above` (the app if `None`) down to the node.
    pub(crate) fn path_components(&self, index: u32, above: Option<u32>) -> Vec<&str> {
        let mut components = Vec::new();
        let mut at = index;
        while let Some(parent) = self.node(at).parent {
            if Some(at) == above {
                break;
            }
            components.push(&*self.node(at).id);
            at = parent;
        }
        components.reverse();
        components
    }

    /// Returns the node and its descendants, parents first.
    pub(crate) fn collect_subtree(&self, index: u32) -> Vec<u32> {
        let mut found = vec![index];
        let mut at = 0;
        while at < found.len() {
            found.extend_from_slice(&self.node(found[at]).children);
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Returns the node and its ancestors, the closest first.
    pub(crate) fn ancestors(&self, index: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(index), |at| self.node(*at).parent)
    }

    /// Returns the resource of a nested stack in its parent, or `None` for a root stack.
    pub(crate) fn nested_resource(&self, stack: u32) -> Option<u32> {
        match &self.node(stack).kind {
            NodeKind::Stack(node) => node.resource,
            _ => None,
        }
    }

    /// Returns the stack and the stacks in which it is nested, the innermost first.
    pub(crate) fn stacks_above(&self, stack: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(stack), |at| {
            let resource = self.nested_resource(*at)?;
            self.node(resource).stack
        })
    }

    /// Returns the root stack, which is the unit of deployment: the stack itself unless it is nested.
    pub(crate) fn root_stack(&self, stack: u32) -> u32 {
        self.stacks_above(stack).last().unwrap_or(stack)
    }

    /// Returns the innermost stack that contains both stacks, or `None` if their roots differ.
    pub(crate) fn shared_stack(&self, one: u32, other: u32) -> Option<u32> {
        self.stacks_above(one)
            .find(|at| self.stacks_above(other).any(|above| above == *at))
    }

    pub(crate) fn stage_of(&self, index: u32) -> u32 {
        self.ancestors(index)
            .find(|at| matches!(self.node(*at).kind, NodeKind::Stage(_) | NodeKind::App))
            .unwrap_or(0)
    }
}
