//! Checks of event source mappings against their source, once the tree is complete.

use crate::core::{Data, Diagnostic, Expr, Resource, Scope, Target, codes};

/// Timeouts of a function and of a queue without the property, in seconds.
const FUNCTION_TIMEOUT: i64 = 3;
const VISIBILITY_TIMEOUT: i64 = 30;

/// Maximum size of a batch from a FIFO queue, and from a standard queue without a batching window.
const QUEUE_BATCH: i64 = 10;

/// Properties for streams of Kinesis and DynamoDB only.
const OF_STREAMS: &[&str] = &[
    "BisectBatchOnFunctionError",
    "ParallelizationFactor",
    "TumblingWindowInSeconds",
];

const URL: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html";

/// Kind of a source, as far as its settings differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Source {
    Queue {
        fifo: bool,
    },
    Stream,
    /// A topic of Kafka, or a collection of DocumentDB.
    Log,
    Broker,
}

impl Source {
    const fn name(self) -> &'static str {
        match self {
            Self::Queue { fifo: false } => "a queue of SQS",
            Self::Queue { fifo: true } => "a FIFO queue of SQS",
            Self::Stream => "a stream of Kinesis or DynamoDB",
            Self::Log => "a cluster of Kafka or DocumentDB",
            Self::Broker => "a broker of Amazon MQ",
        }
    }
}

/// Reports settings that do not fit the source (`INF4907`), and a queue with a short visibility timeout (`INF4908`).
/// Sources that are neither a literal ARN nor a resource of the app are not checked.
pub(super) fn check(scope: Scope<'_>) {
    let Some(mapping) = scope.child("Resource").and_then(Scope::as_resource) else {
        return;
    };
    let (source, queue) = source_of(scope, mapping);
    let Some(source) = source else { return };
    check_position(scope, mapping, source);
    check_exclusive(scope, mapping, source);
    if let Source::Queue { fifo } = source {
        check_batch(scope, mapping, fifo);
    }
    if let Some(queue) = queue {
        check_timeouts(scope, mapping, queue);
    }
}

/// Returns the resource to which a property refers.
fn referred<'app>(scope: Scope<'app>, data: &Data) -> Option<Resource<'app>> {
    let mut found = None;
    data.for_each_expr(&mut |expr| {
        if let Expr::Ref(Target::Node(id)) | Expr::GetAtt(Target::Node(id), _) = expr {
            found = found.or_else(|| scope.node(*id)?.as_resource());
        }
    });
    found
}

/// Returns the kind of the source, and its resource if that is a queue of the app.
fn source_of<'app>(
    scope: Scope<'app>,
    mapping: Resource<'app>,
) -> (Option<Source>, Option<Resource<'app>>) {
    let Some(arn) = mapping.prop("EventSourceArn") else {
        let is_kafka = mapping.has_prop("SelfManagedEventSource");
        return (is_kafka.then_some(Source::Log), None);
    };
    if let Some(text) = arn.as_text() {
        // Names of FIFO queues end with this suffix, in this case.
        let fifo = text.rsplit('.').next() == Some("fifo");
        let source = match text.split(':').nth(2) {
            Some("sqs") => Source::Queue { fifo },
            Some("kinesis" | "dynamodb") => Source::Stream,
            Some("kafka" | "rds") => Source::Log,
            Some("mq") => Source::Broker,
            _ => return (None, None),
        };
        return (Some(source), None);
    }
    let Some(resource) = referred(scope, &arn) else {
        return (None, None);
    };
    match &*resource.type_name() {
        "AWS::SQS::Queue" => {
            let fifo = resource.prop("FifoQueue").and_then(|fifo| fifo.as_bool());
            let fifo = fifo.unwrap_or(false);
            (Some(Source::Queue { fifo }), Some(resource))
        }
        "AWS::Kinesis::Stream"
        | "AWS::Kinesis::StreamConsumer"
        | "AWS::DynamoDB::Table"
        | "AWS::DynamoDB::GlobalTable" => (Some(Source::Stream), None),
        "AWS::MSK::Cluster" | "AWS::MSK::ServerlessCluster" | "AWS::DocDB::DBCluster" => {
            (Some(Source::Log), None)
        }
        "AWS::AmazonMQ::Broker" => (Some(Source::Broker), None),
        _ => (None, None),
    }
}

