//! Tests of Auto Scaling groups: defaults, options, scaling, hooks and findings.

use infra_lib::assertions::{Match, Template};
use infra_lib::autoscaling::{
    Adjustment, AutoScalingGroup, CapacityBreach, CapacityRebalancing, ForecastMode, GroupEvent,
    GroupMetrics, HealthChecks, HookResult, InstanceMaintenance, InstanceOverride, InstanceRefresh,
    LifecycleHook, MixedInstances, OnDemandAllocation, PoolState, PredictiveMetric,
    PredictiveScaling, ProtectedInstances, RefreshStrategy, RollingUpdate, ScaleIn,
    ScaleInProtection, ScalingMetric, ScheduledAction, Signals, SpotAllocation, StepScaling,
    TargetTracking, TerminationPolicy, UpdatePolicy, WarmPool, ZoneDistribution,
};
use infra_lib::cfn::autoscaling::auto_scaling_group as cfn;
use infra_lib::cloudwatch::{Comparison, Metric, Period, Statistic, TreatMissingData};
use infra_lib::ec2::{
    AsLaunchTemplate, Connectable, FlowLogs, InstanceType, LaunchTemplate, MachineImage, Nat, Port,
    SecurityGroup, Vpc,
};
use infra_lib::elbv2::{
    Action, ApplicationLoadBalancer, HealthCheck, Listener, ListenerProtocol, TargetGroup,
    TargetType,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::sns::Topic;
use infra_lib::sqs::Queue;
use infra_lib::{App, Construct, Duration, Stack, cidr};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

const GROUP: &str = "AWS::AutoScaling::AutoScalingGroup";
const POLICY: &str = "AWS::AutoScaling::ScalingPolicy";

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::Single)
        .flow_logs(FlowLogs::none())
        .build(stack, "Vpc")
}

/// Returns the builder of a group between two capacities, of which the tests set more.
macro_rules! workers {
    ($stack:expr, $min:expr, $max:expr) => {{
        let vpc = vpc($stack);
        AutoScalingGroup::builder()
            .launch_template(
                LaunchTemplate::builder()
                    .vpc(vpc)
                    .instance_type(InstanceType::T4G_SMALL)
                    .machine_image(MachineImage::amazon_linux_2023()),
            )
            .subnets(vpc.private())
            .min_capacity($min)
            .max_capacity($max)
    }};
}

/// Returns a second network, since that of the group is part of its builder.
fn workers_vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.1.0.0/16"))
        .nat(Nat::Single)
        .flow_logs(FlowLogs::none())
        .build(stack, "Balanced")
}

