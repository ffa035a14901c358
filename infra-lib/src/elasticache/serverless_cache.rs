//! The [`ServerlessCache`] construct.

use infra_cfn::elasticache::serverless_cache::{
    CacheUsageLimits, DataStorage, DataStorageUnit, EcpuPerSecond,
};
use infra_cfn::elasticache::{CfnServerlessCache, CfnServerlessCacheProps};

use super::{AsUser, AsUserGroup, ServerlessEngine, TimeOfDay, UserGroupRef, grants, identifier};
use crate::construct::With;
use crate::ec2::{Connectable, Connections, InternalSubnets, Port, SecurityGroup, SubnetsRef};
use crate::iam::{Grant, Grantable};
use crate::kms::{AsKey, KeyRef};
use crate::{
    Arn, Diagnostic, IntoValue, Name, RemovalPolicy, Scope, Size, Value, codes, kind, value,
};

crate::construct! {
    /// A serverless cache of ElastiCache, which grows with its load and is spread over zones.
    ///
    /// Creates an
    /// [`AWS::ElastiCache::ServerlessCache`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-serverlesscache.html)
    /// and a security group. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | engine | Valkey 8 | required |
    /// | subnets | private or isolated ones, in at least two zones | the default VPC |
    /// | security group | a separate one without rules | the default group of the VPC |
    /// | TLS, encryption at rest | always | always |
    /// | users | every client that the security group admits; set a user group for log-ins | the same |
    /// | limits | none | none |
    /// | snapshots | daily, kept for 7 days; none with Memcached | none |
    /// | name | stack name and construct path | required |
    /// | removal from the template | deleted | deleted |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::elasticache::{ServerlessCache, User, UserGroup};
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Cache");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let worker = User::builder().access_string("on ~* +@all -@dangerous").build(stack, "Worker");
    /// let cache = ServerlessCache::builder()
    ///     .subnets(vpc.isolated())
    ///     .user_group(UserGroup::builder().user(worker).build(stack, "Users"))
    ///     .max_data_storage(Size::gib(10))
    ///     .build(stack, "Sessions");
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
    /// cache.allow_from(&api);
    /// let role = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role");
    /// cache.grant_connect(&role, worker);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ServerlessCache<'app>: "infra-lib.elasticache.ServerlessCache" {
        resource: CfnServerlessCache<'app>,
        security_group: SecurityGroup<'app>,
        user_group: Option<UserGroupRef<'app>>,
        port: u16,
    }

    /// Properties of a [`ServerlessCache`], set through [`ServerlessCache::builder`].
    pub struct ServerlessCacheProps, ServerlessCacheBuilder, serverless_cache_builder {
        /// Snapshots with which the cache starts.
        list snapshots: Value<String>,
        /// Subnets: private or isolated ones, in at least two zones (`INF4106` otherwise). Changing them replaces the cache.
        required_reference subnets: InternalSubnets::internal_subnets => SubnetsRef<'app>,
        /// Engine with its major version. Default: Valkey 8.
        default engine: ServerlessEngine = ServerlessEngine::Valkey8,
        /// Name of the cache, at most 40 lower-case letters, digits and hyphens (`INF4018`). Default: stack name and
        /// construct path. Changing it replaces the cache.
        optional serverless_cache_name: String,
        /// Description of the cache. Default: none.
        text description,
        /// Group of the users who may log in; not with Memcached (`INF4017`). Default: none, as in CloudFormation.
        reference user_group: AsUserGroup::as_user_group => UserGroupRef<'app>,
        /// Data that is charged at least, 1 to 5,000 GiB in whole GiB (`INF4012`). Default: none, as in CloudFormation.
        optional min_data_storage: Size,
        /// Data above which items are evicted, 1 to 5,000 GiB in whole GiB (`INF4012`). Default: none, as in CloudFormation.
        optional max_data_storage: Size,
        /// Processing units that are ready at any time, 1,000 to 15,000,000 per second (`INF4012`). Default: none, as in
        /// CloudFormation.
        optional min_ecpu_per_second: u32,
        /// Processing units above which requests are throttled, 1,000 to 15,000,000 per second (`INF4012`). Default: none,
        /// as in CloudFormation.
        optional max_ecpu_per_second: u32,
        /// Days for which daily snapshots are kept, 0 to 35 (`INF4016`). Default: 7, and 0 with Memcached, which has none
        /// (CloudFormation: 0).
        optional snapshot_retention_days: u32,
        /// Time of the daily snapshot. Default: 01:00 UTC (CloudFormation: chosen by ElastiCache).
        default daily_snapshot_time: TimeOfDay = TimeOfDay::utc(1, 0),
        /// Name of a snapshot that is made when the cache is deleted. Default: none, as in CloudFormation.
        text final_snapshot_name,
        /// KMS key that encrypts the data. Default: a key of ElastiCache, as in CloudFormation. Changing it replaces the
        /// cache.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Security group of the cache. Default: a separate one without rules.
        handle security_group: SecurityGroup<'app>,
        /// Removal policy of the cache. Default: it is deleted, as in CloudFormation.
        default removal_policy: RemovalPolicy = RemovalPolicy::Destroy,
    }
}

