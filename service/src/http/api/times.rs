//! Serializes times like `chrono` does, in a fifth of the time: a list of notes contains two times per note.

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use serde::ser::Error as _;
use serde::{Serialize as _, Serializer};

use crate::clock;

/// Length in bytes of the longest text: `2026-01-31T09:30:00.123456789Z`.
const LONGEST: usize = 30;

/// Serializes a time as RFC 3339 in UTC, with 0, 3, 6 or 9 fractional digits: the fewest that keep its precision.
pub(super) fn serialize<S: Serializer>(
    time: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let nanos = time.nanosecond();
    let year = u32::try_from(time.year()).unwrap_or_default();
    // Years with a sign and leap seconds are rare.
    if !clock::is_in_range(*time) || nanos >= 1_000_000_000 {
        return time.serialize(serializer);
    }
    let mut text = Text::default();
    text.push_number(year, 4);
    for (sign, number) in [
        (b'-', time.month()),
        (b'-', time.day()),
        (b'T', time.hour()),
        (b':', time.minute()),
        (b':', time.second()),
    ] {
        text.push_byte(sign);
        text.push_number(number, 2);
    }
    if nanos > 0 {
        text.push_byte(b'.');
        match (nanos % 1_000_000, nanos % 1_000) {
            (0, _) => text.push_number(nanos / 1_000_000, 3),
            (_, 0) => text.push_number(nanos / 1_000, 6),
            _ => text.push_number(nanos, 9),
        }
    }
    text.push_byte(b'Z');
    let text = std::str::from_utf8(&text.bytes[..text.length]).map_err(S::Error::custom)?;
    serializer.serialize_str(text)
}

/// Serializes an optional time as [`serialize`] does, and an absent one as null.
#[expect(clippy::ref_option, reason = "serde hands it over like this")]
pub(super) fn optional<S: Serializer>(
    time: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serialize(time, serializer),
        None => serializer.serialize_none(),
    }
}

/// Text buffer of fixed capacity on the stack.
#[derive(Default)]
struct Text {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Text {
    fn push_byte(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    /// Appends a number with this many decimal digits, padded with zeros.
    fn push_number(&mut self, number: u32, digits: usize) {
        let mut rest = number;
        for at in (self.length..self.length + digits).rev() {
            self.bytes[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
        self.length += digits;
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn serializes_times_like_chrono() {
        let written = |time: DateTime<Utc>| {
            let mut json = Vec::new();
            serialize(&time, &mut serde_json::Serializer::new(&mut json)).unwrap();
            String::from_utf8(json).unwrap()
        };
        let mut times: Vec<DateTime<Utc>> = [
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "-0001-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "2016-12-31T23:59:60.5Z",
            "2024-02-29T12:00:00.001Z",
            "2026-01-31T09:30:00.000001Z",
            "2026-01-31T09:30:00.100000001Z",
        ]
        .map(|time| time.parse().unwrap())
        .to_vec();
        let mut random = 7_i64;
        for _ in 0..5_000 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let parts = [1_000_000_000, 1_000_000, 1_000, 1];
            let part = parts[usize::try_from(random.rem_euclid(4)).unwrap()];
            let nanos = random.rem_euclid(1_000_000_000) / part * part;
            let time = DateTime::UNIX_EPOCH + TimeDelta::seconds(random >> 30);
            times.push(time + TimeDelta::nanoseconds(nanos));
        }
        for time in times {
            assert_eq!(written(time), serde_json::to_string(&time).unwrap());
        }
    }
}
