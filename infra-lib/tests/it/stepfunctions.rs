//! Tests of the constructs in `infra_lib::stepfunctions`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::events::{EventPattern, Rule};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::sqs::Queue;
use infra_lib::stepfunctions::{
    Catch, Choice, Condition, Definition, ExecutionData, Fail, GoTo, Integration, JsonPath,
    Jsonata, LogLevel, Map, Ordered, Parallel, Pass, Retry, StateMachine, StateMachineAlias,
    StateMachineVersion, Steps, Succeed, Task, Tracing, VersionShift, Wait, WorkflowType,
};
use infra_lib::{App, Duration, IntoValue, RemovalPolicy, Stack};
use serde_json::{Value, json};

use crate::base::findings_of;

pub(crate) const FUNCTION: &str = "arn:aws:lambda:eu-west-1:111122223333:function:charge";
pub(crate) const MACHINE: &str = "arn:aws:states:eu-west-1:111122223333:stateMachine:invoice";

pub(crate) fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Caller")
}

pub(crate) fn machine(stack: Stack<'_>, steps: impl Steps<Jsonata>) -> StateMachine<'_> {
    StateMachine::builder()
        .definition(Definition::new(steps))
        .build(stack, "Machine")
}

pub(crate) fn findings_of_steps(steps: impl Steps<Jsonata>) -> String {
    findings_of(|stack| {
        machine(stack, steps);
    })
}

pub(crate) fn findings_of_express(steps: impl Steps<Jsonata>) -> String {
    findings_of(|stack| {
        StateMachine::builder()
            .definition(Definition::new(steps))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
    })
}

/// Returns the states of a definition.
pub(crate) fn states(steps: impl Steps<Jsonata>) -> Value {
    Definition::new(steps).to_json()["States"].clone()
}

pub(crate) fn json_path_states(steps: impl Steps<JsonPath>) -> Value {
    Definition::new(steps).to_json()["States"].clone()
}

/// Asserts that the role of the only machine has a statement.
pub(crate) fn has_statement(template: &Template, statement: &Value) {
    let text = serde_json::to_string(&template.resources("AWS::IAM::Role")).unwrap();
    let expected = statement.to_string();
    assert!(
        text.contains(expected.trim_matches(['{', '}'])),
        "{expected} in {text}"
    );
}

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
fn joins_states_branches_and_loops() {
    let poll = Wait::new("Pause", Duration::seconds(30))
        .next(Pass::new("Look"))
        .next(
            Choice::new("Ready?")
                .when(
                    Condition::expression("{% $states.input.ready %}"),
                    Pass::new("Accept"),
                )
                .when(
                    Condition::expression("{% $states.input.broken %}"),
                    Fail::new("Broken").error("E").cause("C"),
                )
                .otherwise(GoTo::new("Pause")),
        );
    let found = states(poll.next(Succeed::new("Done")));
    assert_eq!(
        found,
        json!({
            "Pause": { "Type": "Wait", "Seconds": 30, "Next": "Look" },
            "Look": { "Type": "Pass", "Next": "Ready?" },
            "Ready?": {
                "Type": "Choice",
                "Choices": [
                    { "Condition": "{% $states.input.ready %}", "Next": "Accept" },
                    { "Condition": "{% $states.input.broken %}", "Next": "Broken" },
                ],
                "Default": "Pause",
            },
            "Accept": { "Type": "Pass", "Next": "Done" },
            "Broken": { "Type": "Fail", "Error": "E", "Cause": "C" },
            "Done": { "Type": "Succeed" },
        })
    );
}

#[test]
fn renders_jsonata_task_with_retry_catch_and_times() {
    let charge = Task::new(
        "Charge",
        Integration::lambda(FUNCTION).payload(json!({ "id": "{% $id %}" })),
    )
    .comment("takes the money")
    .output("{% $states.result.Payload %}")
    .assign("receipt", "{% $states.result.Payload.id %}")
    .assign("paid", true)
    .timeout(Duration::minutes(2))
    .heartbeat(Duration::minutes(1))
    .without_retries()
    .retry(
        Retry::on(["States.Timeout"])
            .interval(Duration::seconds(3))
            .max_attempts(5)
            .backoff_rate(1.5)
            .max_delay(Duration::minutes(1))
            .full_jitter(),
    )
    .catch(
        Catch::on_all().output("{% $states.errorOutput %}"),
        Fail::new("Failed"),
    );
    assert_eq!(
        states(charge.next(Succeed::new("Done"))),
        json!({
            "Charge": {
                "Type": "Task",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:states:::lambda:invoke" },
                "Arguments": { "FunctionName": FUNCTION, "Payload": { "id": "{% $id %}" } },
                "Comment": "takes the money",
                "Output": "{% $states.result.Payload %}",
                "Assign": { "receipt": "{% $states.result.Payload.id %}", "paid": true },
                "TimeoutSeconds": 120,
                "HeartbeatSeconds": 60,
                "Retry": [{
                    "ErrorEquals": ["States.Timeout"], "IntervalSeconds": 3, "MaxAttempts": 5, "BackoffRate": 1.5,
                    "MaxDelaySeconds": 60, "JitterStrategy": "FULL",
                }],
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "Failed" }],
                "Next": "Done",
            },
            "Failed": { "Type": "Fail" },
            "Done": { "Type": "Succeed" },
        })
    );
}

