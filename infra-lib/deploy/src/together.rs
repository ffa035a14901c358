//! Work on several stacks at the same time, in one task.

use std::future::Future;

use crate::error::Error;

/// Runs these together, in one task, and answers in their order.
pub(crate) fn together<T, F>(work: impl IntoIterator<Item = F>) -> impl Future<Output = Vec<T>>
where
    F: Future<Output = T>,
{
    // Made before the first poll: a future that held the iterator would not be `Send` wherever its closure borrows.
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

/// All of them, or everything that went wrong.
pub(crate) fn all<T>(results: Vec<Result<T, Error>>) -> Result<Vec<T>, Error> {
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
