//! Deployments of a service: number of tasks during a deployment, and rollback.

use crate::cfn::ecs::service as cfn;
use crate::core::{Diagnostic, Name, Scope, Value, codes, value};
use crate::kind;

/// Reaction of ECS to a deployment whose tasks do not become healthy.
///
/// See [deployment circuit
/// breaker](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CircuitBreaker {
    /// ECS rolls back to the previous revision, and the stack update fails within minutes; the default here.
    Rollback,
    /// ECS stops the deployment without rolling back, so that the failed tasks can be examined.
    Stop,
    /// ECS keeps retrying for hours; the default of CloudFormation.
    Off,
}

/// Rebalancing of tasks across Availability Zones.
///
/// See [Availability Zone
/// rebalancing](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ZoneRebalancing {
    /// ECS moves tasks until the zones have equally many, for example after a failed zone recovers; the default here,
    /// and for services created since September 2025.
    Enabled,
    /// Tasks stay in the zone where they were started.
    Disabled,
}

/// Deployment settings of a service.
#[derive(Debug)]
pub(super) struct Deployment {
    pub(super) desired_count: u32,
    pub(super) min_healthy_percent: u32,
    pub(super) max_healthy_percent: u32,
    pub(super) circuit_breaker: CircuitBreaker,
    pub(super) zone_rebalancing: ZoneRebalancing,
    pub(super) alarms: Vec<Value<Name<kind::cloudwatch::Alarm>>>,
}

impl Deployment {
    pub(super) fn render_configuration(&self) -> cfn::DeploymentConfiguration {
        let mut configuration = cfn::DeploymentConfiguration::new()
            .deployment_circuit_breaker(cfn::DeploymentCircuitBreaker::new(
                self.circuit_breaker != CircuitBreaker::Off,
                self.circuit_breaker == CircuitBreaker::Rollback,
            ))
            .maximum_percent(self.max_healthy_percent)
            .minimum_healthy_percent(self.min_healthy_percent);
        if !self.alarms.is_empty() {
            configuration =
                configuration.alarms(cfn::DeploymentAlarms::new(cfn::DeploymentAlarmsRequired {
                    alarm_names: value(self.alarms.clone()),
                    enable: value(true),
                    rollback: value(true),
                }));
        }
        configuration
    }

    /// Reports numbers with which ECS can neither start a new task nor stop an old one.
    ///
    /// ECS rounds the minimum number of tasks up and the maximum down
    /// ([`DeploymentConfiguration`](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html)).
    pub(super) fn check_percentages(&self, scope: Scope<'_>) {
        let count = u64::from(self.desired_count);
        let least = (count * u64::from(self.min_healthy_percent)).div_ceil(100);
        let most = count * u64::from(self.max_healthy_percent) / 100;
        let (min, max) = (self.min_healthy_percent, self.max_healthy_percent);
        if max <= min || (count > 0 && most <= least) {
            let tasks = if count == 1 {
                "1 task".to_owned()
            } else {
                format!("{count} tasks")
            };
            scope.report(
                Diagnostic::new(codes::DEPLOYMENT_STUCK, format!("a deployment of {tasks} between {min} % and {max} % can never replace a task"))
                    .property("DeploymentConfiguration")
                    .actual(format!("at least {least} and at most {most} running tasks"))
                    .expected("at least one task more than the minimum")
                    .help("raise `max_healthy_percent` (200 starts new tasks first) or lower `min_healthy_percent` (0 stops old ones first)"),
            );
        } else if self.zone_rebalancing == ZoneRebalancing::Enabled && max <= 100 {
            scope.report(
                Diagnostic::new(codes::DEPLOYMENT_STUCK, format!("Availability Zones cannot be rebalanced with at most {max} % of the tasks"))
                    .property("AvailabilityZoneRebalancing")
                    .expected("a `max_healthy_percent` above 100")
                    .help("raise `max_healthy_percent`, or set `zone_rebalancing(ZoneRebalancing::Disabled)`"),
            );
        }
    }
}
