//! Tests of the constructs in `infra_lib::events`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::events::{
    ApiDestination, Archive, ArchiveRetention, Connection, ConnectionAuthorization,
    DestinationMethod, EventBus, EventPattern, ImportedRule, Rule, RuleState, Schedule, Target,
    TargetInput,
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

pub(crate) fn topic(stack: Stack<'_>) -> Topic<'_> {
    let key = Key::builder().build(stack, "Key");
    Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Topic")
}

pub(crate) fn orders_pattern() -> EventPattern {
    EventPattern::new().source("shop.orders")
}

pub(crate) fn assert_only_finding(found: &str, code: &str) {
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

/// Returns the dimensions of the alarm on failed invocations of a rule.
fn dimensions_of(import: impl for<'app> FnOnce(Stack<'app>) -> ImportedRule<'app>) -> Json {
    let template = Template::of_stack(|stack| {
        import(stack)
            .metric_failed_invocations()
            .alarm()
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Failed");
    });
    template.resource_count("AWS::Events::Rule", 0);
    template.only("AWS::CloudWatch::Alarm")["Properties"]["Dimensions"].clone()
}

#[test]
fn watches_imported_rules_on_their_bus() {
    let rule = |name: &str| json!({ "Name": "RuleName", "Value": name });
    let bus = |name: &str| json!({ "Name": "EventBusName", "Value": name });
    let arn = |path: &str| format!("arn:aws:events:eu-west-1:111122223333:rule/{path}");
    assert_eq!(
        dimensions_of(|stack| Rule::from_arn(stack, "Rule", arn("orders"))),
        json!([rule("orders")])
    );
    assert_eq!(
        dimensions_of(|stack| Rule::from_arn(stack, "Rule", arn("shop/orders"))),
        json!([bus("shop"), rule("orders")])
    );
    let partner = "aws.partner/example.com/shop";
    assert_eq!(
        dimensions_of(|stack| Rule::from_arn(stack, "Rule", arn(&format!("{partner}/orders")))),
        json!([bus(partner), rule("orders")])
    );
    assert_eq!(
        dimensions_of(|stack| Rule::from_name(stack, "Rule", "orders")),
        json!([rule("orders")])
    );
    assert_eq!(
        dimensions_of(|stack| {
            Rule::from_attributes(stack, "Rule", "orders", EventBus::from_name("shop"))
        }),
        json!([bus("shop"), rule("orders")])
    );
    assert_eq!(
        dimensions_of(|stack| {
            Rule::from_attributes(stack, "Rule", "orders", EventBus::default_bus())
        }),
        json!([rule("orders")])
    );
}

#[test]
fn composes_arns_of_imported_rules() {
    let template = Template::of_stack(|stack| {
        let elsewhere = "arn:aws:events:us-east-1:444455556666:event-bus/shop";
        let rule = Rule::from_attributes(stack, "There", "orders", EventBus::from_arn(elsewhere));
        assert_eq!(
            rule.arn().as_literal(),
            Some("arn:aws:events:us-east-1:444455556666:rule/shop/orders")
        );
        let own = EventBus::builder()
            .event_bus_name("own")
            .build(stack, "Own");
        for (id, rule) in [
            ("ByName", Rule::from_name(stack, "Here", "orders")),
            (
                "OnOwn",
                Rule::from_attributes(stack, "OnOwnBus", "orders", own),
            ),
        ] {
            Function::builder()
                .runtime(Runtime::Nodejs24)
                .handler("index.handler")
                .code(Code::inline("exports.handler = async () => {};"))
                .build(stack, id)
                .grant_invoke(&Principal::service("events.amazonaws.com").condition(
                    "ArnLike",
                    "aws:SourceArn",
                    rule.arn(),
                ));
        }
    });
    let start = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule";
    let bus = template.resources("AWS::Events::EventBus")[0].0.to_owned();
    for path in ["orders".to_owned(), format!("${{{bus}}}/orders")] {
        template.has_properties(
            "AWS::Lambda::Permission",
            json!({
                "Principal": "events.amazonaws.com",
                "SourceArn": { "Fn::Sub": format!("{start}/{path}") },
            }),
        );
    }
}

#[test]
fn reports_rules_that_are_imported_by_other_texts() {
    insta::assert_snapshot!(findings_of(|stack| {
        let bus = "arn:aws:events:eu-west-1:111122223333:event-bus/shop";
        Rule::from_arn(stack, "ByBus", bus);
        Rule::from_name(stack, "ByPath", "shop/orders");
        EventBus::builder().build(stack, "Bus");
    }));
}

#[test]
fn sends_events_to_imported_destination_with_role_of_rule() {
    let arn = "arn:aws:events:eu-west-1:111122223333:api-destination/orders/0a1b2c3d";
    let template = Template::of_stack(|stack| {
        Rule::on_event(orders_pattern())
            .target(ApiDestination::from_arn(stack, "Orders", arn))
            .build(stack, "Rule");
    });
    template.resource_count("AWS::Events::ApiDestination", 0);
    let (role, properties) = template.resources("AWS::IAM::Role")[0];
    assert_eq!(
        template.only("AWS::Events::Rule")["Properties"]["Targets"],
        json!([{ "Id": "Target0", "Arn": arn, "RoleArn": { "Fn::GetAtt": [role, "Arn"] } }])
    );
    assert_eq!(
        properties["Properties"]["Policies"][0]["PolicyDocument"]["Statement"],
        json!([{ "Effect": "Allow", "Action": "events:InvokeApiDestination", "Resource": arn }])
    );
}

#[test]
fn reports_destination_that_is_a_connection() {
    let found = findings_of(|stack| {
        let connection = "arn:aws:events:eu-west-1:111122223333:connection/partner/0a1b2c3d";
        ApiDestination::from_arn(stack, "Orders", connection);
        EventBus::builder().build(stack, "Bus");
    });
    assert_only_finding(&found, "INF8026");
    assert!(
        found.contains("the form of the ARN of a destination"),
        "{found}"
    );
}
