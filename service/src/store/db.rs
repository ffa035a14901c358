//! The pool of connections, which gives statements to the driver: reads outside of a transaction that meet a broken connection are repeated over another one, and writes have what room
//! the disk of an embedded database keeps for them.

use std::ops::{ControlFlow, Deref};
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::disk::{Disk, Room};
use super::driver;
use super::stale::Patience;

/// A pool of connections; clones share it.
#[derive(Debug, Clone)]
pub struct Db {
    pool: DatabaseConnection,
    /// The disk of an embedded database.
    disk: Option<Arc<Disk>>,
}

/// Does the same with the pool of either driver.
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
    /// Closes the pool, for everybody who has it.
    pub async fn close(self) -> Result<(), DbErr> {
        self.pool.close().await
    }

    /// Takes the rows that a statement finds one by one, until `take` has enough. Where the connection turns out to be broken, the statement is repeated:
    /// `take` is given `None` before each attempt, and forgets the rows of the one before.
    pub(super) async fn each(
        &self,
        statement: Statement,
        mut take: impl FnMut(Option<&QueryResult>) -> ControlFlow<()> + Send,
    ) -> Result<(), DbErr> {
        let again = self.repeatable(&statement);
        let mut patience = Patience::default();
        let mut next = statement;
        loop {
            let _ = take(None);
            let mut row = |row: &QueryResult| take(Some(row));
            let read = with_pool!(self, pool => driver::each(pool, next, &mut row).await);
            match (read, &again) {
                (Err(error), Some(again)) if patience.allows_another(&error).await => {
                    next = again.clone();
                }
                (read, _) => return read,
            }
        }
    }

    /// Looks for room on the disk of an embedded database before a write, which may free what is kept for this write.
    pub(super) fn look_for_room(&self) -> Room {
        self.disk.as_ref().map_or(Room::Enough, |disk| disk.look())
    }

    /// Tells of an embedded database that may be written; a server says so itself.
    pub(super) fn is_writable(&self) -> bool {
        self.disk.as_ref().is_none_or(|disk| disk.is_writable())
    }
}

impl From<DatabaseConnection> for Db {
    fn from(pool: DatabaseConnection) -> Self {
        let disk = (pool.get_database_backend() == DbBackend::Sqlite)
            .then(|| pool.get_sqlite_connection_pool().connect_options())
            .and_then(|options| Disk::of(options.get_filename()));
        Self {
            pool,
            disk: disk.map(Arc::new),
        }
    }
}

/// What needs the pool itself: transactions, which are repeated by whoever begins them, and streams of rows.
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
        self.look_for_room();
        with_pool!(self, pool => driver::execute(pool, statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.look_for_room();
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let again = self.repeatable(&statement);
        let answered = with_pool!(self, pool => driver::one(pool, statement).await);
        match (answered, again) {
            (Err(error), Some(again)) => {
                let repeat = || with_pool!(self, pool => driver::one(pool, again.clone()).boxed());
                repeated(error, repeat).await
            }
            (answered, _) => answered,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let again = self.repeatable(&statement);
        let answered = with_pool!(self, pool => driver::all(pool, statement).await);
        match (answered, again) {
            (Err(error), Some(again)) => {
                let repeat = || with_pool!(self, pool => driver::all(pool, again.clone()).boxed());
                repeated(error, repeat).await
            }
            (answered, _) => answered,
        }
    }
}

impl Db {
    /// The statement for a second attempt, if it only reads, from a server. A write may have happened before its connection broke.
    fn repeatable(&self, statement: &Statement) -> Option<Statement> {
        if !is_read(&statement.sql) {
            self.look_for_room();
            return None;
        }
        (self.get_database_backend() == DbBackend::Postgres).then(|| statement.clone())
    }
}

/// Repeats a read that has failed, as long as its failures are those of broken connections and there is patience.
async fn repeated<'a, T>(
    mut error: DbErr,
    read: impl Fn() -> BoxFuture<'a, Result<T, DbErr>> + Send,
) -> Result<T, DbErr> {
    let mut patience = Patience::default();
    while patience.allows_another(&error).await {
        match read().await {
            Err(another) => error = another,
            answered => return answered,
        }
    }
    Err(error)
}

/// Tells of a statement that only reads; one that begins with `WITH` may write too.
fn is_read(sql: &str) -> bool {
    let first = sql.split_ascii_whitespace().next();
    first.is_some_and(|first| first.eq_ignore_ascii_case("SELECT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_reads_from_what_may_write() {
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
