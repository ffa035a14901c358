//! Tests of `infra_lib::iot`: actions with their permissions, policies, things and findings.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, MetricSource};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::iot::{
    AlarmState, DeliveryAction, DevicePolicy, MetricAction, MqttTopic, RepublishAction, SqlVersion,
    Thing, TopicAction, TopicRule, TopicRuleState,
};
use infra_lib::kinesis::Stream;
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::s3::Bucket;
use infra_lib::sns::Topic;
use infra_lib::sqs::Queue;
use infra_lib::stepfunctions::{Definition, Pass, StateMachine};
use infra_lib::{App, Stack, core};
use serde_json::{Value as JsonValue, json};

const SQL: &str = "SELECT * FROM 'devices/+/state'";

/// Adds a rule with an action.
fn rule<'app>(stack: Stack<'app>, action: impl Into<TopicAction<'app>>) -> TopicRule<'app> {
    TopicRule::builder()
        .sql(SQL)
        .action(action)
        .build(stack, "Rule")
}

/// Asserts the only action of the rule.
#[track_caller]
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers write the value in place"
)]
fn has_action(template: &Template, action: JsonValue) {
    template.has_properties(
        "AWS::IoT::TopicRule",
        json!({ "TopicRulePayload": { "Actions": [action] } }),
    );
}

/// Asserts a statement of the role of the rule.
#[track_caller]
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers write the value in place"
)]
fn allows(template: &Template, statement: JsonValue) {
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([statement])) } }] }),
    );
}

fn role() -> JsonValue {
    json!({ "Fn::GetAtt": [Match::string_like("RuleTopicRuleActionRole*"), "Arn"] })
}

#[test]
fn selects_messages_with_current_sql_and_one_role() {
    let template = Template::of_stack(|stack| {
        let failures = LogGroup::builder().build(stack, "Failures");
        TopicRule::builder()
            .sql(SQL)
            .action(TopicAction::send_message(
                &Queue::builder().build(stack, "Queue"),
            ))
            .error_action(TopicAction::put_log_events(&failures))
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::IoT::TopicRule",
        json!({
            "RuleName": Match::absent(),
            "TopicRulePayload": {
                "Actions": [{ "Sqs": { "QueueUrl": { "Ref": Match::string_like("Queue*") }, "RoleArn": role(), "UseBase64": false } }],
                "AwsIotSqlVersion": "2016-03-23",
                "ErrorAction": { "CloudwatchLogs": { "LogGroupName": { "Ref": Match::string_like("Failures*") }, "RoleArn": role() } },
                "RuleDisabled": false,
                "Sql": SQL,
            },
        }),
    );
    template.resource_count("AWS::IAM::Role", 1);
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
            "Principal": { "Service": "iot.amazonaws.com" },
        }] } }),
    );
    allows(&template, json!({ "Action": "sqs:SendMessage" }));
    allows(
        &template,
        json!({ "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"] }),
    );
}

#[test]
fn sets_options_of_rule() {
    let template = Template::of_stack(|stack| {
        TopicRule::builder()
            .sql(SQL)
            .sql_version(SqlVersion::V2015)
            .action(TopicAction::put_log_events(
                &LogGroup::builder().build(stack, "Log"),
            ))
            .rule_name("hot_devices")
            .description("Devices that are too hot")
            .state(TopicRuleState::Disabled)
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::IoT::TopicRule",
        json!({
            "RuleName": "hot_devices",
            "TopicRulePayload": { "AwsIotSqlVersion": "2015-10-08", "Description": "Devices that are too hot", "RuleDisabled": true },
        }),
    );
}

#[test]
fn invokes_function_by_permission_without_role() {
    let template = Template::of_stack(|stack| {
        let function = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Function");
        let rule = rule(stack, &function);
        assert!(rule.role().is_none());
    });
    has_action(
        &template,
        json!({ "Lambda": { "FunctionArn": { "Fn::GetAtt": [Match::string_like("Function*"), "Arn"] } } }),
    );
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({
            "Action": "lambda:InvokeFunction",
            "Principal": "iot.amazonaws.com",
            "SourceArn": { "Fn::GetAtt": [Match::string_like("Rule*"), "Arn"] },
        }),
    );
}

