//! Web Push: messages to browsers whose page is closed, through the service that their maker runs (RFC 8030).
//!
//! That service sees where a message goes and how long it is, in steps of 512 bytes. What it says is encrypted for the browser ([`encryption`]), and who
//! sends it is signed with one key of all processes ([`vapid`]).

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

/// A browser, as it describes itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser {
    /// The URL that messages are posted to: who knows it can post there.
    pub endpoint: String,
    /// The keys that messages are encrypted for.
    pub keys: BrowserKeys,
}

/// A message.
#[derive(Debug)]
pub struct Message<'a> {
    /// The text, which the browser alone reads.
    pub text: &'a [u8],
    /// Of two messages about one note, a browser that comes back gets the later.
    pub about: Uuid,
    /// Time for which the service keeps it for a browser that is away.
    pub lifetime: Duration,
}

/// The answer of the service of a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Taken,
    /// There is no such browser any more.
    Gone,
    /// Another attempt would be answered alike.
    Refused(u16),
    /// Another attempt may succeed, after so many seconds if the service says so.
    Later(Option<u32>),
}

/// Posts messages to browsers.
#[derive(Debug, Clone)]
pub struct Pusher {
    client: Client,
    /// Address of the operator, with `https`, which services may want to know.
    contact: Option<String>,
}

impl Pusher {
    /// Sends by this client, in the name of this page.
    pub fn new(client: Client, page: &str) -> Self {
        let contact = page.starts_with("https://").then(|| page.to_owned());
        Self { client, contact }
    }

    /// Refuses URLs that nothing is posted to.
    pub fn check(&self, endpoint: &str) -> Result<(), Error> {
        Target::parse(endpoint, self.client.settings())
            .map(drop)
            .map_err(|wrong| Error::invalid("/endpoint", wrong.as_str(), wrong.to_string()))
    }

    /// Posts a message once.
    pub async fn push(
        &self,
        key: &SigningKey,
        browser: &Browser,
        message: &Message<'_>,
    ) -> Result<Outcome, Error> {
        let Ok(target) = Target::parse(&browser.endpoint, self.client.settings()) else {
            // Networks that may be called are others since.
            return Ok(Outcome::Refused(0));
        };
        let body = encryption::encrypt(&browser.keys, message.text)?;
        let contact = self.contact.as_deref();
        let authorization = key.authorization(&target.origin(), contact)?;
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
        Ok(match self.client.post(&target, headers, body).await {
            Ok(answer) if answer.is_success() => Outcome::Taken,
            Ok(answer) => match answer.status {
                404 | 410 => Outcome::Gone,
                408 | 425 | 429 | 500.. => Outcome::Later(answer.retry_after),
                status => Outcome::Refused(status),
            },
            Err(_) => Outcome::Later(None),
        })
    }
}

/// The endpoint is a secret.
impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").finish_non_exhaustive()
    }
}
