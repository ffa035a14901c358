//! Reminders of a note: a time, and perhaps a series from which the next one comes.

use chrono::{DateTime, Datelike as _, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::recurrence::{self, FIRST_YEAR, Recurrence, Rule};
use crate::clock;
use crate::error::Error;

/// The reminders of a note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reminder {
    /// The next time, or the last one if it has reminded.
    pub at: Option<DateTime<Utc>>,
    /// The series that the next ones come from.
    pub recurrence: Option<Recurrence>,
}

/// A series that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The days.
    pub rule: Rule,
    /// The zone of its local times.
    pub zone: Tz,
    /// The local time of the first one; that of the reminder if none is named.
    pub start: Option<NaiveDateTime>,
}

/// A change of reminders; none of a property leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReminderChange {
    /// Another time, or none.
    pub at: Option<Option<DateTime<Utc>>>,
    /// Another series, or none.
    pub series: Option<Option<Series>>,
}

impl Series {
    /// A series from the texts that a client sends; `field` is the pointer to the object.
    pub fn parse(rule: &str, zone: &str, start: Option<&str>, field: &str) -> Result<Self, Error> {
        let rule = rule.parse::<Rule>().map_err(|error| {
            Error::invalid(format!("{field}/rule"), "rule", format!("the rule {error}"))
        })?;
        let zone = recurrence::named(zone).ok_or_else(|| {
            let message = "is no name of a time zone of the IANA database, as Europe/Berlin";
            Error::invalid(format!("{field}/timeZone"), "time_zone", message)
        })?;
        let start = start
            .map(|text| {
                recurrence::local_time(text)
                    .filter(|time| time.year() >= FIRST_YEAR)
                    .ok_or_else(|| {
                        let message = format!(
                            "is no local time in or after {FIRST_YEAR}, as 2026-01-31T09:30:00"
                        );
                        Error::invalid(format!("{field}/start"), "local_time", message)
                    })
            })
            .transpose()?;
        Ok(Self { rule, zone, start })
    }

    /// The series, beginning at this time where it does not say itself; refused if it never reminds.
    pub fn beginning(self, first: Option<DateTime<Utc>>) -> Result<Recurrence, Error> {
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
                    "is needed where `reminderAt` does not say when the first reminder is",
                ));
            }
        };
        if series.start.year() < FIRST_YEAR {
            let message = format!("is before {FIRST_YEAR}; a series begins later");
            return Err(Error::invalid("/reminderAt", "out_of_range", message));
        }
        if series.first().is_none() {
            let message = "names no day, as the 30th of February, or ends before it begins";
            return Err(Error::invalid("/recurrence/rule", "never", message));
        }
        Ok(series)
    }
}

impl ReminderChange {
    /// The reminders after the change. A time alone moves the next reminder of a series, and no time ends it.
    pub fn apply(self, present: Reminder, now: DateTime<Utc>) -> Result<Reminder, Error> {
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
                        recurrence: Some(series.beginning(Some(at))?),
                    });
                }
                // Sent back as it was read, with the time that it has by now.
                let same = |kept: &Recurrence| {
                    (&kept.rule, kept.zone) == (&series.rule, series.zone)
                        && series.start.is_none_or(|start| start == kept.start)
                };
                if present.recurrence.as_ref().is_some_and(same) && self.at.is_none() {
                    return Ok(present);
                }
                series.beginning(present.at)?
            }
        };
        let next = recurrence.next_after(now).ok_or_else(|| {
            let message = "is over: its last reminder is past";
            Error::invalid("/recurrence/rule", "over", message)
        })?;
        Ok(Reminder {
            at: Some(next),
            recurrence: Some(recurrence),
        })
    }
}

impl Reminder {
    /// The reminders after this one has fired: the next time that is still to come, however many were missed, or the same time and no series.
    pub fn fired(&self, now: DateTime<Utc>) -> Self {
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

    /// Reminders that come from elsewhere: a time that is past has reminded there, so that a series goes on with the next.
    pub fn brought(self, now: DateTime<Utc>) -> Self {
        let next = |series: &Recurrence| series.next_after(now);
        match (&self.recurrence, self.at) {
            (Some(series), None) => Self {
                at: next(series).or_else(|| series.first()).map(clock::kept),
                recurrence: self
                    .recurrence
                    .clone()
                    .filter(|series| next(series).is_some()),
            },
            (Some(_), Some(at)) if at <= now => self.fired(now),
            _ => self,
        }
    }
}
