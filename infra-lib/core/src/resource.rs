//! A resource in the tree, of whatever type.

use std::borrow::Cow;

use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, codes};
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::tree::{Construct, NodeKind, ResourceNode, Scope, UpdateReplace};
use crate::value::{Data, Expr, Target, Value};

/// A resource that was added to the tree. Every typed handle derefs to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resource<'app>(pub(crate) Scope<'app>);

impl<'app> Resource<'app> {
    fn look<T>(self, look: impl FnOnce(&ResourceNode) -> T) -> Option<T> {
        self.0
            .read(|tree| tree.node(self.0.index).resource().map(look))
    }

    fn change<T>(self, change: impl FnOnce(&mut ResourceNode) -> T) -> Option<T> {
        self.0
            .write(|tree| tree.node_mut(self.0.index).resource_mut().map(change))
    }

    /// The CloudFormation type, such as `AWS::S3::Bucket`.
    pub fn type_name(self) -> Cow<'static, str> {
        self.look(|node| node.type_name.clone()).unwrap_or_default()
    }

    /// `Ref`, with the meaning the caller knows it has.
    pub fn ref_value<T: ?Sized>(self) -> Value<T> {
        Value::from_data(Expr::Ref(Target::Node(self.0.node_id())).into())
    }

    /// `Fn::GetAtt`, with the meaning the caller knows it has.
    pub fn attr_value<T: ?Sized>(self, attribute: impl Into<Cow<'static, str>>) -> Value<T> {
        Value::from_data(Expr::GetAtt(Target::Node(self.0.node_id()), attribute.into()).into())
    }

    /// The data of a property at a dotted path.
    pub fn prop(self, path: &str) -> Option<Data> {
        self.look(|node| node.props.get_path(path).cloned())
            .flatten()
    }

    /// Returns whether there is a property at a dotted path.
    pub fn has_prop(self, path: &str) -> bool {
        self.look(|node| node.props.get_path(path).is_some())
            .unwrap_or(false)
    }

    /// All properties as they are now.
    pub fn props(self) -> Props {
        self.look(|node| node.props.clone()).unwrap_or_default()
    }

    /// Changes the properties.
    pub fn modify_props(self, change: impl FnOnce(&mut Props)) {
        // Taken out while they are changed: the change may look at the tree, as reading an attribute does.
        let Some(mut props) = self.change(|node| std::mem::take(&mut node.props)) else {
            return;
        };
        change(&mut props);
        self.change(|node| node.props = props);
    }

    /// Sets a property that the bindings do not offer, at a dotted path (`Rules.0.Id`).
    pub fn override_prop(self, path: &str, data: impl Into<Data>) {
        let data = data.into();
        if let Some(Err(at)) = self.change(|node| node.props.set_path(path, data)) {
            let message = format!("cannot set `{path}`: `{at}` is neither a map nor a list");
            self.0.report(
                Diagnostic::new(codes::BAD_OVERRIDE_PATH, message)
                    .property(path)
                    .help("override a shorter path with the whole value"),
            );
        }
    }

    /// Removes a property at a dotted path.
    pub fn remove_prop(self, path: &str) {
        self.change(|node| node.props.remove_path(path));
    }

    /// Adds an item to a list property, which is made when it is missing.
    pub fn push_prop(self, name: &'static str, item: impl Into<Data>) {
        let item = item.into();
        self.change(|node| match node.props.0.get_mut(name) {
            Some(Data::List(items)) => items.push(item),
            Some(other) => {
                let first = std::mem::replace(other, Data::Null);
                *other = Data::List(vec![first, item]);
            }
            None => node.props.0.insert(name, Data::List(vec![item])),
        });
    }

    /// What happens when the resource is removed or replaced. Default: that of its type, which is nearly always deletion.
    pub fn apply_removal_policy(self, policy: RemovalPolicy) {
        self.change(|node| node.removal_policy = Some(policy));
    }

    /// What happens to the old resource when an update replaces it, where it differs from removal.
    pub fn apply_update_replace_policy(self, policy: RemovalPolicy) {
        self.change(|node| node.update_replace = Some(UpdateReplace(policy)));
    }

    /// What happens when the resource is removed, as far as it was said.
    pub fn removal_policy(self) -> Option<RemovalPolicy> {
        self.look(|node| node.removal_policy).flatten()
    }

    /// Creates the resource only when the condition holds.
    pub fn apply_condition(self, condition: Condition<'app>) {
        let id = condition.node_id();
        self.change(|node| node.condition = Some(id));
    }

    /// Sets the `CreationPolicy`.
    pub fn creation_policy(self, policy: impl Into<Data>) {
        let policy = policy.into();
        self.change(|node| node.creation_policy = Some(policy));
    }

    /// Sets the `UpdatePolicy`.
    pub fn update_policy(self, policy: impl Into<Data>) {
        let policy = policy.into();
        self.change(|node| node.update_policy = Some(policy));
    }

    /// Waits for another construct.
    #[track_caller]
    pub fn depends_on(self, other: impl Construct<'app>) {
        self.0.depends_on(other);
    }

    /// Chooses the logical ID, in place of the one made from the path.
    ///
    /// A deployed resource whose logical ID changes is replaced.
    pub fn override_logical_id(self, logical_id: impl Into<String>) {
        self.0.override_logical_id(logical_id);
    }
}

impl<'app> Construct<'app> for Resource<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}

impl<'app> Scope<'app> {
    /// The resource, when this node is one.
    pub fn as_resource(self) -> Option<Resource<'app>> {
        self.read(|tree| tree.node(self.index).resource().is_some())
            .then_some(Resource(self))
    }

    /// The resources here and below.
    pub fn resources(self) -> Vec<Resource<'app>> {
        self.descendants()
            .into_iter()
            .filter_map(Self::as_resource)
            .collect()
    }

    /// The main resource of a construct: itself, or the child called `Resource` or `Default`.
    pub fn default_child(self) -> Option<Resource<'app>> {
        self.as_resource()
            .or_else(|| self.child("Resource").and_then(Self::as_resource))
            .or_else(|| self.child("Default").and_then(Self::as_resource))
    }
}

/// Adds a resource of any type; the function behind every generated binding.
#[track_caller]
pub fn add_resource<'app>(
    scope: impl Construct<'app>,
    id: &str,
    type_name: impl Into<Cow<'static, str>>,
    props: Props,
) -> Resource<'app> {
    let node = ResourceNode {
        type_name: type_name.into(),
        props,
        removal_policy: None,
        update_replace: None,
        condition: None,
        creation_policy: None,
        update_policy: None,
    };
    Resource(scope.scope().add(id, NodeKind::Resource(Box::new(node))))
}

/// A resource of any type, from raw properties: the last escape hatch.
///
/// It is checked against the same schema as the bindings.
///
/// ```
/// use infra_core::{App, CfnResource, Stack};
/// use serde_json::json;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Data");
/// CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({ "DelaySeconds": 5 }));
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Debug)]
pub struct CfnResource;

impl CfnResource {
    /// Adds a resource of the type `type_name` with these properties; `{"Ref": …}` and `{"Fn::…": …}` are understood.
    #[expect(
        clippy::new_ret_no_self,
        reason = "named as in the CDK; every resource handle is a `Resource`"
    )]
    #[track_caller]
    pub fn new<'app>(
        scope: impl Construct<'app>,
        id: &str,
        type_name: impl Into<Cow<'static, str>>,
        properties: impl Into<Props>,
    ) -> Resource<'app> {
        add_resource(scope, id, type_name, properties.into())
    }
}