#[test]
fn writes_objects_under_fixed_part_of_key() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        rule(
            stack,
            TopicAction::put_object(bucket, "state/${topic(2)}/${timestamp()}"),
        );
    });
    has_action(
        &template,
        json!({ "S3": { "BucketName": { "Ref": Match::string_like("Bucket*") }, "Key": "state/${topic(2)}/${timestamp()}", "RoleArn": role() } }),
    );
    allows(
        &template,
        json!({ "Resource": { "Fn::Sub": Match::string_like("${Bucket*.Arn}/state/*") } }),
    );
}

#[test]
fn publishes_to_topic_and_republishes() {
    let template = Template::of_stack(|stack| {
        rule(
            stack,
            TopicAction::publish(Topic::builder().build(stack, "Topic")),
        );
    });
    has_action(
        &template,
        json!({ "Sns": { "MessageFormat": "RAW", "RoleArn": role(), "TargetArn": { "Ref": Match::string_like("Topic*") } } }),
    );
    allows(&template, json!({ "Action": "sns:Publish" }));

    let template = Template::of_stack(|stack| {
        let to = RepublishAction::new("alerts/${topic(2)}").at_least_once();
        rule(stack, TopicAction::republish(to));
    });
    has_action(
        &template,
        json!({ "Republish": { "Qos": 1, "RoleArn": role(), "Topic": "alerts/${topic(2)}" } }),
    );
    allows(
        &template,
        json!({ "Action": "iot:Publish", "Resource": { "Fn::Sub": Match::string_like("*:topic/alerts/*") } }),
    );

    let template = Template::of_stack(|stack| {
        let shadow = RepublishAction::new("$aws/things/lamp/shadow/update");
        rule(stack, TopicAction::republish(shadow));
    });
    has_action(
        &template,
        json!({ "Republish": { "Qos": 0, "Topic": "$$aws/things/lamp/shadow/update" } }),
    );
}

#[test]
fn puts_records_to_streams() {
    let template = Template::of_stack(|stack| {
        let stream = Stream::builder().build(stack, "Stream");
        rule(stack, TopicAction::put_record(&stream, "${topic(2)}"));
    });
    has_action(
        &template,
        json!({ "Kinesis": { "PartitionKey": "${topic(2)}", "RoleArn": role(), "StreamName": { "Ref": Match::string_like("Stream*") } } }),
    );
    for (records, options) in [
        (
            DeliveryAction::Lines,
            json!({ "Separator": "\n", "BatchMode": Match::absent() }),
        ),
        (
            DeliveryAction::Plain,
            json!({ "Separator": Match::absent(), "BatchMode": Match::absent() }),
        ),
        (
            DeliveryAction::Batch,
            json!({ "Separator": Match::absent(), "BatchMode": true }),
        ),
    ] {
        let template = Template::of_stack(|stack| {
            let bucket = Bucket::builder().build(stack, "Bucket");
            let stream = DeliveryStream::builder()
                .bucket(bucket)
                .build(stack, "Stream");
            rule(stack, TopicAction::put_delivery(&stream, records));
        });
        has_action(&template, json!({ "Firehose": options }));
        allows(
            &template,
            json!({ "Action": ["firehose:PutRecord", "firehose:PutRecordBatch"] }),
        );
    }
}

