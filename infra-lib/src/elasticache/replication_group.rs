//! The [`ReplicationGroup`] construct.

use infra_cfn::elasticache::{CfnReplicationGroup, CfnReplicationGroupProps};

use super::access::Access;
use super::nodes::{CacheNode, Failover, Topology};
use super::{
    AsUser, CacheAccess, CacheNodeType, CacheSubnets, CacheSubnetsRef, NodeEngine,
    TransitEncryption, UserGroupRef, Windows, grants, identifier, logs, parameters, secret,
};
use crate::construct::With;
use crate::ec2::{Connectable, Connections, Port, SecurityGroup};
use crate::iam::{Grant, Grantable};
use crate::kms::{AsKey, KeyRef};
use crate::logs::{AsLogGroup, LogGroupRef};
use crate::maintenance_window;
use crate::secretsmanager::{Characters, Secret};
use crate::{Arn, Diagnostic, Id, IntoValue, RemovalPolicy, Scope, Value, codes, kind, value};

crate::construct! {
    /// A cache on nodes of ElastiCache: a primary node with replicas, or several shards of them.
    ///
    /// Creates an
    /// [`AWS::ElastiCache::ReplicationGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html)
    /// with a subnet group, a security group and the secret of its token. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | engine | Valkey 8.1 | Redis OSS |
    /// | nodes | a primary node and one replica | required |
    /// | failover | automatic, to another zone | none |
    /// | subnets | private or isolated ones | the default VPC |
    /// | security group | a separate one without rules | the default group of the VPC |
    /// | TLS | required | off |
    /// | encryption at rest | on | off |
    /// | clients | those with a token that Secrets Manager generates | anyone |
    /// | snapshots | daily, kept for 7 days | none |
    /// | snapshot and maintenance windows | 01:00 to 02:00, and Sunday 02:30 to 03:30 UTC | random |
    /// | logs | none | none |
    /// | removal from the template | a final snapshot | deleted |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::elasticache::{CacheNodeType, ReplicationGroup};
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Cache");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let cache = ReplicationGroup::builder()
    ///     .subnets(vpc.isolated())
    ///     .node_type(CacheNodeType::T4G_SMALL)
    ///     .build(stack, "Cache");
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
    /// cache.allow_from(&api);
    /// let url = sub!["rediss://", cache.host(), ":", cache.port()];
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ReplicationGroup<'app>: "infra-lib.elasticache.ReplicationGroup" {
        resource: CfnReplicationGroup<'app>,
        security_group: SecurityGroup<'app>,
        secret: Option<Secret<'app>>,
        user_group: Option<UserGroupRef<'app>>,
        topology: Topology,
        port: u16,
    }

    /// Properties of a [`ReplicationGroup`], set through [`ReplicationGroup::builder`].
    pub struct ReplicationGroupProps, ReplicationGroupBuilder, replication_group_builder {
        /// Parameters of the nodes. Default: those of ElastiCache.
        list parameters: (String, Value<String>),
        /// Subnets: private or isolated ones, or a [`SubnetGroup`](super::SubnetGroup). Failover needs two zones (`INF4106`).
        /// Changing them replaces the cache.
        required_reference subnets: CacheSubnets::cache_subnets => CacheSubnetsRef<'app>,
        /// Node type: processors and memory.
        required node_type: CacheNodeType,
        /// Engine and version. Default: Valkey 8.1 (CloudFormation: Redis OSS).
        default engine: NodeEngine = NodeEngine::VALKEY_8_1,
        /// Number of shards and replicas (`INF4015` for numbers that ElastiCache rejects). Default: one shard with one
        /// replica.
        default topology: Topology = Topology::replicas(1),
        /// Reaction to the failure of a primary node. Default: automatic, to another zone (CloudFormation: none). It needs a
        /// replica (`INF4014`).
        default failover: Failover = Failover::MultiAz,
        /// Authentication of clients. Default: a token that Secrets Manager generates (CloudFormation: none).
        default access: CacheAccess<'app> = CacheAccess::generated_token(),
        /// TLS of connections. Default: required (CloudFormation: off).
        default transit_encryption: TransitEncryption = TransitEncryption::Required,
        /// ID of the cache, at most 40 lower-case letters, digits and hyphens (`INF4018`). Default: stack name and construct
        /// path. Changing it replaces the cache.
        optional replication_group_id: String,
        /// Description of the cache. Default: the construct path.
        text description,
        /// Port of the nodes. Default: 6379, as in CloudFormation. Changing it replaces the cache.
        default port: u16 = 6_379,
        /// KMS key that encrypts the data at rest. Default: a key of ElastiCache (CloudFormation: no encryption). Changing it
        /// replaces the cache.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Security group of the nodes. Default: a separate one without rules.
        handle security_group: SecurityGroup<'app>,
        /// Days for which daily snapshots are kept, 0 to 35 (`INF4016`). Default: 7 (CloudFormation: 0).
        default snapshot_retention_days: u32 = 7,
        /// Daily snapshot window and weekly maintenance window, an hour at least (`INF4019`). Default: snapshots at 01:00,
        /// maintenance on Sunday at 02:30, UTC, an hour each (ElastiCache: random).
        default windows: Windows = Windows::default(),
        /// Snapshot by its name, with whose data the cache starts. Default: none. Changing it replaces the cache.
        text snapshot_name,
        /// Log group of slow commands, in JSON. Default: none, as in CloudFormation.
        reference slow_log: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Log group of the engine, in JSON. Default: none, as in CloudFormation.
        reference engine_log: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// ARN of a topic for events of the cache. Default: none, as in CloudFormation.
        value notification_topic: Arn<kind::sns::Topic>,
        /// Removal policy of the cache. Default: a final snapshot (CloudFormation: deleted with its data).
        default removal_policy: RemovalPolicy = RemovalPolicy::Snapshot,
    }
}

