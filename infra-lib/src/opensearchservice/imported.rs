//! Domains that exist already.

use bon::Builder;

use super::Domain;
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections, Port};
use crate::import::check_form;
use crate::{Arn, Construct, Id, IntoValue, Name, Value, kind, pseudo, sub, value};

crate::import! {
    /// An existing domain, from [`Domain::from_attributes`] or [`Domain::from_endpoint`].
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::opensearchservice::Domain;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Api");
    /// let products = Domain::from_endpoint(
    ///     stack,
    ///     "Products",
    ///     "search-products-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com",
    /// );
    /// let role = Role::builder()
    ///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
    ///     .build(stack, "Role");
    /// products.grant_index_read(&role, "products");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedDomain<'app>: "infra-lib.opensearchservice.ImportedDomain" {
        /// Returns the name of the domain.
        domain_name: Name<kind::opensearchservice::Domain>,
        /// Returns the ARN of the domain.
        arn: Arn<kind::opensearchservice::Domain>,
        /// Returns the host name of the endpoint, without `https://`.
        endpoint: String,
    }

    /// A domain of the app or an existing one, from [`AsDomain::as_domain`].
    pub enum DomainRef of Domain;

    /// A domain for builders: a [`Domain`] or an [`ImportedDomain`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no domain of OpenSearch Service",
        label = "a `Domain` or an `ImportedDomain` is needed here"
    )]
    pub trait AsDomain::as_domain;
}

/// Attributes of an existing domain, for [`Domain::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = DomainAttributesBuilder))]
pub struct DomainAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// Name of the domain.
    #[builder(with = |name: impl IntoValue<Name<kind::opensearchservice::Domain>>| name.into_value())]
    domain_name: Value<Name<kind::opensearchservice::Domain>>,
    /// Host name of the endpoint, without `https://`.
    #[builder(with = |host: impl IntoValue<String>| host.into_value())]
    endpoint: Value<String>,
    /// ARN of the domain. Default: that of a domain of this account and region.
    #[builder(with = |arn: impl IntoValue<Arn<kind::opensearchservice::Domain>>| arn.into_value())]
    arn: Option<Value<Arn<kind::opensearchservice::Domain>>>,
}

impl<S: domain_attributes_builder::State> DomainAttributesBuilder<S> {
    /// Adds a security group of a domain in a VPC. Rules for connections are added to it as separate resources.
    pub fn security_group_id(mut self, id: impl IntoValue<Id<kind::ec2::SecurityGroup>>) -> Self {
        self.security_group_ids.push(id.into_value());
        self
    }
}

impl<'app> Domain<'app> {
    /// Imports an existing domain by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: DomainAttributes,
    ) -> ImportedDomain<'app> {
        let name = attributes.domain_name;
        let arn = attributes.arn.unwrap_or_else(|| arn_of(&name));
        let imported = ImportedDomain::import(scope, id, name, arn, attributes.endpoint);
        import_groups(imported.scope(), attributes.security_group_ids);
        imported
    }

    /// Imports an existing domain of this account and region by its endpoint, from which the name is read. An endpoint of another
    /// form, such as a custom one, is reported (`INF8026`).
    #[track_caller]
    pub fn from_endpoint(
        scope: impl Construct<'app>,
        id: &str,
        endpoint: &str,
    ) -> ImportedDomain<'app> {
        let host = endpoint.trim_start_matches("https://");
        let host = host.trim_end_matches('/');
        let name = name_of(host);
        let domain_name = value::<String>(name.unwrap_or(host)).cast();
        let arn = arn_of(&domain_name);
        let imported = ImportedDomain::import(scope, id, domain_name, arn, value(host));
        check_form(
            &imported,
            &value::<String>(endpoint),
            "an endpoint of OpenSearch Service, `search-NAME-….REGION.es.amazonaws.com`",
            |_| name.is_some(),
        );
        imported
    }
}

/// Returns the name in the endpoint of a domain.
fn name_of(host: &str) -> Option<&str> {
    let (label, service) = host.split_once('.')?;
    let name = label
        .strip_prefix("search-")
        .or_else(|| label.strip_prefix("vpc-"))?;
    let is_service = service.contains(".es.") || service.contains(".aos.");
    is_service
        .then(|| name.rsplit_once('-'))
        .flatten()
        .map(|(name, _)| name)
}

fn arn_of(
    name: &Value<Name<kind::opensearchservice::Domain>>,
) -> Value<Arn<kind::opensearchservice::Domain>> {
    sub![
        "arn:",
        pseudo::partition(),
        ":es:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":domain/",
        name
    ]
    .cast()
}

impl<'app> Connectable<'app> for ImportedDomain<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(imported_groups(self.scope()), Some(Port::tcp(443)))
    }
}

impl<'app> Connectable<'app> for DomainRef<'app> {
    fn connections(&self) -> Connections<'app> {
        match self {
            Self::Own(own) => own.connections(),
            Self::Imported(imported) => imported.connections(),
        }
    }
}
