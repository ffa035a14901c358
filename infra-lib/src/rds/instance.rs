//! The [`RdsInstance`] construct.

use infra_cfn::rds::{CfnDbInstance, CfnDbInstanceProps, db_instance};

use super::credentials::{MasterSecret, check_access, set_master_secret, user_arn};
use super::engine::{Dialect, check_port};
use super::monitoring::set_monitoring;
use super::props::RdsInstanceProps;
use super::{
    Availability, DeletionProtection, IamAuthentication, MinorVersionUpgrades, RdsInstanceBuilder,
    identifier, logs, parameters, placement,
};
use crate::construct::With;
use crate::ec2::{Connectable, Connections, Port, SecurityGroup};
use crate::iam::{Grant, Grantable};
use crate::maintenance_window;
use crate::secretsmanager::{ImportedSecret, RotationSchedule, SecretRotator};
use crate::{
    Arn, Construct, Diagnostic, Duration, Id, RemovalPolicy, Scope, Value, codes, kind, value,
};

/// A database instance on Amazon RDS: PostgreSQL, MySQL or MariaDB.
///
/// Creates an
/// [`AWS::RDS::DBInstance`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html)
/// with a subnet group, a parameter group, a security group, log groups and a role for Enhanced Monitoring. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | subnets | isolated only, checked by the compiler | the default VPC |
/// | public address | never | depends on VPC and subnet group |
/// | security group | a separate one without rules | the default group of the VPC |
/// | TLS | required | depends on the version |
/// | encryption of storage | on | off |
/// | master password | generated and rotated by RDS | a property of the template |
/// | backups | kept for 7 days | kept for 1 day |
/// | backup and maintenance windows | 01:00 to 02:00, and Sunday 02:30 to 03:30 UTC | random |
/// | deletion protection | on | off |
/// | removal from the template | a final snapshot | a final snapshot |
/// | minor version upgrades | automatic | automatic |
/// | Database Insights | standard mode | off |
/// | Enhanced Monitoring | every minute | off |
/// | logs | exported, kept for three months | not exported |
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
/// use infra_lib::rds::{Availability, InstanceClass, PostgresEngineVersion, RdsInstance, Storage};
/// use infra_lib::{cidr, database_name};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Data");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let database = RdsInstance::builder()
///     .subnets(vpc.isolated())
///     .version(PostgresEngineVersion::V17_11)
///     .instance_class(InstanceClass::T4G_MICRO)
///     .storage(Storage::gp3(Size::gib(20)).autoscale_to(Size::gib(100)))
///     .availability(Availability::MultiAz)
///     .database_name(database_name!("notes"))
///     .build(stack, "Database");
/// let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
/// database.allow_from(&api);
/// let url = sub!["postgres://", database.host(), ":", database.port(), "/notes"];
/// let password = database.secret().field("password");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RdsInstance<'app> {
    scope: Scope<'app>,
    database: CfnDbInstance<'app>,
    security_group: SecurityGroup<'app>,
    secret: MasterSecret<'app>,
    port: u16,
    iam_authentication: IamAuthentication,
    dialect: Dialect,
}

