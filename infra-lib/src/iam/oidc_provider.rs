//! OpenID Connect providers, whose tokens roles accept.

use super::Principal;
use super::imported_provider::issuer_of;
use crate::cfn::iam::{CfnOidcProvider, CfnOidcProviderProps};
use crate::construct::With;
use crate::core::{Arn, Diagnostic, IntoValue, Scope, Value, codes};
use crate::kind;

crate::construct! {
    /// An OpenID Connect provider of the account: an issuer of tokens for which roles can be assumed.
    ///
    /// Creates an
    /// [`AWS::IAM::OIDCProvider`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html).
    /// An account can have one for each URL. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | audiences | `sts.amazonaws.com` | none |
    /// | thumbprints | none, because AWS trusts the authority of the certificate | none |
    ///
    /// A URL that IAM rejects is reported (`INF4976`).
    ///
    /// ```
    /// use infra_lib::iam::{OidcProvider, Role};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let cluster = OidcProvider::builder().url("https://login.example.com/cluster").build(stack, "Cluster");
    /// let pod = cluster
    ///     .principal()
    ///     .condition("StringEquals", "login.example.com/cluster:sub", "system:serviceaccount:shop:orders");
    /// Role::builder().assumed_by(pod).build(stack, "Orders");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct OidcProvider<'app>: "infra-lib.iam.OidcProvider" {
        resource: CfnOidcProvider<'app>,
    }

    /// Properties of an [`OidcProvider`], set through [`OidcProvider::builder`].
    pub struct OidcProviderProps, OidcProviderBuilder, oidc_provider_builder {
        /// Audiences of tokens.
        list client_ids: Value<String>,
        /// Thumbprints of certificate authorities.
        list thumbprints: Value<String>,
        /// URL of the issuer, as in the claim `iss` of its tokens: `https://`, without port and query, at most 255
        /// characters. A change replaces the provider.
        required_value url: String,
    }
}

impl<S: oidc_provider_builder::State> OidcProviderBuilder<'_, S> {
    /// Adds an audience, as in the claim `aud` of tokens. Default: `sts.amazonaws.com`.
    pub fn client_id(mut self, id: impl IntoValue<String>) -> Self {
        self.client_ids.push(id.into_value());
        self
    }

    /// Adds the SHA-1 thumbprint of an authority that AWS does not trust itself; at most 5. Default: none.
    pub fn thumbprint(mut self, thumbprint: impl IntoValue<String>) -> Self {
        self.thumbprints.push(thumbprint.into_value());
        self
    }
}

impl<'app> OidcProvider<'app> {
    fn create(scope: Scope<'app>, props: OidcProviderProps<'app>) -> Self {
        check_url(scope, props.url.as_literal());
        let mut client_ids = props.client_ids;
        if client_ids.is_empty() {
            client_ids.push("sts.amazonaws.com".into_value());
        }
        let resource = CfnOidcProviderProps::new()
            .url(props.url)
            .client_id_list(client_ids)
            .with(
                Some(props.thumbprints).filter(|list| !list.is_empty()),
                CfnOidcProviderProps::thumbprint_list,
            )
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ARN of the provider.
    pub fn arn(&self) -> Value<Arn<kind::iam::OidcProvider>> {
        self.resource.ref_()
    }

    /// Returns the URL of the issuer without `https://`, which precedes the names of its claims in conditions.
    pub fn issuer(&self) -> Value<String> {
        let url = self.resource.prop("Url").unwrap_or_else(|| "".into());
        issuer_of(&Value::from_data(url))
    }

    /// Returns the principal for the trust policy of a role. Without a condition on the claim `sub`, every token of the
    /// issuer is accepted.
    pub fn principal(&self) -> Principal {
        Principal::oidc(self.arn())
    }

    /// Returns the L1 binding of the provider.
    pub fn cfn(&self) -> CfnOidcProvider<'app> {
        self.resource
    }
}

/// Reports a URL that IAM rejects (`INF4976`).
pub(super) fn check_url(scope: Scope<'_>, url: Option<&str>) {
    let is_valid = |url: &str| {
        url.len() <= 255
            && !url.contains(['?', '#'])
            && url
                .strip_prefix("https://")
                .is_some_and(|rest| !rest.is_empty() && !rest.contains(':'))
    };
    if let Some(url) = url.filter(|url| !is_valid(url)) {
        scope.report(
            Diagnostic::new(
                codes::OIDC_PROVIDER_URL,
                "IAM rejects the URL of an OpenID Connect provider",
            )
            .property("Url")
            .actual(url)
            .expected("`https://`, a host, and a path without port, query and fragment")
            .help("write the issuer as in the claim `iss` of its tokens")
            .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"),
        );
    }
}
