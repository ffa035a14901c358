//! Settings of a change set that `DescribeChangeSet` returns in addition to parameters, tags, capabilities and changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Settings of a change set, as returned by `DescribeChangeSet`. The default is a change set without any of them; CloudFormation omits settings that
/// were not requested.
///
/// The role, values of `NoEcho` parameters, the type of the change set and the resources to import are missing: CloudFormation does not return them.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangeSetSettings {
    /// Values that CloudFormation read from Parameter Store for parameters of SSM types, by logical ID.
    pub resolved_parameters: BTreeMap<String, String>,
    /// ARNs of the SNS topics that receive the events of the stack during and after the execution.
    pub notification_arns: Vec<String>,
    /// CloudWatch alarms that CloudFormation monitors. The state `ALARM` of one triggers a rollback of the operation.
    pub rollback_triggers: Vec<RollbackTrigger>,
    /// Minutes to monitor the alarms after all resources are deployed, from 0 to 180. `None` if the request did not set it.
    pub monitoring_minutes: Option<i32>,
    /// Value of `OnStackFailure`: `DELETE`, `DO_NOTHING` or `ROLLBACK`, if the request contained it.
    pub on_stack_failure: Option<String>,
    /// `true` if existing resources with the names in the template are imported into the stack.
    pub import_existing: bool,
    /// `true` if the change set is the root of change sets for nested stacks.
    pub include_nested_stacks: bool,
    /// ARN of the change set of the parent stack, or `None` if the change set is not nested.
    pub parent_change_set_id: Option<String>,
    /// ARN of the change set of the root stack, or `None` if the change set is not nested.
    pub root_change_set_id: Option<String>,
    /// Value of `DeploymentMode`: `REVERT_DRIFT` if drifted resources are reverted to the template, or `None`.
    pub deployment_mode: Option<String>,
    /// Value of `DeploymentConfig.Mode`: `STANDARD`, or `EXPRESS` if the operation completes before resources are ready.
    pub config_mode: Option<String>,
    /// Value of `DeploymentConfig.DisableRollback`: `true` if a failed operation is not rolled back.
    pub disable_rollback: Option<bool>,
}

/// An alarm that triggers a rollback of the operation, as CloudFormation returns it.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct RollbackTrigger {
    /// ARN of the CloudWatch alarm that CloudFormation monitors during the operation.
    pub arn: String,
    /// CloudFormation type of the alarm: `AWS::CloudWatch::Alarm` or `AWS::CloudWatch::CompositeAlarm`.
    pub type_name: String,
}

impl RollbackTrigger {
    /// Creates a trigger of the type `AWS::CloudWatch::Alarm` from the ARN of the alarm.
    pub fn from_alarm(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            type_name: ALARM.to_owned(),
        }
    }
}

/// Type of the triggers in requests of this crate.
pub(crate) const ALARM: &str = "AWS::CloudWatch::Alarm";
