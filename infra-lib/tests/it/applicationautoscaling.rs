//! Tests of scalable targets, their scaling policies and scheduled actions.

use infra_lib::applicationautoscaling::{
    PredefinedMetric, ScalableResource, ScalableTarget, ScaleIn, Schedule, TargetTracking,
};
use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{MathExpression, Metric, Statistic};
use infra_lib::core::render;
use infra_lib::ec2::Vpc;
use infra_lib::ecs::{
    Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition,
};
use infra_lib::prelude::*;
use infra_lib::{cidr, task_size};
use serde_json::json;

fn target(stack: Stack<'_>, min: u32, max: u32) -> ScalableTarget<'_> {
    ScalableTarget::builder()
        .resource(ScalableResource::ecs_service("notes", "api"))
        .min_capacity(min)
        .max_capacity(max)
        .build(stack, "Target")
}

fn service(stack: Stack<'_>) -> FargateService<'_> {
    let image = "public.ecr.aws/notes/api@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let task = FargateTaskDefinition::builder()
        .size(task_size!(256 cpu, 512 MiB))
        .container(
            ContainerDefinition::new("api", ContainerImage::from_registry_digest(image)).port(8080),
        )
        .build(stack, "TaskDefinition");
    FargateService::builder()
        .cluster(Cluster::builder().build(stack, "Cluster"))
        .task_definition(task)
        .subnets(
            Vpc::builder()
                .cidr(cidr!("10.0.0.0/16"))
                .build(stack, "Vpc")
                .private(),
        )
        .build(stack, "Service")
}

fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let ours = synthesis
        .findings()
        .iter()
        .filter(|found| found.code.as_str().starts_with("INF42"));
    let lines = ours.map(render).collect::<Vec<_>>().join("\n");
    lines
        .lines()
        .filter(|line| !line.contains("-->"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn renders_target_tracking_with_explicit_cooldowns() {
    let template = Template::of_stack(|stack| {
        let tracking = TargetTracking::new(PredefinedMetric::EcsServiceAverageCpu, 60)
            .scale_in(ScaleIn::Disabled);
        target(stack, 2, 10).track("Cpu", tracking);
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).unwrap());
}

#[test]
fn omits_desired_count_of_scaled_service() {
    let template = Template::of_stack(|stack| {
        service(stack)
            .auto_scale(2, 10)
            .on_cpu(60)
            .scale_in_cooldown(Duration::minutes(15))
            .on_memory(70)
            .on_schedule(
                "Night",
                &Schedule::cron("0 22 * * ? *").time_zone("Europe/Berlin"),
                1,
                2,
            )
            .on_schedule("Sale", &Schedule::at("2026-11-27T00:00:00"), 8, 20);
    });
    template.has_properties(
        "AWS::ECS::Service",
        json!({ "DesiredCount": Match::absent() }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({
            "MinCapacity": 2,
            "MaxCapacity": 10,
            "ScheduledActions": [
                {
                    "ScalableTargetAction": { "MaxCapacity": 2, "MinCapacity": 1 },
                    "Schedule": "cron(0 22 * * ? *)",
                    "ScheduledActionName": "Night",
                    "Timezone": "Europe/Berlin",
                },
                { "Schedule": "at(2026-11-27T00:00:00)" },
            ],
        }),
    );
    let policy = |metric: &str, target: u32, scale_in: u32| {
        template.has_properties(
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            json!({ "TargetTrackingScalingPolicyConfiguration": {
                "PredefinedMetricSpecification": { "PredefinedMetricType": metric },
                "ScaleInCooldown": scale_in,
                "ScaleOutCooldown": 60,
                "TargetValue": target,
            } }),
        );
    };
    policy("ECSServiceAverageCPUUtilization", 60, 300);
    policy("ECSServiceAverageMemoryUtilization", 70, 900);
}

#[test]
fn reports_minimum_above_maximum_capacity() {
    insta::assert_snapshot!(findings(|stack| {
        target(stack, 10, 2).on_schedule("Night", &Schedule::rate(Duration::hours(1)), 3, 1);
    }));
}

#[test]
fn reports_unreachable_target_value() {
    insta::assert_snapshot!(findings(|stack| {
        target(stack, 2, 10).track(
            "Cpu",
            TargetTracking::new(PredefinedMetric::EcsServiceAverageCpu, 600),
        );
    }));
}

#[test]
fn tracks_metric_and_expression_of_cloudwatch() {
    let template = Template::of_stack(|stack| {
        let packers = Metric::new("Shop", "Packers");
        let waiting = Metric::new("Shop", "Waiting")
            .dimension("Site", "berlin")
            .statistic(Statistic::Sum);
        let scaled = target(stack, 1, 5);
        scaled.track("Waiting", TargetTracking::custom(waiting.clone(), 40));
        let each = MathExpression::new("waiting / packers")
            .using("waiting", waiting)
            .using("packers", packers)
            .label("orders per packer");
        scaled.track("Each", TargetTracking::custom(each, 20));
    });
    let configuration = |target: u32, metrics: serde_json::Value| {
        json!({ "TargetTrackingScalingPolicyConfiguration": {
            "TargetValue": target,
            "PredefinedMetricSpecification": Match::absent(),
            "CustomizedMetricSpecification": { "Metrics": metrics },
        } })
    };
    let waiting = json!({
        "Metric": { "Namespace": "Shop", "MetricName": "Waiting", "Dimensions": [{ "Name": "Site", "Value": "berlin" }] },
        "Stat": "Sum",
    });
    let packers = json!({
        "Metric": { "Namespace": "Shop", "MetricName": "Packers", "Dimensions": Match::absent() },
        "Stat": "Average",
    });
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        configuration(
            40,
            json!([{ "Id": "metric", "MetricStat": waiting.clone(), "ReturnData": true }]),
        ),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        configuration(
            20,
            json!([
                { "Id": "result", "Expression": "waiting / packers", "Label": "orders per packer", "ReturnData": true },
                { "Id": "waiting", "MetricStat": waiting, "ReturnData": false },
                { "Id": "packers", "MetricStat": packers, "ReturnData": false },
            ]),
        ),
    );
}
