//! Domain names of APIs that exist already.

use super::domain_parts::Mapped;
use super::{ApiMapping, DomainName, MappedStage};
use crate::core::{Construct, IntoValue, Name};
use crate::import::check_form;
use crate::kind;
use crate::route53::{AliasTarget, AsAliasTarget};

crate::import! {
    /// An existing domain name of APIs, from [`DomainName::from_attributes`]. Stages of the app are mapped to its paths; its certificate and its
    /// DNS record belong to the app that creates it.
    ///
    /// A path that another app has mapped is not known here: the deployment of a second mapping fails.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, apigatewayv2::{DomainName, HttpApi, HttpIntegration}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let domain = DomainName::from_attributes(
    ///     stack,
    ///     "Domain",
    ///     "api.example.com",
    ///     "d-abcdef.execute-api.eu-west-1.amazonaws.com",
    ///     "ZLY8HYME6SFDD",
    /// );
    /// let notes = HttpIntegration::url("Notes", "https://notes.example.com");
    /// let api = HttpApi::builder().default_integration(notes).build(stack, "Api");
    /// domain.map_path("notes", &api.default_stage().unwrap());
    /// # assert!(!app.synth().has_errors());
    /// ```
    ///
    /// AWS: [Custom domain names](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html).
    pub struct ImportedDomainName<'app>: "infra-lib.apigatewayv2.ImportedDomainName" {
        /// Returns the name.
        domain_name: Name<kind::apigatewayv2::DomainName>,
        /// Returns the regional endpoint, to which the DNS record of the name points.
        regional_domain_name: String,
        /// Returns the ID of the hosted zone of the regional endpoint, for alias records.
        regional_hosted_zone_id: String,
    }

    /// A domain name of the app or an existing one, from [`AsDomainName::as_domain_name`].
    pub enum DomainNameRef of DomainName;

    /// A domain name for builders: a [`DomainName`] or an [`ImportedDomainName`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no domain name of APIs",
        label = "an `apigatewayv2::DomainName` or an `apigatewayv2::ImportedDomainName` is needed here"
    )]
    pub trait AsDomainName::as_domain_name;
}

impl<'app> DomainName<'app> {
    /// Imports an existing domain name of the account and region by the name, and by its regional endpoint with the hosted zone of
    /// that. A literal with a scheme or a path is reported (`INF8026`).
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        domain_name: impl IntoValue<Name<kind::apigatewayv2::DomainName>>,
        regional_domain_name: impl IntoValue<String>,
        regional_hosted_zone_id: impl IntoValue<String>,
    ) -> ImportedDomainName<'app> {
        let name = domain_name.into_value();
        let domain = ImportedDomainName::import(
            scope,
            id,
            name.clone(),
            regional_domain_name.into_value(),
            regional_hosted_zone_id.into_value(),
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
            /// Maps the root path of the domain to a stage. A path can be mapped once (`INF4928`).
            #[track_caller]
            pub fn map_root(&self, stage: &impl MappedStage<'app>) -> ApiMapping<'app> {
                ApiMapping::map(self.as_domain_name(), stage, "")
            }

            /// Maps a path such as `admin` or `orders/v1` of the domain to a stage. A path can be mapped once (`INF4928`).
            #[track_caller]
            pub fn map_path(&self, path: &str, stage: &impl MappedStage<'app>) -> ApiMapping<'app> {
                ApiMapping::map(self.as_domain_name(), stage, path)
            }

            /// Returns the URL of the root path, `https://NAME/`.
            pub fn url(&self) -> crate::core::Value<String> {
                crate::sub!["https://", self.domain_name(), "/"]
            }

            /// Returns the target of alias records for the name.
            pub fn alias_target(&self) -> AliasTarget {
                AliasTarget::new(self.regional_domain_name(), self.regional_hosted_zone_id())
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
