//! How far the data of users has come, for those who listen: told by this process at once, by others when the database is asked.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement, Value};
use tokio::time::sleep;
use uuid::Uuid;

use super::{Owner, Store};
use crate::clock;
use crate::error::{Code, Error};
use crate::events::{News, Settings, Subscription};

/// How often the database is asked what other processes have written, while somebody listens.
const ASKED_EVERY: Duration = Duration::from_secs(2);
/// Users that one question names.
const USERS: usize = 512;
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
        settings: &Settings,
    ) -> Result<(Subscription, News), Error> {
        let subscription = self.events().subscribe(owner, settings)?;
        if self.events().begin_asking() {
            tokio::spawn(self.clone().ask_while_somebody_listens());
        }
        // After the subscription, so that nothing is between the two.
        let news = self.news(&[owner.id()]).await?;
        let (_, news) = news
            .first()
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        Ok((subscription, *news))
    }

    async fn ask_while_somebody_listens(self) {
        let mut answered = true;
        loop {
            // Replicas that were started together must not ask together.
            sleep(clock::around(ASKED_EVERY)).await;
            let Some(users) = self.events().listening() else {
                return;
            };
            let news = self.news(&users).await;
            if let Err(error) = &news
                && answered
            {
                tracing::warn!(
                    error = error as &dyn std::error::Error,
                    "what other processes write cannot be heard"
                );
            }
            answered = news.is_ok();
            for (user, news) in news.unwrap_or_default() {
                self.events().tell(user, news);
            }
        }
    }

    /// How far the data of these users has come.
    async fn news(&self, users: &[Uuid]) -> Result<Vec<(Uuid, News)>, Error> {
        let mut found = Vec::with_capacity(users.len());
        for users in users.chunks(USERS) {
            let statement = self.news_statement(users);
            for row in self.db().query_all_raw(statement).await? {
                let reminded: Option<i64> = row.try_get_by_index(2)?;
                let news = News {
                    revision: row.try_get_by_index(1)?,
                    reminded: reminded.unwrap_or_default(),
                };
                found.push((row.try_get_by_index(0)?, news));
            }
        }
        Ok(found)
    }

    /// Numbers of places go by powers of two, the last user named again, so that there are ten texts to prepare and not a thousand.
    fn news_statement(&self, users: &[Uuid]) -> Statement {
        let places = users.len().next_power_of_two();
        let names: Vec<String> = (1..=places).map(|at| format!("${at}")).collect();
        let text = format!(
            "SELECT u.id, u.revision, (SELECT max(n.reminder_fired_seq) FROM notes n \
             WHERE n.user_id = u.id AND n.reminder_fired_seq IS NOT NULL) FROM users u WHERE u.id IN ({})",
            names.join(", ")
        );
        let again = users.last().into_iter().cycle();
        let values: Vec<Value> = users
            .iter()
            .chain(again)
            .take(places)
            .map(|user| (*user).into())
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
