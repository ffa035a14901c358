//! Tests of scheduled jobs.

use infra_lib::assertions::{Match, Template};
use infra_lib::ecs::{Cluster, ContainerDefinition, CpuArchitecture};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::patterns::{ContainerJob, ScheduledJob};
use infra_lib::prelude::*;
use infra_lib::s3::Bucket;
use infra_lib::scheduler::{ScheduleExpression, ScheduleState, ScheduleTarget};
use infra_lib::task_size;
use serde_json::json;

use super::{has_own_log_group, image, operators, resources, vpc};

fn nightly() -> ScheduleExpression {
    ScheduleExpression::cron("0 3 * * ? *").time_zone("Europe/Berlin")
}

fn container() -> ContainerDefinition {
    ContainerDefinition::new("report", image())
}

fn function(stack: Stack<'_>) -> Function<'_> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {};"))
        .build(stack, "Function")
}

#[test]
fn starts_container_and_keeps_failures() {
    let template = Template::of_stack(|stack| {
        let job = ScheduledJob::builder()
            .schedule(nightly())
            .job(ContainerJob::new(vpc(stack), container()))
            .build(stack, "Job");
        assert!(job.cluster().is_some() && job.security_group().is_some());
        assert!(job.alarm().is_none());
        let files = Bucket::builder().build(stack, "Files");
        files.grant_read_write(&job.task_definition().unwrap());
    });
    insta::assert_snapshot!(resources(template.json()));
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({
            "ScheduleExpression": "cron(0 3 * * ? *)",
            "ScheduleExpressionTimezone": "Europe/Berlin",
            "State": "ENABLED",
            "Target": {
                "Arn": { "Fn::GetAtt": ["EcsDefaultClusterMnL3mNNYNVpc18E0451A", "Arn"] },
                "DeadLetterConfig": { "Arn": { "Fn::GetAtt": [Match::string_like("JobDeadLetterQueue*"), "Arn"] } },
                "RetryPolicy": { "MaximumEventAgeInSeconds": 3600 },
                "EcsParameters": {
                    "LaunchType": "FARGATE",
                    "TaskCount": 1,
                    "TaskDefinitionArn": { "Ref": "JobScheduledTaskDefC905AEC1" },
                    "NetworkConfiguration": { "AwsvpcConfiguration": {
                        "AssignPublicIp": "DISABLED",
                        "SecurityGroups": [{ "Fn::GetAtt": ["JobScheduledTaskDefSecurityGroup3A6F917B", "GroupId"] }],
                    } },
                },
            },
        }),
    );
    for detail in [
        json!({ "containers": { "exitCode": [{ "numeric": [">", 0] }] } }),
        json!({ "stopCode": ["TaskFailedToStart"] }),
    ] {
        template.has_properties(
            "AWS::Events::Rule",
            json!({
                "EventPattern": {
                    "source": ["aws.ecs"],
                    "detail-type": ["ECS Task State Change"],
                    "detail": { "lastStatus": ["STOPPED"], "taskDefinitionArn": [{ "Ref": "JobScheduledTaskDefC905AEC1" }] },
                },
                "Targets": [{ "Arn": { "Fn::GetAtt": [Match::string_like("JobDeadLetterQueue*"), "Arn"] } }],
            }),
        );
        template.has_properties(
            "AWS::Events::Rule",
            json!({ "EventPattern": { "detail": detail } }),
        );
    }
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 1_209_600 }),
    );
}

#[test]
fn uses_same_logical_ids_as_cdk() {
    let template = Template::of_stack(|stack| {
        ScheduledJob::builder()
            .schedule(nightly())
            .job(ContainerJob::new(vpc(stack), container()))
            .build(stack, "Job");
    });
    for id in [
        "EcsDefaultClusterMnL3mNNYNVpc18E0451A",
        "JobScheduledTaskDefC905AEC1",
        "JobScheduledTaskDefExecutionRoleFBBF9F92",
        "JobScheduledTaskDefSecurityGroup3A6F917B",
        "JobScheduledTaskDefTaskRoleD2B646E7",
    ] {
        assert!(
            template.json()["Resources"].get(id).is_some(),
            "{id} is missing"
        );
    }
}

#[test]
fn passes_every_option_of_container_on() {
    let template = Template::of_stack(|stack| {
        let group = LogGroup::builder().build(stack, "Logs");
        let own = Cluster::builder().build(stack, "Own");
        let job = ContainerJob::new(vpc(stack), container())
            .size(task_size!(512 cpu, 1024 MiB))
            .cpu_architecture(CpuArchitecture::X86_64)
            .cluster(&own)
            .log_group(&group)
            .start_within(Duration::minutes(10));
        ScheduledJob::builder()
            .schedule(nightly())
            .job(job)
            .state(ScheduleState::Disabled)
            .build(stack, "Job");
    });
    template.only("AWS::ECS::Cluster");
    assert!(!has_own_log_group(template.json()));
    template.has_properties(
        "AWS::ECS::TaskDefinition",
        json!({ "Cpu": "512", "Memory": "1024", "RuntimePlatform": { "CpuArchitecture": "X86_64" } }),
    );
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({ "State": "DISABLED", "Target": { "RetryPolicy": { "MaximumEventAgeInSeconds": 600 } } }),
    );
}

#[test]
fn invokes_function_with_its_settings_and_watches_queue() {
    let template = Template::of_stack(|stack| {
        let target = function(stack)
            .schedule_target()
            .retry_attempts(2)
            .input("{}");
        let job = ScheduledJob::builder()
            .schedule(nightly())
            .job(target)
            .alarm_action(&operators(stack))
            .build(stack, "Job");
        assert!(job.task_definition().is_none() && job.cluster().is_none());
        assert!(job.alarm().is_some());
        Output::new(
            stack,
            "Schedule",
            job.schedule().schedule_name().cast::<String>(),
        );
        Output::new(stack, "Failed", job.dead_letter_queue().queue_url());
    });
    template.resource_count("AWS::Events::Rule", 0);
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({ "Target": {
            "Arn": { "Fn::GetAtt": [Match::string_like("Function*"), "Arn"] },
            "Input": "{}",
            "RetryPolicy": { "MaximumRetryAttempts": 2 },
            "DeadLetterConfig": { "Arn": { "Fn::GetAtt": Match::any() } },
        } }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "ApproximateNumberOfMessagesVisible", "AlarmActions": [{ "Ref": Match::any() }] }),
    );
}