pub(super) fn build<'app>(props: &RdsInstanceProps<'app>, scope: Scope<'app>) -> RdsInstance<'app> {
    check_props(props, scope);
    props.subnets.requires_two_zones(scope, "a database");
    let engine = &props.version;
    let security_group = placement::security_group(scope, props.subnets);
    let subnet_group = placement::subnet_group(scope, "SubnetGroup", props.subnets);
    let identifier = props
        .instance_identifier
        .clone()
        .unwrap_or_else(|| identifier::generate_identifier(scope));
    identifier::check_identifier(scope, "DBInstanceIdentifier", &identifier);
    let parameters = parameters::parameter_group(scope, engine, props.parameters.clone());
    let groups = logs::log_groups(
        scope,
        "instance",
        &identifier,
        &engine.logs,
        props.log_retention,
        props.removal_policy,
        props.encryption_key,
    );

    let mut cfn = plain_properties(props)
        .db_instance_identifier(identifier)
        .db_subnet_group_name(subnet_group.ref_())
        .db_parameter_group_name(parameters.ref_())
        .vpc_security_groups(vec![security_group.id()]);
    if let Some(key) = props.encryption_key {
        cfn = cfn.kms_key_id(key.arn());
    }
    cfn = props.database_insights.apply_to(cfn, props.encryption_key);
    cfn = set_monitoring(cfn, props.enhanced_monitoring.create_role(scope));
    let credentials = &props.credentials;
    let secret = credentials.create_secret(scope, engine.dialect, props.removal_policy);
    let cfn = cfn.with(
        (!props.is_restored()).then_some(&credentials.user),
        CfnDbInstanceProps::master_username,
    );
    let cfn = set_master_secret!(cfn, db_instance, secret);
    let database = cfn.build(scope, "Resource");
    database.apply_removal_policy(props.removal_policy);
    // RDS would otherwise create the log groups, with unlimited retention.
    for group in groups {
        database.depends_on(group);
    }
    secret.attach_to(database.ref_().cast(), "AWS::RDS::DBInstance");
    RdsInstance {
        scope,
        database,
        security_group,
        secret,
        port: port(props),
        iam_authentication: props.iam_authentication,
        dialect: engine.dialect,
    }
}

/// Returns the port: the chosen one, or that of the engine.
fn port(props: &RdsInstanceProps<'_>) -> u16 {
    props.port.unwrap_or(props.version.dialect.port())
}

/// Returns the properties that depend only on `props`.
fn plain_properties(props: &RdsInstanceProps<'_>) -> CfnDbInstanceProps {
    let gib = |size: crate::Size| size.as_mib().div_ceil(1_024);
    let mut cfn = CfnDbInstanceProps::new()
        .engine(props.version.name)
        .engine_version(&*props.version.version)
        // By default, RDS charges extra by the hour for versions past their end of life.
        .engine_lifecycle_support("open-source-rds-extended-support-disabled")
        .db_instance_class(props.instance_class.as_str())
        .with(
            (!props.is_restored()).then_some(props.database_name.as_str()),
            CfnDbInstanceProps::db_name,
        )
        .port(port(props).to_string())
        .multi_az(props.availability == Availability::MultiAz)
        .publicly_accessible(false)
        .storage_type("gp3")
        // A database from a point in time has the encryption of its source.
        .with(
            props.point_in_time.is_none().then_some(true),
            CfnDbInstanceProps::storage_encrypted,
        )
        .allocated_storage(gib(props.storage.allocated).to_string())
        .ca_certificate_identifier("rds-ca-rsa2048-g1")
        .backup_retention_period(props.backup_retention.as_days())
        .preferred_backup_window(props.windows.backup.to_string())
        .preferred_maintenance_window(props.windows.maintenance.to_string())
        .copy_tags_to_snapshot(true)
        .delete_automated_backups(props.removal_policy == RemovalPolicy::Destroy)
        .deletion_protection(props.deletion_protection == DeletionProtection::Enabled)
        .auto_minor_version_upgrade(props.minor_version_upgrades == MinorVersionUpgrades::Automatic)
        .enable_iam_database_authentication(props.iam_authentication == IamAuthentication::Enabled)
        .enable_cloudwatch_logs_exports(props.version.logs.clone());
    if let Some(time) = &props.point_in_time {
        cfn = time.apply_to_instance(cfn);
    } else if let Some(snapshot) = &props.snapshot {
        cfn = cfn.db_snapshot_identifier(snapshot);
    }
    if let Some(group) = props.option_group {
        cfn = cfn.option_group_name(group.option_group_name().cast::<String>());
    }
    if let Some(most) = props.storage.autoscale_to {
        cfn = cfn.max_allocated_storage(gib(most).cast_signed());
    }
    if let Some(iops) = props.storage.iops {
        cfn = cfn.iops(iops);
    }
    if let Some(throughput) = props.storage.throughput_mibps {
        cfn = cfn.storage_throughput(throughput);
    }
    cfn
}

