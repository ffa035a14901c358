//! Faults of calls to AWS, and the conditions under which they occur.

use std::time::Duration;

use time::OffsetDateTime;

use super::clock::START;
use infra_aws::{ApiError, ApiErrorKind};

/// Fault of a call, injected with [`FakeCloud::inject`](crate::FakeCloud::inject_fault).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// The service throttles the call with the error `Throttling: Rate exceeded`; retries can succeed.
    Throttled,
    /// The service fails with the internal error `InternalFailure`; retries can succeed.
    Server,
    /// The request does not arrive, so that it has no effect; the caller gets a network error.
    NetworkLost,
    /// The request takes effect, but its reply is lost; the caller gets a network error.
    ReplyLost,
    /// The request takes effect, and its reply cannot be parsed, like the error page of a proxy.
    Unreadable,
    /// The caller lacks the permission for the operation and gets `AccessDenied` with principal and action.
    AccessDenied,
    /// The credentials of the caller have expired, and the service returns `ExpiredToken`.
    ExpiredCredentials,
    /// The profile uses IAM Identity Center, and its session has expired or was never started.
    SsoSignedOut,
    /// The service refuses the call with this error code and message.
    Rejected {
        /// Error code of the service, such as `ValidationError`.
        code: String,
        /// Error message, as the service would return it in its reply.
        message: String,
    },
}

/// Condition under which a fault occurs. Times are relative to the start of the fake.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FaultTiming {
    /// The next calls of the operation, as many as this number.
    Next(u32),
    /// A number of calls, after a number of calls that do not have the fault.
    After {
        /// Number of calls of the operation that do not have the fault.
        passing: u32,
        /// Number of calls of the operation after these that have the fault.
        hit: u32,
    },
    /// All calls of the operation in a period of time.
    During {
        /// Start of the period, relative to the start of the fake.
        from: Duration,
        /// Length of the period, after which calls succeed again.
        length: Duration,
    },
    /// All calls of the operation from this time on, relative to the start of the fake.
    Since(Duration),
    /// All calls of the operation, from the first one and without an end.
    Always,
}

/// Token bucket: the number of calls per second, and a burst after a pause; further calls are throttled.
#[derive(Clone, Debug)]
pub(super) struct RateLimit {
    per_second: f64,
    burst: f64,
    left: f64,
    since: OffsetDateTime,
}

impl RateLimit {
    pub(super) fn new(per_second: u32, burst: u32, now: OffsetDateTime) -> Self {
        Self {
            per_second: per_second.into(),
            burst: burst.into(),
            left: burst.into(),
            since: now,
        }
    }

    /// Returns true and takes a token if another call is allowed now.
    pub(super) fn try_take_token(&mut self, now: OffsetDateTime) -> bool {
        let passed = (now - self.since).as_seconds_f64();
        self.since = now;
        self.left = (self.left + passed * self.per_second).min(self.burst);
        let admits = self.left >= 1.0;
        if admits {
            self.left -= 1.0;
        }
        admits
    }
}

#[derive(Clone, Debug)]
pub(super) struct InjectedFault {
    /// Name of the operation; `*` matches all.
    operation: String,
    fault: Fault,
    when: FaultTiming,
}

impl InjectedFault {
    pub(super) fn new(operation: &str, fault: Fault, when: FaultTiming) -> Self {
        Self {
            operation: operation.to_owned(),
            fault,
            when,
        }
    }

    /// Returns the fault of a call, if any. Counts calls for conditions with a number.
    pub(super) fn match_call(&mut self, operation: &str, now: OffsetDateTime) -> Option<Fault> {
        if self.operation != "*" && self.operation != operation {
            return None;
        }
        let hits = match &mut self.when {
            FaultTiming::Next(left) => {
                let hits = *left > 0;
                *left = left.saturating_sub(1);
                hits
            }
            FaultTiming::After { passing, .. } if *passing > 0 => {
                *passing -= 1;
                false
            }
            FaultTiming::After { hit, .. } => {
                let hits = *hit > 0;
                *hit = hit.saturating_sub(1);
                hits
            }
            FaultTiming::During { from, length } => {
                now >= START + *from && now < START + *from + *length
            }
            FaultTiming::Since(from) => now >= START + *from,
            FaultTiming::Always => true,
        };
        hits.then(|| self.fault.clone())
    }
}

impl Fault {
    /// Returns the error that the caller receives.
    pub(super) fn to_api_error(
        &self,
        service: &'static str,
        operation: &'static str,
        principal: &str,
        resource: &str,
    ) -> ApiError {
        let answer = |code: &str, message: String| ApiError::new(service, operation, code, message);
        match self {
            Self::Throttled => answer("Throttling", "Rate exceeded".to_owned()),
            Self::Server => answer(
                "InternalFailure",
                "The request processing has failed because of an unknown error, exception or failure."
                    .to_owned(),
            ),
            Self::NetworkLost | Self::ReplyLost => ApiError::without_response(
                ApiErrorKind::Network,
                service,
                operation,
                "no response from the endpoint",
                "connection reset by peer",
            ),
            Self::Unreadable => ApiError::without_response(
                ApiErrorKind::Unreadable,
                service,
                operation,
                "the response cannot be read: unexpected end of file",
                "unexpected end of file",
            ),
            Self::AccessDenied => {
                let action = format!("{}:{operation}", iam_action_prefix(service));
                answer(
                    "AccessDenied",
                    format!(
                        "User: {principal} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action"
                    ),
                )
            }
            Self::ExpiredCredentials => answer(
                "ExpiredToken",
                "The security token included in the request is expired".to_owned(),
            ),
            Self::SsoSignedOut => ApiError::without_response(
                ApiErrorKind::NoCredentials,
                service,
                operation,
                "the SSO session has expired or is otherwise invalid",
                "token is expired",
            ),
            Self::Rejected { code, message } => answer(code, message.clone()),
        }
    }
}

/// Returns the service prefix of IAM actions.
fn iam_action_prefix(service: &str) -> &'static str {
    match service {
        "CloudFormation" => "cloudformation",
        "ECS" => "ecs",
        "CloudWatch Logs" => "logs",
        "S3" => "s3",
        "CloudFront" => "cloudfront",
        _ => "sts",
    }
}
