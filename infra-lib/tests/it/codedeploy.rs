//! Tests of the constructs in `infra_lib::codedeploy`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
use infra_lib::codedeploy::{LambdaApplication, LambdaDeploymentGroup, Traffic};
use infra_lib::lambda::{Alias, Code, Function, Runtime};
use infra_lib::{App, Duration, Stack};
use serde_json::json;

const GROUP: &str = "AWS::CodeDeploy::DeploymentGroup";
const ALIAS: &str = "AWS::Lambda::Alias";

fn function<'app>(stack: Stack<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .code(Code::inline("exports.handler = async () => {};"))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, id)
}

fn alias(stack: Stack<'_>) -> Alias<'_> {
    Alias::builder()
        .alias_name("live")
        .version(function(stack, "Function").current_version())
        .build(stack, "Live")
}

#[test]
fn moves_requests_in_canary_steps_by_default() {
    let template = Template::of_stack(|stack| {
        LambdaDeploymentGroup::builder()
            .alias(alias(stack))
            .build(stack, "Group");
    });
    template.has_resource(
        "AWS::CodeDeploy::Application",
        json!({ "Properties": { "ComputePlatform": "Lambda" } }),
    );
    template.has_resource(
        GROUP,
        json!({ "Properties": {
            "DeploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent5Minutes",
            "DeploymentStyle": {
                "DeploymentOption": "WITH_TRAFFIC_CONTROL",
                "DeploymentType": "BLUE_GREEN",
            },
            "AutoRollbackConfiguration": { "Enabled": true, "Events": ["DEPLOYMENT_FAILURE"] },
            "AlarmConfiguration": Match::absent(),
        } }),
    );
    template.has_resource(
        ALIAS,
        json!({ "UpdatePolicy": { "CodeDeployLambdaAliasUpdate": {
            "ApplicationName": { "Ref": Match::any() },
            "DeploymentGroupName": { "Ref": Match::any() },
            "BeforeAllowTrafficHook": Match::absent(),
        } } }),
    );
    template.has_resource(
        "AWS::IAM::Role",
        json!({ "Properties": { "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": [
                "lambda:GetAlias",
                "lambda:GetProvisionedConcurrencyConfig",
                "lambda:UpdateAlias",
            ],
            "Effect": "Allow",
        }] } }] } }),
    );
}

#[test]
fn watches_alarms_and_permits_hooks() {
    let template = Template::of_stack(|stack| {
        let alias = alias(stack);
        let alarm = Alarm::builder()
            .metric(alias.function().metric("Errors", Statistic::Sum))
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Errors");
        let shared = LambdaApplication::builder()
            .application_name("orders")
            .build(stack, "Application");
        LambdaDeploymentGroup::builder()
            .alias(alias)
            .application(shared)
            .deployment_group_name("live")
            .traffic(Traffic::all_at_once())
            .alarm(alarm)
            .pre_hook(function(stack, "Before"))
            .post_hook(function(stack, "After"))
            .build(stack, "Group");
    });
    template.resource_count("AWS::CodeDeploy::Application", 1);
    template.has_resource(
        GROUP,
        json!({ "Properties": {
            "DeploymentGroupName": "live",
            "DeploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce",
            "AlarmConfiguration": { "Enabled": true, "Alarms": [{ "Name": Match::any() }] },
            "AutoRollbackConfiguration": {
                "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
            },
        } }),
    );
    template.has_resource(
        ALIAS,
        json!({ "UpdatePolicy": { "CodeDeployLambdaAliasUpdate": {
            "BeforeAllowTrafficHook": { "Ref": Match::any() },
            "AfterAllowTrafficHook": { "Ref": Match::any() },
        } } }),
    );
    let statements = |actions: serde_json::Value| {
        json!({ "Properties": { "Policies": [{ "PolicyDocument": {
            "Statement": Match::list_with(actions),
        } }] } })
    };
    template.has_resource(
        "AWS::IAM::Role",
        statements(json!([{ "Action": "codedeploy:PutLifecycleEventHookExecutionStatus" }])),
    );
    template.has_resource(
        "AWS::IAM::Role",
        statements(json!([
            { "Action": "cloudwatch:DescribeAlarms", "Resource": "*" },
            { "Action": "lambda:InvokeFunction" },
        ])),
    );
}

#[test]
fn creates_configuration_for_other_steps() {
    let with = |traffic: Traffic| {
        Template::of_stack(move |stack| {
            LambdaDeploymentGroup::builder()
                .alias(alias(stack))
                .traffic(traffic)
                .build(stack, "Group");
        })
    };
    let config = "AWS::CodeDeploy::DeploymentConfig";
    with(Traffic::canary(20, Duration::minutes(7))).has_resource(
        config,
        json!({ "Properties": {
            "ComputePlatform": "Lambda",
            "TrafficRoutingConfig": {
                "Type": "TimeBasedCanary",
                "TimeBasedCanary": { "CanaryInterval": 7, "CanaryPercentage": 20 },
            },
        } }),
    );
    with(Traffic::linear(25, Duration::minutes(2))).has_resource(
        config,
        json!({ "Properties": { "TrafficRoutingConfig": {
            "Type": "TimeBasedLinear",
            "TimeBasedLinear": { "LinearInterval": 2, "LinearPercentage": 25 },
        } } }),
    );
    with(Traffic::linear(10, Duration::minutes(1))).resource_count(config, 0);
}

#[test]
fn rejects_steps_out_of_range() {
    let found = |traffic: Traffic| {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        LambdaDeploymentGroup::builder()
            .alias(alias(stack))
            .traffic(traffic)
            .build(stack, "Group");
        let synthesis = app.synth();
        let codes = synthesis.findings().iter();
        codes
            .map(|one| one.code.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(found(Traffic::canary(99, Duration::minutes(1))).is_empty());
    assert_eq!(found(Traffic::canary(0, Duration::minutes(5))), ["INF4916"]);
    assert_eq!(
        found(Traffic::linear(100, Duration::minutes(5))),
        ["INF4916"]
    );
    assert_eq!(
        found(Traffic::linear(10, Duration::seconds(90))),
        ["INF4916"]
    );
}

#[test]
fn adds_group_to_imported_application() {
    let template = Template::of_stack(|stack| {
        let orders = LambdaApplication::from_name(stack, "Orders", "orders");
        let group = LambdaDeploymentGroup::builder()
            .alias(alias(stack))
            .application(orders)
            .build(stack, "Group");
        let application = group.application();
        assert_eq!(application.application_name().as_literal(), Some("orders"));
    });
    template.resource_count("AWS::CodeDeploy::Application", 0);
    let group = template.only(GROUP)["Properties"].clone();
    assert_eq!(group["ApplicationName"], "orders");
    let update = template.only(ALIAS)["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"].clone();
    assert_eq!(update["ApplicationName"], "orders");
}

#[test]
fn reports_application_that_is_imported_by_its_arn() {
    insta::assert_snapshot!(crate::base::findings_of(|stack| {
        let arn = "arn:aws:codedeploy:eu-west-1:111122223333:application:orders";
        LambdaApplication::from_name(stack, "Orders", arn);
        function(stack, "Function");
    }));
}
