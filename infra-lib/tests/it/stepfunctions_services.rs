//! Tests of the services that state machines call, and of those that start them.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::ec2::Vpc;
use infra_lib::ecs::{Cluster, ContainerDefinition, ContainerImage, OneOffTask};
use infra_lib::events::{Connection, DestinationMethod, EventBus, EventPattern, Rule};
use infra_lib::iam::Statement;
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::scheduler::{Schedule, ScheduleExpression};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::stepfunctions::{
    Activity, Definition, Distributed, Integration, JsonPath, Jsonata, Map, Pass, StateMachine,
    Task, WorkflowType,
};
use infra_lib::{Stack, cidr, task_size};
use serde_json::{Value, json};

use crate::base::findings_of;
use crate::stepfunctions::{
    FUNCTION, MACHINE, has_statement, json_path_states, machine, role, states,
};

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
        machine(stack, Task::new("Pack", Integration::activity(packing)));
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
fn fetches_tasks_of_imported_activity() {
    let arn = "arn:aws:states:eu-west-1:111122223333:activity:packing";
    let template = Template::of_stack(|stack| {
        let packing = Activity::from_arn(stack, "Packing", arn);
        packing.grant_work(&role(stack));
        machine(stack, Task::new("Pack", Integration::activity(packing)));
        packing
            .metric_failed()
            .alarm()
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Failed");
    });
    template.resource_count("AWS::StepFunctions::Activity", 0);
    let machine = template.only("AWS::StepFunctions::StateMachine")["Properties"].clone();
    let definition: Value =
        serde_json::from_str(machine["DefinitionString"].as_str().unwrap()).unwrap();
    assert_eq!(definition["States"]["Pack"]["Resource"], arn);
    assert_eq!(
        template.only("AWS::CloudWatch::Alarm")["Properties"]["Dimensions"],
        json!([{ "Name": "ActivityArn", "Value": arn }])
    );
    has_statement(
        &template,
        &json!({
            "Effect": "Allow",
            "Action": [
                "states:GetActivityTask", "states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess",
            ],
            "Resource": arn,
        }),
    );
}

#[test]
fn reports_activity_that_is_a_machine() {
    insta::assert_snapshot!(findings_of(|stack| {
        let machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:packing";
        Activity::from_arn(stack, "Packing", machine);
        role(stack);
    }));
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
