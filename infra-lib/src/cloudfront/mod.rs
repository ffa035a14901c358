//! Amazon CloudFront: sites with static files in a private bucket, and an API under the same address.
//!
//! [`CloudFrontSite`] is the main construct. [`ApiOrigin`] connects it to an API, [`Domain`] gives it custom names,
//! [`SecurityHeaders`] and [`ContentSecurityPolicy`] set its response headers, and [`DistributionLogs`] delivers its
//! access logs.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#cloudfront).

mod access_logs;
mod behaviors;
mod csp;
mod domain;
mod imported;
mod metrics;
mod origin;
mod origin_facing;
mod presigned;
mod props;
mod routing;
mod security_headers;
mod site;

pub use access_logs::{DistributionLogs, DistributionLogsBuilder, DistributionLogsProps, SiteLogs};
pub use csp::{ContentSecurityPolicy, Directive, Source};
pub use domain::{Domain, TlsVersion};
pub use imported::{AsDistribution, DistributionRef, ImportedDistribution};
pub use origin::ApiOrigin;
pub use props::{CloudFrontSiteBuilder, CloudFrontSiteProps, GeoRestriction, PriceClass};
pub use routing::Routing;
pub use security_headers::{FrameOptions, SecurityHeaders};
pub use site::CloudFrontSite;
