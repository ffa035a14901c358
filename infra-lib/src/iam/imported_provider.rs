//! Identity providers that exist already.

use super::imported_group::{arn_in_account, check_name};
use super::oidc_provider::check_url;
use super::saml_provider::console_principal;
use super::{OidcProvider, Principal, SamlProvider};
use crate::core::{Arn, Construct, IntoValue, Name, Value, intrinsics, value};
use crate::import::{ArnForm, arn_after, into_arn};
use crate::kind;

const OIDC_ARN: ArnForm = ArnForm::new(
    "iam",
    "oidc-provider/",
    "the ARN of an OpenID Connect provider, `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH`",
);

const SAML_ARN: ArnForm = ArnForm::new(
    "iam",
    "saml-provider/",
    "the ARN of a SAML provider, `arn:aws:iam::ACCOUNT:saml-provider/NAME`",
);

crate::import! {
    /// An existing OpenID Connect provider, from [`OidcProvider::from_arn`] or [`OidcProvider::from_url`].
    ///
    /// Trust policies of roles and pools of identities take it. An account can have one provider for each URL, so all apps but one
    /// import it. Its audiences belong to the app that creates it: IAM refuses tokens for others.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::{OidcProvider, Role}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let cluster = OidcProvider::from_url(stack, "Cluster", "https://login.example.com/cluster");
    /// let pod = cluster
    ///     .principal()
    ///     .condition("StringEquals", "login.example.com/cluster:sub", "system:serviceaccount:shop:orders");
    /// Role::builder().assumed_by(pod).build(stack, "Orders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [OpenID Connect identity providers](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html).
    pub struct ImportedOidcProvider<'app>: "infra-lib.iam.ImportedOidcProvider" {
        /// Returns the ARN of the provider.
        arn: Arn<kind::iam::OidcProvider>,
        /// Returns the URL of the issuer without `https://`, which precedes the names of its claims in conditions.
        issuer: String,
    }
}

crate::import! {
    /// An existing SAML provider, from [`SamlProvider::from_arn`] or [`SamlProvider::from_name`].
    ///
    /// Trust policies of roles and pools of identities take it. Its metadata belongs to the app that creates it.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::{Role, SamlProvider}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let company = SamlProvider::from_name(stack, "Company", "company");
    /// Role::builder().assumed_by(company.console_principal()).build(stack, "Operator");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [SAML identity providers](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html).
    pub struct ImportedSamlProvider<'app>: "infra-lib.iam.ImportedSamlProvider" {
        /// Returns the ARN of the provider.
        arn: Arn<kind::iam::SamlProvider>,
    }
}

impl<'app> OidcProvider<'app> {
    /// Imports an existing provider by its ARN. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::iam::OidcProvider>>,
    ) -> ImportedOidcProvider<'app> {
        let arn = arn.into_value();
        let issuer = arn_after(&arn, ":oidc-provider/");
        let provider = ImportedOidcProvider::import(scope, id, arn.clone(), issuer);
        OIDC_ARN.check(&provider, &arn);
        provider
    }

    /// Imports the existing provider of the account for a URL, as in the claim `iss` of its tokens. A URL that IAM rejects is
    /// reported (`INF4976`).
    #[track_caller]
    pub fn from_url(
        scope: impl Construct<'app>,
        id: &str,
        url: impl IntoValue<String>,
    ) -> ImportedOidcProvider<'app> {
        let url = url.into_value();
        let issuer = issuer_of(&url);
        let arn = arn_in_account("oidc-provider/", &issuer);
        let provider = ImportedOidcProvider::import(scope, id, arn.cast(), issuer);
        check_url(provider.scope(), url.as_literal());
        provider
    }
}

/// Returns the URL of an issuer without `https://`.
pub(super) fn issuer_of(url: &Value<String>) -> Value<String> {
    match url.as_literal() {
        Some(text) => value(text.strip_prefix("https://").unwrap_or(text)),
        None => intrinsics::select(1, intrinsics::split("https://", url)),
    }
}

impl ImportedOidcProvider<'_> {
    /// Returns the principal for the trust policy of a role. Without a condition on the claim `sub`, every token of the
    /// issuer is accepted.
    pub fn principal(&self) -> Principal {
        Principal::oidc(self)
    }
}

impl<'app> SamlProvider<'app> {
    /// Imports an existing provider by its ARN. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::iam::SamlProvider>>,
    ) -> ImportedSamlProvider<'app> {
        let arn = arn.into_value();
        let provider = ImportedSamlProvider::import(scope, id, arn.clone());
        SAML_ARN.check(&provider, &arn);
        provider
    }

    /// Imports an existing provider of the account by its name. A literal with other characters than a name has is reported
    /// (`INF8026`).
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::iam::SamlProvider>>,
    ) -> ImportedSamlProvider<'app> {
        let name = name.into_value();
        let arn = arn_in_account("saml-provider/", &name);
        let provider = ImportedSamlProvider::import(scope, id, arn.cast());
        check_name(&provider, &name, "a SAML provider", "._-");
        provider
    }
}

impl ImportedSamlProvider<'_> {
    /// Returns the principal for the trust policy of a role with which users sign in to the console of AWS.
    pub fn console_principal(&self) -> Principal {
        console_principal(self.arn())
    }
}

into_arn!(kind::iam::OidcProvider: OidcProvider, ImportedOidcProvider);
into_arn!(kind::iam::SamlProvider: SamlProvider, ImportedSamlProvider);
