//! The time, in the precision that both databases keep.

use chrono::{DateTime, SubsecRound, Utc};

/// The time now, in microseconds: PostgreSQL keeps no more, and a value that changes on its way through the database would change ETags
/// and cursors.
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
