//! What goes wrong between us and AWS, and when.

use std::time::Duration;

use time::OffsetDateTime;

use super::clock::START;
use infra_aws::{ApiError, ApiErrorKind};

/// What becomes of a call.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// `Throttling: Rate exceeded`.
    Throttled,
    /// The service fails: `InternalFailure`.
    Server,
    /// The request never arrives.
    NetworkLost,
    /// The request is carried out, and its reply never arrives.
    ReplyLost,
    /// The request is carried out, and its reply cannot be read: the page of a proxy.
    Unreadable,
    /// The caller lacks the permission.
    AccessDenied,
    /// `ExpiredToken`.
    ExpiredCredentials,
    /// The profile is one of IAM Identity Center, and nobody is signed in.
    SsoSignedOut,
    /// Any other refusal, by code and message.
    Refused {
        /// The code, such as `ValidationError`.
        code: String,
        /// The message.
        message: String,
    },
}

/// When a fault happens. Times count from the start of the fake.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum When {
    /// At the next so many calls.
    Next(u32),
    /// At so many calls, after letting so many pass.
    After {
        /// Calls that pass.
        passing: u32,
        /// Calls that are hit then.
        hit: u32,
    },
    /// From a time on, for so long.
    During {
        /// Since when.
        from: Duration,
        /// For how long.
        length: Duration,
    },
    /// From a time on, for ever.
    Since(Duration),
    /// At every call.
    Always,
}

/// So many calls a second, and so many at once after a pause; the others are throttled.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    per_second: f64,
    burst: f64,
    left: f64,
    since: OffsetDateTime,
}

impl Rate {
    pub(super) fn new(per_second: u32, burst: u32, now: OffsetDateTime) -> Self {
        Self {
            per_second: per_second.into(),
            burst: burst.into(),
            left: burst.into(),
            since: now,
        }
    }

    /// Whether one more call is let through now.
    pub(super) fn admits(&mut self, now: OffsetDateTime) -> bool {
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
pub(super) struct Injected {
    /// `*` for every operation.
    operation: String,
    fault: Fault,
    when: When,
}

impl Injected {
    pub(super) fn new(operation: &str, fault: Fault, when: When) -> Self {
        Self {
            operation: operation.to_owned(),
            fault,
            when,
        }
    }

    /// The fault for a call, if there is one; calls that count are counted.
    pub(super) fn hit(&mut self, operation: &str, now: OffsetDateTime) -> Option<Fault> {
        if self.operation != "*" && self.operation != operation {
            return None;
        }
        let hits = match &mut self.when {
            When::Next(left) => {
                let hits = *left > 0;
                *left = left.saturating_sub(1);
                hits
            }
            When::After { passing, .. } if *passing > 0 => {
                *passing -= 1;
                false
            }
            When::After { hit, .. } => {
                let hits = *hit > 0;
                *hit = hit.saturating_sub(1);
                hits
            }
            When::During { from, length } => now >= START + *from && now < START + *from + *length,
            When::Since(from) => now >= START + *from,
            When::Always => true,
        };
        hits.then(|| self.fault.clone())
    }
}

impl Fault {
    /// What the caller is told.
    pub(super) fn error(
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
            Self::NetworkLost | Self::ReplyLost => ApiError::no_answer(
                ApiErrorKind::Network,
                service,
                operation,
                "no answer from the endpoint",
                "connection reset by peer",
            ),
            Self::Unreadable => ApiError::no_answer(
                ApiErrorKind::Unreadable,
                service,
                operation,
                "the answer cannot be read: unexpected end of file",
                "unexpected end of file",
            ),
            Self::AccessDenied => {
                let action = format!("{}:{operation}", prefix(service));
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
            Self::SsoSignedOut => ApiError::no_answer(
                ApiErrorKind::NoCredentials,
                service,
                operation,
                "the SSO session has expired or is otherwise invalid",
                "token is expired",
            ),
            Self::Refused { code, message } => answer(code, message.clone()),
        }
    }
}

/// The name of a service in actions of IAM.
fn prefix(service: &str) -> &'static str {
    match service {
        "CloudFormation" => "cloudformation",
        "ECS" => "ecs",
        "CloudWatch Logs" => "logs",
        "S3" => "s3",
        "CloudFront" => "cloudfront",
        _ => "sts",
    }
}
