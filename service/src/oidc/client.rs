//! The HTTP client for requests to the provider. It limits time, size and concurrency, requires TLS, and does not follow redirects.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;

use super::failure::Failure;

/// Timeout for a connection to the provider.
const CONNECT_TIME: Duration = Duration::from_secs(4);
/// Timeout for a request, up to the last byte of the response.
const ANSWER_TIME: Duration = Duration::from_secs(8);
/// Maximum size of a response body, in bytes. Metadata and keys of large providers have some tens of thousands.
const ANSWER_BYTES: usize = 256 * 1024;
/// Maximum number of concurrent requests; a further request fails immediately. This limits the work that a slow provider can hold up.
const AT_ONCE: usize = 32;

/// An HTTP client for the provider, with a limit on concurrent requests.
pub(super) struct Client {
    http: reqwest::Client,
    places: Semaphore,
}

/// Error for root certificates that cannot be used, usually because they are not valid PEM.
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
            // Requests contain secrets, so they go only to the configured provider.
            .redirect(Policy::none())
            // The service reads only the environment variables that its documentation lists.
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

    async fn send_request(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let _place = self.places.try_acquire().map_err(|_| {
            Failure::Unavailable("too many requests to the provider are pending".to_owned())
        })?;
        let request = request.try_into().map_err(|error| map_http_error(&error))?;
        let mut response = self
            .http
            .execute(request)
            .await
            .map_err(|error| map_http_error(&error))?;
        if response.status().is_redirection() {
            return Err(Failure::Unavailable(
                "it redirects, which is not supported".to_owned(),
            ));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| map_http_error(&error))?
        {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(Failure::Unavailable(format!(
                    "a response has more than {ANSWER_BYTES} bytes"
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
        Box::pin(self.send_request(request))
    }
}

/// Converts an HTTP error to its kind and innermost cause, without the URL. The cause of a TLS failure helps operators to correct it.
fn map_http_error(error: &reqwest::Error) -> Failure {
    let kind = if error.is_timeout() {
        "the request timed out"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_builder() {
        "the URL is not valid"
    } else {
        "the connection failed"
    };
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut text = kind.to_owned();
    // The innermost cause is the shortest and the most specific.
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
