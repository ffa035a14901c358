//! Settings of a change set that `DescribeChangeSet` returns beside its parameters, tags, capabilities and changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Settings of a change set, as `DescribeChangeSet` returns them. The default is a change set that was made with none of
/// them; CloudFormation leaves out what was not asked for.
///
/// The role, the values of `NoEcho` parameters, the kind of the change set and the list of resources to import are not
/// among them: no call of CloudFormation returns those.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangeSetSettings {
    /// Values that CloudFormation looked up for parameters of SSM types, by parameter.
    pub resolved_parameters: BTreeMap<String, String>,
    /// ARNs of the SNS topics that are sent the events of the stack.
    pub notification_arns: Vec<String>,
    /// Alarms that end the operation.
    pub rollback_triggers: Vec<RollbackTrigger>,
    /// Minutes for which the alarms are watched after the last resource is done.
    pub monitoring_minutes: Option<i32>,
    /// Value of `OnStackFailure`: `DELETE`, `DO_NOTHING` or `ROLLBACK`.
    pub on_stack_failure: Option<String>,
    /// True when resources with names that exist are taken into the stack.
    pub import_existing: bool,
    /// True when the change set also holds change sets of nested stacks.
    pub include_nested_stacks: bool,
    /// ARN of the change set of the parent stack, where this one is of a nested stack.
    pub parent_change_set_id: Option<String>,
    /// ARN of the change set at the top of a hierarchy of nested stacks.
    pub root_change_set_id: Option<String>,
    /// Value of `DeploymentMode`: `REVERT_DRIFT`.
    pub deployment_mode: Option<String>,
    /// Value of `DeploymentConfig.Mode`: `STANDARD` or `EXPRESS`.
    pub config_mode: Option<String>,
    /// Value of `DeploymentConfig.DisableRollback`.
    pub disable_rollback: Option<bool>,
}

/// An alarm that ends an operation, as CloudFormation returns it.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct RollbackTrigger {
    /// ARN of the alarm.
    pub arn: String,
    /// Type, such as `AWS::CloudWatch::Alarm`.
    pub type_name: String,
}

impl RollbackTrigger {
    /// A trigger for an alarm of CloudWatch.
    pub fn of_alarm(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            type_name: ALARM.to_owned(),
        }
    }
}

/// Type of the triggers that this crate asks for.
pub(crate) const ALARM: &str = "AWS::CloudWatch::Alarm";
