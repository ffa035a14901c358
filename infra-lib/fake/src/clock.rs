//! Clock of the fake, which starts at a fixed time and follows the clock of tokio.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

/// Start time of every fake, 2026-03-02 09:00:00 UTC, so that snapshots with times are stable.
pub const START: OffsetDateTime = match OffsetDateTime::from_unix_timestamp(1_772_442_000) {
    Ok(time) => time,
    Err(_) => OffsetDateTime::UNIX_EPOCH,
};

/// Clock that continues across several runtimes, each of which has its own clock.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    elapsed: Duration,
    last: Option<(Id, Instant)>,
}

impl Clock {
    /// Returns the current time, which does not advance outside of a runtime.
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

    /// Advances the time.
    pub(super) fn advance_by(&mut self, by: Duration) {
        self.elapsed += by;
    }
}
