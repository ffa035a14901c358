//! Calls that outlast throttling and a lost network: what cannot be answered now is asked again.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::event::Event;
use crate::operation::Reporter;
use crate::watch::Pace;
use infra_aws::{ApiError, Page};

/// For so long a call is made again before it counts as failed. Throttling of a busy account and a router that starts
/// anew are over by then.
const PATIENCE: Duration = Duration::from_mins(3);

/// How calls are made.
#[derive(Clone, Debug)]
pub(crate) struct Calls {
    pub(crate) reporter: Reporter,
    pub(crate) pace: Arc<Pace>,
}

impl Calls {
    /// Makes a call that may be made twice.
    pub(crate) async fn call<T, F>(&self, mut call: impl FnMut() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let started = Instant::now();
        let mut wait = Duration::from_secs(1);
        let mut missing = None;
        loop {
            self.pace.turn().await;
            let answer = call().await;
            // A refusal is an answer too.
            if let Some(operation) = missing.take()
                && !answer.as_ref().is_err_and(ApiError::is_transient)
            {
                self.reporter.send(Event::Answered {
                    operation,
                    after_secs: started.elapsed().as_secs(),
                });
            }
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if !error.is_transient() || started.elapsed() + wait > PATIENCE {
                return Err(error);
            }
            missing = Some(error.operation.to_owned());
            self.reporter.send(Event::Retrying {
                operation: error.operation.to_owned(),
                reason: error.message,
                since_secs: started.elapsed().as_secs(),
            });
            sleep(wait).await;
            wait = (wait * 2).min(Duration::from_secs(15));
        }
    }

    /// Every page.
    pub(crate) async fn pages<T, F>(
        &self,
        mut page: impl FnMut(Option<String>) -> F,
    ) -> Result<Vec<T>, ApiError>
    where
        F: Future<Output = Result<Page<T>, ApiError>>,
    {
        let mut found = Vec::new();
        let mut next = None;
        loop {
            let answer = self.call(|| page(next.clone())).await?;
            found.extend(answer.items);
            next = answer.next;
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Runs these together, in one task, and answers in their order.
pub(crate) async fn together<T>(work: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<_> = work
        .into_iter()
        .map(|future| Some(Box::pin(future)))
        .collect();
    let mut done: Vec<Option<T>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut all = true;
        for (slot, answer) in running.iter_mut().zip(&mut done) {
            let Some(future) = slot else { continue };
            match future.as_mut().poll(context) {
                std::task::Poll::Ready(value) => {
                    *answer = Some(value);
                    *slot = None;
                }
                std::task::Poll::Pending => all = false,
            }
        }
        if all {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
