//! The [`DatabaseCluster`] construct.

mod checks;
mod members;

use infra_cfn::rds::{CfnDbCluster, CfnDbClusterProps, CfnDbInstance, db_cluster};

use self::checks::check_props;
use self::members::create_instances;

use super::credentials::{MasterSecret, check_access, set_master_secret, user_arn};
use super::engine::Dialect;
use super::{
    BackupRetention, ClusterEngine, ClusterInstance, Credentials, DatabaseEngine, DatabaseInsights,
    DatabaseName, DatabaseSubnets, DeletionProtection, EnhancedMonitoring, Host, IamAuthentication,
    MinorVersionUpgrades, PointInTime, ServerlessCapacity, Windows, identifier, logs, parameters,
    placement,
};
use crate::construct::With;
use crate::ec2::{Connectable, Connections, Isolated, Port, SecurityGroup, Subnets};
use crate::iam::{Grant, Grantable, Identity};
use crate::kms::{AsKey, KeyRef};
use crate::logs::RetentionDays;
use crate::secretsmanager::{ImportedSecret, RotationSchedule, SecretRotator};
use crate::{Arn, Duration, Id, IntoValue, RemovalPolicy, Scope, Value, kind, value};

/// Statements over HTTPS with the RDS Data API.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DataApi {
    /// The cluster accepts statements over HTTPS from identities with [`DatabaseCluster::grant_data_api`].
    Enabled,
    /// The cluster accepts connections from its VPC only.
    #[default]
    Disabled,
}

/// Storage of a cluster, which grows and shrinks by itself.
///
/// See [Storage configurations for Aurora
/// clusters](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html#aurora-storage-type).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ClusterStorage {
    /// Reads and writes are charged by their number.
    #[default]
    Standard,
    /// Reads and writes are free, storage and instances cost more: cheaper if more than a quarter of the costs are I/O.
    IoOptimized,
}

