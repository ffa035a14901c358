//! The [`AutoScalingGroup`] construct.

use infra_cfn::autoscaling::auto_scaling_group as cfn;
use infra_cfn::autoscaling::{CfnAutoScalingGroup, CfnAutoScalingGroupProps};
use infra_cfn::kind;

use super::group_options::check_duration;
use super::update_policy::Sizes;
use super::{
    CapacityRebalancing, GroupEvent, GroupMetrics, HealthChecks, InstanceMaintenance,
    MixedInstances, ScaleInProtection, Signals, TerminationPolicy, UpdatePolicy, ZoneDistribution,
};
use crate::construct::With;
use crate::core::pseudo::Pseudo;
use crate::ec2::{
    AsSubnets, Connectable, Connections, IntoLaunch, Launch, LaunchTemplateRef, SessionManager,
    SubnetsRef, require_session_manager,
};
use crate::elbv2::{AsTargetGroup, TargetGroupRef, TargetType};
use crate::iam::{Grantable, Grantee, Identity, Principal, RoleRef, Statement};
use crate::sns::Topic;
use crate::{Diagnostic, Duration, Name, Scope, Value, codes};

crate::construct! {
    /// An Auto Scaling group: instances of one description, whose number EC2 keeps between two bounds.
    ///
    /// Creates an
    /// [`AWS::AutoScaling::AutoScalingGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html)
    /// from a launch template. Given the builder of a template, it creates the template as well, with a security group, an
    /// instance profile and a role. Defaults, besides those of
    /// [`LaunchTemplate`](crate::ec2::LaunchTemplate):
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | launch template, subnets, minimum and maximum capacity | required | required |
    /// | desired capacity | left to scaling; at first the minimum | the same |
    /// | version of the template | the latest one that the deployment knows | required |
    /// | health check | of EC2 | of EC2 |
    /// | changes of the template | for new instances only | for new instances only |
    /// | capacities that the program does not change | left to scheduled actions and scaling | set again with each deployment |
    /// | metrics of the group | every minute, free of charge | none |
    /// | allocation of Spot Instances | price and capacity | lowest price |
    /// | instances with the maximum age | none | none |
    ///
    /// A deployment does not replace running instances unless `update_policy` says how.
    ///
    /// ```
    /// use infra_lib::autoscaling::{AutoScalingGroup, RollingUpdate, ScalingMetric, TargetTracking, UpdatePolicy};
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{InstanceType, LaunchTemplate, MachineImage, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Fleet");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let workers = AutoScalingGroup::builder()
    ///     .launch_template(
    ///         LaunchTemplate::builder()
    ///             .vpc(vpc)
    ///             .instance_type(InstanceType::M7G_LARGE)
    ///             .machine_image(MachineImage::amazon_linux_2023()),
    ///     )
    ///     .subnets(vpc.private())
    ///     .min_capacity(2)
    ///     .max_capacity(10)
    ///     .update_policy(UpdatePolicy::Rolling(RollingUpdate::new()))
    ///     .build(stack, "Workers");
    /// workers.track("Cpu", TargetTracking::new(ScalingMetric::AverageCpu, 60));
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct AutoScalingGroup<'app>: "infra-lib.autoscaling.AutoScalingGroup" {
        resource: CfnAutoScalingGroup<'app>,
        template: LaunchTemplateRef<'app>,
    }

    /// Properties of an [`AutoScalingGroup`], set through [`AutoScalingGroup::builder`].
    pub struct AutoScalingGroupProps, AutoScalingGroupBuilder, auto_scaling_group_builder {
        /// Topics with the events that they receive.
        list notifications: (Topic<'app>, Vec<GroupEvent>),
        /// Launch template of the instances, or the builder of one that the group creates. Its type must fit its image
        /// (`INF4115`).
        required_reference launch_template: IntoLaunch::into_launch => Launch<'app>,
        /// Subnets of the instances.
        required_reference subnets: AsSubnets::as_subnets => SubnetsRef<'app>,
        /// Minimum capacity, in instances or in the units of their weights. It must not exceed the maximum (`INF4991`).
        required min_capacity: u32,
        /// Maximum capacity, which also limits the cost.
        required max_capacity: u32,
        /// Capacity after each deployment, between the bounds (`INF4991` otherwise), which undoes what scaling changed.
        /// Default: none, as in CloudFormation; a new group has the minimum.
        optional desired_capacity: u32,
        /// Physical name of the group. Default: a generated name. Changing it replaces the group.
        text auto_scaling_group_name,
        /// Instance types besides that of the template, and shares of On-Demand and Spot Instances. Default: none, as in
        /// CloudFormation.
        optional mixed_instances: MixedInstances,
        /// Health checks, and the time after a start in which they do not count. Default: those of EC2, as in
        /// CloudFormation.
        default health_checks: HealthChecks = HealthChecks::ec2(),
        /// Replacement of instances when a deployment changes them (`INF4992`). Default: they are kept, as in
        /// CloudFormation.
        default update_policy: UpdatePolicy = UpdatePolicy::Keep,
        /// Signals of success that a deployment waits for. Default: none, as in CloudFormation.
        optional signals: Signals,
        /// Bounds of healthy instances while some are replaced. Default: none, as in CloudFormation: an instance is
        /// terminated before it is replaced.
        optional instance_maintenance: InstanceMaintenance,
        /// Order in which instances are terminated. Default: that of AWS, as in CloudFormation.
        default termination_policies: Vec<TerminationPolicy> = Vec::new(),
        /// Age at which an instance is replaced, 1 to 365 days (`INF4993` otherwise). Default: none, as in CloudFormation.
        optional max_instance_lifetime: Duration,
        /// Time until a new instance counts in the metrics of scaling policies. Default: 5 minutes for policies that name
        /// none, as in CloudFormation.
        optional default_instance_warmup: Duration,
        /// Replacement of Spot Instances before their interruption. Default: disabled, as in CloudFormation.
        default capacity_rebalancing: CapacityRebalancing = CapacityRebalancing::Disabled,
        /// Protection of new instances from scale-in. Default: disabled, as in CloudFormation.
        default new_instances_protected: ScaleInProtection = ScaleInProtection::Disabled,
        /// Distribution among Availability Zones. Default: even where there is capacity, as in CloudFormation.
        default zone_distribution: ZoneDistribution = ZoneDistribution::BalancedBestEffort,
        /// Metrics of the group, every minute and free of charge. Default: enabled (CloudFormation: none).
        default group_metrics: GroupMetrics = GroupMetrics::Enabled,
    }
}

impl<'app, S: auto_scaling_group_builder::State> AutoScalingGroupBuilder<'app, S> {
    /// Sends events of the group to a topic. The topic's own key, if it has one, must allow the service-linked role of EC2
    /// Auto Scaling to use it.
    pub fn notify(
        mut self,
        topic: &Topic<'app>,
        events: impl IntoIterator<Item = GroupEvent>,
    ) -> Self {
        self.notifications
            .push((*topic, events.into_iter().collect()));
        self
    }
}

impl<'app> AutoScalingGroup<'app> {
    fn create(scope: Scope<'app>, props: AutoScalingGroupProps<'app>) -> Self {
        check_capacity(scope, &props);
        let subnets = props.subnets;
        let template = props.launch_template.template(scope);
        let mut architecture = None;
        if let LaunchTemplateRef::Own(own) = template {
            architecture = Some(own.architecture());
            if own.session_manager() == SessionManager::Enabled {
                require_session_manager(scope, subnets.vpc(), subnets.tier());
            }
        }
        let (min, max) = (props.min_capacity, props.max_capacity);
        let specification = cfn::LaunchTemplateSpecification::new(template.version())
            .launch_template_id(template.launch_template_id());
        let group = CfnAutoScalingGroupProps::new(max.to_string(), min.to_string())
            .vpc_zone_identifier(subnets.id_list())
            .health_check_type(props.health_checks.types())
            .with(props.health_checks.period(), |group, period| {
                group.health_check_grace_period(period.to_seconds_i64())
            })
            .with(
                props.desired_capacity.map(|capacity| capacity.to_string()),
                CfnAutoScalingGroupProps::desired_capacity,
            )
            .with(
                props.auto_scaling_group_name,
                CfnAutoScalingGroupProps::auto_scaling_group_name,
            )
            .with(props.instance_maintenance, |group, policy| {
                group.instance_maintenance_policy(policy.render(scope))
            })
            .with(props.default_instance_warmup, |group, time| {
                group.default_instance_warmup(time.to_seconds_i64())
            });
        let group = match props.mixed_instances {
            Some(mixed) => {
                group.mixed_instances_policy(mixed.render(scope, specification, architecture))
            }
            None => group.launch_template(specification),
        };
        let group = with_lifetime(scope, group, props.max_instance_lifetime);
        let group = with_switches(
            group,
            &props.termination_policies,
            &Switches {
                rebalancing: props.capacity_rebalancing,
                protection: props.new_instances_protected,
                distribution: props.zone_distribution,
                metrics: props.group_metrics,
            },
        );
        let notifications: Vec<_> = props.notifications.iter().map(notification).collect();
        let group = if notifications.is_empty() {
            group
        } else {
            group.notification_configurations(notifications)
        };
        let resource = group.build(scope, "ASG");
        let signals = props.signals;
        if let Some(signals) = signals {
            resource.creation_policy(signals.render(props.desired_capacity.unwrap_or(min)));
        }
        let sizes = Sizes { min, max, signals };
        resource.update_policy(props.update_policy.render(scope, sizes));
        // User data usually installs packages, so instances must not start before their routes.
        subnets.established_before(*resource);
        let group = Self {
            scope,
            resource,
            template,
        };
        if let (Some(_), Some(role)) = (signals, group.role()) {
            role.add_statement(
                Statement::allow()
                    .action("cloudformation:SignalResource")
                    .resource(Pseudo::StackId.value()),
            );
        }
        group
    }

    /// Registers the instances in a target group, whose targets must be instances (`INF4119` otherwise), and allows its load
    /// balancers to reach them on its port.
    #[track_caller]
    pub fn attach_to(&self, target_group: &impl AsTargetGroup<'app>) {
        let target_group = target_group.as_target_group();
        if let TargetGroupRef::Own(own) = target_group {
            own.expects(
                self.scope.at_caller(),
                TargetType::Instance,
                "an Auto Scaling group",
            );
            own.add_target(self);
        }
        self.resource
            .push_prop("TargetGroupARNs", target_group.arn().into_data());
    }

    /// Returns the physical name of the group.
    pub fn auto_scaling_group_name(&self) -> Value<Name<kind::autoscaling::AutoScalingGroup>> {
        self.resource.ref_()
    }

    /// Returns the launch template.
    pub const fn launch_template(&self) -> LaunchTemplateRef<'app> {
        self.template
    }

    /// Returns the role of the instances, or `None` for an imported launch template.
    pub fn role(&self) -> Option<RoleRef<'app>> {
        match self.template {
            LaunchTemplateRef::Own(own) => Some(own.role()),
            LaunchTemplateRef::Imported(_) => None,
        }
    }

    /// Returns the L1 binding of the group.
    pub const fn cfn(&self) -> CfnAutoScalingGroup<'app> {
        self.resource
    }
}

