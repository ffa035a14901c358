//! Data streams.

use crate::cfn::kinesis::stream::{
    EnhancedMetric, StreamEncryption as CfnEncryption, StreamEncryptionEncryptionType,
    StreamModeDetails, StreamModeDetailsStreamMode,
};
use crate::cfn::kinesis::{CfnResourcePolicyProps, CfnStream, CfnStreamProps};
use crate::construct::With;
use crate::core::{
    Arn, Diagnostic, Duration, IntoValue, Name, RemovalPolicy, Scope, Size, Value, codes,
};
use crate::iam::{
    Grant, Grantable, Identity, PolicyDocument, PolicyUse, ResourcePolicy, Statement,
};
use crate::kind;
use crate::kms::{AsKey, KeyRef};

const READ: [&str; 4] = [
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
];
const WRITE: [&str; 3] = [
    "kinesis:ListShards",
    "kinesis:PutRecord",
    "kinesis:PutRecords",
];

/// Capacity of a stream.
///
/// See [capacity modes](https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StreamCapacity {
    /// Shards are added and removed with the traffic; charged by hour and volume.
    OnDemand,
    /// A number of shards, each for 1 MB or 1,000 records a second in, and 2 MB a second out; charged by shard and hour.
    Provisioned {
        /// Number of shards, at least 1.
        shards: u32,
    },
}

/// Encryption of a stream's records at rest.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum StreamEncryption<'app> {
    /// The AWS managed key `alias/aws/kinesis`. Principals of other accounts cannot use it.
    AwsManagedKey,
    /// A customer managed key. Grants extend to it.
    Key(KeyRef<'app>),
}

impl<'app> StreamEncryption<'app> {
    /// Returns the encryption with a customer managed key: a [`Key`](crate::kms::Key) of the app or an imported one.
    pub fn key(key: impl AsKey<'app>) -> Self {
        Self::Key(key.as_key())
    }
}

/// Metric that a stream publishes for each shard, at a charge.
///
/// See [enhanced shard-level
/// metrics](https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html#kinesis-metrics-shard).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ShardMetric {
    /// Bytes that were put to the shard.
    IncomingBytes,
    /// Records that were put to the shard.
    IncomingRecords,
    /// Age of the last record that was read from the shard.
    IteratorAgeMilliseconds,
    /// Bytes that were read from the shard.
    OutgoingBytes,
    /// Records that were read from the shard.
    OutgoingRecords,
    /// Reads that were throttled.
    ReadProvisionedThroughputExceeded,
    /// Records that were rejected by throttling.
    WriteProvisionedThroughputExceeded,
}

impl ShardMetric {
    fn property(self) -> EnhancedMetric {
        match self {
            Self::IncomingBytes => EnhancedMetric::INCOMING_BYTES,
            Self::IncomingRecords => EnhancedMetric::INCOMING_RECORDS,
            Self::IteratorAgeMilliseconds => EnhancedMetric::ITERATOR_AGE_MILLISECONDS,
            Self::OutgoingBytes => EnhancedMetric::OUTGOING_BYTES,
            Self::OutgoingRecords => EnhancedMetric::OUTGOING_RECORDS,
            Self::ReadProvisionedThroughputExceeded => {
                EnhancedMetric::READ_PROVISIONED_THROUGHPUT_EXCEEDED
            }
            Self::WriteProvisionedThroughputExceeded => {
                EnhancedMetric::WRITE_PROVISIONED_THROUGHPUT_EXCEEDED
            }
        }
    }
}

crate::construct! {
    /// A Kinesis data stream.
    ///
    /// Creates an
    /// [`AWS::Kinesis::Stream`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | capacity | on demand | on demand |
    /// | encryption | with the AWS managed key | none |
    /// | retention of records | 24 hours | 24 hours |
    /// | metrics for each shard | none | none |
    /// | name | generated | generated |
    /// | removal from the template | retained | deleted |
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::kinesis::Stream;
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let clicks = Stream::builder().retention(Duration::days(7)).build(stack, "Clicks");
    /// let reader = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Reader");
    /// clicks.grant_read(&reader);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Stream<'app>: "infra-lib.kinesis.Stream" {
        resource: CfnStream<'app>,
        encryption: StreamEncryption<'app>,
    }

    /// Properties of a [`Stream`], set through [`Stream::builder`].
    pub struct StreamProps, StreamBuilder, stream_builder {
        /// Metrics of each shard.
        list shard_metrics: ShardMetric,
        /// Physical name of the stream, at most 128 characters. Default: a generated name, so that CloudFormation can
        /// replace the stream.
        text stream_name,
        /// Capacity of the stream. Default: on demand, as in CloudFormation.
        default capacity: StreamCapacity = StreamCapacity::OnDemand,
        /// Encryption of records at rest. Default: with the AWS managed key (CloudFormation: none).
        default encryption: StreamEncryption<'app> = StreamEncryption::AwsManagedKey,
        /// Time for which records can be read, 24 hours to 365 days, in whole hours (`INF4881`). Default: 24 hours, as in
        /// CloudFormation. Longer retention is charged.
        default retention: Duration = Duration::hours(24),
        /// Maximum size of a record, 1 to 10 MiB. Default: 1 MiB, as in CloudFormation.
        optional max_record_size: Size,
        /// Removal policy of the stream. Default: it is retained (CloudFormation: deleted with its records).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<S: stream_builder::State> StreamBuilder<'_, S> {
    /// Adds a metric that the stream publishes for each shard, at a charge.
    pub fn shard_metric(mut self, metric: ShardMetric) -> Self {
        self.shard_metrics.push(metric);
        self
    }
}

