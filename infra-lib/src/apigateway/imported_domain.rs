//! Edge-optimized domain names that exist already.

use super::{BasePathMapping, DomainName, RestStage};
use crate::apigatewayv2::Mapped;
use crate::core::{Construct, IntoValue, Name};
use crate::import::check_form;
use crate::kind;
use crate::route53::{AliasTarget, AsAliasTarget};

crate::import! {
    /// An existing edge-optimized domain name, from [`DomainName::from_attributes`]. Stages of the app are mapped to its paths; its certificate and its
    /// DNS record belong to the app that creates it.
    ///
    /// A path that another app has mapped is not known here: the deployment of a second mapping fails.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, apigateway::{DomainName, HttpMethod, RestApi, RestIntegration}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let domain = DomainName::from_attributes(
    ///     stack,
    ///     "Domain",
    ///     "api.example.com",
    ///     "d111111abcdef8.cloudfront.net",
    ///     "Z2FDTNDATAQYW2",
    /// );
    /// let api = RestApi::builder().build(stack, "Api");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
    /// domain.map_path("notes", &api.stage());
    /// # assert!(!app.synth().has_errors());
    /// ```
    ///
    /// AWS: [Custom domain names](https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html).
    pub struct ImportedDomainName<'app>: "infra-lib.apigateway.ImportedDomainName" {
        /// Returns the name.
        domain_name: Name<kind::apigateway::DomainName>,
        /// Returns the distribution, to which the DNS record of the name points.
        distribution_domain_name: String,
        /// Returns the ID of the hosted zone of the distribution, for alias records.
        distribution_hosted_zone_id: String,
    }

    /// A domain name of the app or an existing one, from [`AsDomainName::as_domain_name`].
    pub enum DomainNameRef of DomainName;

    /// A domain name for builders: a [`DomainName`] or an [`ImportedDomainName`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no edge-optimized domain name",
        label = "an `apigateway::DomainName` or an `apigateway::ImportedDomainName` is needed here"
    )]
    pub trait AsDomainName::as_domain_name;
}

impl<'app> DomainName<'app> {
    /// Imports an existing domain name of the account and region by the name, and by its distribution with the hosted zone of
    /// that. A literal with a scheme or a path is reported (`INF8026`).
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        domain_name: impl IntoValue<Name<kind::apigateway::DomainName>>,
        distribution_domain_name: impl IntoValue<String>,
        distribution_hosted_zone_id: impl IntoValue<String>,
    ) -> ImportedDomainName<'app> {
        let name = domain_name.into_value();
        let domain = ImportedDomainName::import(
            scope,
            id,
            name.clone(),
            distribution_domain_name.into_value(),
            distribution_hosted_zone_id.into_value(),
        );
        domain.scope.attach(Mapped::default());
        let shown = "a domain name such as `api.example.com`, without scheme and path";
        check_form(&domain, &name, shown, |name| {
            name.contains('.') && !name.contains(['/', ':', ' '])
        });
        domain
    }
}

macro_rules! domain_methods {
    ($($type:ident),+) => {$(
        impl<'app> $type<'app> {
            /// Maps the root path of the domain to a stage of a REST API. A path can be mapped once (`INF4928`).
            #[track_caller]
            pub fn map_root(&self, stage: &RestStage<'app>) -> BasePathMapping<'app> {
                BasePathMapping::add(self.as_domain_name(), stage, None)
            }

            /// Maps a path of one name, such as `admin`, of the domain to a stage of a REST API. A path can be mapped once (`INF4928`).
            #[track_caller]
            pub fn map_path(&self, path: &str, stage: &RestStage<'app>) -> BasePathMapping<'app> {
                BasePathMapping::add(self.as_domain_name(), stage, Some(path))
            }

            /// Returns the URL of the root path, `https://NAME/`.
            pub fn url(&self) -> crate::core::Value<String> {
                crate::sub!["https://", self.domain_name(), "/"]
            }

            /// Returns the target of alias records for the name.
            pub fn alias_target(&self) -> AliasTarget {
                AliasTarget::new(self.distribution_domain_name(), self.distribution_hosted_zone_id())
            }
        }

        impl AsAliasTarget<'_> for $type<'_> {
            fn as_alias_target(&self) -> AliasTarget {
                self.alias_target()
            }
        }
    )+};
}

domain_methods!(ImportedDomainName, DomainNameRef);
