//! Builds requests for change sets and reads their responses.

use aws_sdk_cloudformation::operation::create_change_set::builders::CreateChangeSetFluentBuilder;
use aws_sdk_cloudformation::operation::describe_change_set::DescribeChangeSetOutput;
use aws_sdk_cloudformation::types as sdk;

use super::super::time::convert_time;
use super::super::{enum_texts, text_or_empty};
use super::stack::{convert_parameters, convert_tags};
use crate::change_set_settings::{ALARM, ChangeSetSettings, RollbackTrigger};
use crate::{
    Change, ChangeDetail, ChangeSetDescription, ChangeSetHook, ChangeSetStatus, ChangeSetSummary,
    ChangeSetType, CreateChangeSet, ExecutionStatus, HookResult, RollbackAlarms, TemplateSource,
};
use infra_template::review::{Action, PropertyDrift, Recreation};

pub(super) fn build_create_request(
    client: &aws_sdk_cloudformation::Client,
    request: CreateChangeSet,
) -> CreateChangeSetFluentBuilder {
    let on_failure = request.on_stack_failure();
    let call = client
        .create_change_set()
        .stack_name(request.stack_name)
        .change_set_name(request.name)
        .change_set_type(request.change_set_type.as_str().into())
        .client_token(request.token)
        .set_description(request.description)
        .set_role_arn(request.role_arn);
    let mut call = match request.template {
        TemplateSource::Body(body) => call.template_body(body),
        TemplateSource::Url(url) => call.template_url(url),
        TemplateSource::Previous => call.use_previous_template(true),
    };
    for (name, value) in request.parameters {
        let parameter = sdk::Parameter::builder().parameter_key(name);
        call = call.parameters(match value {
            Some(value) => parameter.parameter_value(value).build(),
            None => parameter.use_previous_value(true).build(),
        });
    }
    let tags = request.tags.into_iter();
    let tags: Vec<sdk::Tag> = tags
        .map(|(key, value)| sdk::Tag::builder().key(key).value(value).build())
        .collect();
    // Without this parameter, an update keeps the tags of the stack; an empty list removes them.
    if !tags.is_empty() || request.change_set_type == ChangeSetType::Update {
        call = call.set_tags(Some(tags));
    }
    for capability in &request.capabilities {
        call = call.capabilities(capability.as_str().into());
    }
    // An empty list removes the topics of the stack; without the parameter, they stay.
    call = call.set_notification_arns(Some(request.notification_arns));
    call = call.set_on_stack_failure(on_failure.map(Into::into));
    // Without triggers, an update would keep those of the stack. "To remove all currently specified triggers, specify an empty list":
    // <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html>
    let alarms = request.rollback_alarms.or_else(|| {
        let none = RollbackAlarms {
            alarms: Vec::new(),
            monitoring_minutes: 0,
        };
        let removes =
            request.change_set_type == ChangeSetType::Update && !request.keep_rollback_triggers;
        removes.then_some(none)
    });
    if let Some(alarms) = alarms {
        let triggers = alarms.alarms.into_iter().map(|arn| {
            let trigger = sdk::RollbackTrigger::builder().arn(arn);
            trigger.r#type(ALARM).build()
        });
        call = call.rollback_configuration(
            sdk::RollbackConfiguration::builder()
                .set_rollback_triggers(Some(triggers.collect()))
                .monitoring_time_in_minutes(alarms.monitoring_minutes.into())
                .build(),
        );
    }
    for import in request.imports {
        let mut resource = sdk::ResourceToImport::builder()
            .resource_type(import.type_name)
            .logical_resource_id(import.logical_id);
        for (name, value) in import.identifier {
            resource = resource.resource_identifier(name, value);
        }
        call = call.resources_to_import(resource.build());
    }
    if request.import_existing {
        call = call.import_existing_resources(true);
    }
    if request.express {
        let mode = sdk::DeploymentConfigMode::Express;
        call = call.deployment_config(sdk::DeploymentConfig::builder().mode(mode).build());
    }
    if request.include_nested {
        call = call.include_nested_stacks(true);
    }
    if request.revert_drift {
        call = call.deployment_mode(sdk::DeploymentMode::RevertDrift);
    }
    call
}

