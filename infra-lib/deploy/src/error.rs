//! Errors of operations: findings for people, and a class that scripts can react to.

use std::error::Error as StdError;
use std::fmt;

use infra_core::{Diagnostic, codes};
use infra_template::assembly::AssemblyError;

use infra_aws::{ApiError, ApiErrorKind};

use crate::reached::StackReached;

/// Class of an [`Error`], by the reaction that suits it; each class has its own exit code.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// The operation failed before it changed anything, for instance because of invalid input or a refused call.
    Error,
    /// A missing approval or the data-loss check blocks the operation; nothing was changed.
    Blocked,
    /// The reviewed plan differs from the change set that would be executed; nothing was changed.
    Stale,
    /// The operation failed, and CloudFormation rolled the stack back to its previous state.
    RolledBack,
    /// Another operation is in progress on the stack; trying again later can succeed.
    Busy,
    /// The operation failed, could not be rolled back, and requires manual intervention.
    Stuck,
    /// The operation ended early: some stacks were deployed, others were not. [`Error::stacks`] has the state of each.
    Partial,
    /// Credentials are missing, expired, of another account, or lack a permission.
    Credentials,
    /// The program stopped watching, on request or for lack of replies, before the operation ended in AWS.
    Interrupted,
}

/// Error of an operation, with at least one finding for people and a [`Class`] for scripts.
#[derive(Debug)]
pub struct Error {
    /// Class of the error, which decides the exit code of the command line.
    pub class: Class,
    /// Findings with cause, place and remedy. The first one is the cause, later ones add consequences.
    pub findings: Vec<Diagnostic>,
    /// State of each stack, for a deployment that failed after the first stack had begun.
    pub stacks: Vec<StackReached>,
    source: Option<Box<ApiError>>,
}

impl Error {
    /// Creates an error of a class from one finding, without stack states and API error.
    pub fn new(class: Class, finding: Diagnostic) -> Self {
        Self {
            class,
            findings: vec![finding],
            stacks: Vec::new(),
            source: None,
        }
    }

    /// Creates an error of a class from several findings, of which the first is the cause.
    pub fn from_findings(class: Class, findings: Vec<Diagnostic>) -> Self {
        Self {
            class,
            findings,
            stacks: Vec::new(),
            source: None,
        }
    }

    /// Creates an error from a failed AWS call. `doing` completes the sentence "cannot …" in the user's words, such as ``create a change set for
    /// stack `Web` ``. The class follows from the kind of the API error.
    pub fn from_api(doing: impl fmt::Display, error: ApiError) -> Self {
        let class = match error.kind {
            ApiErrorKind::NoCredentials
            | ApiErrorKind::ExpiredCredentials
            | ApiErrorKind::AccessDenied { .. } => Class::Credentials,
            ApiErrorKind::Busy => Class::Busy,
            _ => Class::Error,
        };
        Self {
            class,
            findings: vec![finding_of(&doing.to_string(), &error)],
            stacks: Vec::new(),
            source: Some(Box::new(error)),
        }
    }

    /// Joins several errors into one with the class of the first; returns `None` if the input is empty.
    pub fn join_errors(errors: impl IntoIterator<Item = Self>) -> Option<Self> {
        errors.into_iter().reduce(|first, next| {
            let findings = next.findings.into_iter();
            findings.fold(first, Self::with_finding)
        })
    }

    /// Returns the API error that caused this error, if it came from a call to AWS.
    pub fn api_error(&self) -> Option<&ApiError> {
        self.source.as_deref()
    }

    /// Returns the first finding, which is the cause; `None` only if the error was created without findings.
    pub fn finding(&self) -> Option<&Diagnostic> {
        self.findings.first()
    }

    /// Appends a finding after the existing ones, for instance about the consequences of the error.
    pub fn with_finding(mut self, finding: Diagnostic) -> Self {
        self.findings.push(finding);
        self
    }
}

impl From<AssemblyError> for Error {
    fn from(error: AssemblyError) -> Self {
        Self::new(Class::Error, error.into_finding())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.findings.first().map_or("", |finding| &finding.message))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The finding already contains the message of the API.
        self.source.as_deref().and_then(|error| error.source())
    }
}

