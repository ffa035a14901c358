//! Errors of AWS APIs, classified by the possible reaction: [`ApiError`] and [`ApiErrorKind`].

use std::error::Error as StdError;

/// An error response of an AWS API, or the lack of a response.
#[derive(Debug, thiserror::Error)]
#[error(
    "{service} rejected `{operation}`: {message}{}",
    format_code_suffix(code)
)]
pub struct ApiError {
    /// Classification of the error by the possible reaction, for example a retry.
    pub kind: ApiErrorKind,
    /// Name of the AWS service in messages to users, for example `CloudFormation`.
    pub service: &'static str,
    /// Name of the API operation that failed, for example `CreateChangeSet`.
    pub operation: &'static str,
    /// Error code of the service, for example `ValidationError`. It is empty without a response.
    pub code: String,
    /// Message of the service, or a description of the failure for calls without a response.
    pub message: String,
    /// ID of the request, with which AWS Support finds the call, if there was a response.
    pub request_id: Option<String>,
    help: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The classification of an [`ApiError`] by the possible reaction: retry, wait, correct the request, or renew credentials.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// The requested object does not exist.
    NotFound,
    /// The object to create exists already.
    AlreadyExists,
    /// The request changes nothing.
    NoChanges,
    /// AWS throttled the call. Retry it later.
    Throttled,
    /// A quota is exhausted. A retry fails until something is deleted.
    LimitExceeded,
    /// Another operation on the stack is in progress.
    Busy,
    /// The state of the stack or change set does not permit the operation.
    WrongState,
    /// The template requires capabilities that the request does not acknowledge.
    InsufficientCapabilities,
    /// An operation with this token was started before.
    TokenInUse,
    /// No credentials were found.
    NoCredentials,
    /// The credentials have expired, or the clock of this machine is wrong.
    ExpiredCredentials,
    /// The caller lacks a permission.
    AccessDenied {
        /// ARN of the caller.
        principal: Option<String>,
        /// Denied action, for example `cloudformation:CreateChangeSet`.
        action: Option<String>,
        /// ARN of the resource to which access was denied.
        resource: Option<String>,
    },
    /// The request is invalid.
    Invalid,
    /// The endpoint does not support the operation: an emulator, or a region without it.
    Unsupported,
    /// The service failed. A retry may succeed.
    Server,
    /// The service could not be reached, or did not respond in time.
    Network,
    /// The response cannot be read: it is incomplete, the page of a proxy, or from an endpoint that is not AWS.
    Unreadable,
    /// An error without a more specific classification.
    Other,
}

impl ApiError {
    /// Creates an error from the code and message of a response, and classifies it.
    pub fn new(
        service: &'static str,
        operation: &'static str,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (code, message) = (code.into(), message.into());
        Self {
            kind: classify_error(operation, &code, &message),
            service,
            operation,
            code,
            message,
            request_id: None,
            help: None,
            source: None,
        }
    }

    /// Creates an error for a call without a response, with the underlying error as its source.
    pub fn without_response(
        kind: ApiErrorKind,
        service: &'static str,
        operation: &'static str,
        message: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            service,
            operation,
            code: String::new(),
            message: message.into(),
            request_id: None,
            help: None,
            source: Some(source.into()),
        }
    }

    /// Adds help that applies to this particular error, instead of that of its kind.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns the help that applies to this particular error, if there is any.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Returns `true` for throttling, server errors and network errors, after which a retry may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::Throttled | ApiErrorKind::Server | ApiErrorKind::Network
        )
    }
}

/// Returns the code in brackets after a message, or an empty string for no code.
fn format_code_suffix(code: &str) -> String {
    if code.is_empty() {
        String::new()
    } else {
        format!(" ({code})")
    }
}

