//! Long-running work as one value: a stream of events, followed by the result.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{Error, Event};

/// Long-running work that streams its [`Event`]s and resolves to its result. Nothing runs until it is polled; dropping it stops the work between two
/// AWS calls.
///
/// Await it for the result alone, or call [`next`](Operation::next) until it returns `None` and then await it.
#[must_use = "nothing happens unless it is polled"]
pub struct Operation<T> {
    work: Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>,
    events: UnboundedReceiver<Event>,
    /// Result of the work, kept until all earlier events are read.
    result: Option<Result<T, Error>>,
    finished: bool,
}

/// Sender of the events of an [`Operation`], which its work receives; can be cloned for concurrent work.
#[derive(Clone, Debug)]
pub struct Reporter(UnboundedSender<Event>);

impl Reporter {
    /// Creates a reporter that discards all events.
    pub(crate) fn new_silent() -> Self {
        Self(unbounded_channel().0)
    }

    /// Sends an event to the reader of the operation. Does nothing if the operation is no longer read.
    pub fn send_event(&self, event: Event) {
        let _ = self.0.send(event);
    }
}

impl<T> Operation<T> {
    /// Creates an operation from a closure that receives the reporter and returns the work.
    pub fn new<F>(run: impl FnOnce(Reporter) -> F) -> Self
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let (sender, events) = unbounded_channel();
        Self {
            work: Box::pin(run(Reporter(sender))),
            events,
            result: None,
            finished: false,
        }
    }

    /// Waits for the next event, driving the work. Returns `None` once the result is available.
    pub async fn next(&mut self) -> Option<Event>
    where
        T: Unpin,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn poll_work(&mut self, context: &mut Context<'_>) {
        if !self.finished
            && let Poll::Ready(result) = self.work.as_mut().poll(context)
        {
            self.result = Some(result);
            self.finished = true;
        }
    }
}

impl<T: Unpin> Stream for Operation<T> {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.poll_work(context);
        match self.events.poll_recv(context) {
            Poll::Ready(Some(event)) => Poll::Ready(Some(event)),
            // Finished work sends no more events, even if a reporter still exists elsewhere.
            Poll::Ready(None) | Poll::Pending if self.finished => Poll::Ready(None),
            Poll::Ready(None) | Poll::Pending => Poll::Pending,
        }
    }
}

impl<T: Unpin> Future for Operation<T> {
    type Output = Result<T, Error>;

    /// Discards events that were not read.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_work(context);
        while let Ok(event) = self.events.try_recv() {
            drop(event);
        }
        match self.result.take() {
            Some(result) => Poll::Ready(result),
            None => Poll::Pending,
        }
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("finished", &self.finished)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Operation;
    use crate::Event;

    fn build_notice(text: &str) -> Event {
        Event::Notice {
            stack: None,
            message: text.to_owned(),
        }
    }

    #[tokio::test]
    async fn yields_events_before_the_result() {
        let mut operation = Operation::new(|reporter| async move {
            reporter.send_event(build_notice("one"));
            tokio::task::yield_now().await;
            reporter.send_event(build_notice("two"));
            Ok(3)
        });
        assert_eq!(operation.next().await, Some(build_notice("one")));
        assert_eq!(operation.next().await, Some(build_notice("two")));
        assert_eq!(operation.next().await, None);
        assert_eq!(operation.await.unwrap(), 3);
    }

    #[tokio::test]
    async fn returns_result_without_reading_events() {
        let operation = Operation::new(|reporter| async move {
            reporter.send_event(build_notice("unheard"));
            Ok("done")
        });
        assert_eq!(operation.await.unwrap(), "done");
    }
}