impl<S: serverless_cache_builder::State> ServerlessCacheBuilder<'_, S> {
    /// Adds a snapshot by its ARN, with whose data the cache starts. Default: none. Changing it replaces the cache.
    pub fn restore_from(mut self, snapshot_arn: impl IntoValue<String>) -> Self {
        self.snapshots.push(snapshot_arn.into_value());
        self
    }
}

impl<'app> ServerlessCache<'app> {
    fn create(scope: Scope<'app>, props: ServerlessCacheProps<'app>) -> Self {
        let memcached = props.engine == ServerlessEngine::Memcached16;
        props
            .subnets
            .requires_two_zones(scope, "a serverless cache");
        let retention = props
            .snapshot_retention_days
            .unwrap_or(if memcached { 0 } else { 7 });
        check_props(scope, &props, retention);
        let name = props
            .serverless_cache_name
            .unwrap_or_else(|| identifier::generate(scope, 40));
        identifier::check(scope, "ServerlessCacheName", &name, 40);
        let security_group = props
            .security_group
            .unwrap_or_else(|| super::security_group(scope, props.subnets));
        let storage =
            (props.min_data_storage.is_some() || props.max_data_storage.is_some()).then(|| {
                // The notation of AWS, which the schema has in lower case.
                DataStorage::new(DataStorageUnit::other("GB".to_owned()))
                    .with(props.min_data_storage, |limit, size| {
                        limit.minimum(gib(size))
                    })
                    .with(props.max_data_storage, |limit, size| {
                        limit.maximum(gib(size))
                    })
            });
        let rate = (props.min_ecpu_per_second.is_some() || props.max_ecpu_per_second.is_some())
            .then(|| {
                EcpuPerSecond::new()
                    .with(props.min_ecpu_per_second, EcpuPerSecond::minimum)
                    .with(props.max_ecpu_per_second, EcpuPerSecond::maximum)
            });
        let limits = (storage.is_some() || rate.is_some()).then(|| {
            CacheUsageLimits::new()
                .with(storage, CacheUsageLimits::data_storage)
                .with(rate, CacheUsageLimits::ecpu_per_second)
        });
        let daily = (retention > 0).then(|| props.daily_snapshot_time.to_string());
        let resource = CfnServerlessCacheProps::new(props.engine.name(), name)
            .major_engine_version(props.engine.major_version())
            .subnet_ids(props.subnets.id_list())
            .security_group_ids(vec![security_group.id()])
            .with(props.description, CfnServerlessCacheProps::description)
            .with(props.user_group, |cfn, group| {
                cfn.user_group_id(group.user_group_id())
            })
            .with(limits, CfnServerlessCacheProps::cache_usage_limits)
            .with(
                (!memcached).then_some(retention),
                CfnServerlessCacheProps::snapshot_retention_limit,
            )
            .with(daily, CfnServerlessCacheProps::daily_snapshot_time)
            .with(
                props.final_snapshot_name,
                CfnServerlessCacheProps::final_snapshot_name,
            )
            .with(props.encryption_key, |cfn, key| cfn.kms_key_id(key.arn()))
            .with(
                Some(props.snapshots).filter(|list| !list.is_empty()),
                CfnServerlessCacheProps::snapshot_arns_to_restore,
            )
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self {
            scope,
            resource,
            security_group,
            user_group: props.user_group,
            port: props.engine.port(),
        }
    }

    /// Returns the name of the cache.
    pub fn serverless_cache_name(&self) -> Value<Name<kind::elasticache::ServerlessCache>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the cache.
    pub fn arn(&self) -> Value<Arn<kind::elasticache::ServerlessCache>> {
        self.resource.attr_arn().cast()
    }