fn finding(message: String, property: &'static str) -> Diagnostic {
    Diagnostic::new(codes::EVENT_SOURCE_SETTING, message)
        .property(property)
        .url(URL)
}

fn check_position(scope: Scope<'_>, mapping: Resource<'_>, source: Source) {
    let is_set = mapping.has_prop("StartingPosition");
    let needs = matches!(source, Source::Stream | Source::Log);
    if needs && !is_set {
        let message = format!("{} needs a starting position", source.name());
        scope.report(finding(message, "StartingPosition").help(
            "read from the oldest record, `.starting_position(StartingPosition::TrimHorizon)`, or from the next one, `StartingPosition::Latest`",
        ));
    } else if is_set && !needs {
        let message = format!("{} has no starting position", source.name());
        let help = "remove `.starting_position(…)`: every message of a queue is delivered";
        scope.report(finding(message, "StartingPosition").help(help));
    }
}

/// Reports properties that only other sources have.
fn check_exclusive(scope: Scope<'_>, mapping: Resource<'_>, source: Source) {
    let for_streams = OF_STREAMS
        .iter()
        .filter(|_| source != Source::Stream)
        .map(|name| (*name, "streams of Kinesis and DynamoDB"));
    let for_records = ["MaximumRecordAgeInSeconds", "MaximumRetryAttempts"]
        .into_iter()
        .filter(|_| matches!(source, Source::Queue { .. } | Source::Broker))
        .map(|name| (name, "streams and topics"));
    let for_queues = ["ScalingConfig"]
        .into_iter()
        .filter(|_| !matches!(source, Source::Queue { .. }))
        .map(|name| (name, "queues of SQS"));
    for (name, others) in for_streams.chain(for_records).chain(for_queues) {
        if mapping.has_prop(name) {
            let message = format!("{} has no setting `{name}`", source.name());
            scope.report(finding(message, name).note(format!("the setting is for {others}")));
        }
    }
}

fn check_batch(scope: Scope<'_>, mapping: Resource<'_>, fifo: bool) {
    let number = |name: &str| mapping.prop(name).and_then(|data| data.as_int());
    let window = number("MaximumBatchingWindowInSeconds").unwrap_or(0);
    if fifo && window > 0 {
        let message = "a FIFO queue has no batching window".to_owned();
        scope.report(finding(message, "MaximumBatchingWindowInSeconds"));
    }
    let Some(size) = number("BatchSize").filter(|size| *size > QUEUE_BATCH) else {
        return;
    };
    if fifo {
        let message = "a batch of a FIFO queue is too large".to_owned();
        let found = finding(message, "BatchSize").actual(size.to_string());
        scope.report(found.expected(format!("at most {QUEUE_BATCH}")));
    } else if window == 0 {
        let message =
            format!("a batch of more than {QUEUE_BATCH} messages needs a batching window");
        let found = finding(message, "BatchSize").actual(size.to_string());
        scope.report(found.help("add `.batching_window(Duration::seconds(1))` or more"));
    }
}

/// Reports a queue whose messages become visible before the function has ended: Lambda rejects such a mapping.
fn check_timeouts(scope: Scope<'_>, mapping: Resource<'_>, queue: Resource<'_>) {
    let function = mapping
        .prop("FunctionName")
        .and_then(|data| referred(scope, &data))
        .filter(|one| one.type_name() == "AWS::Lambda::Function");
    let Some(function) = function else { return };
    // A value that is known at deployment only cannot be compared.
    let seconds = |resource: Resource<'_>, name: &str, default: i64| match resource.prop(name) {
        None => Some(default),
        Some(data) => data.as_int(),
    };
    let visible = seconds(queue, "VisibilityTimeout", VISIBILITY_TIMEOUT);
    let timeout = seconds(function, "Timeout", FUNCTION_TIMEOUT);
    if let (Some(visible), Some(timeout)) = (visible, timeout)
        && visible < timeout
    {
        scope.report(
            Diagnostic::new(
                codes::QUEUE_TIMEOUT,
                format!("messages become visible again after {visible} seconds, and the function may take {timeout}"),
            )
            .property("EventSourceArn")
            .actual(format!("a visibility timeout of {visible} seconds"))
            .expected(format!("at least {timeout} seconds; AWS advises {}", timeout * 6))
            .help("give the queue a longer visibility timeout, or the function a shorter timeout")
            .url("https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"),
        );
    }
}
