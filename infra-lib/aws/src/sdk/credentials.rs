//! Credentials that remember when they end.

use std::sync::{Arc, Mutex, PoisonError};

use ::time::OffsetDateTime;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};

/// Hands through what another provider gives, and keeps when it ends: asking again only for the time would assume a role
/// a second time.
#[derive(Clone, Debug)]
pub(super) struct Remembering {
    inner: SharedCredentialsProvider,
    seen: Arc<Mutex<Seen>>,
}

/// What is known about the credentials that were given last.
#[derive(Clone, Copy, Debug)]
enum Seen {
    /// None were given yet.
    Nothing,
    /// They end then; `None` for those that do not end.
    Expiry(Option<OffsetDateTime>),
}

impl Remembering {
    pub(super) fn new(inner: SharedCredentialsProvider) -> Self {
        Self {
            inner,
            seen: Arc::new(Mutex::new(Seen::Nothing)),
        }
    }

    /// When the credentials end; asks for some when none were needed before.
    pub(super) async fn expire(&self) -> Option<OffsetDateTime> {
        if let Seen::Expiry(expiry) = self.seen() {
            return expiry;
        }
        // Without credentials there is no end of them; the next call says what is wrong.
        self.provide_credentials().await.ok()?;
        match self.seen() {
            Seen::Expiry(expiry) => expiry,
            Seen::Nothing => None,
        }
    }

    fn seen(&self) -> Seen {
        // A panic elsewhere leaves a value that is whole.
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProvideCredentials for Remembering {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(async move {
            let credentials = self.inner.provide_credentials().await?;
            *self.seen.lock().unwrap_or_else(PoisonError::into_inner) =
                Seen::Expiry(credentials.expiry().map(OffsetDateTime::from));
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

    use super::Remembering;

    #[tokio::test]
    async fn the_end_is_that_of_the_credentials() {
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
        for expected in [Some(end), None] {
            let credentials = Credentials::new("id", "secret", None, expected, "test");
            let provider = Remembering::new(SharedCredentialsProvider::new(credentials));
            assert_eq!(provider.expire().await, expected.map(OffsetDateTime::from));
        }
    }
}