fn group(stack: Stack<'_>) -> AutoScalingGroup<'_> {
    workers!(stack, 2, 6).build(stack, "Workers")
}

/// Leaves out notes with places in this file, whose lines change.
fn without_lines(findings: &str) -> String {
    let lines = findings
        .lines()
        .filter(|line| !line.contains("autoscaling.rs:"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn creates_group_with_template_of_its_own() {
    let template = Template::of_stack(|stack| {
        group(stack);
    });
    template.has_resource(
        GROUP,
        json!({
            "DependsOn": Match::any(),
            "Properties": {
                "DesiredCapacity": Match::absent(),
                "HealthCheckGracePeriod": Match::absent(),
                "HealthCheckType": "EC2",
                "LaunchTemplate": {
                    "LaunchTemplateId": { "Ref": Match::string_like("WorkersLaunchTemplate*") },
                    "Version": { "Fn::GetAtt": [Match::string_like("WorkersLaunchTemplate*"), "LatestVersionNumber"] },
                },
                "MaxSize": "6",
                "MetricsCollection": [{ "Granularity": "1Minute" }],
                "MinSize": "2",
                "MixedInstancesPolicy": Match::absent(),
                "VPCZoneIdentifier": [
                    { "Ref": Match::string_like("VpcPrivateSubnet1*") },
                    { "Ref": Match::string_like("VpcPrivateSubnet2*") },
                ],
            },
            "UpdatePolicy": { "AutoScalingScheduledAction": { "IgnoreUnmodifiedGroupSizeProperties": true } },
        }),
    );
    template.has_properties(
        "AWS::EC2::LaunchTemplate",
        json!({ "LaunchTemplateData": {
            "IamInstanceProfile": { "Arn": { "Fn::GetAtt": [Match::string_like("WorkersInstanceProfile*"), "Arn"] } },
            "MetadataOptions": { "HttpEndpoint": "enabled", "HttpTokens": "required" },
            "SecurityGroupIds": [{ "Fn::GetAtt": [Match::string_like("WorkersInstanceSecurityGroup*"), "GroupId"] }],
        } }),
    );
}

#[test]
fn has_logical_ids_of_cdk() {
    let template = Template::of_stack(|stack| {
        group(stack);
    });
    let resources = template.json()["Resources"].as_object().unwrap();
    let ids = resources.keys().filter(|id| id.starts_with("Workers"));
    insta::assert_snapshot!(ids.cloned().collect::<Vec<_>>().join("\n"), @r"
    WorkersInstanceSecurityGroup65472717
    WorkersInstanceRole510CB30C
    WorkersInstanceProfile10A1E60F
    WorkersLaunchTemplate69D9C8E6
    WorkersASG15B3D7F9
    ");
}

#[test]
fn uses_template_of_the_app_and_imported_ones() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let own = LaunchTemplate::builder()
            .vpc(vpc)
            .instance_type(InstanceType::T4G_SMALL)
            .machine_image(MachineImage::amazon_linux_2023())
            .build(stack, "Own");
        let group = SecurityGroup::builder().vpc(vpc).build(stack, "Group");
        let id = "lt-0123456789abcdef0";
        let imported = LaunchTemplate::from_id(stack, "Imported", id, "7", group);
        for (id, launch) in [
            ("First", own.as_launch_template()),
            ("Second", imported.as_launch_template()),
        ] {
            AutoScalingGroup::builder()
                .launch_template(launch)
                .subnets(vpc.isolated())
                .min_capacity(0)
                .max_capacity(1)
                .build(stack, id)
                .allow_from_on(&group, Port::tcp(8080));
        }
    });
    template.resource_count("AWS::EC2::LaunchTemplate", 1);
    template.has_properties(
        GROUP,
        json!({
            "LaunchTemplate": { "LaunchTemplateId": "lt-0123456789abcdef0", "Version": "7" },
            "VPCZoneIdentifier": [
                { "Ref": Match::string_like("VpcIsolatedSubnet1*") },
                { "Ref": Match::string_like("VpcIsolatedSubnet2*") },
            ],
        }),
    );
    template.resource_count("AWS::EC2::SecurityGroupIngress", 2);
}

#[test]
fn sets_options() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Events");
        workers!(stack, 1, 9)
            .desired_capacity(3)
            .auto_scaling_group_name("workers")
            .health_checks(HealthChecks::ec2().load_balancer().ebs())
            .instance_maintenance(InstanceMaintenance::new(100, 120))
            .termination_policies(vec![
                TerminationPolicy::OldestLaunchTemplate,
                TerminationPolicy::OldestInstance,
            ])
            .max_instance_lifetime(Duration::days(14))
            .default_instance_warmup(Duration::minutes(2))
            .capacity_rebalancing(CapacityRebalancing::Enabled)
            .new_instances_protected(ScaleInProtection::Enabled)
            .zone_distribution(ZoneDistribution::BalancedOnly)
            .group_metrics(GroupMetrics::Disabled)
            .notify(&topic, GroupEvent::ERRORS)
            .build(stack, "Workers")
            .scope()
            .tag("team", "shop");
    });
    template.has_properties(
        GROUP,
        json!({
            "AutoScalingGroupName": "workers",
            "AvailabilityZoneDistribution": { "CapacityDistributionStrategy": "balanced-only" },
            "CapacityRebalance": true,
            "DefaultInstanceWarmup": 120,
            "DesiredCapacity": "3",
            "HealthCheckGracePeriod": 300,
            "HealthCheckType": "EBS,ELB",
            "InstanceMaintenancePolicy": { "MaxHealthyPercentage": 120, "MinHealthyPercentage": 100 },
            "MaxInstanceLifetime": 1_209_600,
            "MetricsCollection": Match::absent(),
            "NewInstancesProtectedFromScaleIn": true,
            "NotificationConfigurations": [{
                "NotificationTypes": ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR"],
                "TopicARN": { "Ref": Match::string_like("Events*") },
            }],
            "Tags": [{ "Key": "team", "PropagateAtLaunch": true, "Value": "shop" }],
            "TerminationPolicies": ["OldestLaunchTemplate", "OldestInstance"],
        }),
    );
}

