//! Data of each kind of node. Handles such as `Parameter`, each in a module of its own, are built on it.

use std::borrow::Cow;

use crate::environment::Environment;
use crate::node_id::NodeId;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::stack_props::StackProps;
use crate::value::{Data, Map};

/// Kind of a node, with its data. The set is closed: `match` shows each pass that a new kind concerns.
#[derive(Debug)]
pub(crate) enum NodeKind {
    App,
    Stage(Box<StageNode>),
    Stack(Box<StackNode>),
    /// A grouping of other nodes, with the name of its construct type.
    Construct(Cow<'static, str>),
    Resource(Box<ResourceNode>),
    Parameter(Box<ParameterNode>),
    Mapping(Box<MappingNode>),
    Condition(Box<ConditionNode>),
    Output(Box<OutputNode>),
    Rule(Box<RuleNode>),
}

#[derive(Debug, Default)]
pub(crate) struct StageNode {
    pub(crate) environment: Option<Environment>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct StackNode {
    pub(crate) props: StackProps,
    /// The resource of the parent that this stack is, when it is nested.
    pub(crate) resource: Option<u32>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct ParameterNode {
    pub(crate) fields: Map,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct MappingNode {
    pub(crate) entries: Map,
}

#[derive(Clone, Debug)]
pub(crate) struct ConditionNode {
    pub(crate) expr: Data,
}

#[derive(Clone, Debug)]
pub(crate) struct OutputNode {
    pub(crate) value: Data,
    pub(crate) description: Option<String>,
    pub(crate) export_name: Option<Data>,
    pub(crate) condition: Option<NodeId>,
}

#[derive(Clone, Debug)]
pub(crate) struct RuleNode {
    pub(crate) condition: Option<Data>,
    pub(crate) assertions: Vec<(Data, String)>,
}

/// What happens to the old resource when an update replaces it, where that differs from its removal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct UpdateReplace(pub(crate) RemovalPolicy);

/// A resource before it is rendered.
#[derive(Debug)]
pub(crate) struct ResourceNode {
    pub(crate) type_name: Cow<'static, str>,
    pub(crate) props: Props,
    pub(crate) removal_policy: Option<RemovalPolicy>,
    pub(crate) update_replace: Option<UpdateReplace>,
    pub(crate) condition: Option<NodeId>,
    pub(crate) creation_policy: Option<Data>,
    pub(crate) update_policy: Option<Data>,
}
