//! Tests of the constructs in `infra_lib::stepfunctions`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::ec2::Vpc;
use infra_lib::ecs::{Cluster, ContainerDefinition, ContainerImage, OneOffTask};
use infra_lib::events::{Connection, DestinationMethod, EventBus, EventPattern, Rule};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::scheduler::{Schedule, ScheduleExpression};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::stepfunctions::{
    Activity, Catch, Choice, Condition, Definition, Distributed, ExecutionData, Fail, GoTo,
    Integration, JsonPath, Jsonata, LogLevel, Map, Ordered, Parallel, Pass, Retry, StateMachine,
    StateMachineAlias, StateMachineVersion, Steps, Succeed, Task, Tracing, VersionShift, Wait,
    WorkflowType,
};
use infra_lib::{App, Duration, IntoValue, RemovalPolicy, Stack, cidr, task_size};
use serde_json::{Value, json};

use crate::base::findings_of;

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:111122223333:function:charge";
const MACHINE: &str = "arn:aws:states:eu-west-1:111122223333:stateMachine:invoice";

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Caller")
}

fn machine(stack: Stack<'_>, steps: impl Steps<Jsonata>) -> StateMachine<'_> {
    StateMachine::builder()
        .definition(Definition::new(steps))
        .build(stack, "Machine")
}

fn findings_of_steps(steps: impl Steps<Jsonata>) -> String {
    findings_of(|stack| {
        machine(stack, steps);
    })
}

fn findings_of_express(steps: impl Steps<Jsonata>) -> String {
    findings_of(|stack| {
        StateMachine::builder()
            .definition(Definition::new(steps))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
    })
}

/// Returns the states of a definition.
fn states(steps: impl Steps<Jsonata>) -> Value {
    Definition::new(steps).to_json()["States"].clone()
}

fn json_path_states(steps: impl Steps<JsonPath>) -> Value {
    Definition::new(steps).to_json()["States"].clone()
}

/// Asserts that the role of the only machine has a statement.
fn has_statement(template: &Template, statement: &Value) {
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
fn permits_distributed_map_to_start_its_machine_and_read_bucket() {
    let template = Template::of_stack(|stack| {
        let import = Map::new("Import", Pass::new("Row")).distributed(
            Distributed::new()
                .execution_type(WorkflowType::Express)
                .label("rows")
                .csv_object("orders", "in.csv")
                .max_items_per_batch(100)
                .tolerated_failure_percentage(5)
                .write_results("results", "runs"),
        );
        assert_eq!(
            states(import.clone())["Import"],
            json!({
                "Type": "Map",
                "Label": "rows",
                "ItemReader": {
                    "Resource": { "Fn::Sub": "arn:${AWS::Partition}:states:::s3:getObject" },
                    "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" },
                    "Arguments": { "Bucket": "orders", "Key": "in.csv" },
                },
                "ItemBatcher": { "MaxItemsPerBatch": 100 },
                "ToleratedFailurePercentage": 5,
                "ResultWriter": {
                    "Resource": { "Fn::Sub": "arn:${AWS::Partition}:states:::s3:putObject" },
                    "Arguments": { "Bucket": "results", "Prefix": "runs" },
                },
                "ItemProcessor": {
                    "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
                    "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } },
                },
                "End": true,
            })
        );
        machine(stack, import);
    });
    has_statement(
        &template,
        &json!({ "Resource": { "Fn::Sub": "arn:${AWS::Partition}:s3:::orders/in.csv" } }),
    );
    has_statement(
        &template,
        &json!({ "Resource": { "Fn::Sub": "arn:${AWS::Partition}:s3:::results/runs/*" } }),
    );
    let own = template.only("AWS::IAM::RolePolicy").to_string();
    assert!(
        own.contains("states:StartExecution") && own.contains("states:DescribeExecution"),
        "{own}"
    );
}

#[test]
fn grants_role_what_each_integration_needs() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let queue = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Queue");
        let topic = Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic");
        let table = Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Table");
        let bus = EventBus::from_name("shop");
        let id = json!({ "id": { "S": "{% $id %}" } });
        let steps = Task::new("Invoke", Integration::lambda(FUNCTION))
            .next(Task::new("Send", Integration::sqs_send_message(&queue)))
            .next(Task::new("Publish", Integration::sns_publish(&topic)))
            .next(Task::new(
                "Get",
                Integration::dynamodb_get_item(&table, id.clone()),
            ))
            .next(Task::new(
                "Put",
                Integration::dynamodb_put_item(&table, id.clone()),
            ))
            .next(Task::new(
                "Update",
                Integration::dynamodb_update_item(&table, id.clone()),
            ))
            .next(Task::new(
                "Delete",
                Integration::dynamodb_delete_item(&table, id),
            ))
            .next(Task::new(
                "Event",
                Integration::events_put(&bus, "shop", "Order", json!({})),
            ))
            .next(Task::new("Run", Integration::run_execution(MACHINE)))
            .next(Task::new(
                "Any",
                Integration::aws_sdk("s3", "headBucket").statement(
                    Statement::allow()
                        .action("s3:ListBucket")
                        .resource("arn:aws:s3:::b"),
                ),
            ))
            .next(
                Task::new("Other", Integration::lambda(FUNCTION))
                    .credentials("arn:aws:iam::444455556666:role/r"),
            );
        machine(stack, steps);
    });
    let role = template.only("AWS::IAM::Role").to_string();
    for action in [
        "lambda:InvokeFunction",
        "sqs:SendMessage",
        "sns:Publish",
        "kms:GenerateDataKey*",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "events:PutEvents",
        "states:StartExecution",
        "states:DescribeExecution",
        "s3:ListBucket",
        "sts:AssumeRole",
        "StepFunctionsGetEventsForStepFunctionsExecutionRule",
        ":states:eu-west-1:111122223333:execution:invoice:*",
    ] {
        assert!(role.contains(action), "{action} in {role}");
    }
    assert!(
        !role.contains("dynamodb:Scan") && !role.contains("dynamodb:Query"),
        "{role}"
    );
    let definition = template
        .only("AWS::StepFunctions::StateMachine")
        .to_string();
    assert!(
        definition.contains(":states:::states:startExecution.sync:2"),
        "{definition}"
    );
    assert!(definition.contains("TableName"), "{definition}");
}

