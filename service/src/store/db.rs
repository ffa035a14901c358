//! The connection pool, which passes statements to the database driver. Reads outside of a transaction are repeated if the connection breaks, and
//! writes may use the reserved disk space of an SQLite database.

use std::ops::{ControlFlow, Deref};
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::disk::{Disk, Room};
use super::driver;
use super::stale::RetryBudget;

/// A connection pool; clones share its connections.
#[derive(Debug, Clone)]
pub struct Db {
    pool: DatabaseConnection,
    /// The disk of an SQLite database file.
    disk: Option<Arc<Disk>>,
}

/// Evaluates an expression with the pool of either driver.
macro_rules! with_pool {
    ($db:expr, $pool:ident => $answer:expr) => {
        if $db.pool.get_database_backend() == DbBackend::Postgres {
            let $pool = $db.pool.get_postgres_connection_pool();
            $answer
        } else {
            let $pool = $db.pool.get_sqlite_connection_pool();
            $answer
        }
    };
}

impl Db {
    /// Closes the pool for all clones.
    pub async fn close(self) -> Result<(), DbErr> {
        self.pool.close().await
    }

    /// Passes the rows of a statement to `take` one by one, until it breaks. If the connection breaks, the statement is repeated: `take` receives
    /// `None` before each attempt, and discards the rows of the one before.
    pub(super) async fn for_each_row(
        &self,
        statement: Statement,
        mut take: impl FnMut(Option<&QueryResult>) -> ControlFlow<()> + Send,
    ) -> Result<(), DbErr> {
        let again = self.statement_to_retry(&statement);
        let mut patience = RetryBudget::default();
        let mut next = statement;
        loop {
            let _ = take(None);
            let mut row = |row: &QueryResult| take(Some(row));
            let read = with_pool!(self, pool => driver::fetch_each_row(pool, next, &mut row).await);
            match (read, &again) {
                (Err(error), Some(again)) if patience.allows_retry(&error).await => {
                    next = again.clone();
                }
                (read, _) => return read,
            }
        }
    }

    /// Checks the free disk space of an SQLite database before a write, which may release the reserved space for it.
    pub(super) fn check_room(&self) -> Room {
        self.disk
            .as_ref()
            .map_or(Room::Enough, |disk| disk.check_room())
    }

    /// Returns true if this process may write to the SQLite database file. A server reports this itself.
    pub(super) fn is_writable(&self) -> bool {
        self.disk.as_ref().is_none_or(|disk| disk.is_writable())
    }
}

impl From<DatabaseConnection> for Db {
    fn from(pool: DatabaseConnection) -> Self {
        let disk = (pool.get_database_backend() == DbBackend::Sqlite)
            .then(|| pool.get_sqlite_connection_pool().connect_options())
            .and_then(|options| Disk::for_database_file(options.get_filename()));
        Self {
            pool,
            disk: disk.map(Arc::new),
        }
    }
}

/// Gives access to the pool for transactions, which their callers repeat, and for streams of rows.
impl Deref for Db {
    type Target = DatabaseConnection;

    fn deref(&self) -> &DatabaseConnection {
        &self.pool
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.check_room();
        with_pool!(self, pool => driver::execute_statement(pool, statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.check_room();
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let again = self.statement_to_retry(&statement);
        let answered = with_pool!(self, pool => driver::fetch_first_row(pool, statement).await);
        match (answered, again) {
            (Err(error), Some(again)) => {
                let repeat = || with_pool!(self, pool => driver::fetch_first_row(pool, again.clone()).boxed());
                retry_read(error, repeat).await
            }
            (answered, _) => answered,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let again = self.statement_to_retry(&statement);
        let answered = with_pool!(self, pool => driver::fetch_all_rows(pool, statement).await);
        match (answered, again) {
            (Err(error), Some(again)) => {
                let repeat = || with_pool!(self, pool => driver::fetch_all_rows(pool, again.clone()).boxed());
                retry_read(error, repeat).await
            }
            (answered, _) => answered,
        }
    }
}

impl Db {
    /// Returns the statement for another attempt, if it only reads, from a server. A write may have taken effect before its connection broke.
    fn statement_to_retry(&self, statement: &Statement) -> Option<Statement> {
        if !is_read(&statement.sql) {
            self.check_room();
            return None;
        }
        (self.get_database_backend() == DbBackend::Postgres).then(|| statement.clone())
    }
}

/// Repeats a failed read, while its errors are those of broken connections and time is left.
async fn retry_read<'a, T>(
    mut error: DbErr,
    read: impl Fn() -> BoxFuture<'a, Result<T, DbErr>> + Send,
) -> Result<T, DbErr> {
    let mut patience = RetryBudget::default();
    while patience.allows_retry(&error).await {
        match read().await {
            Err(another) => error = another,
            answered => return answered,
        }
    }
    Err(error)
}

/// Returns true for a statement that only reads. One that starts with `WITH` may write.
fn is_read(sql: &str) -> bool {
    let first = sql.split_ascii_whitespace().next();
    first.is_some_and(|first| first.eq_ignore_ascii_case("SELECT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_reads_from_writes() {
        for read in ["SELECT 1", "\n  select id FROM notes"] {
            assert!(is_read(read), "{read}");
        }
        for write in [
            "INSERT INTO rate_limits VALUES (1) RETURNING key",
            "\n WITH u AS (UPDATE users SET revision = 1 RETURNING id) SELECT id FROM u",
            "UPDATE users SET revision = 1 RETURNING id",
            "",
        ] {
            assert!(!is_read(write), "{write}");
        }
    }
}
