//! Builds one of each construct of the base services in one template, which external checkers read.

use infra_lib::assertions::Template;
use infra_lib::cloudwatch::{
    Alarm, AlarmRule, Comparison, CompositeAlarm, Dashboard, MathExpression, Metric, Period,
    Statistic, TreatMissingData, Widget,
};
use infra_lib::ecr::Repository;
use infra_lib::github::{DeliveryRoles, OidcProvider};
use infra_lib::iam::{ManagedPolicy, Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::secretsmanager::{Characters, Secret};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Stack, policy, sub};

/// Returns the findings of synthesis for a stack that `build` fills, as text without places.
pub(crate) fn findings_of(build: impl FnOnce(Stack<'_>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let shown: Vec<String> = app
        .synth()
        .findings()
        .iter()
        .map(infra_lib::core::render)
        .collect();
    let lines: Vec<&str> = shown.iter().flat_map(|text| text.lines()).collect();
    let without_places = lines
        .into_iter()
        .filter(|line| !line.trim_start().starts_with("-->"));
    without_places.collect::<Vec<_>>().join("\n")
}

fn everything(stack: Stack<'_>) {
    let boundary = ManagedPolicy::builder()
        .description("What any role of the app may do at most")
        .statement(Statement::allow().action("logs:*").resource("*"))
        .build(stack, "Boundary");
    let role = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com").for_this_account())
        .permissions_boundary(boundary.arn())
        .managed_policy(ManagedPolicy::aws("CloudWatchReadOnlyAccess"))
        .build(stack, "TaskRole");
    let key = Key::builder()
        .alias("alias/base")
        .description("alarms and logs")
        .build(stack, "Key");
    let secret = Secret::builder()
        .field("username", "notes")
        .characters(Characters::AllExcept("\"@/\\".to_owned()))
        .encryption_key(key)
        .build(stack, "Smtp");
    secret.grant_read(&role);
    Secret::builder()
        .length(64)
        .build(stack, "SigningKey")
        .grant_read(&role);
    let logs = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .encryption_key(key)
        .build(stack, "Logs");
    logs.grant_write(&role);
    let images = Repository::builder().build(stack, "Images");
    images.grant_pull_push(&role);
    DeliveryRoles::builder()
        .provider(&OidcProvider::new(stack, "GitHub"))
        .repository("octo/notes")
        .deploy_environment("production")
        .stack_prefix("notes-")
        .permissions_boundary(boundary.arn())
        .publishes_to(&images)
        .build(stack, "Delivery");
    StringParameter::builder()
        .value(sub!["logs are in ", logs.name()])
        .description("where to look")
        .build(stack, "Hint")
        .grant_read(&role);
    let topic = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .display_name("Notes")
        .build(stack, "Alarms");
    topic.subscribe_email("ops@example.com");
    Topic::builder().build(stack, "News").grant_publish(&role);

    let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count")
        .dimension("LoadBalancer", "app/notes/50dc6c495c0c9188")
        .statistic(Statistic::Sum);
    let requests = Metric::new("AWS/ApplicationELB", "RequestCount")
        .dimension("LoadBalancer", "app/notes/50dc6c495c0c9188")
        .statistic(Statistic::Sum);
    let latency = Metric::new("AWS/ApplicationELB", "TargetResponseTime")
        .dimension("LoadBalancer", "app/notes/50dc6c495c0c9188")
        .statistic(Statistic::P95)
        .period(Period::ONE_MINUTE);
    let rate = MathExpression::new("100 * errors / MAX([requests, 1])")
        .using("errors", errors.clone())
        .using("requests", requests.clone())
        .label("5xx in percent");
    let failing = Alarm::builder()
        .metric(rate.clone())
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(1)
        .evaluation_periods(3)
        .datapoints_to_alarm(2)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .description("More than one request in a hundred fails")
        .action(&topic)
        .ok_action(&topic)
        .build(stack, "Failing");
    let slow = Alarm::builder()
        .metric(latency.clone())
        .comparison(Comparison::GreaterThanOrEqualToThreshold)
        .threshold(0.5)
        .evaluation_periods(5)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "Slow");
    let unwell = CompositeAlarm::builder()
        .rule(AlarmRule::any_of([
            AlarmRule::alarm(&failing),
            AlarmRule::alarm(&slow),
        ]))
        .action(&topic)
        .build(stack, "Unwell");
    Dashboard::builder()
        .row([Widget::text("# Notes\nWhat \"users\" see")])
        .row([
            Widget::alarm_status("Alarms", [&failing, &slow]),
            Widget::alarm_status("All", [&unwell]),
        ])
        .row([
            Widget::graph("Errors")
                .left(rate)
                .right(requests.clone())
                .line("alarm", 1),
            Widget::graph("Latency").left(latency),
            Widget::single_value("Requests", [requests]).width(6),
        ])
        .build(stack, "Dashboard");
}

#[test]
fn renders_template_with_one_of_each_construct() {
    let template = Template::of_stack(everything);
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).expect("JSON"));
}

#[test]
fn reports_no_policy_findings_for_defaults() {
    let app = App::new();
    app.add_policy(policy::recommended());
    everything(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:#?}",
        synthesis.findings()
    );
}