#[test]
fn renders_health_checks() {
    let lattice = HealthChecks::ec2()
        .lattice()
        .grace_period(Duration::minutes(1));
    for (checks, types, period) in [
        (HealthChecks::ec2(), "EC2", Match::absent()),
        (HealthChecks::ec2().ebs(), "EBS", Match::absent()),
        (lattice, "VPC_LATTICE", json!(60)),
    ] {
        let template = Template::of_stack(|stack| {
            workers!(stack, 1, 2)
                .health_checks(checks)
                .build(stack, "Workers");
        });
        template.has_properties(
            GROUP,
            json!({ "HealthCheckType": types, "HealthCheckGracePeriod": period }),
        );
    }
}

#[test]
fn mixes_instance_types_and_prices() {
    let requirements = cfn::InstanceRequirements::new(
        cfn::MemoryMiBRequest::new().min(4_096),
        cfn::VcpuCountRequest::new().min(2).max(4),
    );
    let template = Template::of_stack(|stack| {
        let mixed = MixedInstances::new([
            InstanceOverride::new(InstanceType::M7G_LARGE).weight(2),
            InstanceOverride::matching(requirements),
        ])
        .on_demand_allocation(OnDemandAllocation::Prioritized)
        .on_demand_base(1)
        .on_demand_percentage(20)
        .spot_allocation(SpotAllocation::CapacityOptimized)
        .spot_max_price("0.05");
        workers!(stack, 1, 2)
            .mixed_instances(mixed)
            .build(stack, "Workers");
    });
    template.has_properties(
        GROUP,
        json!({
            "LaunchTemplate": Match::absent(),
            "MixedInstancesPolicy": {
                "InstancesDistribution": {
                    "OnDemandAllocationStrategy": "prioritized",
                    "OnDemandBaseCapacity": 1,
                    "OnDemandPercentageAboveBaseCapacity": 20,
                    "SpotAllocationStrategy": "capacity-optimized",
                    "SpotMaxPrice": "0.05",
                },
                "LaunchTemplate": {
                    "LaunchTemplateSpecification": {
                        "LaunchTemplateId": { "Ref": Match::string_like("WorkersLaunchTemplate*") },
                    },
                    "Overrides": [
                        { "InstanceType": "m7g.large", "WeightedCapacity": "2" },
                        { "InstanceRequirements": {
                            "MemoryMiB": { "Min": 4_096 },
                            "VCpuCount": { "Max": 4, "Min": 2 },
                        } },
                    ],
                },
            },
        }),
    );
}

/// Returns the attributes of a group with an update policy and signals.
fn attributes(policy: UpdatePolicy, signals: Option<Signals>, max: u32) -> Template {
    Template::of_stack(|stack| {
        workers!(stack, 2, max)
            .update_policy(policy)
            .maybe_signals(signals)
            .build(stack, "Workers");
    })
}

#[test]
fn replaces_instances_in_batches() {
    let ignore = json!({ "IgnoreUnmodifiedGroupSizeProperties": true });
    let suspended = [
        "HealthCheck",
        "ReplaceUnhealthy",
        "AZRebalance",
        "AlarmNotification",
        "ScheduledActions",
        "InstanceRefresh",
    ];
    // With two of two instances, one must go before another comes.
    for (max, kept) in [(6, 2), (2, 1)] {
        attributes(UpdatePolicy::Rolling(RollingUpdate::new()), None, max).has_resource(
            GROUP,
            json!({
                "CreationPolicy": Match::absent(),
                "UpdatePolicy": Match::exact(json!({
                    "AutoScalingRollingUpdate": {
                        "MaxBatchSize": 1,
                        "MinInstancesInService": kept,
                        "SuspendProcesses": suspended,
                    },
                    "AutoScalingScheduledAction": ignore,
                })),
            }),
        );
    }
    let update = RollingUpdate::new().max_batch_size(2).min_in_service(1);
    let signals = Signals::within(Duration::minutes(50)).min_success_percentage(75);
    let template = attributes(UpdatePolicy::Rolling(update), Some(signals), 6);
    template.has_resource(
        GROUP,
        json!({
            "CreationPolicy": {
                "AutoScalingCreationPolicy": { "MinSuccessfulInstancesPercent": 75 },
                "ResourceSignal": { "Count": 2, "Timeout": "PT50M" },
            },
            "UpdatePolicy": { "AutoScalingRollingUpdate": {
                "MaxBatchSize": 2,
                "MinInstancesInService": 1,
                "MinSuccessfulInstancesPercent": 75,
                "PauseTime": "PT50M",
                "WaitOnResourceSignals": true,
            } },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "cloudformation:SignalResource", "Resource": { "Ref": "AWS::StackId" } },
        ] } }] }),
    );
}

