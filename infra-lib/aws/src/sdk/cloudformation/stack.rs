//! Reads stacks, their resources and events from responses of the SDK.

use std::collections::BTreeMap;

use aws_sdk_cloudformation::types as sdk;

use super::super::time::{convert_time, time_or_epoch};
use super::super::{enum_texts, text_or_empty};
use crate::{
    Export, HookEvent, OperationEvent, ResourceStatus, StackDescription, StackEvent, StackOutput,
    StackResource, StackStatus, StackSummary,
};

pub(super) fn convert_description(stack: sdk::Stack) -> StackDescription {
    let outputs = stack.outputs.unwrap_or_default().into_iter();
    let drift = stack
        .drift_information
        .and_then(|drift| drift.stack_drift_status);
    StackDescription {
        id: text_or_empty(stack.stack_id),
        name: text_or_empty(stack.stack_name),
        parent: stack.parent_id.filter(|id| !id.is_empty()),
        status: convert_stack_status(stack.stack_status.as_ref()),
        status_reason: stack
            .stack_status_reason
            .filter(|reason| !reason.is_empty()),
        resolved_parameters: resolve_parameters(stack.parameters.as_deref().unwrap_or_default()),
        parameters: convert_parameters(stack.parameters),
        outputs: outputs.map(convert_output).collect(),
        tags: convert_tags(stack.tags),
        capabilities: enum_texts(stack.capabilities),
        role_arn: stack.role_arn,
        notification_arns: stack.notification_arns.unwrap_or_default(),
        termination_protection: stack.enable_termination_protection.unwrap_or_default(),
        disable_rollback: stack.disable_rollback.unwrap_or_default(),
        created: convert_time(stack.creation_time),
        updated: convert_time(stack.last_updated_time),
        drift_status: drift.map(|status| status.as_str().to_owned()),
    }
}

fn resolve_parameters(parameters: &[sdk::Parameter]) -> BTreeMap<String, String> {
    let resolved = parameters.iter().filter_map(|parameter| {
        let key = parameter.parameter_key()?.to_owned();
        Some((key, parameter.resolved_value()?.to_owned()))
    });
    resolved.collect()
}

pub(super) fn convert_parameters(
    parameters: Option<Vec<sdk::Parameter>>,
) -> BTreeMap<String, String> {
    let parameters = parameters.unwrap_or_default().into_iter();
    parameters
        .map(|parameter| {
            (
                text_or_empty(parameter.parameter_key),
                text_or_empty(parameter.parameter_value),
            )
        })
        .collect()
}

pub(super) fn convert_tags(tags: Option<Vec<sdk::Tag>>) -> BTreeMap<String, String> {
    let tags = tags.unwrap_or_default().into_iter();
    tags.map(|tag| (text_or_empty(tag.key), text_or_empty(tag.value)))
        .collect()
}

fn convert_output(output: sdk::Output) -> StackOutput {
    StackOutput {
        name: text_or_empty(output.output_key),
        value: text_or_empty(output.output_value),
        description: output.description,
        export_name: output.export_name,
    }
}

pub(super) fn convert_summary(stack: sdk::StackSummary) -> StackSummary {
    StackSummary {
        id: text_or_empty(stack.stack_id),
        name: text_or_empty(stack.stack_name),
        status: convert_stack_status(stack.stack_status.as_ref()),
    }
}

pub(super) fn convert_event(event: sdk::StackEvent) -> StackEvent {
    let (status, reason) = (event.hook_status, event.hook_status_reason);
    let failure_mode = event.hook_failure_mode;
    let hook = event.hook_type.map(|type_name| HookEvent {
        type_name,
        status: status.map(|status| status.as_str().to_owned()),
        reason,
        failure_mode: failure_mode.map(|mode| mode.as_str().to_owned()),
    });
    StackEvent {
        id: text_or_empty(event.event_id),
        stack_id: text_or_empty(event.stack_id),
        logical_id: text_or_empty(event.logical_resource_id),
        physical_id: event.physical_resource_id.filter(|id| !id.is_empty()),
        type_name: text_or_empty(event.resource_type),
        status: convert_resource_status(event.resource_status.as_ref()),
        reason: event
            .resource_status_reason
            .filter(|reason| !reason.is_empty()),
        detailed_status: event
            .detailed_status
            .map(|status| status.as_str().to_owned()),
        time: time_or_epoch(event.timestamp),
        token: event.client_request_token,
        operation_id: event.operation_id,
        hook,
    }
}

pub(super) fn convert_resource(resource: sdk::StackResourceSummary) -> StackResource {
    let drift = resource
        .drift_information
        .and_then(|drift| drift.stack_resource_drift_status);
    StackResource {
        logical_id: text_or_empty(resource.logical_resource_id),
        physical_id: resource.physical_resource_id.filter(|id| !id.is_empty()),
        type_name: text_or_empty(resource.resource_type),
        status: convert_resource_status(resource.resource_status.as_ref()),
        status_reason: resource
            .resource_status_reason
            .filter(|reason| !reason.is_empty()),
        drift_status: drift.map(|status| status.as_str().to_owned()),
    }
}

pub(super) fn convert_operation_event(event: sdk::OperationEvent) -> OperationEvent {
    let mode = event.validation_failure_mode.or(event.hook_failure_mode);
    OperationEvent {
        event_type: event
            .event_type
            .map(|kind| kind.as_str().to_owned())
            .unwrap_or_default(),
        logical_id: event.logical_resource_id,
        type_name: event.resource_type,
        validation_name: event.validation_name,
        failure_mode: mode.map(|mode| mode.as_str().to_owned()),
        reason: event
            .validation_status_reason
            .or(event.hook_status_reason)
            .or(event.resource_status_reason),
        path: event.validation_path,
    }
}

pub(super) fn convert_export(export: sdk::Export) -> Export {
    Export {
        name: text_or_empty(export.name),
        value: text_or_empty(export.value),
        stack_id: text_or_empty(export.exporting_stack_id),
    }
}

fn convert_stack_status(status: Option<&sdk::StackStatus>) -> StackStatus {
    StackStatus::new(status.map_or("", |status| status.as_str()))
}

fn convert_resource_status(status: Option<&sdk::ResourceStatus>) -> ResourceStatus {
    ResourceStatus::new(status.map_or("", |status| status.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{resolve_parameters, sdk};

    #[test]
    fn reads_values_from_parameter_store() {
        let parameter = sdk::Parameter::builder()
            .parameter_key("Image")
            .parameter_value("/app/image")
            .resolved_value("host/app:1")
            .build();
        let plain = sdk::Parameter::builder().parameter_key("Stage").build();
        let resolved = resolve_parameters(&[parameter, plain]);
        assert_eq!(
            resolved.into_iter().collect::<Vec<_>>(),
            [("Image".to_owned(), "host/app:1".to_owned())]
        );
    }
}
