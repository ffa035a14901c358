//! Defines the data stack: the database, in isolated subnets, and the bucket for attachments.

use infra_lib::rds::{
    DeletionProtection, EnhancedMonitoring, IamAuthentication, InstanceClass,
    PostgresEngineVersion, RdsInstance, Storage,
};
use infra_lib::s3::{AccessLogs, Bucket, BucketEncryption, LifecycleRule, NoncurrentVersions};
use infra_lib::secretsmanager::Secret;
use infra_lib::{App, Duration, RemovalPolicy, Size, Stack, database_name};

use super::{Foundation, Network};
use crate::Config;
use crate::config::{Protection, Switch};

/// Port of the database. PostgreSQL's default is avoided, because attackers probe it first.
const PORT: u16 = 5433;
/// Time for which deleted attachments can be restored, the same as the longest retention of RDS backups.
const FILES_KEPT: Duration = Duration::days(35);

/// The resources that hold data, in a stack with optional termination protection.
#[derive(Clone, Copy, Debug)]
pub struct Data<'app> {
    /// PostgreSQL database of the service, whose credentials RDS keeps in Secrets Manager.
    pub database: RdsInstance<'app>,
    /// S3 bucket for the attachments of notes, which the service reads and writes.
    pub files: Bucket<'app>,
    /// Key with which the service encrypts secrets of second factors in the database. A new one makes those in the database unreadable.
    pub secret_key: Secret<'app>,
}

impl<'app> Data<'app> {
    /// Adds the stack with the database in isolated subnets, and the bucket for attachments.
    pub fn build(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        network: &Network<'app>,
    ) -> Self {
        let database = &config.database;
        let stack = config.stack_props("data", "Database");
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
            // RDS writes these metrics to a log group of the account, which no stack deletes.
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
        let files = build_files_bucket(stack, config, foundation);
        let secret_key = Secret::builder()
            .description("Encrypts secrets of second factors in the database")
            .length(64)
            .maybe_encryption_key(foundation.key.as_ref())
            .removal_policy(if config.is_disposable() {
                RemovalPolicy::Destroy
            } else {
                RemovalPolicy::Retain
            })
            .build(stack, "SecretKey");
        Self {
            database: instance,
            files,
            secret_key,
        }
    }
}

/// Creates the bucket for attachments. Deleted objects are kept as long as backups of the database, which may refer to them.
fn build_files_bucket<'app>(
    stack: Stack<'app>,
    config: &Config,
    foundation: &Foundation<'app>,
) -> Bucket<'app> {
    Bucket::builder()
        .encryption(match foundation.key {
            Some(key) => BucketEncryption::kms(key),
            None => BucketEncryption::S3Managed,
        })
        .noncurrent_versions(NoncurrentVersions::KeepFor(FILES_KEPT))
        .lifecycle_rule(
            LifecycleRule::new("EndUploads").abort_incomplete_uploads_after(Duration::days(1)),
        )
        .removal_policy(if config.is_disposable() {
            RemovalPolicy::Destroy
        } else {
            RemovalPolicy::Retain
        })
        .maybe_access_logs(
            foundation
                .access_logs
                .map(|logs| AccessLogs::to(logs).prefix("files/")),
        )
        .build(stack, "Files")
}
