//! Amazon S3: buckets, their access logs and lifecycle rules.
//!
//! [`Bucket`] creates or imports a bucket, and grants access to it. [`Notification`] sends its events to a function, a queue
//! or a topic, and [`Replication`] copies its objects into another bucket. [`ReleaseLog`] is a bucket for the records of
//! deployments.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#s3).

mod access_logs;
mod bucket;
mod bucket_policy;
mod event;
mod grants;
mod lifecycle;
mod lifecycle_checks;
#[cfg(feature = "cloudwatch")]
mod metrics;
mod name;
mod notification;
mod notification_checks;
mod notification_targets;
mod options;
mod release_log;
mod replication;

pub use access_logs::AccessLogs;
pub use bucket::{
    Bucket, BucketBuilder, BucketEncryption, BucketProps, NoncurrentVersions, Versioning,
    bucket_builder,
};
pub use event::BucketEvent;
pub use lifecycle::LifecycleRule;
#[cfg(feature = "cloudwatch")]
pub use metrics::RequestMetrics;
pub use name::{BucketName, BucketNameError};
pub use notification::{Notification, NotificationArn, NotificationTarget};
pub use options::{ArchiveTiers, CorsMethod, CorsRule, ObjectLock};
pub use release_log::{ReleaseLog, ReleaseLogBuilder, ReleaseLogProps};
pub use replication::Replication;
