//! Delivery streams.

use super::checks;
use super::options::{Compression, DeliveryEncryption};
use super::processing::LambdaProcessor;
use super::record_format::RecordFormat;
use crate::cfn::kinesisfirehose::delivery_stream::{
    DeliveryStreamEncryptionConfigurationInput, DeliveryStreamType,
    ExtendedS3DestinationConfiguration, KinesisStreamSourceConfiguration,
};
use crate::cfn::kinesisfirehose::{CfnDeliveryStream, CfnDeliveryStreamProps};
use crate::cfn::logs::CfnLogStreamProps;
use crate::construct::With;
use crate::core::{Arn, Data, Duration, Map, Name, Scope, Size, Value};
use crate::iam::{Grantable, Grantee, Identity, Principal, Role, Statement};
use crate::kind;
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef, RetentionDays};
use crate::s3::Bucket;

crate::construct! {
    /// A delivery stream of Amazon Data Firehose: it writes records to the objects of a bucket.
    ///
    /// Creates an
    /// [`AWS::KinesisFirehose::DeliveryStream`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html),
    /// a role that may write to this bucket, and a log group for errors. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | source | programs that put records | the same |
    /// | encryption | with a key that AWS owns | none |
    /// | role | one for this stream, which only Firehose of this account can assume | required |
    /// | errors | logged, events expire after a month | not logged |
    /// | buffer | 5 minutes or 5 MiB | the same |
    /// | compression | none | none |
    /// | processing and conversion of records | none | none |
    /// | prefix of objects | the time, `2026/01/31/12/` | the same |
    /// | name | generated | generated |
    ///
    /// A prefix with expressions needs one for errors as well (`INF4956`), and converted records need a large buffer without
    /// compression (`INF4957`).
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::kinesisfirehose::{Compression, DeliveryStream};
    /// use infra_lib::s3::Bucket;
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let lake = Bucket::builder().build(stack, "Lake");
    /// let clicks = DeliveryStream::builder()
    ///     .bucket(lake)
    ///     .prefix("clicks/!{timestamp:yyyy/MM/dd}/")
    ///     .error_output_prefix("errors/!{firehose:error-output-type}/")
    ///     .compression(Compression::Gzip)
    ///     .build(stack, "Clicks");
    /// let site = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Site");
    /// clicks.grant_put_records(&site);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct DeliveryStream<'app>: "infra-lib.kinesisfirehose.DeliveryStream" {
        resource: CfnDeliveryStream<'app>,
        role: Role<'app>,
        log_group: LogGroupRef<'app>,
    }

    /// Properties of a [`DeliveryStream`], set through [`DeliveryStream::builder`].
    pub struct DeliveryStreamProps, DeliveryStreamBuilder, delivery_stream_builder {
        /// Data stream that is the source, with the permission to read it.
        list sources: Source,
        /// Function that changes records; the last one that was given.
        list processors: LambdaProcessor,
        /// Bucket that receives the objects.
        required_handle bucket: Bucket<'app>,
        /// Physical name of the delivery stream, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the stream.
        text delivery_stream_name,
        /// Encryption of records before they are in the bucket. Default: with a key that AWS owns (CloudFormation: none).
        /// Without effect if a data stream is the source, whose encryption applies.
        default encryption: DeliveryEncryption<'app> = DeliveryEncryption::AwsOwnedKey,
        /// Compression of the objects. Default: none, as in CloudFormation.
        default compression: Compression = Compression::Uncompressed,
        /// Longest time for which records are collected, up to 15 minutes. Default: 5 minutes, as in CloudFormation.
        default buffering_interval: Duration = Duration::minutes(5),
        /// Size of the records that are collected, 1 to 128 MiB; at least 64 MiB with a record format. Default: 5 MiB, and
        /// 128 MiB with a record format, as in CloudFormation.
        optional buffering_size: Size,
        /// Columnar format into which records in JSON are converted. Default: none, as in CloudFormation.
        optional record_format: RecordFormat,
        /// Prefix of the keys of objects, in which expressions such as `!{timestamp:yyyy}` stand for parts. Default: the time,
        /// `2026/01/31/12/`, as in CloudFormation.
        text prefix,
        /// Prefix of the keys of objects with records that could not be processed. Default: that of the other objects, after
        /// the kind of the error.
        text error_output_prefix,
        /// Log group of errors. Default: one for this stream, whose events expire after a month (CloudFormation: none).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
    }
}

