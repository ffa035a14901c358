//! Tasks: states that call a service.

use super::fields::{errors, result_path, state_with_next};
use super::integration::Integration;
use super::language::{JsonPath, Jsonata, Language};
use crate::core::{Data, Duration};

state_with_next! {
    /// A state that calls a service, or waits for an activity.
    ///
    /// Renders a [`Task`](https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html). The role of the machine
    /// receives the permissions of the integration. Defaults:
    ///
    /// | property | here | Step Functions |
    /// |---|---|---|
    /// | permissions | those of the call, on its resource only | none |
    /// | retries of Lambda tasks | after errors of the service, 6 times | none |
    /// | timeout | none | 99999999 seconds, which is more than three years |
    /// | heartbeat | none | none |
    ///
    /// ```
    /// use infra_lib::lambda::Function;
    /// use infra_lib::stepfunctions::{Definition, Integration, Task};
    /// use infra_lib::Duration;
    /// use serde_json::json;
    ///
    /// let arn = "arn:aws:lambda:eu-west-1:111122223333:function:charge";
    /// let charge = Task::new("Charge", Integration::lambda(arn).payload(json!({ "id": "{% $states.input.id %}" })))
    ///     .output("{% $states.result.Payload %}")
    ///     .assign("receipt", "{% $states.result.Payload.receipt %}")
    ///     .timeout(Duration::minutes(1));
    /// assert!(Definition::new(charge).to_json().to_string().contains("charge"));
    /// ```
    Task = "Task"
}
result_path!(Task);
errors!(Task);

impl Task<Jsonata> {
    /// Creates a task for a machine with JSONata.
    pub fn new<W, P>(name: impl Into<String>, integration: Integration<W, P>) -> Self {
        Self::calling(name, integration)
    }
}

impl Task<JsonPath> {
    /// Creates a task for a machine with JSONPath. Arguments of the integration that begin with `$.`, `$$.` or `States.`
    /// are paths.
    pub fn json_path<W, P>(name: impl Into<String>, integration: Integration<W, P>) -> Self {
        Self::calling(name, integration)
    }
}

impl<L: Language> Task<L> {
    fn calling<W, P>(name: impl Into<String>, integration: Integration<W, P>) -> Self {
        let mut task = Self::of(name);
        let call = integration.call;
        task.state
            .fields
            .insert("Resource", call.resource().into_data());
        if let Some(arguments) = call.arguments::<L>() {
            task.state.fields.insert(L::ARGUMENTS, arguments);
        }
        task.state.standard_only = call.standard_only();
        task.state.waits_for_token = call.waits_for_token();
        task.state.retries.extend(call.retry);
        task.state.statements = call.statements;
        task
    }

    /// Sets the time after which the task fails with `States.Timeout`. Default: none, which here means
    /// 99999999 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.state
            .fields
            .insert("TimeoutSeconds", timeout.to_seconds_i64());
        self.state.timeout = Some(timeout);
        self
    }

    /// Sets the time between two heartbeats after which the task fails with `States.HeartbeatTimeout`; shorter than the
    /// timeout (`INF4953`). Default: none.
    pub fn heartbeat(mut self, heartbeat: Duration) -> Self {
        self.state
            .fields
            .insert("HeartbeatSeconds", heartbeat.to_seconds_i64());
        self.state.heartbeat = Some(heartbeat);
        self
    }

    /// Removes the retries that the integration has, such as those of Lambda tasks, and those added so far.
    pub fn without_retries(mut self) -> Self {
        self.state.retries.clear();
        self
    }

    /// Sets the role that the task assumes, in this or another account; the role of the machine may assume it. Default:
    /// the role of the machine.
    pub fn credentials(mut self, role_arn: impl crate::core::IntoValue<String>) -> Self {
        let role_arn = role_arn.into_value();
        self.state.statements.push(
            crate::iam::Statement::allow()
                .action("sts:AssumeRole")
                .resource(&role_arn),
        );
        let role = Data::map([("RoleArn", role_arn.into_data())]);
        self.state.fields.insert("Credentials", role);
        self
    }
}