impl<'app> Stream<'app> {
    fn create(scope: Scope<'app>, props: StreamProps<'app>) -> Self {
        let stream = match props.capacity {
            StreamCapacity::OnDemand => CfnStreamProps::new().stream_mode_details(
                StreamModeDetails::new(StreamModeDetailsStreamMode::ON_DEMAND),
            ),
            StreamCapacity::Provisioned { shards } => CfnStreamProps::new()
                .stream_mode_details(StreamModeDetails::new(
                    StreamModeDetailsStreamMode::PROVISIONED,
                ))
                .shard_count(shards),
        };
        let key_id: Value<String> = match props.encryption {
            StreamEncryption::AwsManagedKey => "alias/aws/kinesis".into_value(),
            StreamEncryption::Key(key) => key.arn().cast(),
        };
        let metrics: Vec<EnhancedMetric> = props
            .shard_metrics
            .into_iter()
            .map(ShardMetric::property)
            .collect();
        let kib =
            |size: Size| i64::try_from(size.as_mib().saturating_mul(1_024)).unwrap_or(i64::MAX);
        let resource = stream
            .stream_encryption(CfnEncryption::new(
                StreamEncryptionEncryptionType::KMS,
                key_id,
            ))
            .retention_period_hours(hours(scope, props.retention))
            .with(props.stream_name, CfnStreamProps::name)
            .with(
                props.max_record_size.map(kib),
                CfnStreamProps::max_record_size_in_ki_b,
            )
            .with(
                Some(metrics).filter(|list| !list.is_empty()),
                CfnStreamProps::desired_shard_level_metrics,
            )
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self {
            scope,
            resource,
            encryption: props.encryption,
        }
    }

    /// Imports an existing stream by its ARN. Its policy does not belong to this app.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::kinesis::Stream>>) -> ImportedStream {
        ImportedStream {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN of the stream.
    pub fn arn(&self) -> Value<Arn<kind::kinesis::Stream>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the stream.
    pub fn stream_name(&self) -> Value<Name<kind::kinesis::Stream>> {
        self.resource.ref_()
    }

    /// Returns the customer managed key that encrypts the records, or `None` with the AWS managed key.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        match self.encryption {
            StreamEncryption::AwsManagedKey => None,
            StreamEncryption::Key(key) => Some(key),
        }
    }

    /// Returns the L1 binding of the stream.
    pub fn cfn(&self) -> CfnStream<'app> {
        self.resource
    }

    /// Allows a principal to read records, and to decrypt with the key of the stream.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = self.grant(to, &READ);
        match self.encryption_key() {
            Some(key) => grant.and(key.grant_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a principal to put records, and to encrypt with the key of the stream.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = self.grant(to, &WRITE);
        match self.encryption_key() {
            Some(key) => grant.and(
                Grant::to(to)
                    .action("kms:GenerateDataKey")
                    .resource(key.arn())
                    .on(&key),
            ),
            None => grant,
        }
    }

    /// Allows a principal to read and put records.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant_read(to).and(self.grant_write(to))
    }

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&str]) -> Grant<'app> {
        Grant::to(to)
            .actions(actions.iter().copied())
            .resource(self.arn())
            .on(self)
    }
}

/// Returns the retention in hours; one that Kinesis rejects is reported.
fn hours(scope: Scope<'_>, retention: Duration) -> i64 {
    let seconds = retention.to_seconds_i64();
    let accepted = Duration::hours(24)..=Duration::days(365);
    if !accepted.contains(&retention) || seconds % 3_600 != 0 {
        scope.report(
            Diagnostic::new(
                codes::STREAM_RETENTION,
                "Kinesis rejects the retention of a stream",
            )
            .property("RetentionPeriodHours")
            .actual(retention.to_string())
            .expected("24 hours to 365 days, in whole hours")
            .url("https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html"),
        );
    }
    // Rounded into the range of the schema, so that the mistake has one finding.
    (seconds / 3_600).clamp(1, 8_760)
}

impl<'app> ResourcePolicy<'app> for Stream<'app> {
    /// Adds the statement to the policy of the stream, which the first statement creates.
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        let policy = self.scope.child("Policy").and_then(Scope::default_child);
        if let Some(policy) = policy {
            PolicyDocument::add_to(policy, "ResourcePolicy", statement);
        } else {
            let document = PolicyDocument::new().statement(statement);
            CfnResourcePolicyProps::new(self.arn(), document)
                .build(self.scope.construct("Policy"), "Resource");
        }
    }
}

/// An existing stream, from [`Stream::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedStream {
    arn: Value<Arn<kind::kinesis::Stream>>,
}

impl ImportedStream {
    /// Returns the physical name of the stream, taken from the ARN.
    pub fn stream_name(&self) -> Value<Name<kind::kinesis::Stream>> {
        crate::import::arn_after(&self.arn, ":stream/").cast()
    }

    /// Returns the ARN of the stream.
    pub fn arn(&self) -> Value<Arn<kind::kinesis::Stream>> {
        self.arn.clone()
    }

    /// Allows an identity of the app to read records. A customer managed key needs a separate grant.
    #[track_caller]
    pub fn grant_read<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), READ)
    }

    /// Allows an identity of the app to put records. A customer managed key needs a separate grant.
    #[track_caller]
    pub fn grant_write<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), WRITE)
    }
}
