//! Amazon RDS: database instances, and clusters of Aurora.
//!
//! [`RdsInstance`] is PostgreSQL, MySQL or MariaDB on an instance. Its required options are an [`InstanceEngine`],
//! [`InstanceClass`], [`Storage`], [`Availability`] and [`DatabaseName`]. [`DatabaseCluster`] is Aurora, with a
//! [`ClusterEngine`] and at least one [`ClusterInstance`]. [`Credentials`], [`BackupRetention`] and [`Windows`] have
//! defaults in both. [`DatabaseProxy`] shares the connections of either among many clients, [`RdsReadReplica`] copies an
//! instance, and [`EventSubscription`] reports events of all of them.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#rds).

mod aurora;
mod cluster;
mod cluster_imported;
mod cluster_instance;
mod cluster_metrics;
mod credentials;
mod endpoint;
mod engine;
mod event_subscription;
mod identifier;
mod imported;
mod instance;
mod instance_class;
mod logs;
mod lookup;
mod metrics;
mod monitoring;
mod names;
mod option_group;
mod parameters;
mod placement;
mod props;
mod proxy;
mod proxy_imported;
mod proxy_metrics;
mod proxy_target;
mod read_replica;
mod restore;
mod retention;
mod storage;
mod version;

pub use crate::maintenance_window::{BackupWindow, MaintenanceWindow, TimeOfDay, Weekday, Windows};
pub use aurora::{
    AuroraMysql, AuroraMysqlLog, AuroraMysqlVersion, AuroraPostgres, AuroraPostgresLog,
    AuroraPostgresVersion, ClusterEngine,
};
pub use cluster::{
    ClusterStorage, DataApi, DatabaseCluster, DatabaseClusterBuilder, DatabaseClusterProps,
};
pub use cluster_imported::{
    DatabaseClusterAttributes, DatabaseClusterAttributesBuilder, ImportedDatabaseCluster,
};
pub use cluster_instance::{ClusterInstance, ServerlessCapacity};
pub use credentials::Credentials;
pub use endpoint::Host;
pub use engine::DatabaseEngine;
pub use event_subscription::{
    DatabaseEventSource, DatabaseEventTopic, EventSourceKind, EventSubscription,
    EventSubscriptionBuilder, EventSubscriptionProps, NotifiedTopic,
};
pub use imported::{ImportedRdsInstance, RdsInstanceAttributes, RdsInstanceAttributesBuilder};
pub use instance::RdsInstance;
pub use instance_class::InstanceClass;
pub use monitoring::{DatabaseInsights, EnhancedMonitoring};
pub use names::{DatabaseName, DatabaseNameError};
pub use option_group::{
    EngineOfOptions, EngineOption, OptionGroup, OptionGroupBuilder, OptionGroupProps,
};
pub use placement::{Availability, DatabaseSubnets, DatabaseTier};
pub use props::{
    DeletionProtection, IamAuthentication, MinorVersionUpgrades, RdsInstanceBuilder,
    RdsInstanceProps,
};
pub use proxy::{
    DatabaseProxy, DatabaseProxyBuilder, DatabaseProxyProps, DebugLogging, ProxiedDatabase,
};
pub use proxy_imported::{
    DatabaseProxyAttributes, DatabaseProxyAttributesBuilder, ImportedDatabaseProxy,
};
pub use proxy_target::ProxyTarget;
pub use read_replica::{
    RdsReadReplica, RdsReadReplicaBuilder, RdsReadReplicaProps, ReplicaSource, ReplicatedDatabase,
};
pub use restore::PointInTime;
pub use retention::{BackupRetention, BackupRetentionError};
pub use storage::Storage;
pub use version::{
    InstanceEngine, MariadbEngineVersion, MysqlEngineVersion, PostgresEngineVersion,
};