#[test]
fn retries_lambda_task_after_errors_of_service() {
    let found = states(Task::new("Invoke", Integration::lambda(FUNCTION)));
    assert_eq!(
        found["Invoke"]["Retry"],
        json!([{
            "ErrorEquals": [
                "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
                "Lambda.SdkClientException",
            ],
            "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2,
        }])
    );
    assert_eq!(
        found["Invoke"]["Arguments"]["Payload"],
        "{% $states.input %}"
    );
    let path = json_path_states(Task::json_path("Invoke", Integration::lambda(FUNCTION)));
    assert_eq!(
        path["Invoke"]["Parameters"],
        json!({ "FunctionName": FUNCTION, "Payload.$": "$" })
    );
}

#[test]
fn invokes_function_of_app_with_its_arn() {
    let template = Template::of_stack(|stack| {
        let function = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Function");
        machine(stack, Task::new("Invoke", Integration::lambda(function)));
    });
    has_statement(&template, &json!({ "Action": "lambda:InvokeFunction" }));
}

#[test]
fn waits_for_token_that_payload_sends() {
    let send = |stack: Stack<'_>| {
        let queue = Queue::builder().build(stack, "Queue");
        Integration::sqs_send_message(&queue)
    };
    let found = findings_of(|stack| {
        let call = send(stack)
            .payload(json!({ "t": Jsonata::TASK_TOKEN }))
            .wait_for_task_token();
        let review = Task::new("Review", call);
        let json = states(review.clone()).to_string();
        assert!(
            json.contains(":states:::sqs:sendMessage.waitForTaskToken"),
            "{json}"
        );
        machine(stack, review);
    });
    assert_eq!(found, "");
    let found = findings_of(|stack| {
        let call = send(stack)
            .payload(json!({ "t.$": JsonPath::TASK_TOKEN }))
            .wait_for_task_token();
        let definition = Definition::new(Task::json_path("Review", call));
        StateMachine::builder()
            .definition(definition)
            .build(stack, "Machine");
    });
    assert_eq!(found, "");
    let found = findings_of(|stack| {
        machine(
            stack,
            Task::new("Review", send(stack).wait_for_task_token()),
        );
    });
    assert!(found.contains("[INF4952]"), "{found}");
    assert!(
        found.contains("the task `Review` waits for its token, but does not send it"),
        "{found}"
    );
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn fetches_tasks_of_activity() {
    let template = Template::of_stack(|stack| {
        let packing = Activity::builder()
            .activity_name("packing")
            .build(stack, "Packing");
        packing.grant_work(&role(stack));
        machine(stack, Task::new("Pack", Integration::activity(&packing)));
    });
    template.has_properties("AWS::StepFunctions::Activity", json!({ "Name": "packing" }));
    template.has_properties(
        "AWS::StepFunctions::StateMachine",
        json!({ "DefinitionString": { "Fn::Join": ["", [
            Match::any(), { "Ref": Match::any() }, Match::any(),
        ]] } }),
    );
    has_statement(
        &template,
        &json!({ "Action": [
        "states:GetActivityTask", "states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess",
    ] }),
    );
}

