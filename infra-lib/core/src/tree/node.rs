//! A node of the construct tree, with its dependencies, acknowledgements and other optional data.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::{NodeKind, ResourceNode, Scope};
use crate::allowed_interruption::AllowedInterruption;
use crate::asset_source::AssetSource;
use crate::diagnostic::{Code, Origin, Place};
use crate::node_id::NodeId;
use crate::value::{Map, Value};

/// A dependency between two constructs: every resource of the one that holds it waits for every resource of `on`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dependency {
    /// The construct to wait for.
    pub on: NodeId,
    /// Source location of the call that declared the dependency.
    pub origin: Origin,
}

/// An accepted code, for a construct and everything below it.
#[derive(Clone, Debug)]
pub(crate) struct Acknowledgement {
    pub(crate) code: Code,
    /// Property path to which the acknowledgement is restricted, including the paths below it.
    pub(crate) property: Option<String>,
    pub(crate) reason: String,
    pub(crate) origin: Origin,
}

/// A check that runs at synthesis on the construct that added it.
pub(crate) type Validator = Box<dyn for<'app> Fn(Scope<'app>)>;

/// An aspect, as stored in the tree.
pub(crate) type Visitor = Rc<dyn for<'app> Fn(Scope<'app>)>;

/// An aspect with the scope that it was added to.
#[derive(Clone)]
pub(crate) struct AspectEntry {
    pub(crate) owner: u32,
    /// Aspects with a lower number visit a node first.
    pub(crate) priority: u16,
    /// Type of the aspect, for findings about it.
    pub(crate) name: &'static str,
    pub(crate) origin: Origin,
    pub(crate) visit: Visitor,
}

impl fmt::Debug for AspectEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AspectEntry")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Optional data, which only few nodes have.
#[derive(Default)]
pub(crate) struct Extras {
    pub(crate) tags: BTreeMap<String, Option<Value<String>>>,
    pub(crate) metadata: Map,
    pub(crate) acknowledgements: Vec<Acknowledgement>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) validators: Vec<Validator>,
    pub(crate) logical_id: Option<String>,
    pub(crate) moved_from: Vec<String>,
    /// Longest interruption of this construct and everything below it that a deployment may cause.
    pub(crate) allowed_interruption: Option<AllowedInterruption>,
    pub(crate) attached: Vec<Rc<dyn Any>>,
    pub(crate) assets: Vec<AssetSource>,
    /// Location of the entry in a file other than the program, such as an included template.
    pub(crate) place: Option<Place>,
    /// Drawing of what the construct does, in the language of Mermaid.
    pub(crate) diagram: Option<String>,
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras")
            .field("tags", &self.tags)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}

/// A node: a construct or an entry of a template.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) id: Box<str>,
    pub(crate) parent: Option<u32>,
    /// The stack that holds the node, or the node itself if it is a stack.
    pub(crate) stack: Option<u32>,
    pub(crate) origin: Origin,
    /// `true` if nodes below report the source location of this one: locations within a library do not help its users.
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

    /// Returns `true` if the node is rendered as an entry of a template with a logical ID.
    pub(crate) fn is_template_entry(&self) -> bool {
        !matches!(
            self.kind,
            NodeKind::App | NodeKind::Stage(_) | NodeKind::Stack(_) | NodeKind::Construct(_)
        )
    }
}
