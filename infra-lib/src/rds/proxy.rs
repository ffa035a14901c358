//! The [`DatabaseProxy`] construct.

use infra_cfn::rds::db_proxy::{AuthFormat, AuthFormatIamAuth};
use infra_cfn::rds::db_proxy_target_group::{
    ConnectionPoolConfigurationInfoFormat, TargetGroupName,
};
use infra_cfn::rds::{
    CfnDbProxy, CfnDbProxyProps, CfnDbProxyRequired, CfnDbProxyTargetGroup,
    CfnDbProxyTargetGroupProps, db_proxy,
};

use super::credentials::{check_access, user_arn};
use super::{DatabaseSubnets, Host, IamAuthentication, ProxyTarget};
use crate::construct::{With, unique_name};
use crate::ec2::{Connectable, Connections, Isolated, Port, SecurityGroup, Subnets};
use crate::iam::{Grant, Grantable, Principal, Role};
use crate::import::arn_after;
use crate::secretsmanager::ImportedSecret;
use crate::{Arn, Diagnostic, Duration, Name, Scope, Value, codes, kind, value};

/// Logs of a proxy about single statements.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DebugLogging {
    /// Statements are logged with their text for 24 hours, which may contain data of users.
    Enabled,
    /// Only the state of the proxy is logged.
    #[default]
    Disabled,
}

crate::construct! {
    /// A proxy of Amazon RDS: it shares connections to a database among many clients, such as functions, and keeps them
    /// through a failover.
    ///
    /// Creates an
    /// [`AWS::RDS::DBProxy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbproxy.html)
    /// with a target group, a security group that the database accepts, and a role that reads the secrets of database users.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | subnets | isolated only, checked by the compiler | required |
    /// | security group | a separate one without rules for clients | the default group of the VPC |
    /// | TLS | required | optional |
    /// | database users | the master user; add more with `secret` | required |
    /// | idle clients | closed after 30 minutes | closed after 30 minutes |
    /// | connections | at most 100 % of those of the database | at most 100 % |
    /// | statements in logs | none | none |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::rds::{AuroraPostgresVersion, ClusterInstance, DatabaseCluster, DatabaseProxy};
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let cluster = DatabaseCluster::builder()
    ///     .subnets(vpc.isolated())
    ///     .engine(AuroraPostgresVersion::V17_9)
    ///     .writer(ClusterInstance::serverless())
    ///     .build(stack, "Database");
    /// let proxy = DatabaseProxy::builder()
    ///     .target(cluster)
    ///     .subnets(vpc.isolated())
    ///     .build(stack, "Proxy");
    /// let functions = SecurityGroup::builder().vpc(vpc).build(stack, "Functions");
    /// proxy.allow_from(&functions);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct DatabaseProxy<'app>: "infra-lib.rds.DatabaseProxy" {
        proxy: CfnDbProxy<'app>,
        targets: CfnDbProxyTargetGroup<'app>,
        security_group: SecurityGroup<'app>,
        role: Role<'app>,
        port: u16,
        iam_authentication: IamAuthentication,
    }

    /// Properties of a [`DatabaseProxy`], set through [`DatabaseProxy::builder`].
    pub struct DatabaseProxyProps, DatabaseProxyBuilder, database_proxy_builder {
        /// Secrets of further database users. Default: none.
        list secrets: ImportedSecret,
        /// Filters of what does not pin a client to a connection.
        list pinning_filters: String,
        /// Database of the app: an [`RdsInstance`](super::RdsInstance) or a [`DatabaseCluster`](super::DatabaseCluster).
        required_reference target: ProxyTarget::proxy_target => ProxiedDatabase<'app>,
        /// Subnets: isolated ones, in at least two zones (`INF4106` otherwise). Changing them replaces the proxy.
        required_reference subnets: DatabaseSubnets::database_subnets => Subnets<'app, Isolated>,
        /// Name of the proxy, at most 64 letters, digits and hyphens. Default: stack name and construct path. Changing it
        /// replaces the proxy.
        text db_proxy_name,
        /// Login of clients with IAM credentials, which are then required. Default: off, as in RDS.
        default iam_authentication: IamAuthentication = IamAuthentication::Disabled,
        /// Time after which idle clients are disconnected: 1 second to 8 hours (`INF4228`). Default: 30 minutes, as in RDS.
        default idle_client_timeout: Duration = Duration::minutes(30),
        /// Time for which a client waits for a connection: up to 5 minutes (`INF4228`). Default: 2 minutes, as in RDS.
        optional borrow_timeout: Duration,
        /// Most connections to the database, in percent of those that it accepts: 1 to 100 (`INF4228`). Default: 100, as in
        /// CloudFormation.
        optional max_connections_percent: u8,
        /// Most idle connections to the database, in percent of those that it accepts, at most `max_connections_percent`
        /// (`INF4228`). Default: half of the most connections, as in RDS.
        optional max_idle_connections_percent: u8,
        /// Statements that each new connection to the database runs first. Default: none.
        text init_query,
        /// Statements in the logs. Default: none, as in RDS.
        default debug_logging: DebugLogging = DebugLogging::Disabled,
    }
}

