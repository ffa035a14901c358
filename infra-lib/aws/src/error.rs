//! What an API answered when it did not do what was asked, sorted by what can be done about it.

use std::error::Error as StdError;

/// An answer that is not success, or no answer.
#[derive(Debug, thiserror::Error)]
#[error(
    "{service} did not accept `{operation}`: {message}{}",
    in_brackets(code)
)]
pub struct ApiError {
    /// What can be done about it.
    pub kind: ApiErrorKind,
    /// The service, such as `CloudFormation`.
    pub service: &'static str,
    /// The operation, such as `CreateChangeSet`.
    pub operation: &'static str,
    /// The code of the service, such as `ValidationError`; empty when there was no answer.
    pub code: String,
    /// The service's own words.
    pub message: String,
    /// By which AWS support finds the call.
    pub request_id: Option<String>,
    help: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What can be done about an [`ApiError`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// What was asked about does not exist.
    NotFound,
    /// What was to be made is there already.
    AlreadyExists,
    /// There is nothing to change.
    NoChanges,
    /// Too many calls; the same call succeeds later.
    Throttled,
    /// A quota is used up; the same call fails until something is removed.
    LimitExceeded,
    /// Another operation is under way.
    Busy,
    /// The stack or change set is in a state in which this cannot be done.
    WrongState,
    /// The template needs capabilities that were not given.
    InsufficientCapabilities,
    /// An operation with this token was started before.
    TokenInUse,
    /// There are no credentials.
    NoCredentials,
    /// The credentials have expired, or the clock of this machine is wrong.
    ExpiredCredentials,
    /// A permission is missing.
    AccessDenied {
        /// Who asked.
        principal: Option<String>,
        /// The action that is not permitted, such as `cloudformation:CreateChangeSet`.
        action: Option<String>,
        /// On what.
        resource: Option<String>,
    },
    /// The request is wrong.
    Invalid,
    /// The endpoint does not know the operation: an emulator, or a region that lags behind.
    Unsupported,
    /// The service failed; the same call may succeed later.
    Server,
    /// No answer.
    Network,
    /// A reply that cannot be read: half of one, the page of a proxy, or that of an endpoint which is no AWS.
    Unreadable,
    /// Anything else.
    Other,
}

impl ApiError {
    /// An answer with that code and message, sorted.
    pub fn new(
        service: &'static str,
        operation: &'static str,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (code, message) = (code.into(), message.into());
        Self {
            kind: classify(operation, &code, &message),
            service,
            operation,
            code,
            message,
            request_id: None,
            help: None,
            source: None,
        }
    }

    /// No answer at all.
    pub fn no_answer(
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

    /// Adds the way out, where one is known that fits this error alone.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The way out, where one is known that fits this error alone.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Whether the same call may succeed a little later.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::Throttled | ApiErrorKind::Server | ApiErrorKind::Network
        )
    }
}

/// The code behind a message, where there is one.
fn in_brackets(code: &str) -> String {
    if code.is_empty() {
        String::new()
    } else {
        format!(" ({code})")
    }
}

/// CloudFormation answers most refusals with one code, `ValidationError`: only its words tell them apart.
fn classify(operation: &str, code: &str, message: &str) -> ApiErrorKind {
    let says = |words: &str| message.contains(words);
    match code {
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "SlowDown"
        | "429" => ApiErrorKind::Throttled,
        // One code, two meanings: CreateChangeSet uses it for the quota of change sets.
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
            let (principal, action, resource) = denied(message);
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
                // A stack in review is not busy, it waits.
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
                let (principal, action, resource) = denied(message);
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
            let (principal, action, resource) = denied(message);
            ApiErrorKind::AccessDenied {
                principal,
                action,
                resource,
            }
        }
        _ => ApiErrorKind::Other,
    }
}

/// Who, what and on what, from `User: ARN is not authorized to perform: ACTION on resource: ARN …`.
pub(crate) fn denied(message: &str) -> (Option<String>, Option<String>, Option<String>) {
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

    fn kind(code: &str, message: &str) -> ApiErrorKind {
        ApiError::new("CloudFormation", "CreateChangeSet", code, message).kind
    }

    #[test]
    fn one_code_of_cloudformation_means_many_things() {
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
            assert_eq!(kind("ValidationError", message), expected, "{message}");
        }
    }

    #[test]
    fn a_missing_permission_names_who_what_and_where() {
        let found = kind(
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
    fn a_quota_is_not_throttling() {
        assert_eq!(
            kind(
                "LimitExceededException",
                "ChangeSet limit exceeded for stack"
            ),
            ApiErrorKind::LimitExceeded
        );
        assert_eq!(kind("Throttling", "Rate exceeded"), ApiErrorKind::Throttled);
    }
}
