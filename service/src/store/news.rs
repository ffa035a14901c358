//! Notifications for open event streams: the revision of each user's data, and the end of sessions. Writes of this process are reported at once,
//! writes of other processes when the database is polled (ADR 0060).

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement, Value};
use tokio::time::sleep;
use uuid::Uuid;

use super::sessions::Credential;
use super::{Owner, Store};
use crate::clock;
use crate::error::{Code, Error};
use crate::events::{DataRevision, Settings, StreamCredential, Subscription};

/// Polling interval for writes of other processes and for ended sessions, while at least one stream is open. With the random quarter added, it is
/// half of the second within which a session must end everywhere.
const ASKED_EVERY: Duration = Duration::from_millis(400);
/// Maximum number of credentials in one query.
const PASSES: usize = 512;
/// Sessions that have not expired, as part of a statement.
const SESSIONS: &str = "sessions c JOIN users u ON u.id = c.user_id WHERE c.expires_at > $1";
/// Access tokens that have not expired, as part of a statement.
const ACCESS_TOKENS: &str = "access_tokens c JOIN users u ON u.id = c.user_id \
                             WHERE (c.expires_at IS NULL OR c.expires_at > $1)";
/// Maximum number of reminders to report together; of more, the latest ones.
const REMINDERS: u64 = 100;

/// A reminder that has fired, as event streams report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The note that the reminder belongs to, which is not in the trash.
    pub note: Uuid,
    /// Title of the note at the time of the query; may be empty.
    pub title: String,
    /// Time for which the reminder was set, not the time at which it fired.
    pub at: DateTime<Utc>,
    /// Revision of the user's data in which the reminder fired.
    pub revision: i64,
}

impl Store {
    /// Subscribes to changes of a user's data by any process. Returns the subscription and the current revision.
    ///
    /// # Errors
    ///
    /// `unauthenticated` if the session or access token has ended, and the limits of open streams.
    pub async fn subscribe_to_changes(
        &self,
        owner: Owner,
        credential: &Credential,
        settings: &Settings,
    ) -> Result<(Subscription, DataRevision), Error> {
        let pass = match credential {
            Credential::Session { id, .. } => StreamCredential::Session(*id),
            Credential::AccessToken { id, .. } => StreamCredential::AccessToken(*id),
        };
        let subscription = self.events().open_subscription(owner, pass, settings)?;
        if self.events().begin_polling() {
            tokio::spawn(self.clone().poll_while_subscribed());
        }
        // After the subscription, so that no change between the two is missed.
        let news = self.query_revisions(&[pass]).await?;
        let news = news.first().and_then(|(_, found)| *found);
        let (_, news) = news.ok_or_else(|| Error::new(Code::Unauthenticated))?;
        Ok((subscription, news))
    }

    async fn poll_while_subscribed(self) {
        let mut answered = true;
        loop {
            // The random part keeps replicas that started together from polling together.
            sleep(clock::with_jitter(ASKED_EVERY)).await;
            let Some(passes) = self.events().open_credentials() else {
                return;
            };
            let news = self.query_revisions(&passes).await;
            if let Err(error) = &news
                && answered
            {
                tracing::warn!(
                    error = error as &dyn std::error::Error,
                    "changes by other processes cannot be received"
                );
            }
            answered = news.is_ok();
            // Streams stay open while the database is down; otherwise all clients would reconnect at once.
            for (pass, found) in news.unwrap_or_default() {
                match found {
                    Some((user, news)) => self.events().publish_to_user(user, news),
                    None => self.events().close_streams(pass),
                }
            }
        }
    }

    /// Returns the user and current revision for each credential; `None` for a credential that has ended.
    async fn query_revisions(
        &self,
        passes: &[StreamCredential],
    ) -> Result<Vec<(StreamCredential, Option<(Uuid, DataRevision)>)>, Error> {
        let mut sessions = Vec::new();
        let mut tokens = Vec::new();
        for pass in passes {
            match pass {
                StreamCredential::Session(id) => sessions.push(*id),
                StreamCredential::AccessToken(id) => tokens.push(*id),
            }
        }
        let mut found = Vec::with_capacity(passes.len());
        for ids in sessions.chunks(PASSES) {
            let users = self.query_users(SESSIONS, ids).await?;
            found.extend(
                ids.iter()
                    .map(|id| (StreamCredential::Session(*id), users.get(id).copied())),
            );
        }
        for ids in tokens.chunks(PASSES) {
            let users = self.query_users(ACCESS_TOKENS, ids).await?;
            found.extend(
                ids.iter()
                    .map(|id| (StreamCredential::AccessToken(*id), users.get(id).copied())),
            );
        }
        Ok(found)
    }

    async fn query_users(
        &self,
        from: &str,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, (Uuid, DataRevision)>, Error> {
        let mut found = HashMap::with_capacity(ids.len());
        for row in self
            .db()
            .query_all_raw(self.build_poll_statement(from, ids))
            .await?
        {
            let news = DataRevision {
                revision: row.try_get_by_index(2)?,
            };
            found.insert(row.try_get_by_index(0)?, (row.try_get_by_index(1)?, news));
        }
        Ok(found)
    }

    /// Builds a query whose number of parameters is a power of two, by repeating the last identifier. That gives ten texts to prepare instead of
    /// hundreds.
    fn build_poll_statement(&self, from: &str, ids: &[Uuid]) -> Statement {
        let places = ids.len().next_power_of_two();
        let names: Vec<String> = (2..places + 2).map(|at| format!("${at}")).collect();
        let text = format!(
            "SELECT c.id, u.id, u.revision FROM {from} AND c.id IN ({})",
            names.join(", ")
        );
        let again = ids.last().into_iter().cycle();
        let ids = ids.iter().chain(again).take(places);
        let values: Vec<Value> = std::iter::once(clock::now().into())
            .chain(ids.map(|id| (*id).into()))
            .collect();
        Statement::from_sql_and_values(self.backend(), text, values)
    }

    /// Returns the reminders that fired after revision `after` and up to revision `to`, in that order, except those of notes that are in the trash
    /// now.
    pub async fn fired_reminders(
        &self,
        owner: Owner,
        after: i64,
        to: i64,
    ) -> Result<Vec<Reminder>, Error> {
        const SQL: &str = "SELECT id, title, coalesce(reminder_fired_for, reminder_at), reminder_fired_seq FROM notes \
             WHERE user_id = $1 AND reminder_fired_seq > $2 AND reminder_fired_seq <= $3 \
             AND reminder_fired_seq IS NOT NULL AND reminder_at IS NOT NULL AND place <> 2 \
             ORDER BY reminder_fired_seq DESC, 3 DESC, id DESC LIMIT $4";
        let values = [owner.id().into(), after.into(), to.into(), REMINDERS.into()];
        let statement = Statement::from_sql_and_values(self.backend(), SQL, values);
        let rows = self.db().query_all_raw(statement).await?;
        let mut reminders = rows
            .iter()
            .map(|row| {
                Ok(Reminder {
                    note: row.try_get_by_index(0)?,
                    title: row.try_get_by_index(1)?,
                    at: row.try_get_by_index(2)?,
                    revision: row.try_get_by_index(3)?,
                })
            })
            .collect::<Result<Vec<_>, sea_orm::DbErr>>()?;
        reminders.reverse();
        Ok(reminders)
    }
}
