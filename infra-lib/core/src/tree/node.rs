//! One node of the construct tree and what can hang on it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;

use crate::condition::ConditionNode;
use crate::diagnostic::Code;
use crate::mapping::MappingNode;
use crate::output::OutputNode;
use crate::parameter::ParameterNode;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::resource::UpdateReplace;
use crate::rule::RuleNode;
use crate::stack::StackNode;
use crate::stage::StageNode;
use crate::tree::Scope;
use crate::value::{Data, Map, Value};

/// The place in the user's program where a construct was made.
pub type Origin = &'static Location<'static>;

/// The number of a node in the tree of one app.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId {
    app: u32,
    index: u32,
}

impl NodeId {
    pub(crate) const fn new(app: u32, index: u32) -> Self {
        Self { app, index }
    }

    pub(crate) const fn app(self) -> u32 {
        self.app
    }

    /// The place of the node in creation order.
    pub const fn index(self) -> u32 {
        self.index
    }
}

/// A dependency between two constructs: everything in the first waits for everything in the second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dependency {
    /// What is waited for.
    pub on: NodeId,
    /// Where it was declared.
    pub origin: Origin,
}

/// A waiver of a diagnostic code for a construct and everything below it.
#[derive(Clone, Debug)]
pub(crate) struct Acknowledgement {
    pub(crate) code: Code,
    /// Only for this property path and what is below it.
    pub(crate) property: Option<String>,
    pub(crate) reason: String,
    pub(crate) origin: Origin,
}

/// A check that runs at synthesis on the construct it was attached to.
pub(crate) type Validator = Box<dyn for<'app> Fn(Scope<'app>)>;

/// What only few nodes have.
#[derive(Default)]
pub(crate) struct Extras {
    pub(crate) tags: BTreeMap<String, Option<Value<String>>>,
    pub(crate) metadata: Map,
    pub(crate) acknowledgements: Vec<Acknowledgement>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) validators: Vec<Validator>,
    pub(crate) aspects: Vec<std::rc::Rc<dyn crate::aspect::Aspect>>,
    pub(crate) logical_id: Option<String>,
    pub(crate) moved_from: Vec<String>,
    pub(crate) attached: Vec<std::rc::Rc<dyn std::any::Any>>,
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras")
            .field("tags", &self.tags)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}

/// A node: a construct, or a part of a template.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) id: Box<str>,
    pub(crate) parent: Option<u32>,
    /// The stack that holds the node, or is it.
    pub(crate) stack: Option<u32>,
    pub(crate) origin: Origin,
    /// Nodes below report the place of this one: a library's own lines tell its user nothing.
    pub(crate) shares_origin: bool,
    pub(crate) kind: NodeKind,
    pub(crate) children: Vec<u32>,
    pub(crate) extras: Option<Box<Extras>>,
}

impl Node {
    pub(crate) fn extras_mut(&mut self) -> &mut Extras {
        self.extras.get_or_insert_default()
    }

    pub(crate) fn resource(&self) -> Option<&ResourceNode> {
        match &self.kind {
            NodeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    pub(crate) fn resource_mut(&mut self) -> Option<&mut ResourceNode> {
        match &mut self.kind {
            NodeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// Whether the node becomes an entry of a template with a logical ID.
    pub(crate) fn is_template_entry(&self) -> bool {
        !matches!(
            self.kind,
            NodeKind::App | NodeKind::Stage(_) | NodeKind::Stack(_) | NodeKind::Construct(_)
        )
    }
}

/// What a node is.
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