#[test]
fn puts_items_and_starts_executions() {
    let template = Template::of_stack(|stack| {
        let table = Table::builder()
            .partition_key(Attribute::string("device"))
            .build(stack, "Table");
        rule(stack, TopicAction::put_item(table));
    });
    has_action(
        &template,
        json!({ "DynamoDBv2": { "PutItem": { "TableName": { "Ref": Match::string_like("Table*") } }, "RoleArn": role() } }),
    );
    allows(&template, json!({ "Action": "dynamodb:PutItem" }));

    let template = Template::of_stack(|stack| {
        let machine = StateMachine::builder()
            .definition(Definition::new(Pass::new("Done")))
            .build(stack, "Machine");
        rule(stack, TopicAction::start_execution(machine));
    });
    has_action(
        &template,
        json!({ "StepFunctions": { "RoleArn": role(), "StateMachineName": { "Fn::GetAtt": [Match::string_like("Machine*"), "Name"] } } }),
    );
    allows(&template, json!({ "Action": "states:StartExecution" }));
}

#[test]
fn publishes_metrics_and_sets_alarms() {
    let template = Template::of_stack(|stack| {
        let metric = MetricAction::new("Devices", "Temperature", "${temperature}")
            .unit("None")
            .timestamp("${time}");
        rule(stack, TopicAction::put_metric(metric));
    });
    has_action(
        &template,
        json!({ "CloudwatchMetric": {
            "MetricName": "Temperature", "MetricNamespace": "Devices", "MetricTimestamp": "${time}",
            "MetricUnit": "None", "MetricValue": "${temperature}", "RoleArn": role(),
        } }),
    );
    allows(
        &template,
        json!({
            "Action": "cloudwatch:PutMetricData",
            "Condition": { "StringEquals": { "cloudwatch:namespace": "Devices" } },
        }),
    );

    let template = Template::of_stack(|stack| {
        let alarm = Alarm::from_name(stack, "Alarm", "too-hot");
        let action = TopicAction::set_alarm_state(&alarm, AlarmState::Alarm, "a device is too hot");
        rule(stack, action);
    });
    has_action(
        &template,
        json!({ "CloudwatchAlarm": { "AlarmName": "too-hot", "StateReason": "a device is too hot", "StateValue": "ALARM" } }),
    );
    allows(&template, json!({ "Action": "cloudwatch:SetAlarmState" }));
}

#[test]
fn grants_basic_ingest_and_publishing() {
    let template = Template::of_stack(|stack| {
        let service = Principal::service("ecs-tasks.amazonaws.com");
        let role = Role::builder().assumed_by(service).build(stack, "Role");
        TopicRule::from_name(stack, "Rule", "hot_devices").grant_basic_ingest(&role);
        MqttTopic::new("devices/*/commands").grant_publish(&role);
    });
    let role = template.only("AWS::IAM::Role").to_string();
    for topic in [
        "topic/$aws/rules/hot_devices\"",
        "topic/$aws/rules/hot_devices/*\"",
        "topic/devices/*/commands\"",
    ] {
        assert!(role.contains(topic), "{topic}: {role}");
    }
    assert!(role.contains("iot:Publish"), "{role}");
}

#[test]
fn measures_rules() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let imported = TopicRule::from_name(stack, "Rule", "hot_devices");
    assert_eq!(imported.metric_namespace(), "AWS/IoT");
    let dimensions = imported.metric_dimensions();
    assert_eq!(dimensions[0].0, "RuleName");
    assert_eq!(dimensions[0].1.as_literal(), Some("hot_devices"));
}

#[test]
fn attaches_imported_policy_of_devices() {
    let certificate = "arn:aws:iot:eu-west-1:111122223333:cert/0123456789abcdef";
    let template = Template::of_stack(|stack| {
        DevicePolicy::from_name(stack, "Policy", "sensors").attach("Certificate", certificate);
    });
    template.resource_count("AWS::IoT::Policy", 0);
    template.has_properties(
        "AWS::IoT::PolicyPrincipalAttachment",
        json!({ "PolicyName": "sensors", "Principal": certificate }),
    );

    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    for (id, name) in [("Arn", "policy/sensors"), ("Long", &*"a".repeat(129))] {
        DevicePolicy::from_name(stack, id, name);
    }
    let longest = DevicePolicy::from_name(stack, "Longest", &*"a".repeat(128));
    longest.attach("Certificate", certificate);
    let found: Vec<_> = app
        .synth()
        .findings()
        .iter()
        .map(|found| found.code.to_string())
        .collect();
    assert_eq!(found, ["INF8026", "INF8026"]);
}

