//! Properties of a database.

use bon::Builder;

use super::{
    Availability, BackupRetention, Credentials, DatabaseInsights, DatabaseName, DatabaseTier,
    EnhancedMonitoring, InstanceClass, PostgresEngineVersion, RdsInstance, Storage, Windows,
    instance,
};
use crate::ec2::{Isolated, Subnets};
use crate::kms::Key;
use crate::logs::RetentionDays;
use crate::{Construct, IntoValue, RemovalPolicy, Value};

/// Whether RDS refuses to delete a database.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DeletionProtection {
    /// It refuses until the protection is taken away.
    #[default]
    Enabled,
    /// It deletes on request.
    Disabled,
}

/// Whether clients may log in with IAM credentials in place of a password.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum IamAuthentication {
    /// They may, where [`RdsInstance::grant_connect`] and a role `rds_iam` in the database let them.
    Enabled,
    /// They may not.
    #[default]
    Disabled,
}

/// Whether RDS installs new minor versions by itself, in the maintenance window.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum MinorVersionUpgrades {
    /// It does.
    #[default]
    Automatic,
    /// Only a change of the version in the program does.
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
    /// The version of PostgreSQL. A newer major version needs `AllowMajorVersionUpgrade` on the binding.
    pub(super) version: PostgresEngineVersion,
    /// The machine.
    pub(super) instance_class: InstanceClass,
    /// Storage at first and at most.
    pub(super) storage: Storage,
    /// In how many Availability Zones it runs. It must be said (CloudFormation: in one).
    pub(super) availability: Availability,
    /// The name of the first database. Changing it replaces the instance.
    pub(super) database_name: DatabaseName,
    /// The master user and where its password comes from. Default: RDS makes, keeps and rotates it
    /// (CloudFormation: the password is in the template).
    #[builder(default = Credentials::managed_by_rds())]
    pub(super) credentials: Credentials<'app>,
    /// The identifier. Default: made from stack name and construct path; RDS names log groups after it.
    #[builder(into)]
    pub(super) instance_identifier: Option<String>,
    /// The port. Default: 5432, as RDS's own.
    #[builder(default = 5432)]
    pub(super) port: u16,
    /// The key that encrypts storage, snapshots, insights and logs. Default: the account's own key for RDS
    /// (CloudFormation: nothing is encrypted). Changing it replaces the instance.
    #[builder(with = |key: &Key<'app>| *key)]
    pub(super) encryption_key: Option<Key<'app>>,
    /// For how long automatic backups are kept. Default: 7 days (CloudFormation: 1).
    #[builder(default = crate::backup_days!(7))]
    pub(super) backup_retention: BackupRetention,
    /// When backups are made and maintenance is done. Default: backups at 01:00, maintenance on Sunday at 02:30, UTC,
    /// an hour each (RDS: at random).
    #[builder(default)]
    pub(super) windows: Windows,
    /// Whether RDS refuses to delete the database. Default: it does (CloudFormation: it does not).
    #[builder(default)]
    pub(super) deletion_protection: DeletionProtection,
    /// What happens when it is removed or replaced. Default: a snapshot is taken first, as CloudFormation's.
    #[builder(default = RemovalPolicy::Snapshot)]
    pub(super) removal_policy: RemovalPolicy,
    /// Whether new minor versions are installed by themselves. Default: they are, as RDS's own.
    #[builder(default)]
    pub(super) minor_version_upgrades: MinorVersionUpgrades,
    /// Whether clients may log in with IAM credentials. Default: they may not, as RDS's own.
    #[builder(default)]
    pub(super) iam_authentication: IamAuthentication,
    /// What is recorded about load and statements. Default: the standard mode (CloudFormation: nothing).
    #[builder(default)]
    pub(super) database_insights: DatabaseInsights,
    /// How often the operating system is measured. Default: every minute (CloudFormation: never).
    #[builder(default)]
    pub(super) enhanced_monitoring: EnhancedMonitoring,
    /// For how long logs are kept. Default: three months (CloudFormation: logs are not exported; exported ones are
    /// kept for ever).
    #[builder(default = RetentionDays::THREE_MONTHS)]
    pub(super) log_retention: RetentionDays,
}

impl<'app, S: rds_instance_builder::State> RdsInstanceBuilder<'app, S> {
    /// The subnets: isolated ones, in two zones or more.
    pub fn subnets<T: DatabaseTier>(
        self,
        subnets: Subnets<'app, T>,
    ) -> RdsInstanceBuilder<'app, rds_instance_builder::SetSubnets<S>>
    where
        S::Subnets: rds_instance_builder::IsUnset,
    {
        self.subnets_internal(subnets.vpc().isolated())
    }

    /// Sets a parameter of PostgreSQL, such as `log_min_duration_statement`. `rds.force_ssl` is 1 already.
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
