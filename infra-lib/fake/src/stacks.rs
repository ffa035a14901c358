//! Stacks as CloudFormation stores them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};
use time::OffsetDateTime;

use super::execution::Execution;
use infra_aws::{
    OperationEvent, ResourceStatus, StackDescription, StackEvent, StackOutput, StackResource,
    StackStatus,
};
use infra_template::Template;

/// Inputs of a stack's last deployment.
#[derive(Clone, Debug, Default)]
pub(super) struct Deployed {
    /// Text of the template, unchanged.
    pub(super) template: String,
    /// Parameter values, including secrets.
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) capabilities: Vec<String>,
    pub(super) notification_arns: Vec<String>,
}

/// A stack with its resources and events.
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
    /// True if the operation in progress does not wait for resources (express mode).
    pub(super) express: bool,
    pub(super) created: Option<OffsetDateTime>,
    pub(super) updated: Option<OffsetDateTime>,
    pub(super) drift_status: Option<String>,
    pub(super) outputs: Vec<StackOutput>,
    pub(super) resources: BTreeMap<String, Resource>,
    /// Events of the stack and its resources, oldest first.
    pub(super) events: Vec<StackEvent>,
    pub(super) execution: Option<Execution>,
    /// ARN of the parent and logical ID in its template, for a nested stack.
    pub(super) parent: Option<(String, String)>,
    /// Names of the exports that the stack imports.
    pub(super) imports: BTreeSet<String>,
    /// Client request tokens of operations that were started.
    pub(super) tokens: BTreeSet<String>,
}

/// A resource of a stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Resource {
    pub(super) type_name: String,
    pub(super) physical_id: Option<String>,
    pub(super) status: String,
    pub(super) reason: Option<String>,
    /// Evaluated properties, as deployed.
    pub(super) properties: Map<String, JsonValue>,
    /// Entry of the resource in the template.
    pub(super) entry: Map<String, JsonValue>,
    /// Values that were changed outside of CloudFormation, by JSON pointer; an empty pointer marks a deleted resource.
    pub(super) drift: BTreeMap<String, String>,
    pub(super) drift_status: Option<String>,
}

impl Stack {
    /// Returns the deployed template; an empty one before the first deployment.
    pub(super) fn parse_template(&self) -> Template {
        Template::parse_deployed(&self.deployed.template)
            .map_or_else(|_| Template::empty(), |(template, _)| template)
    }

    /// Returns the description as in `DescribeStacks`.
    pub(super) fn to_description(&self) -> StackDescription {
        StackDescription::builder()
            .id(self.id.clone())
            .name(self.name.clone())
            .maybe_parent(self.parent.as_ref().map(|(arn, _)| arn.clone()))
            .status(StackStatus::new(&self.status))
            .maybe_status_reason(self.reason.clone())
            .parameters(mask_secrets(
                &self.parse_template(),
                &self.deployed.parameters,
            ))
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

    /// Returns the resources as in `ListStackResources`.
    pub(super) fn list_resources(&self) -> Vec<StackResource> {
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

    /// Returns the events as in `DescribeEvents`, newest first.
    pub(super) fn operation_events(&self, operation: Option<&str>) -> Vec<OperationEvent> {
        let all = self.events.iter().rev();
        all.filter(|event| operation.is_none() || event.operation_id.as_deref() == operation)
            .map(|event| {
                OperationEvent::builder()
                    .event_type(
                        if event.is_stack_event() {
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

    /// Sets the status of the stack, and adds the event about it.
    pub(super) fn set_status(&mut self, at: OffsetDateTime, status: &str, reason: Option<String>) {
        status.clone_into(&mut self.status);
        self.reason.clone_from(&reason);
        self.add_event(at, None, status, reason);
    }

    /// Adds an event about a resource, by logical ID, or about the stack.
    pub(super) fn add_event(
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

/// Returns the parameter values, with `****` for those with `NoEcho`.
pub(super) fn mask_secrets(
    template: &Template,
    parameters: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let declared: BTreeMap<&str, &JsonValue> = template.section_entries("Parameters").collect();
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
