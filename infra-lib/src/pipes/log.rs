//! Logs of pipes.

use crate::core::Data;
#[cfg(feature = "s3")]
use crate::core::pseudo;
use crate::iam::Statement;
use crate::logs::LogGroupRef;

/// Lowest level of the steps that a pipe logs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PipeLogLevel {
    /// Errors.
    Error,
    /// Errors, and the steps of each execution.
    Info,
    /// Every step with its details.
    Trace,
}

impl PipeLogLevel {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Info => "INFO",
            Self::Trace => "TRACE",
        }
    }
}

/// A further destination of the logs of a [`Pipe`](super::Pipe), besides its log group, with the permission to write.
///
/// See [logging](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-logs.html).
#[derive(Clone, Debug)]
#[must_use = "a destination has no effect until it is passed to a pipe"]
pub struct PipeLogDestination {
    property: &'static str,
    settings: Data,
    pub(super) statement: Statement,
}

#[cfg(feature = "s3")]
impl PipeLogDestination {
    /// Creates a bucket of this account as a destination, with a prefix of the keys of objects in JSON.
    pub fn bucket(bucket: &crate::s3::Bucket<'_>, prefix: &str) -> Self {
        let objects = bucket.object_arns(&format!("{prefix}*"));
        Self {
            property: "S3LogDestination",
            settings: Data::map([
                ("BucketName", bucket.bucket_name().into_data()),
                ("BucketOwner", pseudo::account_id().into_data()),
                ("OutputFormat", Data::from("json")),
                ("Prefix", Data::from(prefix.to_owned())),
            ]),
            statement: Statement::allow().action("s3:PutObject").resource(objects),
        }
    }
}

#[cfg(feature = "kinesisfirehose")]
impl PipeLogDestination {
    /// Creates a delivery stream as a destination.
    pub fn delivery_stream(stream: &crate::kinesisfirehose::DeliveryStream<'_>) -> Self {
        Self {
            property: "FirehoseLogDestination",
            settings: Data::map([("DeliveryStreamArn", stream.arn().into_data())]),
            statement: Statement::allow()
                .actions(["firehose:PutRecord", "firehose:PutRecordBatch"])
                .resource(stream.arn()),
        }
    }
}

/// Returns `LogConfiguration`.
pub(super) fn configuration(
    log_group: LogGroupRef<'_>,
    level: PipeLogLevel,
    has_execution_data: bool,
    destinations: Vec<PipeLogDestination>,
) -> Data {
    let mut map = crate::core::Map::default();
    map.insert(
        "CloudwatchLogsLogDestination",
        Data::map([("LogGroupArn", log_group.arn().into_data())]),
    );
    for destination in destinations {
        map.insert(destination.property, destination.settings);
    }
    if has_execution_data {
        map.insert("IncludeExecutionData", Data::list([Data::from("ALL")]));
    }
    map.insert("Level", level.as_str());
    map.into()
}
