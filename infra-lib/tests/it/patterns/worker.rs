//! Tests of workers.

use infra_lib::assertions::{Match, Reachability, Template, internet};
use infra_lib::ecs::{
    Capacity, CircuitBreaker, Cluster, ContainerDefinition, ContainerInsights, CpuArchitecture,
    ExecuteCommand, RootFileSystem,
};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::patterns::{TaskCount, Worker};
use infra_lib::prelude::*;
use infra_lib::s3::Bucket;
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::task_size;
use serde_json::json;

use super::{findings, image, operators, pretty, resources, vpc};

fn container() -> ContainerDefinition {
    ContainerDefinition::new("mail", image())
}

fn worker(stack: Stack<'_>) -> Worker<'_> {
    Worker::builder()
        .vpc(vpc(stack))
        .container(container())
        .build(stack, "Worker")
}

#[test]
fn creates_queues_and_service_that_scales_by_backlog() {
    let template = Template::of_stack(|stack| {
        let worker = worker(stack);
        assert!(worker.queue().is_some() && worker.dead_letter_queue().is_some());
        assert!(worker.scaling().is_some() && worker.alarms().is_empty());
        assert_eq!(worker.cluster().arn(), worker.service().cluster().arn());
    });
    insta::assert_snapshot!(resources(template.json()));
    insta::assert_snapshot!(pretty(
        template.only("AWS::ApplicationAutoScaling::ScalingPolicy")
    ));
    template.has_properties(
        "AWS::SQS::Queue",
        json!({
            "VisibilityTimeout": 300,
            "RedrivePolicy": {
                "deadLetterTargetArn": { "Fn::GetAtt": ["WorkerEcsProcessingDeadLetterQueue15867D81", "Arn"] },
                "maxReceiveCount": 3,
            },
        }),
    );
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 1_209_600 }),
    );
    template.has_properties(
        "AWS::ECS::TaskDefinition",
        json!({ "ContainerDefinitions": [{ "Environment": [
            { "Name": "QUEUE_NAME", "Value": { "Fn::GetAtt": ["WorkerEcsProcessingQueue96AA4E1D", "QueueName"] } },
            { "Name": "QUEUE_URL", "Value": { "Ref": "WorkerEcsProcessingQueue96AA4E1D" } },
        ] }] }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "MinCapacity": 1, "MaxCapacity": 10 }),
    );
}

#[test]
fn uses_same_logical_ids_as_cdk() {
    let template = Template::of_stack(|stack| {
        worker(stack);
    });
    for id in [
        "EcsDefaultClusterMnL3mNNYNVpc18E0451A",
        "WorkerEcsProcessingDeadLetterQueue15867D81",
        "WorkerEcsProcessingQueue96AA4E1D",
        "WorkerQueueProcessingFargateServiceC55E51B1",
        "WorkerQueueProcessingFargateServiceSecurityGroupF7A39A5F",
        "WorkerQueueProcessingFargateServiceTaskCountTarget32F233C6",
        "WorkerQueueProcessingTaskDef48FA8152",
        "WorkerQueueProcessingTaskDefExecutionRole0582E03C",
        "WorkerQueueProcessingTaskDefTaskRoleCFC5BD1B",
    ] {
        assert!(
            template.json()["Resources"].get(id).is_some(),
            "{id} is missing"
        );
    }
}

#[test]
fn allows_tasks_to_consume_and_nobody_to_reach_them() {
    let app = App::new();
    let stack = Stack::new(&app, "Mail");
    let worker = worker(stack);
    let templates = Bucket::builder().build(stack, "Templates");
    templates.grant_read(&worker);
    let reachability = Reachability::of(&app.synth());
    for action in ["sqs:ReceiveMessage", "sqs:DeleteMessage"] {
        reachability.assert_allowed(
            "Mail/Worker/QueueProcessingFargateService",
            action,
            "Mail/Worker/EcsProcessingQueue",
        );
    }
    reachability.assert_reachable(
        "Mail/Worker/QueueProcessingFargateService",
        "Mail/Templates",
    );
    reachability.assert_unreachable(internet(), "Mail/Worker/QueueProcessingFargateService");
}

