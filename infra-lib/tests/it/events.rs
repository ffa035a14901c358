//! Tests of the constructs in `infra_lib::events`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::events::{
    ApiDestination, Archive, ArchiveRetention, Connection, ConnectionAuthorization,
    DestinationMethod, EventBus, EventPattern, Matcher, Rule, RuleState, RuleTarget, Schedule,
    Target, TargetInput,
};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::secretsmanager::{Secret, SecretField};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{DeadLetterQueue, Queue};
use infra_lib::{Duration, Stack};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

fn topic(stack: Stack<'_>) -> Topic<'_> {
    let key = Key::builder().build(stack, "Key");
    Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Topic")
}

fn orders_pattern() -> EventPattern {
    EventPattern::new().source("shop.orders")
}

fn assert_only_finding(found: &str, code: &str) {
    assert!(found.contains(&format!("[{code}]")), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn creates_bus_with_stable_name() {
    let template = Template::of_stack(|stack| {
        EventBus::builder().build(stack, "Orders");
    });
    let bus = &template.only("AWS::Events::EventBus")["Properties"];
    let name = bus["Name"].as_str().unwrap();
    assert!(name.starts_with("Stack-Orders"), "{name}");
    assert_eq!(bus["KmsKeyIdentifier"], json!(null));
}

#[test]
fn lets_event_bridge_encrypt_bus_with_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        EventBus::builder()
            .event_bus_name("orders")
            .description("orders of the shop")
            .encryption_key(key)
            .dead_letter_queue_arn("arn:aws:sqs:eu-west-1:111122223333:failed")
            .build(stack, "Bus");
    });
    template.has_properties(
        "AWS::Events::EventBus",
        json!({
            "Name": "orders",
            "Description": "orders of the shop",
            "KmsKeyIdentifier": { "Fn::GetAtt": Match::any() },
            "DeadLetterConfig": { "Arn": "arn:aws:sqs:eu-west-1:111122223333:failed" },
        }),
    );
    let policy = &template.only("AWS::KMS::Key")["Properties"]["KeyPolicy"]["Statement"];
    assert_eq!(policy[2]["Action"], "kms:DescribeKey");
    assert_eq!(
        policy[3]["Principal"],
        json!({ "Service": "events.amazonaws.com" })
    );
    let context =
        policy[3]["Condition"]["StringEquals"]["kms:EncryptionContext:aws:events:event-bus:arn"]
            .to_string();
    assert!(context.contains(":event-bus/orders"), "{context}");
}

#[test]
fn grants_put_events_to_role_and_to_account() {
    let template = Template::of_stack(|stack| {
        let bus = EventBus::builder().build(stack, "Bus");
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        bus.grant_put_events(&role);
        bus.grant_put_events(&Principal::account("111122223333"));
        bus.grant_put_events(&Principal::account("444455556666"));
        EventBus::default_bus().grant_put_events(&role);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "events:PutEvents", "Resource": [Match::any(), Match::any()] },
        ] } }] }),
    );
    let policies = template.resources("AWS::Events::EventBusPolicy");
    let ids: Vec<&Json> = policies
        .iter()
        .map(|(_, policy)| &policy["Properties"]["StatementId"])
        .collect();
    assert_eq!(ids, ["Statement0", "Statement1"]);
    template.has_properties(
        "AWS::Events::EventBusPolicy",
        json!({ "Statement": {
            "Sid": "Statement1", "Effect": "Allow", "Action": "events:PutEvents", "Resource": Match::any(),
        } }),
    );
}

