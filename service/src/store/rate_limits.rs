//! Rate limits for attempts, shared by all replicas.
//!
//! The implementation is the generic cell rate algorithm (GCRA): each key stores the time at which its next attempt would arrive if attempts came
//! evenly. An attempt too far ahead of that time is rejected and changes nothing; any other attempt moves the time by one interval. That needs one
//! number per key and one statement per attempt, and has no moment at which all attempts become available at once.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::Store;
use super::entity::rate_limit;
use crate::auth::rates::{Kind, Rate, known_key};
use crate::clock;
use crate::error::{Code, Error};

/// Records one attempt. `RETURNING` sees the new row only, so the lowest bit of the number holds the decision: intervals are even, and a rejection
/// leaves an odd number. A time beyond what the rate allows comes from a wrong clock, and is corrected. All expressions are on integers, which both
/// databases evaluate alike.
const ATTEMPT: &str = "\
    INSERT INTO rate_limits (key, arrives_at) VALUES ($1, $2 + $3) \
    ON CONFLICT (key) DO UPDATE SET arrives_at = CASE \
        WHEN rate_limits.arrives_at <= $2 THEN $2 + $3 \
        WHEN (rate_limits.arrives_at & -2) - $2 <= $4 THEN (rate_limits.arrives_at & -2) + $3 \
        WHEN rate_limits.arrives_at > $2 + $4 + $3 THEN ($2 + $4 + $3) | 1 \
        ELSE rate_limits.arrives_at | 1 END \
    RETURNING arrives_at";

impl Store {
    /// Records an attempt of this kind by this value (an address, a name or a user).
    ///
    /// # Errors
    ///
    /// `rate_limited` if the rate is exceeded, with the number of seconds until the next attempt.
    pub async fn record_attempt(
        &self,
        kind: Kind,
        value: &str,
        rate: Rate,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let now = now.timestamp_micros();
        let (now, interval, tolerance) =
            (now & !1, rate.interval_micros(), rate.tolerance_micros());
        let values = [
            kind.database_key(value).into(),
            now.into(),
            interval.into(),
            tolerance.into(),
        ];
        let attempt = Statement::from_sql_and_values(self.backend(), ATTEMPT, values);
        let row = self
            .db()
            .query_one_raw(attempt)
            .await?
            .ok_or_else(|| Error::internal("an upsert returned no row"))?;
        let arrives_at: i64 = row.try_get_by_index(0)?;
        if arrives_at & 1 == 0 {
            return Ok(());
        }
        let wait = u64::try_from(arrives_at - now - tolerance).unwrap_or_default();
        let seconds = Duration::from_micros(wait).as_secs() + 1;
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        Err(Error::new(Code::RateLimited)
            .detail(format!("try again in {seconds} s"))
            .retry_after(seconds))
    }

    /// Remembers a value as known for a period of time from now.
    pub async fn remember_known(&self, value: &str, time: TimeDelta) -> Result<(), Error> {
        const SQL: &str = "INSERT INTO rate_limits (key, arrives_at) VALUES ($1, $2) \
                           ON CONFLICT (key) DO UPDATE SET arrives_at = excluded.arrives_at";
        let until = (clock::now() + time).timestamp_micros();
        let values = [known_key(value).into(), until.into()];
        let known = Statement::from_sql_and_values(self.backend(), SQL, values);
        self.db().execute_raw(known).await?;
        Ok(())
    }

    /// Returns true if the value was remembered as known, and the period has not ended.
    pub async fn is_known(&self, value: &str) -> Result<bool, Error> {
        let known = rate_limit::Entity::find_by_id(known_key(value))
            .one(self.db())
            .await?;
        Ok(known.is_some_and(|known| known.arrives_at > clock::now().timestamp_micros()))
    }
}
