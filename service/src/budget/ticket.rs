//! The task-local [`Ticket`], which links a request to its sender and to the part of the budget that it holds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use uuid::Uuid;

use super::{Full, Hold, Key, Requester, RequesterClass};

tokio::task_local! {
    static CURRENT: Arc<Ticket>;
}

/// Sender of a request and its place among the requests that are answered at once. Code that runs within [`Ticket::run_in_scope`] gets it with
/// [`Ticket::current`].
#[derive(Debug)]
pub struct Ticket {
    held: Mutex<(Requester, Hold)>,
    waited: Mutex<Waited>,
}

/// Time that a request has waited for other requests, which does not count towards its time limit.
#[derive(Debug, Default)]
struct Waited {
    before: Duration,
    since: Option<Instant>,
}

impl Ticket {
    /// Creates the ticket of a request from its sender and the place it has taken.
    pub fn new(who: Requester, place: Hold) -> Arc<Self> {
        Arc::new(Self {
            held: Mutex::new((who, place)),
            waited: Mutex::default(),
        })
    }

    /// Runs the future that answers the request, with this ticket as the current one.
    pub async fn run_in_scope<T>(self: &Arc<Self>, answer: impl Future<Output = T>) -> T {
        CURRENT.scope(Arc::clone(self), answer).await
    }

    /// Returns the ticket of the current request. `None` outside of [`Self::run_in_scope`], as in work of the process itself.
    pub fn current() -> Option<Arc<Self>> {
        CURRENT.try_with(Arc::clone).ok()
    }

    /// Returns the party that work of the current request is counted for, or [`Key::Process`] outside of a request.
    pub fn current_key() -> Key {
        Self::current().map_or(Key::Process, |ticket| ticket.requester().queue_key())
    }

    /// Sets the user of the request after authentication and counts its place for this user. Returns [`Full`] and changes nothing if the user has too
    /// many requests already.
    pub fn identify_user(&self, user: Uuid, standing: RequesterClass) -> Result<(), Full> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let (who, place) = &mut *held;
        let known = Requester {
            user: Some(user),
            standing,
            ..*who
        };
        place.move_to(known)?;
        *who = known;
        Ok(())
    }

    /// Waits for a future whose duration depends on other requests. The time limit of the request is suspended meanwhile.
    pub async fn wait_for_others<T>(&self, others: impl Future<Output = T>) -> T {
        self.lock_waited().since = Some(Instant::now());
        let outcome = others.await;
        let mut waited = self.lock_waited();
        let since = waited.since.take();
        waited.before += since.map_or(Duration::ZERO, |since| since.elapsed());
        outcome
    }

    /// Returns the total time that the request has waited for other requests until now.
    pub fn time_waited(&self) -> Duration {
        let waited = self.lock_waited();
        waited.before + waited.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn lock_waited(&self) -> MutexGuard<'_, Waited> {
        self.waited.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the sender of the request, as far as it is known.
    pub fn requester(&self) -> Requester {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).0
    }
}
