//! The time of the fake: a fixed start, and from then on what tokio's clock counts.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

/// When every fake begins: 2026-03-02 09:00:00 UTC.
pub const START: OffsetDateTime = match OffsetDateTime::from_unix_timestamp(1_772_442_000) {
    Ok(time) => time,
    Err(_) => OffsetDateTime::UNIX_EPOCH,
};

/// Counts on over several runtimes, each of which has a clock of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    elapsed: Duration,
    last: Option<(Id, Instant)>,
}

impl Clock {
    /// The time. Outside of a runtime it stands still.
    pub(super) fn now(&mut self) -> OffsetDateTime {
        if let Ok(handle) = Handle::try_current() {
            let (id, instant) = (handle.id(), Instant::now());
            if let Some((known, last)) = self.last
                && known == id
            {
                self.elapsed += instant.saturating_duration_since(last);
            }
            self.last = Some((id, instant));
        }
        START + self.elapsed
    }

    /// Lets time pass.
    pub(super) fn advance(&mut self, by: Duration) {
        self.elapsed += by;
    }
}