#[test]
fn grants_machine_to_role() {
    let template = Template::of_stack(|stack| {
        let machine = machine(stack, Pass::new("Hello"));
        let caller = role(stack);
        machine.grant_start_execution(&caller);
        machine.grant_start_sync_execution(&caller);
        machine.grant_read(&caller);
        machine.grant_task_response(&caller);
        machine.grant_redrive_execution(&caller);
        machine.grant_execution(&caller, ["states:StopExecution"]);
    });
    let text = serde_json::to_string(&template.resources("AWS::IAM::Role")).unwrap();
    for action in [
        "states:StartExecution",
        "states:StartSyncExecution",
        "states:DescribeStateMachine",
        "states:ListExecutions",
        "states:GetExecutionHistory",
        "states:SendTaskSuccess",
        "states:RedriveExecution",
        "states:StopExecution",
    ] {
        assert!(text.contains(action), "{action} in {text}");
    }
    assert!(text.contains(":execution:"), "{text}");
}

#[test]
fn grants_imported_machine_to_role() {
    let template = Template::of_stack(|stack| {
        let caller = role(stack);
        let machine = StateMachine::from_arn(MACHINE);
        machine.grant_start_execution(&caller);
        machine.grant_start_sync_execution(&caller);
        machine.grant_read(&caller);
        machine.grant_task_response(&caller);
    });
    let text = template.only("AWS::IAM::Role").to_string();
    assert!(
        text.contains(MACHINE) && text.contains("execution:invoice:*"),
        "{text}"
    );
    assert!(text.contains("states:SendTaskHeartbeat"), "{text}");
}

#[test]
fn starts_machine_by_rule_and_schedule() {
    let template = Template::of_stack(|stack| {
        let machine = machine(stack, Pass::new("Hello"));
        Rule::on_event(EventPattern::new().source("shop.orders"))
            .target(machine)
            .target(StateMachine::from_arn(MACHINE))
            .build(stack, "Rule");
        Schedule::of(
            ScheduleExpression::cron("0 20 ? * MON-FRI *").time_zone("Europe/Berlin"),
            machine,
        )
        .build(stack, "Schedule");
        Schedule::of(
            ScheduleExpression::cron("0 21 ? * MON-FRI *").time_zone("Europe/Berlin"),
            StateMachine::from_arn(MACHINE),
        )
        .build(stack, "Other");
    });
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [{ "Arn": { "Ref": Match::any() }, "RoleArn": Match::any() }, { "Arn": MACHINE }] }),
    );
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({ "Target": { "Arn": { "Ref": Match::any() } } }),
    );
    has_statement(&template, &json!({ "Action": "states:StartExecution" }));
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