impl<S: replication_group_builder::State> ReplicationGroupBuilder<'_, S> {
    /// Sets a parameter of the engine, such as `maxmemory-policy`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.parameters.push((name.into(), value.into_value()));
        self
    }
}

impl<'app> ReplicationGroup<'app> {
    fn create(scope: Scope<'app>, props: ReplicationGroupProps<'app>) -> Self {
        let topology = props.topology;
        topology.check_topology(scope, props.failover);
        props
            .windows
            .check_windows(scope, &maintenance_window::CACHE);
        super::check_retention(scope, props.snapshot_retention_days, 35);
        check_transit(scope, props.transit_encryption);
        let multi_az = topology.uses_zones(props.failover);
        if multi_az {
            props
                .subnets
                .subnets
                .requires_two_zones(scope, "a cache with failover");
        }
        let security_group = props
            .security_group
            .unwrap_or_else(|| super::security_group(scope, props.subnets.subnets));
        let subnet_group = props.subnets.subnet_group(scope);
        let id = props
            .replication_group_id
            .unwrap_or_else(|| identifier::generate(scope, 40));
        identifier::check(scope, "ReplicationGroupId", &id, 40);
        let description = props.description.unwrap_or_else(|| value(scope.path()));
        let parameter_group = parameters::parameter_group(
            scope,
            &props.engine,
            topology.is_sharded(),
            props.parameters,
        );
        let logs: Vec<_> = logs::deliveries(props.slow_log, props.engine_log);
        let cfn = CfnReplicationGroupProps::new(description)
            .replication_group_id(id)
            .engine(props.engine.engine.name())
            .engine_version(&*props.engine.version)
            .cache_node_type(props.node_type.as_str())
            .cache_subnet_group_name(subnet_group.cache_subnet_group_name().cast::<String>())
            .cache_parameter_group_name(parameter_group)
            .security_group_ids(vec![security_group.id()])
            .port(props.port)
            .at_rest_encryption_enabled(true)
            .transit_encryption_enabled(true)
            .transit_encryption_mode(props.transit_encryption.mode())
            .automatic_failover_enabled(topology.fails_over(props.failover))
            .multi_az_enabled(multi_az)
            .snapshot_retention_limit(props.snapshot_retention_days.min(35))
            .preferred_maintenance_window(props.windows.maintenance.to_string())
            .with(
                (props.snapshot_retention_days > 0).then(|| props.windows.backup.to_string()),
                CfnReplicationGroupProps::snapshot_window,
            )
            .with(props.encryption_key, |cfn, key| cfn.kms_key_id(key.arn()))
            .with(props.snapshot_name, CfnReplicationGroupProps::snapshot_name)
            .with(props.notification_topic, |cfn, topic| {
                cfn.notification_topic_arn(topic.cast::<String>())
            })
            .with(
                (!logs.is_empty()).then_some(logs),
                CfnReplicationGroupProps::log_delivery_configurations,
            );
        let cfn = topology.apply_to(cfn);
        let (mut generated, mut users) = (None, None);
        let cfn = match props.access.0 {
            Access::GeneratedToken => {
                let token = Secret::builder()
                    .description(format!("token of {}", scope.path()))
                    .characters(Characters::LettersAndDigits)
                    .removal_policy(match props.removal_policy {
                        RemovalPolicy::Destroy => RemovalPolicy::Destroy,
                        _ => RemovalPolicy::Retain,
                    })
                    .maybe_encryption_key(props.encryption_key.as_ref())
                    .build(scope, "AuthToken");
                generated = Some(token);
                cfn.with(
                    secret::reference(scope, "AuthToken", &token.text()),
                    CfnReplicationGroupProps::auth_token,
                )
            }
            Access::Token(field) => cfn.with(
                secret::reference(scope, "AuthToken", &field),
                CfnReplicationGroupProps::auth_token,
            ),
            Access::Users(group) => {
                users = Some(group);
                cfn.user_group_ids(vec![group.user_group_id().cast::<String>()])
            }
            Access::Network => cfn,
        };
        let resource = cfn.build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self {
            scope,
            resource,
            security_group,
            secret: generated,
            user_group: users,
            topology,
            port: props.port,
        }
    }

