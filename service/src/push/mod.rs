//! Web Push: sends messages to browsers, even while the page is closed, through the push service of the browser vendor (RFC 8030).
//!
//! The push service can see the recipient of a message and its length, in steps of 512 bytes. The content is encrypted for the browser
//! ([`encryption`]), and one key that all processes share signs the identity of the sender ([`vapid`]).

pub mod encryption;
pub mod vapid;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue};
use uuid::Uuid;

use crate::error::Error;
use crate::outbound::{Client, Target};
use encryption::BrowserKeys;
use vapid::SigningKey;

/// The push subscription of a browser. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser {
    /// URL that messages are posted to. It is a secret: anyone who knows it can post to it.
    pub endpoint: String,
    /// Keys that messages to this browser are encrypted with.
    pub keys: BrowserKeys,
}

/// A message to a browser, before encryption.
#[derive(Debug)]
pub struct Message<'a> {
    /// Text of the message, which only the browser can read.
    pub text: &'a [u8],
    /// ID of the note that the message is about. A browser that was offline receives only the latest message about each note.
    pub about: Uuid,
    /// Time for which the push service keeps the message for a browser that is offline.
    pub lifetime: Duration,
}

/// The outcome of one attempt to send a push message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The push service accepted the message.
    Accepted,
    /// The subscription no longer exists, so it can be deleted.
    Gone,
    /// The push service refused the message with this status, or 0 if the endpoint may not be called. Another attempt would fail as well.
    Rejected(u16),
    /// The attempt failed temporarily. Contains the number of seconds to wait, if the push service states it.
    RetryLater(Option<u32>),
}

/// Sends push messages to browsers.
#[derive(Debug, Clone)]
pub struct Pusher {
    client: Client,
    /// URL of the operator, with `https`, which some push services require.
    contact: Option<String>,
}

impl Pusher {
    /// Creates a sender that uses `client`. `page` is the URL of the web page; push services receive it as a contact if it uses `https`.
    pub fn new(client: Client, page: &str) -> Self {
        let contact = page.starts_with("https://").then(|| page.to_owned());
        Self { client, contact }
    }

    /// Checks that messages may be posted to this endpoint.
    ///
    /// # Errors
    ///
    /// Fails with a field error for `/endpoint` if the URL is refused.
    pub fn check_endpoint(&self, endpoint: &str) -> Result<(), Error> {
        Target::parse(endpoint, self.client.settings())
            .map(drop)
            .map_err(|wrong| Error::invalid("/endpoint", wrong.as_str(), wrong.to_string()))
    }

    /// Sends a message in a single attempt.
    ///
    /// # Errors
    ///
    /// Fails if the message cannot be encrypted or signed. Failures of the push service are an [`Outcome`].
    pub async fn send_message(
        &self,
        key: &SigningKey,
        browser: &Browser,
        message: &Message<'_>,
    ) -> Result<Outcome, Error> {
        let Ok(target) = Target::parse(&browser.endpoint, self.client.settings()) else {
            // The allowed networks have changed since the endpoint was checked.
            return Ok(Outcome::Rejected(0));
        };
        let body = encryption::encrypt_message(&browser.keys, message.text)?;
        let contact = self.contact.as_deref();
        let authorization = key.authorization_header(&target.origin(), contact)?;
        let topic = URL_SAFE_NO_PAD.encode(message.about.as_bytes());
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, value: &str| -> Result<(), Error> {
            let value = HeaderValue::from_str(value).map_err(Error::internal)?;
            headers.insert(name, value);
            Ok(())
        };
        put(AUTHORIZATION, &authorization)?;
        put(CONTENT_ENCODING, "aes128gcm")?;
        put(CONTENT_TYPE, "application/octet-stream")?;
        put(
            HeaderName::from_static("ttl"),
            &message.lifetime.as_secs().to_string(),
        )?;
        put(HeaderName::from_static("urgency"), "high")?;
        put(HeaderName::from_static("topic"), &topic)?;
        Ok(match self.client.post_body(&target, headers, body).await {
            Ok(answer) if answer.is_success() => Outcome::Accepted,
            Ok(answer) => match answer.status {
                404 | 410 => Outcome::Gone,
                408 | 425 | 429 | 500.. => Outcome::RetryLater(answer.retry_after),
                status => Outcome::Rejected(status),
            },
            Err(_) => Outcome::RetryLater(None),
        })
    }
}

/// Shows no fields, because the endpoint is a secret.
impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").finish_non_exhaustive()
    }
}