#[test]
fn renders_json_path_fields_and_paths_of_arguments() {
    let put = Task::json_path(
        "Count",
        Integration::aws_sdk("dynamodb", "query")
            .argument("TableName", "$.table")
            .argument("Limit", 5),
    )
    .input_path("$.order")
    .result_selector(json!({ "n.$": "$.Count" }))
    .result_path("$.count")
    .output_path("$.count")
    .catch(
        Catch::on_all().result_path("$.error"),
        Fail::json_path("Failed").error_path("$.error.Error"),
    );
    assert_eq!(
        json_path_states(put),
        json!({
            "Count": {
                "Type": "Task",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:states:::aws-sdk:dynamodb:query" },
                "Parameters": { "TableName.$": "$.table", "Limit": 5 },
                "InputPath": "$.order",
                "ResultSelector": { "n.$": "$.Count" },
                "ResultPath": "$.count",
                "OutputPath": "$.count",
                "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed" }],
                "End": true,
            },
            "Failed": { "Type": "Fail", "ErrorPath": "$.error.Error" },
        })
    );
    let text =
        Definition::new(Pass::json_path("Hello").result(json!(1)).discard_result()).to_json();
    assert_eq!(text.get("QueryLanguage"), None);
    assert_eq!(
        text["States"]["Hello"],
        json!({ "Type": "Pass", "Result": 1, "ResultPath": null, "End": true })
    );
}

#[test]
fn renders_conditions_of_json_path() {
    let large = Condition::variable("$.total").greater_than(1000);
    let known = Condition::variable("$.customer").is_present();
    let late = Condition::variable("$.due").less_than(Ordered::timestamp("2026-01-31T12:00:00Z"));
    let same = Condition::variable("$.a").equals(Ordered::string_at("$.b"));
    let choice = Choice::json_path("Which?")
        .when(
            large.and(known.negate()).and(late),
            Succeed::json_path("One"),
        )
        .when(
            same.or(Condition::variable("$.ok").equals(true)),
            Succeed::json_path("Two"),
        )
        .when(
            Condition::variable("$.name").matches("log-*"),
            Succeed::json_path("Three"),
        )
        .otherwise(Fail::json_path("None"));
    let found = json_path_states(choice);
    assert_eq!(
        found["Which?"]["Choices"],
        json!([
            {
                "And": [
                    { "Variable": "$.total", "NumericGreaterThan": 1000 },
                    { "Not": { "Variable": "$.customer", "IsPresent": true } },
                    { "Variable": "$.due", "TimestampLessThan": "2026-01-31T12:00:00Z" },
                ],
                "Next": "One",
            },
            {
                "Or": [
                    { "Variable": "$.a", "StringEqualsPath": "$.b" },
                    { "Variable": "$.ok", "BooleanEquals": true },
                ],
                "Next": "Two",
            },
            { "Variable": "$.name", "StringMatches": "log-*", "Next": "Three" },
        ])
    );
}

