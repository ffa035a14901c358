//! Targets of schedules: the trait that constructs implement, and the generic target.

use std::fmt;
use std::rc::Rc;

use crate::cfn::scheduler::schedule;
use crate::construct::With;
use crate::core::{Arn, Data, Duration, IntoValue, Map, Value, value};
use crate::events::Bus;
use crate::iam::{Role, Statement};
use crate::kind;
use crate::lambda::{Alias, Function, FunctionRef, ImportedFunction, Version};
use crate::sns::{ImportedTopic, Topic};
use crate::sqs::{Fifo, ImportedQueue, Queue, QueueOfKind, Standard};

/// A construct that a [`Schedule`](super::Schedule) can invoke.
///
/// A construct of a team describes its ARN, and the permissions that the role of the schedule needs:
///
/// ```
/// use infra_lib::scheduler::{ScheduleTarget, Target};
/// use infra_lib::iam::Statement;
/// use infra_lib::{Resource, Value};
///
/// #[derive(Clone, Copy)]
/// struct Workflow<'app> {
///     machine: Resource<'app>,
/// }
///
/// impl<'app> ScheduleTarget<'app> for Workflow<'app> {
///     fn schedule_target(&self) -> Target<'app> {
///         let arn: Value<String> = self.machine.ref_value();
///         Target::new(&arn).statement(Statement::allow().action("states:StartExecution").resource(arn))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a schedule cannot invoke `{Self}`",
    label = "this is not a target of schedules",
    note = "`Target::new(arn)` is a target by its ARN, with `.statement(…)` for the permission that it needs"
)]
pub trait ScheduleTarget<'app> {
    /// Returns the target, with the permissions that it needs.
    fn schedule_target(&self) -> Target<'app>;
}

impl<'app, T: ScheduleTarget<'app>> ScheduleTarget<'app> for &T {
    fn schedule_target(&self) -> Target<'app> {
        (**self).schedule_target()
    }
}

/// Function that grants permissions to the role of a schedule.
type Permission<'app> = Rc<dyn Fn(&Role<'app>) + 'app>;

/// A target of a schedule: a resource by its ARN, the permissions to invoke it, its input, and the treatment of failures.
///
/// Targets of constructs are changed in the same way. See [targets of
/// schedules](https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | role | a new one, with the permissions of the target only | required |
/// | input | a notification with the time and the ARN of the schedule | the same |
/// | retries | 185 within 24 hours | the same |
/// | dead-letter queue | none: failed invocations are dropped | none |
#[derive(Clone)]
#[must_use = "a target has no effect until it is passed to a schedule"]
pub struct Target<'app> {
    arn: Value<String>,
    pub(super) role_arn: Option<Value<Arn<kind::iam::Role>>>,
    pub(super) statements: Vec<Statement>,
    pub(super) permission: Option<Permission<'app>>,
    input: Option<Value<String>>,
    retry_attempts: Option<u8>,
    max_event_age: Option<Duration>,
    dead_letter_queue_arn: Option<Value<Arn<kind::sqs::Queue>>>,
    parameters: Vec<(&'static str, Data)>,
}

