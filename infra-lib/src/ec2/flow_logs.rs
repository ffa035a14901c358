//! Flow logs: records of a VPC's network traffic.

use std::marker::PhantomData;

use infra_cfn::ec2::{CfnFlowLogProps, flow_log};

use super::Vpc;
use crate::construct::With;
use crate::iam::{Principal, Role, Statement};
use crate::kms::{AsKey, KeyRef};
use crate::logs::{LogGroup, RetentionDays};
use crate::{Construct, Scope};
#[cfg(feature = "s3")]
use crate::{sub, value};

/// Traffic of a VPC that is recorded, its destination, and the retention of the records.
///
/// Default: all traffic, to a CloudWatch log group that keeps it for three months ([flow logs to CloudWatch
/// Logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html)). CloudFormation records nothing by
/// default. Buckets and delivery streams are cheaper for much traffic: [`FlowLogs::to_bucket`],
/// [`FlowLogs::to_delivery_stream`].
#[derive(Clone, Copy, Debug)]
pub struct FlowLogs<'app> {
    traffic: Option<Traffic>,
    retention: RetentionDays,
    encryption_key: Option<KeyRef<'app>>,
    interval: Option<AggregationInterval>,
    destination: Destination<'app>,
}

/// Receiver of the records.
#[derive(Clone, Copy, Debug)]
enum Destination<'app> {
    /// The marker uses the lifetime where features have neither buckets nor delivery streams.
    LogGroup(PhantomData<&'app ()>),
    #[cfg(feature = "s3")]
    Bucket(crate::s3::Bucket<'app>, FlowLogFiles<'app>),
    #[cfg(feature = "kinesisfirehose")]
    DeliveryStream(crate::core::Resource<'app>),
}

/// Longest time for which packets of a flow are collected into one record.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AggregationInterval {
    /// One minute: more records, which arrive sooner. Nitro instances always have it.
    OneMinute,
    /// Ten minutes.
    TenMinutes,
}

/// Format and keys of the objects that [`FlowLogs::to_bucket`] writes.
///
/// Default: plain text, in one partition for each day, under `AWSLogs/`.
#[cfg(feature = "s3")]
#[derive(Clone, Copy, Debug, Default)]
pub struct FlowLogFiles<'app> {
    prefix: &'app str,
    parquet: bool,
    hive_compatible: bool,
    hourly: bool,
}

#[cfg(feature = "s3")]
impl<'app> FlowLogFiles<'app> {
    /// Creates the defaults: plain text, in one partition for each day.
    pub const fn new() -> Self {
        Self {
            prefix: "",
            parquet: false,
            hive_compatible: false,
            hourly: false,
        }
    }

    /// Writes Apache Parquet, which Athena reads faster and which takes a fifth of the space. Costs more to deliver.
    pub const fn parquet(mut self) -> Self {
        self.parquet = true;
        self
    }

    /// Writes keys with the names of the partitions, such as `year=2026/`, which Athena and Glue load without help.
    pub const fn hive_compatible(mut self) -> Self {
        self.hive_compatible = true;
        self
    }

    /// Writes one partition for each hour instead of each day.
    pub const fn hourly(mut self) -> Self {
        self.hourly = true;
        self
    }

    /// Sets the prefix of all keys, such as `network/`. Default: none.
    pub const fn prefix(mut self, prefix: &'app str) -> Self {
        self.prefix = prefix;
        self
    }

    fn options(self) -> Option<flow_log::DestinationOptions> {
        use flow_log::{DestinationOptions, DestinationOptionsFileFormat as Format};
        let custom = self.parquet || self.hive_compatible || self.hourly;
        custom.then(|| {
            DestinationOptions::new(flow_log::DestinationOptionsRequired {
                file_format: value(if self.parquet {
                    Format::PARQUET
                } else {
                    Format::PLAIN_TEXT
                }),
                hive_compatible_partitions: value(self.hive_compatible),
                per_hour_partition: value(self.hourly),
            })
        })
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Traffic {
    All,
    Rejected,
}

impl Default for FlowLogs<'_> {
    fn default() -> Self {
        Self::all()
    }
}

impl<'app> FlowLogs<'app> {
    /// Records accepted and rejected traffic.
    pub const fn all() -> Self {
        Self::for_traffic(Some(Traffic::All))
    }

    /// Records rejected traffic only, which costs less than all traffic.
    pub const fn rejected() -> Self {
        Self::for_traffic(Some(Traffic::Rejected))
    }

    /// Records no traffic and creates no log group.
    pub const fn none() -> Self {
        Self::for_traffic(None)
    }

    /// Sets the retention of the records. Default: three months.
    pub const fn retention(mut self, retention: RetentionDays) -> Self {
        self.retention = retention;
        self
    }

