//! Converts errors of the SDK into [`ApiError`]s.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::explain::NoCredentials;
use crate::{ApiError, ApiErrorKind};

/// Returns a function for `map_err` that converts the error of an operation.
pub(super) fn of<E>(
    service: &'static str,
    operation: &'static str,
) -> impl FnOnce(SdkError<E, HttpResponse>) -> ApiError
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    move |error| match error {
        SdkError::ServiceError(answer) => refused(service, operation, answer.err(), answer.raw()),
        // The response is not one of the API: it is incomplete, or the page of a proxy.
        SdkError::ResponseError(answer) => {
            let status = answer.raw().status().as_u16();
            let request_id = request_id(answer.raw());
            let mut error = if status >= 500 {
                ApiError::new(service, operation, status.to_string(), "the response cannot be read")
            } else {
                let error = SdkError::<E, HttpResponse>::ResponseError(answer);
                let said = format!("the response cannot be read: {}", innermost(&error));
                ApiError::no_answer(ApiErrorKind::Unreadable, service, operation, said, error)
            };
            error.request_id = request_id;
            error
        }
        other => unanswered(service, operation, other),
    }
}

/// Converts an error response of the service.
fn refused<E: ProvideErrorMetadata>(
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
    let message = error.message().map_or_else(
        || format!("HTTP status {status}"),
        str::to_owned,
    );
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
fn unanswered<E>(
    service: &'static str,
    operation: &'static str,
    error: SdkError<E, HttpResponse>,
) -> ApiError
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    let explained = chain(&error)
        .find_map(|one| one.downcast_ref::<NoCredentials>())
        .map(|explained| (explained.message.clone(), explained.help.clone()));
    if let Some((said, help)) = explained {
        let kind = ApiErrorKind::NoCredentials;
        let problem = ApiError::no_answer(kind, service, operation, said, error);
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
        Some(CredentialsError::CredentialsNotLoaded(_)) => {
            (ApiErrorKind::NoCredentials, "no credentials were found".to_owned())
        }
        Some(problem) => (ApiErrorKind::NoCredentials, innermost(problem)),
        None => match &error {
            SdkError::TimeoutError(_) => (
                ApiErrorKind::Network,
                format!("the request timed out: {}", innermost(&error)),
            ),
            SdkError::DispatchFailure(_) => (ApiErrorKind::Network, innermost(&error)),
            _ => (ApiErrorKind::Invalid, innermost(&error)),
        },
    };
    ApiError::no_answer(kind, service, operation, said, error)
}

/// Returns the error of the credentials provider, if the chain contains one.
fn credentials_error<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e CredentialsError> {
    chain(error).find_map(|error| error.downcast_ref())
}

/// Returns the message of the innermost error. Outer errors only state that something failed.
pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    chain(error).last().unwrap_or(error).to_string()
}

/// Returns the messages of all errors of the chain, without repetitions.
pub(super) fn chained(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    for link in chain(error) {
        let words = link.to_string();
        if text.is_empty() {
            text = words;
        } else if !text.contains(&words) {
            text = [&text, ": ", &words].concat();
        }
    }
    text
}

pub(super) fn chain<'e>(
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

    use super::{ApiError, ApiErrorKind, CredentialsError, NoCredentials, chained, of};

    fn response(status: u16, body: &'static str) -> HttpResponse {
        let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
        response.headers_mut().insert("x-amzn-requestid", "r-1");
        response
    }

    fn problem(error: SdkError<DescribeStacksError, HttpResponse>) -> ApiError {
        of("CloudFormation", "DescribeStacks")(error)
    }

    fn service(code: Option<&str>, status: u16) -> ApiError {
        let mut meta = ErrorMetadata::builder();
        if let Some(code) = code {
            meta = meta.code(code).message("words");
        }
        let error = DescribeStacksError::generic(meta.build());
        problem(SdkError::service_error(error, response(status, "")))
    }

    #[test]
    fn the_code_decides_and_the_request_id_is_kept() {
        let found = service(Some("AlreadyExistsException"), 400);
        assert_eq!(found.kind, ApiErrorKind::AlreadyExists);
        assert_eq!(found.request_id.as_deref(), Some("r-1"));
    }

    #[test]
    fn without_a_code_the_status_decides() {
        for (status, kind) in [
            (404, ApiErrorKind::NotFound),
            (429, ApiErrorKind::Throttled),
            (500, ApiErrorKind::Server),
            (501, ApiErrorKind::Unsupported),
            (503, ApiErrorKind::Server),
            (504, ApiErrorKind::Server),
        ] {
            assert_eq!(service(None, status).kind, kind, "{status}");
        }
    }

    #[test]
    fn an_unknown_code_with_a_status_of_the_server_is_the_servers() {
        assert_eq!(service(Some("Oops"), 500).kind, ApiErrorKind::Server);
        assert_eq!(service(Some("Oops"), 400).kind, ApiErrorKind::Other);
    }

    #[test]
    fn half_an_answer_cannot_be_read() {
        let found = problem(SdkError::response_error(
            "unexpected end",
            response(200, "<Desc"),
        ));
        assert_eq!(found.kind, ApiErrorKind::Unreadable);
        assert!(found.code.is_empty());
    }

    #[test]
    fn no_connection_is_no_answer() {
        let refused = std::io::Error::other("connection refused");
        let found = problem(SdkError::dispatch_failure(ConnectorError::io(
            refused.into(),
        )));
        assert_eq!(found.kind, ApiErrorKind::Network);
        assert_eq!(found.message, "connection refused");
    }

    #[test]
    fn missing_credentials_are_found_in_the_chain() {
        let missing = CredentialsError::not_loaded("nothing there");
        let found = problem(SdkError::dispatch_failure(ConnectorError::other(
            missing.into(),
            None,
        )));
        assert_eq!(found.kind, ApiErrorKind::NoCredentials);
        assert_eq!(found.message, "no credentials were found");
    }

    #[test]
    fn the_way_out_goes_with_the_error() {
        let explained = NoCredentials {
            message: "profile `work` is not logged in".to_owned(),
            help: Some("log in".to_owned()),
        };
        let found = problem(SdkError::dispatch_failure(ConnectorError::other(
            CredentialsError::provider_error(explained).into(),
            None,
        )));
        assert_eq!(found.kind, ApiErrorKind::NoCredentials);
        assert_eq!(found.message, "profile `work` is not logged in");
        assert_eq!(found.help(), Some("log in"));
    }

    #[test]
    fn links_that_repeat_the_words_before_add_nothing() {
        let inner = std::io::Error::other("no such file");
        let outer = CredentialsError::provider_error(inner);
        assert_eq!(
            chained(&outer),
            "an error occurred while loading credentials: no such file"
        );
    }

    #[test]
    fn credentials_that_cannot_be_had_say_why() {
        let broken = CredentialsError::provider_error("the SSO session has expired");
        let found = problem(SdkError::dispatch_failure(ConnectorError::other(
            broken.into(),
            None,
        )));
        assert_eq!(found.kind, ApiErrorKind::NoCredentials);
        assert_eq!(found.message, "the SSO session has expired");
    }
}