/// Asserts that the findings are one with this code and these texts.
fn only_finding(found: &str, code: &str, texts: &[&str]) {
    assert!(found.contains(&format!("[{code}]")), "{found}");
    for text in texts {
        assert!(found.contains(text), "{text} in {found}");
    }
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn rejects_state_without_way_to_it() {
    let steps = Choice::new("Ready?")
        .when(Condition::expression("{% $ready %}"), Succeed::new("Done"))
        .otherwise(Fail::new("Failed"))
        .afterwards(Pass::new("Notify"));
    only_finding(
        &findings_of_steps(steps),
        "INF4941",
        &[
            "no state leads to the state `Notify`",
            "expected: a way from the first state",
        ],
    );
}

#[test]
fn warns_of_choice_without_default() {
    let steps =
        Choice::new("Ready?").when(Condition::expression("{% $ready %}"), Succeed::new("Done"));
    only_finding(
        &findings_of_steps(steps),
        "INF4942",
        &[
            "warning",
            "the choice `Ready?` has no steps for other cases",
            "States.NoChoiceMatched",
        ],
    );
}

#[test]
fn rejects_duplicate_name_across_branches() {
    let steps = Parallel::new("Both")
        .branch(Pass::new("Log"))
        .branch(Pass::new("Log"));
    only_finding(
        &findings_of_steps(steps),
        "INF4943",
        &["several states `Log`", "actual: 2 states of this name"],
    );
}

#[test]
fn rejects_transition_to_unknown_state_and_suggests_name() {
    let steps = Wait::new("Pause", Duration::minutes(1)).next(GoTo::new("Puase"));
    only_finding(
        &findings_of_steps(steps),
        "INF4944",
        &[
            "the state `Pause` continues at `Puase`, which does not exist",
            "did you mean `Pause`?",
        ],
    );
}

#[test]
fn rejects_transition_out_of_branch() {
    let steps =
        Map::new("Each", Pass::new("Item").next(GoTo::new("After"))).next(Pass::new("After"));
    only_finding(
        &findings_of_steps(steps),
        "INF4945",
        &["the state `Item` continues at `After`, which is in another branch"],
    );
    let steps = Map::new("Each", Pass::new("Item")).next(GoTo::new("Item"));
    only_finding(
        &findings_of_steps(steps),
        "INF4945",
        &["the state `Each` continues at `Item`"],
    );
}

#[test]
fn rejects_long_and_empty_name() {
    only_finding(
        &findings_of_steps(Pass::new("n".repeat(81))),
        "INF4946",
        &["actual: 81 characters", "expected: 1 to 80 characters"],
    );
    only_finding(
        &findings_of_steps(Pass::new("")),
        "INF4946",
        &["actual: 0 characters"],
    );
    assert_eq!(findings_of_steps(Pass::new("n".repeat(80))), "");
}

#[test]
fn rejects_paths_without_dollar() {
    let of = |steps: infra_lib::stepfunctions::Chain<JsonPath>| {
        findings_of(|stack| {
            StateMachine::builder()
                .definition(Definition::new(steps))
                .build(stack, "Machine");
        })
    };
    only_finding(
        &of(Pass::json_path("Order").input_path("order").into_chain()),
        "INF4947",
        &[
            "a path of the state `Order` does not begin with `$`",
            "actual: InputPath: order",
        ],
    );
    only_finding(
        &of(Pass::json_path("Order")
            .parameters(json!({ "a": [{ "b.$": "c" }] }))
            .into_chain()),
        "INF4947",
        &["actual: b.$: c", "States.Format"],
    );
    let choice = Choice::json_path("Which?")
        .when(
            Condition::variable("total").is_null().negate(),
            Pass::json_path("One"),
        )
        .otherwise(Pass::json_path("Two"));
    only_finding(
        &of(choice.into_chain()),
        "INF4947",
        &["actual: Variable: total"],
    );
    let parameters = json!({ "a.$": "States.UUID()", "b.$": "$$.Execution.Id", "SomePath": "c" });
    assert_eq!(
        of(Pass::json_path("Order").parameters(parameters).into_chain()),
        ""
    );
}

#[test]
fn rejects_expressions_without_delimiters() {
    only_finding(
        &findings_of_steps(Pass::new("Order").output("{% $x }")),
        "INF4948",
        &[
            "actual: Output: {% $x }",
            "expected: an expression between `{%` and `%}`",
        ],
    );
    only_finding(
        &findings_of_steps(Pass::new("Order").output(json!({ "a": ["$x %}"] }))),
        "INF4948",
        &["actual: a: $x %}"],
    );
    only_finding(
        &findings_of_steps(Pass::new("Order").output(json!({ "a.$": "$.x" }))),
        "INF4948",
        &["actual: a.$"],
    );
    only_finding(
        &findings_of_steps(Map::new("Each", Pass::new("Item")).items("$.items")),
        "INF4948",
        &["actual: Items: $.items"],
    );
    let choice = Choice::new("Which?")
        .when(Condition::expression("$x"), Pass::new("One"))
        .otherwise(Pass::new("Two"));
    only_finding(
        &findings_of_steps(choice),
        "INF4948",
        &["actual: Condition: $x"],
    );
    assert_eq!(findings_of_steps(Pass::new("Order").output("a text")), "");
}

#[test]
fn rejects_definition_over_one_mebibyte() {
    let large = |length: usize| findings_of_steps(Pass::new("Rows").output("x".repeat(length)));
    let found = large(1_048_577);
    assert!(found.contains("[INF4949]"), "{found}");
    assert!(found.contains("expected: at most 1048576 bytes"), "{found}");
    assert!(!large(900_000).contains("[INF4949]"));
}

#[test]
fn rejects_jobs_tokens_activities_and_distributed_maps_in_express_machine() {
    let activity = "arn:aws:states:eu-west-1:111122223333:activity:packing";
    let token = Integration::lambda(FUNCTION)
        .payload(json!({ "t": Jsonata::TASK_TOKEN }))
        .wait_for_task_token();
    only_finding(
        &findings_of_express(Task::new("Run", Integration::run_execution(MACHINE))),
        "INF4950",
        &[
            "the state `Run` needs a standard machine",
            "actual: a task that waits for the end of a job in an express machine",
        ],
    );
    only_finding(
        &findings_of_express(Task::new("Run", token)),
        "INF4950",
        &["waits for a token"],
    );
    only_finding(
        &findings_of_express(Task::new("Run", Integration::activity(activity))),
        "INF4950",
        &["an activity"],
    );
    assert_eq!(
        findings_of_express(Task::new("Run", Integration::start_execution(MACHINE))),
        ""
    );
    let map = Map::new("Each", Pass::new("Item")).distributed(Distributed::new());
    assert!(findings_of_express(map).contains("a distributed map in an express machine"));
}

#[test]
fn rejects_times_over_five_minutes_in_express_machine() {
    only_finding(
        &findings_of_express(Wait::new("Pause", Duration::hours(1))),
        "INF4951",
        &[
            "the time of the state `Pause`",
            "actual: 1 hour",
            "expected: at most 5 minutes",
        ],
    );
    let found = findings_of(|stack| {
        StateMachine::builder()
            .definition(Definition::new(Pass::new("Hello")).timeout(Duration::minutes(6)))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
    });
    only_finding(
        &found,
        "INF4951",
        &["the time of the machine", "actual: 6 minutes"],
    );
    assert_eq!(
        findings_of_express(Wait::new("Pause", Duration::minutes(5))),
        ""
    );
}

#[test]
fn rejects_heartbeat_that_is_not_shorter_than_timeout() {
    let task = |heartbeat| {
        Task::new("Charge", Integration::lambda(FUNCTION))
            .heartbeat(heartbeat)
            .timeout(Duration::minutes(1))
    };
    only_finding(
        &findings_of_steps(task(Duration::minutes(1))),
        "INF4953",
        &["actual: 1 minute", "expected: less than 1 minute"],
    );
    assert_eq!(findings_of_steps(task(Duration::seconds(59))), "");
}

#[test]
fn rejects_retry_and_catch_of_all_errors_before_others() {
    let task = || Task::new("Charge", Integration::lambda(FUNCTION)).without_retries();
    only_finding(
        &findings_of_steps(task().retry(Retry::on_all()).retry(Retry::on(["E"]))),
        "INF4954",
        &["rejects a retry of the state `Charge`", "number 1 of 2"],
    );
    only_finding(
        &findings_of_steps(task().catch(Catch::on(["States.ALL", "E"]), Fail::new("Failed"))),
        "INF4954",
        &["rejects a catch of the state `Charge`"],
    );
    let none: [&str; 0] = [];
    only_finding(
        &findings_of_steps(task().retry(Retry::on(none))),
        "INF4954",
        &["actual: []"],
    );
    assert_eq!(
        findings_of_steps(task().retry(Retry::on(["E"])).retry(Retry::on_all())),
        ""
    );
}

#[test]
fn rejects_choice_without_condition_and_parallel_without_branch() {
    only_finding(
        &findings_of_steps(Parallel::new("Both")),
        "INF4955",
        &["the state `Both` has no branch"],
    );
    only_finding(
        &findings_of_steps(Choice::new("Which?").otherwise(Pass::new("One"))),
        "INF4955",
        &["the state `Which?` has no condition"],
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
fn runs_fargate_task_with_least_permissions() {
    let template = Template::of_stack(|stack| {
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let image =
            ContainerImage::from_registry_digest(format!("public.ecr.aws/x/y@sha256:{digest}"));
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let cluster = Cluster::builder().build(stack, "Cluster");
        let report = OneOffTask::builder()
            .cluster(cluster)
            .size(task_size!(256 cpu, 512 MiB))
            .container(ContainerDefinition::new("report", image))
            .subnets(vpc.private())
            .build(stack, "Report");
        let run = Integration::ecs_run_task(
            &cluster,
            &report.task_definition(),
            vpc.private(),
            &report.security_group(),
        );
        let json = states(Task::new("Report", run.clone()))["Report"].clone();
        assert_eq!(
            json["Resource"]["Fn::Sub"],
            "arn:${AWS::Partition}:states:::ecs:runTask.sync"
        );
        assert_eq!(json["Arguments"]["LaunchType"], "FARGATE");
        let network = &json["Arguments"]["NetworkConfiguration"]["AwsvpcConfiguration"];
        assert_eq!(network["AssignPublicIp"], "DISABLED");
        assert!(
            network["Subnets"]
                .as_array()
                .is_some_and(|ids| ids.len() > 1),
            "{network}"
        );
        machine(stack, Task::new("Report", run));
    });
    let roles = template.resources("AWS::IAM::Role");
    let statements = roles
        .iter()
        .map(|(_, role)| &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"])
        .find(|statements| statements[0]["Action"] == "ecs:RunTask")
        .expect("the role of the machine starts the task");
    assert!(statements[0]["Condition"]["ArnEquals"]["ecs:cluster"].is_object());
    assert_eq!(
        statements[1]["Action"],
        json!(["ecs:DescribeTasks", "ecs:StopTask"])
    );
    assert_eq!(statements[2]["Action"], "iam:PassRole");
    assert_eq!(
        statements[2]["Condition"]["StringEquals"]["iam:PassedToService"],
        "ecs-tasks.amazonaws.com"
    );
    assert!(
        statements[3]["Resource"]
            .to_string()
            .contains("rule/StepFunctionsGetEventsForECSTaskRule"),
        "{statements}"
    );
}

#[test]
fn sends_http_request_with_permissions_for_connection_and_endpoint() {
    const CONNECTION: &str = "arn:aws:events:eu-west-1:111122223333:connection/partner/0f1e2d3c";
    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf";
    let template = Template::of_stack(|stack| {
        let partner = Connection::from_attributes(CONNECTION, SECRET);
        let order = Integration::http(
            &partner,
            DestinationMethod::Post,
            "https://api.example.com/orders",
        )
        .argument("RequestBody", "{% $states.input %}");
        machine(stack, Task::new("Order", order));
    });
    let machine = template.only("AWS::StepFunctions::StateMachine");
    let text = machine
        .pointer("/Properties/DefinitionString")
        .unwrap()
        .to_string();
    for part in [
        "states:::http:invoke",
        "ApiEndpoint",
        "RequestBody",
        "ConnectionArn",
        "POST",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let allow = |actions: Value, resource: &str| json!({ "Effect": "Allow", "Action": actions, "Resource": resource });
    let mut request = allow(json!("states:InvokeHTTPEndpoint"), "*");
    request["Condition"] = json!({
        "StringEquals": { "states:HTTPMethod": "POST" },
        "StringLike": { "states:HTTPEndpoint": "https://api.example.com/orders*" },
    });
    let role = template.resources("AWS::IAM::Role");
    let statements = role[0]
        .1
        .pointer("/Properties/Policies/0/PolicyDocument/Statement");
    let statements = statements.and_then(Value::as_array).unwrap();
    for expected in [
        allow(json!("events:RetrieveConnectionCredentials"), CONNECTION),
        allow(
            json!([
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue"
            ]),
            SECRET,
        ),
        request,
    ] {
        assert!(
            statements.contains(&expected),
            "{expected} in {statements:?}"
        );
    }
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
