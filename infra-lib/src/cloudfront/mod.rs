//! Amazon CloudFront: sites with pages from a private bucket and an API behind them.

mod access_logs;
mod behaviors;
mod csp;
mod domain;
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
pub use origin::ApiOrigin;
pub use props::{CloudFrontSiteBuilder, CloudFrontSiteProps, GeoRestriction, PriceClass};
pub use routing::Routing;
pub use security_headers::{FrameOptions, SecurityHeaders};
pub use site::CloudFrontSite;