pub(super) fn convert_description(answer: DescribeChangeSetOutput) -> ChangeSetDescription {
    let settings = convert_settings(&answer);
    let changes = answer.changes.unwrap_or_default().into_iter();
    ChangeSetDescription {
        id: text_or_empty(answer.change_set_id),
        name: text_or_empty(answer.change_set_name),
        stack_id: text_or_empty(answer.stack_id),
        stack_name: text_or_empty(answer.stack_name),
        description: answer.description,
        status: convert_status(answer.status.as_ref()),
        status_reason: answer.status_reason,
        execution_status: convert_execution_status(answer.execution_status.as_ref()),
        parameters: convert_parameters(answer.parameters),
        tags: convert_tags(answer.tags),
        capabilities: enum_texts(answer.capabilities),
        settings,
        created: convert_time(answer.creation_time),
        changes: changes
            .filter_map(|change| change.resource_change)
            .map(convert_change)
            .collect(),
        next: answer.next_token,
    }
}

fn convert_settings(answer: &DescribeChangeSetOutput) -> ChangeSetSettings {
    let rollback = answer.rollback_configuration.as_ref();
    let triggers = rollback.map_or(&[][..], |rollback| rollback.rollback_triggers());
    let config = answer.deployment_config.as_ref();
    let resolved = answer.parameters().iter().filter_map(|parameter| {
        let value = parameter.resolved_value()?;
        Some((parameter.parameter_key()?.to_owned(), value.to_owned()))
    });
    ChangeSetSettings {
        resolved_parameters: resolved.collect(),
        notification_arns: answer.notification_arns().to_vec(),
        rollback_triggers: triggers.iter().map(convert_trigger).collect(),
        monitoring_minutes: rollback.and_then(|rollback| rollback.monitoring_time_in_minutes),
        on_stack_failure: answer
            .on_stack_failure
            .as_ref()
            .map(|word| word.as_str().to_owned()),
        import_existing: answer.import_existing_resources.unwrap_or_default(),
        include_nested_stacks: answer.include_nested_stacks.unwrap_or_default(),
        parent_change_set_id: answer.parent_change_set_id.clone(),
        root_change_set_id: answer.root_change_set_id.clone(),
        deployment_mode: answer
            .deployment_mode
            .as_ref()
            .map(|word| word.as_str().to_owned()),
        config_mode: config
            .and_then(|config| config.mode.as_ref())
            .map(|word| word.as_str().to_owned()),
        disable_rollback: config.and_then(|config| config.disable_rollback),
    }
}