#[test]
fn replaces_group_or_refreshes_instances() {
    let signals = Signals::within(Duration::minutes(90)).count(3);
    attributes(UpdatePolicy::Replacing, Some(signals), 6).has_resource(
        GROUP,
        json!({
            "CreationPolicy": { "ResourceSignal": { "Count": 3, "Timeout": "PT1H30M" } },
            "UpdatePolicy": { "AutoScalingReplacingUpdate": { "WillReplace": true } },
        }),
    );
    attributes(UpdatePolicy::Refresh(InstanceRefresh::new()), None, 6).has_resource(
        GROUP,
        json!({ "UpdatePolicy": { "AutoScalingInstanceRefresh": Match::exact(json!({ "Strategy": "Rolling" })) } }),
    );
    let template = Template::of_stack(|stack| {
        let alarm = Metric::new("Shop", "Errors")
            .alarm()
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(10)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Errors");
        let refresh = InstanceRefresh::new()
            .strategy(RefreshStrategy::ReplaceRootVolume)
            .healthy(100, 110)
            .instance_warmup(Duration::minutes(1))
            .checkpoints(Duration::minutes(10), [20, 100])
            .bake_time(Duration::minutes(5))
            .alarm(&alarm)
            .scale_in_protected(ProtectedInstances::Replace)
            .standby(ProtectedInstances::Replace);
        workers!(stack, 2, 6)
            .update_policy(UpdatePolicy::Refresh(refresh))
            .build(stack, "Workers");
    });
    template.has_resource(
        GROUP,
        json!({ "UpdatePolicy": { "AutoScalingInstanceRefresh": {
            "Preferences": {
                "AlarmSpecification": { "Alarms": [{ "Ref": Match::string_like("Errors*") }] },
                "BakeTime": 300,
                "CheckpointDelay": 600,
                "CheckpointPercentages": [20, 100],
                "InstanceWarmup": 60,
                "MaxHealthyPercentage": 110,
                "MinHealthyPercentage": 100,
                "ScaleInProtectedInstances": "Refresh",
                "StandbyInstances": "Terminate",
            },
            "Strategy": "ReplaceRootVolume",
        } } }),
    );
}

#[test]
fn tracks_metrics() {
    let template = Template::of_stack(|stack| {
        let workers = group(stack);
        workers.track(
            "Cpu",
            TargetTracking::new(ScalingMetric::AverageCpu, 60)
                .instance_warmup(Duration::minutes(3))
                .scale_in(ScaleIn::Disabled),
        );
        workers.track(
            "In",
            TargetTracking::new(ScalingMetric::AverageNetworkIn, 1_000),
        );
        workers.track(
            "Out",
            TargetTracking::new(ScalingMetric::AverageNetworkOut, 1_000),
        );
        let jobs = Metric::new("Shop", "JobsPerInstance")
            .dimension("Group", workers.auto_scaling_group_name())
            .statistic(Statistic::Maximum);
        workers.track("Jobs", TargetTracking::new(jobs, 2.5));
        AutoScalingGroup::from_name(stack, "Other", "other")
            .track("Cpu", TargetTracking::new(ScalingMetric::AverageCpu, 50));
    });
    let name = json!({ "Ref": Match::string_like("WorkersASG*") });
    template.has_properties(
        POLICY,
        json!({
            "AutoScalingGroupName": name,
            "EstimatedInstanceWarmup": 180,
            "PolicyType": "TargetTrackingScaling",
            "TargetTrackingConfiguration": {
                "DisableScaleIn": true,
                "PredefinedMetricSpecification": { "PredefinedMetricType": "ASGAverageCPUUtilization" },
                "TargetValue": 60,
            },
        }),
    );
    for kind in ["ASGAverageNetworkIn", "ASGAverageNetworkOut"] {
        template.has_properties(
            POLICY,
            json!({ "TargetTrackingConfiguration": { "PredefinedMetricSpecification": { "PredefinedMetricType": kind } } }),
        );
    }
    template.has_properties(
        POLICY,
        json!({ "TargetTrackingConfiguration": {
            "CustomizedMetricSpecification": {
                "Dimensions": [{ "Name": "Group", "Value": name }],
                "MetricName": "JobsPerInstance",
                "Namespace": "Shop",
                "Statistic": "Maximum",
            },
            "TargetValue": 2.5,
        } }),
    );
    template.has_properties(POLICY, json!({ "AutoScalingGroupName": "other" }));
}

