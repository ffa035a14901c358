//! Caches, users and groups that exist already.

use bon::Builder;

use super::{ReplicationGroup, ServerlessCache, User, UserGroup, grants};
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections, Port};
use crate::iam::{Grant, Identity};
use crate::{Arn, Construct, Id, IntoValue, Name, Value, kind, value};

crate::import! {
    /// An existing user, from [`User::from_id`].
    pub struct ImportedUser<'app>: "infra-lib.elasticache.ImportedUser" {
        /// Returns the ID of the user.
        user_id: Id<kind::elasticache::User>,
        /// Returns the ARN of the user.
        arn: Arn<kind::elasticache::User>,
    }

    /// A user of the app or an existing one, from [`AsUser::as_user`].
    pub enum UserRef of User;

    /// A user for builders and grants: a [`User`] or an [`ImportedUser`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no user of ElastiCache",
        label = "a `User` or an `ImportedUser` is needed here"
    )]
    pub trait AsUser::as_user;
}

crate::import! {
    /// An existing user group, from [`UserGroup::from_id`].
    pub struct ImportedUserGroup<'app>: "infra-lib.elasticache.ImportedUserGroup" {
        /// Returns the ID of the group.
        user_group_id: Id<kind::elasticache::UserGroup>,
        /// Returns the ARN of the group.
        arn: Arn<kind::elasticache::UserGroup>,
    }

    /// A user group of the app or an existing one, from [`AsUserGroup::as_user_group`].
    pub enum UserGroupRef of UserGroup;

    /// A user group for builders: a [`UserGroup`] or an [`ImportedUserGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no user group of ElastiCache",
        label = "a `UserGroup` or an `ImportedUserGroup` is needed here"
    )]
    pub trait AsUserGroup::as_user_group;
}

crate::import! {
    /// An existing serverless cache, from [`ServerlessCache::from_attributes`].
    ///
    /// ```
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::elasticache::{ServerlessCache, ServerlessCacheAttributes};
    /// use infra_lib::{App, Stack, cidr};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Api");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let cache = ServerlessCache::from_attributes(
    ///     stack,
    ///     "Cache",
    ///     ServerlessCacheAttributes::builder()
    ///         .serverless_cache_name("sessions")
    ///         .host("sessions-abcdef.serverless.euw1.cache.amazonaws.com")
    ///         .security_group_id("sg-0123456789abcdef0")
    ///         .build(),
    /// );
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "ApiGroup");
    /// cache.allow_from(&api);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedServerlessCache<'app>: "infra-lib.elasticache.ImportedServerlessCache" {
        /// Returns the name of the cache.
        serverless_cache_name: Name<kind::elasticache::ServerlessCache>,
        /// Returns the host name of the endpoint.
        host: String,
    }
}

crate::import! {
    /// An existing replication group, from [`ReplicationGroup::from_attributes`].
    pub struct ImportedReplicationGroup<'app>: "infra-lib.elasticache.ImportedReplicationGroup" {
        /// Returns the ID of the cache.
        replication_group_id: Id<kind::elasticache::ReplicationGroup>,
        /// Returns the host name of the endpoint.
        host: String,
        /// Returns the host name of the endpoint for reads.
        reader_host: String,
    }
}

/// Attributes of an existing serverless cache, for [`ServerlessCache::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = ServerlessCacheAttributesBuilder))]
pub struct ServerlessCacheAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// Name of the cache.
    #[builder(with = |name: impl IntoValue<Name<kind::elasticache::ServerlessCache>>| name.into_value())]
    serverless_cache_name: Value<Name<kind::elasticache::ServerlessCache>>,
    /// Host name of the endpoint.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    host: Value<String>,
    /// Port of the endpoint; that for reads is the next one. Default: 6379, the port of Valkey and Redis OSS.
    #[builder(default = 6_379)]
    port: u16,
}

/// Attributes of an existing replication group, for [`ReplicationGroup::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = ReplicationGroupAttributesBuilder))]
pub struct ReplicationGroupAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// ID of the cache.
    #[builder(with = |id: impl IntoValue<Id<kind::elasticache::ReplicationGroup>>| id.into_value())]
    replication_group_id: Value<Id<kind::elasticache::ReplicationGroup>>,
    /// Host name of the endpoint: that of the primary node, or the configuration endpoint.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    host: Value<String>,
    /// Host name of the endpoint for reads. Default: that of `host`.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    reader_host: Option<Value<String>>,
    /// Port of the nodes. Default: 6379.
    #[builder(default = 6_379)]
    port: u16,
}