    /// Returns the host name of the endpoint. Clients connect with TLS.
    pub fn host(&self) -> Value<String> {
        self.resource.attr_endpoint_address()
    }

    /// Returns the host name of the endpoint for reads from replicas; Memcached has none.
    pub fn reader_host(&self) -> Value<String> {
        self.resource.attr_reader_endpoint_address()
    }

    /// Returns the port as literal text.
    pub fn port(&self) -> Value<String> {
        value(self.port.to_string())
    }

    /// Returns the port of the endpoint for reads as literal text, the next one.
    pub fn reader_port(&self) -> Value<String> {
        value((self.port + 1).to_string())
    }

    /// Returns the security group of the cache.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the cache.
    pub fn cfn(&self) -> CfnServerlessCache<'app> {
        self.resource
    }

    /// Allows a principal to connect as a user with IAM authentication. A cache without users, and another user, are
    /// reported (`INF4017`).
    ///
    /// See [authenticating with IAM](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html).
    #[track_caller]
    pub fn grant_connect(&self, to: &impl Grantable<'app>, user: impl AsUser<'app>) -> Grant<'app> {
        let user = user.as_user();
        grants::check_user(self.scope, self.user_group, &user);
        grants::connect(to, self.arn(), &user).on_identity(self)
    }
}

fn gib(size: Size) -> i64 {
    i64::try_from(size.as_mib().div_ceil(1_024)).unwrap_or(i64::MAX)
}

fn check_props(scope: Scope<'_>, props: &ServerlessCacheProps<'_>, retention: u32) {
    let report = |property: &str, actual: String, expected: &str| {
        scope.report(
            Diagnostic::new(
                codes::CACHE_LIMITS,
                "ElastiCache rejects a limit of a serverless cache",
            )
            .property(format!("CacheUsageLimits.{property}"))
            .actual(actual)
            .expected(expected)
            .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html"),
        );
    };
    for (name, size) in [
        ("Minimum", props.min_data_storage),
        ("Maximum", props.max_data_storage),
    ] {
        let Some(size) = size else { continue };
        if !size.as_gib().is_some_and(|gib| (1..=5_000).contains(&gib)) {
            report(
                &format!("DataStorage.{name}"),
                size.to_string(),
                "1 to 5000 GiB, in whole GiB",
            );
        }
    }
    if let (Some(least), Some(most)) = (props.min_data_storage, props.max_data_storage)
        && least.as_mib() > most.as_mib()
    {
        report(
            "DataStorage.Minimum",
            least.to_string(),
            &format!("at most the maximum, {most}"),
        );
    }
    for (name, units) in [
        ("Minimum", props.min_ecpu_per_second),
        ("Maximum", props.max_ecpu_per_second),
    ] {
        let Some(units) = units else { continue };
        if !(1_000..=15_000_000).contains(&units) {
            report(
                &format!("ECPUPerSecond.{name}"),
                units.to_string(),
                "1000 to 15000000",
            );
        }
    }
    if let (Some(least), Some(most)) = (props.min_ecpu_per_second, props.max_ecpu_per_second)
        && least > most
    {
        report(
            "ECPUPerSecond.Minimum",
            least.to_string(),
            &format!("at most the maximum, {most}"),
        );
    }
    if !props.daily_snapshot_time.is_real() {
        scope.report(
            Diagnostic::new(
                codes::CACHE_WINDOW,
                "the time of the daily snapshot of a cache does not exist",
            )
            .property("DailySnapshotTime")
            .actual(props.daily_snapshot_time.to_string())
            .expected("00:00 to 23:59"),
        );
    }
    let memcached = props.engine == ServerlessEngine::Memcached16;
    super::check_retention(scope, retention, if memcached { 0 } else { 35 });
    if memcached && props.user_group.is_some() {
        scope.report(
            Diagnostic::new(codes::CACHE_ACCESS, "Memcached has no users")
                .property("UserGroupId")
                .help("omit `.user_group(…)`, or use Valkey")
                .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html"),
        );
    }
}

/// Uses the ports of both endpoints as default port.
impl<'app> Connectable<'app> for ServerlessCache<'app> {
    fn connections(&self) -> Connections<'app> {
        let ports = Port::tcp_range(self.port, self.port + 1);
        Connections::new(vec![self.security_group], Some(ports))
    }
}
