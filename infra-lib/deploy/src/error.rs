//! Errors of operations that did not do what was asked: findings for people, a class for scripts.

use std::error::Error as StdError;
use std::fmt;

use infra_core::{Diagnostic, codes};
use infra_template::assembly::AssemblyError;

use infra_aws::{ApiError, ApiErrorKind};

use crate::reached::StackReached;

/// Class of an [`Error`], by the reaction that a script can have; each has an exit code of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// Something is wrong, and nothing was changed.
    Error,
    /// An approval or the data-loss stop keeps it from going on; nothing was changed.
    Blocked,
    /// The reviewed plan is not what would be executed; nothing was changed.
    Stale,
    /// The operation failed, and everything is as it was before.
    RolledBack,
    /// Another operation is under way.
    Busy,
    /// The operation failed, and a person has to decide what next.
    Stuck,
    /// The operation ended early: some stacks were executed, and others were not.
    Partial,
    /// Credentials are missing or have expired, or a permission is missing.
    Credentials,
    /// The program ended, by the user or for lack of answers, before the operation in AWS did.
    Interrupted,
}

/// Error of an operation that did not do what was asked.
#[derive(Debug)]
pub struct Error {
    /// The class, which is the reaction that a script can have.
    pub class: Class,
    /// Findings with what is wrong, where, and what to do: the first is the cause.
    pub findings: Vec<Diagnostic>,
    /// The state of each stack, where a deployment ended after it had begun with one.
    pub stacks: Vec<StackReached>,
    source: Option<Box<ApiError>>,
}

impl Error {
    /// That finding.
    pub fn new(class: Class, finding: Diagnostic) -> Self {
        Self {
            class,
            findings: vec![finding],
            stacks: Vec::new(),
            source: None,
        }
    }

    /// Several findings; the first is the cause.
    pub fn all(class: Class, findings: Vec<Diagnostic>) -> Self {
        Self {
            class,
            findings,
            stacks: Vec::new(),
            source: None,
        }
    }

    /// An API did not do what it was asked: `doing` says in the user's words what for, such as
    /// ``create a change set for stack `Web` ``.
    pub fn api(doing: impl fmt::Display, error: ApiError) -> Self {
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

    /// Several errors as one, with the class of the first; `None` of none.
    pub fn join(errors: impl IntoIterator<Item = Self>) -> Option<Self> {
        errors.into_iter().reduce(|first, next| {
            let findings = next.findings.into_iter();
            findings.fold(first, Self::with)
        })
    }

    /// Returns the answer of the API, where it was an API.
    pub fn api_error(&self) -> Option<&ApiError> {
        self.source.as_deref()
    }

    /// The cause.
    pub fn finding(&self) -> Option<&Diagnostic> {
        self.findings.first()
    }

    /// Adds a finding behind the others.
    pub fn with(mut self, finding: Diagnostic) -> Self {
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
        // The finding already says what the API said.
        self.source.as_deref().and_then(|error| error.source())
    }
}

/// In the user's words: what was being done, what AWS said, what helps.
fn finding_of(doing: &str, error: &ApiError) -> Diagnostic {
    let said = |finding: Diagnostic| {
        let mut finding = finding.note(format!(
            "{} answered `{}` with: {}",
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
            format!("cannot {doing}: there are no AWS credentials"),
        )
        .note(error.message.clone())
        .help(error.help().unwrap_or("log in with `aws login` or `aws sso login`, name a profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")),
        ApiErrorKind::ExpiredCredentials if is_clock_skew(error) => said(Diagnostic::new(
            codes::EXPIRED_CREDENTIALS,
            format!("cannot {doing}: the clock of this machine is not that of AWS"),
        ))
        .help("set the clock of this machine; AWS takes calls that are at most five minutes off (for signatures of S3, fifteen)"),
        ApiErrorKind::ExpiredCredentials => said(Diagnostic::new(
            codes::EXPIRED_CREDENTIALS,
            format!("cannot {doing}: AWS does not accept the credentials any more"),
        ))
        .help("log in again; if that changes nothing, check the clock of this machine"),
        ApiErrorKind::AccessDenied { principal, action, resource } => {
            let what = action.as_deref().unwrap_or(error.operation);
            let mut finding = Diagnostic::new(
                codes::ACCESS_DENIED,
                format!("cannot {doing}: `{what}` is not permitted"),
            );
            if let Some(principal) = principal {
                finding = finding.note(format!("asked as: {principal}"));
            }
            if let Some(resource) = resource {
                finding = finding.note(format!("on: {resource}"));
            }
            said(finding).help(format!("allow `{what}` to that role, or use another role"))
        }
        ApiErrorKind::Throttled => said(Diagnostic::new(
            codes::THROTTLED,
            format!("cannot {doing}: AWS refuses further calls for now"),
        ))
        .help("wait a minute; something else in this account makes many calls"),
        ApiErrorKind::Network => Diagnostic::new(
            codes::NO_ANSWER,
            format!("cannot {doing}: no answer from {}", error.service),
        )
        .note(error.message.clone())
        .help("check the network, AWS_ENDPOINT_URL, HTTPS_PROXY and AWS_CA_BUNDLE"),
        ApiErrorKind::Unreadable => Diagnostic::new(
            codes::NO_ANSWER,
            format!("cannot {doing}: the reply of {} to `{}` cannot be read", error.service, error.operation),
        )
        .note(error.message.clone())
        .help("check AWS_ENDPOINT_URL and HTTPS_PROXY: what replies there is not AWS, or cuts its replies off"),
        _ => said(Diagnostic::new(
            codes::API_REFUSED,
            format!("cannot {doing}"),
        )),
    }
}

/// Returns true for an answer that names the time of the call as the cause.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html>
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
    fn a_wrong_clock_is_told_from_expired_credentials() {
        let told = |code: &str, message: &str| {
            let error = ApiError::new("CloudFormation", "DescribeStacks", code, message);
            Error::api("look at stack `Web`", error).to_string()
        };
        let clock = "cannot look at stack `Web`: the clock of this machine is not that of AWS";
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
            "cannot look at stack `Web`: AWS does not accept the credentials any more"
        );
    }
}
