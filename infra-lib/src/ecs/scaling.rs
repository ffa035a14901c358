//! Automatic scaling of the number of tasks of a service.

use std::panic::Location;

use super::parts::Ports;
use super::service::FargateService;
use crate::applicationautoscaling::{
    PredefinedMetric, ScalableResource, ScalableTarget, Schedule, TargetTracking,
};
use crate::cloudwatch::Measure;
use crate::core::{Construct, Diagnostic, Duration, Name, Scope, Value, codes};
use crate::elbv2::AsTargetGroup;
use crate::kind;

/// Automatic scaling of a service's tasks between two bounds, from [`FargateService::auto_scale`].
///
/// Adds an
/// [`AWS::ApplicationAutoScaling::ScalableTarget`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html)
/// for the desired count of the service, and a target tracking policy for each metric. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | minimum and maximum | required | required |
/// | cooldown after adding tasks | 1 minute | 5 minutes |
/// | cooldown after removing tasks | 5 minutes | 5 minutes |
/// | policies | none; `on_cpu`, `on_memory`, `on_requests_per_target` and `on_metric` add them | none |
///
/// A cooldown applies to the policies that are added after it is set.
///
/// ```
/// use infra_lib::applicationautoscaling::Schedule;
/// use infra_lib::ecs::FargateService;
/// use infra_lib::prelude::*;
///
/// fn scale(service: FargateService<'_>) {
///     service
///         .auto_scale(2, 10)
///         .scale_in_cooldown(Duration::minutes(15))
///         .on_cpu(60)
///         .on_schedule("Night", &Schedule::cron("0 22 * * ? *").time_zone("Europe/Berlin"), 1, 2);
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TaskScaling<'app> {
    target: ScalableTarget<'app>,
    scale_out_cooldown: Duration,
    scale_in_cooldown: Duration,
}

impl<'app, P: Ports> FargateService<'app, P> {
    /// Scales the number of tasks with load, between `min` and `max`.
    ///
    /// The template then has no `DesiredCount`, since every deployment would otherwise reset the number of tasks,
    /// even during a peak. A new service starts with one task, and is scaled to `min` at once.
    #[track_caller]
    pub fn auto_scale(&self, min: u32, max: u32) -> TaskScaling<'app> {
        self.service.remove_prop("DesiredCount");
        TaskScaling::add(
            self.scope().at_caller(),
            self.cluster().cluster_name(),
            self.service_name(),
            min,
            max,
        )
    }
}

impl<'app> TaskScaling<'app> {
    /// Adds the scalable target of a service under `scope`.
    #[track_caller]
    pub(super) fn add(
        scope: Scope<'app>,
        cluster: Value<Name<kind::ecs::Cluster>>,
        service: Value<Name<kind::ecs::Service>>,
        min: u32,
        max: u32,
    ) -> Self {
        let scope = scope.library_construct("TaskCount", "infra-lib.ecs.TaskScaling");
        let target = ScalableTarget::builder()
            .resource(ScalableResource::ecs_service(cluster, service))
            .min_capacity(min)
            .max_capacity(max)
            .build(scope, "Target");
        Self {
            target,
            scale_out_cooldown: Duration::minutes(1),
            scale_in_cooldown: Duration::minutes(5),
        }
    }

    /// Sets the time after adding tasks until their effect is expected in the metric. Default: 1 minute.
    pub fn scale_out_cooldown(mut self, cooldown: Duration) -> Self {
        self.scale_out_cooldown = cooldown;
        self
    }

    /// Sets the time after a scaling activity before tasks may be removed. Default: 5 minutes.
    pub fn scale_in_cooldown(mut self, cooldown: Duration) -> Self {
        self.scale_in_cooldown = cooldown;
        self
    }

    /// Keeps the average CPU utilization of the tasks near `percent`.
    #[track_caller]
    pub fn on_cpu(self, percent: u32) -> Self {
        self.track_metric(
            "CpuScaling",
            PredefinedMetric::EcsServiceAverageCpu,
            percent,
        )
    }

    /// Keeps the average memory utilization of the tasks near `percent`.
    #[track_caller]
    pub fn on_memory(self, percent: u32) -> Self {
        self.track_metric(
            "MemoryScaling",
            PredefinedMetric::EcsServiceAverageMemory,
            percent,
        )
    }

    /// Keeps the number of requests per task and minute near `requests`.
    ///
    /// The metric is identified by load balancer and target group, so the listener must exist before this call
    /// (`INF4221` otherwise).
    #[track_caller]
    pub fn on_requests_per_target(
        self,
        target_group: &impl AsTargetGroup<'app>,
        requests: u32,
    ) -> Self {
        let target_group = target_group.as_target_group();
        let Some(resource_label) = target_group.resource_label() else {
            self.target.scope().report(
                Diagnostic::new(codes::NO_REQUEST_METRIC, "the service scales on requests of a target group that has no load balancer yet")
                    .origin(Location::caller())
                    .related("the target group is created here", target_group.scope().origin())
                    .help("first create the listener that forwards to the target group"),
            );
            return self;
        };
        self.track_metric(
            "RequestScaling",
            PredefinedMetric::AlbRequestCountPerTarget { resource_label },
            requests,
        )
    }

    /// Keeps a metric or a metric expression near `target`, with `id` as the ID of the policy. The metric is a value per
    /// task: it falls when tasks are added. A policy needs a task to scale, so the minimum is at least 1.
    #[track_caller]
    pub fn on_metric(self, id: &str, measure: impl Into<Measure>, target: u32) -> Self {
        self.track(id, TargetTracking::custom(measure, target))
    }

    /// Changes the bounds at scheduled times, for example to fewer tasks at night.
    #[track_caller]
    pub fn on_schedule(self, name: &str, schedule: &Schedule, min: u32, max: u32) -> Self {
        self.target.on_schedule(name, schedule, min, max);
        self
    }

    /// Returns the scalable target, for further scaling policies.
    pub fn target(&self) -> ScalableTarget<'app> {
        self.target
    }

    #[track_caller]
    fn track_metric(self, id: &str, metric: PredefinedMetric, target: u32) -> Self {
        self.track(id, TargetTracking::new(metric, target))
    }

    #[track_caller]
    fn track(self, id: &str, tracking: TargetTracking) -> Self {
        let tracking = tracking
            .scale_out_cooldown(self.scale_out_cooldown)
            .scale_in_cooldown(self.scale_in_cooldown);
        self.target.track(id, tracking);
        self
    }
}

impl<'app> Construct<'app> for TaskScaling<'app> {
    fn scope(&self) -> Scope<'app> {
        self.target.scope()
    }
}
