//! Loads the metadata and keys of the provider on demand, keeps them for an hour, and loads them again when a token was signed with an unknown key.
//!
//! After a failure, requests to the provider pause for a while, so that people who sign in do not wait for it. Metadata that was loaded before is
//! used in the meantime.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::client::Client;
use super::failure::Failure;

/// Age up to which metadata is used without loading it again.
const FRESH: Duration = Duration::from_hours(1);
/// Age up to which metadata is used while the provider cannot be reached.
const USABLE: Duration = Duration::from_hours(24);
/// Minimum interval between two loads that an unknown key triggers, because forged tokens can name any number of unknown keys.
const KEYS_AGAIN: Duration = Duration::from_mins(1);
/// Pause after the first failure; it doubles with each further failure, up to `LONGEST_PAUSE`.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Metadata fields that the `openidconnect` crate does not read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ExtraMetadata {
    /// `true` if the provider always sends the `iss` parameter in authentication responses (RFC 9207).
    pub(super) authorization_response_iss_parameter_supported: Option<bool>,
    /// URL of the page where people sign out (OpenID Connect RP-Initiated Logout 1.0). Not parsed here, so that an invalid URL does not make the
    /// other metadata unusable.
    pub(super) end_session_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for ExtraMetadata {}

/// The metadata document of a provider, with its keys.
pub(super) type Metadata = ProviderMetadata<
    ExtraMetadata,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A cache of the provider's metadata that loads it once for all concurrent requests.
#[derive(Debug)]
pub(super) struct Discovery {
    issuer: IssuerUrl,
    cached: RwLock<Option<CachedMetadata>>,
    /// Recent attempts to load metadata; locked while a request to the provider is running.
    attempts: Mutex<Attempts>,
}

#[derive(Debug, Clone)]
struct CachedMetadata {
    metadata: Arc<Metadata>,
    asked_at: Instant,
}

#[derive(Debug, Default)]
struct Attempts {
    failures: u32,
    failed_at: Option<Instant>,
    keys_asked_at: Option<Instant>,
}

impl Attempts {
    fn is_pausing(&self) -> bool {
        let pause = PAUSE.saturating_mul(1 << self.failures.min(10).saturating_sub(1));
        self.failed_at
            .is_some_and(|at| at.elapsed() < pause.min(LONGEST_PAUSE))
    }
}

impl Discovery {
    pub(super) fn new(issuer: IssuerUrl) -> Self {
        Self {
            issuer,
            cached: RwLock::new(None),
            attempts: Mutex::default(),
        }
    }

    /// Returns the metadata from the cache, or loads it if it is missing or too old. While another task loads it, metadata that is still usable is
    /// returned.
    pub(super) async fn load_metadata(&self, client: &Client) -> Result<Arc<Metadata>, Failure> {
        let usable = self.usable_metadata();
        if let Some(known) = &usable {
            if known.asked_at.elapsed() < FRESH {
                return Ok(Arc::clone(&known.metadata));
            }
            // Another task is loading the metadata, so the cached one is returned.
            let Ok(mut attempts) = self.attempts.try_lock() else {
                return Ok(Arc::clone(&known.metadata));
            };
            let asked = self.request_unless_pausing(client, &mut attempts).await;
            return Ok(asked.unwrap_or_else(|_| Arc::clone(&known.metadata)));
        }
        let mut attempts = self.attempts.lock().await;
        match self.usable_metadata() {
            Some(known) => Ok(known.metadata),
            None => self.request_unless_pausing(client, &mut attempts).await,
        }
    }

    /// Returns metadata that was loaded after `than`, or loads it. Returns `None` if the provider cannot be reached or if the keys were loaded less
    /// than a minute ago.
    pub(super) async fn reload_keys(
        &self,
        client: &Client,
        than: &Arc<Metadata>,
    ) -> Option<Arc<Metadata>> {
        let mut attempts = self.attempts.lock().await;
        let known = self.usable_metadata().map(|known| known.metadata);
        if let Some(known) = known.filter(|known| !Arc::ptr_eq(known, than)) {
            return Some(known);
        }
        let recently = |at: Instant| at.elapsed() < KEYS_AGAIN;
        if attempts.keys_asked_at.is_some_and(recently) {
            return None;
        }
        attempts.keys_asked_at = Some(Instant::now());
        self.request_unless_pausing(client, &mut attempts)
            .await
            .ok()
    }

    fn usable_metadata(&self) -> Option<CachedMetadata> {
        let known = self.cached.read().unwrap_or_else(PoisonError::into_inner);
        known
            .clone()
            .filter(|known| known.asked_at.elapsed() < USABLE)
    }

    async fn request_unless_pausing(
        &self,
        client: &Client,
        attempts: &mut Attempts,
    ) -> Result<Arc<Metadata>, Failure> {
        if attempts.is_pausing() {
            return Err(Failure::Unavailable(
                "it did not respond a moment ago".to_owned(),
            ));
        }
        let metadata = self.request_metadata(client).await.inspect_err(|_| {
            attempts.failures += 1;
            attempts.failed_at = Some(Instant::now());
        })?;
        attempts.failures = 0;
        attempts.failed_at = None;
        let metadata = Arc::new(metadata);
        *self.cached.write().unwrap_or_else(PoisonError::into_inner) = Some(CachedMetadata {
            metadata: Arc::clone(&metadata),
            asked_at: Instant::now(),
        });
        Ok(metadata)
    }

    async fn request_metadata(&self, client: &Client) -> Result<Metadata, Failure> {
        let metadata = Metadata::discover_async(self.issuer.clone(), client)
            .await
            .map_err(map_discovery_error)?;
        // The browser is redirected to this URL, so it must be a web page.
        let page = metadata.authorization_endpoint().url();
        let scheme = self.issuer.url().scheme();
        if page.scheme() != "https" && page.scheme() != scheme {
            return Err(Failure::Unavailable(
                "its `authorization_endpoint` is not an HTTPS URL".to_owned(),
            ));
        }
        if metadata.token_endpoint().is_none() {
            return Err(Failure::Unavailable(
                "its discovery document has no `token_endpoint`".to_owned(),
            ));
        }
        Ok(metadata)
    }
}

fn map_discovery_error(error: DiscoveryError<Failure>) -> Failure {
    match error {
        DiscoveryError::Request(failure) => failure,
        DiscoveryError::Response(status, ..) => Failure::Unavailable(format!(
            "the response for its discovery document or keys has status {status}, or is not JSON"
        )),
        DiscoveryError::Parse(error) => Failure::Unavailable(format!(
            "its discovery document or keys cannot be parsed at `{}`",
            error.path()
        )),
        DiscoveryError::Validation(_) => Failure::Unavailable(
            "the issuer in its discovery document differs from OIDC_ISSUER; they must be identical"
                .to_owned(),
        ),
        _ => Failure::Unavailable("its discovery document cannot be requested".to_owned()),
    }
}
