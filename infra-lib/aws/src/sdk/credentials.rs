//! Credentials provider that records the expiry of credentials and explains missing ones.

use std::sync::{Arc, Mutex, PoisonError};

use ::time::OffsetDateTime;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};

use super::explain::explain_error;
use super::profile::ChosenProfile;

/// A credentials provider that records the expiry of the credentials of another one. Requesting credentials only for their expiry would assume a role
/// a second time.
#[derive(Clone, Debug)]
pub(super) struct RecordingProvider {
    inner: SharedCredentialsProvider,
    profile: Arc<ChosenProfile>,
    seen: Arc<Mutex<RecordedExpiry>>,
}

/// The state of the most recent credentials.
#[derive(Clone, Copy, Debug)]
enum RecordedExpiry {
    /// No credentials have been provided yet.
    NotProvided,
    /// Expiry of the credentials, or `None` if they do not expire.
    Expiry(Option<OffsetDateTime>),
}

impl RecordingProvider {
    /// Wraps a provider. `profile` is the profile from which its credentials should come.
    pub(super) fn new(inner: SharedCredentialsProvider, profile: ChosenProfile) -> Self {
        Self {
            inner,
            profile: Arc::new(profile),
            seen: Arc::new(Mutex::new(RecordedExpiry::NotProvided)),
        }
    }

    /// Wraps a provider of role credentials that were obtained with these credentials.
    pub(super) fn for_role(&self, assumed: SharedCredentialsProvider) -> Self {
        Self {
            inner: assumed,
            profile: Arc::clone(&self.profile),
            seen: Arc::new(Mutex::new(RecordedExpiry::NotProvided)),
        }
    }

    /// Returns the expiry of the credentials, and requests credentials if none have been provided yet.
    pub(super) async fn resolve_expiry(&self) -> Option<OffsetDateTime> {
        if let RecordedExpiry::Expiry(expiry) = self.recorded() {
            return expiry;
        }
        // Without credentials there is no expiry; the next call reports the problem.
        self.provide_credentials().await.ok()?;
        match self.recorded() {
            RecordedExpiry::Expiry(expiry) => expiry,
            RecordedExpiry::NotProvided => None,
        }
    }

    fn recorded(&self) -> RecordedExpiry {
        // A panic elsewhere leaves a valid value.
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProvideCredentials for RecordingProvider {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(async move {
            let given = self.inner.provide_credentials().await;
            let credentials = given.map_err(|error| explain_error(error, &self.profile))?;
            *self.seen.lock().unwrap_or_else(PoisonError::into_inner) =
                RecordedExpiry::Expiry(credentials.expiry().map(OffsetDateTime::from));
            Ok(credentials)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use ::time::OffsetDateTime;
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::SharedCredentialsProvider;

    use super::RecordingProvider;
    use crate::sdk::profile::{ChosenProfile, Origin};

    #[tokio::test]
    async fn returns_expiry_of_credentials() {
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
        for expected in [Some(end), None] {
            let credentials = Credentials::new("id", "secret", None, expected, "test");
            let profile = ChosenProfile {
                name: "default".to_owned(),
                role: None,
                origin: Origin::Unknown,
            };
            let provider =
                RecordingProvider::new(SharedCredentialsProvider::new(credentials), profile);
            assert_eq!(
                provider.resolve_expiry().await,
                expected.map(OffsetDateTime::from)
            );
        }
    }
}
