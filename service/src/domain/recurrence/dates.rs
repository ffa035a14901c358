//! Evaluation of rules: goes through the periods of a rule and selects the days of each.

use chrono::{Datelike as _, Days, NaiveDate, TimeDelta, Weekday};

use super::rule::{Frequency, Rule};

impl Rule {
    /// Returns the dates of the series in order, skipping those before `from`, for periods that begin by `last`. Days that the rule leaves open are
    /// taken from the start. Without a COUNT, the periods before `from` are not evaluated.
    pub(super) fn iter_dates(
        &self,
        start: NaiveDate,
        from: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        let named = SelectedDays::from_rule(self, start);
        let first = match self.count {
            None => self.period_of(start, from),
            Some(_) => 0,
        };
        let count = self.count.map_or(usize::MAX, usize::from);
        (first..)
            .map_while(move |period| self.period_start(start, period))
            .take_while(move |begin| *begin <= last)
            .flat_map(move |begin| named.days_in_period(self, begin))
            .filter(move |date| *date >= start)
            .take(count)
            .skip_while(move |date| *date < from)
    }

    /// Returns the number of the last period that begins by this date, at least 0.
    fn period_of(&self, start: NaiveDate, date: NaiveDate) -> i64 {
        let months = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
        let units = match self.frequency {
            Frequency::Daily => (date - start).num_days(),
            Frequency::Weekly => (date - self.week_of(start)).num_days().div_euclid(7),
            Frequency::Monthly => months(date) - months(start),
            Frequency::Yearly => i64::from(date.year()) - i64::from(start.year()),
        };
        Ord::max(units.div_euclid(self.interval.into()), 0)
    }

    /// Returns the first day of a period; `None` beyond the range of [`NaiveDate`].
    fn period_start(&self, start: NaiveDate, period: i64) -> Option<NaiveDate> {
        let units = period.checked_mul(self.interval.into())?;
        match self.frequency {
            Frequency::Daily => start.checked_add_signed(TimeDelta::try_days(units)?),
            Frequency::Weekly => self
                .week_of(start)
                .checked_add_signed(TimeDelta::try_weeks(units)?),
            Frequency::Monthly => {
                let months = i64::from(start.month0()).checked_add(units)?;
                let year = i64::from(start.year()).checked_add(months / 12)?;
                let month = u32::try_from(months % 12 + 1).ok()?;
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)
            }
            Frequency::Yearly => {
                let year = i64::from(start.year()).checked_add(units)?;
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)
            }
        }
    }

    fn week_of(&self, date: NaiveDate) -> NaiveDate {
        let days = date.weekday().days_since(self.week_start);
        date - TimeDelta::days(days.into())
    }
}

/// The days that a rule selects, with open parts filled in from the start of the series.
struct SelectedDays {
    months: Vec<u32>,
    month_days: Vec<i32>,
    week_days: Vec<(Option<i32>, Weekday)>,
    /// True if ordinals in BYDAY count within the year; false if they count within the month.
    within_year: bool,
}

impl SelectedDays {
    fn from_rule(rule: &Rule, start: NaiveDate) -> Self {
        let mut named = Self {
            months: rule.by_month.iter().map(|month| (*month).into()).collect(),
            month_days: rule.by_month_day.iter().map(|day| (*day).into()).collect(),
            week_days: rule
                .by_day
                .iter()
                .map(|(ordinal, day)| (ordinal.map(Into::into), *day))
                .collect(),
            within_year: rule.frequency == Frequency::Yearly && rule.by_month.is_empty(),
        };
        if named.month_days.is_empty() && named.week_days.is_empty() {
            match rule.frequency {
                Frequency::Daily => {}
                Frequency::Weekly => named.week_days.push((None, start.weekday())),
                Frequency::Monthly => named.month_days.push(start.day().cast_signed()),
                Frequency::Yearly => {
                    named.month_days.push(start.day().cast_signed());
                    if named.months.is_empty() {
                        named.months.push(start.month());
                    }
                }
            }
        }
        named
    }

    /// Returns the selected days of the period that begins at this date, in order.
    fn days_in_period(&self, rule: &Rule, begin: NaiveDate) -> Vec<NaiveDate> {
        let count = match rule.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => days_of_month(begin),
            Frequency::Yearly => days_of_year(begin),
        };
        let days: Vec<NaiveDate> = (0..count)
            .filter_map(|day| begin.checked_add_days(Days::new(u64::from(day))))
            .filter(|date| self.contains_date(*date))
            .collect();
        if rule.by_set_pos.is_empty() {
            return days;
        }
        let at = |position: i16| match usize::from(position.unsigned_abs()) {
            nth if position > 0 => nth.checked_sub(1),
            nth => days.len().checked_sub(nth),
        };
        let positions = rule.by_set_pos.iter().copied().filter_map(at);
        let mut chosen: Vec<NaiveDate> = positions
            .filter_map(|position| days.get(position).copied())
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn contains_date(&self, date: NaiveDate) -> bool {
        let month_has = || {
            let day = date.day().cast_signed();
            let from_end = day - days_of_month(date).cast_signed() - 1;
            self.month_days.contains(&day) || self.month_days.contains(&from_end)
        };
        (self.months.is_empty() || self.months.contains(&date.month()))
            && (self.month_days.is_empty() || month_has())
            && (self.week_days.is_empty() || self.has_week_day(date))
    }

    fn has_week_day(&self, date: NaiveDate) -> bool {
        let (day, days) = if self.within_year {
            (date.ordinal0(), days_of_year(date))
        } else {
            (date.day0(), days_of_month(date))
        };
        let from_begin = (day / 7 + 1).cast_signed();
        let from_end = -((days - 1 - day) / 7 + 1).cast_signed();
        self.week_days.iter().any(|(ordinal, week_day)| {
            *week_day == date.weekday()
                && ordinal.is_none_or(|nth| nth == from_begin || nth == from_end)
        })
    }
}

fn days_of_month(date: NaiveDate) -> u32 {
    date.num_days_in_month().into()
}

fn days_of_year(date: NaiveDate) -> u32 {
    if date.leap_year() { 366 } else { 365 }
}
