//! Steps in which requests move to a new version.

use crate::cfn::codedeploy::{CfnDeploymentConfigProps, deployment_config};
use crate::core::{Duration, Scope, Value, value};

/// Steps in which the requests of an alias move to a new version.
///
/// CodeDeploy has configurations of its own for the steps that the CDK names; others become an
/// [`AWS::CodeDeploy::DeploymentConfig`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentconfig.html)
/// below the deployment group.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::codedeploy::Traffic;
///
/// let canary = Traffic::canary(10, Duration::minutes(5));
/// let linear = Traffic::linear(20, Duration::minutes(2));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Traffic(Steps);

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Steps {
    AllAtOnce,
    Canary(u8, Duration),
    Linear(u8, Duration),
}

impl Traffic {
    /// Moves all requests at once.
    pub const fn all_at_once() -> Self {
        Self(Steps::AllAtOnce)
    }

    /// Moves a percentage of the requests, 1 to 99, and the others after a time in whole minutes.
    pub const fn canary(percentage: u8, interval: Duration) -> Self {
        Self(Steps::Canary(percentage, interval))
    }

    /// Moves a percentage of the requests, 1 to 99, and the same again after each time in whole minutes.
    pub const fn linear(percentage: u8, interval: Duration) -> Self {
        Self(Steps::Linear(percentage, interval))
    }

    /// Returns the interval in minutes, if there is one.
    pub(super) const fn interval(self) -> Option<Duration> {
        match self.0 {
            Steps::AllAtOnce => None,
            Steps::Canary(_, interval) | Steps::Linear(_, interval) => Some(interval),
        }
    }

    /// Returns the percentage of a step, if there are steps.
    pub(super) const fn percentage(self) -> Option<u8> {
        match self.0 {
            Steps::AllAtOnce => None,
            Steps::Canary(percentage, _) | Steps::Linear(percentage, _) => Some(percentage),
        }
    }

    /// Returns the name of the configuration, which is added to `scope` unless CodeDeploy has it.
    pub(super) fn bind(self, scope: Scope<'_>) -> Value<String> {
        use deployment_config::{
            ComputePlatform, TimeBasedCanary, TimeBasedLinear, TrafficRoutingConfig,
            TrafficRoutingConfigType,
        };
        if let Some(name) = self.find_predefined() {
            return value(name);
        }
        let minutes = |interval: Duration| interval.as_seconds().div_ceil(60).cast_signed();
        let routing = match self.0 {
            Steps::AllAtOnce => TrafficRoutingConfig::new(TrafficRoutingConfigType::ALL_AT_ONCE),
            Steps::Canary(percentage, interval) => {
                let steps = TimeBasedCanary::new(minutes(interval), i64::from(percentage));
                TrafficRoutingConfig::new(TrafficRoutingConfigType::TIME_BASED_CANARY)
                    .time_based_canary(steps)
            }
            Steps::Linear(percentage, interval) => {
                let steps = TimeBasedLinear::new(minutes(interval), i64::from(percentage));
                TrafficRoutingConfig::new(TrafficRoutingConfigType::TIME_BASED_LINEAR)
                    .time_based_linear(steps)
            }
        };
        let config = CfnDeploymentConfigProps::new()
            .compute_platform(ComputePlatform::LAMBDA)
            .traffic_routing_config(routing)
            .build(scope.construct("DeploymentConfig"), "Resource");
        config.ref_().cast()
    }

    /// Returns the name of the configuration of CodeDeploy with these steps.
    ///
    /// AWS: [deployment
    /// configurations](https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html).
    fn find_predefined(self) -> Option<&'static str> {
        let minutes = self.interval().map_or(0, Duration::as_seconds);
        match (self.0, minutes) {
            (Steps::AllAtOnce, _) => Some("CodeDeployDefault.LambdaAllAtOnce"),
            (Steps::Canary(10, _), 300) => Some("CodeDeployDefault.LambdaCanary10Percent5Minutes"),
            (Steps::Canary(10, _), 600) => Some("CodeDeployDefault.LambdaCanary10Percent10Minutes"),
            (Steps::Canary(10, _), 900) => Some("CodeDeployDefault.LambdaCanary10Percent15Minutes"),
            (Steps::Canary(10, _), 1800) => {
                Some("CodeDeployDefault.LambdaCanary10Percent30Minutes")
            }
            (Steps::Linear(10, _), 60) => {
                Some("CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
            }
            (Steps::Linear(10, _), 120) => {
                Some("CodeDeployDefault.LambdaLinear10PercentEvery2Minutes")
            }
            (Steps::Linear(10, _), 180) => {
                Some("CodeDeployDefault.LambdaLinear10PercentEvery3Minutes")
            }
            (Steps::Linear(10, _), 600) => {
                Some("CodeDeployDefault.LambdaLinear10PercentEvery10Minutes")
            }
            _ => None,
        }
    }
}
