//! Targets of rules: the trait that constructs implement, and the generic target.

use std::fmt;
use std::rc::Rc;

use super::{Rule, TargetInput};
use crate::cfn::events::rule;
use crate::construct::With;
use crate::core::{Arn, Data, Duration, IntoValue, Map, Value};
use crate::iam::Statement;
use crate::kind;
use crate::sqs::{Fifo, QueueOfKind, QueueRef, Standard};

/// A construct that a [`Rule`] can invoke.
///
/// A construct describes how it is invoked, and how the rule gets its permission: through the policy of the construct
/// ([`Target::permission`]), or through a role of the rule ([`Target::statement`]). That of a team is written as those of
/// this library:
///
/// ```
/// use infra_lib::events::{RuleTarget, Target};
/// use infra_lib::iam::Statement;
/// use infra_lib::{Resource, Value};
///
/// #[derive(Clone, Copy)]
/// struct Workflow<'app> {
///     machine: Resource<'app>,
/// }
///
/// impl<'app> RuleTarget<'app> for Workflow<'app> {
///     fn rule_target(&self) -> Target<'app> {
///         let arn: Value<String> = self.machine.ref_value();
///         Target::new(&arn).statement(Statement::allow().action("states:StartExecution").resource(arn))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a rule cannot invoke `{Self}`",
    label = "this is not a target of rules",
    note = "`Target::new(arn)` is a target by its ARN, with `.statement(…)` for the permission that it needs"
)]
pub trait RuleTarget<'app> {
    /// Returns the target, with the permissions that it needs.
    fn rule_target(&self) -> Target<'app>;
}

impl<'app, T: RuleTarget<'app>> RuleTarget<'app> for &T {
    fn rule_target(&self) -> Target<'app> {
        (**self).rule_target()
    }
}

/// Function that adds a permission for a rule to the policy of its target.
type Permission<'app> = Rc<dyn Fn(&Rule<'app>) + 'app>;

/// A target of a rule: a resource by its ARN, the permission to invoke it, its input, and the treatment of failures.
///
/// Targets of constructs are changed in the same way. See [targets of
/// rules](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permission of the rule | from the construct; none for a target by ARN | none |
/// | input | the event | the event |
/// | retries | 185 within 24 hours | the same |
/// | dead-letter queue | none: failed events are dropped | none |
///
/// ```
/// use infra_lib::events::{EventBus, EventPattern, Rule, RuleTarget, Target};
/// use infra_lib::iam::Statement;
/// use infra_lib::{App, Duration, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let pipeline = "arn:aws:codepipeline:eu-west-1:111122223333:site";
/// Rule::on_event(EventPattern::new().source("shop.content"))
///     .event_bus(&EventBus::from_name("shop"))
///     .target(
///         Target::new(pipeline)
///             .statement(Statement::allow().action("codepipeline:StartPipelineExecution").resource(pipeline))
///             .max_event_age(Duration::hours(1))
///             .dead_letter_queue_arn("arn:aws:sqs:eu-west-1:111122223333:failed"),
///     )
///     .build(stack, "Publish");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone)]
#[must_use = "a target has no effect until it is passed to a rule"]
pub struct Target<'app> {
    arn: Value<String>,
    pub(super) role_arn: Option<Value<Arn<kind::iam::Role>>>,
    pub(super) statements: Vec<Statement>,
    pub(super) permission: Option<Permission<'app>>,
    pub(super) input: Option<TargetInput>,
    retry_attempts: Option<u8>,
    max_event_age: Option<Duration>,
    dead_letter_queue_arn: Option<Value<Arn<kind::sqs::Queue>>>,
    /// Queues whose policies must allow the rule: that of failed events, and one that is the target.
    pub(super) queues: Vec<QueueRef<'app>>,
    parameters: Vec<(&'static str, Data)>,
}

impl<'app> Target<'app> {
    /// Creates a target from the ARN of a resource. The rule has no permission to invoke it, until one of
    /// [`statement`](Self::statement), [`role_arn`](Self::role_arn) and [`permission`](Self::permission) gives it.
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
            queues: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// Creates a target that sends the event to a FIFO queue, in a message group. The policy of the queue allows the rule;
    /// that of an imported queue is reported (`INF4806`). The queue needs deduplication by content.
    pub fn fifo_queue(
        queue: &impl QueueOfKind<'app, Fifo>,
        message_group: impl IntoValue<String>,
    ) -> Self {
        let queue = queue.as_queue();
        let group = Data::map([("MessageGroupId", message_group.into_value().into_data())]);
        let mut target = Self::new(queue.arn()).parameters("SqsParameters", group);
        target.queues.push(queue);
        target
    }

