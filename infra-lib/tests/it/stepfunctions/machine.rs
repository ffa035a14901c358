//! Tests of state machines, their logs, versions and aliases.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::events::{EventPattern, Rule};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::sqs::Queue;
use infra_lib::stepfunctions::{
    Definition, ExecutionData, Integration, LogLevel, Pass, StateMachine, StateMachineAlias,
    StateMachineVersion, Task, Tracing, VersionShift, WorkflowType,
};
use infra_lib::{Duration, IntoValue, RemovalPolicy};
use serde_json::json;

use super::{machine, role};

#[test]
fn creates_standard_machine_with_role_and_error_log() {
    let template = Template::of_stack(|stack| {
        machine(stack, Pass::new("Hello"));
    });
    template.has_properties(
        "AWS::StepFunctions::StateMachine",
        json!({
            "DefinitionString": "{\"StartAt\":\"Hello\",\"States\":{\"Hello\":{\"Type\":\"Pass\",\"End\":true}},\"QueryLanguage\":\"JSONata\"}",
            "StateMachineType": "STANDARD",
            "StateMachineName": Match::absent(),
            "TracingConfiguration": Match::absent(),
            "EncryptionConfiguration": Match::absent(),
            "RoleArn": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "LoggingConfiguration": {
                "Level": "ERROR",
                "IncludeExecutionData": false,
                "Destinations": [{ "CloudWatchLogsLogGroup": { "LogGroupArn": { "Fn::GetAtt": [Match::any(), "Arn"] } } }],
            },
        }),
    );
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Principal": { "Service": "states.amazonaws.com" },
            "Condition": {
                "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
                "ArnLike": { "aws:SourceArn": Match::any() },
            },
        }] } }),
    );
}

#[test]
fn writes_every_option_of_machine() {
    let template = Template::of_stack(|stack| {
        let logs = LogGroup::builder().build(stack, "Logs");
        let key = Key::builder().build(stack, "Key");
        StateMachine::builder()
            .definition(
                Definition::new(Pass::new("Hello"))
                    .comment("greets")
                    .timeout(Duration::minutes(2)),
            )
            .state_machine_name("greeter")
            .workflow_type(WorkflowType::Express)
            .log_group(logs)
            .log_level(LogLevel::Fatal)
            .execution_data(ExecutionData::Included)
            .tracing(Tracing::Active)
            .encryption_key(key)
            .data_key_reuse_period(Duration::minutes(10))
            .build(stack, "Machine");
    });
    template.has_properties(
        "AWS::StepFunctions::StateMachine",
        json!({
            "DefinitionString": "{\"StartAt\":\"Hello\",\"States\":{\"Hello\":{\"Type\":\"Pass\",\"End\":true}},\"TimeoutSeconds\":120,\"Comment\":\"greets\",\"QueryLanguage\":\"JSONata\"}",
            "StateMachineName": "greeter",
            "StateMachineType": "EXPRESS",
            "TracingConfiguration": { "Enabled": true },
            "EncryptionConfiguration": {
                "Type": "CUSTOMER_MANAGED_KMS_KEY",
                "KmsKeyId": { "Fn::GetAtt": [Match::any(), "Arn"] },
                "KmsDataKeyReusePeriodSeconds": 600,
            },
            "LoggingConfiguration": { "Level": "FATAL", "IncludeExecutionData": true },
        }),
    );
    template.resource_count("AWS::Logs::LogGroup", 1);
    let key = template.only("AWS::KMS::Key").to_string();
    assert!(key.contains("delivery.logs.amazonaws.com"), "{key}");
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains("kms:GenerateDataKey"), "{role}");
    assert!(role.contains("xray:PutTraceSegments"), "{role}");
}

#[test]
fn logs_all_events_of_express_machine_and_none_when_off() {
    let template = Template::of_stack(|stack| {
        StateMachine::builder()
            .definition(Definition::new(Pass::new("Hello")))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
    });
    template.has_properties(
        "AWS::StepFunctions::StateMachine",
        json!({ "LoggingConfiguration": { "Level": "ALL", "IncludeExecutionData": false } }),
    );
    let template = Template::of_stack(|stack| {
        let silent = StateMachine::builder()
            .definition(Definition::new(Pass::new("Hello")))
            .log_level(LogLevel::Off)
            .build(stack, "Machine");
        assert!(silent.log_group().is_none());
    });
    template.resource_count("AWS::Logs::LogGroup", 0);
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(!role.contains("logs:"), "{role}");
}