#[test]
fn takes_own_queue_with_key_and_imported_queue() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let key = Key::builder().build(stack, "QueueKey");
        let jobs = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Jobs");
        let own = Worker::builder()
            .vpc(vpc)
            .container(container())
            .queue(jobs)
            .build(stack, "Own");
        assert!(own.queue().is_none() && own.dead_letter_queue().is_none());
        Worker::builder()
            .vpc(vpc)
            .container(container())
            .queue(Queue::from_arn("arn:aws:sqs:eu-west-1:111122223333:other"))
            .build(stack, "Other");
    });
    template.only("AWS::SQS::Queue");
    let roles: Vec<String> = template
        .find_resources("AWS::IAM::Role", json!({}))
        .into_iter()
        .filter(|(id, _)| id.contains("TaskRole"))
        .map(|(_, role)| role["Properties"]["Policies"].to_string())
        .collect();
    assert_eq!(roles.len(), 2);
    assert!(
        roles
            .iter()
            .all(|policy| policy.contains("sqs:ReceiveMessage")),
        "{roles:?}"
    );
    assert_eq!(
        roles
            .iter()
            .filter(|policy| policy.contains("kms:Decrypt"))
            .count(),
        1
    );
    template.has_properties(
        "AWS::ECS::TaskDefinition",
        json!({ "ContainerDefinitions": [{ "Environment": Match::list_with(json!([
            { "Name": "QUEUE_NAME", "Value": "other" },
        ])) }] }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        json!({ "TargetTrackingScalingPolicyConfiguration": { "CustomizedMetricSpecification": {
            "Metrics": Match::list_with(json!([{ "MetricStat": { "Metric": {
                "MetricName": "ApproximateNumberOfMessagesVisible",
                "Dimensions": [{ "Name": "QueueName", "Value": "other" }],
            } } }])),
        } } }),
    );
}

#[test]
fn watches_dead_letters_and_age() {
    let template = Template::of_stack(|stack| {
        let worker = Worker::builder()
            .vpc(vpc(stack))
            .container(container())
            .max_message_age(Duration::minutes(5))
            .alarm_action(&operators(stack))
            .build(stack, "Worker");
        assert_eq!(worker.alarms().len(), 2);
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "MetricName": "ApproximateNumberOfMessagesVisible", "Statistic": "Maximum", "Threshold": 0, "Period": 60,
            "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold",
            "Dimensions": [{ "Name": "QueueName", "Value": { "Fn::GetAtt": ["WorkerEcsProcessingDeadLetterQueue15867D81", "QueueName"] } }],
        }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "MetricName": "ApproximateAgeOfOldestMessage", "Threshold": 300, "EvaluationPeriods": 3,
            "Dimensions": [{ "Name": "QueueName", "Value": { "Fn::GetAtt": ["WorkerEcsProcessingQueue96AA4E1D", "QueueName"] } }],
        }),
    );
}

#[test]
fn passes_every_option_on() {
    let template = Template::of_stack(|stack| {
        let group = LogGroup::builder().build(stack, "Logs");
        Worker::builder()
            .vpc(vpc(stack))
            .container(container().root_file_system(RootFileSystem::Writable))
            .sidecar(
                ContainerDefinition::new("agent", image())
                    .root_file_system(RootFileSystem::Writable),
            )
            .size(task_size!(512 cpu, 1024 MiB))
            .cpu_architecture(CpuArchitecture::X86_64)
            .tasks(TaskCount::Scaled { min: 2, max: 5 })
            .backlog_per_task(7)
            .capacity(Capacity::FargateSpot)
            .circuit_breaker(CircuitBreaker::Off)
            .execute_command(ExecuteCommand::Enabled)
            .cluster(Cluster::builder().build(stack, "Own"))
            .log_group(group)
            .build(stack, "Worker");
    });
    template.only("AWS::ECS::Cluster");
    template.has_properties(
        "AWS::ECS::TaskDefinition",
        json!({
            "Cpu": "512", "RuntimePlatform": { "CpuArchitecture": "X86_64" },
            "ContainerDefinitions": [{ "Name": "mail" }, { "Name": "agent" }],
        }),
    );
    template.has_properties(
        "AWS::ECS::Service",
        json!({
            "EnableExecuteCommand": true,
            "CapacityProviderStrategy": [{ "CapacityProvider": "FARGATE_SPOT" }],
            "DeploymentConfiguration": { "DeploymentCircuitBreaker": { "Enable": false } },
        }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "MinCapacity": 2, "MaxCapacity": 5 }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        json!({ "TargetTrackingScalingPolicyConfiguration": { "TargetValue": 7 } }),
    );
}

#[test]
fn keeps_fixed_number_of_tasks_without_container_insights() {
    let template = Template::of_stack(|stack| {
        let cluster = Cluster::builder()
            .container_insights(ContainerInsights::Disabled)
            .build(stack, "Cluster");
        let worker = Worker::builder()
            .vpc(vpc(stack))
            .container(container())
            .tasks(TaskCount::Fixed(2))
            .cluster(cluster)
            .build(stack, "Worker");
        assert!(worker.scaling().is_none());
    });
    template.has_properties("AWS::ECS::Service", json!({ "DesiredCount": 2 }));
}

#[test]
fn reports_cluster_without_number_of_running_tasks() {
    insta::assert_snapshot!(findings(|stack| {
        let cluster = Cluster::builder()
            .container_insights(ContainerInsights::Disabled)
            .build(stack, "Cluster");
        Worker::builder()
            .vpc(vpc(stack))
            .container(container())
            .cluster(cluster)
            .build(stack, "Worker");
    }));
}

#[test]
fn reports_unreachable_backlog() {
    insta::assert_snapshot!(findings(|stack| {
        Worker::builder()
            .vpc(vpc(stack))
            .container(container())
            .backlog_per_task(0)
            .build(stack, "Worker");
    }));
}
