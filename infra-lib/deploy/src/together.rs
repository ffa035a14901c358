//! Runs futures for several stacks concurrently in one task.

use std::future::Future;

use crate::error::Error;

/// Runs all futures concurrently in the current task, and returns their results in input order.
pub(crate) fn run_concurrently<T, F>(
    work: impl IntoIterator<Item = F>,
) -> impl Future<Output = Vec<T>>
where
    F: Future<Output = T>,
{
    // Collected before the first poll: a future that holds the iterator is not `Send` where its closure borrows.
    let mut running: Vec<_> = work
        .into_iter()
        .map(|future| Some(Box::pin(future)))
        .collect();
    let mut done: Vec<Option<T>> = running.iter().map(|_| None).collect();
    async move {
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
}

/// Returns all values, or one error with the findings of all errors and the class of the first.
pub(crate) fn collect_results<T>(results: Vec<Result<T, Error>>) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    let mut failed: Option<Error> = None;
    for result in results {
        match (result, &mut failed) {
            (Ok(value), _) => found.push(value),
            (Err(error), None) => failed = Some(error),
            (Err(error), Some(first)) => first.findings.extend(error.findings),
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(found),
    }
}
