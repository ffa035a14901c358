//! One node of the construct tree and what can hang on it.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::{NodeKind, ResourceNode, Scope};
use crate::diagnostic::{Code, Origin};
use crate::node_id::NodeId;
use crate::value::{Map, Value};

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

/// A visit to a construct at synthesis: an aspect.
pub(crate) type Visitor = Rc<dyn for<'app> Fn(Scope<'app>)>;

/// What only few nodes have.
#[derive(Default)]
pub(crate) struct Extras {
    pub(crate) tags: BTreeMap<String, Option<Value<String>>>,
    pub(crate) metadata: Map,
    pub(crate) acknowledgements: Vec<Acknowledgement>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) validators: Vec<Validator>,
    pub(crate) aspects: Vec<Visitor>,
    pub(crate) logical_id: Option<String>,
    pub(crate) moved_from: Vec<String>,
    pub(crate) attached: Vec<Rc<dyn Any>>,
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