/// Data stream as the source of a delivery stream.
#[derive(Clone, Debug)]
struct Source {
    arn: Value<String>,
    statements: Vec<Statement>,
}

impl<S: delivery_stream_builder::State> DeliveryStreamBuilder<'_, S> {
    /// Sets the function that changes, drops or rejects records before they are delivered, with its permission. Default:
    /// none.
    pub fn processor(mut self, processor: impl Into<LambdaProcessor>) -> Self {
        self.processors = vec![processor.into()];
        self
    }
}

#[cfg(feature = "kinesis")]
impl<'app, S: delivery_stream_builder::State> DeliveryStreamBuilder<'app, S> {
    /// Reads the records of a data stream, in place of those that programs put. A key of an imported stream needs a grant
    /// to the [role](DeliveryStream::role).
    pub fn source(mut self, stream: impl crate::kinesis::AsStream<'app>) -> Self {
        let stream = stream.as_stream();
        self.sources = vec![Source {
            arn: stream.arn().cast(),
            statements: stream.statements(
                &[
                    "kinesis:DescribeStream",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards",
                ],
                "kms:Decrypt",
            ),
        }];
        self
    }
}

impl<'app> DeliveryStream<'app> {
    fn create(scope: Scope<'app>, props: DeliveryStreamProps<'app>) -> Self {
        checks::check_prefixes(
            scope,
            props.prefix.as_ref(),
            props.error_output_prefix.as_ref(),
        );
        let buffering_size = props
            .buffering_size
            .unwrap_or(if props.record_format.is_some() {
                Size::mib(128)
            } else {
                Size::mib(5)
            });
        if props.record_format.is_some() {
            checks::check_format(scope, props.compression, buffering_size);
        }
        let role = Role::builder()
            .assumed_by(Principal::service("firehose.amazonaws.com").for_this_account())
            .build(scope, "S3 Destination Role");
        allow_objects(role, props.bucket);
        let log_group = props.log_group.unwrap_or_else(|| {
            LogGroup::builder()
                .retention(RetentionDays::ONE_MONTH)
                .build(scope, "LogGroup")
                .as_log_group()
        });
        log_group.grant_write(&role);
        let log_stream = CfnLogStreamProps::new(log_group.name())
            .build(scope.construct("S3Destination"), "Resource");
        let mut destination = Map::default();
        let buffering = Data::map([
            (
                "IntervalInSeconds",
                Data::Int(props.buffering_interval.to_seconds_i64()),
            ),
            (
                "SizeInMBs",
                Data::Int(i64::try_from(buffering_size.as_mib()).unwrap_or(i64::MAX)),
            ),
        ]);
        let logging = Data::map([
            ("Enabled", Data::Bool(true)),
            ("LogGroupName", log_group.name().into_data()),
            ("LogStreamName", log_stream.ref_().into_data()),
        ]);
        destination.insert("BucketARN", props.bucket.arn().into_data());
        destination.insert("BufferingHints", buffering);
        destination.insert("CloudWatchLoggingOptions", logging);
        destination.insert("CompressionFormat", props.compression.as_str());
        if let Some(format) = props.record_format {
            destination.insert("DataFormatConversionConfiguration", format.property(role));
        }
        for (name, prefix) in [
            ("ErrorOutputPrefix", props.error_output_prefix),
            ("Prefix", props.prefix),
        ] {
            if let Some(prefix) = prefix {
                destination.insert(name, prefix.into_data());
            }
        }
        if let Some(processor) = props.processors.into_iter().next_back() {
            destination.insert("ProcessingConfiguration", processor.property(role));
        }
        destination.insert("RoleARN", role.arn().into_data());
        let cfn = CfnDeliveryStreamProps::new()
            .extended_s3_destination_configuration(
                Value::<ExtendedS3DestinationConfiguration>::from_data(destination.into()),
            )
            .with(
                props.delivery_stream_name,
                CfnDeliveryStreamProps::delivery_stream_name,
            );
        let cfn = match props.sources.into_iter().next_back() {
            Some(source) => read_from(source, role, cfn),
            None => put_directly(props.encryption, role, cfn),
        };
        Self {
            scope,
            resource: cfn.build(scope, "Resource"),
            role,
            log_group,
        }
    }