#[test]
fn scales_in_steps() {
    let template = Template::of_stack(|stack| {
        let backlog = Metric::new("Shop", "Backlog")
            .statistic(Statistic::Maximum)
            .period(Period::ONE_MINUTE);
        let steps = StepScaling::new(backlog)
            .at_most(10, -1)
            .at_most(2, -3)
            .at_least(1_000, 5)
            .at_least(100, 1)
            .instance_warmup(Duration::minutes(4))
            .evaluation_periods(3)
            .datapoints_to_alarm(2);
        group(stack).scale_in_steps("Backlog", steps);
    });
    for (steps, threshold, comparison, alarm) in [
        (
            json!([
                { "MetricIntervalUpperBound": 0, "MetricIntervalLowerBound": -8, "ScalingAdjustment": -1 },
                { "MetricIntervalUpperBound": -8, "MetricIntervalLowerBound": Match::absent(), "ScalingAdjustment": -3 },
            ]),
            10,
            "LessThanOrEqualToThreshold",
            "WorkersBacklogLowerPolicy*",
        ),
        (
            json!([
                { "MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 900, "ScalingAdjustment": 1 },
                { "MetricIntervalLowerBound": 900, "MetricIntervalUpperBound": Match::absent(), "ScalingAdjustment": 5 },
            ]),
            100,
            "GreaterThanOrEqualToThreshold",
            "WorkersBacklogUpperPolicy*",
        ),
    ] {
        template.has_properties(
            POLICY,
            json!({
                "AdjustmentType": "ChangeInCapacity",
                "EstimatedInstanceWarmup": 240,
                "MetricAggregationType": "Maximum",
                "PolicyType": "StepScaling",
                "StepAdjustments": steps,
            }),
        );
        template.has_properties(
            "AWS::CloudWatch::Alarm",
            json!({
                "AlarmActions": [{ "Ref": Match::string_like(alarm) }],
                "ComparisonOperator": comparison,
                "DatapointsToAlarm": 2,
                "EvaluationPeriods": 3,
                "MetricName": "Backlog",
                "Period": 60,
                "Threshold": threshold,
            }),
        );
    }
}

#[test]
fn scales_by_percentage_in_one_direction() {
    let template = Template::of_stack(|stack| {
        let steps = StepScaling::new(Metric::new("Shop", "Backlog"))
            .at_least(100, 25)
            .adjustment(Adjustment::PercentChangeInCapacity)
            .min_adjustment_magnitude(2);
        group(stack).scale_in_steps("Backlog", steps);
    });
    template.resource_count(POLICY, 1);
    template.resource_count("AWS::CloudWatch::Alarm", 1);
    template.has_properties(
        POLICY,
        json!({ "AdjustmentType": "PercentChangeInCapacity", "MetricAggregationType": "Average", "MinAdjustmentMagnitude": 2 }),
    );
}

#[test]
fn predicts_load() {
    let template = Template::of_stack(|stack| {
        let workers = group(stack);
        workers.predict(
            "Forecast",
            PredictiveScaling::new(PredictiveMetric::Cpu, 50),
        );
        workers.predict(
            "Night",
            PredictiveScaling::new(PredictiveMetric::NetworkIn, 1_000)
                .mode(ForecastMode::ForecastAndScale)
                .scheduling_buffer(Duration::minutes(10))
                .capacity_breach(CapacityBreach::IncreaseMaxCapacity(20)),
        );
        workers.predict(
            "Sent",
            PredictiveScaling::new(PredictiveMetric::NetworkOut, 1_000),
        );
    });
    for config in [
        json!({
            "MaxCapacityBreachBehavior": Match::absent(),
            "MetricSpecifications": [{
                "PredefinedMetricPairSpecification": { "PredefinedMetricType": "ASGCPUUtilization" },
                "TargetValue": 50,
            }],
            "Mode": "ForecastOnly",
        }),
        json!({
            "MaxCapacityBreachBehavior": "IncreaseMaxCapacity",
            "MaxCapacityBuffer": 20,
            "MetricSpecifications": [{
                "PredefinedMetricPairSpecification": { "PredefinedMetricType": "ASGNetworkIn" },
            }],
            "Mode": "ForecastAndScale",
            "SchedulingBufferTime": 600,
        }),
    ] {
        template.has_properties(
            POLICY,
            json!({ "PolicyType": "PredictiveScaling", "PredictiveScalingConfiguration": config }),
        );
    }
}

#[test]
fn schedules_capacity() {
    let template = Template::of_stack(|stack| {
        let workers = group(stack);
        workers.on_schedule(
            "Morning",
            ScheduledAction::cron("0 7 * * MON-FRI")
                .time_zone("Europe/Berlin")
                .starting("2030-01-01T00:00:00Z")
                .ending("2031-01-01T00:00:00Z")
                .min_capacity(4)
                .max_capacity(8),
        );
        let sale = ScheduledAction::at("2030-11-29T08:00:00Z").desired_capacity(6);
        workers.on_schedule("Sale", sale);
    });
    for action in [
        json!({
            "EndTime": "2031-01-01T00:00:00Z",
            "MaxSize": 8,
            "MinSize": 4,
            "Recurrence": "0 7 * * MON-FRI",
            "StartTime": "2030-01-01T00:00:00Z",
            "TimeZone": "Europe/Berlin",
        }),
        json!({ "DesiredCapacity": 6, "Recurrence": Match::absent(), "StartTime": "2030-11-29T08:00:00Z" }),
    ] {
        template.has_properties("AWS::AutoScaling::ScheduledAction", action);
    }
}

#[test]
fn pauses_instances() {
    let template = Template::of_stack(|stack| {
        let workers = group(stack);
        let topic = Topic::builder().build(stack, "Started");
        let queue = Queue::builder().build(stack, "Drained");
        workers.add_lifecycle_hook(
            "Start",
            LifecycleHook::launching()
                .heartbeat_timeout(Duration::minutes(5))
                .metadata("prepare")
                .name("start")
                .notify_topic(&topic),
        );
        let drain = LifecycleHook::terminating().default_result(HookResult::Continue);
        workers.add_lifecycle_hook("Drain", drain.notify_queue(&queue));
    });
    template.has_resource(
        "AWS::AutoScaling::LifecycleHook",
        json!({ "Properties": {
            "AutoScalingGroupName": { "Ref": Match::string_like("WorkersASG*") },
            "DefaultResult": "ABANDON",
            "HeartbeatTimeout": 300,
            "LifecycleHookName": "start",
            "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING",
            "NotificationMetadata": "prepare",
            "NotificationTargetARN": { "Ref": Match::string_like("Started*") },
            "RoleARN": { "Fn::GetAtt": [Match::string_like("WorkersLifecycleHookStartRole*"), "Arn"] },
        } }),
    );
    template.has_properties(
        "AWS::AutoScaling::LifecycleHook",
        json!({
            "DefaultResult": "CONTINUE",
            "HeartbeatTimeout": Match::absent(),
            "LifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING",
            "NotificationTargetARN": { "Fn::GetAtt": [Match::string_like("Drained*"), "Arn"] },
        }),
    );
    for action in [
        json!("sns:Publish"),
        Match::list_with(json!(["sqs:SendMessage"])),
    ] {
        template.has_properties(
            "AWS::IAM::Role",
            json!({
                "AssumeRolePolicyDocument": { "Statement": [{ "Principal": { "Service": "autoscaling.amazonaws.com" } }] },
                "Policies": Match::list_with(json!([{ "PolicyDocument": { "Statement": Match::list_with(json!([{ "Action": action }])) } }])),
            }),
        );
    }
}

#[test]
fn keeps_warm_pool() {
    for (pool, expected) in [
        (
            WarmPool::new(),
            json!({ "InstanceReusePolicy": Match::absent(), "MinSize": Match::absent(), "PoolState": "Stopped" }),
        ),
        (
            WarmPool::new()
                .min_size(2)
                .max_prepared_capacity(5)
                .state(PoolState::Hibernated)
                .reuse_on_scale_in(),
            json!({
                "InstanceReusePolicy": { "ReuseOnScaleIn": true },
                "MaxGroupPreparedCapacity": 5,
                "MinSize": 2,
                "PoolState": "Hibernated",
            }),
        ),
    ] {
        let template = Template::of_stack(|stack| group(stack).add_warm_pool(pool));
        template.has_properties("AWS::AutoScaling::WarmPool", expected);
    }
}

#[test]
fn receives_requests_of_load_balancer() {
    let template = Template::of_stack(|stack| {
        let workers = group(stack);
        let vpc = workers_vpc(stack);
        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "Balancer");
        let targets = TargetGroup::builder()
            .vpc(vpc)
            .port(8080)
            .health_check(HealthCheck::http("/healthz"))
            .target_type(TargetType::Instance)
            .build(stack, "Targets");
        Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::Http)
            .default_action(Action::forward(&targets))
            .build(balancer, "Http");
        workers.attach_to(&targets);
        let requests = ScalingMetric::requests_per_target(&targets);
        workers.track("Requests", TargetTracking::new(requests, 500));
    });
    template.has_properties(
        GROUP,
        json!({ "TargetGroupARNs": [{ "Ref": Match::string_like("Targets*") }] }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        json!({ "TargetType": "instance", "Targets": Match::absent() }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 8080 }),
    );
    template.has_resource(
        POLICY,
        json!({
            "DependsOn": Match::any(),
            "Properties": { "TargetTrackingConfiguration": { "PredefinedMetricSpecification": {
                "PredefinedMetricType": "ALBRequestCountPerTarget",
                "ResourceLabel": Match::any(),
            } } },
        }),
    );
}

