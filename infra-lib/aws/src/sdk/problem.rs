//! Converts errors of the SDK into [`ApiError`]s.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::explain::NoCredentials;
use crate::{ApiError, ApiErrorKind};

/// Returns a function for `map_err` that converts the error of an operation.
pub(super) fn convert_sdk_error<E>(
    service: &'static str,
    operation: &'static str,
) -> impl FnOnce(SdkError<E, HttpResponse>) -> ApiError
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    move |error| match error {
        SdkError::ServiceError(answer) => {
            convert_service_error(service, operation, answer.err(), answer.raw())
        }
        // The response is not one of the API: it is incomplete, or the page of a proxy.
        SdkError::ResponseError(answer) => {
            let status = answer.raw().status().as_u16();
            let request_id = request_id(answer.raw());
            let mut error = if status >= 500 {
                ApiError::new(
                    service,
                    operation,
                    status.to_string(),
                    "the response cannot be read",
                )
            } else {
                let error = SdkError::<E, HttpResponse>::ResponseError(answer);
                let said = format!("the response cannot be read: {}", innermost_message(&error));
                ApiError::without_response(
                    ApiErrorKind::Unreadable,
                    service,
                    operation,
                    said,
                    error,
                )
            };
            error.request_id = request_id;
            error
        }
        other => convert_dispatch_error(service, operation, other),
    }
}

/// Converts an error response of the service.
fn convert_service_error<E: ProvideErrorMetadata>(
    service: &'static str,
    operation: &'static str,
    error: &E,
    response: &HttpResponse,
) -> ApiError {
    let status = response.status().as_u16();
    // Responses to HEAD have no body, and proxies respond with pages: only the status is usable then.
    let code = error
        .code()
        .map_or_else(|| status.to_string(), str::to_owned);
    let message = error
        .message()
        .map_or_else(|| format!("HTTP status {status}"), str::to_owned);
    let mut refused = ApiError::new(service, operation, code, message);
    // An unknown code with a server status is retried like other server errors.
    if refused.kind == ApiErrorKind::Other && status >= 500 {
        refused.kind = ApiErrorKind::Server;
    }
    refused.request_id = request_id(response).or_else(|| {
        let id = error.meta().extra("aws_request_id")?;
        Some(id.to_owned())
    });
    refused
}

/// Converts a failure without a response, including a request that could not be sent.
fn convert_dispatch_error<E>(
    service: &'static str,
    operation: &'static str,
    error: SdkError<E, HttpResponse>,
) -> ApiError
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    let explained = error_chain(&error)
        .find_map(|one| one.downcast_ref::<NoCredentials>())
        .map(|explained| (explained.message.clone(), explained.help.clone()));
    if let Some((said, help)) = explained {
        let kind = ApiErrorKind::NoCredentials;
        let problem = ApiError::without_response(kind, service, operation, said, error);
        return match help {
            Some(help) => problem.with_help(help),
            None => problem,
        };
    }
    let (kind, said) = match credentials_error(&error) {
        Some(CredentialsError::ProviderTimedOut(_)) => (
            ApiErrorKind::Network,
            "the credentials provider timed out".to_owned(),
        ),
        Some(CredentialsError::CredentialsNotLoaded(_)) => (
            ApiErrorKind::NoCredentials,
            "no credentials were found".to_owned(),
        ),
        Some(problem) => (ApiErrorKind::NoCredentials, innermost_message(problem)),
        None => match &error {
            SdkError::TimeoutError(_) => (
                ApiErrorKind::Network,
                format!("the request timed out: {}", innermost_message(&error)),
            ),
            SdkError::DispatchFailure(_) => (ApiErrorKind::Network, innermost_message(&error)),
            _ => (ApiErrorKind::Invalid, innermost_message(&error)),
        },
    };
    ApiError::without_response(kind, service, operation, said, error)
}

/// Returns the error of the credentials provider, if the chain contains one.
fn credentials_error<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e CredentialsError> {
    error_chain(error).find_map(|error| error.downcast_ref())
}