impl<'app> Target<'app> {
    /// Creates a target from the ARN of a resource, or of an API of AWS (`arn:aws:scheduler:::aws-sdk:…`). The role of the
    /// schedule has the permissions of [`statement`](Self::statement) and [`permission`](Self::permission).
    ///
    /// ```
    /// use infra_lib::iam::Statement;
    /// use infra_lib::scheduler::{Schedule, ScheduleExpression, Target};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let database = "arn:aws:rds:eu-west-1:111122223333:db:test";
    /// let stop = Target::new("arn:aws:scheduler:::aws-sdk:rds:stopDBInstance")
    ///     .input(r#"{"DbInstanceIdentifier":"test"}"#)
    ///     .statement(Statement::allow().action("rds:StopDBInstance").resource(database));
    /// Schedule::of(ScheduleExpression::cron("0 20 ? * MON-FRI *").time_zone("Europe/Berlin"), stop)
    ///     .build(stack, "StopAtNight");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn new(arn: impl IntoValue<String>) -> Self {
        Self {
            arn: arn.into_value(),
            role_arn: None,
            statements: Vec::new(),
            permission: None,
            input: None,
            retry_attempts: None,
            max_event_age: None,
            dead_letter_queue_arn: None,
            parameters: Vec::new(),
        }
    }

    /// Creates a target that publishes an event to a bus. `source` does not begin with `aws.`; the input is the detail of
    /// the event, `{}` by default.
    pub fn event(bus: &impl Bus<'app>, source: &str, detail_type: &str) -> Self {
        let arn = bus.bus_arn();
        let publish = Statement::allow().action("events:PutEvents").resource(&arn);
        Self::new(arn).statement(publish).input("{}").parameters(
            "EventBridgeParameters",
            Data::map([
                ("DetailType", Data::from(detail_type.to_owned())),
                ("Source", Data::from(source.to_owned())),
            ]),
        )
    }

    /// Creates a target that sends the input to a FIFO queue, in a message group. A key of an imported queue needs a
    /// [`statement`](Self::statement). The queue needs deduplication by content.
    pub fn fifo_queue(
        queue: &impl QueueOfKind<'app, Fifo>,
        message_group: impl IntoValue<String>,
    ) -> Self {
        let queue = queue.as_queue();
        let group = Data::map([("MessageGroupId", message_group.into_value().into_data())]);
        let mut target = Self::new(queue.arn()).parameters("SqsParameters", group);
        target.statements = queue.send_statements();
        target
    }

    /// Adds a statement to the role of the schedule.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Sets an existing role with which the target is invoked, in place of a role of the schedule. It receives no
    /// permissions.
    pub fn role_arn(mut self, role_arn: impl IntoValue<Arn<kind::iam::Role>>) -> Self {
        self.role_arn = Some(role_arn.into_value());
        self
    }

    /// Sets the function that grants the role of the schedule its permissions. It runs when the schedule is built, unless
    /// the target has an existing role.
    pub fn permission(mut self, grant: impl Fn(&Role<'app>) + 'app) -> Self {
        self.permission = Some(Rc::new(grant));
        self
    }

    /// Sets the input of the target: the text of a JSON document for most targets. `<aws.scheduler.execution-id>` and
    /// [other names](https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html)
    /// stand for facts of the invocation.
    pub fn input(mut self, text: impl IntoValue<String>) -> Self {
        self.input = Some(text.into_value());
        self
    }

    /// Sets the number of retries, at most 185. Default: 185, as in CloudFormation.
    pub fn retry_attempts(mut self, attempts: u8) -> Self {
        self.retry_attempts = Some(attempts);
        self
    }

    /// Sets the age at which an invocation is no longer retried, 1 minute to 24 hours. Default: 24 hours, as in
    /// CloudFormation.
    pub fn max_event_age(mut self, age: Duration) -> Self {
        self.max_event_age = Some(age);
        self
    }

    /// Sets the standard queue that receives failed invocations, and allows the role of the schedule to send to it and to use
    /// its key. Default: none; they are dropped. A key of an imported queue needs a [`statement`](Self::statement).
    pub fn dead_letter_queue(mut self, queue: &impl QueueOfKind<'app, Standard>) -> Self {
        let queue = queue.as_queue();
        self.statements.extend(queue.send_statements());
        self.dead_letter_queue_arn = Some(queue.arn());
        self
    }

    /// Sets the standard queue that receives failed invocations, and allows the role of the schedule to send messages to
    /// it. Default: none; they are dropped.
    pub fn dead_letter_queue_arn(mut self, arn: impl IntoValue<Arn<kind::sqs::Queue>>) -> Self {
        let arn = arn.into_value();
        self.statements
            .push(Statement::allow().action("sqs:SendMessage").resource(&arn));
        self.dead_letter_queue_arn = Some(arn);
        self
    }

    /// Sets parameters that only this kind of target has, by the name of their property in CloudFormation:
    /// `SqsParameters`, `EcsParameters`, `KinesisParameters`.
    pub fn parameters(mut self, property: &'static str, parameters: impl Into<Data>) -> Self {
        self.parameters.push((property, parameters.into()));
        self
    }

    /// Returns the property of the schedule.
    pub(super) fn render(self, role_arn: Value<Arn<kind::iam::Role>>) -> schedule::Target {
        let seconds = |age: Duration| i64::try_from(age.as_seconds()).unwrap_or(i64::MAX);
        let retry = schedule::RetryPolicy::new()
            .with(
                self.retry_attempts,
                schedule::RetryPolicy::maximum_retry_attempts,
            )
            .with(
                self.max_event_age.map(seconds),
                schedule::RetryPolicy::maximum_event_age_in_seconds,
            );
        let has_retry = self.retry_attempts.is_some() || self.max_event_age.is_some();
        let queue = self.dead_letter_queue_arn;
        let target = schedule::Target::new(self.arn, role_arn)
            .with(self.input, schedule::Target::input)
            .with(has_retry.then_some(retry), schedule::Target::retry_policy)
            .with(
                queue.map(|arn| schedule::DeadLetterConfig::new().arn(arn)),
                schedule::Target::dead_letter_config,
            );
        let mut map = match value::<schedule::Target>(target).into_data() {
            Data::Map(map) => map,
            _ => Map::new(),
        };
        for (name, data) in self.parameters {
            map.insert(name, data);
        }
        schedule::Target::from_props(map.into())
    }
}

