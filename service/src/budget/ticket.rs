//! The part of the budget that one request holds while it is answered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use uuid::Uuid;

use super::{Full, Hold, Key, Standing, Who};

tokio::task_local! {
    static CURRENT: Arc<Ticket>;
}

/// The place of a request, and whose request it is. Whatever runs within [`Ticket::scope`] finds it by [`Ticket::current`].
#[derive(Debug)]
pub struct Ticket {
    held: Mutex<(Who, Hold)>,
    waited: Mutex<Waited>,
}

/// The time that a request has waited for others, which is not its own.
#[derive(Debug, Default)]
struct Waited {
    before: Duration,
    since: Option<Instant>,
}

impl Ticket {
    /// The ticket of a request that has a place.
    pub fn new(who: Who, place: Hold) -> Arc<Self> {
        Arc::new(Self {
            held: Mutex::new((who, place)),
            waited: Mutex::default(),
        })
    }

    /// Runs what answers the request.
    pub async fn scope<T>(self: &Arc<Self>, answer: impl Future<Output = T>) -> T {
        CURRENT.scope(Arc::clone(self), answer).await
    }

    /// The ticket of the request that is being answered, if there is one.
    pub fn current() -> Option<Arc<Self>> {
        CURRENT.try_with(Arc::clone).ok()
    }

    /// The party that work of the current request is counted for.
    pub fn current_key() -> Key {
        Self::current().map_or(Key::Process, |ticket| ticket.who().key())
    }

    /// Names the user of the request, which takes the place out of the share of this user.
    pub fn identify(&self, user: Uuid, standing: Standing) -> Result<(), Full> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let (who, place) = &mut *held;
        let known = Who {
            user: Some(user),
            standing,
            ..*who
        };
        place.move_to(known)?;
        *who = known;
        Ok(())
    }

    /// Waits for others, for whom the time of the request does not run.
    pub async fn wait<T>(&self, others: impl Future<Output = T>) -> T {
        self.waited().since = Some(Instant::now());
        let outcome = others.await;
        let mut waited = self.waited();
        let since = waited.since.take();
        waited.before += since.map_or(Duration::ZERO, |since| since.elapsed());
        outcome
    }

    /// The time for which the request has waited for others until now.
    pub fn time_waited(&self) -> Duration {
        let waited = self.waited();
        waited.before + waited.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn waited(&self) -> MutexGuard<'_, Waited> {
        self.waited.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sender, as far as known.
    pub fn who(&self) -> Who {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).0
    }
}