fn convert_trigger(trigger: &sdk::RollbackTrigger) -> RollbackTrigger {
    RollbackTrigger {
        arn: text_or_empty(trigger.arn.clone()),
        type_name: text_or_empty(trigger.r#type.clone()),
    }
}

pub(super) fn convert_summary(summary: sdk::ChangeSetSummary) -> ChangeSetSummary {
    ChangeSetSummary {
        id: text_or_empty(summary.change_set_id),
        name: text_or_empty(summary.change_set_name),
        status: convert_status(summary.status.as_ref()),
        execution_status: convert_execution_status(summary.execution_status.as_ref()),
        description: summary.description,
        created: convert_time(summary.creation_time),
    }
}

fn convert_status(status: Option<&sdk::ChangeSetStatus>) -> ChangeSetStatus {
    status.map_or("", |status| status.as_str()).into()
}

fn convert_execution_status(status: Option<&sdk::ExecutionStatus>) -> ExecutionStatus {
    status.map_or("", |status| status.as_str()).into()
}

fn convert_change(change: sdk::ResourceChange) -> Change {
    let details = change.details.unwrap_or_default().into_iter();
    let action = change.action.as_ref().map_or("", |action| action.as_str());
    Change {
        logical_id: text_or_empty(change.logical_resource_id),
        physical_id: change.physical_resource_id,
        type_name: text_or_empty(change.resource_type),
        action: Action::from(action),
        replacement: change
            .replacement
            .map(|replacement| replacement.as_str().into()),
        policy_action: change.policy_action.map(|action| action.as_str().into()),
        scope: enum_texts(change.scope),
        details: details.map(convert_detail).collect(),
        before_context: change.before_context,
        after_context: change.after_context,
        drift_status: change
            .resource_drift_status
            .map(|status| status.as_str().to_owned()),
        nested_change_set_id: change.change_set_id,
    }
}

fn convert_detail(detail: sdk::ResourceChangeDetail) -> ChangeDetail {
    let target = detail
        .target
        .unwrap_or_else(|| sdk::ResourceTargetDefinition::builder().build());
    let attribute = target
        .attribute
        .as_ref()
        .map_or("", |attribute| attribute.as_str());
    ChangeDetail {
        attribute: attribute.to_owned(),
        name: target.name,
        path: target.path,
        recreation: target
            .requires_recreation
            .map_or_else(Recreation::default, |recreation| recreation.as_str().into()),
        before: target.before_value,
        after: target.after_value,
        drift: target
            .drift
            .map(|drift| PropertyDrift::new(drift.previous_value, drift.actual_value)),
        dynamic: detail.evaluation == Some(sdk::EvaluationType::Dynamic),
        source: detail
            .change_source
            .map(|source| source.as_str().to_owned()),
        causing_entity: detail.causing_entity,
    }
}

pub(super) fn convert_hook(hook: sdk::ChangeSetHook) -> ChangeSetHook {
    let target = hook
        .target_details
        .and_then(|target| target.resource_target_details);
    ChangeSetHook {
        type_name: text_or_empty(hook.type_name),
        logical_id: target.and_then(|target| target.logical_resource_id),
        failure_mode: hook.failure_mode.map(|mode| mode.as_str().to_owned()),
    }
}

pub(super) fn convert_hook_result(
    summary: sdk::HookResultSummary,
    remediation: Vec<String>,
) -> HookResult {
    let status = summary.status.as_ref().map_or("", |status| status.as_str());
    HookResult {
        type_name: text_or_empty(summary.type_name),
        status: status.to_owned(),
        reason: summary.hook_status_reason,
        failure_mode: summary.failure_mode.map(|mode| mode.as_str().to_owned()),
        remediation,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudformation::types as sdk;

    use super::{
        Action, DescribeChangeSetOutput, build_create_request, convert_change, convert_description,
    };
    use crate::change_set_settings::{ChangeSetSettings, RollbackTrigger};
    use crate::{
        ApiReplacement, ChangeSetType, CreateChangeSet, OnFailure, RollbackAlarms, TemplateSource,
    };

    #[test]
    fn keeps_unknown_values() {
        let read = convert_change(
            sdk::ResourceChange::builder()
                .action("Teleport".into())
                .replacement("Perhaps".into())
                .logical_resource_id("Web")
                .build(),
        );
        assert_eq!(read.action, Action::Other("Teleport".to_owned()));
        assert_eq!(
            read.replacement,
            Some(ApiReplacement::Other("Perhaps".to_owned()))
        );
    }

    /// Returns a client for building requests, which are not sent.
    fn offline_client() -> aws_sdk_cloudformation::Client {
        let config = aws_sdk_cloudformation::Config::builder()
            .behavior_version(aws_sdk_cloudformation::config::BehaviorVersion::latest())
            .build();
        aws_sdk_cloudformation::Client::from_conf(config)
    }

    /// An update without alarms sends an empty list, which removes the alarms of the stack; without the list, they would stay.
    #[test]
    fn sends_alarms_with_updates() {
        let client = offline_client();
        let sent = |kind: ChangeSetType, alarms: Option<RollbackAlarms>| {
            let request = CreateChangeSet::builder()
                .stack_name("web")
                .name("set")
                .change_set_type(kind)
                .template(TemplateSource::Previous)
                .on_failure(OnFailure::Rollback)
                .maybe_rollback_alarms(alarms)
                .token("token")
                .build();
            let call = build_create_request(&client, request);
            let found = call.get_rollback_configuration().clone()?;
            let triggers = found.rollback_triggers.unwrap();
            let arns = triggers.into_iter().map(|trigger| trigger.arn.unwrap());
            Some((arns.collect::<Vec<_>>(), found.monitoring_time_in_minutes))
        };
        let alarm = RollbackAlarms {
            alarms: vec!["alarm".to_owned()],
            monitoring_minutes: 5,
        };
        assert_eq!(sent(ChangeSetType::Create, None), None);
        assert_eq!(sent(ChangeSetType::Update, None), Some((vec![], Some(0))));
        assert_eq!(
            sent(ChangeSetType::Update, Some(alarm)),
            Some((vec!["alarm".to_owned()], Some(5)))
        );
    }

    /// An update without tags sends an empty list, which removes the tags of the stack; without the list, they would stay.
    #[test]
    fn sends_tags_with_updates() {
        let client = offline_client();
        for (kind, sent) in [
            (ChangeSetType::Create, None),
            (ChangeSetType::Update, Some(vec![])),
        ] {
            let request = CreateChangeSet::builder()
                .stack_name("web")
                .name("set")
                .change_set_type(kind)
                .template(TemplateSource::Previous)
                .on_failure(OnFailure::Rollback)
                .keep_rollback_triggers(true)
                .token("token")
                .build();
            let call = build_create_request(&client, request);
            assert_eq!(*call.get_tags(), sent);
            assert_eq!(*call.get_rollback_configuration(), None);
        }
    }

    #[test]
    fn reads_all_settings() {
        let parameter = sdk::Parameter::builder()
            .parameter_key("Ami")
            .parameter_value("/aws/ami")
            .resolved_value("ami-1");
        let triggers = sdk::RollbackConfiguration::builder()
            .rollback_triggers(
                sdk::RollbackTrigger::builder()
                    .arn("alarm")
                    .r#type("T")
                    .build(),
            )
            .monitoring_time_in_minutes(7);
        let config = sdk::DeploymentConfig::builder()
            .mode(sdk::DeploymentConfigMode::Express)
            .disable_rollback(true);
        let read = convert_description(
            DescribeChangeSetOutput::builder()
                .parameters(parameter.build())
                .notification_arns("topic")
                .rollback_configuration(triggers.build())
                .on_stack_failure(sdk::OnStackFailure::DoNothing)
                .import_existing_resources(true)
                .include_nested_stacks(true)
                .parent_change_set_id("parent")
                .root_change_set_id("root")
                .deployment_mode(sdk::DeploymentMode::RevertDrift)
                .deployment_config(config.build())
                .build(),
        );
        let settings = ChangeSetSettings {
            resolved_parameters: [("Ami".to_owned(), "ami-1".to_owned())].into(),
            notification_arns: vec!["topic".to_owned()],
            rollback_triggers: vec![RollbackTrigger {
                arn: "alarm".to_owned(),
                type_name: "T".to_owned(),
            }],
            monitoring_minutes: Some(7),
            on_stack_failure: Some("DO_NOTHING".to_owned()),
            import_existing: true,
            include_nested_stacks: true,
            parent_change_set_id: Some("parent".to_owned()),
            root_change_set_id: Some("root".to_owned()),
            deployment_mode: Some("REVERT_DRIFT".to_owned()),
            config_mode: Some("EXPRESS".to_owned()),
            disable_rollback: Some(true),
        };
        assert_eq!(read.settings, settings);
        let empty = convert_description(DescribeChangeSetOutput::builder().build());
        assert_eq!(empty.settings, ChangeSetSettings::default());
    }

    #[test]
    fn reads_empty_change() {
        let read = convert_change(sdk::ResourceChange::builder().build());
        assert_eq!(read.action, Action::Other(String::new()));
        assert!(read.details.is_empty());
    }
}
