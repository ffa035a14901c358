//! Converts times of the SDK into [`OffsetDateTime`].

use ::time::OffsetDateTime;
use aws_smithy_types::DateTime;

/// Converts a time, or returns `None` if it is missing or outside the calendar.
pub(super) fn convert_time(value: Option<DateTime>) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(value?.as_nanos()).ok()
}

/// Converts a time that the API always returns. A missing value becomes the start of 1970.
pub(super) fn time_or_epoch(value: Option<DateTime>) -> OffsetDateTime {
    convert_time(value).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Converts milliseconds since 1970, the format of CloudWatch Logs.
pub(super) fn convert_milliseconds(value: Option<i64>) -> OffsetDateTime {
    time_or_epoch(value.map(DateTime::from_millis))
}
