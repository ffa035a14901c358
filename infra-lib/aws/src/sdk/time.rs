//! Times of the SDK, as ours.

use ::time::OffsetDateTime;
use aws_smithy_types::DateTime;

/// That time, where there is one that a calendar has.
pub(super) fn time(value: Option<DateTime>) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(value?.as_nanos()).ok()
}

/// That time; the beginning of 1970 where the API leaves out what it always gives.
pub(super) fn time_or_epoch(value: Option<DateTime>) -> OffsetDateTime {
    time(value).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Milliseconds since 1970, as CloudWatch Logs counts.
pub(super) fn milliseconds(value: Option<i64>) -> OffsetDateTime {
    time_or_epoch(value.map(DateTime::from_millis))
}