#[test]
fn allows_rule_in_policies_of_topic_and_key() {
    let template = Template::of_stack(|stack| {
        Rule::on_event(orders_pattern().detail("status", "paid"))
            .target(topic(stack))
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::Events::Rule",
        json!({
            "State": "ENABLED",
            "Name": Match::absent(),
            "EventBusName": Match::absent(),
            "EventPattern": { "source": ["shop.orders"], "detail": { "status": ["paid"] } },
            "Targets": [{ "Id": "Target0", "Arn": { "Ref": Match::any() }, "RoleArn": Match::absent() }],
        }),
    );
    template.has_properties(
        "AWS::SNS::TopicPolicy",
        json!({ "PolicyDocument": { "Statement": [{ "Effect": "Deny" }, {
            "Principal": { "Service": "events.amazonaws.com" },
            "Action": "sns:Publish",
            "Condition": { "ArnEquals": { "aws:SourceArn": { "Fn::GetAtt": [Match::any(), "Arn"] } } },
        }] } }),
    );
    let key = template.only("AWS::KMS::Key").to_string();
    assert!(key.contains("events.amazonaws.com"), "{key}");
}

#[test]
fn shares_log_policy_among_log_groups_of_stack() {
    let template = Template::of_stack(|stack| {
        let first = LogGroup::builder().build(stack, "First");
        let second = LogGroup::builder().build(stack, "Second");
        Rule::on_event(orders_pattern())
            .target(first)
            .target(second)
            .build(stack, "Rule");
    });
    template.resource_count("AWS::Logs::ResourcePolicy", 1);
    template.has_properties(
        "AWS::Logs::ResourcePolicy",
        json!({ "PolicyDocument": { "Statement": [{
            "Principal": { "Service": "events.amazonaws.com" },
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [Match::any(), Match::any()],
        }] } }),
    );
    let targets = template.only("AWS::Events::Rule")["Properties"]["Targets"].to_string();
    assert!(targets.contains("Target1"), "{targets}");
    assert!(!targets.contains(":*"), "{targets}");
}

#[test]
fn forwards_to_bus_with_role_of_rule() {
    let template = Template::of_stack(|stack| {
        let bus = EventBus::builder().build(stack, "Bus");
        let rule = Rule::on_event(EventPattern::all_of_account())
            .target(bus)
            .build(stack, "Rule");
        rule.add_target(EventBus::from_arn(
            "arn:aws:events:eu-west-1:444455556666:event-bus/central",
        ));
    });
    template.resource_count("AWS::IAM::Role", 1);
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{
                "Principal": { "Service": "events.amazonaws.com" },
                "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
            }] },
            "Policies": [{ "PolicyDocument": { "Statement": [{
                "Action": "events:PutEvents",
                "Resource": [{ "Fn::GetAtt": Match::any() }, "arn:aws:events:eu-west-1:444455556666:event-bus/central"],
            }] } }],
        }),
    );
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [
            { "Id": "Target0", "RoleArn": { "Fn::GetAtt": Match::any() } },
            { "Id": "Target1", "RoleArn": { "Fn::GetAtt": Match::any() } },
        ] }),
    );
}