macro_rules! security_groups {
    ($($state:ident $builder:ident),+) => {$(
        impl<S: $state::State> $builder<S> {
            /// Adds a security group of the cache. Rules for connections are added to it as separate resources.
            pub fn security_group_id(
                mut self,
                id: impl IntoValue<Id<kind::ec2::SecurityGroup>>,
            ) -> Self {
                self.security_group_ids.push(id.into_value());
                self
            }
        }
    )+};
}

security_groups! {
    serverless_cache_attributes_builder ServerlessCacheAttributesBuilder,
    replication_group_attributes_builder ReplicationGroupAttributesBuilder
}

/// Port of an existing cache, stored with its node.
struct ListensOn(u16);

impl<'app> User<'app> {
    /// Imports an existing user of this account and region by its ID.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        user_id: impl IntoValue<Id<kind::elasticache::User>>,
    ) -> ImportedUser<'app> {
        let user_id = user_id.into_value();
        let arn = grants::arn_of("user", user_id.clone().cast()).cast();
        ImportedUser::import(scope, id, user_id, arn)
    }
}

impl<'app> UserGroup<'app> {
    /// Imports an existing user group of this account and region by its ID.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        user_group_id: impl IntoValue<Id<kind::elasticache::UserGroup>>,
    ) -> ImportedUserGroup<'app> {
        let user_group_id = user_group_id.into_value();
        let arn = grants::arn_of("usergroup", user_group_id.clone().cast()).cast();
        ImportedUserGroup::import(scope, id, user_group_id, arn)
    }
}

impl<'app> ServerlessCache<'app> {
    /// Imports an existing serverless cache by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: ServerlessCacheAttributes,
    ) -> ImportedServerlessCache<'app> {
        let imported = ImportedServerlessCache::import(
            scope,
            id,
            attributes.serverless_cache_name,
            attributes.host,
        );
        import_groups(imported.scope(), attributes.security_group_ids);
        imported.scope().attach(ListensOn(attributes.port));
        imported
    }
}

impl<'app> ReplicationGroup<'app> {
    /// Imports an existing replication group by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: ReplicationGroupAttributes,
    ) -> ImportedReplicationGroup<'app> {
        let reader = attributes
            .reader_host
            .unwrap_or_else(|| attributes.host.clone());
        let imported = ImportedReplicationGroup::import(
            scope,
            id,
            attributes.replication_group_id,
            attributes.host,
            reader,
        );
        import_groups(imported.scope(), attributes.security_group_ids);
        imported.scope().attach(ListensOn(attributes.port));
        imported
    }
}

macro_rules! caches {
    ($($import:ident, $cache:ident, $arn:literal, $id:ident, $last:expr;)+) => {$(
        impl<'app> $import<'app> {
            /// Returns the ARN of the cache, in this account and region.
            pub fn arn(&self) -> Value<Arn<kind::elasticache::$cache>> {
                grants::arn_of($arn, self.$id().cast()).cast()
            }

            /// Returns the port as literal text.
            pub fn port(&self) -> Value<String> {
                value(self.port_number().to_string())
            }

            fn port_number(&self) -> u16 {
                let port = self.scope().attached::<ListensOn>();
                port.expect("every import has the port of its cache").0
            }

            /// Allows an identity of the app to connect as a user with IAM authentication, which the cache must accept.
            #[track_caller]
            pub fn grant_connect(
                &self,
                to: &impl Identity<'app>,
                user: impl AsUser<'app>,
            ) -> Grant<'app> {
                grants::connect(to, self.arn(), &user.as_user()).imported()
            }
        }

        impl<'app> Connectable<'app> for $import<'app> {
            fn connections(&self) -> Connections<'app> {
                let first = self.port_number();
                let last: fn(u16) -> u16 = $last;
                let ports = match last(first) {
                    last if last == first => Port::tcp(first),
                    last => Port::tcp_range(first, last),
                };
                Connections::new(imported_groups(self.scope()), Some(ports))
            }
        }
    )+};
}

caches! {
    ImportedServerlessCache, ServerlessCache, "serverlesscache", serverless_cache_name, |port| port + 1;
    ImportedReplicationGroup, ReplicationGroup, "replicationgroup", replication_group_id, |port| port;
}
