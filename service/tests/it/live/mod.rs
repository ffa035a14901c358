//! Tests of events between devices, and of background work.

mod changes;
mod events;
mod seed;
mod worker;

use std::pin::Pin;
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use notes_service::clock;
use poem::http::header;
use sea_orm::{ConnectionTrait, Statement, Value as Bound};
use serde_json::Value;
use tokio::time::timeout;

use crate::support::{Person, Service};

/// Limit of every wait, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event.
#[derive(Debug, PartialEq)]
struct Event {
    kind: String,
    id: String,
    data: Value,
}

/// A device that listens.
pub(crate) struct Listener {
    chunks: Pin<Box<dyn Stream<Item = std::io::Result<Vec<u8>>> + Send>>,
    text: String,
}

impl Listener {
    /// Opens a stream, after this event if one is given.
    pub(crate) async fn of(service: &Service, who: &Person, last: Option<i64>) -> Self {
        let mut request = service
            .client
            .get("/api/events")
            .header(header::COOKIE, &who.cookie);
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = request.send().await.0;
        assert_eq!(response.status().as_u16(), 200);
        let chunks = response.into_body().into_bytes_stream();
        Self {
            chunks: Box::pin(chunks.map(|chunk| chunk.map(|bytes| bytes.to_vec()))),
            text: String::new(),
        }
    }

    /// Returns the next block of lines (an event, a comment or a setting), or `None` at the end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.text.find("\n\n") {
                let block = self.text[..at].to_owned();
                self.text.drain(..at + 2);
                return Some(block);
            }
            let chunk = timeout(PATIENCE, self.chunks.next())
                .await
                .expect("nothing comes");
            self.text += std::str::from_utf8(&chunk?.unwrap()).unwrap();
        }
    }

    /// Returns the next event, or `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let block = self.block().await?;
            let value = |name: &str| {
                let lines = block.lines().filter_map(|line| line.split_once(": "));
                let mut values = lines.filter(|(found, _)| *found == name);
                values.next().map(|(_, value)| value.to_owned())
            };
            if let Some(data) = value("data") {
                return Some(Event {
                    kind: value("event").unwrap(),
                    id: value("id").unwrap(),
                    data: serde_json::from_str(&data).unwrap(),
                });
            }
        }
    }

    /// Returns the revision of the next event, which must be `changed`.
    pub(crate) async fn changed(&mut self) -> i64 {
        let event = self.next().await.expect("the stream goes on");
        assert_eq!(event.kind, "changed", "{event:?}");
        let revision = event.data["revision"].as_i64().unwrap();
        assert_eq!(event.id, revision.to_string());
        revision
    }

    /// Returns true if no event arrives within a time; comments do not count.
    async fn is_silent(&mut self, time: Duration) -> bool {
        timeout(time, self.next()).await.is_err()
    }
}

/// Executes a statement.
async fn execute(service: &Service, sql: &str, values: Vec<Bound>) -> u64 {
    let db = service.app.store.db();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await.unwrap().rows_affected()
}

/// Returns the number of rows of a table.
async fn count(service: &Service, table: &str) -> i64 {
    let db = service.app.store.db();
    let sql = format!("SELECT count(*) FROM {table}");
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Returns the time that lies this long in the past, as a parameter of a statement.
fn ago(time: chrono::TimeDelta) -> Bound {
    (clock::now() - time).into()
}