fn check_props(props: &RdsInstanceProps<'_>, scope: Scope<'_>) {
    props.storage.check_storage(scope);
    props
        .windows
        .check_windows(scope, &maintenance_window::DATABASE);
    check_port(scope, port(props), props.version.dialect);
    if let Some(time) = &props.point_in_time {
        time.check_time(scope);
    }
    let report = |property: &str, actual: &str| {
        scope.report(
            Diagnostic::new(
                codes::RESTORED_INSTANCE,
                "a restored database has one source, and the master user of that",
            )
            .property(property)
            .actual(actual)
            .help(format!("remove {actual}"))
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html#cfn-rds-dbinstance-dbsnapshotidentifier"),
        );
    };
    if props.point_in_time.is_some() && props.snapshot.is_some() {
        report("DBSnapshotIdentifier", "`.snapshot(…)`");
    }
    if props.is_restored() && props.credentials.is_generated() {
        report("MasterUserPassword", "`Credentials::generated()`");
    }
}

impl<'app> RdsInstance<'app> {
    /// Returns a builder for a database.
    pub fn builder() -> RdsInstanceBuilder<'app> {
        RdsInstanceProps::start()
    }

    /// Returns the identifier of the database instance.
    pub fn instance_identifier(&self) -> Value<Id<kind::rds::DbInstance>> {
        self.database.ref_()
    }

    /// Returns the ARN of the database instance.
    pub fn arn(&self) -> Value<Arn<kind::rds::DbInstance>> {
        self.database.attr_db_instance_arn()
    }

    pub(super) fn port_number(&self) -> u16 {
        self.port
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Returns the port as literal text.
    pub fn port(&self) -> Value<String> {
        value(self.port.to_string())
    }

    /// Returns the secret of the master user. Pass its fields to containers: `.secret("PGPASSWORD",
    /// secret.field("password"))`.
    pub fn secret(&self) -> ImportedSecret {
        self.secret
            .secret(|| self.database.attr_master_user_secret_secret_arn())
    }

    /// Rotates a password of [`Credentials::generated`](super::Credentials::generated) with a function of the app, once in
    /// an interval, as [`Secret::rotate_with`](crate::secretsmanager::Secret::rotate_with) does. The function needs a
    /// connection to the database. RDS rotates the password that it manages itself (`INF4225`).
    #[track_caller]
    pub fn rotate_with(
        &self,
        function: &impl SecretRotator<'app>,
        interval: Duration,
    ) -> Option<RotationSchedule<'app>> {
        self.secret.rotate_with(self.scope, function, interval)
    }

    /// Returns the security group of the database.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the database instance.
    pub fn cfn(&self) -> CfnDbInstance<'app> {
        self.database
    }

    /// Allows a role to log in as a database user with IAM credentials; requires [`IamAuthentication::Enabled`] (`INF4224`).
    ///
    /// See [IAM database
    /// authentication](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html).
    #[track_caller]
    pub fn grant_connect(&self, to: &impl Grantable<'app>, user: &str) -> Grant<'app> {
        check_access(
            self.scope,
            self.iam_authentication == IamAuthentication::Enabled,
            "log-ins with IAM credentials",
            "set `.iam_authentication(IamAuthentication::Enabled)`",
        );
        Grant::to(to)
            .action("rds-db:connect")
            .resource(user_arn(self.database.attr_dbi_resource_id(), user))
            .on_identity(self)
    }
}

impl<'app> Construct<'app> for RdsInstance<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> Connectable<'app> for RdsInstance<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: Some(Port::tcp(self.port)),
        }
    }
}
