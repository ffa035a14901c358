//! Sign-in at a provider that speaks OpenID Connect: the protocol, without the database and without what the service answers.
//!
//! The flow is the one with a code, PKCE, `state` and `nonce` (OpenID Connect Core 1.0, section 3.1; RFC 9700). The answer of a provider is
//! believed only as far as a signature by one of its published keys says so.

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

pub use answer::{Answer, Refusal};
pub use client::CertificateError;
pub use exchange::{Freshness, Person};
pub use failure::Failure;
pub use secrets::Secrets;
pub use settings::{Registration, SecondFactor, Settings};

/// The provider that people sign in at; clones share what is known of it.
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
    /// Prepares what is asked of a provider; nothing connects yet. These authorities, in PEM, may have signed its certificate besides the usual ones.
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

    /// What an operator has said of it.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Asks the provider what it is, and says where its users sign in. For operators.
    pub async fn check(&self) -> Result<String, Failure> {
        let metadata = self.metadata().await?;
        Ok(metadata.authorization_endpoint().to_string())
    }

    /// The address to send a browser to.
    pub async fn authorization_url(
        &self,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<String, Failure> {
        let metadata = self.metadata().await?;
        let settings = self.settings();
        let client = exchange::client(settings, &metadata);
        let state = secrets.state.expose_secret().to_owned();
        let nonce = Nonce::new(secrets.nonce());
        let verifier = PkceCodeVerifier::new(secrets.verifier());
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || nonce,
            )
            .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if let Freshness::Since(_) = freshness {
            // Both: providers that know one of them need not know the other, and what they did is in `auth_time`.
            request = request
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(std::time::Duration::ZERO);
        }
        let (url, _, _) = request.url();
        Ok(url.into())
    }

    /// The address to send a browser to that signs out, if the provider has one. It comes back to the start of the page, if the provider knows that
    /// address as one to come back to; the token of the sign-in is not kept, so the provider may ask first.
    pub async fn sign_out_url(&self) -> Result<Option<String>, Failure> {
        let metadata = self.metadata().await?;
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

    /// The person that a code stands for.
    pub async fn person(
        &self,
        answer: &Answer,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<Person, Failure> {
        let metadata = self.metadata().await?;
        answer.check_issuer(&metadata)?;
        let exchange = exchange::Exchange {
            settings: self.settings(),
            client: &self.shared.client,
            discovery: &self.shared.discovery,
            metadata,
        };
        exchange.person(answer, secrets, freshness).await
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, Failure> {
        self.shared.discovery.metadata(&self.shared.client).await
    }
}
