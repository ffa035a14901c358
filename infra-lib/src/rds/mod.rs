//! Amazon RDS: PostgreSQL database instances.
//!
//! [`RdsInstance`] is the construct. Its required options are [`PostgresEngineVersion`], [`InstanceClass`],
//! [`Storage`], [`Availability`] and [`DatabaseName`]; [`Credentials`], [`BackupRetention`] and [`Windows`] have
//! defaults.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#rds).

mod credentials;
mod endpoint;
mod identifier;
mod imported;
mod instance;
mod instance_class;
mod logs;
mod lookup;
mod metrics;
mod monitoring;
mod names;
mod parameters;
mod placement;
mod props;
mod retention;
mod storage;
mod version;
mod window;

pub use credentials::Credentials;
pub use endpoint::Host;
pub use imported::{ImportedRdsInstance, RdsInstanceAttributes, RdsInstanceAttributesBuilder};
pub use instance::RdsInstance;
pub use instance_class::InstanceClass;
pub use monitoring::{DatabaseInsights, EnhancedMonitoring};
pub use names::{DatabaseName, DatabaseNameError};
pub use placement::{Availability, DatabaseTier};
pub use props::{
    DeletionProtection, IamAuthentication, MinorVersionUpgrades, RdsInstanceBuilder,
    RdsInstanceProps,
};
pub use retention::{BackupRetention, BackupRetentionError};
pub use storage::Storage;
pub use version::PostgresEngineVersion;
pub use window::{BackupWindow, MaintenanceWindow, TimeOfDay, Weekday, Windows};