    /// Adds a statement to the role of the rule, which its targets share and which only EventBridge of this account can
    /// assume.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Sets an existing role with which EventBridge invokes the target, in place of the role of the rule.
    pub fn role_arn(mut self, role_arn: impl IntoValue<Arn<kind::iam::Role>>) -> Self {
        self.role_arn = Some(role_arn.into_value());
        self
    }

    /// Sets the function that adds a permission for the rule to the policy of the target, as functions, queues and topics
    /// need it. It runs when the target is added to a rule.
    pub fn permission(mut self, add: impl Fn(&Rule<'app>) + 'app) -> Self {
        self.permission = Some(Rc::new(add));
        self
    }

    /// Sets the input of the target. Default: the event.
    pub fn input(mut self, input: TargetInput) -> Self {
        self.input = Some(input);
        self
    }

    /// Sets the number of retries, at most 185. Default: 185, as in CloudFormation.
    pub fn retry_attempts(mut self, attempts: u8) -> Self {
        self.retry_attempts = Some(attempts);
        self
    }

    /// Sets the age at which an event is no longer delivered, 1 minute to 24 hours. Default: 24 hours, as in
    /// CloudFormation.
    pub fn max_event_age(mut self, age: Duration) -> Self {
        self.max_event_age = Some(age);
        self
    }

    /// Sets the standard queue that receives events which could not be delivered, and allows the rule to send to it. Default:
    /// none; such events are dropped. The policy of an imported queue is reported (`INF4806`).
    pub fn dead_letter_queue(mut self, queue: &impl QueueOfKind<'app, Standard>) -> Self {
        let queue = queue.as_queue();
        self.dead_letter_queue_arn = Some(queue.arn());
        self.queues.push(queue);
        self
    }

    /// Sets the standard queue that receives events which could not be delivered. The policy of the queue must allow
    /// `events.amazonaws.com` to send messages. Default: none; such events are dropped.
    pub fn dead_letter_queue_arn(mut self, arn: impl IntoValue<Arn<kind::sqs::Queue>>) -> Self {
        self.dead_letter_queue_arn = Some(arn.into_value());
        self
    }

    /// Sets parameters that only this kind of target has, by the name of their property in CloudFormation:
    /// `SqsParameters`, `EcsParameters`, `HttpParameters`.
    pub fn parameters(mut self, property: &'static str, parameters: impl Into<Data>) -> Self {
        self.parameters.push((property, parameters.into()));
        self
    }

    /// Returns the property of the rule.
    pub(super) fn render(self, id: &str) -> Data {
        let retry = rule::RetryPolicy::new()
            .with(
                self.retry_attempts,
                rule::RetryPolicy::maximum_retry_attempts,
            )
            .with(
                self.max_event_age.map(Duration::to_seconds_i64),
                rule::RetryPolicy::maximum_event_age_in_seconds,
            );
        let has_retry = self.retry_attempts.is_some() || self.max_event_age.is_some();
        let queue = self.dead_letter_queue_arn;
        let target = rule::Target::new(self.arn, id)
            .with(self.role_arn, rule::Target::role_arn)
            .with(has_retry.then_some(retry), rule::Target::retry_policy)
            .with(
                queue.map(|arn| rule::DeadLetterConfig::new().arn(arn)),
                rule::Target::dead_letter_config,
            )
            .with(self.input, |target, input| input.apply(target));
        let mut data = IntoValue::<rule::Target>::into_value(target).into_data();
        if let Data::Map(map) = &mut data {
            map_parameters(map, self.parameters);
        }
        data
    }
}

fn map_parameters(target: &mut Map, parameters: Vec<(&'static str, Data)>) {
    for (name, data) in parameters {
        target.insert(name, data);
    }
}

impl<'app> RuleTarget<'app> for Target<'app> {
    fn rule_target(&self) -> Self {
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
