//! Nested stacks: templates that are deployed as a resource of a parent stack. [`NestedStack`] is the construct, [`NestedStackProps`] its properties.

use std::collections::BTreeMap;

use crate::duration::Duration;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::resource::{Resource, add_resource};
use crate::stack::Stack;
use crate::stack_props::StackProps;
use crate::tree::{Construct, NodeKind, Scope, StackNode};
use crate::value::{Data, IntoValue, Map, Value};

/// Type of the resource by which the parent's template refers to the nested template.
const TYPE: &str = "AWS::CloudFormation::Stack";

/// Properties of a [`NestedStack`]; [`build`](Self::build) adds it to a scope.
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
    /// Creates properties with their defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the `Description` of the nested template, at most 1,024 bytes. Default: no description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.stack = self.stack.description(description);
        self
    }

    /// Adds an SNS topic to which CloudFormation publishes the events of the nested stack. Default: no topic.
    pub fn notification_arn(mut self, topic_arn: impl IntoValue<String>) -> Self {
        self.notification_arns
            .push(topic_arn.into_value().into_data());
        self
    }

    /// Sets the value of a [`Parameter`](crate::Parameter) that the nested stack declares, by logical ID.
    ///
    /// Values of constructs outside the nested stack need no call: synthesis adds a parameter for each of them.
    pub fn parameter(
        mut self,
        logical_id: impl Into<String>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.parameters
            .insert(logical_id.into(), value.into_value().into_data());
        self
    }

    /// Sets the fate of the nested stack and its resources when it is removed from the parent's template. Default:
    /// [`Destroy`](RemovalPolicy::Destroy), which deletes the nested stack; each of its resources then follows its own removal policy.
    pub fn removal_policy(mut self, policy: RemovalPolicy) -> Self {
        self.removal_policy = Some(policy);
        self
    }

    /// Adds a tag to the nested stack; CloudFormation propagates it to the resources. Tags of enclosing stacks apply without this call.
    pub fn tag(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.tags.insert(key.into(), value.into_value());
        self
    }

    /// Sets the time within which the nested stack must be created, rounded up to whole minutes. Default: no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Adds a macro that CloudFormation runs over the nested template. Macros run in the order in which they are added.
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
        let stack = scope.add_node(id, NodeKind::Stack(Box::new(node)));
        for (key, value) in self.tags {
            stack.tag(key, value);
        }
        // Names as in the CDK, because they determine the logical ID. `scope.add` above has already made a duplicate ID unique.
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
        let holder = scope.add_node(
            &format!("{id}.NestedStack"),
            NodeKind::Construct("constructs.Construct".into()),
        );
        let resource = add_resource(holder, &format!("{id}.NestedStackResource"), TYPE, props);
        resource.apply_removal_policy(self.removal_policy.unwrap_or(RemovalPolicy::Destroy));
        let number = resource.scope().index;
        stack.change_tree(|tree| {
            if let NodeKind::Stack(node) = &mut tree.node_mut(stack.index).kind {
                node.resource = Some(number);
            }
        });
        NestedStack { stack, resource }
    }
}

/// A nested stack: its constructs are rendered into a separate template, which CloudFormation deploys, updates and deletes together with the parent
/// stack.
///
/// Use it to split a system that exceeds 500 resources, the quota of a template, but is deployed as one. Values can be passed in every direction:
/// those of the parent become parameters, those of the nested stack become outputs, and those between siblings pass through their common parent. Use
/// a [`Stack`] for parts that can be deployed independently.
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
///
/// AWS:
/// [`AWS::CloudFormation::Stack`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html).
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

    /// Returns the resource of type `AWS::CloudFormation::Stack` in the parent's template.
    pub fn resource(&self) -> Resource<'app> {
        self.resource
    }

    /// Returns the nested stack as a [`Stack`], for functions that take one.
    pub fn stack(&self) -> Stack<'app> {
        Stack(self.stack)
    }

    /// Returns the ARN of the nested stack as seen from its parent. Inside the nested stack, use the pseudo parameter `AWS::StackId`.
    pub fn stack_id(&self) -> Value<String> {
        self.resource.ref_value()
    }

    /// Adds a tag to the nested stack. CloudFormation propagates it to every taggable resource in it.
    pub fn tag(&self, key: impl Into<String>, value: impl IntoValue<String>) {
        self.stack.tag(key, value);
    }

    /// Makes every resource of the nested stack wait for `other` at deployment.
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
