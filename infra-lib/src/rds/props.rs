//! Properties of a database.

use bon::Builder;

use super::{
    Availability, BackupRetention, Credentials, DatabaseEngine, DatabaseInsights, DatabaseName,
    DatabaseTier, EnhancedMonitoring, InstanceClass, InstanceEngine, OptionGroup, PointInTime,
    RdsInstance, Storage, Windows, instance,
};
use crate::ec2::{Isolated, Subnets};
use crate::kms::{AsKey, KeyRef};
use crate::logs::RetentionDays;
use crate::{Construct, IntoValue, RemovalPolicy, Value};

/// Deletion protection of a database.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DeletionProtection {
    /// RDS refuses to delete the database until the protection is removed.
    #[default]
    Enabled,
    /// RDS deletes the database on request.
    Disabled,
}

/// Login of clients with IAM credentials instead of a password.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum IamAuthentication {
    /// Clients can log in with IAM credentials, given [`RdsInstance::grant_connect`] and the role `rds_iam` in the
    /// database.
    Enabled,
    /// Clients cannot log in with IAM credentials.
    #[default]
    Disabled,
}

/// Installation of new minor versions in the maintenance window.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum MinorVersionUpgrades {
    /// RDS installs new minor versions automatically.
    #[default]
    Automatic,
    /// Only a change of the version in the program installs a new one.
    Manual,
}

/// Properties of an [`RdsInstance`], set through [`RdsInstance::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = RdsInstanceBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct RdsInstanceProps<'app> {
    #[builder(field)]
    pub(super) parameters: Vec<(String, Value<String>)>,
    #[builder(setters(name = subnets_internal, vis = ""))]
    pub(super) subnets: Subnets<'app, Isolated>,
    /// Engine and version: a [`PostgresEngineVersion`](super::PostgresEngineVersion), a
    /// [`MysqlEngineVersion`](super::MysqlEngineVersion) or a [`MariadbEngineVersion`](super::MariadbEngineVersion). An
    /// upgrade to a new major version needs `AllowMajorVersionUpgrade` on the binding.
    #[builder(with = |version: impl InstanceEngine| version.instance_engine())]
    pub(super) version: DatabaseEngine,
    /// Instance class: processors and memory.
    pub(super) instance_class: InstanceClass,
    /// Initial and maximum storage.
    pub(super) storage: Storage,
    /// Number of Availability Zones; required (CloudFormation: one).
    pub(super) availability: Availability,
    /// Name of the first database, which a restored instance takes from its source. Changing it replaces the instance.
    pub(super) database_name: DatabaseName,
    /// Snapshot, by name or ARN, with which the instance starts. Databases and the name of the master user are those of the
    /// snapshot (`INF4233`). Default: none, an empty instance. Changing or removing it replaces the instance.
    #[builder(with = |snapshot: impl IntoValue<String>| snapshot.into_value())]
    pub(super) snapshot: Option<Value<String>>,
    /// Point in time of another instance, with whose data the instance starts; not with a snapshot (`INF4233`). Databases,
    /// the name of the master user and encryption are those of that instance. Default: none. Changing or removing it replaces
    /// the instance.
    pub(super) point_in_time: Option<PointInTime>,
    /// Options of the engine: an [`OptionGroup`](super::OptionGroup). Default: those of RDS, as in CloudFormation.
    #[builder(with = |group: impl std::borrow::Borrow<OptionGroup<'app>>| *group.borrow())]
    pub(super) option_group: Option<OptionGroup<'app>>,
    /// Master user and source of its password. Default: RDS generates, stores and rotates it (CloudFormation: the
    /// password is in the template).
    #[builder(default = Credentials::managed_by_rds())]
    pub(super) credentials: Credentials<'app>,
    /// Identifier of the instance. RDS derives the names of log groups from it. Default: stack name and construct
    /// path.
    #[builder(into)]
    pub(super) instance_identifier: Option<String>,
    /// Port of the database, 1150 or higher (`INF4407` otherwise). Default: 5432 for PostgreSQL, 3306 for MySQL and
    /// MariaDB, as in RDS.
    pub(super) port: Option<u16>,
    /// KMS key that encrypts storage, snapshots, insights and logs. Default: the AWS managed key for RDS
    /// (CloudFormation: no encryption). Changing it replaces the instance.
    #[builder(with = |key: impl AsKey<'app>| key.as_key())]
    pub(super) encryption_key: Option<KeyRef<'app>>,
    /// Retention of automatic backups. Default: 7 days (CloudFormation: 1).
    #[builder(default = crate::backup_days!(7))]
    pub(super) backup_retention: BackupRetention,
    /// Daily backup window and weekly maintenance window. Default: backups at 01:00, maintenance on Sunday at 02:30,
    /// UTC, an hour each (RDS: random).
    #[builder(default)]
    pub(super) windows: Windows,
    /// Deletion protection. Default: [`DeletionProtection::Enabled`] (CloudFormation: off).
    #[builder(default)]
    pub(super) deletion_protection: DeletionProtection,
    /// Removal policy of the database. Default: a final snapshot, as in CloudFormation.
    #[builder(default = RemovalPolicy::Snapshot)]
    pub(super) removal_policy: RemovalPolicy,
    /// Installation of new minor versions. Default: automatic, as in RDS.
    #[builder(default)]
    pub(super) minor_version_upgrades: MinorVersionUpgrades,
    /// Login with IAM credentials. Default: off, as in RDS.
    #[builder(default)]
    pub(super) iam_authentication: IamAuthentication,
    /// Mode of Database Insights. Default: standard (CloudFormation: off).
    #[builder(default)]
    pub(super) database_insights: DatabaseInsights,
    /// Interval of Enhanced Monitoring. Default: every minute (CloudFormation: off).
    #[builder(default)]
    pub(super) enhanced_monitoring: EnhancedMonitoring,
    /// Retention of logs. Default: three months (CloudFormation: logs are not exported; exported ones are kept for
    /// ever).
    #[builder(default = RetentionDays::THREE_MONTHS)]
    pub(super) log_retention: RetentionDays,
}

impl<'app, S: rds_instance_builder::State> RdsInstanceBuilder<'app, S> {
    /// Sets the subnets: isolated ones, in at least two zones (`INF4106` otherwise).
    pub fn subnets<T: DatabaseTier>(
        self,
        subnets: Subnets<'app, T>,
    ) -> RdsInstanceBuilder<'app, rds_instance_builder::SetSubnets<S>>
    where
        S::Subnets: rds_instance_builder::IsUnset,
    {
        self.subnets_internal(subnets.vpc().isolated())
    }

    /// Sets a parameter of the engine, such as `log_min_duration_statement`. `rds.force_ssl` of PostgreSQL and
    /// `require_secure_transport` of MySQL and MariaDB are always 1 (`INF4405` otherwise).
    pub fn parameter(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.parameters.push((name.into(), value.into_value()));
        self
    }

    /// Adds the database under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> RdsInstance<'app>
    where
        S: rds_instance_builder::IsComplete,
    {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.rds.RdsInstance");
        instance::build(&self.props(), scope)
    }
}

impl RdsInstanceProps<'_> {
    /// Returns true for an instance that starts with the data of another one.
    pub(super) fn is_restored(&self) -> bool {
        self.point_in_time.is_some() || self.snapshot.is_some()
    }
}
