//! Tests of the constructs in `infra_lib::scheduler`.

use infra_lib::Duration;
use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::events::EventBus;
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::lambda::Function;
use infra_lib::scheduler::{
    FlexibleTimeWindow, Schedule, ScheduleExpression, ScheduleGroup, ScheduleState, ScheduleTarget,
    Target,
};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::Queue;
use serde_json::json;

use crate::base::findings_of;

fn hourly() -> ScheduleExpression {
    ScheduleExpression::rate(Duration::hours(1))
}

fn findings_of_expression(expression: ScheduleExpression) -> String {
    findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        Schedule::of(expression, topic).build(stack, "Schedule");
    })
}

#[test]
fn permits_imported_targets_with_role() {
    const ARN: &str = "arn:aws:SERVICE:eu-west-1:111122223333:";
    let arn = |service: &str, name: &str| format!("{}{name}", ARN.replace("SERVICE", service));
    let jobs = arn("lambda", "function:jobs");
    let cases = [
        (
            "lambda:InvokeFunction",
            vec![jobs.clone(), format!("{jobs}:*")],
        ),
        ("sns:Publish", vec![arn("sns", "jobs")]),
        ("sqs:SendMessage", vec![arn("sqs", "jobs")]),
    ];
    let template = Template::of_stack(|stack| {
        let function = Function::from_arn(stack, "Existing", &*jobs);
        Schedule::of(hourly(), function).build(stack, "Function");
        let topic = Topic::from_arn(arn("sns", "jobs"));
        Schedule::of(hourly(), topic).build(stack, "Topic");
        let queue = Queue::from_arn(arn("sqs", "jobs"));
        Schedule::of(hourly(), queue).build(stack, "Queue");
    });
    for (action, resources) in cases {
        let policy = template
            .find_resources("AWS::IAM::Role", json!({}))
            .into_iter();
        let text: Vec<String> = policy
            .map(|(_, role)| role["Properties"]["Policies"].to_string())
            .filter(|text| text.contains(action))
            .collect();
        assert_eq!(text.len(), 1, "{action}");
        for resource in resources {
            assert!(text[0].contains(&resource), "{text:?}");
        }
    }
}

#[test]
fn confines_role_to_default_group_and_target() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        Schedule::of(hourly(), topic).build(stack, "Schedule");
    });
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({
            "ScheduleExpression": "rate(1 hour)",
            "ScheduleExpressionTimezone": Match::absent(),
            "FlexibleTimeWindow": { "Mode": "OFF" },
            "State": "ENABLED",
            "Name": Match::absent(),
            "GroupName": Match::absent(),
            "Target": {
                "Arn": { "Ref": Match::any() },
                "RoleArn": { "Fn::GetAtt": Match::any() },
                "RetryPolicy": Match::absent(),
            },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{
                "Principal": { "Service": "scheduler.amazonaws.com" },
                "Condition": {
                    "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
                    "ArnEquals": { "aws:SourceArn": { "Fn::Sub": Match::any() } },
                },
            }] },
            "Policies": [{ "PolicyDocument": { "Statement": [
                { "Action": "sns:Publish", "Resource": { "Ref": Match::any() } },
            ] } }],
        }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains(":schedule-group/default"), "{role}");
}

#[test]
fn confines_role_to_own_group() {
    let template = Template::of_stack(|stack| {
        let group = ScheduleGroup::builder().build(stack, "Group");
        let key = Key::builder().build(stack, "Key");
        let topic = Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic");
        let schedule = Schedule::of(hourly(), topic)
            .group(group)
            .build(stack, "Schedule");
        assert!(schedule.role().is_some());
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{ "Condition": {
                "ArnEquals": { "aws:SourceArn": { "Fn::GetAtt": [Match::any(), "Arn"] } },
            } }] },
            "Policies": [{ "PolicyDocument": { "Statement": [
                { "Action": "sns:Publish" }, { "Action": ["kms:Decrypt", "kms:GenerateDataKey*"] },
            ] } }],
        }),
    );
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({ "GroupName": { "Ref": Match::any() } }),
    );
    template.has_resource(
        "AWS::Scheduler::ScheduleGroup",
        json!({ "DeletionPolicy": "Retain" }),
    );
}

