//! Tests of permissions, versions, aliases, URLs and event sources of functions.

use infra_lib::assertions::{Match, Template};
use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{
    Alias, Cors, EventSourceMapping, EventSourceMetrics, FailureReport, Function, Permission,
    StartingPosition, Url, UrlAuth,
};
use infra_lib::sns::Topic;
use infra_lib::{App, Duration, Size, Stack, StackProps, codes};
use serde_json::json;

use crate::base::findings_of;
use crate::lambda::{
    PERMISSION, RULE, SOURCE, codes_of, function, inline_function, role, statements,
};

#[test]
fn grants_go_to_the_role() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        key.grant_decrypt(&function(stack));
    });
    let role = template.only("AWS::IAM::Role");
    assert_eq!(statements(role)[1]["Action"], "kms:Decrypt");
}

#[test]
fn function_may_invoke_itself() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        function.grant_invoke(&function);
    });
    template.has_properties(
        "AWS::IAM::RolePolicy",
        json!({ "PolicyDocument": { "Statement": [{
            "Action": "lambda:InvokeFunction",
            "Resource": [
                { "Fn::GetAtt": ["Function76856677", "Arn"] },
                { "Fn::Sub": "${Function76856677.Arn}:*" },
            ],
        }] } }),
    );
}

#[test]
fn role_receives_permission_to_invoke_in_its_policy() {
    let template = Template::of_stack(|stack| {
        function(stack).grant_invoke(&role(stack));
    });
    template.resource_count(PERMISSION, 0);
    let json = template.json()["Resources"]["Role1ABCC5F0"].clone();
    assert_eq!(statements(&json)[0]["Action"], "lambda:InvokeFunction");
}

#[test]
fn services_accounts_and_organizations_receive_permissions() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let rule =
            Principal::service("events.amazonaws.com").condition("ArnLike", "aws:SourceArn", RULE);
        function.grant_invoke(&rule);
        function.grant_invoke(&rule);
        function.grant_invoke(&Principal::service("s3.amazonaws.com").for_this_account());
        function.grant_invoke(&Role::from_arn(
            stack,
            "Imported",
            "arn:aws:iam::111122223333:role/reports",
        ));
        let organization =
            Principal::any().condition("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5");
        function.grant_invoke(&organization);
    });
    // Granting the same permission again adds nothing.
    template.resource_count(PERMISSION, 4);
    let arn = json!({ "Fn::GetAtt": ["Function76856677", "Arn"] });
    for properties in [
        json!({ "Principal": "events.amazonaws.com", "SourceArn": RULE, "SourceAccount": Match::absent() }),
        json!({ "Principal": "s3.amazonaws.com", "SourceAccount": { "Ref": "AWS::AccountId" } }),
        json!({ "Principal": "arn:aws:iam::111122223333:role/reports" }),
        json!({ "Principal": "*", "PrincipalOrgID": "o-a1b2c3d4e5" }),
    ] {
        let mut properties = properties;
        properties["FunctionName"] = arn.clone();
        properties["Action"] = json!("lambda:InvokeFunction");
        template.has_properties(PERMISSION, properties);
    }
}

#[test]
fn second_source_of_a_service_has_a_permission_of_its_own() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        for name in ["a", "b"] {
            let arn = format!("arn:aws:events:eu-west-1:111122223333:rule/{name}");
            let rule = Principal::service("events.amazonaws.com").condition(
                "ArnLike",
                "aws:SourceArn",
                arn,
            );
            function.grant_invoke(&rule);
        }
    });
    template.resource_count(PERMISSION, 2);
}

#[test]
fn permission_in_the_stack_of_its_source_makes_no_circle() {
    let app = App::new();
    let function = function(StackProps::new().build(&app, "Functions"));
    let stack = Stack::new(&app, "Events");
    let topic = Topic::builder().build(stack, "Topic");
    Permission::builder()
        .function(function)
        .principal("sns.amazonaws.com")
        .source_arn(topic.arn())
        .source_account("111122223333")
        .organization_id("o-a1b2c3d4e5")
        .build(stack, "Permission");
    let synthesis = app.synth();
    Template::of(&synthesis, "Events").has_properties(
        PERMISSION,
        json!({ "SourceArn": { "Ref": "TopicBFC7AF6E" }, "SourceAccount": "111122223333" }),
    );
}

#[test]
fn rejects_service_without_source_and_unsupported_condition() {
    insta::assert_snapshot!(findings_of(|stack| {
        let function = function(stack);
        function.grant_invoke(&Principal::service("s3.amazonaws.com"));
        let partner = Principal::account("111122223333").condition(
            "IpAddress",
            "aws:SourceIp",
            "203.0.113.0/24",
        );
        function.grant_invoke(&partner);
    }));
}

