//! Event pipelines: a function that processes events through a queue.

use super::alarms::{Watch, alarm_actions};
use crate::cloudwatch::{Alarm, AlarmAction};
use crate::core::{Arn, Data, Duration, Name, Scope, Value};
use crate::events::{Bus, EventPattern, Rule};
use crate::kind;
use crate::lambda::{EventSourceMapping, FailureReport, Function};
use crate::sqs::{AsQueue, DeadLetterQueue, Queue};

crate::construct! {
    /// An event pipeline: a function that processes the events of a pattern, through a queue that holds them while the
    /// function is slow or fails.
    ///
    /// Creates a rule, a queue with a dead-letter queue, the mapping of queue and function, and alarms if they have an
    /// [action](EventPipelineBuilder::alarm_action). The function may receive and delete messages. Each message is the JSON of
    /// an event. Defaults, in addition to those of the constructs behind it:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | event bus | the default one | the default one |
    /// | visibility timeout of the queue | 6 times the timeout of the function, [as AWS recommends](https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html) | 30 seconds |
    /// | event that fails | moves to the dead-letter queue after 3 receives, for 14 days | received again for 4 days |
    /// | failure of one message | returns the whole batch | the same |
    /// | invocations at the same time | no limit | no limit |
    ///
    /// Alarms watch the dead-letter queue and the age of the oldest message.
    ///
    /// ```
    /// use infra_lib::events::EventPattern;
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::patterns::EventPipeline;
    /// use infra_lib::prelude::*;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Orders");
    /// let bill = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => {};"))
    ///     .build(stack, "Bill");
    /// EventPipeline::builder()
    ///     .pattern(EventPattern::new().source("shop.orders").detail_type("Paid"))
    ///     .function(bill)
    ///     .build(stack, "PaidOrders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct EventPipeline<'app>: "infra-lib.patterns.EventPipeline" {
        rule: Rule<'app>,
        queue: Queue<'app>,
        dead_letter_queue: Queue<'app>,
        function: Function<'app>,
        event_source: EventSourceMapping<'app>,
        alarms: [Option<Alarm<'app>>; 2],
    }

    /// Properties of an [`EventPipeline`], set through [`EventPipeline::builder`].
    pub struct EventPipelineProps, EventPipelineBuilder, event_pipeline_builder {
        /// Actions of every alarm.
        list alarm_actions: std::rc::Rc<dyn AlarmAction + 'app>,
        /// Event bus, the last one that was given.
        list buses: GivenBus,
        /// Events to process.
        required pattern: EventPattern,
        /// Function that processes the events.
        required_handle function: Function<'app>,
        /// Maximum number of messages in a batch, 1 to 10,000. Default: 10, as in CloudFormation.
        optional batch_size: u32,
        /// Maximum number of invocations at the same time, 2 to 1,000, which protects what the function uses. Default: no limit,
        /// as in CloudFormation.
        optional max_concurrency: u32,
        /// Meaning of the response of the function. Default: an error returns the whole batch, as in CloudFormation.
        default failure_report: FailureReport = FailureReport::WholeBatch,
        /// Number of receives after which an event moves to the dead-letter queue, 1 to 1,000. Default: 3 (CloudFormation:
        /// unlimited).
        default max_receives: u32 = 3,
        /// Age of the oldest message above which an alarm goes off after 3 minutes. Default: 15 minutes.
        default max_message_age: Duration = Duration::minutes(15),
    }
}

alarm_actions!(EventPipelineBuilder, event_pipeline_builder);

/// The event bus that a builder was given.
#[derive(Clone, Debug)]
struct GivenBus {
    arn: Value<Arn<kind::events::EventBus>>,
    name: Value<Name<kind::events::EventBus>>,
}

impl Bus<'_> for GivenBus {
    fn bus_arn(&self) -> Value<Arn<kind::events::EventBus>> {
        self.arn.clone()
    }

    fn bus_name(&self) -> Value<Name<kind::events::EventBus>> {
        self.name.clone()
    }
}

impl<'app, S: event_pipeline_builder::State> EventPipelineBuilder<'app, S> {
    /// Sets the event bus. Default: the default one, as in CloudFormation.
    pub fn event_bus(mut self, bus: impl Bus<'app>) -> Self {
        self.buses = vec![GivenBus {
            arn: bus.bus_arn(),
            name: bus.bus_name(),
        }];
        self
    }
}

/// Timeout of a function that sets none, in seconds.
const DEFAULT_TIMEOUT: u64 = 3;

impl<'app> EventPipeline<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: EventPipelineProps<'app>) -> Self {
        let function = props.function;
        let timeout = function.cfn().prop("Timeout");
        let timeout = timeout.as_ref().and_then(Data::as_int);
        let timeout = timeout.and_then(|seconds| u64::try_from(seconds).ok());
        let hidden = Duration::seconds(6 * timeout.unwrap_or(DEFAULT_TIMEOUT));
        let dead_letter_queue = Queue::builder()
            .retention(Duration::days(14))
            .build(scope, "DeadLetterQueue");
        let queue = Queue::builder()
            .visibility_timeout(hidden)
            .dead_letter_queue(DeadLetterQueue::new(&dead_letter_queue, props.max_receives))
            .build(scope, "Queue");
        let rule = Rule::on_event(props.pattern).target(queue);
        let rule = match props.buses.into_iter().next_back() {
            Some(bus) => rule.event_bus(bus),
            None => rule,
        }
        .build(scope, "Rule");
        queue.grant_consume(&function);
        let event_source = EventSourceMapping::builder()
            .function(function)
            .event_source(queue.arn().cast::<String>())
            .maybe_batch_size(props.batch_size)
            .maybe_max_concurrency(props.max_concurrency)
            .failure_report(props.failure_report)
            .build(scope, "EventSource");
        let dead_letters = Watch::dead_letters(
            dead_letter_queue,
            "Events could not be processed: the log of the function tells why; move them back when it is corrected",
        );
        let oldest = Watch::oldest_message(
            &queue.as_queue(),
            props.max_message_age,
            "Events wait for long: look for errors and throttles of the function",
        );
        Self {
            scope,
            rule,
            queue,
            dead_letter_queue,
            function,
            event_source,
            alarms: [
                dead_letters.add(scope, &props.alarm_actions),
                oldest.add(scope, &props.alarm_actions),
            ],
        }
    }

    /// Returns the rule.
    pub fn rule(&self) -> Rule<'app> {
        self.rule
    }

    /// Returns the queue between the rule and the function.
    pub fn queue(&self) -> Queue<'app> {
        self.queue
    }

    /// Returns the queue of events that could not be processed.
    pub fn dead_letter_queue(&self) -> Queue<'app> {
        self.dead_letter_queue
    }

    /// Returns the function.
    pub fn function(&self) -> Function<'app> {
        self.function
    }

    /// Returns the mapping that invokes the function with batches of messages.
    pub fn event_source(&self) -> EventSourceMapping<'app> {
        self.event_source
    }

    /// Returns the alarms on dead letters and on the age of the oldest message; none without an action.
    pub fn alarms(&self) -> Vec<Alarm<'app>> {
        self.alarms.into_iter().flatten().collect()
    }
}
