//! Event source mappings, which poll a queue or stream and invoke a function.

use super::event_source_access::{ProvisionedPollers, SourceAccess};
use super::event_source_checks;
use crate::cfn::lambda::{CfnEventSourceMapping, CfnEventSourceMappingProps, event_source_mapping};
use crate::construct::With;
use crate::core::{Arn, Duration, Id, IntoValue, Scope, Value};
use crate::kind;

/// First record of a stream that a mapping reads.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum StartingPosition {
    /// The oldest record that the stream has.
    TrimHorizon,
    /// The first record that is written after the mapping was created.
    Latest,
    /// The first record after a time, in seconds since 1970-01-01 UTC. Not for DynamoDB streams.
    AtTimestamp(f64),
}

/// Meaning of the response of a function for the events of a batch.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FailureReport {
    /// An error of the function returns the whole batch to the source.
    WholeBatch,
    /// The response lists failed events as `batchItemFailures`, and only those return to the source.
    EachItem,
}

/// CloudWatch metrics of a mapping, which are charged.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EventSourceMetrics {
    /// No metrics of the mapping; those of the function are there in any case.
    Off,
    /// Numbers of events that were polled, filtered, processed and dropped.
    EventCount,
}

crate::construct! {
    /// A mapping that polls a queue or stream and invokes a function with batches of events.
    ///
    /// Creates an
    /// [`AWS::Lambda::EventSourceMapping`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html).
    /// The source is an ARN: of a queue of SQS, a stream of Kinesis or DynamoDB, a cluster of MSK or DocumentDB, or a
    /// broker of Amazon MQ; a cluster of Kafka outside AWS has [`self_managed_kafka`](Self::self_managed_kafka). The role of the function needs permission to read from it, which the grants of the source
    /// give. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | batch | 10 events of a queue, 100 of other sources | the same |
    /// | failure of an event | returns the whole batch to the source | the same |
    /// | records of a stream that fail | repeated until they expire | the same |
    /// | state | enabled | enabled |
    ///
    /// Settings that the source excludes or lacks are reported (`INF4907`), as is a queue that makes messages visible
    /// again while the function processes them (`INF4908`).
    ///
    /// ```
    /// use infra_lib::cfn::sqs::CfnQueueProps;
    /// use infra_lib::iam::Statement;
    /// use infra_lib::lambda::{Code, EventSourceMapping, FailureReport, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let queue = CfnQueueProps::new().visibility_timeout(180).build(stack, "Jobs");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("index.handler")
    ///     .code(Code::inline("def handler(event, context): return {'batchItemFailures': []}"))
    ///     .build(stack, "Work");
    /// function.add_statement(
    ///     Statement::allow()
    ///         .actions(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"])
    ///         .resource(queue.attr_arn()),
    /// );
    /// EventSourceMapping::builder()
    ///     .function(&function)
    ///     .event_source(queue.attr_arn())
    ///     .failure_report(FailureReport::EachItem)
    ///     .build(stack, "Source");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct EventSourceMapping<'app>: "infra-lib.lambda.EventSourceMapping" {
        resource: CfnEventSourceMapping<'app>,
    }

    /// Properties of an [`EventSourceMapping`], set through [`EventSourceMapping::builder`].
    pub struct EventSourceMappingProps, EventSourceMappingBuilder, event_source_mapping_builder {
        /// Filters as JSON text.
        list filters: Value<String>,
        /// Topics of a Kafka cluster.
        list topics: Value<String>,
        /// Queues of a broker.
        list queues: Value<String>,
        /// Servers of a cluster outside AWS, in place of an ARN.
        list bootstrap_servers: Value<String>,
        /// Credentials and parts of the network.
        list access: SourceAccess,
        /// Function, version or alias that is invoked: a construct, or an ARN.
        required_value function: Arn<kind::lambda::Function>,
        /// ARN of the queue, stream, cluster or broker.
        required_value event_source: String,
        /// Maximum number of events in a batch, 1 to 10,000. Default: 10 for queues, 100 for other sources, as in
        /// CloudFormation.
        optional batch_size: u32,
        /// Time for which Lambda collects events before it invokes the function, at most 5 minutes. Default: none for
        /// queues and streams, 500 ms for other sources, as in CloudFormation.
        optional batching_window: Duration,
        /// First record to read; required for streams and topics, excluded for queues.
        optional starting_position: StartingPosition,
        /// Maximum number of invocations at the same time for a queue, 2 to 1,000. Default: no limit, as in
        /// CloudFormation.
        optional max_concurrency: u32,
        /// Meaning of the response of the function. Default: an error returns the whole batch, as in CloudFormation.
        default failure_report: FailureReport = FailureReport::WholeBatch,
        /// Division of a failed batch of a stream into two. Default: `false`, as in CloudFormation.
        optional bisect_batch_on_error: bool,
        /// Maximum number of retries of a failed batch of a stream. Default: unlimited, as in CloudFormation.
        optional retry_attempts: u32,
        /// Maximum age of records of a stream, 1 minute to 7 days; older ones are dropped. Default: unlimited, as in
        /// CloudFormation.
        optional max_record_age: Duration,
        /// Number of batches of each shard that are processed at the same time, 1 to 10. Default: 1, as in CloudFormation.
        optional parallelization_factor: u32,
        /// Duration of a window whose records of a stream are processed together, at most 15 minutes. Default: none.
        optional tumbling_window: Duration,
        /// ARN of the queue, topic or bucket that receives descriptions of dropped records. Default: none.
        text on_failure,
        /// Consumer group of Kafka whose position the mapping continues. Default: a group of its own, as in CloudFormation.
        /// A change replaces the mapping.
        text consumer_group,
        /// Pollers that are kept for Kafka or a queue, at a charge. Default: Lambda chooses their number, as in
        /// CloudFormation.
        optional provisioned_pollers: ProvisionedPollers,
        /// Metrics of the mapping. Default: none, as in CloudFormation.
        default metrics: EventSourceMetrics = EventSourceMetrics::Off,
        /// State of the mapping: with `false` it reads nothing. Default: `true`, as in CloudFormation.
        optional enabled: bool,
    }
}

