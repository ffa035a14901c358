//! What can be chosen for a load balancer.

use infra_cfn::kind;

use crate::{IntoValue, Name, Value};

/// Whether a load balancer has public addresses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scheme {
    /// Private addresses only: reached from the VPC, or through a CloudFront VPC origin.
    Internal,
    /// Public addresses.
    InternetFacing,
}

/// Whether a load balancer can be deleted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum DeletionProtection {
    /// AWS refuses to delete it, also when its stack is deleted.
    #[default]
    Enabled,
    /// It can be deleted.
    Disabled,
}

/// What happens to requests that could be read in two ways
/// ([desync mitigation](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#desync-mitigation-mode)).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
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
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
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
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Http2 {
    /// They may, on HTTPS listeners.
    #[default]
    Enabled,
    /// HTTP/1.1 only.
    Disabled,
}

/// Where access logs go: one file each five minutes.
///
/// The bucket is in the load balancer's region, is encrypted with S3's own keys (SSE-S3, not SSE-KMS), and its policy
/// lets `logdelivery.elasticloadbalancing.amazonaws.com` put objects below `<prefix>/AWSLogs/<account>/`
/// ([access logs](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html)).
#[derive(Clone, Debug)]
pub struct AccessLogs {
    pub(super) bucket: Value<Name<kind::s3::Bucket>>,
    pub(super) prefix: Option<String>,
}

impl AccessLogs {
    /// To that bucket, by its name.
    pub fn to_bucket(name: impl IntoValue<Name<kind::s3::Bucket>>) -> Self {
        Self {
            bucket: name.into_value(),
            prefix: None,
        }
    }

    /// Below that prefix, which must not contain `AWSLogs`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }
}