crate::construct! {
    /// A cluster of Amazon Aurora: a writer and up to 15 readers on shared storage.
    ///
    /// Creates an
    /// [`AWS::RDS::DBCluster`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html)
    /// with its instances, a subnet group, a parameter group, a security group, log groups and a role for Enhanced
    /// Monitoring. A cluster without readers is unavailable from a failure of its writer until RDS has created another one,
    /// which takes about ten minutes. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | subnets | isolated only, checked by the compiler | the default VPC |
    /// | public address | never | depends on VPC and subnet group |
    /// | security group | a separate one without rules | the default group of the VPC |
    /// | TLS | required | depends on the version |
    /// | encryption of storage | on | off |
    /// | master password | generated and rotated by RDS | a property of the template |
    /// | capacity of serverless instances | 0.5 to 2 ACU | required |
    /// | backups | kept for 7 days | kept for 1 day |
    /// | backup and maintenance windows | 01:00 to 02:00, and Sunday 02:30 to 03:30 UTC | random |
    /// | tags of snapshots | those of the cluster | none |
    /// | deletion protection | on | off |
    /// | removal from the template | a final snapshot | a final snapshot |
    /// | minor version upgrades | automatic | automatic |
    /// | Database Insights | standard mode | off |
    /// | Enhanced Monitoring | every minute | off |
    /// | logs | `postgresql`, or `error` and `slowquery`; kept for three months | not exported |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::rds::{AuroraPostgresVersion, ClusterInstance, DatabaseCluster, ServerlessCapacity};
    /// use infra_lib::{cidr, database_name};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let cluster = DatabaseCluster::builder()
    ///     .subnets(vpc.isolated())
    ///     .engine(AuroraPostgresVersion::V17_9)
    ///     .writer(ClusterInstance::serverless())
    ///     .reader("Reader", ClusterInstance::serverless().promotion_tier(1))
    ///     .serverless_capacity(ServerlessCapacity::between(0.5, 8.0))
    ///     .database_name(database_name!("notes"))
    ///     .build(stack, "Database");
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
    /// cluster.allow_from(&api);
    /// let url = sub!["postgres://", cluster.host(), ":", cluster.port(), "/notes"];
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct DatabaseCluster<'app>: "infra-lib.rds.DatabaseCluster" {
        cluster: CfnDbCluster<'app>,
        writer: CfnDbInstance<'app>,
        security_group: SecurityGroup<'app>,
        secret: MasterSecret<'app>,
        port: u16,
        iam_authentication: IamAuthentication,
        data_api: DataApi,
        dialect: Dialect,
    }

    /// Properties of a [`DatabaseCluster`], set through [`DatabaseCluster::builder`].
    pub struct DatabaseClusterProps, DatabaseClusterBuilder, database_cluster_builder {
        /// Readers with their IDs. Default: none.
        list readers: (String, ClusterInstance),
        /// Parameters of the cluster. Default: those of RDS, and TLS.
        list parameters: (String, Value<String>),
        /// Parameters of every instance. Default: those of RDS.
        list instance_parameters: (String, Value<String>),
        /// Subnets: isolated ones, in at least two zones (`INF4106` otherwise).
        required_reference subnets: DatabaseSubnets::database_subnets => Subnets<'app, Isolated>,
        /// Engine: a version of Aurora, or [`AuroraPostgres`](super::AuroraPostgres) or
        /// [`AuroraMysql`](super::AuroraMysql) with options. An upgrade to a new major version needs
        /// `AllowMajorVersionUpgrade` on the bindings of the instances.
        required_reference engine: ClusterEngine::cluster_engine => DatabaseEngine,
        /// Instance that writes. After a failover, a reader has its role.
        required writer: ClusterInstance,
        /// Capacity of each serverless instance. Default: 0.5 to 2 ACU; RDS has none.
        default serverless_capacity: ServerlessCapacity = ServerlessCapacity::default(),
        /// Name of the first database. Default: none, as in RDS. Changing it replaces the cluster.
        optional database_name: DatabaseName,
        /// Snapshot of a cluster or an instance, by name or ARN, with which the cluster starts. Databases and the name of the
        /// master user are those of the snapshot (`INF4226`). Default: none, an empty cluster. Changing or removing it
        /// replaces the cluster.
        text snapshot,
        /// Point in time of another cluster, with whose data the cluster starts; not with a snapshot (`INF4226`). Databases
        /// and the name of the master user are those of that cluster. Default: none. Changing or removing it replaces the
        /// cluster.
        optional point_in_time: PointInTime,
        /// Master user and source of its password. Default: RDS generates, stores and rotates it (CloudFormation: the
        /// password is in the template).
        default credentials: Credentials<'app> = Credentials::managed_by_rds(),
        /// Identifier of the cluster. RDS derives the names of log groups from it. Default: stack name and construct path.
        optional cluster_identifier: String,
        /// Port of the cluster, 1150 or higher (`INF4407` otherwise). Default: 5432 for PostgreSQL, 3306 for MySQL, as in
        /// RDS.
        optional port: u16,
        /// Storage configuration. Default: standard, as in CloudFormation.
        default storage: ClusterStorage = ClusterStorage::Standard,
        /// KMS key that encrypts storage, snapshots, insights and logs. Default: the AWS managed key for RDS
        /// (CloudFormation: no encryption). Changing it replaces the cluster.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Retention of automatic backups. Default: 7 days (CloudFormation: 1).
        default backup_retention: BackupRetention = crate::backup_days!(7),
        /// Daily backup window and weekly maintenance window. Default: backups at 01:00, maintenance on Sunday at 02:30,
        /// UTC, an hour each (RDS: random).
        default windows: Windows = Windows::default(),
        /// Deletion protection. Default: [`DeletionProtection::Enabled`] (CloudFormation: off).
        default deletion_protection: DeletionProtection = DeletionProtection::Enabled,
        /// Removal policy of the cluster. Default: a final snapshot, as in CloudFormation.
        default removal_policy: RemovalPolicy = RemovalPolicy::Snapshot,
        /// Installation of new minor versions. Default: automatic, as in RDS.
        default minor_version_upgrades: MinorVersionUpgrades = MinorVersionUpgrades::Automatic,
        /// Login with IAM credentials. Default: off, as in RDS.
        default iam_authentication: IamAuthentication = IamAuthentication::Disabled,
        /// Statements over HTTPS. Default: disabled, as in RDS.
        default data_api: DataApi = DataApi::Disabled,
        /// Mode of Database Insights. Default: standard (CloudFormation: off).
        default database_insights: DatabaseInsights = DatabaseInsights::Standard,
        /// Interval of Enhanced Monitoring. Default: every minute (CloudFormation: off).
        default enhanced_monitoring: EnhancedMonitoring = EnhancedMonitoring::EveryMinute,
        /// Retention of logs. Default: three months (CloudFormation: logs are not exported; exported ones are kept for ever).
        default log_retention: RetentionDays = RetentionDays::THREE_MONTHS,
    }
}

