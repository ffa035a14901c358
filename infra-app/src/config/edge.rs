//! What browsers talk to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{DomainName, HostedZoneId};

/// What browsers talk to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EdgeConfig {
    /// A domain of one's own. Default: the name that CloudFront gives.
    pub domain: Option<DomainConfig>,
    /// A web application firewall before site and API, about 8 dollars a month and more by request.
    pub firewall: Switch,
    /// A record of every request to edge and load balancer, kept in a bucket.
    pub access_logs: Switch,
}

/// A domain that Route 53 answers for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomainConfig {
    /// The name of the site.
    pub name: DomainName,
    /// The hosted zone that the name is in.
    pub hosted_zone_id: HostedZoneId,
    /// The name of that zone.
    pub hosted_zone_name: DomainName,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Switch {
    /// It is.
    Enabled,
    /// It is not.
    Disabled,
}

impl Switch {
    /// Whether it is there.
    pub fn is_enabled(self) -> bool {
        self == Self::Enabled
    }
}
