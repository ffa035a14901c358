//! Integrations: calls of services by tasks.

use std::marker::PhantomData;

use super::language::Language;
use super::retry::Retry;
use crate::core::{Arn, Data, IntoValue, Map, Value, pseudo, sub};
use crate::iam::Statement;
use crate::kind;

/// Kind of integrations whose task can wait until a program returns its token.
#[derive(Clone, Copy, Debug)]
pub enum WithCallback {}

/// Kind of integrations whose task ends when the service answers, or waits for a token already.
#[derive(Clone, Copy, Debug)]
pub enum WithoutCallback {}

/// Kind of integrations that send a payload, which is the input of the state by default.
#[derive(Clone, Copy, Debug)]
pub enum WithPayload {}

/// Kind of integrations with arguments only.
#[derive(Clone, Copy, Debug)]
pub enum WithoutPayload {}

/// Form of a call: the end of its ARN.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Pattern {
    RequestResponse,
    /// The task ends with the job: `.sync` or `.sync:2`.
    RunJob(&'static str),
    WaitForToken,
    Activity,
}

/// A value of an argument.
#[derive(Clone, Debug)]
enum Argument {
    Data(Data),
    /// The input of the state.
    Input,
}

/// A call as data, whether or not it can wait for a token.
#[derive(Clone, Debug)]
pub(super) struct Call {
    service: Value<String>,
    pattern: Pattern,
    arguments: Vec<(String, Argument)>,
    pub(super) retry: Option<Retry>,
    pub(super) statements: Vec<Statement>,
}

impl Call {
    /// Returns the ARN of the call.
    pub(super) fn resource(&self) -> Value<String> {
        let end = match self.pattern {
            Pattern::Activity => return self.service.clone(),
            Pattern::RequestResponse => "",
            Pattern::RunJob(end) => end,
            Pattern::WaitForToken => ".waitForTaskToken",
        };
        sub![
            "arn:",
            pseudo::partition(),
            ":states:::",
            self.service.clone(),
            end
        ]
    }

    pub(super) fn waits_for_token(&self) -> bool {
        self.pattern == Pattern::WaitForToken
    }

    pub(super) fn standard_only(&self) -> Option<&'static str> {
        match self.pattern {
            Pattern::RequestResponse => None,
            Pattern::RunJob(_) => Some("a task that waits for the end of a job"),
            Pattern::WaitForToken => Some("a task that waits for a token"),
            Pattern::Activity => Some("an activity"),
        }
    }

    pub(super) fn arguments<L: Language>(&self) -> Option<Data> {
        if self.arguments.is_empty() {
            return None;
        }
        let mut map = Map::default();
        for (name, argument) in &self.arguments {
            let value = match argument {
                Argument::Input => Data::from(L::INPUT),
                Argument::Data(data) => data.clone(),
            };
            map.insert(name.clone(), value);
        }
        Some(Data::Map(with_paths::<L>(&map)))
    }
}

/// Returns the arguments; those that are paths of JSONPath have a key that ends with `.$`.
pub(super) fn with_paths<L: Language>(arguments: &Map) -> Map {
    let mut map = Map::default();
    for (name, value) in arguments.iter() {
        let is_path = L::QUERY_LANGUAGE.is_none()
            && value.as_text().is_some_and(|text| {
                text == "$"
                    || ["$.", "$$.", "States."]
                        .iter()
                        .any(|start| text.starts_with(start))
            });
        let end = if is_path { ".$" } else { "" };
        map.insert(format!("{name}{end}"), value.clone());
    }
    map
}

/// A call of a service by a [`Task`](super::Task), with the permissions that it needs.
///
/// Constructors name the service and action. See [service
/// integrations](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html). Defaults:
///
/// | property | here | Step Functions |
/// |---|---|---|
/// | permissions | of the call, on its resource only | none |
/// | payload, message or input | the input of the state | none |
///
/// A task can wait until a program returns its token, where the service supports it:
///
/// ```
/// use infra_lib::sqs::Queue;
/// use infra_lib::stepfunctions::{Integration, Jsonata, Task};
/// use infra_lib::{App, Duration, Stack};
/// use serde_json::json;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let reviews = Queue::builder().build(stack, "Reviews");
/// let message = json!({ "order": "{% $states.input.id %}", "token": Jsonata::TASK_TOKEN });
/// Task::new("Review", Integration::sqs_send_message(&reviews).payload(message).wait_for_task_token())
///     .heartbeat(Duration::hours(1))
///     .timeout(Duration::days(1));
/// ```
#[derive(Clone, Debug)]
#[must_use = "an integration has no effect until it is passed to a task"]
pub struct Integration<W = WithoutCallback, P = WithoutPayload> {
    pub(super) call: Call,
    /// Name of the argument that [`Integration::payload`] sets.
    body: &'static str,
    kind: PhantomData<fn() -> (W, P)>,
}

