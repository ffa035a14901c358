//! Checks of the database for operators (`notes doctor`): a query, a write that is rolled back, and the difference of clocks.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Store;
use crate::clock;
use crate::error::Error;

/// The clock with the largest difference from the clock of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FurthestClock {
    /// The clock of the process that wrote the latest change of an account.
    NewestChange,
    /// The clock of the database server.
    Server,
}

impl Store {
    /// Returns true for a PostgreSQL server, false for an SQLite file.
    pub fn is_server(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }

    /// Runs a trivial query; succeeds if the database answers.
    pub async fn ping_database(&self) -> Result<(), Error> {
        self.db().execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Writes a row and rolls it back; succeeds if the database accepts writes.
    pub async fn try_write(&self) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        tx.execute_unprepared("INSERT INTO counters (name, value) VALUES ('doctor', 0)")
            .await?;
        tx.rollback().await?;
        Ok(())
    }

    /// Returns the clock with the largest difference from the clock of this machine, and that difference. Only times in the future count for the
    /// latest change.
    pub async fn clock_difference(&self) -> Result<(FurthestClock, TimeDelta), Error> {
        let now = clock::now();
        let newest = self.query_time("SELECT MAX(updated_at) FROM users").await?;
        let ahead = newest.map_or(TimeDelta::zero(), |newest| newest - now);
        if self.is_server() {
            let theirs = self.query_time("SELECT clock_timestamp()").await?;
            let apart = theirs.map_or(TimeDelta::zero(), |theirs| (theirs - clock::now()).abs());
            if apart > ahead {
                return Ok((FurthestClock::Server, apart));
            }
        }
        Ok((FurthestClock::NewestChange, ahead))
    }

    async fn query_time(&self, sql: &str) -> Result<Option<DateTime<Utc>>, Error> {
        let asked = Statement::from_string(self.backend(), sql);
        let row = self.db().query_one_raw(asked).await?;
        let time: Option<Option<DateTime<Utc>>> =
            row.map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(time.flatten())
    }
}
