//! Builds requests for stack refactors and reads their responses.

use aws_sdk_cloudformation::operation::create_stack_refactor::builders::CreateStackRefactorFluentBuilder;
use aws_sdk_cloudformation::operation::describe_stack_refactor::DescribeStackRefactorOutput;
use aws_sdk_cloudformation::types as sdk;

use super::super::text_or_empty;
use crate::{CreateRefactor, RefactorAction, RefactorDescription, ResourceLocation, ResourceMove};

pub(super) fn build_create_request(
    client: &aws_sdk_cloudformation::Client,
    request: CreateRefactor,
) -> CreateStackRefactorFluentBuilder {
    let mut call = client
        .create_stack_refactor()
        .description(request.description)
        .enable_stack_creation(request.create_stacks);
    for wanted in request.moves {
        let mapping = sdk::ResourceMapping::builder()
            .source(to_sdk_location(wanted.from))
            .destination(to_sdk_location(wanted.to));
        call = call.resource_mappings(mapping.build());
    }
    for (stack, template) in request.templates {
        let definition = sdk::StackDefinition::builder().stack_name(stack);
        call = call.stack_definitions(definition.template_body(template).build());
    }
    call
}

fn to_sdk_location(location: ResourceLocation) -> sdk::ResourceLocation {
    sdk::ResourceLocation::builder()
        .stack_name(location.stack)
        .logical_resource_id(location.logical_id)
        .build()
}

pub(super) fn convert_description(answer: DescribeStackRefactorOutput) -> RefactorDescription {
    let status = answer.status.as_ref().map_or("", |status| status.as_str());
    let execution = answer
        .execution_status
        .as_ref()
        .map_or("", |status| status.as_str());
    RefactorDescription {
        status: status.to_owned(),
        reason: answer.status_reason,
        execution_status: execution.to_owned(),
        execution_reason: answer.execution_status_reason,
        stack_ids: answer.stack_ids.unwrap_or_default(),
    }
}

pub(super) fn convert_action(action: sdk::StackRefactorAction) -> RefactorAction {
    let word = action.action.as_ref().map_or("", |action| action.as_str());
    let entity = action.entity.as_ref().map_or("", |entity| entity.as_str());
    let movement = action.resource_mapping.and_then(|mapping| {
        Some(ResourceMove {
            from: from_sdk_location(mapping.source?),
            to: from_sdk_location(mapping.destination?),
        })
    });
    RefactorAction {
        action: word.to_owned(),
        entity: entity.to_owned(),
        physical_id: action.physical_resource_id,
        movement,
        description: action.description,
    }
}

fn from_sdk_location(location: sdk::ResourceLocation) -> ResourceLocation {
    ResourceLocation {
        stack: text_or_empty(location.stack_name),
        logical_id: text_or_empty(location.logical_resource_id),
    }
}