#[test]
fn joins_references_into_definition_as_cdk_does() {
    let template = Template::of_stack(|stack| {
        let queue = Queue::builder().build(stack, "Queue");
        machine(
            stack,
            Task::new("Send", Integration::sqs_send_message(&queue)),
        );
    });
    template.has_properties(
        "AWS::StepFunctions::StateMachine",
        json!({ "DefinitionString": { "Fn::Join": ["", [
            "{\"StartAt\":\"Send\",\"States\":{\"Send\":{\"Type\":\"Task\",\"Resource\":\"arn:",
            { "Ref": "AWS::Partition" },
            ":states:::sqs:sendMessage\",\"Arguments\":{\"QueueUrl\":\"",
            { "Ref": Match::any() },
            "\",\"MessageBody\":\"{% $states.input %}\"},\"End\":true}},\"QueryLanguage\":\"JSONata\"}",
        ]] } }),
    );
}

#[test]
fn names_machine_in_metrics() {
    let template = Template::of_stack(|stack| {
        let machine = machine(stack, Pass::new("Hello"));
        Alarm::builder()
            .metric(machine.metric_failed())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Failures");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/States",
            "MetricName": "ExecutionsFailed",
            "Dimensions": [{ "Name": "StateMachineArn", "Value": { "Ref": Match::any() } }],
        }),
    );
}

#[test]
fn publishes_version_of_each_revision_and_moves_alias() {
    let template = Template::of_stack(|stack| {
        let machine = machine(stack, Pass::new("Done"));
        let version = StateMachineVersion::builder()
            .state_machine(machine)
            .build(stack, "Version");
        let live = StateMachineAlias::builder()
            .alias_name("live")
            .version(version)
            .build(stack, "Live");
        live.grant_start_execution(&role(stack));
        Rule::on_event(EventPattern::new().source("shop"))
            .target(infra_lib::events::Target::new(IntoValue::<
                infra_lib::Arn<infra_lib::kind::stepfunctions::StateMachine>,
            >::into_value(
                live
            )))
            .build(stack, "Rule");
    });
    template.has_resource(
        "AWS::StepFunctions::StateMachineVersion",
        json!({ "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": {
            "StateMachineArn": { "Ref": Match::any() },
            "StateMachineRevisionId": { "Fn::GetAtt": [Match::any(), "StateMachineRevisionId"] },
        } }),
    );
    template.has_properties(
        "AWS::StepFunctions::StateMachineAlias",
        json!({
            "Name": "live",
            "DeploymentPreference": Match::absent(),
            "RoutingConfiguration": [{ "StateMachineVersionArn": { "Ref": Match::any() }, "Weight": 100 }],
        }),
    );
}

#[test]
fn moves_alias_in_parts() {
    const FORMER: &str = "arn:aws:states:eu-west-1:111122223333:stateMachine:invoice:1";
    let build = |shift: VersionShift| {
        let template = Template::of_stack(|stack| {
            let machine = machine(stack, Pass::new("Done"));
            let version = StateMachineVersion::builder()
                .state_machine(machine)
                .description("next")
                .removal_policy(RemovalPolicy::Destroy)
                .build(stack, "Version");
            StateMachineAlias::builder()
                .alias_name("live")
                .version(version)
                .shift(shift)
                .alarm("errors")
                .description("in use")
                .build(stack, "Live");
        });
        template.only("AWS::StepFunctions::StateMachineAlias")["Properties"].clone()
    };
    let weighted = build(VersionShift::Weighted {
        other: FORMER.into_value(),
        percent: 25,
    });
    assert_eq!(weighted["RoutingConfiguration"][0]["Weight"], 75);
    assert_eq!(
        weighted["RoutingConfiguration"][1],
        json!({ "StateMachineVersionArn": FORMER, "Weight": 25 })
    );
    let interval = Duration::minutes(5);
    for (shift, kind) in [
        (
            VersionShift::Canary {
                percent: 10,
                interval,
            },
            "CANARY",
        ),
        (
            VersionShift::Linear {
                percent: 10,
                interval,
            },
            "LINEAR",
        ),
    ] {
        let properties = build(shift);
        let preference = &properties["DeploymentPreference"];
        assert_eq!(preference["Type"], kind);
        assert_eq!(preference["Percentage"], 10);
        assert_eq!(preference["Interval"], 5);
        assert_eq!(preference["Alarms"], json!(["errors"]));
        assert!(
            properties.get("RoutingConfiguration").is_none(),
            "{properties}"
        );
    }
}