    /// Returns the ID of the cache.
    pub fn replication_group_id(&self) -> Value<Id<kind::elasticache::ReplicationGroup>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the cache.
    pub fn arn(&self) -> Value<Arn<kind::elasticache::ReplicationGroup>> {
        grants::arn_of("replicationgroup", self.replication_group_id().cast()).cast()
    }

    /// Returns the host name of the endpoint: that of the primary node, or the configuration endpoint of a cache with shards.
    pub fn host(&self) -> Value<String> {
        if self.topology.is_sharded() {
            self.resource.attr_configuration_end_point_address()
        } else {
            self.resource.attr_primary_end_point_address()
        }
    }

    /// Returns the host name of the endpoint for reads from replicas. With shards it is that of [`host`](Self::host), where
    /// clients learn of the replicas.
    pub fn reader_host(&self) -> Value<String> {
        if self.topology.is_sharded() {
            self.resource.attr_configuration_end_point_address()
        } else {
            self.resource.attr_reader_end_point_address()
        }
    }

    /// Returns the port as literal text.
    pub fn port(&self) -> Value<String> {
        value(self.port.to_string())
    }

    /// Returns the secret of the generated token, or `None` with other access. Pass it to containers:
    /// `.secret("REDIS_TOKEN", secret.text())`.
    pub fn secret(&self) -> Option<Secret<'app>> {
        self.secret
    }

    /// Returns the security group of the nodes.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the cache.
    pub fn cfn(&self) -> CfnReplicationGroup<'app> {
        self.resource
    }

    /// Returns a node, for its metrics: `shard` and `node` are counted from 1, and the first node of a shard is created as
    /// its primary node. A cache without shards has one.
    pub fn node(&self, shard: u32, node: u32) -> CacheNode {
        CacheNode::of_group(
            self.replication_group_id().cast(),
            self.topology.is_sharded(),
            shard,
            node,
        )
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

fn check_transit(scope: Scope<'_>, mode: TransitEncryption) {
    if mode == TransitEncryption::Preferred {
        scope.report(
            Diagnostic::new(codes::CACHE_PLAINTEXT, "a cache accepts connections without TLS")
                .property("TransitEncryptionMode")
                .actual("preferred")
                .expected("required")
                .help("once all clients use TLS, omit `.transit_encryption(…)`")
                .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"),
        );
    }
}

impl<'app> Connectable<'app> for ReplicationGroup<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], Some(Port::tcp(self.port)))
    }
}