    /// Sets the KMS key that encrypts the records, and allows CloudWatch Logs to use it in the key policy. Default: a
    /// key that CloudWatch Logs owns.
    pub fn encryption_key(mut self, key: impl AsKey<'app>) -> Self {
        self.encryption_key = Some(key.as_key());
        self
    }

    /// Sets the longest time for which packets are collected into one record. Default: ten minutes, as in CloudFormation.
    pub const fn max_aggregation_interval(mut self, interval: AggregationInterval) -> Self {
        self.interval = Some(interval);
        self
    }

    /// Writes the records into a bucket instead of a log group. The policy of the bucket allows the log delivery of this
    /// account, and that of an imported bucket is reported (`INF4502`); retention and key are those of the bucket.
    ///
    /// See [flow logs to S3](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html).
    ///
    /// ```
    /// use infra_lib::ec2::{FlowLogFiles, FlowLogs, Vpc};
    /// use infra_lib::s3::Bucket;
    /// use infra_lib::{App, Duration, Stack, cidr};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    /// Vpc::builder()
    ///     .cidr(cidr!("10.0.0.0/16"))
    ///     .flow_logs(FlowLogs::all().to_bucket(logs, FlowLogFiles::new().parquet()))
    ///     .build(stack, "Vpc");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[cfg(feature = "s3")]
    pub const fn to_bucket(
        mut self,
        bucket: crate::s3::Bucket<'app>,
        files: FlowLogFiles<'app>,
    ) -> Self {
        self.destination = Destination::Bucket(bucket, files);
        self
    }

    /// Sets the resource of a delivery stream as the destination.
    #[cfg(feature = "kinesisfirehose")]
    pub(crate) const fn deliver_to(mut self, stream: crate::core::Resource<'app>) -> Self {
        self.destination = Destination::DeliveryStream(stream);
        self
    }

    const fn for_traffic(traffic: Option<Traffic>) -> Self {
        Self {
            traffic,
            retention: RetentionDays::THREE_MONTHS,
            encryption_key: None,
            interval: None,
            destination: Destination::LogGroup(PhantomData),
        }
    }
}

/// Adds the flow log as the construct `id`, and what its destination needs.
#[track_caller]
pub(super) fn add_flow_log<'app>(vpc: Vpc<'app>, id: &str, logs: FlowLogs<'app>) {
    let Some(traffic) = logs.traffic else { return };
    let scope = vpc.scope().at_caller();
    let scope = scope.library_construct(id, "infra-lib.ec2.FlowLog");
    let props = CfnFlowLogProps::new(vpc.id(), flow_log::ResourceType::VPC)
        .traffic_type(match traffic {
            Traffic::All => flow_log::TrafficType::ALL,
            Traffic::Rejected => flow_log::TrafficType::REJECT,
        })
        .with(logs.interval, |props, interval| {
            props.max_aggregation_interval(match interval {
                AggregationInterval::OneMinute => 60,
                AggregationInterval::TenMinutes => 600,
            })
        });
    match logs.destination {
        #[cfg(feature = "s3")]
        Destination::Bucket(bucket, files) => {
            bucket.accept_delivered_logs(files.prefix);
            let destination = match files.prefix {
                "" => bucket.arn().cast::<String>(),
                prefix => sub![bucket.arn(), "/", prefix],
            };
            let flow_log = props
                .log_destination_type(flow_log::LogDestinationType::S3)
                .log_destination(destination)
                .with(files.options(), CfnFlowLogProps::destination_options)
                .build(scope, "FlowLog");
            // Without the policy, EC2 refuses the flow log.
            if let Some(policy) = bucket.policy() {
                flow_log.depends_on(policy);
            }
        }
        #[cfg(feature = "kinesisfirehose")]
        Destination::DeliveryStream(stream) => {
            props
                .log_destination_type(flow_log::LogDestinationType::KINESIS_DATA_FIREHOSE)
                .log_destination(stream.attr_value::<String>("Arn"))
                .build(scope, "FlowLog");
        }
        _ => add_log_group(scope, props, &logs),
    }
}

/// Adds the log group, its role and the flow log.
///
/// Only flow logs of this account can assume the role ([IAM role for flow
/// logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html)).
fn add_log_group<'app>(scope: Scope<'app>, props: CfnFlowLogProps, logs: &FlowLogs<'app>) {
    let group = LogGroup::builder()
        .retention(logs.retention)
        .maybe_encryption_key(logs.encryption_key.as_ref())
        .build(scope, "LogGroup");
    let role = Role::builder()
        .assumed_by(Principal::service("vpc-flow-logs.amazonaws.com").for_this_account())
        .statement(
            Statement::allow()
                .actions([
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                ])
                .resource(group.arn()),
        )
        .build(scope, "IAMRole");
    props
        .log_destination_type(flow_log::LogDestinationType::CLOUD_WATCH_LOGS)
        .log_group_name(group.name())
        .deliver_logs_permission_arn(role.arn())
        .build(scope, "FlowLog");
}
