//! Amazon Route 53: hosted zones and alias records.
//!
//! [`HostedZone`] creates or imports a zone; [`ARecord`] and [`AaaaRecord`] add alias records for an [`AliasTarget`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#route53).

mod hosted_zone;
mod lookup;
#[cfg(feature = "cloudwatch")]
mod metrics;
mod record;

pub use hosted_zone::{HostedZone, HostedZoneBuilder, HostedZoneProps};
pub use lookup::HostedZoneLookup;
pub use record::{ARecord, AaaaRecord, AliasRecordBuilder, AliasRecordProps, AliasTarget};
