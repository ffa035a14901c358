//! Amazon Route 53: hosted zones, their records and health checks.
//!
//! [`HostedZone`] creates or imports a public zone, [`PrivateHostedZone`] one that VPCs resolve. [`ARecord`] and
//! [`AaaaRecord`] name AWS resources ([`AsAliasTarget`]); [`Record`] has data of any type ([`RecordData`]). A
//! [`RoutingPolicy`] chooses between records of the same name, and a [`HealthCheck`] takes them out of service.
//! [`HostedZone::enable_dnssec`] signs a zone.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#route53).

mod alias_record;
mod alias_target;
mod dnssec;
mod health_check;
mod health_check_target;
mod hosted_zone;
mod lookup;
mod metrics;
#[cfg(feature = "ec2")]
mod private_zone;
mod query_logs;
mod record;
mod record_checks;
mod record_data;
mod record_text;
mod routing;
mod zone;

pub use alias_record::{
    ARecord, ARecordBuilder, ARecordProps, AaaaRecord, AaaaRecordBuilder, AaaaRecordProps,
};
pub use alias_target::{AliasTarget, AsAliasTarget};
pub use dnssec::{KeySigningKey, KeySigningKeyBuilder, KeySigningKeyProps, KeyStatus};
pub use health_check::{
    AsHealthCheck, HealthCheck, HealthCheckBuilder, HealthCheckProps, HealthCheckRef,
    HealthCheckResult, ImportedHealthCheck, InsufficientData, LatencyMeasurement, RequestInterval,
};
pub use health_check_target::HealthCheckTarget;
pub use hosted_zone::{HostedZone, HostedZoneBuilder, HostedZoneProps};
pub use lookup::HostedZoneLookup;
#[cfg(feature = "ec2")]
pub use private_zone::{PrivateHostedZone, PrivateHostedZoneBuilder, PrivateHostedZoneProps};
pub use record::{Record, RecordBuilder, RecordProps};
pub use record_data::{CaaRule, DelegationSigner, RecordData, ServiceBinding, ServiceLocation};
pub use routing::{Continent, GeoLocation, RoutingPolicy};
pub use zone::{AsHostedZone, HostedZoneRef};