#[test]
fn grants_permissions() {
    let template = Template::of_stack(|stack| {
        let workers = group(stack);
        Topic::builder()
            .build(stack, "Jobs")
            .grant_publish(&workers);
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        workers.grant_complete_lifecycle(&role);
        AutoScalingGroup::from_name(stack, "Other", "other").grant_change_capacity(&role);
        workers.grant_protect_instances(&role);
    });
    let statements: Vec<&Json> = template
        .resources("AWS::IAM::Role")
        .iter()
        .map(|(_, role)| &role["Properties"]["Policies"])
        .collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&statements).unwrap());
}

#[test]
fn describes_metrics() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let other = AutoScalingGroup::from_name(stack, "Other", "other");
    let expected = |namespace: &'static str, name: &'static str| {
        Metric::new(namespace, name).dimension("AutoScalingGroupName", "other")
    };
    assert_eq!(
        other.metric_group_in_service_instances(),
        expected("AWS/AutoScaling", "GroupInServiceInstances")
    );
    assert_eq!(
        other.metric_cpu_utilization(),
        expected("AWS/EC2", "CPUUtilization")
    );
}

#[test]
fn reports_capacities() {
    insta::assert_snapshot!(findings_of(|stack| {
        workers!(stack, 6, 2).build(stack, "Workers");
    }));
    insta::assert_snapshot!(findings_of(|stack| {
        workers!(stack, 2, 6)
            .desired_capacity(7)
            .build(stack, "Workers");
    }));
}

