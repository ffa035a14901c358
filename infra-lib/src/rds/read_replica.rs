//! The [`RdsReadReplica`] construct.

use infra_cfn::rds::{CfnDbInstance, CfnDbInstanceProps};

use super::credentials::{check_access, user_arn};
use super::imported::arn_of;
use super::monitoring::set_monitoring;
use super::{
    Availability, DatabaseInsights, DatabaseSubnets, DeletionProtection, EnhancedMonitoring, Host,
    IamAuthentication, ImportedRdsInstance, InstanceClass, MaintenanceWindow, MinorVersionUpgrades,
    RdsInstance, Windows, identifier, logs, placement,
};
use crate::construct::With;
use crate::core::Data;
use crate::ec2::{Connectable, Connections, Isolated, Port, SecurityGroup, Subnets};
use crate::iam::{Grant, Grantable};
use crate::kms::{AsKey, KeyRef};
use crate::logs::RetentionDays;
use crate::{
    Arn, Diagnostic, Id, RemovalPolicy, Scope, Value, codes, kind, maintenance_window, value,
};

/// A database that a [`RdsReadReplica`] copies: an [`RdsInstance`] or an [`ImportedRdsInstance`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a read replica",
    label = "an `RdsInstance` or an `ImportedRdsInstance` is needed here",
    note = "readers of a `DatabaseCluster` are added with `.reader(…)`"
)]
pub trait ReplicaSource<'app> {
    /// Returns the database with what a replica takes from it.
    fn replica_source(&self) -> ReplicatedDatabase;
}

/// A database with what a replica takes from it, from [`ReplicaSource::replica_source`].
#[derive(Clone, Debug)]
pub struct ReplicatedDatabase {
    arn: Value<Arn<kind::rds::DbInstance>>,
    port: u16,
    parameter_group: Option<Value<String>>,
    logs: Vec<String>,
}

impl<'app, T: ReplicaSource<'app>> ReplicaSource<'app> for &T {
    fn replica_source(&self) -> ReplicatedDatabase {
        (**self).replica_source()
    }
}

impl<'app> ReplicaSource<'app> for RdsInstance<'app> {
    fn replica_source(&self) -> ReplicatedDatabase {
        let logs = self.cfn().prop("EnableCloudwatchLogsExports");
        let logs = logs.as_ref().and_then(Data::as_list).unwrap_or_default();
        ReplicatedDatabase {
            // A text, since the schema knows identifiers only.
            arn: arn_of(&self.instance_identifier()),
            port: self.port_number(),
            parameter_group: self
                .cfn()
                .prop("DBParameterGroupName")
                .map(Value::from_data),
            logs: logs
                .iter()
                .filter_map(|log| log.as_text().map(str::to_owned))
                .collect(),
        }
    }
}

impl<'app> ReplicaSource<'app> for ImportedRdsInstance<'app> {
    fn replica_source(&self) -> ReplicatedDatabase {
        ReplicatedDatabase {
            arn: self.arn(),
            port: self.port_number(),
            parameter_group: None,
            logs: Vec::new(),
        }
    }
}