/// Builder of an event source mapping that has its function and source.
pub type ConnectionBuilder<'app> = EventSourceMappingBuilder<
    'app,
    event_source_mapping_builder::SetEventSource<event_source_mapping_builder::SetFunction>,
>;

impl<S: event_source_mapping_builder::State> EventSourceMappingBuilder<'_, S> {
    /// Adds a filter as JSON text; events that match no filter are discarded. Default: all events are processed.
    ///
    /// AWS: [event filtering](https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).
    pub fn filter(mut self, pattern: impl IntoValue<String>) -> Self {
        self.filters.push(pattern.into_value());
        self
    }

    /// Sets the topic of a Kafka cluster.
    pub fn topic(mut self, name: impl IntoValue<String>) -> Self {
        self.topics.push(name.into_value());
        self
    }

    /// Sets the queue of an Amazon MQ broker.
    pub fn queue(mut self, name: impl IntoValue<String>) -> Self {
        self.queues.push(name.into_value());
        self
    }

    /// Adds credentials for a cluster of Kafka or a broker, or a part of the network in which a cluster is.
    pub fn access(mut self, access: SourceAccess) -> Self {
        self.access.push(access);
        self
    }
}

/// Returns a list, or `None` for an empty one.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

impl<'app> EventSourceMapping<'app> {
    /// Returns a builder for a mapping of a Kafka cluster outside AWS, by its servers such as `kafka.example.com:9092`. It
    /// also needs a topic, a starting position and usually credentials.
    ///
    /// ```
    /// use infra_lib::lambda::{EventSourceMapping, SourceAccess, StartingPosition};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// EventSourceMapping::self_managed_kafka(["kafka.example.com:9092"])
    ///     .function("arn:aws:lambda:eu-west-1:111122223333:function:orders")
    ///     .topic("orders")
    ///     .starting_position(StartingPosition::TrimHorizon)
    ///     .access(SourceAccess::scram_sha_512("arn:aws:secretsmanager:eu-west-1:111122223333:secret:kafka-AbCdEf"))
    ///     .build(stack, "Orders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn self_managed_kafka<V: IntoValue<String>>(
        bootstrap_servers: impl IntoIterator<Item = V>,
    ) -> EventSourceMappingBuilder<'app, event_source_mapping_builder::SetEventSource> {
        // The servers take the place of the ARN.
        let mut builder = Self::builder().event_source("");
        let servers = bootstrap_servers.into_iter().map(IntoValue::into_value);
        builder.bootstrap_servers.extend(servers);
        builder
    }

    fn create(scope: Scope<'app>, props: EventSourceMappingProps<'app>) -> Self {
        use CfnEventSourceMappingProps as Cfn;
        let filters = props.filters.into_iter();
        let filters = filters.map(|pattern| event_source_mapping::Filter::new().pattern(pattern));
        let is_self_managed = !props.bootstrap_servers.is_empty();
        let access = props.access.into_iter().map(SourceAccess::property);
        let mut cfn = Cfn::new(props.function)
            .with(some(access.collect()), Cfn::source_access_configurations)
            .with(props.provisioned_pollers, |cfn, pollers| {
                cfn.provisioned_poller_config(pollers.property())
            })
            .with(props.consumer_group, |cfn, group| {
                if is_self_managed {
                    let config = event_source_mapping::SelfManagedKafkaEventSourceConfig::new();
                    cfn.self_managed_kafka_event_source_config(config.consumer_group_id(group))
                } else {
                    let config = event_source_mapping::AmazonManagedKafkaEventSourceConfig::new();
                    cfn.amazon_managed_kafka_event_source_config(config.consumer_group_id(group))
                }
            })
            .with(props.batch_size, Cfn::batch_size)
            .with(props.batching_window, |cfn, time| {
                cfn.maximum_batching_window_in_seconds(time.to_seconds_i64())
            })
            .with(props.max_concurrency, |cfn, count| {
                let scaling = event_source_mapping::ScalingConfig::new();
                cfn.scaling_config(scaling.maximum_concurrency(count))
            })
            .with(
                props.bisect_batch_on_error,
                Cfn::bisect_batch_on_function_error,
            )
            .with(props.retry_attempts, Cfn::maximum_retry_attempts)
            .with(props.max_record_age, |cfn, time| {
                cfn.maximum_record_age_in_seconds(time.to_seconds_i64())
            })
            .with(props.parallelization_factor, Cfn::parallelization_factor)
            .with(props.tumbling_window, |cfn, time| {
                cfn.tumbling_window_in_seconds(time.to_seconds_i64())
            })
            .with(props.on_failure, |cfn, arn| {
                let target = event_source_mapping::OnFailure::new().destination(arn);
                cfn.destination_config(
                    event_source_mapping::DestinationConfig::new().on_failure(target),
                )
            })
            .with(some(filters.collect()), |cfn, filters| {
                cfn.filter_criteria(event_source_mapping::FilterCriteria::new().filters(filters))
            })
            .with(some(props.topics), Cfn::topics)
            .with(some(props.queues), Cfn::queues)
            .with(props.enabled, Cfn::enabled);
        cfn = if is_self_managed {
            let endpoints = event_source_mapping::Endpoints::new()
                .kafka_bootstrap_servers(props.bootstrap_servers);
            cfn.self_managed_event_source(
                event_source_mapping::SelfManagedEventSource::new().endpoints(endpoints),
            )
        } else {
            cfn.event_source_arn(props.event_source)
        };
        match props.starting_position {
            None => {}
            Some(StartingPosition::TrimHorizon) => cfn = cfn.starting_position("TRIM_HORIZON"),
            Some(StartingPosition::Latest) => cfn = cfn.starting_position("LATEST"),
            Some(StartingPosition::AtTimestamp(time)) => {
                cfn = cfn
                    .starting_position("AT_TIMESTAMP")
                    .starting_position_timestamp(time);
            }
        }
        if props.failure_report == FailureReport::EachItem {
            let types = event_source_mapping::FunctionResponseTypes::REPORT_BATCH_ITEM_FAILURES;
            cfn = cfn.function_response_types(vec![types]);
        }
        if props.metrics == EventSourceMetrics::EventCount {
            let metrics = vec![event_source_mapping::MetricsConfigMetrics::EVENT_COUNT];
            cfn = cfn.metrics_config(event_source_mapping::MetricsConfig::new().metrics(metrics));
        }
        let resource = cfn.build(scope, "Resource");
        scope.add_validator(event_source_checks::check);
        Self { scope, resource }
    }

    /// Returns the ID of the mapping, a UUID.
    pub fn id(&self) -> Value<Id<kind::lambda::EventSourceMapping>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the mapping.
    pub fn arn(&self) -> Value<Arn<kind::lambda::EventSourceMapping>> {
        self.resource.attr_event_source_mapping_arn()
    }

    /// Returns the L1 binding of the mapping.
    pub fn cfn(&self) -> CfnEventSourceMapping<'app> {
        self.resource
    }
}
