//! The pool of connections: reads outside of a transaction that meet a broken connection are repeated over another one, and writes have what room
//! the disk of an embedded database keeps for them.

use std::ops::Deref;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::disk::{Disk, Room};
use super::stale;

/// A pool of connections; clones share it.
#[derive(Debug, Clone)]
pub struct Db {
    pool: DatabaseConnection,
    /// The disk of an embedded database.
    disk: Option<Arc<Disk>>,
}

impl Db {
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
        self.pool.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.look_for_room();
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let Some(again) = self.repeatable(&statement) else {
            return self.pool.query_one_raw(statement).await;
        };
        match self.pool.query_one_raw(statement).await {
            Err(error) if stale::is_worth_another(&error) => self.pool.query_one_raw(again).await,
            answered => answered,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Some(again) = self.repeatable(&statement) else {
            return self.pool.query_all_raw(statement).await;
        };
        match self.pool.query_all_raw(statement).await {
            Err(error) if stale::is_worth_another(&error) => self.pool.query_all_raw(again).await,
            answered => answered,
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