#[test]
fn writes_every_option_of_target() {
    let template = Template::of_stack(|stack| {
        let queue = "arn:aws:sqs:eu-west-1:111122223333:jobs.fifo";
        Rule::on_schedule(Schedule::rate(Duration::minutes(5)))
            .rule_name("every-five-minutes")
            .description("polls")
            .state(RuleState::Disabled)
            .target(
                Target::new(queue)
                    .role_arn("arn:aws:iam::111122223333:role/events")
                    .statement(Statement::allow().action("sqs:SendMessage").resource(queue))
                    .input(TargetInput::json(&json!({ "job": "poll" })))
                    .retry_attempts(3)
                    .max_event_age(Duration::minutes(10))
                    .dead_letter_queue_arn("arn:aws:sqs:eu-west-1:111122223333:failed")
                    .parameters(
                        "SqsParameters",
                        infra_lib::Data::map([("MessageGroupId", infra_lib::Data::from("poll"))]),
                    ),
            )
            .target(
                Target::new("arn:aws:sqs:eu-west-1:111122223333:a")
                    .input(TargetInput::path("$.detail")),
            )
            .target(
                Target::new("arn:aws:sqs:eu-west-1:111122223333:b").input(
                    TargetInput::template("\"<id> of <aws.events.rule-name>\"")
                        .variable("id", "$.detail.id"),
                ),
            )
            .build(stack, "Rule");
    });
    template.resource_count("AWS::IAM::Role", 0);
    template.has_properties(
        "AWS::Events::Rule",
        json!({
            "Name": "every-five-minutes",
            "Description": "polls",
            "State": "DISABLED",
            "ScheduleExpression": "rate(5 minutes)",
            "Targets": [
                {
                    "RoleArn": "arn:aws:iam::111122223333:role/events",
                    "Input": "{\"job\":\"poll\"}",
                    "RetryPolicy": { "MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 600 },
                    "DeadLetterConfig": { "Arn": "arn:aws:sqs:eu-west-1:111122223333:failed" },
                    "SqsParameters": { "MessageGroupId": "poll" },
                },
                { "InputPath": "$.detail" },
                { "InputTransformer": {
                    "InputPathsMap": { "id": "$.detail.id" },
                    "InputTemplate": "\"<id> of <aws.events.rule-name>\"",
                } },
            ],
        }),
    );
}

#[test]
fn archives_events_for_ninety_days() {
    let template = Template::of_stack(|stack| {
        let bus = EventBus::builder().build(stack, "Bus");
        Archive::of(&bus).build(stack, "All");
    });
    template.has_properties(
        "AWS::Events::Archive",
        json!({ "RetentionDays": 90, "EventPattern": Match::absent(), "SourceArn": { "Fn::GetAtt": Match::any() } }),
    );
    let template = Template::of_stack(|stack| {
        Archive::of(&EventBus::default_bus())
            .event_pattern(orders_pattern())
            .retention(ArchiveRetention::Infinite)
            .archive_name("orders")
            .build(stack, "Orders");
    });
    template.has_properties(
        "AWS::Events::Archive",
        json!({
            "ArchiveName": "orders",
            "RetentionDays": Match::absent(),
            "EventPattern": { "source": ["shop.orders"] },
        }),
    );
}

#[test]
fn names_bus_in_metrics_of_rule_on_custom_bus() {
    let alarm = |bus: Option<&'static str>| {
        Template::of_stack(move |stack| {
            let log = LogGroup::builder().build(stack, "Log");
            let rule = Rule::on_event(orders_pattern()).target(log);
            let rule = match bus {
                Some(name) => rule.event_bus(EventBus::from_name(name)),
                None => rule,
            }
            .build(stack, "Rule");
            Alarm::builder()
                .metric(rule.metric_failed_invocations())
                .comparison(Comparison::GreaterThanThreshold)
                .threshold(0)
                .evaluation_periods(1)
                .treat_missing_data(TreatMissingData::NotBreaching)
                .build(stack, "Failed");
        })
    };
    alarm(Some("shop")).has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "Namespace": "AWS/Events", "MetricName": "FailedInvocations", "Dimensions": [
            { "Name": "EventBusName", "Value": "shop" }, { "Name": "RuleName" },
        ] }),
    );
    let dimensions = alarm(None).only("AWS::CloudWatch::Alarm")["Properties"]["Dimensions"].clone();
    assert_eq!(dimensions.as_array().map(Vec::len), Some(1));
}