/// Returns the message of the innermost error. Outer errors only state that something failed.
pub(super) fn innermost_message(error: &(dyn StdError + 'static)) -> String {
    error_chain(error).last().unwrap_or(error).to_string()
}

/// Returns the messages of all errors of the chain, without repetitions.
pub(super) fn join_messages(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    for link in error_chain(error) {
        let words = link.to_string();
        if text.is_empty() {
            text = words;
        } else if !text.contains(&words) {
            text = [&text, ": ", &words].concat();
        }
    }
    text
}

pub(super) fn error_chain<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Returns the request ID, with which AWS Support finds the call. S3 uses a different header.
fn request_id(response: &HttpResponse) -> Option<String> {
    ["x-amzn-requestid", "x-amz-request-id"]
        .iter()
        .find_map(|name| response.headers().get(*name))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudformation::operation::describe_stacks::DescribeStacksError;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::{
        ApiError, ApiErrorKind, CredentialsError, NoCredentials, convert_sdk_error, join_messages,
    };

    fn http_response(status: u16, body: &'static str) -> HttpResponse {
        let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
        response.headers_mut().insert("x-amzn-requestid", "r-1");
        response
    }

    fn convert_problem(error: SdkError<DescribeStacksError, HttpResponse>) -> ApiError {
        convert_sdk_error("CloudFormation", "DescribeStacks")(error)
    }

    fn service_error(code: Option<&str>, status: u16) -> ApiError {
        let mut meta = ErrorMetadata::builder();
        if let Some(code) = code {
            meta = meta.code(code).message("words");
        }
        let error = DescribeStacksError::generic(meta.build());
        convert_problem(SdkError::service_error(error, http_response(status, "")))
    }

    #[test]
    fn classifies_by_code_and_keeps_request_id() {
        let found = service_error(Some("AlreadyExistsException"), 400);
        assert_eq!(found.kind, ApiErrorKind::AlreadyExists);
        assert_eq!(found.request_id.as_deref(), Some("r-1"));
    }

    #[test]
    fn classifies_by_status_without_code() {
        for (status, kind) in [
            (404, ApiErrorKind::NotFound),
            (429, ApiErrorKind::Throttled),
            (500, ApiErrorKind::Server),
            (501, ApiErrorKind::Unsupported),
            (503, ApiErrorKind::Server),
            (504, ApiErrorKind::Server),
        ] {
            assert_eq!(service_error(None, status).kind, kind, "{status}");
        }
    }

    #[test]
    fn classifies_unknown_code_by_server_status() {
        assert_eq!(service_error(Some("Oops"), 500).kind, ApiErrorKind::Server);
        assert_eq!(service_error(Some("Oops"), 400).kind, ApiErrorKind::Other);
    }

    #[test]
    fn reports_partial_response() {
        let found = convert_problem(SdkError::response_error(
            "unexpected end",
            http_response(200, "<Desc"),
        ));
        assert_eq!(found.kind, ApiErrorKind::Unreadable);
        assert!(found.code.is_empty());
    }

    #[test]
    fn reports_missing_connection() {
        let refused = std::io::Error::other("connection refused");
        let found = convert_problem(SdkError::dispatch_failure(ConnectorError::io(
            refused.into(),
        )));
        assert_eq!(found.kind, ApiErrorKind::Network);
        assert_eq!(found.message, "connection refused");
    }

    #[test]
    fn finds_missing_credentials_in_chain() {
        let missing = CredentialsError::not_loaded("nothing there");
        let found = convert_problem(SdkError::dispatch_failure(ConnectorError::other(
            missing.into(),
            None,
        )));
        assert_eq!(found.kind, ApiErrorKind::NoCredentials);
        assert_eq!(found.message, "no credentials were found");
    }

    #[test]
    fn keeps_help_with_error() {
        let explained = NoCredentials {
            message: "profile `work` is not logged in".to_owned(),
            help: Some("log in".to_owned()),
        };
        let found = convert_problem(SdkError::dispatch_failure(ConnectorError::other(
            CredentialsError::provider_error(explained).into(),
            None,
        )));
        assert_eq!(found.kind, ApiErrorKind::NoCredentials);
        assert_eq!(found.message, "profile `work` is not logged in");
        assert_eq!(found.help(), Some("log in"));
    }

    #[test]
    fn omits_repeated_messages() {
        let inner = std::io::Error::other("no such file");
        let outer = CredentialsError::provider_error(inner);
        assert_eq!(
            join_messages(&outer),
            "an error occurred while loading credentials: no such file"
        );
    }

    #[test]
    fn reports_reason_of_missing_credentials() {
        let broken = CredentialsError::provider_error("the SSO session has expired");
        let found = convert_problem(SdkError::dispatch_failure(ConnectorError::other(
            broken.into(),
            None,
        )));
        assert_eq!(found.kind, ApiErrorKind::NoCredentials);
        assert_eq!(found.message, "the SSO session has expired");
    }
}
