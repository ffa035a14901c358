//! A stack as AWS keeps it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};
use time::OffsetDateTime;

use super::execution::Execution;
use infra_aws::{
    OperationEvent, ResourceStatus, StackDescription, StackEvent, StackOutput, StackResource,
    StackStatus,
};
use infra_template::Template;

/// What a stack was deployed with.
#[derive(Clone, Debug, Default)]
pub(super) struct Deployed {
    /// The template, byte for byte.
    pub(super) template: String,
    /// Values of parameters, secrets included.
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) capabilities: Vec<String>,
    pub(super) notification_arns: Vec<String>,
}

/// A stack.
#[derive(Clone, Debug, Default)]
pub(super) struct Stack {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) status: String,
    pub(super) reason: Option<String>,
    pub(super) deployed: Deployed,
    pub(super) role_arn: Option<String>,
    pub(super) protected: bool,
    pub(super) disable_rollback: bool,
    /// Whether the operation under way waits for no resource.
    pub(super) express: bool,
    pub(super) created: Option<OffsetDateTime>,
    pub(super) updated: Option<OffsetDateTime>,
    pub(super) drift_status: Option<String>,
    pub(super) outputs: Vec<StackOutput>,
    pub(super) resources: BTreeMap<String, Resource>,
    /// Oldest first.
    pub(super) events: Vec<StackEvent>,
    pub(super) execution: Option<Execution>,
    /// Of a nested stack: the ARN of its parent, and its logical ID there.
    pub(super) parent: Option<(String, String)>,
    /// Names of exports that it imports.
    pub(super) imports: BTreeSet<String>,
    /// Tokens of operations that were started.
    pub(super) tokens: BTreeSet<String>,
}

/// A resource of a stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Resource {
    pub(super) type_name: String,
    pub(super) physical_id: Option<String>,
    pub(super) status: String,
    pub(super) reason: Option<String>,
    /// As deployed, worked out.
    pub(super) properties: Map<String, JsonValue>,
    /// The whole entry of the template.
    pub(super) entry: Map<String, JsonValue>,
    /// What somebody changed by other means, by pointer; an empty pointer stands for a resource that is gone.
    pub(super) drift: BTreeMap<String, String>,
    pub(super) drift_status: Option<String>,
}

impl Stack {
    /// The deployed template; one without anything before the first deployment.
    pub(super) fn template(&self) -> Template {
        Template::parse(&self.deployed.template).unwrap_or_else(|_| Template::empty())
    }

    /// As `DescribeStacks` shows it.
    pub(super) fn describe(&self) -> StackDescription {
        StackDescription::builder()
            .id(self.id.clone())
            .name(self.name.clone())
            .maybe_parent(self.parent.as_ref().map(|(arn, _)| arn.clone()))
            .status(StackStatus::new(&self.status))
            .maybe_status_reason(self.reason.clone())
            .parameters(masked(&self.template(), &self.deployed.parameters))
            .outputs(self.outputs.clone())
            .tags(self.deployed.tags.clone())
            .capabilities(self.deployed.capabilities.clone())
            .maybe_role_arn(self.role_arn.clone())
            .notification_arns(self.deployed.notification_arns.clone())
            .termination_protection(self.protected)
            .disable_rollback(self.disable_rollback)
            .maybe_created(self.created)
            .maybe_updated(self.updated)
            .maybe_drift_status(self.drift_status.clone().or(Some("NOT_CHECKED".to_owned())))
            .build()
    }

    /// As `ListStackResources` shows them.
    pub(super) fn resources(&self) -> Vec<StackResource> {
        let all = self.resources.iter();
        all.map(|(logical_id, resource)| {
            StackResource::builder()
                .logical_id(logical_id.clone())
                .maybe_physical_id(resource.physical_id.clone())
                .type_name(resource.type_name.clone())
                .status(ResourceStatus::new(&resource.status))
                .maybe_status_reason(resource.reason.clone())
                .maybe_drift_status(
                    resource
                        .drift_status
                        .clone()
                        .or(Some("NOT_CHECKED".to_owned())),
                )
                .build()
        })
        .collect()
    }

    /// As `DescribeEvents` shows them, newest first.
    pub(super) fn operation_events(&self, operation: Option<&str>) -> Vec<OperationEvent> {
        let all = self.events.iter().rev();
        all.filter(|event| operation.is_none() || event.operation_id.as_deref() == operation)
            .map(|event| {
                OperationEvent::builder()
                    .event_type(
                        if event.is_of_stack() {
                            "STACK_EVENT"
                        } else if event.hook.is_some() {
                            "HOOK_INVOCATION_ERROR"
                        } else if event.status.is_failed() {
                            "PROVISIONING_ERROR"
                        } else {
                            "PROGRESS_EVENT"
                        }
                        .to_owned(),
                    )
                    .logical_id(event.logical_id.clone())
                    .type_name(event.type_name.clone())
                    .maybe_reason(event.reason.clone())
                    .build()
            })
            .collect()
    }

    /// Adds an event about the stack itself, which is where it stands from now on.
    pub(super) fn turn(&mut self, at: OffsetDateTime, status: &str, reason: Option<String>) {
        status.clone_into(&mut self.status);
        self.reason.clone_from(&reason);
        self.tell(at, None, status, reason);
    }

    /// Adds an event: about a resource by its logical ID, or about the stack.
    pub(super) fn tell(
        &mut self,
        at: OffsetDateTime,
        logical_id: Option<&str>,
        status: &str,
        reason: Option<String>,
    ) {
        let number = self.events.len();
        let operation = self.execution.as_ref();
        let resource = logical_id.and_then(|id| self.resources.get(id));
        let event = StackEvent::builder()
            .id(format!(
                "{}-{status}-{number:05}",
                logical_id.unwrap_or(&self.name)
            ))
            .stack_id(self.id.clone())
            .logical_id(logical_id.unwrap_or(&self.name).to_owned())
            .maybe_physical_id(match logical_id {
                None => Some(self.id.clone()),
                Some(_) => resource.and_then(|resource| resource.physical_id.clone()),
            })
            .type_name(match logical_id {
                None => "AWS::CloudFormation::Stack".to_owned(),
                Some(_) => resource.map(|r| r.type_name.clone()).unwrap_or_default(),
            })
            .status(ResourceStatus::new(status))
            .maybe_reason(reason)
            .time(at)
            .maybe_token(operation.and_then(|operation| operation.token.clone()))
            .maybe_operation_id(operation.map(|operation| operation.operation_id.clone()))
            .build();
        self.events.push(event);
    }
}

/// Values of parameters, `****` for those with `NoEcho`.
pub(super) fn masked(
    template: &Template,
    parameters: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let declared: BTreeMap<&str, &JsonValue> = template.section("Parameters").collect();
    let is_secret = |name: &str| {
        let no_echo = declared.get(name).and_then(|entry| entry.get("NoEcho"));
        no_echo.is_some_and(|value| value == true || value == "true")
    };
    let shown = parameters.iter().map(|(name, value)| {
        let value = if is_secret(name) { "****" } else { value };
        (name.clone(), value.to_owned())
    });
    shown.collect()
}