#[test]
fn matches_events_as_event_bridge_does() {
    let event = json!({
        "source": "shop.orders",
        "detail-type": "Order Paid",
        "account": "111122223333",
        "region": "eu-west-1",
        "resources": ["arn:aws:s3:::a", "arn:aws:s3:::b"],
        "detail": {
            "total": 120.5,
            "count": 3,
            "gift": false,
            "note": null,
            "ip": "10.0.0.77",
            "customer": { "name": "Ada Lovelace" },
            "lines": [{ "sku": "A-1" }, { "sku": "B-2" }],
        },
    });
    let detail = |path: &str, condition: Matcher| EventPattern::new().detail(path, condition);
    let matching = [
        orders_pattern().source("shop.returns"),
        EventPattern::new()
            .detail_type("Order Paid")
            .account("111122223333")
            .region("eu-west-1"),
        EventPattern::new().resource("arn:aws:s3:::b"),
        detail("total", Matcher::between(100, 121)),
        detail("total", Matcher::greater_than(120)),
        detail("count", 3.into()),
        detail("count", Matcher::at_most(3)),
        detail("gift", false.into()),
        detail("note", Matcher::null()),
        detail("ip", Matcher::cidr("10.0.0.64/26")),
        detail("customer.name", Matcher::prefix("Ada")),
        detail("customer.name", Matcher::suffix("lace")),
        detail("customer.name", Matcher::equals_ignore_case("ADA LOVELACE")),
        detail("customer.name", Matcher::wildcard("A*Love*e")),
        detail("customer.name", Matcher::anything_but(["Charles", "Mary"])),
        detail("customer.name", Matcher::anything_but_prefix("Ch")),
        detail("customer.name", Matcher::exists()),
        detail("coupon", Matcher::absent()),
        detail("coupon.code", Matcher::absent()),
        detail("total", Matcher::less_than(10).or(Matcher::at_least(120))),
        detail("lines.sku", "B-2".into()),
        EventPattern::from_json(
            json!({ "$or": [{ "source": ["x"] }, { "detail": { "count": [3] } }] }),
        ),
    ];
    for pattern in matching {
        assert!(pattern.matches(&event), "{pattern:?}");
    }
    let others = [
        EventPattern::new(),
        EventPattern::new().source("shop.order"),
        orders_pattern().region("us-east-1"),
        detail("total", Matcher::between(121, 200)),
        detail("count", "3".into()),
        detail("gift", true.into()),
        detail("ip", Matcher::cidr("10.0.0.0/26")),
        detail("customer.name", Matcher::wildcard("A*x")),
        detail("customer.name", Matcher::anything_but("Ada Lovelace")),
        detail("customer.name", Matcher::anything_but_prefix("Ada")),
        detail("customer.name", Matcher::absent()),
        detail("coupon", Matcher::exists()),
        detail("coupon", Matcher::anything_but("x")),
        detail("lines.sku", "C-3".into()),
        EventPattern::from_json(
            json!({ "$or": [{ "source": ["x"] }, { "detail": { "count": [4] } }] }),
        ),
    ];
    for pattern in others {
        assert!(!pattern.matches(&event), "{pattern:?}");
    }
}

#[test]
fn matches_any_text_where_pattern_names_resource() {
    let app = infra_lib::App::new();
    let stack = Stack::new(&app, "Stack");
    let log = LogGroup::builder().build(stack, "Log");
    let pattern = EventPattern::new().detail("group", log.name());
    assert!(pattern.matches(&json!({ "detail": { "group": "any" } })));
    assert!(!pattern.matches(&json!({ "detail": { "group": 1 } })));
}

fn findings_of_pattern(pattern: Json) -> String {
    findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(EventPattern::from_json(pattern))
            .target(log)
            .build(stack, "Rule");
    })
}

#[test]
fn rejects_patterns_that_event_bridge_rejects() {
    for (pattern, problem) in [
        (json!({}), "an event pattern has no conditions"),
        (
            json!({ "detailType": ["x"] }),
            "events have no field `detailType`",
        ),
        (json!({ "source": "x" }), "a condition is not in a list"),
        (json!({ "source": [] }), "a list of alternatives is empty"),
        (
            json!({ "source": [["x"]] }),
            "a list of alternatives is in another list",
        ),
        (json!({ "detail": {} }), "a field has no conditions"),
        (
            json!({ "source": [{ "begins": "x" }] }),
            "`begins` is not an operator of event patterns",
        ),
        (
            json!({ "detail": { "a": [{ "numeric": [">"] }] } }),
            "the operator `numeric` has an invalid argument",
        ),
        (
            json!({ "detail": { "a": [{ "cidr": "10.0.0.0" }] } }),
            "the operator `cidr` has an invalid argument",
        ),
        (
            json!({ "detail": { "a": [{ "wildcard": "a**b" }] } }),
            "the operator `wildcard` has an invalid argument",
        ),
        (
            json!({ "detail": { "a": ["x".repeat(2_100)] } }),
            "but EventBridge accepts 2048",
        ),
    ] {
        let found = findings_of_pattern(pattern);
        assert_only_finding(&found, "INF4861");
        assert!(found.contains(problem), "{found}");
    }
    assert_eq!(findings_of_pattern(json!({ "source": ["x"] })), "");
}

