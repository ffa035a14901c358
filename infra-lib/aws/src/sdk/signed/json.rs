//! The protocols AWS JSON 1.0 and 1.1: a header names the operation, and both bodies are JSON.
//!
//! <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_types::error::metadata::ErrorMetadata;
use serde_json::Value as JsonValue;

use super::{ApiResult, Client, Request, Service};

/// Protocol parameters of a service.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Protocol {
    /// Version of the protocol: `1.0` or `1.1`.
    pub(in super::super) version: &'static str,
    /// Prefix of operations in the header `X-Amz-Target`.
    pub(in super::super) target: &'static str,
}

/// A client for one service in one region.
#[derive(Clone, Debug)]
pub(in super::super) struct JsonClient {
    client: Client,
    protocol: Protocol,
}

impl JsonClient {
    pub(in super::super) fn new(config: &SdkConfig, service: Service, protocol: Protocol) -> Self {
        Self {
            client: Client::new(config, service),
            protocol,
        }
    }

    /// Makes a call without retries.
    pub(in super::super) async fn call_operation(
        &self,
        operation: &'static str,
        input: &JsonValue,
    ) -> ApiResult<JsonValue> {
        let Protocol { version, target } = self.protocol;
        let request = Request {
            method: "POST",
            path: "/".to_owned(),
            headers: vec![
                (
                    "content-type".to_owned(),
                    format!("application/x-amz-json-{version}"),
                ),
                ("x-amz-target".to_owned(), format!("{target}.{operation}")),
            ],
            body: input.to_string(),
        };
        self.client
            .send_request(operation, request, parse_response)
            .await
    }
}

/// Returns the body of a response, or the code and message of an error response.
fn parse_response(response: &HttpResponse) -> Result<JsonValue, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    let parsed = serde_json::from_slice::<JsonValue>(body);
    if response.status().is_success() {
        return parsed.map_err(OrchestratorError::other);
    }
    let value = parsed.unwrap_or_default();
    let mut error = ErrorMetadata::builder();
    // `com.amazonaws.ssm#ParameterNotFound`, and in a header `ParameterNotFound:http://…`.
    let code = value["__type"].as_str().map(str::to_owned);
    let code = code.or_else(|| Some(response.headers().get("x-amzn-errortype")?.to_owned()));
    if let Some(code) = code {
        let code = code.rsplit('#').next().unwrap_or_default();
        error = error.code(code.split(':').next().unwrap_or_default());
    }
    if let Some(message) = value["message"].as_str().or(value["Message"].as_str()) {
        error = error.message(message);
    }
    Err(OrchestratorError::operation(error.build()))
}