/// Reports capacities in the wrong order.
fn check_capacity(scope: Scope<'_>, props: &AutoScalingGroupProps<'_>) {
    let (min, max) = (props.min_capacity, props.max_capacity);
    let report = |property: &'static str, message: String, expected: String| {
        scope.report(
            Diagnostic::new(codes::GROUP_CAPACITY, message)
                .property(property)
                .expected(expected)
                .help("set `min_capacity` to at most `desired_capacity`, and that to at most `max_capacity`"),
        );
    };
    if min > max {
        report(
            "MinSize",
            format!("the minimum capacity {min} is greater than the maximum capacity {max}"),
            format!("0 to {max}"),
        );
    } else if let Some(desired) = props.desired_capacity.filter(|d| !(min..=max).contains(d)) {
        report(
            "DesiredCapacity",
            format!("the desired capacity {desired} is outside the bounds of the group"),
            format!("{min} to {max}"),
        );
    }
}

fn with_lifetime(
    scope: Scope<'_>,
    group: CfnAutoScalingGroupProps,
    lifetime: Option<Duration>,
) -> CfnAutoScalingGroupProps {
    if let Some(lifetime) = lifetime {
        check_duration(
            scope,
            "MaxInstanceLifetime",
            "the maximum age of instances",
            lifetime,
            (Duration::days(1), Duration::days(365)),
        );
    }
    group.with(lifetime, |group, lifetime| {
        group.max_instance_lifetime(lifetime.to_seconds_i64())
    })
}

