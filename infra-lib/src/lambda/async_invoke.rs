//! Asynchronous invocations of functions: retries, destinations and dead-letter queues.

use std::fmt;
use std::rc::Rc;

use super::async_destination::{AsyncDestination, DeadLetterTopic};
use super::{Alias, Function, Version};
use crate::cfn::lambda::{CfnEventInvokeConfigProps, event_invoke_config};
use crate::construct::With;
use crate::core::{Construct, Diagnostic, Duration, Scope, Value, codes, value};
use crate::sqs::{QueueOfKind, Standard};

/// Settings of asynchronous invocations, for which Lambda keeps events in a queue of its own.
///
/// [`Function::configure_async_invoke`] applies them to a function, and methods of the same name to a [`Version`] or an
/// [`Alias`]. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | age of events | 6 hours | the same |
/// | retries | 2 | 2 |
/// | record of a failure | none, the event is dropped | none |
/// | record of a success | none | none |
///
/// An imported FIFO queue or topic is reported (`INF4912`), as is an age or a number of retries that Lambda rejects
/// (`INF3007`).
///
/// ```
/// use infra_lib::lambda::{AsyncInvoke, Code, Function, Runtime};
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Duration, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let failed = Queue::builder().build(stack, "Failed");
/// let function = Function::builder()
///     .runtime(Runtime::Nodejs24)
///     .handler("index.handler")
///     .code(Code::inline("exports.handler = async () => {};"))
///     .build(stack, "Function");
/// function.configure_async_invoke(
///     AsyncInvoke::new().max_event_age(Duration::hours(1)).retry_attempts(1).on_failure(&failed),
/// );
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Default)]
#[must_use = "the settings have no effect until they are passed to `configure_async_invoke`"]
pub struct AsyncInvoke<'app> {
    max_event_age: Option<Duration>,
    retry_attempts: Option<u8>,
    on_failure: Option<Rc<dyn AsyncDestination<'app> + 'app>>,
    on_success: Option<Rc<dyn AsyncDestination<'app> + 'app>>,
}

impl<'app> AsyncInvoke<'app> {
    /// Creates the settings, with the defaults of Lambda.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the age at which Lambda drops an event, 1 minute to 6 hours. Default: 6 hours, as in CloudFormation.
    pub const fn max_event_age(mut self, age: Duration) -> Self {
        self.max_event_age = Some(age);
        self
    }

    /// Sets the number of retries after an error of the function, at most 2. Default: 2, as in CloudFormation.
    pub const fn retry_attempts(mut self, attempts: u8) -> Self {
        self.retry_attempts = Some(attempts);
        self
    }

    /// Sends a record of each event that is given up, with the event and the error. Default: none.
    pub fn on_failure(
        mut self,
        destination: &(impl AsyncDestination<'app> + Clone + 'app),
    ) -> Self {
        self.on_failure = Some(Rc::new(destination.clone()));
        self
    }

    /// Sends a record of each event that was processed, with the event and the response. Default: none.
    pub fn on_success(
        mut self,
        destination: &(impl AsyncDestination<'app> + Clone + 'app),
    ) -> Self {
        self.on_success = Some(Rc::new(destination.clone()));
        self
    }

    /// Adds the settings below the construct that a qualifier names.
    #[track_caller]
    fn apply(self, scope: Scope<'app>, function: Function<'app>, qualifier: Value<String>) {
        let scope = scope
            .at_caller()
            .library_construct("EventInvokeConfig", "infra-lib.lambda.EventInvokeConfig");
        let mut grants = Vec::new();
        let mut arn_of = |destination: &Rc<dyn AsyncDestination<'app> + 'app>| {
            let arn = destination.destination_arn();
            check_destination(scope, "DestinationConfig", &arn);
            grants.push(destination.grant_delivery(function.role()));
            arn
        };
        let failure = self.on_failure.as_ref().map(&mut arn_of);
        let success = self.on_success.as_ref().map(&mut arn_of);
        let has_destinations = failure.is_some() || success.is_some();
        let destinations = event_invoke_config::DestinationConfig::new()
            .with(failure, |config, arn| {
                config.on_failure(event_invoke_config::OnFailure::new(arn))
            })
            .with(success, |config, arn| {
                config.on_success(event_invoke_config::OnSuccess::new(arn))
            });
        let resource = CfnEventInvokeConfigProps::new(function.function_name(), qualifier)
            .with(self.max_event_age, |cfn, age| {
                cfn.maximum_event_age_in_seconds(age.to_seconds_i64())
            })
            .with(self.retry_attempts, |cfn, attempts| {
                cfn.maximum_retry_attempts(i64::from(attempts))
            })
            .with(
                has_destinations.then_some(destinations),
                CfnEventInvokeConfigProps::destination_config,
            )
            .build(scope, "Resource");
        // Lambda checks the permissions of the role when the settings are created.
        for grant in grants {
            grant.before(resource.scope());
        }
    }
}

