//! What is scaled, and between which bounds.

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

/// What can be scaled: a number of some resource.
#[derive(Clone, Debug)]
pub struct ScalableResource {
    namespace: cfn::ServiceNamespace,
    dimension: cfn::ScalableDimension,
    resource_id: Value<String>,
}

impl ScalableResource {
    /// How many tasks of an ECS service run.
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

    /// A number of any other resource. How its id is written:
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

/// A number that Application Auto Scaling moves between two bounds.
///
/// It acts with the service-linked role of the service; CloudFormation's `RoleARN` is left out. Services have methods
/// that make one, such as [`FargateService::auto_scale`](crate::ecs::FargateService::auto_scale).
#[derive(Clone, Copy, Debug)]
pub struct ScalableTarget<'app> {
    scope: Scope<'app>,
    target: CfnScalableTarget<'app>,
}

/// Properties of a [`ScalableTarget`], set through [`ScalableTarget::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ScalableTargetBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ScalableTargetProps {
    /// What is scaled. Changing it replaces the target.
    resource: ScalableResource,
    /// The least that runs.
    min_capacity: u32,
    /// The most that runs, and that can be paid for.
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
                format!("the least capacity is {min}, above the most, which is {max}"),
            )
            .property("MinCapacity")
            .actual(format!("{min} to {max}"))
            .help("give the smaller number first"),
        );
    }
}

impl<'app> Construct<'app> for ScalableTarget<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl ScalableTarget<'_> {
    /// Starts describing a scalable target.
    pub fn builder() -> ScalableTargetBuilder {
        ScalableTargetProps::builder()
    }

    /// The id.
    pub fn id(&self) -> Value<Id<kind::applicationautoscaling::ScalableTarget>> {
        self.target.ref_()
    }

    /// Follows a metric: more when it is above its target, less when it is below. Several policies never fight: the one
    /// that wants the most wins.
    #[track_caller]
    pub fn track(&self, id: &str, tracking: TargetTracking) {
        let scope = self
            .scope
            .at_caller()
            .library_construct(id, "infra-lib.applicationautoscaling.TargetTracking");
        tracking.check(scope);
        // The name must be given; it is the CDK's, which is unique within the target.
        let path = scope.path();
        let name = logical_id(&path.split('/').collect::<Vec<_>>());
        CfnScalingPolicyProps::new(name, PolicyType::TARGET_TRACKING_SCALING)
            .scaling_target_id(self.id())
            .target_tracking_scaling_policy_configuration(tracking.render())
            .build(scope, "Resource");
    }

    /// Moves the bounds at set times; what runs is brought between the new ones.
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
