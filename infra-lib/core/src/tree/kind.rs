//! The data of each kind of node. Handles such as `Parameter` are defined in their own modules.

use std::borrow::Cow;

use crate::environment::Environment;
use crate::node_id::NodeId;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::stack_props::StackProps;
use crate::value::{Data, Map};

/// The kind of a node, with its data. The set is closed, so that `match` shows every pass that a new kind affects.
#[derive(Debug)]
pub(crate) enum NodeKind {
    App,
    Stage(Box<StageNode>),
    Stack(Box<StackNode>),
    /// A group of nodes, with the name of its construct type.
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
    /// Resource of a nested stack in its parent, or `None` for a root stack.
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

/// Policy for the old resource when an update replaces it, if it differs from the removal policy.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum UpdateReplace {
    /// No `UpdateReplacePolicy` attribute, although there is a removal policy. Only included templates have this.
    Unset,
    Policy(RemovalPolicy),
}

/// A resource before rendering.
#[derive(Debug)]
pub(crate) struct ResourceNode {
    pub(crate) type_name: Cow<'static, str>,
    pub(crate) props: Props,
    pub(crate) removal_policy: Option<RemovalPolicy>,
    pub(crate) update_replace: Option<UpdateReplace>,
    pub(crate) condition: Option<NodeId>,
    pub(crate) creation_policy: Option<Data>,
    pub(crate) update_policy: Option<Data>,
    /// Logical IDs in `DependsOn` of an included template.
    pub(crate) depends_on: Vec<String>,
    /// Attributes as a template has them, in place of those of other fields.
    pub(crate) attributes: Map,
}

impl ResourceNode {
    /// Creates a resource without attributes such as `DeletionPolicy`.
    pub(crate) const fn new(type_name: Cow<'static, str>, props: Props) -> Self {
        Self {
            type_name,
            props,
            removal_policy: None,
            update_replace: None,
            condition: None,
            creation_policy: None,
            update_policy: None,
            depends_on: Vec::new(),
            attributes: Map::new(),
        }
    }

    /// Returns the values that may refer to other resources: the properties, the policies for creation and update, and
    /// attributes as a template has them.
    pub(crate) fn data(&self) -> impl Iterator<Item = &Data> {
        let properties = self.props.0.iter().map(|(_, data)| data);
        properties
            .chain(&self.creation_policy)
            .chain(&self.update_policy)
            .chain(self.attributes.iter().map(|(_, data)| data))
    }
}