#[test]
fn reports_update_policies() {
    let rolling = |update: RollingUpdate| UpdatePolicy::Rolling(update);
    let hour = Signals::within(Duration::hours(2));
    for (name, policy, signals) in [
        (
            "kept",
            rolling(RollingUpdate::new().min_in_service(6)),
            None,
        ),
        (
            "batch",
            rolling(RollingUpdate::new().max_batch_size(0)),
            None,
        ),
        (
            "pause",
            rolling(RollingUpdate::new().pause(Duration::hours(2))),
            None,
        ),
        ("timeout", rolling(RollingUpdate::new()), Some(hour)),
        (
            "share",
            UpdatePolicy::Replacing,
            Some(hour.min_success_percentage(101)),
        ),
        (
            "refresh",
            UpdatePolicy::Refresh(InstanceRefresh::new()),
            Some(hour),
        ),
    ] {
        let findings = findings_of(|stack| {
            workers!(stack, 2, 6)
                .update_policy(policy)
                .maybe_signals(signals)
                .build(stack, "Workers");
        });
        insta::assert_snapshot!(format!("reports_update_policies_{name}"), findings);
    }
}

#[test]
fn reports_settings() {
    let refresh = |refresh| UpdatePolicy::Refresh(refresh);
    insta::assert_snapshot!(findings_of(|stack| {
        let mixed = MixedInstances::new([InstanceType::M7I_LARGE]).on_demand_percentage(101);
        let workers = workers!(stack, 2, 6)
            .instance_maintenance(InstanceMaintenance::new(50, 200))
            .max_instance_lifetime(Duration::hours(12))
            .update_policy(refresh(
                InstanceRefresh::new().checkpoints(Duration::minutes(1), [50, 20]),
            ))
            .mixed_instances(mixed)
            .build(stack, "Workers");
        workers.track("Cpu", TargetTracking::new(ScalingMetric::AverageCpu, 101));
        let p99 = Metric::new("Shop", "Latency").statistic(Statistic::P99);
        workers.track("Latency", TargetTracking::new(p99, 0));
        workers.on_schedule("Never", ScheduledAction::cron("0 7 * * ? *"));
        let hook = LifecycleHook::launching().heartbeat_timeout(Duration::hours(3));
        workers.add_lifecycle_hook("Long", hook);
        let forecast = PredictiveScaling::new(PredictiveMetric::Cpu, 50);
        workers.predict("Early", forecast.scheduling_buffer(Duration::hours(2)));
    }));
}