/// Builds a finding in the user's terms: the attempted action, the reply of AWS, and a remedy.
fn finding_of(doing: &str, error: &ApiError) -> Diagnostic {
    let said = |finding: Diagnostic| {
        let mut finding = finding.note(format!(
            "{} returned an error for `{}`: {}",
            error.service, error.operation, error.message
        ));
        if let Some(id) = &error.request_id {
            finding = finding.note(format!("request id: {id}"));
        }
        finding
    };
    match &error.kind {
        ApiErrorKind::NoCredentials => Diagnostic::new(
            codes::NO_CREDENTIALS,
            format!("cannot {doing}: no AWS credentials were found"),
        )
        .note(error.message.clone())
        .help(error.help().unwrap_or("log in with `aws login` or `aws sso login`, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")),
        ApiErrorKind::ExpiredCredentials if is_clock_skew(error) => said(Diagnostic::new(
            codes::EXPIRED_CREDENTIALS,
            format!("cannot {doing}: the clock of this machine differs from that of AWS"),
        ))
        .help("correct the clock of this machine; AWS accepts a difference of at most five minutes (S3: fifteen)"),
        ApiErrorKind::ExpiredCredentials => said(Diagnostic::new(
            codes::EXPIRED_CREDENTIALS,
            format!("cannot {doing}: AWS no longer accepts the credentials"),
        ))
        .help("log in again; if that does not help, check the clock of this machine"),
        ApiErrorKind::AccessDenied { principal, action, resource } => {
            let what = action.as_deref().unwrap_or(error.operation);
            let mut finding = Diagnostic::new(
                codes::ACCESS_DENIED,
                format!("cannot {doing}: `{what}` is not permitted"),
            );
            if let Some(principal) = principal {
                finding = finding.note(format!("caller: {principal}"));
            }
            if let Some(resource) = resource {
                finding = finding.note(format!("resource: {resource}"));
            }
            said(finding).help(format!("allow `{what}` to that role, or use another role"))
        }
        ApiErrorKind::Throttled => said(Diagnostic::new(
            codes::THROTTLED,
            format!("cannot {doing}: AWS throttles the calls"),
        ))
        .help("wait a minute; other clients in this account make many calls"),
        ApiErrorKind::Network => Diagnostic::new(
            codes::NO_ANSWER,
            format!("cannot {doing}: no response from {}", error.service),
        )
        .note(error.message.clone())
        .help("check the network, AWS_ENDPOINT_URL, HTTPS_PROXY and AWS_CA_BUNDLE"),
        ApiErrorKind::Unreadable => Diagnostic::new(
            codes::NO_ANSWER,
            format!("cannot {doing}: the response of {} to `{}` cannot be read", error.service, error.operation),
        )
        .note(error.message.clone())
        .help("check AWS_ENDPOINT_URL and HTTPS_PROXY: the endpoint is not AWS, or truncates responses"),
        _ => said(Diagnostic::new(
            codes::API_REFUSED,
            format!("cannot {doing}"),
        )),
    }
}

/// Returns true if AWS refused the call because of the time in its signature. See
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html>.
fn is_clock_skew(error: &ApiError) -> bool {
    matches!(
        error.code.as_str(),
        "RequestTimeTooSkewed" | "RequestInTheFuture"
    ) || ["Signature expired", "Signature not yet current"]
        .iter()
        .any(|words| error.message.contains(words))
}

#[cfg(test)]
mod tests {
    use infra_aws::ApiError;

    use super::Error;

    #[test]
    fn distinguishes_clock_skew_from_expired_credentials() {
        let told = |code: &str, message: &str| {
            let error = ApiError::new("CloudFormation", "DescribeStacks", code, message);
            Error::from_api("describe stack `Web`", error).to_string()
        };
        let clock =
            "cannot describe stack `Web`: the clock of this machine differs from that of AWS";
        let skewed = "Signature expired: 20261130T000000Z is now earlier than 20261130T002000Z (20261130T002500Z - 5 min.)";
        assert_eq!(told("SignatureDoesNotMatch", skewed), clock);
        assert_eq!(
            told("InvalidSignatureException", "Signature not yet current: …"),
            clock
        );
        assert_eq!(
            told("RequestTimeTooSkewed", "the difference is too large"),
            clock
        );
        assert_eq!(
            told(
                "ExpiredToken",
                "The security token included in the request is expired"
            ),
            "cannot describe stack `Web`: AWS no longer accepts the credentials"
        );
    }
}
