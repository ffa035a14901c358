//! Proxies that exist already.

use bon::Builder;

use super::credentials::user_arn;
use super::{DatabaseProxy, Host};
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections, Port};
use crate::iam::{Grant, Identity};
use crate::import::arn_after;
use crate::{Arn, Construct, Id, IntoValue, Name, Value, kind};

crate::import! {
    /// An existing proxy, from [`DatabaseProxy::from_attributes`].
    ///
    /// ```
    /// use infra_lib::rds::{DatabaseProxy, DatabaseProxyAttributes};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Api");
    /// let proxy = DatabaseProxy::from_attributes(
    ///     stack,
    ///     "Proxy",
    ///     DatabaseProxyAttributes::builder()
    ///         .db_proxy_name("notes")
    ///         .arn("arn:aws:rds:eu-west-1:111122223333:db-proxy:prx-0123456789abcdef0")
    ///         .host("notes.proxy-abcdefghijkl.eu-west-1.rds.amazonaws.com")
    ///         .port(5432)
    ///         .security_group_id("sg-0123456789abcdef0")
    ///         .build(),
    /// );
    /// assert_eq!(proxy.db_proxy_name().as_literal(), Some("notes"));
    /// ```
    pub struct ImportedDatabaseProxy<'app>: "infra-lib.rds.ImportedDatabaseProxy" {
        /// Returns the name of the proxy.
        db_proxy_name: Name<kind::rds::DbProxy>,
        /// Returns the ARN of the proxy.
        arn: Arn<kind::rds::DbProxy>,
        /// Returns the host name of the endpoint.
        host: Host,
    }
}

/// Attributes of an existing proxy, for [`DatabaseProxy::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = DatabaseProxyAttributesBuilder))]
pub struct DatabaseProxyAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// Name of the proxy.
    #[builder(with = |name: impl IntoValue<Name<kind::rds::DbProxy>>| name.into_value())]
    db_proxy_name: Value<Name<kind::rds::DbProxy>>,
    /// ARN of the proxy, which ends with its resource ID, `prx-…`.
    #[builder(with = |arn: impl IntoValue<Arn<kind::rds::DbProxy>>| arn.into_value())]
    arn: Value<Arn<kind::rds::DbProxy>>,
    /// Host name of the endpoint.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    host: Value<String>,
    /// Port of the endpoint: 5432 for PostgreSQL, 3306 for MySQL.
    port: u16,
}

impl<S: database_proxy_attributes_builder::State> DatabaseProxyAttributesBuilder<S> {
    /// Adds a security group of the proxy. Rules for connections are added to it as separate resources.
    pub fn security_group_id(mut self, id: impl IntoValue<Id<kind::ec2::SecurityGroup>>) -> Self {
        self.security_group_ids.push(id.into_value());
        self
    }
}

/// Port of an existing proxy.
struct ProxyPort(u16);

impl<'app> DatabaseProxy<'app> {
    /// Imports an existing proxy by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: DatabaseProxyAttributes,
    ) -> ImportedDatabaseProxy<'app> {
        let imported = ImportedDatabaseProxy::import(
            scope,
            id,
            attributes.db_proxy_name,
            attributes.arn,
            attributes.host.cast(),
        );
        import_groups(imported.scope(), attributes.security_group_ids);
        imported.scope().attach(ProxyPort(attributes.port));
        imported
    }
}

impl<'app> ImportedDatabaseProxy<'app> {
    /// Allows an identity of the app to connect to the proxy as a database user with IAM credentials, which the proxy must
    /// accept.
    #[track_caller]
    pub fn grant_connect(&self, to: &impl Identity<'app>, user: &str) -> Grant<'app> {
        let resource = user_arn(arn_after(&self.arn(), ":db-proxy:"), user);
        Grant::on_imported(to, resource, ["rds-db:connect"])
    }
}

impl<'app> Connectable<'app> for ImportedDatabaseProxy<'app> {
    fn connections(&self) -> Connections<'app> {
        let port: std::rc::Rc<ProxyPort> = self
            .scope()
            .attached()
            .expect("every import has the port of its proxy");
        Connections::new(imported_groups(self.scope()), Some(Port::tcp(port.0)))
    }
}
