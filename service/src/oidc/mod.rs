//! Sign-in with an OpenID Connect provider: the protocol only, without the database and without HTTP responses. [`Provider`] is the entry point.
//!
//! It uses the authorization code flow with PKCE, `state` and `nonce` (OpenID Connect Core 1.0, section 3.1; RFC 9700). Claims are trusted only if
//! one of the published keys of the provider signed them.

mod answer;
mod client;
mod discovery;
mod exchange;
mod failure;
mod secrets;
mod settings;

use std::sync::Arc;

use openidconnect::core::{CoreAuthPrompt, CoreResponseType};
use openidconnect::{
    AuthenticationFlow, CsrfToken, EndSessionUrl, LogoutRequest, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, Scope,
};
use secrecy::ExposeSecret as _;

use client::Client;
use discovery::{Discovery, Metadata};

pub use answer::{AuthorizationResponse, Refusal};
pub use client::CertificateError;
pub use exchange::{Freshness, Person};
pub use failure::Failure;
pub use secrets::Secrets;
pub use settings::{Registration, SecondFactor, Settings};

/// The identity provider that people sign in with; clones share its cached metadata.
#[derive(Debug, Clone)]
pub struct Provider {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: Settings,
    client: Client,
    discovery: Discovery,
}

impl Provider {
    /// Creates a client for a provider; does not connect yet. `authorities` are additional root certificates in PEM for its TLS connections.
    ///
    /// # Errors
    ///
    /// Fails if `authorities` cannot be read.
    pub fn new(settings: Settings, authorities: Option<&[u8]>) -> Result<Self, CertificateError> {
        let client = Client::new(settings.is_encrypted(), authorities)?;
        Ok(Self {
            shared: Arc::new(Shared {
                discovery: Discovery::new(settings.issuer.clone()),
                settings,
                client,
            }),
        })
    }

    /// Returns the configuration of the provider.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Loads the metadata and returns the URL of the authorization endpoint, so that operators can check the configuration.
    pub async fn check_metadata(&self) -> Result<String, Failure> {
        let metadata = self.load_metadata().await?;
        Ok(metadata.authorization_endpoint().to_string())
    }

    /// Returns the URL of the provider that the browser is redirected to for a sign-in.
    pub async fn authorization_url(
        &self,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<String, Failure> {
        let metadata = self.load_metadata().await?;
        let settings = self.settings();
        let client = exchange::build_client(settings, &metadata);
        let state = secrets.state.expose_secret().to_owned();
        let nonce = Nonce::new(secrets.nonce());
        let verifier = PkceCodeVerifier::new(secrets.code_verifier());
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || nonce,
            )
            .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if let Freshness::Since(_) = freshness {
            // Both parameters, because some providers support only one of them; `auth_time` proves the result.
            request = request
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(std::time::Duration::ZERO);
        }
        let (url, _, _) = request.url();
        Ok(url.into())
    }

    /// Returns the URL of the provider that signs a person out, or `None` if it has none or only one without TLS. The provider redirects the browser
    /// back to the start page if that URL is registered there. The ID token is not stored, so the provider may ask the person to confirm.
    pub async fn sign_out_url(&self) -> Result<Option<String>, Failure> {
        let metadata = self.load_metadata().await?;
        let settings = self.settings();
        let page = metadata.additional_metadata().end_session_endpoint.clone();
        let Some(page) = page.and_then(|page| EndSessionUrl::new(page).ok()) else {
            return Ok(None);
        };
        let schemes = ["https", settings.issuer.url().scheme()];
        let is_safe = schemes.contains(&page.url().scheme());
        let home = settings.redirect.url().join("/").ok();
        let (true, Some(home)) = (is_safe, home) else {
            return Ok(None);
        };
        let request = LogoutRequest::from(page)
            .set_client_id(settings.client_id.clone())
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::from_url(home));
        Ok(Some(request.http_get_url().into()))
    }

    /// Exchanges the authorization code of a response and returns the person that it identifies.
    ///
    /// # Errors
    ///
    /// Fails if the provider refused, cannot be reached, or returned a token that does not pass verification.
    pub async fn identify_person(
        &self,
        answer: &AuthorizationResponse,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<Person, Failure> {
        let metadata = self.load_metadata().await?;
        answer.check_issuer(&metadata)?;
        let exchange = exchange::Exchange {
            settings: self.settings(),
            client: &self.shared.client,
            discovery: &self.shared.discovery,
            metadata,
        };
        exchange.identify_person(answer, secrets, freshness).await
    }

    async fn load_metadata(&self) -> Result<Arc<Metadata>, Failure> {
        self.shared
            .discovery
            .load_metadata(&self.shared.client)
            .await
    }
}