crate::construct! {
    /// A read replica of a database instance: a copy that follows its source, for reads only.
    ///
    /// Creates an
    /// [`AWS::RDS::DBInstance`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html)
    /// with a subnet group, a security group, log groups and a role for Enhanced Monitoring. Engine, storage, encryption,
    /// users and databases are those of the source. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | subnets | isolated only, checked by the compiler | those of the source |
    /// | public address | never | depends on VPC and subnet group |
    /// | security group | a separate one without rules | the default group of the VPC |
    /// | parameters, such as required TLS | those of a source in the app | those of RDS |
    /// | Availability Zones | one | one |
    /// | maintenance window | Sunday 02:30 to 03:30 UTC | random |
    /// | deletion protection | on | off |
    /// | removal from the template | deleted; RDS makes no final snapshot of a replica | a final snapshot |
    /// | minor version upgrades | automatic | automatic |
    /// | Database Insights | standard mode | off |
    /// | Enhanced Monitoring | every minute | off |
    /// | logs | those of a source in the app, kept for three months | not exported |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::rds::{Availability, InstanceClass, PostgresEngineVersion, RdsInstance, RdsReadReplica, Storage};
    /// use infra_lib::{cidr, database_name};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let database = RdsInstance::builder()
    ///     .subnets(vpc.isolated())
    ///     .version(PostgresEngineVersion::V17_11)
    ///     .instance_class(InstanceClass::T4G_MICRO)
    ///     .storage(Storage::gp3(Size::gib(20)))
    ///     .availability(Availability::MultiAz)
    ///     .database_name(database_name!("notes"))
    ///     .build(stack, "Database");
    /// let reports = RdsReadReplica::builder()
    ///     .source(database)
    ///     .subnets(vpc.isolated())
    ///     .instance_class(InstanceClass::T4G_MICRO)
    ///     .build(stack, "Reports");
    /// let group = SecurityGroup::builder().vpc(vpc).build(stack, "Group");
    /// reports.allow_from(&group);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct RdsReadReplica<'app>: "infra-lib.rds.RdsReadReplica" {
        database: CfnDbInstance<'app>,
        security_group: SecurityGroup<'app>,
        port: u16,
        iam_authentication: IamAuthentication,
    }

    /// Properties of a [`RdsReadReplica`], set through [`RdsReadReplica::builder`].
    pub struct RdsReadReplicaProps, RdsReadReplicaBuilder, rds_read_replica_builder {
        /// Database that is copied. Changing it replaces the replica.
        required_reference source: ReplicaSource::replica_source => ReplicatedDatabase,
        /// Subnets: isolated ones, in at least two zones (`INF4106` otherwise).
        required_reference subnets: DatabaseSubnets::database_subnets => Subnets<'app, Isolated>,
        /// Instance class: processors and memory.
        required instance_class: InstanceClass,
        /// Region of a source in another region. Default: this region.
        text source_region,
        /// Number of Availability Zones. Default: one, as in CloudFormation.
        default availability: Availability = Availability::SingleAz,
        /// Identifier of the replica. RDS derives the names of log groups from it. Default: stack name and construct path.
        optional instance_identifier: String,
        /// Name of the parameter group. Default: that of a source in the app; otherwise the default one of RDS.
        text parameter_group_name,
        /// KMS key of this region, for a source in another region; also the key of insights and logs. Default: the key of
        /// the source. Changing it replaces the replica.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Weekly maintenance window. Default: Sunday at 02:30 UTC for an hour (RDS: random).
        default maintenance_window: MaintenanceWindow = Windows::default().maintenance,
        /// Deletion protection. Default: [`DeletionProtection::Enabled`] (CloudFormation: off).
        default deletion_protection: DeletionProtection = DeletionProtection::Enabled,
        /// Removal policy of the replica. Default: it is deleted (CloudFormation: a final snapshot, which RDS refuses,
        /// `INF4229`).
        default removal_policy: RemovalPolicy = RemovalPolicy::Destroy,
        /// Installation of new minor versions. Default: automatic, as in RDS.
        default minor_version_upgrades: MinorVersionUpgrades = MinorVersionUpgrades::Automatic,
        /// Login with IAM credentials. Default: off, as in RDS.
        default iam_authentication: IamAuthentication = IamAuthentication::Disabled,
        /// Mode of Database Insights. Default: standard (CloudFormation: off).
        default database_insights: DatabaseInsights = DatabaseInsights::Standard,
        /// Interval of Enhanced Monitoring. Default: every minute (CloudFormation: off).
        default enhanced_monitoring: EnhancedMonitoring = EnhancedMonitoring::EveryMinute,
        /// Retention of logs. Default: three months (CloudFormation: logs are not exported; exported ones are kept for ever).
        default log_retention: RetentionDays = RetentionDays::THREE_MONTHS,
    }
}