/// A database behind a proxy, from [`ProxyTarget::proxy_target`].
#[derive(Clone, Debug)]
pub struct ProxiedDatabase<'app> {
    pub(super) family: db_proxy::EngineFamily,
    pub(super) database: ProxiedId,
    /// Resource that must exist before the target group.
    pub(super) ready: crate::Resource<'app>,
    pub(super) secret: ImportedSecret,
    pub(super) connections: Connections<'app>,
    pub(super) port: u16,
}

/// Identifier of a database behind a proxy.
#[derive(Clone, Debug)]
pub(super) enum ProxiedId {
    Instance(Value<String>),
    Cluster(Value<crate::Id<kind::rds::DbCluster>>),
}

impl<'app> Connectable<'app> for ProxiedDatabase<'app> {
    fn connections(&self) -> Connections<'app> {
        self.connections.clone()
    }
}

impl<S: database_proxy_builder::State> DatabaseProxyBuilder<'_, S> {
    /// Adds the secret of another database user, with the fields `username` and `password`.
    pub fn secret(mut self, secret: ImportedSecret) -> Self {
        self.secrets.push(secret);
        self
    }

    /// Lets clients share connections although they set variables, which otherwise pin a client to its connection. Use it
    /// for clients whose settings are all the same.
    ///
    /// See [avoiding
    /// pinning](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html).
    pub fn exclude_variable_sets_from_pinning(mut self) -> Self {
        self.pinning_filters
            .push("EXCLUDE_VARIABLE_SETS".to_owned());
        self
    }
}

