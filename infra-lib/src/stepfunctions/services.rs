//! Integrations of Lambda and of other state machines, and their resources.

use super::integration::{Integration, WithCallback, WithPayload, WithoutCallback};
#[cfg(feature = "lambda")]
use super::retry::Retry;
#[cfg(feature = "lambda")]
use crate::core::Duration;
use crate::core::{Arn, IntoValue, Value, intrinsics, pseudo, sub};
use crate::iam::Statement;
use crate::kind;

#[cfg(feature = "lambda")]
impl Integration<WithCallback, WithPayload> {
    /// Creates an invocation of a function, version or alias. The task is retried after errors of Lambda, 6 times from 2
    /// seconds on, as AWS
    /// [recommends](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception).
    pub fn lambda(function: impl IntoValue<Arn<kind::lambda::Function>>) -> Self {
        let arn = function.into_value();
        let errors = [
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
        ];
        Self::optimized("lambda:invoke")
            .argument("FunctionName", arn.clone().into_data())
            .input_as("Payload")
            .statement(
                Statement::allow()
                    .action("lambda:InvokeFunction")
                    .resource(arn),
            )
            .retry(
                Retry::on(errors)
                    .interval(Duration::seconds(2))
                    .max_attempts(6)
                    .backoff_rate(2.0),
            )
    }
}

impl Integration<WithCallback, WithPayload> {
    /// Creates a start of an execution of another machine, without waiting for its end.
    pub fn start_execution(
        machine: impl IntoValue<Arn<kind::stepfunctions::StateMachine>>,
    ) -> Self {
        let arn = machine.into_value();
        Self::optimized("states:startExecution").of_machine(&arn)
    }
}

impl Integration<WithoutCallback, WithPayload> {
    /// Creates an execution of another machine; the task ends with it, and its result has the output as JSON. Only standard
    /// machines can (`INF4950`).
    pub fn run_execution(machine: impl IntoValue<Arn<kind::stepfunctions::StateMachine>>) -> Self {
        let arn = machine.into_value();
        Self::run_job("states:startExecution", ".sync:2")
            .of_machine(&arn)
            .statement(
                Statement::allow()
                    .actions(["states:DescribeExecution", "states:StopExecution"])
                    .resource(execution_arn(&arn)),
            )
            .statement(managed_rule(
                "StepFunctionsGetEventsForStepFunctionsExecutionRule",
            ))
    }
}

impl<W> Integration<W, WithPayload> {
    fn of_machine(self, arn: &Value<Arn<kind::stepfunctions::StateMachine>>) -> Self {
        self.argument("StateMachineArn", arn.clone().into_data())
            .input_as("Input")
            .statement(
                Statement::allow()
                    .action("states:StartExecution")
                    .resource(arn),
            )
    }
}

/// Returns the ARN pattern of all executions of a machine.
pub(super) fn execution_arn(
    machine: &Value<Arn<kind::stepfunctions::StateMachine>>,
) -> Value<String> {
    let part = |index: u32| -> Value<String> {
        let literal = machine
            .as_literal()
            .and_then(|arn| arn.split(':').nth(usize::try_from(index).ok()?));
        match literal {
            Some(part) => part.into_value(),
            None => intrinsics::select(index, intrinsics::split(":", machine)),
        }
    };
    sub![
        "arn:",
        pseudo::partition(),
        ":states:",
        part(3),
        ":",
        part(4),
        ":execution:",
        part(6),
        ":*"
    ]
}

/// Returns the permission for the rule through which Step Functions learns of the end of jobs.
pub(super) fn managed_rule(name: &str) -> Statement {
    Statement::allow()
        .actions(["events:DescribeRule", "events:PutRule", "events:PutTargets"])
        .resource(sub![
            "arn:",
            pseudo::partition(),
            ":events:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":rule/",
            name
        ])
}