impl<S: database_cluster_builder::State> DatabaseClusterBuilder<'_, S> {
    /// Adds a reader, with `id` as its part of the construct path. Put at least one into a cluster that must survive the
    /// failure of a zone.
    pub fn reader(mut self, id: impl Into<String>, instance: ClusterInstance) -> Self {
        self.readers.push((id.into(), instance));
        self
    }

    /// Sets a parameter of the cluster, such as `log_min_duration_statement`. `rds.force_ssl` is always 1 and
    /// `require_secure_transport` always `ON` (`INF4405` otherwise).
    pub fn parameter(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.parameters.push((name.into(), value.into_value()));
        self
    }

    /// Sets a parameter of every instance, which goes before that of the cluster. Default: those of RDS.
    pub fn instance_parameter(
        mut self,
        name: impl Into<String>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.instance_parameters
            .push((name.into(), value.into_value()));
        self
    }
}

impl<'app> DatabaseCluster<'app> {
    fn create(scope: Scope<'app>, props: DatabaseClusterProps<'app>) -> Self {
        let port = props.port.unwrap_or(props.engine.dialect.port());
        check_props(scope, &props, port);
        props.subnets.requires_two_zones(scope, "a database");
        let security_group = placement::security_group(scope, props.subnets);
        let subnet_group = placement::subnet_group(scope, "Subnets", props.subnets);
        let identifier = props
            .cluster_identifier
            .clone()
            .unwrap_or_else(|| identifier::generate_identifier(scope));
        identifier::check_identifier(scope, "DBClusterIdentifier", &identifier);
        let parameters =
            parameters::cluster_parameter_group(scope, &props.engine, props.parameters.clone());
        let groups = logs::log_groups(
            scope,
            "cluster",
            &identifier,
            &props.engine.logs,
            props.log_retention,
            props.removal_policy,
            props.encryption_key,
        );
        let secret =
            props
                .credentials
                .create_secret(scope, props.engine.dialect, props.removal_policy);
        let cfn = plain_properties(&props)
            .db_cluster_identifier(identifier)
            .db_subnet_group_name(subnet_group.ref_())
            .db_cluster_parameter_group_name(parameters.ref_())
            .vpc_security_group_ids(vec![security_group.id()])
            .port(port);
        let cfn = set_master_secret!(cfn, db_cluster, secret);
        let cluster = cfn.build(scope, "Resource");
        cluster.apply_removal_policy(props.removal_policy);
        // RDS would otherwise create the log groups, with unlimited retention.
        for group in groups {
            cluster.depends_on(group);
        }
        secret.attach_to(cluster.ref_().cast(), "AWS::RDS::DBCluster");
        let (iam_authentication, data_api) = (props.iam_authentication, props.data_api);
        let dialect = props.engine.dialect;
        let writer = create_instances(scope, props, cluster);
        Self {
            scope,
            cluster,
            writer,
            security_group,
            secret,
            port,
            iam_authentication,
            data_api,
            dialect,
        }
    }

    /// Returns the identifier of the cluster.
    pub fn cluster_identifier(&self) -> Value<Id<kind::rds::DbCluster>> {
        self.cluster.ref_()
    }

    /// Returns the ARN of the cluster.
    pub fn arn(&self) -> Value<Arn<kind::rds::DbCluster>> {
        self.cluster.attr_db_cluster_arn()
    }

    /// Returns the host name of the endpoint that leads to the writer.
    pub fn host(&self) -> Value<Host> {
        self.cluster.attr_endpoint_address().cast()
    }

    /// Returns the host name of the endpoint that leads to the readers, or to the writer in a cluster without readers.
    pub fn reader_host(&self) -> Value<Host> {
        self.cluster.attr_read_endpoint_address().cast()
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
            .secret(|| self.cluster.attr_master_user_secret_secret_arn())
    }

