//! Resources of any type: the handle [`Resource`], and [`CfnResource`] for resources without a generated binding.

use std::borrow::Cow;

use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, codes};
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::tree::{Construct, NodeKind, ResourceNode, Scope, UpdateReplace};
use crate::value::{Data, Expr, Target, Value};

/// A handle to a resource in the construct tree. Every typed handle dereferences to it, so its methods are the escape hatch to attributes and
/// properties that a construct does not offer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resource<'app>(pub(crate) Scope<'app>);

impl<'app> Resource<'app> {
    fn read_node<T>(self, look: impl FnOnce(&ResourceNode) -> T) -> Option<T> {
        self.0
            .read_tree(|tree| tree.node(self.0.index).resource().map(look))
    }

    fn change_node<T>(self, change: impl FnOnce(&mut ResourceNode) -> T) -> Option<T> {
        self.0
            .change_tree(|tree| tree.node_mut(self.0.index).resource_mut().map(change))
    }

    /// Returns the CloudFormation resource type, for example `AWS::S3::Bucket`.
    pub fn type_name(self) -> Cow<'static, str> {
        self.read_node(|node| node.type_name.clone())
            .unwrap_or_default()
    }

    /// Returns a reference to the resource (`Ref`). The caller chooses `T`, the meaning of the value.
    pub fn ref_value<T: ?Sized>(self) -> Value<T> {
        Value::from_data(Expr::Ref(Target::Node(self.0.node_id())).into())
    }

    /// Returns an attribute of the resource (`Fn::GetAtt`). The caller chooses `T`, the meaning of the value.
    pub fn attr_value<T: ?Sized>(self, attribute: impl Into<Cow<'static, str>>) -> Value<T> {
        Value::from_data(Expr::GetAtt(Target::Node(self.0.node_id()), attribute.into()).into())
    }

    /// Returns the value of the property at a path separated by dots, or `None` if it is not set.
    pub fn prop(self, path: &str) -> Option<Data> {
        self.read_node(|node| node.props.get_path(path).cloned())
            .flatten()
    }

    /// Returns `true` if the property at a path separated by dots is set.
    pub fn has_prop(self, path: &str) -> bool {
        self.read_node(|node| node.props.get_path(path).is_some())
            .unwrap_or(false)
    }

    /// Returns a copy of all properties in their current state.
    pub fn props(self) -> Props {
        self.read_node(|node| node.props.clone())
            .unwrap_or_default()
    }

    /// Changes the properties with a function. `change` may read other constructs.
    pub fn modify_props(self, change: impl FnOnce(&mut Props)) {
        // The properties are taken out while they are changed, because `change` may read the tree, for example an attribute.
        let Some(mut props) = self.change_node(|node| std::mem::take(&mut node.props)) else {
            return;
        };
        change(&mut props);
        self.change_node(|node| node.props = props);
    }

    /// Sets the property at a path separated by dots (`Rules.0.Id`), including properties unknown to the bindings. Missing lists and maps are
    /// created: a list where the path has the number 0. A path through a literal, or beyond the end of a list, is reported as `INF1005`.
    pub fn override_prop(self, path: &str, data: impl Into<Data>) {
        let data = data.into();
        if let Some(Err(at)) = self.change_node(|node| node.props.set_path(path, data)) {
            let message = format!(
                "cannot set `{path}`: `{at}` is neither in a map nor the next item of a list"
            );
            self.0.report(
                Diagnostic::new(codes::BAD_OVERRIDE_PATH, message)
                    .property(path)
                    .help("override a shorter path with the whole value"),
            );
        }
    }

    /// Removes the property at a path separated by dots. A missing property is ignored.
    pub fn remove_prop(self, path: &str) {
        self.change_node(|node| node.props.remove_path(path));
    }

    /// Appends an item to a list property. A missing property becomes a list with this item; a single value becomes the first item.
    pub fn push_prop(self, name: &'static str, item: impl Into<Data>) {
        let item = item.into();
        self.change_node(|node| match node.props.0.get_mut(name) {
            Some(Data::List(items)) => items.push(item),
            Some(other) => {
                let first = std::mem::replace(other, Data::Null);
                *other = Data::List(vec![first, item]);
            }
            None => node.props.0.insert(name, Data::List(vec![item])),
        });
    }

    /// Sets the removal policy, for removal and, unless set separately, for replacement. Default: that of the resource type, `Delete` for nearly all
    /// types.
    pub fn apply_removal_policy(self, policy: RemovalPolicy) {
        self.change_node(|node| {
            node.removal_policy = Some(policy);
            if node.update_replace == Some(UpdateReplace::Unset) {
                node.update_replace = None;
            }
        });
    }

    /// Sets the policy for the old resource when an update replaces it. Default: the removal policy.
    pub fn apply_update_replace_policy(self, policy: RemovalPolicy) {
        self.change_node(|node| node.update_replace = Some(UpdateReplace::Policy(policy)));
    }

    /// Returns the removal policy, or `None` if it was not set.
    pub fn removal_policy(self) -> Option<RemovalPolicy> {
        self.read_node(|node| node.removal_policy).flatten()
    }

    /// Creates the resource only if the condition holds at deployment.
    pub fn apply_condition(self, condition: Condition<'app>) {
        let id = condition.node_id();
        self.change_node(|node| node.condition = Some(id));
    }

    /// Sets the `CreationPolicy` attribute, with which CloudFormation waits for signals before it considers the resource created.
    pub fn creation_policy(self, policy: impl Into<Data>) {
        let policy = policy.into();
        self.change_node(|node| node.creation_policy = Some(policy));
    }

    /// Sets the `UpdatePolicy` attribute, which controls updates of Auto Scaling groups, Lambda aliases and some other types.
    pub fn update_policy(self, policy: impl Into<Data>) {
        let policy = policy.into();
        self.change_node(|node| node.update_policy = Some(policy));
    }

    /// Sets an attribute of the resource, in place of the one that other methods set: a `DeletionPolicy` that depends on a condition, or an attribute
    /// that only a macro knows, such as `Connectors`. CloudFormation accepts functions in attributes with the transform `AWS::LanguageExtensions` only.
    ///
    /// `Type`, `Properties` and `Metadata` are no attributes in this sense: they are reported (`INF1005`).
    ///
    /// ```
    /// use infra_core::{App, CfnResource, StackProps};
    /// use serde_json::json;
    ///
    /// let app = App::new();
    /// let stack = StackProps::new().transform("AWS::LanguageExtensions").build(&app, "Files");
    /// let bucket = CfnResource::new(stack, "Files", "AWS::S3::Bucket", json!({}));
    /// bucket.override_attribute("DeletionPolicy", json!({ "Ref": "Policy" }));
    /// ```
    pub fn override_attribute(self, name: impl Into<String>, data: impl Into<Data>) {
        let name = name.into();
        let help = match name.as_str() {
            "Type" => "give the type where the resource is created",
            "Properties" => "use `override_prop`",
            "Metadata" => "use `add_metadata` of its scope",
            _ => {
                let data = data.into();
                self.change_node(|node| node.attributes.insert(name, data));
                return;
            }
        };
        self.0.report(
            Diagnostic::new(
                codes::BAD_OVERRIDE_PATH,
                format!("cannot set `{name}` as an attribute"),
            )
            .help(help),
        );
    }

    /// Makes this resource wait for another construct at deployment: `DependsOn` within a stack, an order of stacks across stacks.
    #[track_caller]
    pub fn depends_on(self, other: impl Construct<'app>) {
        self.0.depends_on(other);
    }

    /// Sets the logical ID, instead of deriving it from the construct path.
    ///
    /// CloudFormation replaces a deployed resource whose logical ID changes.
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
    /// Returns the handle of the resource, or `None` if this node is not a resource.
    pub fn as_resource(self) -> Option<Resource<'app>> {
        self.read_tree(|tree| tree.node(self.index).resource().is_some())
            .then_some(Resource(self))
    }

    /// Returns the resources in this scope, at any depth, in creation order.
    pub fn resources(self) -> Vec<Resource<'app>> {
        self.descendants()
            .into_iter()
            .filter_map(Self::as_resource)
            .collect()
    }

    /// Returns the main resource of a construct: the construct itself if it is a resource, else its child named `Resource` or `Default`.
    pub fn default_child(self) -> Option<Resource<'app>> {
        self.as_resource()
            .or_else(|| self.child("Resource").and_then(Self::as_resource))
            .or_else(|| self.child("Default").and_then(Self::as_resource))
    }
}

/// Adds a resource of any type to `scope`. Every generated binding calls this function.
#[track_caller]
pub fn add_resource<'app>(
    scope: impl Construct<'app>,
    id: &str,
    type_name: impl Into<Cow<'static, str>>,
    props: Props,
) -> Resource<'app> {
    let node = ResourceNode::new(type_name.into(), props);
    Resource(
        scope
            .scope()
            .add_node(id, NodeKind::Resource(Box::new(node))),
    )
}

/// Adds resources of any type from untyped properties, for types or properties that have no binding yet.
///
/// The properties are validated against the same schema as those of the bindings.
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
    /// Adds a resource of type `type_name` to `scope`. Intrinsic functions may be given as JSON (`{"Ref": …}`, `{"Fn::…": …}`).
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
