//! HTTPS reads from services other than AWS, with the TLS and proxy settings of the AWS clients.

use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::connect::http_client;
use super::error::ConnectError;
use super::settings::Settings;
use super::{problem, retry, trust};
use crate::ApiError;

/// A client for reading from an API over HTTPS, with the proxy and certificates of the AWS clients.
#[derive(Clone, Debug)]
pub struct HttpsClient {
    client: SharedHttpClient,
    /// Name of the API in error messages.
    name: &'static str,
    address: String,
    headers: Vec<(String, String)>,
}

/// A response of the API with any status code, including those of errors.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct HttpsResponse {
    /// HTTP status code of the response, for example 404. Errors of the API have codes from 400.
    pub status: u16,
    /// Body of the response as text. Invalid UTF-8 is replaced by U+FFFD.
    pub body: String,
}

impl HttpsClient {
    /// Creates a client for the API at an address without a trailing slash. `headers` are sent with every request.
    ///
    /// # Errors
    ///
    /// Fails if the certificates in `AWS_CA_BUNDLE` are invalid.
    pub fn new(
        name: &'static str,
        address: impl Into<String>,
        headers: Vec<(String, String)>,
    ) -> Result<Self, ConnectError> {
        let settings = Settings::from_environment()?;
        let context = trust::tls_context(settings.ca_bundle.as_deref())?;
        Ok(Self {
            client: http_client(context),
            name,
            address: address.into(),
            headers,
        })
    }

    /// Sends one `GET` request without retries. `path` starts with `/`.
    ///
    /// # Errors
    ///
    /// Fails if the server does not respond.
    pub async fn send_get(&self, path: &str) -> Result<HttpsResponse, ApiError> {
        let headers = self.headers.clone();
        let call = Operation::builder()
            .service_name(self.name)
            .operation_name("GET")
            .endpoint_url(&self.address)
            .no_auth()
            .no_retry()
            .timeout_config(retry::call_timeouts())
            .serializer(move |path: String| {
                let mut request = HttpRequest::new(SdkBody::empty());
                request.set_method("GET")?;
                request.set_uri(path)?;
                for (name, value) in headers.clone() {
                    request.headers_mut().try_insert(name, value)?;
                }
                Ok(request)
            })
            .deserializer(parse_response)
            .http_client(self.client.clone());
        let answer = call.build().invoke(path.to_owned()).await;
        answer.map_err(problem::convert_sdk_error(self.name, "GET"))
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the client takes a function that may fail"
)]
fn parse_response(
    response: &HttpResponse,
) -> Result<HttpsResponse, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    Ok(HttpsResponse {
        status: response.status().as_u16(),
        body: String::from_utf8_lossy(body).into_owned(),
    })
}