#[test]
fn imported_function_can_be_invoked_by_roles_of_the_app() {
    let arn = "arn:aws:lambda:eu-west-1:111122223333:function:thumbnails";
    let template = Template::of_stack(|stack| {
        let function = Function::from_arn(stack, "Existing", arn);
        assert_eq!(function.function_name().as_literal(), Some("thumbnails"));
        function.grant_invoke(&role(stack));
    });
    let role = template.only("AWS::IAM::Role");
    assert_eq!(
        statements(role)[0]["Resource"],
        json!([arn, format!("{arn}:*")])
    );
}

/// Returns the logical ID of the version of a function.
fn version_id(build: impl for<'app> FnOnce(Stack<'app>) -> Function<'app>) -> String {
    let template = Template::of_stack(|stack| {
        build(stack).current_version();
    });
    template.resources("AWS::Lambda::Version")[0].0.to_owned()
}

#[test]
fn version_changes_with_the_function_only() {
    let first = version_id(function);
    assert!(first.starts_with("FunctionCurrentVersion"), "{first}");
    // Constructs before the function, and settings that apply to all versions, change nothing.
    let other = version_id(|stack| {
        Topic::builder().build(stack, "Topic");
        inline_function!()
            .reserved_concurrency(1)
            .build(stack, "Function")
    });
    assert_eq!(first, other);
    for changed in [
        version_id(|stack| {
            inline_function!()
                .memory(Size::mib(256))
                .build(stack, "Function")
        }),
        version_id(|stack| {
            let function = function(stack);
            function.current_version();
            function.add_env("LATE", "1");
            function
        }),
    ] {
        assert_ne!(first, changed);
    }
}

#[test]
fn alias_points_to_the_version() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let version = function.current_version();
        let live = Alias::builder()
            .alias_name("live")
            .version(version)
            .description("what users get")
            .provisioned_concurrency(2)
            .build(stack, "Live");
        Alias::builder()
            .alias_name("next")
            .version(version)
            .additional_version("7", 0.1)
            .build(stack, "Next");
        live.grant_invoke(&role(stack));
        let rule =
            Principal::service("events.amazonaws.com").condition("ArnLike", "aws:SourceArn", RULE);
        live.grant_invoke(&rule);
        version.grant_invoke(&rule);
        let url = Url::builder()
            .function(function)
            .alias(live)
            .build(stack, "Url");
        assert_eq!(url.alias().unwrap().alias_name().as_literal(), Some("live"));
    });
    template.has_properties(
        "AWS::Lambda::Alias",
        json!({
            "Name": "live",
            "FunctionName": { "Ref": "Function76856677" },
            "ProvisionedConcurrencyConfig": { "ProvisionedConcurrentExecutions": 2 },
        }),
    );
    template.has_properties(
        "AWS::Lambda::Alias",
        json!({
            "Name": "next",
            "RoutingConfig": { "AdditionalVersionWeights": [{ "FunctionVersion": "7", "FunctionWeight": 0.1 }] },
        }),
    );
    let aliases = template.resources("AWS::Lambda::Alias");
    let alias = aliases.iter().find(|(id, _)| id.starts_with("Live"));
    let alias = alias.unwrap().0.to_owned();
    template.has_properties(PERMISSION, json!({ "FunctionName": { "Ref": alias } }));
    template.resource_count(PERMISSION, 2);
    template.has_properties("AWS::Lambda::Url", json!({ "Qualifier": "live" }));
    let depends = &template.only("AWS::Lambda::Url")["DependsOn"];
    assert!(depends.to_string().contains(&alias), "{depends}");
}

#[test]
fn url_requires_iam_unless_public() {
    let private = Template::of_stack(|stack| {
        let url = Url::builder().function(function(stack)).build(stack, "Url");
        url.grant_invoke(&role(stack));
    });
    private.has_properties("AWS::Lambda::Url", json!({ "AuthType": "AWS_IAM" }));
    private.resource_count(PERMISSION, 0);
    let role = private.json()["Resources"]["Role1ABCC5F0"].clone();
    assert_eq!(
        *statements(&role),
        json!([
            {
                "Effect": "Allow",
                "Action": "lambda:InvokeFunctionUrl",
                "Resource": { "Fn::GetAtt": ["Function76856677", "Arn"] },
                "Condition": { "StringEquals": { "lambda:FunctionUrlAuthType": "AWS_IAM" } },
            },
            {
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction",
                "Resource": { "Fn::GetAtt": ["Function76856677", "Arn"] },
                "Condition": { "Bool": { "lambda:InvokedViaFunctionUrl": "true" } },
            },
        ])
    );
    let public = Template::of_stack(|stack| {
        let cors = Cors::new()
            .allow_origin("https://www.example.com")
            .allow_method("GET")
            .allow_header("content-type")
            .expose_header("etag")
            .allow_credentials()
            .max_age(Duration::hours(1));
        Url::builder()
            .function(function(stack))
            .auth(UrlAuth::Public)
            .cors(cors)
            .build(stack, "Url");
    });
    public.has_properties(
        "AWS::Lambda::Url",
        json!({ "AuthType": "NONE", "Cors": {
            "AllowOrigins": ["https://www.example.com"],
            "AllowMethods": ["GET"],
            "AllowHeaders": ["content-type"],
            "ExposeHeaders": ["etag"],
            "AllowCredentials": true,
            "MaxAge": 3600,
        } }),
    );
    public.has_properties(
        PERMISSION,
        json!({ "Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE" }),
    );
    public.has_properties(
        PERMISSION,
        json!({ "Action": "lambda:InvokeFunction", "Principal": "*", "InvokedViaFunctionUrl": true }),
    );
}

