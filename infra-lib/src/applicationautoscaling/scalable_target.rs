//! Scalable targets: a resource and the bounds of its capacity.

use bon::Builder;

use super::schedule::Schedule;
use super::target_tracking::TargetTracking;
use crate::cfn::applicationautoscaling::{
    CfnScalableTarget, CfnScalableTargetProps, CfnScalableTargetRequired, CfnScalingPolicyProps,
    scalable_target as cfn, scaling_policy::PolicyType,
};
use crate::core::logical_id::logical_id;
use crate::core::{Construct, Data, Diagnostic, Id, IntoValue, Name, Scope, Value, codes, value};
use crate::{kind, sub};

/// A dimension of a resource that can be scaled, such as the number of tasks of an ECS service.
#[derive(Clone, Debug)]
pub struct ScalableResource {
    namespace: cfn::ServiceNamespace,
    dimension: cfn::ScalableDimension,
    resource_id: Value<String>,
}

impl ScalableResource {
    /// Returns the number of tasks of an ECS service.
    pub fn ecs_service(
        cluster: impl IntoValue<Name<kind::ecs::Cluster>>,
        service: impl IntoValue<Name<kind::ecs::Service>>,
    ) -> Self {
        Self {
            namespace: cfn::ServiceNamespace::ECS,
            dimension: cfn::ScalableDimension::ECS_SERVICE_DESIRED_COUNT,
            resource_id: sub!["service/", cluster.into_value(), "/", service.into_value()],
        }
    }

    /// Returns a dimension of any other resource. AWS documents the form of its ID:
    /// [`ResourceId`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html#cfn-applicationautoscaling-scalabletarget-resourceid).
    pub fn new(
        namespace: cfn::ServiceNamespace,
        dimension: cfn::ScalableDimension,
        resource_id: impl IntoValue<String>,
    ) -> Self {
        Self {
            namespace,
            dimension,
            resource_id: resource_id.into_value(),
        }
    }
}

/// A capacity that Application Auto Scaling adjusts between two bounds.
///
/// Creates an
/// [`AWS::ApplicationAutoScaling::ScalableTarget`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html).
/// Policies and scheduled actions are added to it afterwards. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | resource, minimum and maximum capacity | required | required |
/// | role | the service-linked role of Application Auto Scaling | the same |
/// | scaling policies | none; [`track`](Self::track) adds one | none |
/// | scheduled actions | none; [`on_schedule`](Self::on_schedule) adds one | none |
///
/// ECS services have a method that creates a target:
/// [`FargateService::auto_scale`](crate::ecs::FargateService::auto_scale).
///
/// ```
/// use infra_lib::applicationautoscaling::{PredefinedMetric, ScalableResource, ScalableTarget, Schedule, TargetTracking};
/// use infra_lib::prelude::*;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Scaling");
/// let tasks = ScalableTarget::builder()
///     .resource(ScalableResource::ecs_service("notes", "api"))
///     .min_capacity(2)
///     .max_capacity(10)
///     .build(stack, "Tasks");
/// tasks.track("Cpu", TargetTracking::new(PredefinedMetric::EcsServiceAverageCpu, 60));
/// tasks.on_schedule("Night", &Schedule::cron("0 22 * * ? *").time_zone("Europe/Berlin"), 1, 2);
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ScalableTarget<'app> {
    scope: Scope<'app>,
    target: CfnScalableTarget<'app>,
}

/// Properties of a [`ScalableTarget`], set through [`ScalableTarget::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ScalableTargetBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ScalableTargetProps {
    /// Resource and dimension to scale. Changing it replaces the target.
    resource: ScalableResource,
    /// Minimum capacity. A minimum above the maximum is reported (`INF4218`).
    min_capacity: u32,
    /// Maximum capacity, which also limits the cost.
    max_capacity: u32,
}

impl<S: scalable_target_builder::State> ScalableTargetBuilder<S> {
    /// Adds the target under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> ScalableTarget<'app>
    where
        S: scalable_target_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.applicationautoscaling.ScalableTarget");
        check_capacity(scope, props.min_capacity, props.max_capacity);
        let target = CfnScalableTargetProps::new(CfnScalableTargetRequired {
            max_capacity: value(props.max_capacity),
            min_capacity: value(props.min_capacity),
            resource_id: props.resource.resource_id,
            scalable_dimension: value(props.resource.dimension),
            service_namespace: value(props.resource.namespace),
        });
        ScalableTarget {
            scope,
            target: target.build(scope, "Resource"),
        }
    }
}

fn check_capacity(scope: Scope<'_>, min: u32, max: u32) {
    if min > max {
        scope.report(
            Diagnostic::new(
                codes::SCALING_BOUNDS,
                format!("the minimum capacity {min} is greater than the maximum capacity {max}"),
            )
            .property("MinCapacity")
            .actual(format!("{min} to {max}"))
            .help("pass the smaller number first"),
        );
    }
}

impl<'app> Construct<'app> for ScalableTarget<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl ScalableTarget<'_> {
    /// Returns a builder for a scalable target.
    pub fn builder() -> ScalableTargetBuilder {
        ScalableTargetProps::builder()
    }

    /// Returns the ID of the scalable target.
    pub fn id(&self) -> Value<Id<kind::applicationautoscaling::ScalableTarget>> {
        self.target.ref_()
    }

    /// Adds a target tracking policy: capacity grows while the metric is above its target, and shrinks while it is
    /// below. With several policies, the largest capacity that one of them asks for applies.
    #[track_caller]
    pub fn track(&self, id: &str, tracking: TargetTracking) {
        let scope = self
            .scope
            .at_caller()
            .library_construct(id, "infra-lib.applicationautoscaling.TargetTracking");
        tracking.check_target(scope);
        // `PolicyName` is required; this is the CDK's name, which is unique within the target.
        let path = scope.path();
        let name = logical_id(&path.split('/').collect::<Vec<_>>());
        CfnScalingPolicyProps::new(name, PolicyType::TARGET_TRACKING_SCALING)
            .scaling_target_id(self.id())
            .target_tracking_scaling_policy_configuration(tracking.render_configuration())
            .build(scope, "Resource");
    }

    /// Changes the bounds at scheduled times. A capacity outside the new bounds is adjusted to them.
    #[track_caller]
    pub fn on_schedule(
        &self,
        name: &str,
        schedule: &Schedule,
        min_capacity: u32,
        max_capacity: u32,
    ) {
        check_capacity(self.scope.at_caller(), min_capacity, max_capacity);
        let bounds = cfn::ScalableTargetAction::new()
            .min_capacity(min_capacity)
            .max_capacity(max_capacity);
        let mut action =
            cfn::ScheduledAction::new(schedule.expression(), name).scalable_target_action(bounds);
        if let Some(zone) = schedule.zone() {
            action = action.timezone(zone);
        }
        let action: Value<cfn::ScheduledAction> = action.into_value();
        self.target
            .push_prop("ScheduledActions", Data::from(action));
    }
}