    /// Returns the ARN of the delivery stream.
    pub fn arn(&self) -> Value<Arn<kind::kinesisfirehose::DeliveryStream>> {
        self.resource.attr_arn()
    }

    /// Returns the resource in the template.
    #[cfg(feature = "ec2")]
    pub(super) fn resource(&self) -> crate::core::Resource<'app> {
        *self.resource
    }

    /// Returns the physical name of the delivery stream.
    pub fn delivery_stream_name(&self) -> Value<Name<kind::kinesisfirehose::DeliveryStream>> {
        self.resource.ref_()
    }

    /// Returns the role with which Firehose writes to the bucket.
    pub fn role(&self) -> Role<'app> {
        self.role
    }

    /// Returns the log group of errors.
    pub fn log_group(&self) -> LogGroupRef<'app> {
        self.log_group
    }

    /// Returns the L1 binding of the delivery stream.
    pub fn cfn(&self) -> CfnDeliveryStream<'app> {
        self.resource
    }
}

fn read_from(
    source: Source,
    role: Role<'_>,
    cfn: CfnDeliveryStreamProps,
) -> CfnDeliveryStreamProps {
    for statement in source.statements {
        role.add_statement(statement);
    }
    let configuration = Data::map([
        ("KinesisStreamARN", source.arn.into_data()),
        ("RoleARN", role.arn().into_data()),
    ]);
    cfn.delivery_stream_type(DeliveryStreamType::KINESIS_STREAM_AS_SOURCE)
        .kinesis_stream_source_configuration(Value::<KinesisStreamSourceConfiguration>::from_data(
            configuration,
        ))
}

fn put_directly<'app>(
    encryption: DeliveryEncryption<'app>,
    role: Role<'app>,
    cfn: CfnDeliveryStreamProps,
) -> CfnDeliveryStreamProps {
    let configuration = match encryption {
        DeliveryEncryption::AwsOwnedKey => Data::map([("KeyType", Data::from("AWS_OWNED_CMK"))]),
        DeliveryEncryption::Key(key) => {
            key.grant_encrypt_decrypt(&role);
            Data::map([
                ("KeyARN", key.arn().into_data()),
                ("KeyType", Data::from("CUSTOMER_MANAGED_CMK")),
            ])
        }
    };
    cfn.delivery_stream_type(DeliveryStreamType::DIRECT_PUT)
        .delivery_stream_encryption_configuration_input(Value::<
            DeliveryStreamEncryptionConfigurationInput,
        >::from_data(configuration))
}

/// Allows the role to write objects, as [Firehose needs
/// it](https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3).
fn allow_objects(role: Role<'_>, bucket: Bucket<'_>) {
    role.add_statement(
        Statement::allow()
            .actions([
                "s3:GetBucketLocation",
                "s3:ListBucket",
                "s3:ListBucketMultipartUploads",
            ])
            .resource(bucket.arn()),
    );
    role.add_statement(
        Statement::allow()
            .actions(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"])
            .resource(bucket.object_arns("*")),
    );
    if let Some(key) = bucket.encryption_key() {
        role.add_statement(
            Statement::allow()
                .actions(["kms:Decrypt", "kms:GenerateDataKey"])
                .resource(key.arn()),
        );
    }
}

/// Receives permissions in the policy of the role.
impl<'app> Grantable<'app> for DeliveryStream<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for DeliveryStream<'app> {}
