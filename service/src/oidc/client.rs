//! Requests to a provider: within a time and a size, over TLS, without following where it leads, and only so many at once.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;

use super::failure::Failure;

/// Longest wait for a connection.
const CONNECT_TIME: Duration = Duration::from_secs(4);
/// Longest wait for one answer, to its last byte.
const ANSWER_TIME: Duration = Duration::from_secs(8);
/// Bytes of an answer. Keys and documents of large providers have some tens of thousands.
const ANSWER_BYTES: usize = 256 * 1024;
/// Requests at once; for one more there is no answer. A provider that is slow holds up no more than this.
const AT_ONCE: usize = 32;

/// Sends requests.
pub(super) struct Client {
    http: reqwest::Client,
    places: Semaphore,
}

/// Certificates that cannot be used.
#[derive(Debug)]
pub struct CertificateError(reqwest::Error);

impl Client {
    pub(super) fn new(
        encrypted: bool,
        authorities: Option<&[u8]>,
    ) -> Result<Self, CertificateError> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("notes/", env!("CARGO_PKG_VERSION")))
            .https_only(encrypted)
            // What is asked carries secrets; a provider that moves is configured anew.
            .redirect(Policy::none())
            // The table of variables says everything that is read of the environment.
            .no_proxy()
            .connect_timeout(CONNECT_TIME)
            .timeout(ANSWER_TIME);
        if let Some(pem) = authorities {
            for certificate in
                reqwest::Certificate::from_pem_bundle(pem).map_err(CertificateError)?
            {
                builder = builder.add_root_certificate(certificate);
            }
        }
        Ok(Self {
            http: builder.build().map_err(CertificateError)?,
            places: Semaphore::new(AT_ONCE),
        })
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let _place = self.places.try_acquire().map_err(|_| {
            Failure::Unavailable("too many requests are waiting for it already".to_owned())
        })?;
        let request = request.try_into().map_err(|error| failed(&error))?;
        let mut response = self
            .http
            .execute(request)
            .await
            .map_err(|error| failed(&error))?;
        if response.status().is_redirection() {
            return Err(Failure::Unavailable(
                "it leads elsewhere, which is not followed".to_owned(),
            ));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(Failure::Unavailable(format!(
                    "an answer has more than {ANSWER_BYTES} bytes"
                )));
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = HttpResponse::new(body);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = response.headers().clone();
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Client {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// The kind of a failure and its cause, without the address: a failure of TLS is for the operator to see.
fn failed(error: &reqwest::Error) -> Failure {
    let kind = if error.is_timeout() {
        "it takes too long"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_builder() {
        "an address that cannot be asked"
    } else {
        "the connection broke"
    };
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut text = kind.to_owned();
    // The innermost says it in the fewest words.
    while let Some(next) = cause {
        if next.source().is_none() {
            text = format!("{kind} ({next})");
        }
        cause = next.source();
    }
    Failure::Unavailable(text)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for CertificateError {}
