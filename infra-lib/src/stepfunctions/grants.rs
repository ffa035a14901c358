//! Permissions of other principals on machines.

use super::StateMachine;
use super::services::execution_arn;
use crate::core::{Arn, IntoValue, Value, pseudo, sub};
use crate::iam::{Grant, Grantable, Identity};
use crate::kind;

const READ_MACHINE: [&str; 2] = ["states:DescribeStateMachine", "states:ListExecutions"];
const READ_EXECUTION: [&str; 3] = [
    "states:DescribeExecution",
    "states:DescribeStateMachineForExecution",
    "states:GetExecutionHistory",
];
const RESPOND: [&str; 3] = [
    "states:SendTaskFailure",
    "states:SendTaskHeartbeat",
    "states:SendTaskSuccess",
];

impl<'app> StateMachine<'app> {
    /// Imports an existing machine by its ARN. Roles of this app can be allowed to start it.
    pub fn from_arn(
        arn: impl IntoValue<Arn<kind::stepfunctions::StateMachine>>,
    ) -> ImportedStateMachine {
        ImportedStateMachine {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN pattern of all executions of the machine.
    pub(super) fn executions(&self) -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":states:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":execution:",
            self.state_machine_name(),
            ":*"
        ]
    }

    /// Allows a principal to start executions.
    #[track_caller]
    pub fn grant_start_execution(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &["states:StartExecution"])
    }

    /// Allows a principal to start executions of an express machine and to wait for their result.
    #[track_caller]
    pub fn grant_start_sync_execution(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &["states:StartSyncExecution"])
    }

    /// Allows a principal to read the definition, to list executions, and to read their history.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &READ_MACHINE)
            .and(self.grant_execution(to, READ_EXECUTION))
    }

    /// Allows a principal to return tokens of tasks of the machine, with success or failure, and to send heartbeats.
    #[track_caller]
    pub fn grant_task_response(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &RESPOND)
    }

    /// Allows a principal to continue failed executions where they failed.
    #[track_caller]
    pub fn grant_redrive_execution(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant_execution(to, ["states:RedriveExecution"])
    }

    /// Allows a principal to take actions on the executions of the machine, such as `states:StopExecution`.
    #[track_caller]
    pub fn grant_execution(
        &self,
        to: &impl Grantable<'app>,
        actions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Grant<'app> {
        Grant::to(to)
            .actions(actions)
            .resource(self.executions())
            .on_identity(self)
    }

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&str]) -> Grant<'app> {
        Grant::to(to)
            .actions(actions.iter().copied())
            .resource(self.arn())
            .on_identity(self)
    }
}

/// An existing machine, from [`StateMachine::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedStateMachine {
    arn: Value<Arn<kind::stepfunctions::StateMachine>>,
}

impl ImportedStateMachine {
    /// Returns the ARN of the machine.
    pub fn arn(&self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.arn.clone()
    }

    /// Allows an identity of the app to start executions.
    #[track_caller]
    pub fn grant_start_execution<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["states:StartExecution"])
    }

    /// Allows an identity of the app to start executions of an express machine and to wait for their result.
    #[track_caller]
    pub fn grant_start_sync_execution<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["states:StartSyncExecution"])
    }

    /// Allows an identity of the app to read the definition, to list executions, and to read their history.
    #[track_caller]
    pub fn grant_read<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), READ_MACHINE).and(Grant::on_imported(
            to,
            execution_arn(&self.arn),
            READ_EXECUTION,
        ))
    }

    /// Allows an identity of the app to return tokens of tasks of the machine, and to send heartbeats.
    #[track_caller]
    pub fn grant_task_response<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), RESPOND)
    }
}

impl IntoValue<Arn<kind::stepfunctions::StateMachine>> for &ImportedStateMachine {
    fn into_value(self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.arn()
    }
}
