//! Retries AWS calls that fail because of throttling, a lost network or an unreadable reply.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::event::Event;
use crate::operation::Reporter;
pub(crate) use crate::together::run_concurrently;
use infra_aws::{ApiError, ApiErrorKind, Page};

/// Longest time to retry a call. Throttling in a busy account and the restart of a router are usually over within three minutes.
const PATIENCE: Duration = Duration::from_mins(3);

/// Number of attempts for a call whose reply cannot be read. A retry helps when a proxy truncated the reply, never when the endpoint speaks another
/// protocol.
const UNREADABLE_TRIES: u32 = 3;

/// Makes AWS calls with retries, and reports retries as events.
#[derive(Clone, Debug)]
pub(crate) struct Calls {
    pub(crate) reporter: Reporter,
}

impl Calls {
    /// Makes an idempotent call, and retries it with exponential backoff (1 to 15 seconds) for up to [`PATIENCE`].
    pub(crate) async fn call_with_retries<T, F>(
        &self,
        mut call: impl FnMut() -> F,
    ) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let started = Instant::now();
        let mut wait = Duration::from_secs(1);
        let mut missing = None;
        let mut unreadable = 0;
        loop {
            let answer = call().await;
            // A refusal is a reply as well.
            if let Some(operation) = missing.take()
                && !answer.as_ref().is_err_and(is_missing)
            {
                self.reporter.send_event(Event::Answered {
                    operation,
                    after_secs: started.elapsed().as_secs(),
                });
            }
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            unreadable += u32::from(error.kind == ApiErrorKind::Unreadable);
            let again = error.is_transient()
                || (error.kind == ApiErrorKind::Unreadable && unreadable < UNREADABLE_TRIES);
            if !again || started.elapsed() + wait > PATIENCE {
                return Err(error);
            }
            missing = Some(error.operation.to_owned());
            self.reporter.send_event(Event::Retrying {
                operation: error.operation.to_owned(),
                reason: error.message,
                since_secs: started.elapsed().as_secs(),
            });
            sleep(wait).await;
            wait = (wait * 2).min(Duration::from_secs(15));
        }
    }

    /// Reads all pages of a paginated call and returns their items in order.
    pub(crate) async fn read_all_pages<T, F>(
        &self,
        mut page: impl FnMut(Option<String>) -> F,
    ) -> Result<Vec<T>, ApiError>
    where
        F: Future<Output = Result<Page<T>, ApiError>>,
    {
        let mut found = Vec::new();
        let mut next = None;
        loop {
            let answer = self.call_with_retries(|| page(next.clone())).await?;
            found.extend(answer.items);
            next = answer.next;
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Returns true for an error that carries no reply of the service: transient, or unreadable.
fn is_missing(error: &ApiError) -> bool {
    error.is_transient() || error.kind == ApiErrorKind::Unreadable
}
