//! Retries and timeouts of calls.

use std::time::Duration;

use aws_sdk_cloudformation::operation::create_change_set::CreateChangeSetError;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};

/// Returns the retry configuration for reads: three attempts, because poll loops repeat them anyway.
pub(super) fn read_retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3)
}

/// Returns the retry configuration for writes: six attempts. Their idempotency tokens make retries safe.
pub(super) fn write_retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(6)
        .with_max_backoff(Duration::from_secs(15))
}

/// Returns the timeouts of a call: 5 s to connect, 30 s for each attempt, and 2 min in total.
pub(super) fn call_timeouts() -> TimeoutConfig {
    timeout_builder().build()
}

/// Returns the timeouts of an upload: those of [`timeouts`] plus one second for every 50 kB.
pub(super) fn upload_timeouts(bytes: usize) -> TimeoutConfig {
    let transfer = Duration::from_secs(bytes as u64 / 50_000);
    timeout_builder()
        .operation_attempt_timeout(Duration::from_secs(30) + transfer)
        .operation_timeout(Duration::from_mins(2) + 3 * transfer)
        .build()
}

fn timeout_builder() -> TimeoutConfigBuilder {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(30))
        .operation_timeout(Duration::from_mins(2))
}

/// Number of retries of a throttled call to CloudFormation, which take 15 s in total.
pub(super) const THROTTLED_RETRIES: u32 = 5;

/// Leaves the retries of throttled calls to CloudFormation to [`Paced`](crate::Paced), which also delays later calls. The SDK would hide the
/// throttling.
#[derive(Debug)]
pub(super) struct ThrottlingClassifier;

impl ClassifyRetry for ThrottlingClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if is_throttled(response.body().bytes()) => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "throttling is paced"
    }
}

/// Returns `true` for an XML error whose code denotes throttling.
fn is_throttled(body: Option<&[u8]>) -> bool {
    let Some(Ok(text)) = body.map(str::from_utf8) else {
        return false;
    };
    let code = text
        .split_once("<Code>")
        .and_then(|(_, rest)| rest.split_once("</Code>"));
    code.is_some_and(|(code, _)| {
        matches!(
            code.trim(),
            "Throttling" | "ThrottlingException" | "ThrottledException" | "RequestLimitExceeded"
        )
    }) && text.contains("<Error>")
}

/// Prevents retries of an exhausted quota. The SDK treats `LimitExceededException` as throttling, but `CreateChangeSet` returns it for the quota of
/// change sets, which requires deleting one.
#[derive(Debug)]
pub(super) struct QuotaClassifier;

impl ClassifyRetry for QuotaClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let refused = match context.output_or_error() {
            Some(Err(error)) => error.as_operation_error(),
            _ => None,
        };
        let code = refused
            .and_then(|error| error.downcast_ref::<CreateChangeSetError>())
            .and_then(ProvideErrorMetadata::code);
        match code {
            Some("LimitExceededException") => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "quota is no throttling"
    }
}

#[cfg(test)]
mod tests {
    use super::is_throttled;

    #[test]
    fn distinguishes_throttling_from_other_errors() {
        let error = |code: &str| {
            format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>")
        };
        for code in ["Throttling", "RequestLimitExceeded", "ThrottlingException"] {
            assert!(is_throttled(Some(error(code).as_bytes())), "{code}");
        }
        for other in [
            error("ValidationError"),
            error("LimitExceededException"),
            "<TemplateBody><Code>Throttling</Code></TemplateBody>".to_owned(),
            "Throttling".to_owned(),
        ] {
            assert!(!is_throttled(Some(other.as_bytes())), "{other}");
        }
        assert!(!is_throttled(Some(&[0xff])) && !is_throttled(None));
    }
}
