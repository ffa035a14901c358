//! Clusters that exist already.

use bon::Builder;
use serde_json::{Value as JsonValue, json};

use super::cluster::DATA_API;
use super::credentials::user_arn;
use super::{DatabaseCluster, Host};
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections, Port};
use crate::iam::{Grant, Identity};
use crate::lookup::{ResourceLookup, text, texts};
use crate::{Arn, Construct, Id, IntoValue, Value, kind, pseudo, sub, value};

crate::import! {
    /// An existing cluster, from [`DatabaseCluster::from_attributes`] or [`DatabaseCluster::from_lookup`].
    ///
    /// ```
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::rds::{DatabaseCluster, DatabaseClusterAttributes};
    /// use infra_lib::{App, Stack, cidr};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Api");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let cluster = DatabaseCluster::from_attributes(
    ///     stack,
    ///     "Database",
    ///     DatabaseClusterAttributes::builder()
    ///         .cluster_identifier("notes")
    ///         .host("notes.cluster-abcdefghijkl.eu-west-1.rds.amazonaws.com")
    ///         .reader_host("notes.cluster-ro-abcdefghijkl.eu-west-1.rds.amazonaws.com")
    ///         .port(5432)
    ///         .security_group_id("sg-0123456789abcdef0")
    ///         .build(),
    /// );
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "ApiGroup");
    /// cluster.allow_from(&api);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedDatabaseCluster<'app>: "infra-lib.rds.ImportedDatabaseCluster" {
        /// Returns the identifier of the cluster.
        cluster_identifier: Id<kind::rds::DbCluster>,
        /// Returns the host name of the endpoint that leads to the writer.
        host: Host,
        /// Returns the host name of the endpoint that leads to the readers.
        reader_host: Host,
    }
}

/// Attributes of an existing cluster, for [`DatabaseCluster::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = DatabaseClusterAttributesBuilder))]
pub struct DatabaseClusterAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// Identifier of the cluster.
    #[builder(with = |id: impl IntoValue<Id<kind::rds::DbCluster>>| id.into_value())]
    cluster_identifier: Value<Id<kind::rds::DbCluster>>,
    /// Host name of the endpoint that leads to the writer.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    host: Value<String>,
    /// Host name of the endpoint that leads to the readers.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    reader_host: Value<String>,
    /// Port of the endpoints.
    port: u16,
    /// Resource ID, `cluster-…`, by which policies name the cluster. Default: none; then
    /// [`grant_connect`](ImportedDatabaseCluster::grant_connect) covers every database of the account and region.
    #[builder(with = |id: impl IntoValue<String>| id.into_value())]
    resource_id: Option<Value<String>>,
}

impl<S: database_cluster_attributes_builder::State> DatabaseClusterAttributesBuilder<S> {
    /// Adds a security group of the cluster. Rules for connections are added to it as separate resources.
    pub fn security_group_id(mut self, id: impl IntoValue<Id<kind::ec2::SecurityGroup>>) -> Self {
        self.security_group_ids.push(id.into_value());
        self
    }
}

/// Facts about an existing cluster.
struct Facts {
    port: u16,
    resource_id: Option<Value<String>>,
}

impl<'app> DatabaseCluster<'app> {
    /// Imports an existing cluster by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: DatabaseClusterAttributes,
    ) -> ImportedDatabaseCluster<'app> {
        let imported = ImportedDatabaseCluster::import(
            scope,
            id,
            attributes.cluster_identifier,
            attributes.host.cast(),
            attributes.reader_host.cast(),
        );
        import_groups(imported.scope(), attributes.security_group_ids);
        imported.scope().attach(Facts {
            port: attributes.port,
            resource_id: attributes.resource_id,
        });
        imported
    }

    /// Imports an existing cluster, which a context lookup finds by its identifier through the Cloud Control API.
    ///
    /// Until the lookup has an answer, its host name is the CDK's placeholder `TESTADDRESS`.
    ///
    /// ```
    /// use infra_lib::rds::DatabaseCluster;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Api");
    /// let cluster = DatabaseCluster::from_lookup(stack, "Database", "notes");
    /// assert_eq!(cluster.cluster_identifier().as_literal(), Some("notes"));
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        cluster_identifier: &str,
    ) -> ImportedDatabaseCluster<'app> {
        let scope = scope.scope().at_caller();
        let found = ResourceLookup::by_identifier("AWS::RDS::DBCluster", cluster_identifier)
            .returning([
                "DBClusterArn",
                "Endpoint.Address",
                "Endpoint.Port",
                "ReadEndpoint.Address",
                "DBClusterResourceId",
                "VpcSecurityGroupIds",
                "EnableHttpEndpoint",
            ])
            .find_one(scope, &dummy_cluster());
        let attributes = DatabaseClusterAttributes::builder()
            .cluster_identifier(cluster_identifier)
            .host(text(&found, "Endpoint.Address"))
            .reader_host(text(&found, "ReadEndpoint.Address"))
            .port(text(&found, "Endpoint.Port").parse().unwrap_or(5_432))
            .resource_id(text(&found, "DBClusterResourceId"));
        let groups = texts(&found, "VpcSecurityGroupIds");
        let attributes = groups.fold(attributes, |attributes, group| {
            attributes.security_group_id(group)
        });
        Self::from_attributes(scope, id, attributes.build())
    }
}

/// Returns the CDK's placeholder of a cluster.
fn dummy_cluster() -> JsonValue {
    json!({
        "Identifier": "TEST",
        "DBClusterArn": "TESTARN",
        "Endpoint.Address": "TESTADDRESS",
        "Endpoint.Port": "5432",
        "ReadEndpoint.Address": "TESTREADERADDRESS",
        "DBClusterResourceId": "TESTID",
        "VpcSecurityGroupIds": [],
        "EnableHttpEndpoint": true,
    })
}

impl<'app> ImportedDatabaseCluster<'app> {
    /// Returns the ARN of the cluster, in this account and region.
    pub fn arn(&self) -> Value<Arn<kind::rds::DbCluster>> {
        let identifier = self.cluster_identifier();
        let (partition, region, account) =
            (pseudo::partition(), pseudo::region(), pseudo::account_id());
        sub![
            "arn:",
            partition,
            ":rds:",
            region,
            ":",
            account,
            ":cluster:",
            identifier
        ]
        .cast()
    }

    /// Returns the port as literal text.
    pub fn port(&self) -> Value<String> {
        value(self.facts().port.to_string())
    }

    /// Allows an identity of the app to log in as a database user with IAM credentials, which the cluster must accept.
    ///
    /// See [IAM database
    /// authentication](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html).
    #[track_caller]
    pub fn grant_connect(&self, to: &impl Identity<'app>, user: &str) -> Grant<'app> {
        let resource = self.facts().resource_id.clone();
        let resource = resource.unwrap_or_else(|| value("*"));
        Grant::on_imported(to, user_arn(resource, user), ["rds-db:connect"])
    }

    /// Allows an identity of the app to run statements with the Data API, which the cluster must accept. Grant it the
    /// secret of a database user as well.
    #[track_caller]
    pub fn grant_data_api(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), DATA_API)
    }

    fn facts(&self) -> std::rc::Rc<Facts> {
        self.scope()
            .attached()
            .expect("every import has the facts of its cluster")
    }
}

impl<'app> Connectable<'app> for ImportedDatabaseCluster<'app> {
    fn connections(&self) -> Connections<'app> {
        let groups = imported_groups(self.scope());
        Connections::new(groups, Some(Port::tcp(self.facts().port)))
    }
}
