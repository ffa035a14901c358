//! Amazon S3: buckets, their access logs and lifecycle rules.
//!
//! [`Bucket`] creates or imports a bucket, and grants access to it. [`ReleaseLog`] is a bucket for the records of
//! deployments.

mod access_logs;
mod bucket;
mod bucket_policy;
mod grants;
mod lifecycle;
mod name;
mod release_log;

pub use access_logs::AccessLogs;
pub use bucket::{
    Bucket, BucketBuilder, BucketEncryption, BucketProps, NoncurrentVersions, Versioning,
    bucket_builder,
};
pub use lifecycle::LifecycleRule;
pub use name::{BucketName, BucketNameError};
pub use release_log::{ReleaseLog, ReleaseLogBuilder, ReleaseLogProps};
