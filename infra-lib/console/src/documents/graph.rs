//! The document of `graph --json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::VERSION;

/// Stacks with their nodes, and references between nodes.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Graph: `graph --json`")]
pub struct GraphDocument {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Stacks in deployment order.
    stacks: Vec<GraphStack>,
    /// References, each once for two nodes.
    references: Vec<Reference>,
}

/// A stack with its nodes.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct GraphStack {
    /// Construct path.
    name: String,
    /// Nodes of the stack.
    nodes: Vec<GraphNode>,
}

/// A construct or a resource.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct GraphNode {
    /// Number of the node, unique in the document.
    id: usize,
    /// Construct path below the stack.
    name: String,
    /// Type of the resource, or the number of resources.
    kind: String,
    /// Construct path of the VPC that the node is in; `null` outside every VPC.
    vpc: Option<String>,
}

/// A reference of a node to another one.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    /// Node that refers.
    from: usize,
    /// Node that is referred to.
    to: usize,
    /// True where the nodes are in two stacks.
    between_stacks: bool,
}

impl GraphDocument {
    /// Joins stacks and references: from node, to node, and true between stacks.
    pub fn new(
        stacks: Vec<GraphStack>,
        references: impl IntoIterator<Item = (usize, usize, bool)>,
    ) -> Self {
        let references = references.into_iter();
        Self {
            version: VERSION,
            stacks,
            references: references
                .map(|(from, to, between_stacks)| Reference {
                    from,
                    to,
                    between_stacks,
                })
                .collect(),
        }
    }
}

impl GraphStack {
    /// Describes a stack.
    pub fn new(name: impl Into<String>, nodes: Vec<GraphNode>) -> Self {
        Self {
            name: name.into(),
            nodes,
        }
    }
}

impl GraphNode {
    /// Describes a node that is in no VPC.
    pub fn new(id: usize, name: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            kind: kind.into(),
            vpc: None,
        }
    }

    /// Places the node in the VPC with this construct path.
    #[must_use]
    pub fn in_vpc(mut self, vpc: Option<String>) -> Self {
        self.vpc = vpc;
        self
    }
}