#[test]
fn rejects_pattern_that_does_not_match_its_example() {
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(orders_pattern())
            .example(json!({ "source": "shop.orders" }))
            .example(json!({ "source": "shop.returns" }))
            .target(log)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4862");
    assert!(found.contains(r#"{"source":"shop.returns"}"#), "{found}");
}

#[test]
fn rejects_schedules_that_event_bridge_rejects() {
    for (schedule, problem) in [
        (
            Schedule::rate(Duration::seconds(30)),
            "the interval of 30 seconds is not a positive number of whole minutes",
        ),
        (
            Schedule::cron("0 7 * * MON-FRI *"),
            "day of month and day of week are both set",
        ),
    ] {
        let found = findings_of(|stack| {
            let log = LogGroup::builder().build(stack, "Log");
            Rule::on_schedule(schedule).target(log).build(stack, "Rule");
        });
        assert_only_finding(&found, "INF4863");
        assert!(found.contains(problem), "{found}");
    }
}

#[test]
fn rejects_schedule_and_aws_events_on_custom_bus() {
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_schedule(Schedule::rate(Duration::hours(1)))
            .event_bus(EventBus::from_name("shop"))
            .target(log)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4864");
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(EventPattern::new().source(["aws.s3", "shop"]))
            .event_bus(EventBus::from_arn(
                "arn:aws:events:eu-west-1:111122223333:event-bus/shop",
            ))
            .target(log)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4868");
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(EventPattern::new().source("aws.s3"))
            .event_bus(EventBus::default_bus())
            .target(log)
            .build(stack, "Rule");
    });
    assert_eq!(found, "");
}

#[test]
fn reports_rule_without_target_unless_one_is_added_later() {
    let found = findings_of(|stack| {
        Rule::on_event(orders_pattern()).build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4865");
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(orders_pattern())
            .build(stack, "Rule")
            .add_target(log);
    });
    assert_eq!(found, "");
}

#[test]
fn rejects_sixth_target() {
    let found = findings_of(|stack| {
        let rule = Rule::on_event(orders_pattern()).build(stack, "Rule");
        for number in 0..6 {
            rule.add_target(Target::new(format!(
                "arn:aws:sqs:eu-west-1:111122223333:q{number}"
            )));
        }
    });
    assert_only_finding(&found, "INF3007");
}

#[test]
fn rejects_topic_with_key_that_event_bridge_cannot_use() {
    let found = findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        Rule::on_event(orders_pattern())
            .target(topic)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4866");
}

#[test]
fn rejects_undefined_variables_and_paths_of_inputs() {
    for (input, problem) in [
        (
            TargetInput::path("detail"),
            "`detail` is not a JSON path of an event",
        ),
        (
            TargetInput::template("\"<id>\"").variable("id", "detail.id"),
            "`detail.id` is not a JSON path",
        ),
        (
            TargetInput::template("\"<id>\""),
            "uses the variable `id`, which is not defined",
        ),
    ] {
        let found = findings_of(|stack| {
            let log = LogGroup::builder().build(stack, "Log");
            Rule::on_event(orders_pattern())
                .target(log.rule_target().input(input))
                .build(stack, "Rule");
        });
        assert_only_finding(&found, "INF4867");
        assert!(found.contains(problem), "{found}");
    }
}