/// Classifies a response by code and message. CloudFormation uses `ValidationError` for most errors, which differ in their message only.
fn classify_error(operation: &str, code: &str, message: &str) -> ApiErrorKind {
    let says = |words: &str| message.contains(words);
    match code {
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "SlowDown"
        | "429" => ApiErrorKind::Throttled,
        // `CreateChangeSet` uses this code for the quota of change sets.
        "LimitExceededException" | "LimitExceeded" => ApiErrorKind::LimitExceeded,
        "ExpiredToken"
        | "ExpiredTokenException"
        | "RequestExpired"
        | "RequestTimeTooSkewed"
        | "RequestInTheFuture"
        | "InvalidSignatureException"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidToken" => ApiErrorKind::ExpiredCredentials,
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "Forbidden"
        | "403" => {
            let (principal, action, resource) = parse_access_denied(message);
            ApiErrorKind::AccessDenied {
                principal,
                action,
                resource,
            }
        }
        "AlreadyExistsException" | "EntityAlreadyExists" | "BucketAlreadyOwnedByYou" => {
            ApiErrorKind::AlreadyExists
        }
        "ChangeSetNotFound"
        | "ChangeSetNotFoundException"
        | "StackNotFoundException"
        | "StackRefactorNotFoundException"
        | "ResourceNotFoundException"
        | "ClusterNotFoundException"
        | "ServiceNotFoundException"
        | "NoSuchBucket"
        | "NoSuchKey"
        | "NotFound"
        | "404"
        | "NoSuchDistribution" => ApiErrorKind::NotFound,
        "InvalidChangeSetStatus"
        | "InvalidChangeSetStatusException"
        | "InvalidOperationException" => ApiErrorKind::WrongState,
        "InsufficientCapabilities" | "InsufficientCapabilitiesException" => {
            ApiErrorKind::InsufficientCapabilities
        }
        "TokenAlreadyExistsException" | "TokenAlreadyExists" => ApiErrorKind::TokenInUse,
        "InternalFailure"
        | "InternalError"
        | "ServiceUnavailable"
        | "InternalServerError"
        | "ServiceUnavailableException"
        | "ServerException"
        | "500"
        | "502"
        | "503"
        | "504" => ApiErrorKind::Server,
        "InvalidAction" | "NotImplemented" | "UnknownOperationException" | "501" => {
            ApiErrorKind::Unsupported
        }
        "ValidationError" | "ValidationException" => {
            if says("No updates are to be performed") || says("didn't contain changes") {
                ApiErrorKind::NoChanges
            } else if says("does not exist") || says("not found") {
                ApiErrorKind::NotFound
            } else if says("_IN_PROGRESS state") {
                // A stack in review is idle, so waiting does not help.
                if says("REVIEW_IN_PROGRESS") {
                    ApiErrorKind::WrongState
                } else {
                    ApiErrorKind::Busy
                }
            } else if says(" state and can")
                || says("is not in")
                || says("cannot be called from current stack status")
            {
                ApiErrorKind::WrongState
            } else if says("Rate exceeded") {
                ApiErrorKind::Throttled
            } else if says("not authorized to perform") {
                let (principal, action, resource) = parse_access_denied(message);
                ApiErrorKind::AccessDenied {
                    principal,
                    action,
                    resource,
                }
            } else {
                ApiErrorKind::Invalid
            }
        }
        _ if code.ends_with("NotFound") || code.ends_with("NotFoundException") => {
            ApiErrorKind::NotFound
        }
        _ if operation.is_empty() => ApiErrorKind::Other,
        _ if says("not authorized to perform") => {
            let (principal, action, resource) = parse_access_denied(message);
            ApiErrorKind::AccessDenied {
                principal,
                action,
                resource,
            }
        }
        _ => ApiErrorKind::Other,
    }
}

/// Returns the principal, action and resource of `User: ARN is not authorized to perform: ACTION on resource: ARN …`.
pub(crate) fn parse_access_denied(
    message: &str,
) -> (Option<String>, Option<String>, Option<String>) {
    let after = |words: &str| {
        let (_, rest) = message.split_once(words)?;
        let word = rest
            .trim_start()
            .split(|c: char| c.is_whitespace() || c == ',')
            .next()?;
        let word = word.trim_end_matches(['.', ';', ')']);
        (!word.is_empty()).then(|| word.to_owned())
    };
    (
        after("User: "),
        after("not authorized to perform: ").or_else(|| after("not authorized to perform ")),
        after("on resource: "),
    )
}

#[cfg(test)]
mod tests {
    use super::{ApiError, ApiErrorKind};

    fn classify_code(code: &str, message: &str) -> ApiErrorKind {
        ApiError::new("CloudFormation", "CreateChangeSet", code, message).kind
    }

    #[test]
    fn classifies_validation_errors_by_message() {
        for (message, expected) in [
            ("Stack with id Web does not exist", ApiErrorKind::NotFound),
            ("Stack [Web] does not exist", ApiErrorKind::NotFound),
            ("No updates are to be performed.", ApiErrorKind::NoChanges),
            (
                "Stack:arn:aws:cloudformation:us-east-1:1:stack/Web/1 is in UPDATE_IN_PROGRESS state and can not be updated.",
                ApiErrorKind::Busy,
            ),
            (
                "Stack:arn:aws:cloudformation:us-east-1:1:stack/Web/1 is in ROLLBACK_COMPLETE state and can not be updated.",
                ApiErrorKind::WrongState,
            ),
            (
                "Template format error: unsupported structure",
                ApiErrorKind::Invalid,
            ),
        ] {
            assert_eq!(
                classify_code("ValidationError", message),
                expected,
                "{message}"
            );
        }
    }

    #[test]
    fn parses_access_denied_message() {
        let found = classify_code(
            "AccessDenied",
            "User: arn:aws:sts::1:assumed-role/plan/ci is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:us-east-1:1:stack/Web/* because no identity-based policy allows it",
        );
        assert_eq!(
            found,
            ApiErrorKind::AccessDenied {
                principal: Some("arn:aws:sts::1:assumed-role/plan/ci".to_owned()),
                action: Some("cloudformation:CreateChangeSet".to_owned()),
                resource: Some("arn:aws:cloudformation:us-east-1:1:stack/Web/*".to_owned()),
            }
        );
    }

    #[test]
    fn distinguishes_quota_from_throttling() {
        assert_eq!(
            classify_code(
                "LimitExceededException",
                "ChangeSet limit exceeded for stack"
            ),
            ApiErrorKind::LimitExceeded
        );
        assert_eq!(
            classify_code("Throttling", "Rate exceeded"),
            ApiErrorKind::Throttled
        );
    }
}
