//! A nested stack: a template of its own that is a resource of the stack around it.

use std::collections::BTreeMap;

use crate::duration::Duration;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::resource::{Resource, add_resource};
use crate::stack::Stack;
use crate::stack_props::StackProps;
use crate::tree::{Construct, NodeKind, Scope, StackNode};
use crate::value::{Data, IntoValue, Map, Value};

/// The type of the resource that a nested stack is in its parent.
const TYPE: &str = "AWS::CloudFormation::Stack";

/// Properties of a [`NestedStack`].
#[derive(Clone, Debug, Default)]
pub struct NestedStackProps {
    stack: StackProps,
    notification_arns: Vec<Data>,
    parameters: Map,
    removal_policy: Option<RemovalPolicy>,
    tags: BTreeMap<String, Value<String>>,
    timeout: Option<Duration>,
}

impl NestedStackProps {
    /// All defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// The `Description` of the template, at most 1,024 bytes.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.stack = self.stack.description(description);
        self
    }

    /// An SNS topic that gets the events of the nested stack. Default: none.
    pub fn notification_arn(mut self, topic_arn: impl IntoValue<String>) -> Self {
        self.notification_arns
            .push(topic_arn.into_value().into_data());
        self
    }

    /// The value of a parameter that a [`Parameter`](crate::Parameter) in the nested stack declares, by logical ID.
    ///
    /// Values of constructs need none: a construct in the nested stack that is given one has its parameter made.
    pub fn parameter(
        mut self,
        logical_id: impl Into<String>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.parameters
            .insert(logical_id.into(), value.into_value().into_data());
        self
    }

    /// What happens to the nested stack, with everything in it, when it leaves its parent. Default:
    /// [`Destroy`](RemovalPolicy::Destroy), which deletes each resource as its own removal policy says.
    pub fn removal_policy(mut self, policy: RemovalPolicy) -> Self {
        self.removal_policy = Some(policy);
        self
    }

    /// A tag of the nested stack, which CloudFormation passes on to its resources. Tags of the stacks around it reach it without.
    pub fn tag(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.tags.insert(key.into(), value.into_value());
        self
    }

    /// The time that the creation of the nested stack may take, rounded up to whole minutes. Default: no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A macro that CloudFormation runs over the nested template; they run in order.
    pub fn transform(mut self, name: impl Into<String>) -> Self {
        self.stack = self.stack.transform(name);
        self
    }

    /// Adds the nested stack to the stack that holds `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> NestedStack<'app> {
        let scope = scope.scope();
        let node = StackNode {
            props: self.stack,
            resource: None,
        };
        let stack = scope.add(id, NodeKind::Stack(Box::new(node)));
        for (key, value) in self.tags {
            stack.tag(key, value);
        }
        // Names as in the CDK: they make the logical ID. An id that was taken has been changed above.
        let id = stack.id();
        let mut props = Props::new();
        if !self.notification_arns.is_empty() {
            let arns = Data::List(self.notification_arns);
            props.as_map_mut().insert("NotificationARNs", arns);
        }
        if !self.parameters.is_empty() {
            props.as_map_mut().insert("Parameters", self.parameters);
        }
        if let Some(timeout) = self.timeout {
            let minutes = i64::try_from(timeout.as_seconds().div_ceil(60)).unwrap_or(i64::MAX);
            props.as_map_mut().insert("TimeoutInMinutes", minutes);
        }
        let holder = scope.add(
            &format!("{id}.NestedStack"),
            NodeKind::Construct("constructs.Construct".into()),
        );
        let resource = add_resource(holder, &format!("{id}.NestedStackResource"), TYPE, props);
        resource.apply_removal_policy(self.removal_policy.unwrap_or(RemovalPolicy::Destroy));
        let number = resource.scope().index;
        stack.write(|tree| {
            if let NodeKind::Stack(node) = &mut tree.node_mut(stack.index).kind {
                node.resource = Some(number);
            }
        });
        NestedStack { stack, resource }
    }
}

/// A stack within a stack: constructs in it go into a template of their own, which CloudFormation deploys, changes and deletes
/// together with the stack around it.
///
/// For what is more than the 500 resources of a template and still has one life. Values pass in every direction: those of the stack
/// around it become parameters, its own become outputs, and those between neighbours go through the stack around both.
/// [`Stack`] is the better choice for what can be deployed by itself.
///
/// ```
/// use infra_core::{App, CfnResource, NestedStack, Stack, Value};
/// use serde_json::json;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Notes");
/// let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
/// let nested = NestedStack::new(stack, "Queues");
/// let queue = CfnResource::new(nested, "Queue", "AWS::SQS::Queue", json!({}));
/// let name: Value<String> = topic.attr_value("TopicName");
/// queue.override_prop("QueueName", name.into_data());
/// let synthesis = app.synth();
/// assert!(synthesis.findings().is_empty());
/// let template = synthesis.nested_stack("Notes/Queues").unwrap().template.to_json();
/// assert_eq!(template["Resources"]["Queue"]["Properties"]["QueueName"]["Ref"], "referencetoNotesTopic13395EDCTopicName");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NestedStack<'app> {
    stack: Scope<'app>,
    resource: Resource<'app>,
}

impl<'app> NestedStack<'app> {
    /// Adds a nested stack with default properties to the stack that holds `scope`.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str) -> Self {
        NestedStackProps::new().build(scope, id)
    }

    /// The resource that the nested stack is in its parent, of the type `AWS::CloudFormation::Stack`.
    pub fn resource(&self) -> Resource<'app> {
        self.resource
    }

    /// The stack, for what is given one.
    pub fn stack(&self) -> Stack<'app> {
        Stack(self.stack)
    }

    /// The ARN, as the stack around it reads it; the nested stack itself reads `AWS::StackId`.
    pub fn stack_id(&self) -> Value<String> {
        self.resource.ref_value()
    }

    /// Tags the nested stack; CloudFormation passes its tags on to every taggable resource in it.
    pub fn tag(&self, key: impl Into<String>, value: impl IntoValue<String>) {
        self.stack.tag(key, value);
    }

    /// Waits for another construct, with everything that is in the nested stack.
    #[track_caller]
    pub fn depends_on(&self, other: impl Construct<'app>) {
        self.stack.depends_on(other);
    }
}

impl<'app> Construct<'app> for NestedStack<'app> {
    fn scope(&self) -> Scope<'app> {
        self.stack
    }
}