#[test]
fn writes_every_option_of_schedule() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let topic = Topic::builder().build(stack, "Topic");
        let target = topic
            .schedule_target()
            .input("{\"report\":\"daily\"}")
            .retry_attempts(2)
            .max_event_age(Duration::minutes(30))
            .dead_letter_queue_arn("arn:aws:sqs:eu-west-1:111122223333:failed");
        Schedule::of(
            ScheduleExpression::cron("0 7 ? * MON-FRI *").time_zone("Europe/Berlin"),
            target,
        )
        .group(ScheduleGroup::from_name("reports"))
        .schedule_name("daily")
        .description("daily report")
        .flexible_time_window(FlexibleTimeWindow::UpTo(Duration::seconds(601)))
        .start_date("2030-01-01T00:00:00Z".to_owned())
        .end_date("2031-01-01T00:00:00Z".to_owned())
        .encryption_key(key)
        .state(ScheduleState::Disabled)
        .build(stack, "Schedule");
    });
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({
            "Name": "daily",
            "Description": "daily report",
            "GroupName": "reports",
            "ScheduleExpression": "cron(0 7 ? * MON-FRI *)",
            "ScheduleExpressionTimezone": "Europe/Berlin",
            "FlexibleTimeWindow": { "Mode": "FLEXIBLE", "MaximumWindowInMinutes": 11 },
            "StartDate": "2030-01-01T00:00:00Z",
            "EndDate": "2031-01-01T00:00:00Z",
            "KmsKeyArn": { "Fn::GetAtt": Match::any() },
            "State": "DISABLED",
            "Target": {
                "Input": "{\"report\":\"daily\"}",
                "RetryPolicy": { "MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 1800 },
                "DeadLetterConfig": { "Arn": "arn:aws:sqs:eu-west-1:111122223333:failed" },
            },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "sns:Publish" },
            { "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:failed" },
            { "Action": "kms:Decrypt" },
        ] } }] }),
    );
}

#[test]
fn publishes_event_to_bus_with_its_permission_only() {
    let template = Template::of_stack(|stack| {
        let bus = EventBus::builder().build(stack, "Bus");
        Schedule::of(
            ScheduleExpression::at("2030-01-01T00:00:00").time_zone("Asia/Tokyo"),
            Target::event(&bus, "shop.calendar", "Year Began"),
        )
        .build(stack, "Schedule");
    });
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({
            "ScheduleExpression": "at(2030-01-01T00:00:00)",
            "Target": {
                "Input": "{}",
                "EventBridgeParameters": { "Source": "shop.calendar", "DetailType": "Year Began" },
            },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "events:PutEvents", "Resource": { "Fn::GetAtt": Match::any() } },
        ] } }] }),
    );
}

#[test]
fn uses_existing_role_without_another() {
    let template = Template::of_stack(|stack| {
        let queue = "arn:aws:sqs:eu-west-1:111122223333:jobs";
        let target = Target::new(queue)
            .role_arn("arn:aws:iam::111122223333:role/scheduler")
            .statement(Statement::allow().action("sqs:SendMessage").resource(queue));
        let schedule = Schedule::of(hourly(), target).build(stack, "Schedule");
        assert!(schedule.role().is_none());
    });
    template.resource_count("AWS::IAM::Role", 0);
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({ "Target": { "RoleArn": "arn:aws:iam::111122223333:role/scheduler" } }),
    );
}

#[test]
fn grants_schedules_of_group_only() {
    let template = Template::of_stack(|stack| {
        let group = ScheduleGroup::builder()
            .schedule_group_name("reminders")
            .build(stack, "Group");
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        group.grant_read_schedules(&role);
        group.grant_write_schedules(&role);
        group.grant_delete_schedules(&role);
        Alarm::builder()
            .metric(group.metric_invocations_dropped())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Dropped");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": [
            "scheduler:GetSchedule", "scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule",
        ] }] } }] }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains(":schedule/"), "{role}");
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/Scheduler",
            "MetricName": "InvocationDroppedCount",
            "Dimensions": [{ "Name": "ScheduleGroup", "Value": { "Ref": Match::any() } }],
        }),
    );
}

#[test]
fn rejects_expressions_that_scheduler_rejects() {
    for (expression, code, problem) in [
        (
            ScheduleExpression::rate(Duration::seconds(90)),
            "INF4863",
            "not a positive number of whole minutes",
        ),
        (
            ScheduleExpression::cron("0 7 * * *"),
            "INF4863",
            "a cron expression has 6 fields",
        ),
        (
            ScheduleExpression::at("2030-02-30T00:00:00"),
            "INF4863",
            "`2030-02-30T00:00:00` is not a time",
        ),
        (
            hourly().time_zone("+02:00"),
            "INF4871",
            "`+02:00` is not the name of a time zone",
        ),
    ] {
        let found = findings_of_expression(expression);
        assert!(found.contains(&format!("[{code}]")), "{found}");
        assert!(found.contains(problem), "{found}");
        assert_eq!(found.matches("[INF").count(), 1, "{found}");
    }
    assert_eq!(findings_of_expression(hourly()), "");
}

#[test]
fn rejects_schedule_that_ends_before_it_starts() {
    let found = findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        Schedule::of(hourly(), topic)
            .start_date("2030-03-01T00:00:00Z".to_owned())
            .end_date("2030-01-01T00:00:00Z".to_owned())
            .build(stack, "Schedule");
    });
    assert!(found.contains("[INF4872]"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}
