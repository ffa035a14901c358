//! JSON document of `graph --json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::VERSION;

/// Graph of the stacks of an app: their nodes, and the references between nodes.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Graph: `graph --json`")]
pub struct GraphDocument {
    /// Version of the format of this document.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Stacks in deployment order.
    stacks: Vec<GraphStack>,
    /// References between nodes, one for each pair of nodes.
    references: Vec<Reference>,
}

/// Stack of the graph with the nodes in it.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct GraphStack {
    /// Construct path of the stack.
    name: String,
    /// Nodes of the stack: constructs or resources, depending on the level of detail.
    nodes: Vec<GraphNode>,
}

/// Node of the graph: a construct or a resource, depending on the level of detail.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct GraphNode {
    /// Number of the node, unique in the document.
    id: usize,
    /// Construct path, relative to the stack.
    name: String,
    /// Type of the resource; for a construct with several resources, their number.
    kind: String,
    /// Construct path of the VPC that the node is in; `null` outside of a VPC.
    vpc: Option<String>,
}

/// Reference from one node to another.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    /// ID of the node that contains the reference.
    from: usize,
    /// ID of the node that is referred to.
    to: usize,
    /// True if the nodes belong to different stacks.
    between_stacks: bool,
}

impl GraphDocument {
    /// Creates a graph. Each reference consists of the ID of its source, the ID of its target, and true if they belong to different stacks.
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
    /// Creates a stack from its construct path and its nodes.
    pub fn new(name: impl Into<String>, nodes: Vec<GraphNode>) -> Self {
        Self {
            name: name.into(),
            nodes,
        }
    }
}

impl GraphNode {
    /// Creates a node outside of a VPC, with its number, name, and type or number of resources.
    pub fn new(id: usize, name: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            kind: kind.into(),
            vpc: None,
        }
    }

    /// Sets the VPC that the node is in, by its construct path; `None` for a node outside of a VPC.
    #[must_use]
    pub fn in_vpc(mut self, vpc: Option<String>) -> Self {
        self.vpc = vpc;
        self
    }
}
