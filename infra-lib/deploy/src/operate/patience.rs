//! Polls AWS until an asynchronous operation has a result, with retries of transient errors.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::event::Event;
use crate::operation::Reporter;
use crate::watch::GIVE_UP_AFTER;
use infra_aws::ApiError;

/// Delays between polls in seconds, short at first because most results are available soon; the last one repeats.
const STEPS: [u64; 5] = [1, 1, 2, 3, 5];

/// Poll loop for one result.
pub(crate) struct Poller<'a> {
    reporter: &'a Reporter,
    silent_since: Instant,
    asked: usize,
}

impl<'a> Poller<'a> {
    pub(crate) fn new(reporter: &'a Reporter) -> Self {
        Self {
            reporter,
            silent_since: Instant::now(),
            asked: 0,
        }
    }

    /// Polls until `done` returns a result. Retries transient errors for up to [`GIVE_UP_AFTER`].
    pub(crate) async fn poll_until<A, R, F>(
        mut self,
        mut ask: impl FnMut() -> F,
        mut done: impl FnMut(A) -> Option<R>,
    ) -> Result<R, ApiError>
    where
        F: Future<Output = Result<A, ApiError>>,
    {
        loop {
            match ask().await {
                Ok(answer) => {
                    self.silent_since = Instant::now();
                    if let Some(result) = done(answer) {
                        return Ok(result);
                    }
                }
                Err(error)
                    if error.is_transient() && self.silent_since.elapsed() < GIVE_UP_AFTER =>
                {
                    self.reporter.send_event(Event::Retrying {
                        operation: error.operation.to_owned(),
                        reason: error.message,
                        since_secs: self.silent_since.elapsed().as_secs(),
                    });
                }
                Err(error) => return Err(error),
            }
            let step = STEPS.get(self.asked).or(STEPS.last()).copied();
            self.asked += 1;
            sleep(Duration::from_secs(step.unwrap_or(1))).await;
        }
    }
}
