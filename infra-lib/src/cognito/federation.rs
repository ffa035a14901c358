//! Other directories from which users come.

use std::collections::BTreeMap;

use crate::cfn::cognito::user_pool_identity_provider::ProviderType;
use crate::core::{IntoValue, Value};
use crate::secretsmanager::{IntoSecretField, SecretField};

/// Another directory, with which a user pool signs users in.
///
/// Secrets are fields of Secrets Manager, which CloudFormation reads at deployment; a text does not compile:
///
/// ```compile_fail
/// # use infra_lib::cognito::Federation;
/// Federation::google("1234.apps.googleusercontent.com", "a secret in the program");
/// ```
///
/// See [identity providers](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-provider.html).
///
/// ```
/// use infra_lib::cognito::Federation;
/// use infra_lib::secretsmanager::Secret;
///
/// let secret = Secret::from_arn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:google-AbCdEf");
/// let google = Federation::google("1234.apps.googleusercontent.com", secret.text());
/// let company = Federation::saml_metadata_url("Company", "https://login.example.com/metadata.xml").sign_out();
/// ```
#[derive(Clone, Debug)]
pub struct Federation {
    pub(super) kind: ProviderType,
    pub(super) name: Value<String>,
    details: BTreeMap<String, Value<String>>,
    pub(super) secret: Option<(&'static str, SecretField)>,
}

impl Federation {
    fn new(kind: ProviderType, name: impl IntoValue<String>) -> Self {
        Self {
            kind,
            name: name.into_value(),
            details: BTreeMap::new(),
            secret: None,
        }
    }

    fn social(
        kind: ProviderType,
        client_id: impl IntoValue<String>,
        key: &'static str,
        secret: impl IntoSecretField,
        scopes: &str,
    ) -> Self {
        let name = kind.as_str().to_owned();
        let mut provider = Self::new(kind, name)
            .detail("client_id", client_id)
            .detail("authorize_scopes", scopes);
        provider.secret = Some((key, secret.into_secret_field()));
        provider
    }

    /// Sets any other detail by its name in the API of Cognito.
    pub fn detail(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.details.insert(name.into(), value.into_value());
        self
    }

    /// Sets the scopes that the pool asks for, in the notation of the directory.
    pub fn scopes(self, scopes: impl IntoValue<String>) -> Self {
        self.detail("authorize_scopes", scopes)
    }

    /// Creates Google, with the scopes `openid`, `profile` and `email`.
    pub fn google(client_id: impl IntoValue<String>, secret: impl IntoSecretField) -> Self {
        let scopes = "openid profile email";
        Self::social(
            ProviderType::GOOGLE,
            client_id,
            "client_secret",
            secret,
            scopes,
        )
    }

    /// Creates Facebook, with the scopes `public_profile` and `email`.
    pub fn facebook(app_id: impl IntoValue<String>, secret: impl IntoSecretField) -> Self {
        let scopes = "public_profile,email";
        Self::social(
            ProviderType::FACEBOOK,
            app_id,
            "client_secret",
            secret,
            scopes,
        )
    }

    /// Creates Login with Amazon, with the scope `profile`.
    pub fn amazon(client_id: impl IntoValue<String>, secret: impl IntoSecretField) -> Self {
        Self::social(
            ProviderType::LOGIN_WITH_AMAZON,
            client_id,
            "client_secret",
            secret,
            "profile",
        )
    }

    /// Creates Sign in with Apple from the IDs of service, team and key, with the scopes `email` and `name`.
    pub fn apple(
        services_id: impl IntoValue<String>,
        team_id: impl IntoValue<String>,
        key_id: impl IntoValue<String>,
        private_key: impl IntoSecretField,
    ) -> Self {
        let kind = ProviderType::SIGN_IN_WITH_APPLE;
        Self::social(kind, services_id, "private_key", private_key, "email name")
            .detail("team_id", team_id)
            .detail("key_id", key_id)
    }

    /// Creates an OpenID Connect provider from its name in the pool and its issuer, an HTTPS URL without a slash at the end,
    /// with the scope `openid`. Its endpoints are read from the discovery document of the issuer.
    pub fn open_id_connect(
        name: impl IntoValue<String>,
        issuer: impl IntoValue<String>,
        client_id: impl IntoValue<String>,
        secret: impl IntoSecretField,
    ) -> Self {
        let kind = ProviderType::OIDC;
        let mut provider = Self::social(kind, client_id, "client_secret", secret, "openid")
            .detail("oidc_issuer", issuer)
            .detail("attributes_request_method", "GET");
        provider.name = name.into_value();
        provider
    }

    /// Creates a SAML provider from its name in the pool and the URL of its metadata, which Cognito reads again regularly.
    pub fn saml_metadata_url(name: impl IntoValue<String>, url: impl IntoValue<String>) -> Self {
        Self::new(ProviderType::SAML, name).detail("MetadataURL", url)
    }

    /// Creates a SAML provider from its name in the pool and the XML of its metadata.
    pub fn saml_metadata(name: impl IntoValue<String>, xml: impl IntoValue<String>) -> Self {
        Self::new(ProviderType::SAML, name).detail("MetadataFile", xml)
    }

    /// Signs users out of a SAML provider when they sign out of the pool.
    pub fn sign_out(self) -> Self {
        self.detail("IDPSignout", "true")
    }

    /// Refuses SAML assertions that are not encrypted.
    pub fn encrypted_assertions(self) -> Self {
        self.detail("EncryptedResponses", "true")
    }

    /// Signs requests to a SAML provider with RSA and SHA-256.
    pub fn signed_requests(self) -> Self {
        self.detail("RequestSigningAlgorithm", "rsa-sha256")
    }

    pub(super) fn into_details(self) -> BTreeMap<String, Value<String>> {
        self.details
    }
}