impl<'app> ScheduleTarget<'app> for Target<'app> {
    fn schedule_target(&self) -> Self {
        self.clone()
    }
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target")
            .field("arn", &self.arn)
            .field("role_arn", &self.role_arn)
            .field("statements", &self.statements)
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

/// Publishes the input of the schedule, and uses the key of the topic.
impl<'app> ScheduleTarget<'app> for Topic<'app> {
    fn schedule_target(&self) -> Target<'app> {
        let topic = *self;
        Target::new(self.arn()).permission(move |role| {
            topic.grant_publish(role);
        })
    }
}

/// Publishes the input of the schedule to a standard topic. A key of the topic needs a separate grant, by
/// [`permission`](Target::permission).
impl<'app> ScheduleTarget<'app> for ImportedTopic {
    fn schedule_target(&self) -> Target<'app> {
        let topic = self.clone();
        Target::new(self.arn()).permission(move |role| {
            topic.grant_publish(role);
        })
    }
}

macro_rules! functions {
    ($($type:ident),+) => {$(
        impl<'app> ScheduleTarget<'app> for $type<'app> {
            fn schedule_target(&self) -> Target<'app> {
                let function = *self;
                Target::new(self.arn()).permission(move |role| {
                    function.grant_invoke(role);
                })
            }
        }
    )+};
}

functions!(Function, Alias, Version, ImportedFunction, FunctionRef);

/// Also permits the use of the queue's key.
impl<'app> ScheduleTarget<'app> for Queue<'app> {
    fn schedule_target(&self) -> Target<'app> {
        let queue = *self;
        Target::new(self.arn()).permission(move |role| {
            queue.grant_send(role);
        })
    }
}

/// Sends the input of the schedule. A key of the queue needs a separate grant, by [`permission`](Target::permission);
/// a FIFO queue needs `.parameters("SqsParameters", …)` with the message group.
impl<'app> ScheduleTarget<'app> for ImportedQueue {
    fn schedule_target(&self) -> Target<'app> {
        let queue = self.clone();
        Target::new(self.arn()).permission(move |role| {
            queue.grant_send(role);
        })
    }
}