#[test]
fn joins_expressions_of_jsonata_conditions() {
    let a = Condition::expression("{% $a = 1 %}");
    let b = Condition::expression("{% $b %}");
    let c = Condition::expression("{% $c %}");
    let choice = Choice::new("Which?")
        .when(a.and(b.negate()).or(c), Succeed::new("Done"))
        .otherwise(Fail::new("Failed"));
    assert_eq!(
        states(choice)["Which?"]["Choices"][0]["Condition"],
        "{% (($a = 1) and ($not($b))) or ($c) %}"
    );
}

#[test]
fn renders_parallel_and_inline_map() {
    let both = Parallel::new("Both")
        .arguments(json!({ "id": 1 }))
        .branch(Pass::new("Left").next(Succeed::new("LeftDone")))
        .branch(
            Map::new("Each", Pass::new("Item"))
                .items("{% $x %}")
                .max_concurrency(3)
                .item_selector(json!({ "a": 1 })),
        )
        .retry(Retry::on_all());
    let found = states(both);
    assert_eq!(
        found["Both"]["Branches"][0]["States"]["Left"]["Next"],
        "LeftDone"
    );
    assert_eq!(found["Both"]["Arguments"], json!({ "id": 1 }));
    assert_eq!(
        found["Both"]["Branches"][1],
        json!({ "StartAt": "Each", "States": { "Each": {
            "Type": "Map", "Items": "{% $x %}", "MaxConcurrency": 3, "ItemSelector": { "a": 1 },
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "INLINE" },
                "StartAt": "Item", "States": { "Item": { "Type": "Pass", "End": true } },
            },
            "End": true,
        } } })
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
fn keeps_drawing_for_graph() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    machine(stack, Succeed::new("Done"));
    let synthesis = app.synth();
    let drawing = Definition::new(Succeed::<Jsonata>::new("Done")).to_mermaid();
    assert_eq!(synthesis.diagram("Stack/Machine"), Some(drawing.as_str()));
    assert_eq!(synthesis.diagrams().count(), 1);
}

#[test]
fn draws_states_with_branches_and_errors() {
    let steps = Choice::new("Has \"items\"?")
        .when(
            Condition::expression("{% $n > 0 %}"),
            Map::new("Each", Pass::new("Item")),
        )
        .otherwise(
            Parallel::new("Both")
                .branch(Pass::new("Left"))
                .branch(Pass::new("Right"))
                .catch(Catch::on(["E.One", "E.Two"]), GoTo::new("Done")),
        )
        .afterwards(Succeed::new("Done"));
    assert_eq!(
        Definition::new(steps).to_mermaid(),
        "\
stateDiagram-v2
    state \"Has 'items'?\" as s0
    [*] --> s0
    s0 --> s1: $n > 0
    s0 --> s3: otherwise
    state \"Each\" as s1 {
        state \"Item\" as s2
        [*] --> s2
        s2 --> [*]
    }
    note right of s1: for each item
    s1 --> s6
    state \"Both\" as s3 {
        state \"Left\" as s4
        [*] --> s4
        s4 --> [*]
        --
        state \"Right\" as s5
        [*] --> s5
        s5 --> [*]
    }
    s3 --> s6: E.One, E.Two
    s3 --> s6
    state \"Done\" as s6
    s6 --> [*]
"
    );
}

#[test]
fn writes_same_definition_each_time() {
    let build = || {
        let steps = Parallel::new("Both")
            .branch(Pass::new("B"))
            .branch(Pass::new("A"));
        Definition::new(steps.next(Pass::new("0")))
    };
    assert_eq!(build().to_json().to_string(), build().to_json().to_string());
    let template = Template::of_stack(|stack| {
        StateMachine::builder()
            .definition(build())
            .build(stack, "Machine");
    });
    let text =
        template.only("AWS::StepFunctions::StateMachine")["Properties"]["DefinitionString"].clone();
    let text = text.as_str().unwrap();
    assert!(
        text.find("\"B\":").unwrap() < text.find("\"A\":").unwrap(),
        "{text}"
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