/// Properties with two or few values.
struct Switches {
    rebalancing: CapacityRebalancing,
    protection: ScaleInProtection,
    distribution: ZoneDistribution,
    metrics: GroupMetrics,
}

/// Sets what differs from the defaults of CloudFormation.
fn with_switches(
    group: CfnAutoScalingGroupProps,
    policies: &[TerminationPolicy],
    switches: &Switches,
) -> CfnAutoScalingGroupProps {
    let names: Vec<String> = policies.iter().map(|p| p.as_str().to_owned()).collect();
    let set = |condition: bool| condition.then_some(true);
    let balanced = match switches.distribution {
        ZoneDistribution::BalancedBestEffort => None,
        ZoneDistribution::BalancedOnly => Some(
            cfn::AvailabilityZoneDistribution::new().capacity_distribution_strategy(
                cfn::AvailabilityZoneDistributionCapacityDistributionStrategy::BALANCED_ONLY,
            ),
        ),
    };
    let metrics = match switches.metrics {
        GroupMetrics::Enabled => Some(vec![cfn::MetricsCollection::new("1Minute")]),
        GroupMetrics::Disabled => None,
    };
    group
        .with(
            (!names.is_empty()).then_some(names),
            CfnAutoScalingGroupProps::termination_policies,
        )
        .with(
            set(switches.rebalancing == CapacityRebalancing::Enabled),
            CfnAutoScalingGroupProps::capacity_rebalance,
        )
        .with(
            set(switches.protection == ScaleInProtection::Enabled),
            CfnAutoScalingGroupProps::new_instances_protected_from_scale_in,
        )
        .with(
            balanced,
            CfnAutoScalingGroupProps::availability_zone_distribution,
        )
        .with(metrics, CfnAutoScalingGroupProps::metrics_collection)
}

fn notification((topic, events): &(Topic<'_>, Vec<GroupEvent>)) -> cfn::NotificationConfiguration {
    let types: Vec<String> = events.iter().map(|one| one.as_str().to_owned()).collect();
    cfn::NotificationConfiguration::new(topic.arn().into_data()).notification_types(types)
}

impl<'app> Connectable<'app> for AutoScalingGroup<'app> {
    fn connections(&self) -> Connections<'app> {
        self.template.connections()
    }
}

/// Grants permissions to the role of the instances. That of an imported launch template is not known, so a permission for it
/// is reported (`INF4608`).
impl<'app> Grantable<'app> for AutoScalingGroup<'app> {
    fn grantee(&self) -> Grantee<'app> {
        match self.role() {
            Some(role) => role.grantee(),
            None => Principal::service("ec2.amazonaws.com").grantee(),
        }
    }
}

impl<'app> Identity<'app> for AutoScalingGroup<'app> {}
