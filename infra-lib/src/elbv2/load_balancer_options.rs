//! What can be chosen for a load balancer.

use infra_cfn::kind;

use crate::s3::Bucket;
use crate::{IntoValue, Name, Resource, Value};

/// Whether a load balancer has public addresses.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Scheme {
    /// Private addresses only: reached from the VPC, or through a CloudFront VPC origin.
    Internal,
    /// Public addresses.
    InternetFacing,
}

/// Whether a load balancer can be deleted.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DeletionProtection {
    /// AWS refuses to delete it, also when its stack is deleted.
    #[default]
    Enabled,
    /// It can be deleted.
    Disabled,
}

/// What happens to requests that could be read in two ways
/// ([desync mitigation](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#desync-mitigation-mode)).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DesyncMitigation {
    /// Requests that are a known threat are refused.
    #[default]
    Defensive,
    /// Every request that does not follow RFC 7230 is refused.
    Strictest,
    /// Every request goes through, known threats excepted.
    Monitor,
}

/// What happens to the `X-Forwarded-For` header.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum XForwardedFor {
    /// The client's address is added at its end: only the last entry can be trusted.
    #[default]
    Append,
    /// It is left as it came.
    Preserve,
    /// It is removed.
    Remove,
}

/// Whether clients may use HTTP/2.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Http2 {
    /// They may, on HTTPS listeners.
    #[default]
    Enabled,
    /// HTTP/1.1 only.
    Disabled,
}

/// Where access logs go: one file each five minutes.
///
/// The bucket is in the load balancer's region and encrypted with S3's own keys (SSE-S3, not SSE-KMS)
/// ([access logs](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html)).
#[derive(Clone, Debug)]
pub struct AccessLogs<'app> {
    bucket: LogBucket<'app>,
    prefix: Option<String>,
}

#[derive(Clone, Debug)]
enum LogBucket<'app> {
    Ours(Bucket<'app>),
    Named(Value<Name<kind::s3::Bucket>>),
}

impl<'app> AccessLogs<'app> {
    /// Into that bucket, which then accepts logs of the account's load balancers.
    pub fn to(bucket: Bucket<'app>) -> Self {
        Self {
            bucket: LogBucket::Ours(bucket),
            prefix: None,
        }
    }

    /// Into a bucket of someone else, whose policy lets `logdelivery.elasticloadbalancing.amazonaws.com` put
    /// objects below `<prefix>/AWSLogs/<account>/` already.
    pub fn to_bucket_named(name: impl IntoValue<Name<kind::s3::Bucket>>) -> Self {
        Self {
            bucket: LogBucket::Named(name.into_value()),
            prefix: None,
        }
    }

    /// Below that prefix, which must not contain `AWSLogs`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    pub(super) fn bucket_name(&self) -> Value<Name<kind::s3::Bucket>> {
        match &self.bucket {
            LogBucket::Ours(bucket) => bucket.bucket_name(),
            LogBucket::Named(name) => name.clone(),
        }
    }

    pub(super) fn key_prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// Elastic Load Balancing writes a test object when logs are switched on, so the bucket accepts them before.
    #[track_caller]
    pub(super) fn accepted_before(&self, balancer: Resource<'app>) {
        if let LogBucket::Ours(bucket) = &self.bucket {
            bucket.accept_load_balancer_logs(self.key_prefix().unwrap_or_default());
            balancer.depends_on(bucket);
        }
    }
}
