//! Databases that exist already.

use bon::Builder;

use super::credentials::user_arn;
use super::{Host, RdsInstance};
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections, Port};
use crate::iam::{Grant, Identity};
use crate::{Arn, Construct, Id, IntoValue, Value, kind, pseudo, sub, value};

crate::import! {
    /// An existing database, from [`RdsInstance::from_attributes`] or [`RdsInstance::from_lookup`].
    ///
    /// ```
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::rds::{RdsInstance, RdsInstanceAttributes};
    /// use infra_lib::{App, Stack, cidr};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Api");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let database = RdsInstance::from_attributes(
    ///     stack,
    ///     "Database",
    ///     RdsInstanceAttributes::builder()
    ///         .instance_identifier("notes")
    ///         .host("notes.abcdefghijkl.eu-west-1.rds.amazonaws.com")
    ///         .security_group_id("sg-0123456789abcdef0")
    ///         .build(),
    /// );
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "ApiGroup");
    /// database.allow_from(&api);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedRdsInstance<'app>: "infra-lib.rds.ImportedRdsInstance" {
        /// Returns the identifier of the database instance.
        instance_identifier: Id<kind::rds::DbInstance>,
        /// Returns the host name of the endpoint.
        host: Host,
    }
}

/// Attributes of an existing database, for [`RdsInstance::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = RdsInstanceAttributesBuilder))]
pub struct RdsInstanceAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// Identifier of the database instance.
    #[builder(with = |id: impl IntoValue<Id<kind::rds::DbInstance>>| id.into_value())]
    instance_identifier: Value<Id<kind::rds::DbInstance>>,
    /// Host name of the endpoint.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    host: Value<String>,
    /// Port of the endpoint. Default: 5432, the port of PostgreSQL.
    #[builder(default = 5_432)]
    port: u16,
    /// Resource ID, `db-…`, by which policies name the database. Default: none; then
    /// [`grant_connect`](ImportedRdsInstance::grant_connect) covers every database of the account and region.
    #[builder(with = |id: impl IntoValue<String>| id.into_value())]
    resource_id: Option<Value<String>>,
}

impl<S: rds_instance_attributes_builder::State> RdsInstanceAttributesBuilder<S> {
    /// Adds a security group of the database. Rules for connections are added to it as separate resources.
    pub fn security_group_id(mut self, id: impl IntoValue<Id<kind::ec2::SecurityGroup>>) -> Self {
        self.security_group_ids.push(id.into_value());
        self
    }
}

/// Facts about an existing database.
struct Facts {
    port: u16,
    resource_id: Option<Value<String>>,
}

impl<'app> RdsInstance<'app> {
    /// Imports an existing database by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: RdsInstanceAttributes,
    ) -> ImportedRdsInstance<'app> {
        let imported = ImportedRdsInstance::import(
            scope,
            id,
            attributes.instance_identifier,
            attributes.host.cast(),
        );
        import_groups(imported.scope(), attributes.security_group_ids);
        imported.scope().attach(Facts {
            port: attributes.port,
            resource_id: attributes.resource_id,
        });
        imported
    }
}

impl<'app> ImportedRdsInstance<'app> {
    /// Returns the ARN of the database instance, in this account and region.
    pub fn arn(&self) -> Value<Arn<kind::rds::DbInstance>> {
        arn_of(&self.instance_identifier())
    }

    /// Returns the port as literal text.
    pub fn port(&self) -> Value<String> {
        value(self.port_number().to_string())
    }

    pub(super) fn port_number(&self) -> u16 {
        self.facts().port
    }

    /// Allows an identity of the app to log in as a database user with IAM credentials, which the database must accept.
    ///
    /// See [IAM database
    /// authentication](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html).
    #[track_caller]
    pub fn grant_connect(&self, to: &impl Identity<'app>, user: &str) -> Grant<'app> {
        let resource = self.facts().resource_id.clone();
        let resource = resource.unwrap_or_else(|| value("*"));
        Grant::on_imported(to, user_arn(resource, user), ["rds-db:connect"])
    }

    fn facts(&self) -> std::rc::Rc<Facts> {
        self.scope()
            .attached()
            .expect("every import has the facts of its database")
    }
}

impl<'app> Connectable<'app> for ImportedRdsInstance<'app> {
    fn connections(&self) -> Connections<'app> {
        let groups = imported_groups(self.scope());
        Connections::new(groups, Some(Port::tcp(self.port_number())))
    }
}

/// Returns the ARN of an instance of this account and region.
pub(super) fn arn_of(
    identifier: &Value<Id<kind::rds::DbInstance>>,
) -> Value<Arn<kind::rds::DbInstance>> {
    let (partition, region, account) =
        (pseudo::partition(), pseudo::region(), pseudo::account_id());
    sub![
        "arn:", partition, ":rds:", region, ":", account, ":db:", identifier
    ]
    .cast()
}
