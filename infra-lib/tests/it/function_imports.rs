//! Tests of versions, aliases and imported functions where services invoke a function.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
use infra_lib::codedeploy::LambdaDeploymentGroup;
use infra_lib::events::{EventPattern, Rule};
use infra_lib::iam::{Principal, Role};
use infra_lib::kinesisfirehose::{DeliveryStream, LambdaProcessor};
use infra_lib::lambda::{
    Alias, AsFunction, AsyncInvoke, Code, Function, FunctionRef, ImportedFunction, Runtime, Url,
    UrlAuth, Version,
};
use infra_lib::logs::{LogDestination, LogGroup, SubscriptionFilter};
use infra_lib::s3::{Bucket, BucketEvent, Notification};
use infra_lib::scheduler::{Schedule, ScheduleExpression};
use infra_lib::{App, Duration, Environment, Stack, StackProps};
use serde_json::json;

use crate::base::findings_of;

const ARN: &str = "arn:aws:lambda:eu-west-1:111122223333:function:notify";
const PERMISSION: &str = "AWS::Lambda::Permission";

fn function<'app>(stack: Stack<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {};"))
        .build(stack, id)
}

fn alias(stack: Stack<'_>) -> Alias<'_> {
    Alias::builder()
        .alias_name("live")
        .version(function(stack, "Function").current_version())
        .build(stack, "Live")
}

fn here(stack: Stack<'_>) -> ImportedFunction<'_> {
    Function::from_name(stack, "Notify", "notify")
}

fn maybe_elsewhere(stack: Stack<'_>) -> ImportedFunction<'_> {
    Function::from_arn(stack, "Notify", ARN)
}

fn rule<'app>(stack: Stack<'app>, target: impl infra_lib::events::RuleTarget<'app>) {
    Rule::on_event(EventPattern::new().source("aws.health"))
        .target(target)
        .build(stack, "Rule");
}

#[test]
fn rule_invokes_alias_version_and_import() {
    let template = Template::of_stack(|stack| {
        let live = alias(stack);
        let version: Version<'_> = live.function().current_version();
        Rule::on_event(EventPattern::new().source("aws.health"))
            .target(live)
            .target(version)
            .target(here(stack))
            .target(here_again(stack))
            .build(stack, "Rule");
    });
    let permissions = template.find_resources(
        PERMISSION,
        json!({ "Principal": "events.amazonaws.com", "SourceArn": Match::any() }),
    );
    assert_eq!(permissions.len(), 4);
}

fn here_again(stack: Stack<'_>) -> FunctionRef<'_> {
    Function::from_name(stack, "Again", "again").as_function()
}

#[test]
fn import_in_known_environment_gets_permission() {
    for (environment, permissions) in [
        (Environment::new("111122223333", "eu-west-1"), 1),
        (Environment::new("111122223333", "us-east-1"), 0),
        (Environment::new("444455556666", "eu-west-1"), 0),
        (Environment::region("eu-west-1"), 0),
    ] {
        let app = App::new();
        let stack = StackProps::new()
            .environment(environment)
            .build(&app, "Stack");
        rule(stack, maybe_elsewhere(stack));
        let synthesis = app.synth();
        let reported = synthesis
            .findings()
            .iter()
            .filter(|one| one.code == infra_lib::codes::IMPORTED_FUNCTION_POLICY);
        assert_eq!(reported.count(), 1 - permissions);
        Template::of(&synthesis, "Stack").resource_count(PERMISSION, permissions);
    }
}

#[test]
fn reports_each_service_that_invokes_an_import_elsewhere() {
    insta::assert_snapshot!(findings_of(|stack| {
        let function = maybe_elsewhere(stack);
        rule(stack, function);
        function.grant_invoke(&Principal::account("444455556666"));
        let logs = LogGroup::builder().build(stack, "Logs");
        SubscriptionFilter::builder()
            .log_group(logs)
            .destination(LogDestination::of(&function))
            .build(stack, "Filter");
        Url::builder()
            .function(function)
            .auth(UrlAuth::Public)
            .build(stack, "Url");
        let errors = function.metric("Errors", Statistic::Sum);
        Alarm::builder()
            .metric(errors)
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .action(&function)
            .build(stack, "Alarm");
    }));
}

#[test]
fn bucket_notifies_version_and_import_after_their_permissions() {
    let template = Template::of_stack(|stack| {
        let version = function(stack, "Function").current_version();
        let uploads = Bucket::builder().build(stack, "Uploads");
        let images = Notification::on(BucketEvent::Created);
        uploads.notify(&version, &images.clone().prefix("a/"));
        uploads.notify(&here(stack), &images.prefix("b/"));
    });
    let bucket = template.only("AWS::S3::Bucket");
    let permissions = template.resources(PERMISSION);
    assert_eq!(permissions.len(), 2);
    let waits_for = bucket["DependsOn"].as_array().unwrap();
    for (id, _) in permissions {
        assert!(waits_for.contains(&json!(id)), "{waits_for:?}");
    }
}

#[test]
fn logs_and_url_of_import_have_permissions() {
    let template = Template::of_stack(|stack| {
        let function = here(stack);
        let logs = LogGroup::builder().build(stack, "Logs");
        SubscriptionFilter::builder()
            .log_group(logs)
            .destination(LogDestination::of(&function))
            .build(stack, "Filter");
        Url::builder()
            .function(function)
            .auth(UrlAuth::Public)
            .build(stack, "Url");
    });
    template.has_properties(PERMISSION, json!({ "Principal": "logs.amazonaws.com" }));
    template.has_properties(PERMISSION, json!({ "InvokedViaFunctionUrl": true }));
    let arn = template.only("AWS::Lambda::Url")["Properties"]["TargetFunctionArn"].clone();
    assert!(arn.to_string().contains(":function:notify"), "{arn}");
}

#[test]
fn roles_of_the_app_invoke_import_without_permission() {
    let template = Template::of_stack(|stack| {
        let function = maybe_elsewhere(stack);
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Role");
        function.grant_invoke(&role);
        Schedule::of(ScheduleExpression::rate(Duration::hours(1)), function)
            .build(stack, "Schedule");
        let lake = Bucket::builder().build(stack, "Lake");
        DeliveryStream::builder()
            .bucket(lake)
            .processor(LambdaProcessor::from(&function))
            .build(stack, "Clicks");
        function_with_destination(stack, function);
    });
    template.resource_count(PERMISSION, 0);
    let roles = template.find_resources(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": "lambda:InvokeFunction", "Resource": [ARN, format!("{ARN}:*")],
        }])) } }] }),
    );
    assert_eq!(roles.len(), 4);
}

fn function_with_destination<'app>(stack: Stack<'app>, destination: ImportedFunction<'app>) {
    let settings = AsyncInvoke::new().on_failure(&destination);
    function(stack, "Function").configure_async_invoke(settings);
}

#[test]
fn schedule_invokes_alias_and_version() {
    let template = Template::of_stack(|stack| {
        let live = alias(stack);
        let version = live.function().current_version();
        let hourly = || ScheduleExpression::rate(Duration::hours(1));
        Schedule::of(hourly(), live).build(stack, "A");
        Schedule::of(hourly(), version).build(stack, "B");
    });
    for kind in ["AWS::Lambda::Alias", "AWS::Lambda::Version"] {
        let (id, _) = template.resources(kind)[0];
        template.has_properties(
            "AWS::Scheduler::Schedule",
            json!({ "Target": { "Arn": { "Ref": id } } }),
        );
    }
}

#[test]
fn deployment_invokes_imported_hook_and_reports_its_role() {
    insta::assert_snapshot!(findings_of(|stack| {
        LambdaDeploymentGroup::builder()
            .alias(alias(stack))
            .pre_hook(here(stack))
            .build(stack, "Group");
    }));
}
