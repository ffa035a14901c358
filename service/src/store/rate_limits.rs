//! Counts attempts, for all replicas together.
//!
//! The generic cell rate algorithm: a key has a time at which its next attempt would arrive if attempts came evenly. An attempt that is too far
//! ahead of that time is refused, and moves nothing; any other moves the time on by one interval. That is one number a key, one statement an
//! attempt, and no moment at which all attempts come back at once.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::Store;
use super::entity::rate_limit;
use crate::auth::rates::{Kind, Rate, known_key};
use crate::clock;
use crate::error::{Code, Error};

/// Takes one attempt. `RETURNING` sees the new row only, so the row says by its lowest bit what was decided: intervals are even, and a refusal
/// leaves an odd number. No attempt moves the time further ahead than the rate allows: a time beyond that was written by a clock that was wrong,
/// and is taken back. The expressions are of integers, which both databases compute alike.
const ATTEMPT: &str = "\
    INSERT INTO rate_limits (key, arrives_at) VALUES ($1, $2 + $3) \
    ON CONFLICT (key) DO UPDATE SET arrives_at = CASE \
        WHEN rate_limits.arrives_at <= $2 THEN $2 + $3 \
        WHEN (rate_limits.arrives_at & -2) - $2 <= $4 THEN (rate_limits.arrives_at & -2) + $3 \
        WHEN rate_limits.arrives_at > $2 + $4 + $3 THEN ($2 + $4 + $3) | 1 \
        ELSE rate_limits.arrives_at | 1 END \
    RETURNING arrives_at";

impl Store {
    /// Takes one attempt of this kind by this value (an address, a name, a user) at this time, or says when the next one is possible.
    pub async fn attempt(
        &self,
        kind: Kind,
        value: &str,
        rate: Rate,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let now = now.timestamp_micros();
        let (now, interval, tolerance) = (now & !1, rate.interval(), rate.tolerance());
        let values = [
            kind.key(value).into(),
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

    /// Remembers that a value is known until a time from now.
    pub async fn remember_known(&self, value: &str, time: TimeDelta) -> Result<(), Error> {
        const SQL: &str = "INSERT INTO rate_limits (key, arrives_at) VALUES ($1, $2) \
                           ON CONFLICT (key) DO UPDATE SET arrives_at = excluded.arrives_at";
        let until = (clock::now() + time).timestamp_micros();
        let values = [known_key(value).into(), until.into()];
        let known = Statement::from_sql_and_values(self.backend(), SQL, values);
        self.db().execute_raw(known).await?;
        Ok(())
    }

    /// Whether a value is known.
    pub async fn is_known(&self, value: &str) -> Result<bool, Error> {
        let known = rate_limit::Entity::find_by_id(known_key(value))
            .one(self.db())
            .await?;
        Ok(known.is_some_and(|known| known.arrives_at > clock::now().timestamp_micros()))
    }
}