#[test]
fn rejects_url_for_imported_role_once() {
    let codes = codes_of(|stack| {
        let url = Url::builder().function(function(stack)).build(stack, "Url");
        url.grant_invoke(&Role::from_arn(
            stack,
            "Imported",
            "arn:aws:iam::111122223333:role/reports",
        ));
    });
    assert_eq!(codes, [codes::GRANT_WITHOUT_POLICY.to_string()]);
}

#[test]
fn polls_queue_and_stream() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let queue = CfnQueueProps::new().build(stack, "Queue");
        EventSourceMapping::builder()
            .function(function)
            .event_source(queue.attr_arn())
            .batch_size(100)
            .batching_window(Duration::seconds(5))
            .max_concurrency(2)
            .failure_report(FailureReport::EachItem)
            .metrics(EventSourceMetrics::EventCount)
            .filter(r#"{"body":{"kind":["order"]}}"#)
            .build(stack, "Jobs");
        EventSourceMapping::builder()
            .function(function.current_version())
            .event_source("arn:aws:kinesis:eu-west-1:111122223333:stream/clicks")
            .starting_position(StartingPosition::AtTimestamp(1_700_000_000.0))
            .bisect_batch_on_error(true)
            .retry_attempts(3)
            .max_record_age(Duration::hours(1))
            .parallelization_factor(4)
            .tumbling_window(Duration::seconds(30))
            .on_failure("arn:aws:sqs:eu-west-1:111122223333:failed")
            .enabled(false)
            .build(stack, "Clicks");
    });
    template.has_properties(
        SOURCE,
        json!({
            "BatchSize": 100,
            "MaximumBatchingWindowInSeconds": 5,
            "ScalingConfig": { "MaximumConcurrency": 2 },
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "MetricsConfig": { "Metrics": ["EventCount"] },
            "FilterCriteria": { "Filters": [{ "Pattern": r#"{"body":{"kind":["order"]}}"# }] },
        }),
    );
    template.has_properties(
        SOURCE,
        json!({
            "StartingPosition": "AT_TIMESTAMP",
            "BisectBatchOnFunctionError": true,
            "MaximumRetryAttempts": 3,
            "MaximumRecordAgeInSeconds": 3600,
            "ParallelizationFactor": 4,
            "TumblingWindowInSeconds": 30,
            "DestinationConfig": { "OnFailure": { "Destination": "arn:aws:sqs:eu-west-1:111122223333:failed" } },
            "Enabled": false,
        }),
    );
}

#[test]
fn rejects_settings_of_other_sources() {
    insta::assert_snapshot!(findings_of(|stack| {
        let function = function(stack);
        let mapping = |arn: &str| {
            EventSourceMapping::builder()
                .function(function)
                .event_source(arn)
        };
        mapping("arn:aws:sqs:eu-west-1:111122223333:jobs")
            .starting_position(StartingPosition::Latest)
            .retry_attempts(2)
            .bisect_batch_on_error(true)
            .batch_size(50)
            .build(stack, "Queue");
        mapping("arn:aws:sqs:eu-west-1:111122223333:jobs.fifo")
            .batch_size(50)
            .batching_window(Duration::seconds(1))
            .build(stack, "Fifo");
        mapping("arn:aws:dynamodb:eu-west-1:111122223333:table/a/stream/b")
            .max_concurrency(3)
            .build(stack, "Stream");
    }));
}

#[test]
fn rejects_queue_with_short_visibility_timeout() {
    let build = |stack: Stack<'_>, visible: i64| {
        let queue = CfnQueueProps::new()
            .visibility_timeout(visible)
            .build(stack, "Queue");
        let function = inline_function!()
            .timeout(Duration::minutes(1))
            .build(stack, "Function");
        EventSourceMapping::builder()
            .function(function)
            .event_source(queue.attr_arn())
            .build(stack, "Source");
    };
    assert_eq!(codes_of(|stack| build(stack, 60)), [""; 0]);
    insta::assert_snapshot!(findings_of(|stack| build(stack, 59)));
}
