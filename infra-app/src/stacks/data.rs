//! Data: the database, in subnets that lead nowhere.

use infra_lib::rds::{
    DeletionProtection, EnhancedMonitoring, IamAuthentication, InstanceClass,
    PostgresEngineVersion, RdsInstance, Storage,
};
use infra_lib::{App, RemovalPolicy, Size, database_name};

use super::{Foundation, Network};
use crate::Config;
use crate::config::{Protection, Switch};

/// Its port. Not PostgreSQL's own, for which whoever got into the network looks first.
const PORT: u16 = 5433;

/// What must not be lost.
#[derive(Clone, Copy, Debug)]
pub struct Data<'app> {
    /// The database.
    pub database: RdsInstance<'app>,
}

impl<'app> Data<'app> {
    /// Adds the stack.
    pub fn build(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        network: &Network<'app>,
    ) -> Self {
        let database = &config.database;
        let stack = config.stack("data", "Database");
        let stack = match database.deletion_protection {
            Protection::Enabled => stack.termination_protection(),
            Protection::Disabled => stack,
        };
        let stack = stack.build(app, "Data");

        let instance = RdsInstance::builder()
            .subnets(network.vpc.isolated())
            .version(PostgresEngineVersion::V17_11)
            .instance_class(InstanceClass::other(database.instance_class.clone()))
            .availability(database.availability.into())
            .storage(
                Storage::gp3(Size::gib(database.storage_gib))
                    .autoscale_to(Size::gib(database.max_storage_gib)),
            )
            .database_name(database_name!("notes"))
            .backup_retention(database.backup_retention_days)
            .deletion_protection(match database.deletion_protection {
                Protection::Enabled => DeletionProtection::Enabled,
                Protection::Disabled => DeletionProtection::Disabled,
            })
            .removal_policy(if config.is_disposable() {
                RemovalPolicy::Destroy
            } else {
                RemovalPolicy::Snapshot
            })
            // RDS writes it to a log group of the account, which no stack deletes.
            .enhanced_monitoring(if config.is_disposable() {
                EnhancedMonitoring::Off
            } else {
                EnhancedMonitoring::EveryMinute
            })
            .iam_authentication(match database.iam_authentication {
                Switch::Enabled => IamAuthentication::Enabled,
                Switch::Disabled => IamAuthentication::Disabled,
            })
            .port(PORT)
            .maybe_encryption_key(foundation.key.as_ref())
            .log_retention(config.log_retention.into())
            .build(stack, "Database");
        Self { database: instance }
    }
}
