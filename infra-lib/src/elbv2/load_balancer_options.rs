//! Options of load balancers.

use infra_cfn::kind;

use crate::s3::Bucket;
use crate::{IntoValue, Name, Resource, Value};

/// Scheme of a load balancer: private or public addresses.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Scheme {
    /// Private addresses only, reachable from the VPC or through a CloudFront VPC origin.
    Internal,
    /// Public addresses, reachable from the internet.
    InternetFacing,
}

/// Deletion protection of a load balancer.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DeletionProtection {
    /// AWS refuses to delete the load balancer, also when its stack is deleted.
    #[default]
    Enabled,
    /// The load balancer can be deleted.
    Disabled,
}

/// Handling of requests that could be interpreted in two ways ([desync
/// mitigation](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#desync-mitigation-mode)).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DesyncMitigation {
    /// Requests that are a known threat are refused.
    #[default]
    Defensive,
    /// Every request that does not follow RFC 7230 is refused.
    Strictest,
    /// Every request is forwarded, except for known threats.
    Monitor,
}

/// Handling of the `X-Forwarded-For` header.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum XForwardedFor {
    /// The client's address is appended; only the last entry can be trusted.
    #[default]
    Append,
    /// The header is left unchanged.
    Preserve,
    /// The header is removed from requests.
    Remove,
}

/// Availability of HTTP/2 for clients.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Http2 {
    /// HTTP/2 is available on HTTPS listeners.
    #[default]
    Enabled,
    /// Clients can use HTTP/1.1 only.
    Disabled,
}

/// Destination of access logs, which are written as one file every five minutes.
///
/// The bucket must be in the load balancer's region and encrypted with S3's own keys, SSE-S3 instead of SSE-KMS
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
    /// Returns a bucket of this app as destination; its policy gets permission for the load balancers of the account.
    pub fn to(bucket: Bucket<'app>) -> Self {
        Self {
            bucket: LogBucket::Ours(bucket),
            prefix: None,
        }
    }

    /// Returns a bucket outside this app as destination. Its policy must already allow
    /// `logdelivery.elasticloadbalancing.amazonaws.com` to put objects below `<prefix>/AWSLogs/<account>/`.
    pub fn to_bucket_named(name: impl IntoValue<Name<kind::s3::Bucket>>) -> Self {
        Self {
            bucket: LogBucket::Named(name.into_value()),
            prefix: None,
        }
    }

    /// Sets the key prefix of the log files, which must not contain `AWSLogs`.
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

    /// Makes the load balancer depend on the bucket policy, because Elastic Load Balancing writes a test object when
    /// logs are enabled.
    #[track_caller]
    pub(super) fn add_policy_dependency(&self, balancer: Resource<'app>) {
        if let LogBucket::Ours(bucket) = &self.bucket {
            bucket.accept_load_balancer_logs(self.key_prefix().unwrap_or_default());
            balancer.depends_on(bucket);
        }
    }
}
