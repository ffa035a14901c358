//! How far the data of users has come and which sessions have ended, for those who listen: what this process writes is told at once, what others
//! write when the database is asked (ADR 0060).

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
use crate::events::{News, Pass, Settings, Subscription};

/// How often the database is asked what other processes have written and which sessions have ended, while somebody listens. With a quarter more
/// by chance it is half of the second in which a session has to end everywhere.
const ASKED_EVERY: Duration = Duration::from_millis(400);
/// Credentials that one question names.
const PASSES: usize = 512;
/// Sessions that have not ended.
const SESSIONS: &str = "sessions c JOIN users u ON u.id = c.user_id WHERE c.expires_at > $1";
/// Access tokens that have not ended.
const ACCESS_TOKENS: &str = "access_tokens c JOIN users u ON u.id = c.user_id \
                             WHERE (c.expires_at IS NULL OR c.expires_at > $1)";
/// Reminders that are told at once; of more, the latest.
const REMINDERS: u64 = 100;

/// A reminder that was fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The note.
    pub note: Uuid,
    /// What it is called.
    pub title: String,
    /// When it was to remind.
    pub at: DateTime<Utc>,
    /// The revision in which it was fired.
    pub revision: i64,
}

impl Store {
    /// Hears of a user's data from now on, whichever process writes it, and says how far it has come.
    pub async fn listen(
        &self,
        owner: Owner,
        credential: &Credential,
        settings: &Settings,
    ) -> Result<(Subscription, News), Error> {
        let pass = match credential {
            Credential::Session { id, .. } => Pass::Session(*id),
            Credential::AccessToken { id, .. } => Pass::AccessToken(*id),
        };
        let subscription = self.events().subscribe(owner, pass, settings)?;
        if self.events().begin_asking() {
            tokio::spawn(self.clone().ask_while_somebody_listens());
        }
        // After the subscription, so that nothing is between the two.
        let news = self.news(&[pass]).await?;
        let news = news.first().and_then(|(_, found)| *found);
        let (_, news) = news.ok_or_else(|| Error::new(Code::Unauthenticated))?;
        Ok((subscription, news))
    }

    async fn ask_while_somebody_listens(self) {
        let mut answered = true;
        loop {
            // Replicas that were started together must not ask together.
            sleep(clock::around(ASKED_EVERY)).await;
            let Some(passes) = self.events().listening() else {
                return;
            };
            let news = self.news(&passes).await;
            if let Err(error) = &news
                && answered
            {
                tracing::warn!(
                    error = error as &dyn std::error::Error,
                    "what other processes write cannot be heard"
                );
            }
            answered = news.is_ok();
            // While the database does not answer, nobody is sent away: all would come again at once.
            for (pass, found) in news.unwrap_or_default() {
                match found {
                    Some((user, news)) => self.events().tell(user, news),
                    None => self.events().shut(pass),
                }
            }
        }
    }

    /// The users of these credentials and how far their data has come; nothing for a credential that has ended.
    async fn news(&self, passes: &[Pass]) -> Result<Vec<(Pass, Option<(Uuid, News)>)>, Error> {
        let mut sessions = Vec::new();
        let mut tokens = Vec::new();
        for pass in passes {
            match pass {
                Pass::Session(id) => sessions.push(*id),
                Pass::AccessToken(id) => tokens.push(*id),
            }
        }
        let mut found = Vec::with_capacity(passes.len());
        for ids in sessions.chunks(PASSES) {
            let users = self.users_of(SESSIONS, ids).await?;
            found.extend(
                ids.iter()
                    .map(|id| (Pass::Session(*id), users.get(id).copied())),
            );
        }
        for ids in tokens.chunks(PASSES) {
            let users = self.users_of(ACCESS_TOKENS, ids).await?;
            found.extend(
                ids.iter()
                    .map(|id| (Pass::AccessToken(*id), users.get(id).copied())),
            );
        }
        Ok(found)
    }

    async fn users_of(
        &self,
        from: &str,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, (Uuid, News)>, Error> {
        let mut found = HashMap::with_capacity(ids.len());
        for row in self.db().query_all_raw(self.asks(from, ids)).await? {
            let news = News {
                revision: row.try_get_by_index(2)?,
            };
            found.insert(row.try_get_by_index(0)?, (row.try_get_by_index(1)?, news));
        }
        Ok(found)
    }

    /// Numbers of places go by powers of two, the last one named again, so that there are ten texts to prepare and not a thousand.
    fn asks(&self, from: &str, ids: &[Uuid]) -> Statement {
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

    /// Reminders that were fired after one revision and up to another, in that order; none of notes that were thrown away since.
    pub async fn fired_reminders(
        &self,
        owner: Owner,
        after: i64,
        to: i64,
    ) -> Result<Vec<Reminder>, Error> {
        const SQL: &str = "SELECT id, title, reminder_at, reminder_fired_seq FROM notes \
             WHERE user_id = $1 AND reminder_fired_seq > $2 AND reminder_fired_seq <= $3 \
             AND reminder_fired_seq IS NOT NULL AND reminder_at IS NOT NULL AND place <> 2 \
             ORDER BY reminder_fired_seq DESC, reminder_at DESC, id DESC LIMIT $4";
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
