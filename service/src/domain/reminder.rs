//! Reminders of a note: the next time, and optionally the series that provides the times after it.

use chrono::{DateTime, Datelike as _, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::recurrence::{self, FIRST_YEAR, Recurrence, Rule};
use crate::clock;
use crate::error::Error;

/// The reminder of a note: its next time and its series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reminder {
    /// Next time, or the last one if it has fired; `None` for a note without a reminder.
    pub at: Option<DateTime<Utc>>,
    /// The series that provides the following times; `None` for a single reminder.
    pub recurrence: Option<Recurrence>,
}

/// A series in a request, whose start may be left to the time of the reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The rule that selects the days, valid according to the parser of rules.
    pub rule: Rule,
    /// Time zone of its local times, from the IANA database.
    pub zone: Tz,
    /// Local time of the first occurrence; `None` to take it from the time of the reminder.
    pub start: Option<NaiveDateTime>,
}

/// A change to the reminder of a note. `None` leaves a property unchanged; `Some(None)` removes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReminderChange {
    /// New time of the reminder; with a series, the time of its next occurrence.
    pub at: Option<Option<DateTime<Utc>>>,
    /// New series of the reminder; it starts at the time in this change or in the series.
    pub series: Option<Option<Series>>,
}

impl Series {
    /// Parses a series from the texts of a request. `field` is the JSON pointer to the object, for the errors.
    ///
    /// # Errors
    ///
    /// `rule`, `time_zone` or `local_time`, for the first of the values that is invalid.
    pub fn parse(rule: &str, zone: &str, start: Option<&str>, field: &str) -> Result<Self, Error> {
        let rule = rule.parse::<Rule>().map_err(|error| {
            Error::invalid(format!("{field}/rule"), "rule", format!("the rule {error}"))
        })?;
        let zone = recurrence::find_zone(zone).ok_or_else(|| {
            let message = "is not a time zone of the IANA database, such as Europe/Berlin";
            Error::invalid(format!("{field}/timeZone"), "time_zone", message)
        })?;
        let start = start
            .map(|text| {
                recurrence::local_time(text)
                    .filter(|time| time.year() >= FIRST_YEAR)
                    .ok_or_else(|| {
                        let message = format!(
                            "is not a valid local time in or after {FIRST_YEAR}, such as 2026-01-31T09:30:00"
                        );
                        Error::invalid(format!("{field}/start"), "local_time", message)
                    })
            })
            .transpose()?;
        Ok(Self { rule, zone, start })
    }

    /// Completes the series with the time of the reminder unless the request contains a start.
    ///
    /// # Errors
    ///
    /// `required` without any start, `out_of_range` for a start before [`FIRST_YEAR`], and `never` for a series without an occurrence.
    pub fn into_recurrence(self, first: Option<DateTime<Utc>>) -> Result<Recurrence, Error> {
        let series = match (self.start, first) {
            (Some(start), _) => Recurrence {
                rule: self.rule,
                zone: self.zone,
                start,
            },
            (None, Some(first)) => Recurrence::beginning_at(self.rule, self.zone, first),
            (None, None) => {
                return Err(Error::invalid(
                    "/recurrence/start",
                    "required",
                    "is required unless `reminderAt` contains the time of the first reminder",
                ));
            }
        };
        if series.start.year() < FIRST_YEAR {
            let message = format!(
                "is before {FIRST_YEAR}; a recurring reminder must begin in or after that year"
            );
            return Err(Error::invalid("/reminderAt", "out_of_range", message));
        }
        if series.first_occurrence().is_none() {
            let message =
                "matches no day, such as the 30th of February, or ends before the first reminder";
            return Err(Error::invalid("/recurrence/rule", "never", message));
        }
        Ok(series)
    }
}

impl ReminderChange {
    /// Returns the reminder after the change. A new time without a series moves the next occurrence; removing the time ends the series.
    ///
    /// # Errors
    ///
    /// `over` for a series whose last occurrence is past, and those of [`Series::into_recurrence`].
    pub fn apply_to(self, present: Reminder, now: DateTime<Utc>) -> Result<Reminder, Error> {
        let recurrence = match (self.series, self.at) {
            (None, None) => return Ok(present),
            (None, Some(at)) => {
                return Ok(Reminder {
                    recurrence: present.recurrence.filter(|_| at.is_some()),
                    at,
                });
            }
            (Some(None), at) => {
                return Ok(Reminder {
                    at: at.unwrap_or(present.at),
                    recurrence: None,
                });
            }
            (Some(Some(series)), at) => {
                let at = at.flatten();
                if let Some(at) = at {
                    return Ok(Reminder {
                        at: Some(at),
                        recurrence: Some(series.into_recurrence(Some(at))?),
                    });
                }
                // The client sent the series back as it read it, with its current time.
                let same = |kept: &Recurrence| {
                    (&kept.rule, kept.zone) == (&series.rule, series.zone)
                        && series.start.is_none_or(|start| start == kept.start)
                };
                if present.recurrence.as_ref().is_some_and(same) && self.at.is_none() {
                    return Ok(present);
                }
                series.into_recurrence(present.at)?
            }
        };
        let next = recurrence.next_after(now).ok_or_else(|| {
            let message = "has no further reminder: the last one is in the past";
            Error::invalid("/recurrence/rule", "over", message)
        })?;
        Ok(Reminder {
            at: Some(next),
            recurrence: Some(recurrence),
        })
    }
}

impl Reminder {
    /// Returns the reminder after it has fired: moved to the next occurrence after `now`, skipping those that were missed, or the same time without a
    /// series if it has ended.
    pub fn advance_after(&self, now: DateTime<Utc>) -> Self {
        let after = self.at.map_or(now, |at| Ord::max(at, now));
        let next = self
            .recurrence
            .as_ref()
            .and_then(|series| series.next_after(after));
        Self {
            at: next.or(self.at),
            recurrence: self.recurrence.clone().filter(|_| next.is_some()),
        }
    }

    /// Adjusts an imported reminder: its past times count as fired at their origin, so that a series continues with its next occurrence.
    pub fn adjust_imported(self, now: DateTime<Utc>) -> Self {
        let next = |series: &Recurrence| series.next_after(now);
        match (&self.recurrence, self.at) {
            (Some(series), None) => Self {
                at: next(series)
                    .or_else(|| series.first_occurrence())
                    .map(clock::truncate_to_micros),
                recurrence: self
                    .recurrence
                    .clone()
                    .filter(|series| next(series).is_some()),
            },
            (Some(_), Some(at)) if at <= now => self.advance_after(now),
            _ => self,
        }
    }
}