#[test]
fn limits_devices_to_topics_of_their_thing() {
    let template = Template::of_stack(|stack| {
        let policy = DevicePolicy::builder()
            .connect_as_thing()
            .publish("devices/{thing}/state")
            .subscribe("devices/{thing}/commands/#")
            .statement(
                Statement::allow()
                    .action("iot:GetThingShadow")
                    .resource("*"),
            )
            .policy_name("device")
            .build(stack, "Policy");
        let thing = Thing::builder()
            .attribute("site", "berlin")
            .thing_name("gateway")
            .build(stack, "Gateway");
        let certificate = "arn:aws:iot:eu-west-1:111122223333:cert/0123456789abcdef";
        policy.attach("PolicyCertificate", certificate);
        thing.attach("Certificate", certificate);
        Thing::from_name(stack, "Existing", "lamp").attach("Certificate", certificate);
    });
    let policy = template.only("AWS::IoT::Policy");
    let text = policy.to_string();
    for part in [
        "client/${!iot:Connection.Thing.ThingName}",
        "topic/devices/${!iot:Connection.Thing.ThingName}/state",
        "topicfilter/devices/${!iot:Connection.Thing.ThingName}/commands/#",
        "topic/devices/${!iot:Connection.Thing.ThingName}/commands/*",
        "iot:Connection.Thing.IsAttached",
        "iot:GetThingShadow",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("{thing}"), "{text}");
    template.resource_count("AWS::IoT::PolicyPrincipalAttachment", 1);
    template.resource_count("AWS::IoT::ThingPrincipalAttachment", 2);
    template.has_properties(
        "AWS::IoT::Thing",
        json!({ "AttributePayload": { "Attributes": { "site": "berlin" } }, "ThingName": "gateway" }),
    );
}

/// Asserts that one finding is reported, which contains all parts.
#[track_caller]
fn reports(parts: &[&str], build: impl for<'app> FnOnce(Stack<'app>)) {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let found: Vec<String> = app.synth().findings().iter().map(core::render).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    for part in parts {
        assert!(found[0].contains(part), "{part}: {}", found[0]);
    }
}

#[test]
fn reports_sql_that_is_rejected() {
    for (sql, problem) in [
        ("FROM 'devices'", "a statement must begin with `SELECT`"),
        (
            "SELECT * FROM 'devices/#/state'",
            "`#` must be the last level",
        ),
        (
            "select * from 'devices/a+/state'",
            "a wildcard must be a level of its own",
        ),
    ] {
        reports(&["INF4046", problem, sql], |stack| {
            TopicRule::builder()
                .sql(sql)
                .action(TopicAction::put_log_events(
                    &LogGroup::builder().build(stack, "Log"),
                ))
                .build(stack, "Rule");
        });
    }
}

#[test]
fn reports_missing_actions_and_loops() {
    reports(
        &[
            "INF4047",
            "a topic rule has no actions",
            "expected: 1 to 10 actions",
        ],
        |stack| {
            TopicRule::builder().sql(SQL).build(stack, "Rule");
        },
    );
    reports(
        &[
            "INF4048",
            "publishes to `devices/all/state`, which it reads",
            "a topic that `devices/+/state`",
        ],
        |stack| {
            rule(
                stack,
                TopicAction::republish(RepublishAction::new("devices/all/state")),
            );
        },
    );
}

#[test]
fn reports_topics_of_device_policies() {
    reports(
        &[
            "INF4049",
            "never matches: `#` must be the last level",
            "actual: a/#/b",
        ],
        |stack| {
            DevicePolicy::builder()
                .subscribe("a/#/b")
                .build(stack, "Policy");
        },
    );
    reports(&["INF4050", "topics of all others", "actual: #"], |stack| {
        DevicePolicy::builder().publish("#").build(stack, "Policy");
    });
}