    /// Rotates a password of [`Credentials::generated`] with a function of the app, once in an interval, as
    /// [`Secret::rotate_with`](crate::secretsmanager::Secret::rotate_with) does. The function needs a connection to the
    /// cluster. RDS rotates the password that it manages itself (`INF4225`).
    #[track_caller]
    pub fn rotate_with(
        &self,
        function: &impl SecretRotator<'app>,
        interval: Duration,
    ) -> Option<RotationSchedule<'app>> {
        self.secret.rotate_with(self.scope, function, interval)
    }

    /// Returns the security group of the cluster.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the cluster.
    pub fn cfn(&self) -> CfnDbCluster<'app> {
        self.cluster
    }

    /// Returns the L1 binding of the instance that is created as the writer.
    pub fn cfn_writer(&self) -> CfnDbInstance<'app> {
        self.writer
    }

    /// Allows a role to log in as a database user with IAM credentials; requires [`IamAuthentication::Enabled`] (`INF4224`).
    ///
    /// See [IAM database
    /// authentication](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html).
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
            .resource(user_arn(self.cluster.attr_db_cluster_resource_id(), user))
            .on_identity(self)
    }

    /// Allows an identity to run statements with the Data API as the master user, whose secret it may read; requires
    /// [`DataApi::Enabled`] (`INF4224`).
    ///
    /// See [Data
    /// API](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html).
    #[track_caller]
    pub fn grant_data_api(&self, to: &impl Identity<'app>) -> Grant<'app> {
        check_access(
            self.scope,
            self.data_api == DataApi::Enabled,
            "statements of the Data API",
            "set `.data_api(DataApi::Enabled)`",
        );
        Grant::to(to)
            .actions(DATA_API)
            .resource(self.arn())
            .on_identity(self)
            .and(self.secret().grant_read(to))
    }
}

/// Actions of a client of the Data API.
pub(super) const DATA_API: [&str; 5] = [
    "rds-data:BatchExecuteStatement",
    "rds-data:BeginTransaction",
    "rds-data:CommitTransaction",
    "rds-data:ExecuteStatement",
    "rds-data:RollbackTransaction",
];

/// Returns the properties of the cluster that depend only on `props`.
fn plain_properties(props: &DatabaseClusterProps<'_>) -> CfnDbClusterProps {
    let serverless = instances(props).any(|(_, instance)| instance.class.is_none());
    let storage = match props.storage {
        ClusterStorage::Standard => None,
        ClusterStorage::IoOptimized => Some("aurora-iopt1"),
    };
    let cfn = CfnDbClusterProps::new()
        .engine(props.engine.name)
        .engine_version(&*props.engine.version)
        // By default, RDS charges extra by the hour for versions past their end of life.
        .engine_lifecycle_support("open-source-rds-extended-support-disabled")
        .storage_encrypted(true)
        .backup_retention_period(props.backup_retention.as_days())
        .preferred_backup_window(props.windows.backup.to_string())
        .preferred_maintenance_window(props.windows.maintenance.to_string())
        .copy_tags_to_snapshot(true)
        .delete_automated_backups(props.removal_policy == RemovalPolicy::Destroy)
        .deletion_protection(props.deletion_protection == DeletionProtection::Enabled)
        .enable_iam_database_authentication(props.iam_authentication == IamAuthentication::Enabled)
        .enable_http_endpoint(props.data_api == DataApi::Enabled)
        .enable_cloudwatch_logs_exports(props.engine.logs.clone())
        .with(storage, CfnDbClusterProps::storage_type)
        .with(props.encryption_key, |cfn, key| cfn.kms_key_id(key.arn()))
        .with(props.engine.backtrack, |cfn, window| {
            cfn.backtrack_window(window.to_seconds_i64())
        })
        .with(
            serverless.then(|| props.serverless_capacity.configuration()),
            CfnDbClusterProps::serverless_v2_scaling_configuration,
        );
    let cfn = match (&props.point_in_time, &props.snapshot) {
        (Some(time), _) => time.apply_to_cluster(cfn),
        (None, Some(snapshot)) => cfn.snapshot_identifier(snapshot),
        (None, None) => cfn
            .master_username(&props.credentials.user)
            .with(props.database_name.as_ref(), |cfn, name| {
                cfn.database_name(name.as_str())
            }),
    };
    props
        .database_insights
        .apply_to_cluster(cfn, props.encryption_key)
}

/// Returns the instances of the cluster with their IDs, the writer first.
fn instances<'a>(
    props: &'a DatabaseClusterProps<'_>,
) -> impl Iterator<Item = (&'a str, &'a ClusterInstance)> {
    let readers = props.readers.iter().map(|(id, reader)| (&**id, reader));
    std::iter::once(("Writer", &props.writer)).chain(readers)
}

impl<'app> Connectable<'app> for DatabaseCluster<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], Some(Port::tcp(self.port)))
    }
}