#[test]
fn reports_steps() {
    let backlog = || StepScaling::new(Metric::new("Shop", "Backlog"));
    for (name, steps) in [
        ("none", backlog()),
        ("same", backlog().at_least(10, 1).at_least(10, 2)),
        ("overlap", backlog().at_most(100, -1).at_least(50, 1)),
        (
            "negative",
            backlog()
                .at_least(10, -1)
                .adjustment(Adjustment::ExactCapacity),
        ),
        (
            "many",
            (0..21).fold(backlog(), |steps, at| steps.at_least(at, 1)),
        ),
    ] {
        let findings = findings_of(|stack| group(stack).scale_in_steps("Backlog", steps));
        insta::assert_snapshot!(format!("reports_steps_{name}"), findings);
    }
}

#[test]
fn reports_targets_of_another_kind() {
    let shown = findings_of(|stack| {
        let workers = group(stack);
        let targets = TargetGroup::builder()
            .vpc(workers_vpc(stack))
            .port(8080)
            .health_check(HealthCheck::http("/healthz"))
            .build(stack, "Targets");
        workers.attach_to(&targets);
        let requests = ScalingMetric::requests_per_target(&targets);
        workers.track("Requests", TargetTracking::new(requests, 500));
    });
    // The line of the target group.
    let lines = shown
        .lines()
        .filter(|line| !line.contains("autoscaling.rs:"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn requires_way_to_session_manager_and_role_for_grants() {
    let shown = findings_of(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .nat(Nat::None)
            .build(stack, "Vpc");
        let own = LaunchTemplate::builder()
            .vpc(vpc)
            .instance_type(InstanceType::T4G_SMALL)
            .machine_image(MachineImage::amazon_linux_2023());
        AutoScalingGroup::builder()
            .launch_template(own)
            .subnets(vpc.private())
            .min_capacity(1)
            .max_capacity(2)
            .build(stack, "Workers");
        let group = SecurityGroup::builder().vpc(vpc).build(stack, "Group");
        let id = "lt-0123456789abcdef0";
        let imported = AutoScalingGroup::builder()
            .launch_template(LaunchTemplate::from_id(stack, "Imported", id, "7", group))
            .subnets(vpc.private())
            .min_capacity(1)
            .max_capacity(2)
            .build(stack, "Others");
        AutoScalingGroup::from_name(stack, "Other", "other").grant_change_capacity(&imported);
    });
    insta::assert_snapshot!(without_lines(&shown));
}