impl<W, P> Integration<W, P> {
    /// Creates an optimized integration, such as `lambda:invoke`.
    pub(super) fn optimized(service: &'static str) -> Self {
        Self::of(service.into_value(), Pattern::RequestResponse)
    }

    /// Creates an optimized integration whose task ends with the job; `end` is `.sync` or `.sync:2`.
    pub(super) fn run_job(service: &'static str, end: &'static str) -> Self {
        Self::of(service.into_value(), Pattern::RunJob(end))
    }

    fn of(service: Value<String>, pattern: Pattern) -> Self {
        Self {
            call: Call {
                service,
                pattern,
                arguments: Vec::new(),
                retry: None,
                statements: Vec::new(),
            },
            body: "Payload",
            kind: PhantomData,
        }
    }

    /// Sets an argument of the call; the last call counts. JSONata: texts can be expressions. JSONPath: a text that begins
    /// with `$.`, `$$.` or `States.` is a path; within values, keys that end with `.$` have paths.
    pub fn argument(mut self, name: impl Into<String>, value: impl Into<Data>) -> Self {
        self.set(name.into(), Argument::Data(value.into()));
        self
    }

    /// Adds a statement to the role of the machine.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.call.statements.push(statement);
        self
    }

    /// Passes the input of the state as an argument.
    pub(super) fn input_as(mut self, name: &'static str) -> Self {
        self.body = name;
        self.set(name.to_owned(), Argument::Input);
        self
    }

    pub(super) fn retry(mut self, retry: Retry) -> Self {
        self.call.retry = Some(retry);
        self
    }

    fn set(&mut self, name: String, argument: Argument) {
        let path = format!("{name}.$");
        self.call
            .arguments
            .retain(|(other, _)| *other != name && *other != path);
        self.call.arguments.push((name, argument));
    }
}

impl<W> Integration<W, WithPayload> {
    /// Sets the payload of a function, the message to a queue or topic, or the input of an execution. Default: the input of
    /// the state.
    pub fn payload(mut self, payload: impl Into<Data>) -> Self {
        self.set(self.body.to_owned(), Argument::Data(payload.into()));
        self
    }
}

impl<P> Integration<WithCallback, P> {
    /// Waits until a program returns the token of the task with `SendTaskSuccess` or `SendTaskFailure`; see
    /// [`grant_task_response`](super::StateMachine::grant_task_response). Only standard machines can (`INF4950`), and the
    /// arguments must contain the token (`INF4952`), which is [`Jsonata::TASK_TOKEN`](super::Jsonata::TASK_TOKEN) or
    /// [`JsonPath::TASK_TOKEN`](super::JsonPath::TASK_TOKEN).
    pub fn wait_for_task_token(mut self) -> Integration<WithoutCallback, P> {
        self.call.pattern = Pattern::WaitForToken;
        Integration {
            call: self.call,
            body: self.body,
            kind: PhantomData,
        }
    }
}

impl Integration<WithCallback, WithoutPayload> {
    /// Creates a call of any action of any service: `aws_sdk("s3", "getObject")`. The names are those of the [AWS SDK
    /// integrations](https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html);
    /// [`statement`](Integration::statement) gives the permission.
    ///
    /// ```
    /// use infra_lib::iam::Statement;
    /// use infra_lib::stepfunctions::{Integration, Task};
    ///
    /// let count = Integration::aws_sdk("s3", "headBucket")
    ///     .argument("Bucket", "uploads")
    ///     .statement(Statement::allow().action("s3:ListBucket").resource("arn:aws:s3:::uploads"));
    /// Task::new("Look", count);
    /// ```
    pub fn aws_sdk(service: impl AsRef<str>, action: impl AsRef<str>) -> Self {
        let name = format!("aws-sdk:{}:{}", service.as_ref(), action.as_ref());
        Self::of(name.into_value(), Pattern::RequestResponse)
    }
}

impl Integration {
    /// Creates a task for the workers of an [`Activity`](super::Activity), who fetch it with `GetActivityTask`. Only
    /// standard machines can (`INF4950`).
    pub fn activity(arn: impl IntoValue<Arn<kind::stepfunctions::Activity>>) -> Self {
        Self::of(arn.into_value().cast(), Pattern::Activity)
    }
}
