//! The pool, which gives statements to the driver and asks once more where the connection that it was given turns out to be broken.
//!
//! SeaORM's own way to a pool is a future of some hundred kilobytes, since it has room for every driver and for a connection that is being
//! opened; it is copied several times for each statement, which costs more than all else that happens to one here.
//!
//! After a restart of the server, the first statement on a connection is what meets the end of it. A statement that only reads can be sent
//! again; one that writes cannot, as nobody knows how far it came.

use std::ops::{ControlFlow, Deref};

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::{AssertSqlSafe, Database, Executor, IntoArguments, Pool, query_with};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult,
    RuntimeErr, SqlxError, Statement, Values,
};
use sea_query_sqlx::SqlxValues;

use super::stale;

/// The pool of a store.
#[derive(Debug, Clone)]
pub struct Db {
    pool: DatabaseConnection,
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

    /// Takes rows one by one, until `take` has enough.
    pub(super) async fn each(
        &self,
        statement: Statement,
        mut take: impl FnMut(&QueryResult) -> ControlFlow<()> + Send,
    ) -> Result<(), DbErr> {
        let again = only_reads(&statement).then(|| statement.clone());
        let mut has_some = false;
        let read = {
            let mut take = |row: &QueryResult| {
                has_some = true;
                take(row)
            };
            with_pool!(self, pool => each(pool, statement, &mut take).await)
        };
        match (read, again) {
            (Err(error), Some(again)) if !has_some && stale::is_of_broken_connection(&error) => {
                with_pool!(self, pool => each(pool, again, &mut take).await)
            }
            (read, _) => read,
        }
    }
}

impl From<DatabaseConnection> for Db {
    fn from(pool: DatabaseConnection) -> Self {
        Self { pool }
    }
}

impl Deref for Db {
    type Target = DatabaseConnection;

    fn deref(&self) -> &DatabaseConnection {
        &self.pool
    }
}

#[async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        with_pool!(self, pool => execute(pool, statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let again = only_reads(&statement).then(|| statement.clone());
        match (with_pool!(self, pool => one(pool, statement).await), again) {
            (Err(error), Some(again)) if stale::is_of_broken_connection(&error) => {
                with_pool!(self, pool => one(pool, again).await)
            }
            (found, _) => found,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let again = only_reads(&statement).then(|| statement.clone());
        match (with_pool!(self, pool => all(pool, statement).await), again) {
            (Err(error), Some(again)) if stale::is_of_broken_connection(&error) => {
                with_pool!(self, pool => all(pool, again).await)
            }
            (found, _) => found,
        }
    }
}

/// Says whether a statement changes nothing, wherever it is sent twice. `WITH` may hide a change.
fn only_reads(statement: &Statement) -> bool {
    statement.sql.starts_with("SELECT ")
}

/// A connection of the pool, in a box: the room to open one is not carried around by every statement.
async fn acquire<D: Database>(pool: &Pool<D>) -> Result<PoolConnection<D>, DbErr> {
    Box::pin(pool.acquire()).await.map_err(|error| match error {
        SqlxError::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        SqlxError::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    })
}

fn query<D: Database>(statement: Statement) -> Query<'static, D, SqlxValues>
where
    SqlxValues: IntoArguments<D>,
{
    let values = statement.values.unwrap_or_else(|| Values(Vec::new()));
    query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

fn query_error(error: SqlxError) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

async fn execute<D>(pool: &Pool<D>, statement: Statement) -> Result<ExecResult, DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    ExecResult: From<D::QueryResult>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire(pool).await?;
    let done = query::<D>(statement).execute(&mut *connection).await;
    done.map(Into::into)
        .map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error.into())))
}

async fn one<D>(pool: &Pool<D>, statement: Statement) -> Result<Option<QueryResult>, DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire(pool).await?;
    let found = query::<D>(statement).fetch_optional(&mut *connection).await;
    Ok(found.map_err(query_error)?.map(Into::into))
}

async fn all<D>(pool: &Pool<D>, statement: Statement) -> Result<Vec<QueryResult>, DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire(pool).await?;
    let found = query::<D>(statement).fetch_all(&mut *connection).await;
    let found = found.map_err(query_error)?;
    Ok(found.into_iter().map(Into::into).collect())
}

async fn each<D>(
    pool: &Pool<D>,
    statement: Statement,
    take: &mut (impl FnMut(&QueryResult) -> ControlFlow<()> + Send),
) -> Result<(), DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire(pool).await?;
    let mut rows = query::<D>(statement).fetch(&mut *connection);
    while let Some(row) = rows.try_next().await.map_err(query_error)? {
        if take(&row.into()).is_break() {
            break;
        }
    }
    Ok(())
}