impl fmt::Debug for AsyncInvoke<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arn = |one: &Option<Rc<dyn AsyncDestination<'_> + '_>>| {
            one.as_ref().map(|one| one.destination_arn())
        };
        f.debug_struct("AsyncInvoke")
            .field("max_event_age", &self.max_event_age)
            .field("retry_attempts", &self.retry_attempts)
            .field("on_failure", &arn(&self.on_failure))
            .field("on_success", &arn(&self.on_success))
            .finish()
    }
}

/// Reports a FIFO queue or topic, which an imported one can be (`INF4912`).
fn check_destination(scope: Scope<'_>, property: &'static str, arn: &Value<String>) {
    let Some(arn) = arn
        .as_literal()
        .filter(|arn| arn.strip_suffix(".fifo").is_some())
    else {
        return;
    };
    scope.report(
        Diagnostic::new(
            codes::ASYNC_DESTINATION,
            "a FIFO queue or topic cannot receive records of asynchronous invocations",
        )
        .property(property)
        .actual(arn)
        .expected("a standard queue or topic, a function or an event bus")
        .url("https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"),
    );
}

impl<'app> Function<'app> {
    /// Sets age, retries and destinations of asynchronous invocations. A function has one such configuration.
    #[track_caller]
    pub fn configure_async_invoke(&self, settings: AsyncInvoke<'app>) {
        settings.apply(self.scope(), *self, value("$LATEST"));
    }

    /// Sends events that asynchronous invocations give up to a standard queue, without the error; a destination of
    /// [`AsyncInvoke::on_failure`] receives the error as well. A function has one dead-letter queue or topic, the last one.
    ///
    /// See [dead-letter
    /// queues](https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq).
    #[track_caller]
    pub fn send_dead_letters_to_queue(
        &self,
        queue: &(impl AsyncDestination<'app> + QueueOfKind<'app, Standard>),
    ) {
        self.send_dead_letters(queue);
    }

    /// Publishes events that asynchronous invocations give up to a standard topic of the app or an imported one, as
    /// [`send_dead_letters_to_queue`](Self::send_dead_letters_to_queue) does to a queue. An imported FIFO topic is reported
    /// (`INF4912`).
    #[track_caller]
    pub fn send_dead_letters_to_topic(&self, topic: &impl DeadLetterTopic<'app>) {
        self.send_dead_letters(topic);
    }

    #[track_caller]
    fn send_dead_letters(&self, to: &impl AsyncDestination<'app>) {
        let arn = to.destination_arn();
        check_destination(self.scope().at_caller(), "DeadLetterConfig", &arn);
        to.grant_delivery(self.role());
        self.cfn()
            .override_prop("DeadLetterConfig.TargetArn", arn.into_data());
    }
}

impl<'app> Version<'app> {
    /// Sets age, retries and destinations of asynchronous invocations of this version.
    #[track_caller]
    pub fn configure_async_invoke(&self, settings: AsyncInvoke<'app>) {
        settings.apply(self.scope(), self.function(), self.number());
    }
}

impl<'app> Alias<'app> {
    /// Sets age, retries and destinations of asynchronous invocations through this alias.
    #[track_caller]
    pub fn configure_async_invoke(&self, settings: AsyncInvoke<'app>) {
        let scope = self.scope();
        settings.apply(scope, self.function(), self.alias_name());
        // The name of the alias is text, so nothing else orders the two.
        if let Some(config) = scope.child("EventInvokeConfig") {
            config.depends_on(self.cfn().scope());
        }
    }
}