/// The ordinary serverless app: a schedule and a rule that invoke a function, a queue with a dead-letter queue, and a
/// table, without L1 bindings.
#[test]
fn connects_function_queue_and_table() {
    let template = Template::of_stack(|stack| {
        let orders = Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Orders");
        let failed = Queue::builder().build(stack, "Failed");
        let jobs = Queue::builder()
            .dead_letter_queue(DeadLetterQueue::new(&failed, 3))
            .build(stack, "Jobs");
        let worker = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Worker");
        orders.grant_read_write(&worker);
        jobs.grant_send(&worker);
        worker.grant_invoke(&worker);
        Rule::on_event(orders_pattern())
            .target(worker)
            .target(jobs)
            .build(stack, "Ordered");
        let hourly = infra_lib::scheduler::ScheduleExpression::rate(Duration::hours(1));
        infra_lib::scheduler::Schedule::of(hourly, worker).build(stack, "Hourly");
    });
    let rule = template.only("AWS::Events::Rule")["Properties"]["Targets"].clone();
    assert_eq!(rule.as_array().map(Vec::len), Some(2));
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({ "Principal": "events.amazonaws.com", "SourceArn": { "Fn::GetAtt": [Match::any(), "Arn"] } }),
    );
    // The function may invoke itself, so that statement has a policy of its own.
    template.resource_count("AWS::IAM::RolePolicy", 1);
}

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf";

#[test]
fn sends_events_to_http_endpoint_with_role_of_rule() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let partner = Connection::builder()
            .authorization(ConnectionAuthorization::api_key(
                "X-Api-Key",
                Secret::from_arn(SECRET).text(),
            ))
            .connection_name("partner")
            .encryption_key(key)
            .build(stack, "Partner");
        let orders = ApiDestination::of(&partner)
            .endpoint("https://api.example.com/orders/*")
            .method(DestinationMethod::Put)
            .rate_limit(10)
            .build(stack, "Orders");
        Rule::on_event(orders_pattern())
            .target(orders)
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::Events::Connection",
        json!({
            "AuthorizationType": "API_KEY",
            "Name": "partner",
            "KmsKeyIdentifier": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "AuthParameters": { "ApiKeyAuthParameters": {
                "ApiKeyName": "X-Api-Key",
                "ApiKeyValue": format!("{{{{resolve:secretsmanager:{SECRET}:SecretString}}}}"),
            } },
        }),
    );
    template.has_properties(
        "AWS::Events::ApiDestination",
        json!({
            "ConnectionArn": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "HttpMethod": "PUT",
            "InvocationEndpoint": "https://api.example.com/orders/*",
            "InvocationRateLimitPerSecond": 10,
        }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains("events:InvokeApiDestination"), "{role}");
}

#[test]
fn authorizes_connections_by_password_and_token() {
    let connect = |authorization: ConnectionAuthorization| {
        let template = Template::of_stack(|stack| {
            Connection::builder()
                .authorization(authorization)
                .build(stack, "Partner");
        });
        template.only("AWS::Events::Connection")["Properties"].clone()
    };
    let secret = Secret::from_arn(SECRET);
    let basic = connect(ConnectionAuthorization::basic("shop", secret.text()));
    assert_eq!(basic["AuthorizationType"], "BASIC");
    assert_eq!(
        basic["AuthParameters"]["BasicAuthParameters"]["Username"],
        "shop"
    );
    let token_url = "https://login.example.com/token";
    let oauth = connect(ConnectionAuthorization::oauth(
        token_url,
        "shop",
        secret.text(),
    ));
    assert_eq!(oauth["AuthorizationType"], "OAUTH_CLIENT_CREDENTIALS");
    let parameters = &oauth["AuthParameters"]["OAuthParameters"];
    assert_eq!(parameters["AuthorizationEndpoint"], token_url);
    assert_eq!(parameters["HttpMethod"], "POST");
    assert_eq!(parameters["ClientParameters"]["ClientID"], "shop");
}

#[test]
fn rejects_parameter_of_systems_manager_as_secret_of_connection() {
    let found = findings_of(|stack| {
        let key =
            SecretField::from_ssm_parameter("arn:aws:ssm:eu-west-1:111122223333:parameter/key");
        Connection::builder()
            .authorization(ConnectionAuthorization::api_key("X-Api-Key", key))
            .build(stack, "Partner");
    });
    assert_eq!(found.matches("error[INF4977]").count(), 1, "{found}");
}
