//! Landing zones of data lakes: records of programs as objects of a bucket.

use super::alarms::{Watch, alarm_actions};
use crate::cfn::s3::bucket::TransitionStorageClass;
use crate::cloudwatch::{Alarm, AlarmAction};
use crate::core::{Duration, Scope, sub};
use crate::iam::{Grant, Grantable};
use crate::kinesisfirehose::{Compression, DeliveryStream};
use crate::s3::{Bucket, BucketEncryption, LifecycleRule};

crate::construct! {
    /// A landing zone of a data lake: records that programs put are objects of a bucket, in a folder for each day.
    ///
    /// Creates a delivery stream with its role and log group, a bucket with lifecycle rules unless one is given, and an alarm
    /// if it has an [action](LandingZoneBuilder::alarm_action). Defaults, in addition to those of the constructs behind it:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | keys of objects | `<dataset>/year=2026/month=01/day=31/…`, which Athena and Glue read as partitions | `2026/01/31/12/…` |
    /// | records that cannot be delivered | `errors/<dataset>/…`, deleted after 30 days | with the others |
    /// | compression | gzip | none |
    /// | storage class | Intelligent-Tiering after 30 days | Standard |
    /// | buffer | 5 minutes or 5 MiB | the same |
    ///
    /// Firehose joins records as they are: programs end each with a line break. The alarm goes off when the oldest record that
    /// is not in the bucket is an hour old.
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::patterns::LandingZone;
    /// use infra_lib::prelude::*;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Lake");
    /// let site = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Site");
    /// let clicks = LandingZone::builder().dataset("clicks").build(stack, "Clicks");
    /// clicks.grant_put_records(&site);
    /// let searches = LandingZone::builder().dataset("searches").bucket(clicks.bucket()).build(stack, "Searches");
    /// searches.grant_put_records(&site);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LandingZone<'app>: "infra-lib.patterns.LandingZone" {
        bucket: Bucket<'app>,
        delivery_stream: DeliveryStream<'app>,
        alarm: Option<Alarm<'app>>,
    }

    /// Properties of a [`LandingZone`], set through [`LandingZone::builder`].
    pub struct LandingZoneProps, LandingZoneBuilder, landing_zone_builder {
        /// Actions of the alarm.
        list alarm_actions: std::rc::Rc<dyn AlarmAction + 'app>,
        /// Name of the records, with which the keys of their objects begin.
        required_value dataset: String,
        /// Bucket of the objects, whose lifecycle rules are its own. Default: a bucket in which objects move to
        /// Intelligent-Tiering after 30 days, and errors are deleted after 30 days.
        handle bucket: Bucket<'app>,
        /// Encryption of a bucket that is created. Default: keys of S3, as in CloudFormation.
        default encryption: BucketEncryption<'app> = BucketEncryption::S3Managed,
        /// Compression of objects. Default: gzip (CloudFormation: none).
        default compression: Compression = Compression::Gzip,
        /// Longest time for which records are collected, up to 15 minutes. Default: 5 minutes, as in CloudFormation.
        default buffering_interval: Duration = Duration::minutes(5),
        /// Age of the oldest record outside the bucket above which the alarm goes off. Default: 1 hour.
        default max_delay: Duration = Duration::hours(1),
    }
}

alarm_actions!(LandingZoneBuilder, landing_zone_builder);

impl<'app> LandingZone<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: LandingZoneProps<'app>) -> Self {
        let bucket = match props.bucket {
            Some(bucket) => bucket,
            None => create_bucket(scope, props.encryption),
        };
        let dataset = props.dataset;
        let day = "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/";
        let delivery_stream = DeliveryStream::builder()
            .bucket(bucket)
            .prefix(sub![&dataset, "/", day])
            .error_output_prefix(sub![
                ERRORS,
                &dataset,
                "/!{firehose:error-output-type}/",
                day
            ])
            .compression(props.compression)
            .buffering_interval(props.buffering_interval)
            .build(scope, "DeliveryStream");
        let alarm = Watch::older(
            "LateRecords",
            delivery_stream.metric_data_freshness(),
            props.max_delay,
            "Records do not reach the bucket: the log group of the delivery stream tells why",
        )
        .add(scope, &props.alarm_actions);
        Self {
            scope,
            bucket,
            delivery_stream,
            alarm,
        }
    }

    /// Returns the bucket, created or given.
    pub fn bucket(&self) -> Bucket<'app> {
        self.bucket
    }

    /// Returns the delivery stream.
    pub fn delivery_stream(&self) -> DeliveryStream<'app> {
        self.delivery_stream
    }

    /// Returns the alarm on records that are late, or `None` without an action.
    pub fn alarm(&self) -> Option<Alarm<'app>> {
        self.alarm
    }

    /// Allows a principal to put records.
    #[track_caller]
    pub fn grant_put_records(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.delivery_stream.grant_put_records(to)
    }
}

/// Start of the keys of records that could not be delivered.
const ERRORS: &str = "errors/";

#[track_caller]
fn create_bucket<'app>(scope: Scope<'app>, encryption: BucketEncryption<'app>) -> Bucket<'app> {
    let month = Duration::days(30);
    Bucket::builder()
        .encryption(encryption)
        .lifecycle_rule(
            LifecycleRule::new("Tiering")
                .transition_after(month, TransitionStorageClass::INTELLIGENT_TIERING),
        )
        .lifecycle_rule(
            LifecycleRule::new("Errors")
                .prefix(ERRORS)
                .expire_after(month),
        )
        .build(scope, "Bucket")
}