impl<'app> RdsReadReplica<'app> {
    fn create(scope: Scope<'app>, props: RdsReadReplicaProps<'app>) -> Self {
        check_removal(scope, props.removal_policy);
        props
            .maintenance_window
            .check_window(scope, &maintenance_window::DATABASE);
        props.subnets.requires_two_zones(scope, "a database");
        let security_group = placement::security_group(scope, props.subnets);
        let subnet_group = placement::subnet_group(scope, "SubnetGroup", props.subnets);
        let identifier = props
            .instance_identifier
            .unwrap_or_else(|| identifier::generate_identifier(scope));
        identifier::check_identifier(scope, "DBInstanceIdentifier", &identifier);
        let exports: Vec<&str> = props.source.logs.iter().map(String::as_str).collect();
        let groups = logs::log_groups(
            scope,
            "instance",
            &identifier,
            &exports,
            props.log_retention,
            props.removal_policy,
            props.encryption_key,
        );
        let cfn = CfnDbInstanceProps::new()
            // RDS refuses the identifier together with a subnet group, and takes the ARN.
            .source_db_instance_identifier(props.source.arn.cast::<Id<kind::rds::DbInstance>>())
            .db_instance_identifier(identifier)
            .db_instance_class(props.instance_class.as_str())
            .db_subnet_group_name(subnet_group.ref_())
            .vpc_security_groups(vec![security_group.id()])
            .multi_az(props.availability == Availability::MultiAz)
            .publicly_accessible(false)
            .port(props.source.port.to_string())
            .ca_certificate_identifier("rds-ca-rsa2048-g1")
            .preferred_maintenance_window(props.maintenance_window.to_string())
            .copy_tags_to_snapshot(true)
            .deletion_protection(props.deletion_protection == DeletionProtection::Enabled)
            .auto_minor_version_upgrade(
                props.minor_version_upgrades == MinorVersionUpgrades::Automatic,
            )
            .enable_iam_database_authentication(
                props.iam_authentication == IamAuthentication::Enabled,
            )
            .with(props.source_region, CfnDbInstanceProps::source_region)
            .with(
                props.parameter_group_name.or(props.source.parameter_group),
                |cfn, group| cfn.db_parameter_group_name(group.cast()),
            )
            .with(props.encryption_key, |cfn, key| cfn.kms_key_id(key.arn()))
            .with((!exports.is_empty()).then_some(&exports), |cfn, exports| {
                cfn.enable_cloudwatch_logs_exports(exports.clone())
            });
        let cfn = props.database_insights.apply_to(cfn, props.encryption_key);
        let cfn = set_monitoring(cfn, props.enhanced_monitoring.create_role(scope));
        let database = cfn.build(scope, "Resource");
        database.apply_removal_policy(props.removal_policy);
        // RDS would otherwise create the log groups, with unlimited retention.
        for group in groups {
            database.depends_on(group);
        }
        Self {
            scope,
            database,
            security_group,
            port: props.source.port,
            iam_authentication: props.iam_authentication,
        }
    }

    /// Returns the identifier of the replica.
    pub fn instance_identifier(&self) -> Value<Id<kind::rds::DbInstance>> {
        self.database.ref_()
    }

    /// Returns the ARN of the replica.
    pub fn arn(&self) -> Value<Arn<kind::rds::DbInstance>> {
        self.database.attr_db_instance_arn()
    }

    /// Returns the host name of the endpoint.
    pub fn host(&self) -> Value<Host> {
        self.database.attr_endpoint_address().cast()
    }

    /// Returns the port as literal text, that of the source.
    pub fn port(&self) -> Value<String> {
        value(self.port.to_string())
    }

    /// Returns the security group of the replica.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the replica.
    pub fn cfn(&self) -> CfnDbInstance<'app> {
        self.database
    }

    /// Allows a role to log in as a database user with IAM credentials; requires [`IamAuthentication::Enabled`] (`INF4224`).
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

fn check_removal(scope: Scope<'_>, policy: RemovalPolicy) {
    if policy == RemovalPolicy::Snapshot {
        scope.report(
            Diagnostic::new(
                codes::READ_REPLICA_REMOVAL,
                "RDS makes no final snapshot of a read replica, so it could not be deleted",
            )
            .property("DeletionPolicy")
            .actual("Snapshot")
            .expected("Delete or Retain")
            .help("omit `.removal_policy(…)`: the data is that of the source")
            .url("https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html"),
        );
    }
}

impl<'app> Connectable<'app> for RdsReadReplica<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], Some(Port::tcp(self.port)))
    }
}