impl<'app> DatabaseProxy<'app> {
    fn create(scope: Scope<'app>, props: DatabaseProxyProps<'app>) -> Self {
        check_props(scope, &props);
        props.subnets.requires_two_zones(scope, "a database proxy");
        let target = props.target;
        let role = Role::builder()
            .assumed_by(Principal::service("rds.amazonaws.com").for_this_account())
            .build(scope, "IAMRole");
        let security_group = SecurityGroup::builder()
            .vpc(props.subnets.vpc())
            .description(format!("proxy {}", scope.path()))
            .build(scope, "ProxySecurityGroup");
        target.allow_from(&security_group);
        let iam = match props.iam_authentication {
            IamAuthentication::Enabled => AuthFormatIamAuth::REQUIRED,
            IamAuthentication::Disabled => AuthFormatIamAuth::DISABLED,
        };
        let auth: Vec<AuthFormat> = std::iter::once(target.secret)
            .chain(props.secrets)
            .map(|secret| {
                secret.grant_read(&role);
                AuthFormat::new()
                    .auth_scheme(db_proxy::AuthFormatAuthScheme::SECRETS)
                    .iam_auth(iam.clone())
                    .secret_arn(secret.arn())
            })
            .collect();
        let name = props
            .db_proxy_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 64)));
        let proxy = CfnDbProxyProps::new(CfnDbProxyRequired {
            db_proxy_name: name,
            engine_family: value(target.family),
            role_arn: role.arn(),
            vpc_subnet_ids: props.subnets.ids(),
        })
        .auth(auth)
        .require_tls(true)
        .debug_logging(props.debug_logging == DebugLogging::Enabled)
        .idle_client_timeout(props.idle_client_timeout.to_seconds_i64())
        .vpc_security_group_ids(vec![security_group.id()])
        .build(scope, "Resource");
        let pool = ConnectionPoolConfigurationInfoFormat::new()
            .max_connections_percent(props.max_connections_percent.unwrap_or(100))
            .with(props.max_idle_connections_percent, |pool, percent| {
                pool.max_idle_connections_percent(percent)
            })
            .with(props.borrow_timeout, |pool, timeout| {
                pool.connection_borrow_timeout(timeout.to_seconds_i64())
            })
            .with(
                props.init_query,
                ConnectionPoolConfigurationInfoFormat::init_query,
            )
            .with(
                (!props.pinning_filters.is_empty()).then_some(props.pinning_filters),
                ConnectionPoolConfigurationInfoFormat::session_pinning_filters,
            );
        let group = CfnDbProxyTargetGroupProps::new(proxy.ref_(), TargetGroupName::DEFAULT)
            .connection_pool_configuration_info(pool);
        let group = match target.database {
            ProxiedId::Instance(id) => group.db_instance_identifiers(vec![id]),
            ProxiedId::Cluster(id) => group.db_cluster_identifiers(vec![id]),
        };
        let targets = group.build(scope, "ProxyTargetGroup");
        targets.depends_on(target.ready);
        Self {
            scope,
            proxy,
            targets,
            security_group,
            role,
            port: target.port,
            iam_authentication: props.iam_authentication,
        }
    }

    /// Returns the name of the proxy.
    pub fn db_proxy_name(&self) -> Value<Name<kind::rds::DbProxy>> {
        self.proxy.ref_()
    }

    /// Returns the ARN of the proxy.
    pub fn arn(&self) -> Value<Arn<kind::rds::DbProxy>> {
        self.proxy.attr_db_proxy_arn()
    }

    /// Returns the host name of the endpoint, which clients use in place of that of the database.
    pub fn host(&self) -> Value<Host> {
        self.proxy.attr_endpoint().cast()
    }

    /// Returns the port as literal text.
    pub fn port(&self) -> Value<String> {
        value(self.port.to_string())
    }

    /// Returns the security group of the proxy.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the role that reads the secrets of database users.
    pub fn role(&self) -> Role<'app> {
        self.role
    }

    /// Returns the L1 binding of the proxy.
    pub fn cfn(&self) -> CfnDbProxy<'app> {
        self.proxy
    }

    /// Returns the L1 binding of the target group.
    pub fn cfn_target_group(&self) -> CfnDbProxyTargetGroup<'app> {
        self.targets
    }

    /// Allows a role to connect to the proxy as a database user with IAM credentials; requires
    /// [`IamAuthentication::Enabled`] (`INF4224`). The database itself needs no IAM authentication.
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
            .resource(user_arn(arn_after(&self.arn(), ":db-proxy:"), user))
            .on_identity(self)
    }
}

fn check_props(scope: Scope<'_>, props: &DatabaseProxyProps<'_>) {
    let report = |property: &str, actual: String, expected: &str| {
        scope.report(
            Diagnostic::new(codes::PROXY_SETTING, "RDS rejects a setting of the proxy")
                .property(property)
                .actual(actual)
                .expected(expected)
                .url("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html"),
        );
    };
    let idle = props.idle_client_timeout;
    if !(1..=28_800).contains(&idle.as_seconds()) {
        report("IdleClientTimeout", idle.to_string(), "1 second to 8 hours");
    }
    if let Some(wait) = props.borrow_timeout.filter(|wait| wait.as_seconds() > 300) {
        report(
            "ConnectionBorrowTimeout",
            wait.to_string(),
            "at most 5 minutes",
        );
    }
    let most = props.max_connections_percent.unwrap_or(100);
    if !(1..=100).contains(&most) {
        report("MaxConnectionsPercent", most.to_string(), "1 to 100");
    }
    if let Some(idle) = props
        .max_idle_connections_percent
        .filter(|idle| *idle > most)
    {
        let expected = format!("at most `max_connections_percent`: {most}");
        report("MaxIdleConnectionsPercent", idle.to_string(), &expected);
    }
}

impl<'app> Connectable<'app> for DatabaseProxy<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], Some(Port::tcp(self.port)))
    }
}
