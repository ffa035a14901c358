//! The least that a notes service on axum and sqlx must do for the contract that is measured: a session that the database knows, looked up on
//! every request, and one statement for what was asked. No log, no limits, no document, no idempotency, no checks of what is sent.

use std::error::Error;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::{Executor, Row};
use uuid::Uuid;

/// The columns of a note with its labels, in the order that [`Note::of`] reads them.
const COLUMNS: &str = "n.id, n.title, n.content, n.color, n.pin_rank, n.place, n.reminder_at, n.trashed_at, n.version, n.created_at, \
     n.updated_at, n.position";
const LABELS: &str = "ARRAY(SELECT label_id FROM note_labels l WHERE l.note_id = n.id ORDER BY label_id)";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    id: Uuid,
    title: String,
    content: String,
    color: String,
    pinned: bool,
    place: &'static str,
    label_ids: Vec<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trashed_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Note {
    fn of(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            title: row.try_get(1)?,
            content: row.try_get(2)?,
            color: row.try_get(3)?,
            pinned: row.try_get::<i16, _>(4)? == 0,
            place: ["active", "archived", "trash"][usize::from(row.try_get::<i16, _>(5)?.unsigned_abs()).min(2)],
            reminder_at: row.try_get(6)?,
            trashed_at: row.try_get(7)?,
            version: row.try_get(8)?,
            created_at: row.try_get(9)?,
            updated_at: row.try_get(10)?,
            label_ids: row.try_get(12)?,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    items: Vec<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct PageOf {
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Deserialize)]
struct NewNote {
    #[serde(default)]
    title: String,
    #[serde(default)]
    content: String,
}

/// Anything that goes wrong.
struct Failure(StatusCode);

impl From<sqlx::Error> for Failure {
    fn from(_: sqlx::Error) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// The user of the session in the cookie.
async fn user(db: &PgPool, headers: &HeaderMap) -> Result<Uuid, Failure> {
    let token = headers
        .get(header::COOKIE)
        .and_then(|cookie| cookie.to_str().ok()?.strip_prefix("notes_session="))
        .ok_or(Failure(StatusCode::UNAUTHORIZED))?;
    let hash = Sha256::digest(token.as_bytes());
    sqlx::query_scalar(
        "SELECT u.id FROM sessions s JOIN users u ON u.id = s.user_id \
         WHERE s.token_hash = $1 AND s.expires_at > now() AND (u.expires_at IS NULL OR u.expires_at > now())",
    )
    .bind(hash.as_slice())
    .fetch_optional(db)
    .await?
    .ok_or(Failure(StatusCode::UNAUTHORIZED))
}

async fn ready(State(db): State<PgPool>) -> Result<&'static str, Failure> {
    db.execute("SELECT 1").await?;
    Ok("ok")
}

async fn list(State(db): State<PgPool>, headers: HeaderMap, Query(page): Query<PageOf>) -> Result<Json<Page>, Failure> {
    let user = user(&db, &headers).await?;
    let limit = page.limit.unwrap_or(20).clamp(1, 100);
    let start = match page.cursor {
        None => None,
        Some(cursor) => Some(parse(&cursor).ok_or(Failure(StatusCode::BAD_REQUEST))?),
    };
    let after = if start.is_some() { "AND (n.pin_rank, n.position, n.id) > ($2, $3, $4)" } else { "" };
    // The limit is part of the text: with a parameter, PostgreSQL makes a plan for each execution.
    let sql = format!(
        "SELECT {COLUMNS}, {LABELS} FROM notes n WHERE n.user_id = $1 AND n.place = 0 {after} \
         ORDER BY n.pin_rank, n.position, n.id LIMIT {}",
        limit + 1
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(user);
    if let Some((pin_rank, position, id)) = start {
        query = query.bind(pin_rank).bind(position).bind(id);
    }
    let mut rows = query.fetch_all(&db).await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(100);
    if more {
        rows.pop();
    }
    let next_cursor = match rows.last().filter(|_| more) {
        None => None,
        Some(last) => Some(cursor(last.try_get(4)?, last.try_get(11)?, last.try_get(0)?)),
    };
    let items = rows.iter().map(Note::of).collect::<Result<_, _>>()?;
    Ok(Json(Page { items, next_cursor }))
}

fn cursor(pin_rank: i16, position: &[u8], id: Uuid) -> String {
    let position: String = position.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{pin_rank}.{position}.{id}")
}

fn parse(cursor: &str) -> Option<(i16, Vec<u8>, Uuid)> {
    let mut parts = cursor.split('.');
    let pin_rank = parts.next()?.parse().ok()?;
    let hex = parts.next()?;
    let position = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    Some((pin_rank, position, parts.next()?.parse().ok()?))
}

async fn read(State(db): State<PgPool>, headers: HeaderMap, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let user = user(&db, &headers).await?;
    let sql = format!("SELECT {COLUMNS}, {LABELS} FROM notes n WHERE n.id = $1 AND n.user_id = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).bind(user).fetch_optional(&db).await?;
    let note = Note::of(&row.ok_or(Failure(StatusCode::NOT_FOUND))?)?;
    Ok(([etag(&note)], Json(note)).into_response())
}

/// The effects of the contract in one statement: the user's next revision, the count of notes, a place at the top.
async fn create(State(db): State<PgPool>, headers: HeaderMap, Json(new): Json<NewNote>) -> Result<Response, Failure> {
    let user = user(&db, &headers).await?;
    let sql = format!(
        "WITH owner AS (UPDATE users SET revision = revision + 1, note_count = note_count + 1, next_position = next_position - 1 \
         WHERE id = $1 RETURNING revision, next_position) \
         INSERT INTO notes AS n (id, user_id, place, pin_rank, position, title, content, color, version, change_seq, created_at, updated_at) \
         SELECT $2, $1, 0, 1, int8send(next_position), $3, $4, 'white', 1, revision, now(), now() FROM owner \
         RETURNING {COLUMNS}, ARRAY[]::uuid[]"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(user)
        .bind(Uuid::now_v7())
        .bind(new.title)
        .bind(new.content)
        .fetch_one(&db)
        .await?;
    let note = Note::of(&row)?;
    let location = (header::LOCATION, format!("/api/notes/{}", note.id));
    Ok((StatusCode::CREATED, [etag(&note), location], Json(note)).into_response())
}

fn etag(note: &Note) -> (HeaderName, String) {
    (header::ETAG, format!("\"{}\"", note.version))
}

fn main() -> Result<(), Box<dyn Error>> {
    let (url, port) = (std::env::var("DATABASE_URL")?, std::env::var("PORT")?);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let db = PgPoolOptions::new().max_connections(10).test_before_acquire(false).connect(&url).await?;
        let app = Router::new()
            .route("/readyz", get(ready))
            .route("/api/notes", get(list).post(create))
            .route("/api/notes/{id}", get(read))
            .with_state(db);
        let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
        axum::serve(listener, app).await?;
        Ok(())
    })
}
