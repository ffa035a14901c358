//! Aliases of state machines.

use super::{StateMachine, StateMachineVersion};
use crate::cfn::stepfunctions::state_machine_alias::{
    DeploymentPreference, DeploymentPreferenceType, RoutingConfigurationVersion,
};
use crate::cfn::stepfunctions::{CfnStateMachineAlias, CfnStateMachineAliasProps};
use crate::construct::With;
use crate::core::{Arn, Duration, IntoValue, Scope, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// Way in which new executions move from the former version of a [`StateMachineAlias`] to the next one.
///
/// See [gradual
/// deployment](https://docs.aws.amazon.com/step-functions/latest/dg/version-rolling-deployment.html).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VersionShift {
    /// All executions at once.
    AllAtOnce,
    /// A part of the executions stays with another version until the next deployment.
    Weighted {
        /// ARN of the other version.
        other: Value<Arn<kind::stepfunctions::StateMachineVersion>>,
        /// Percentage of the executions of the other version, 0 to 100.
        percent: u8,
    },
    /// A part of the executions first, and the others after a time.
    Canary {
        /// Percentage of the executions that move first, 1 to 99.
        percent: u8,
        /// Time until the others move, 1 minute to 35 hours.
        interval: Duration,
    },
    /// Equal parts of the executions, one after each interval.
    Linear {
        /// Percentage of the executions that move at a time, 1 to 99.
        percent: u8,
        /// Time between two parts, 1 minute to 35 hours.
        interval: Duration,
    },
}

crate::construct! {
    /// A name of a state machine, such as `live`, that points to a version and moves to the next one at a deployment.
    ///
    /// Creates an
    /// [`AWS::StepFunctions::StateMachineAlias`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachinealias.html).
    /// Services that start the machine take the alias in its place. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | move to a new version | at once | required |
    /// | alarms that stop a gradual move | none | none |
    /// | name | required at compile time | generated |
    ///
    /// ```
    /// use infra_lib::stepfunctions::{
    ///     Definition, Pass, StateMachine, StateMachineAlias, StateMachineVersion, VersionShift,
    /// };
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let machine = StateMachine::builder().definition(Definition::new(Pass::new("Done"))).build(stack, "Machine");
    /// let version = StateMachineVersion::builder().state_machine(&machine).build(stack, "Version");
    /// StateMachineAlias::builder()
    ///     .alias_name("live")
    ///     .version(&version)
    ///     .shift(VersionShift::Canary { percent: 10, interval: Duration::minutes(5) })
    ///     .build(stack, "Live");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct StateMachineAlias<'app>: "infra-lib.stepfunctions.StateMachineAlias" {
        resource: CfnStateMachineAlias<'app>,
        machine: StateMachine<'app>,
    }

    /// Properties of a [`StateMachineAlias`], set through [`StateMachineAlias::builder`].
    pub struct StateMachineAliasProps, StateMachineAliasBuilder, state_machine_alias_builder {
        /// Names of alarms.
        list alarms: Value<String>,
        /// Name of the alias: letters, digits, hyphens, underscores and dots, at most 80, but not digits only. A change
        /// replaces the alias.
        required_value alias_name: String,
        /// Version to which the alias points.
        required_handle version: StateMachineVersion<'app>,
        /// Way in which executions move to a new version. Default: at once.
        default shift: VersionShift = VersionShift::AllAtOnce,
        /// Description of the alias, at most 256 characters. Default: none.
        text description,
    }
}

impl<S: state_machine_alias_builder::State> StateMachineAliasBuilder<'_, S> {
    /// Adds the name of an alarm that returns executions to the former version during a gradual move. It has no effect on
    /// [`VersionShift::AllAtOnce`] and [`VersionShift::Weighted`].
    pub fn alarm(mut self, name: impl IntoValue<String>) -> Self {
        self.alarms.push(name.into_value());
        self
    }
}

impl<'app> StateMachineAlias<'app> {
    fn create(scope: Scope<'app>, props: StateMachineAliasProps<'app>) -> Self {
        let version = props.version.arn().cast::<String>();
        let route =
            |version: Value<String>, weight: i64| RoutingConfigurationVersion::new(version, weight);
        let gradual = |kind, percent: u8, interval: Duration, alarms: Vec<Value<String>>| {
            let minutes = interval.to_seconds_i64() / 60;
            DeploymentPreference::new(version.clone(), kind)
                .percentage(i64::from(percent))
                .interval(minutes)
                .with(
                    Some(alarms).filter(|alarms| !alarms.is_empty()),
                    DeploymentPreference::alarms,
                )
        };
        let cfn = CfnStateMachineAliasProps::new()
            .name(props.alias_name)
            .with(props.description, CfnStateMachineAliasProps::description);
        let cfn = match props.shift {
            VersionShift::AllAtOnce => cfn.routing_configuration([route(version, 100)]),
            VersionShift::Weighted { other, percent } => {
                let percent = i64::from(percent);
                cfn.routing_configuration([
                    route(version, 100 - percent),
                    route(other.cast(), percent),
                ])
            }
            VersionShift::Canary { percent, interval } => cfn.deployment_preference(gradual(
                DeploymentPreferenceType::CANARY,
                percent,
                interval,
                props.alarms,
            )),
            VersionShift::Linear { percent, interval } => cfn.deployment_preference(gradual(
                DeploymentPreferenceType::LINEAR,
                percent,
                interval,
                props.alarms,
            )),
        };
        Self {
            scope,
            resource: cfn.build(scope, "Resource"),
            machine: props.version.state_machine(),
        }
    }

    /// Returns the ARN of the alias, which ends with its name.
    pub fn arn(&self) -> Value<Arn<kind::stepfunctions::StateMachineAlias>> {
        self.resource.ref_()
    }

    /// Returns the state machine.
    pub fn state_machine(&self) -> StateMachine<'app> {
        self.machine
    }

    /// Returns the L1 binding of the alias.
    pub fn cfn(&self) -> CfnStateMachineAlias<'app> {
        self.resource
    }

    /// Allows a principal to start executions through the alias.
    #[track_caller]
    pub fn grant_start_execution(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("states:StartExecution")
            .resource(self.arn())
            .on_identity(self)
    }
}

impl IntoValue<Arn<kind::stepfunctions::StateMachine>> for StateMachineAlias<'_> {
    fn into_value(self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.arn().cast()
    }
}

impl IntoValue<Arn<kind::stepfunctions::StateMachine>> for &StateMachineAlias<'_> {
    fn into_value(self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.arn().cast()
    }
}
