//! Statements that go to the database driver directly, without SeaORM's connection wrapper.
//!
//! SeaORM's access to a pool is a future of several hundred kilobytes, because it has room for every driver and for a connection in the process of
//! opening. It is copied several times per statement, which costs more than everything else that a statement does here.

use std::ops::ControlFlow;

use futures_util::TryStreamExt as _;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::{AssertSqlSafe, Database, Executor, IntoArguments, Pool, query_with};
use sea_orm::{
    ConnAcquireErr, DbErr, ExecResult, QueryResult, RuntimeErr, SqlxError, Statement, Values,
};
use sea_query_sqlx::SqlxValues;

/// Acquires a connection of the pool. The future is boxed, so that statements do not carry the room for opening a connection.
async fn acquire_connection<D: Database>(pool: &Pool<D>) -> Result<PoolConnection<D>, DbErr> {
    Box::pin(pool.acquire()).await.map_err(|error| match error {
        SqlxError::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        SqlxError::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    })
}

fn build_query<D: Database>(statement: Statement) -> Query<'static, D, SqlxValues>
where
    SqlxValues: IntoArguments<D>,
{
    let values = statement.values.unwrap_or_else(|| Values(Vec::new()));
    query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

fn query_error(error: SqlxError) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

/// Executes a statement that returns no rows.
pub(super) async fn execute_statement<D>(
    pool: &Pool<D>,
    statement: Statement,
) -> Result<ExecResult, DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    ExecResult: From<D::QueryResult>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire_connection(pool).await?;
    let done = build_query::<D>(statement).execute(&mut *connection).await;
    done.map(Into::into)
        .map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error.into())))
}

/// Returns the first row that a statement finds.
pub(super) async fn fetch_first_row<D>(
    pool: &Pool<D>,
    statement: Statement,
) -> Result<Option<QueryResult>, DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire_connection(pool).await?;
    let found = build_query::<D>(statement)
        .fetch_optional(&mut *connection)
        .await;
    Ok(found.map_err(query_error)?.map(Into::into))
}

/// Returns all rows that a statement finds.
pub(super) async fn fetch_all_rows<D>(
    pool: &Pool<D>,
    statement: Statement,
) -> Result<Vec<QueryResult>, DbErr>
where
    D: Database,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = acquire_connection(pool).await?;
    let found = build_query::<D>(statement)
        .fetch_all(&mut *connection)
        .await;
    let found = found.map_err(query_error)?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// Passes the rows of a statement to `take` one by one, until it breaks or no rows are left.
pub(super) async fn fetch_each_row<D>(
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
    let mut connection = acquire_connection(pool).await?;
    let mut rows = build_query::<D>(statement).fetch(&mut *connection);
    while let Some(row) = rows.try_next().await.map_err(query_error)? {
        if take(&row.into()).is_break() {
            break;
        }
    }
    Ok(())
}
