//! The resources of all stacks of an app with resolved properties: [`World`].

mod build;
mod find;
mod names;
mod resolve;

use std::collections::BTreeMap;
use std::rc::Rc;

use infra_template::assembly::{CloudAssembly, ResourceOrigin, Stack};
use infra_template::{ResourceName, Template};
use serde_json::Value as JsonValue;

use crate::answer::Answer;
use crate::atoms::Atoms;

pub use find::UnknownName;

/// A resource of a [`World`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId(usize);

/// A stack whose resources are part of a [`World`].
#[derive(bon::Builder, Clone, Debug)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackSource {
    /// Name of the stack in CloudFormation.
    pub name: String,
    /// Account ID, or `None` if the deployment decides. Stacks without one are taken to share an account.
    pub account: Option<String>,
    /// Region, or `None` if the deployment decides. Stacks without one are taken to share a region of the partition `aws`.
    pub region: Option<String>,
    /// Template of the stack.
    pub template: Template,
    /// Templates of its nested stacks by path, for example `Child/Grandchild`.
    #[builder(default)]
    pub nested: BTreeMap<String, Template>,
    /// Known values of parameters. The others are unknown, even if they have a default: a deployment can keep an earlier value.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Construct paths and source locations of resources by logical ID.
    #[builder(default)]
    pub origins: BTreeMap<String, ResourceOrigin>,
}

impl StackSource {
    /// Creates the source for a stack of an assembly.
    pub fn from_stack(stack: &Stack) -> Self {
        Self {
            name: stack.name.clone(),
            account: stack.account.clone(),
            region: stack.region.clone(),
            template: stack.template.clone(),
            nested: stack.nested_templates(),
            parameters: stack.settings.parameters.clone(),
            origins: stack.origins.clone(),
        }
    }

    /// Returns the source of the same stack with other templates, such as the deployed ones.
    pub fn with_templates(&self, template: Template, nested: BTreeMap<String, Template>) -> Self {
        Self {
            template,
            nested,
            ..self.clone()
        }
    }
}

/// A resource with resolved properties.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) name: ResourceName,
    pub(crate) type_name: String,
    pub(crate) account: String,
    pub(crate) region: String,
    /// Properties in which every function that the templates decide is replaced by its value.
    pub(crate) properties: JsonValue,
    /// `Possible` if a condition of the template decides.
    pub(crate) exists: Answer,
}

/// The resources of all stacks of an app, with references resolved across stacks.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) nodes: Vec<Node>,
    pub(crate) atoms: Atoms,
    /// Texts that denote a resource, such as its ARN.
    texts: BTreeMap<String, NodeId>,
    /// Unknown parts that belong to a resource, such as its generated name.
    owners: BTreeMap<char, NodeId>,
    /// Texts of a resource by attribute; `Ref` is the empty attribute.
    references: BTreeMap<(NodeId, String), String>,
    /// True if a part of the templates could not be read: nested stacks without a template, macros.
    pub(crate) incomplete: Vec<String>,
}

/// A template of a stack or nested stack while references are resolved.
struct Unit {
    stack: usize,
    /// Path of the nested stack, or an empty text for the root stack.
    nested: String,
    template: Rc<Template>,
    parameters: BTreeMap<String, JsonValue>,
}

impl World {
    /// Creates the world of all stacks of an assembly.
    pub fn from_assembly(assembly: &CloudAssembly) -> Self {
        Self::new(
            assembly
                .stacks
                .iter()
                .map(StackSource::from_stack)
                .collect(),
        )
    }

    /// Creates the world of the given stacks. References to other stacks stay unknown.
    pub fn new(stacks: Vec<StackSource>) -> Self {
        build::build_world(stacks)
    }

    /// Returns the names of a resource.
    pub fn resource_name(&self, node: NodeId) -> &ResourceName {
        &self.node(node).name
    }

    /// Returns parts of the templates that are not known, as clauses for display.
    pub fn unknown_parts(&self) -> &[String] {
        &self.incomplete
    }

    pub(crate) fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.0]
    }

    /// Returns the resources of one of the types, in the order of the stacks and templates.
    pub(crate) fn of_type<'w>(&'w self, types: &'w [&'w str]) -> impl Iterator<Item = NodeId> + 'w {
        self.ids()
            .filter(move |id| types.contains(&self.node(*id).type_name.as_str()))
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId)
    }

    /// Returns the property at a path such as `NetworkConfiguration/AwsvpcConfiguration/Subnets`, or null.
    pub(crate) fn property(&self, node: NodeId, path: &str) -> &JsonValue {
        let properties = &self.node(node).properties;
        path.split('/')
            .try_fold(properties, |value, step| value.get(step))
            .unwrap_or(&JsonValue::Null)
    }

    /// Returns the text of a property, or `None` if it is absent or no text.
    pub(crate) fn text(&self, node: NodeId, path: &str) -> Option<String> {
        scalar_text(self.property(node, path))
    }

    /// Returns the resource that a resolved text denotes: its ARN, its name, or a text that contains its generated name.
    pub(crate) fn denoted(&self, text: &str) -> Option<NodeId> {
        if let Some(node) = self.texts.get(text) {
            return Some(*node);
        }
        text.chars().find_map(|c| self.owners.get(&c)).copied()
    }

    /// Returns the resource that a resolved value denotes.
    pub(crate) fn denoted_by(&self, value: &JsonValue) -> Option<NodeId> {
        self.denoted(value.as_str()?)
    }

    /// Returns the resource of one of the types that a resolved value denotes.
    pub(crate) fn denoted_of_type(&self, value: &JsonValue, types: &[&str]) -> Option<NodeId> {
        self.denoted_by(value)
            .filter(|node| types.contains(&self.node(*node).type_name.as_str()))
    }

    /// Returns the text that an attribute of a resource resolves to; an empty attribute is that of `Ref`.
    pub(crate) fn reference(&self, node: NodeId, attribute: &str) -> Option<&str> {
        self.references
            .get(&(node, attribute.to_owned()))
            .map(String::as_str)
    }

    /// Returns the ARN of a resource, as far as it is known.
    pub(crate) fn arn(&self, node: NodeId) -> String {
        self.reference(node, names::ARN)
            .map_or_else(|| crate::atoms::ANYTHING.to_string(), str::to_owned)
    }
}

/// Returns the text of a scalar: numbers and booleans are texts in CloudFormation.
pub(crate) fn scalar_text(value: &JsonValue) -> Option<String> {
    match value {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Bool(_) | JsonValue::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Returns the answer to "is the property true", for a property with a default.
pub(crate) fn is_true(value: &JsonValue, default: bool) -> Answer {
    match value {
        JsonValue::Null => default.into(),
        JsonValue::Bool(known) => (*known).into(),
        JsonValue::String(text) if text.eq_ignore_ascii_case("true") => Answer::Yes,
        JsonValue::String(text) if text.eq_ignore_ascii_case("false") => Answer::No,
        _ => Answer::Possible,
    }
}
