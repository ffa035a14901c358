//! Settings of users for the delivery of reminders outside of an open page.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::reminder_settings;
use super::{Owner, Store};
use crate::clock;
use crate::error::Error;

/// The reminders that one channel, push or email, delivers to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryMode {
    /// Delivers no reminders.
    Off,
    /// Delivers a reminder if the user had no page open when it fired.
    Away,
    /// Delivers all reminders.
    Always,
}

impl DeliveryMode {
    pub(super) fn to_db(self) -> i16 {
        match self {
            Self::Off => 0,
            Self::Away => 1,
            Self::Always => 2,
        }
    }

    pub(super) fn from_db(number: i16) -> Self {
        match number {
            0 => Self::Off,
            1 => Self::Away,
            _ => Self::Always,
        }
    }
}

/// The settings of a user for the delivery of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Reminders to deliver to browsers by push; by default those that fire while no page is open.
    pub push: DeliveryMode,
    /// Reminders to deliver by email, which needs a verified address; by default none.
    pub mail: DeliveryMode,
    /// True to include the title of the note in the message; the default.
    pub shows_title: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            push: DeliveryMode::Away,
            mail: DeliveryMode::Off,
            shows_title: true,
        }
    }
}

/// A change to the settings. `None` leaves a setting unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// New setting for delivery to browsers by push.
    pub push: Option<DeliveryMode>,
    /// New setting for delivery by email to the user's address.
    pub mail: Option<DeliveryMode>,
    /// New setting for titles of notes in push messages and emails.
    pub shows_title: Option<bool>,
}

impl Store {
    /// Returns the settings of a user, or the defaults if the user has never changed them.
    pub async fn reminder_settings(&self, owner: Owner) -> Result<Settings, Error> {
        Ok(load_settings(self.db(), owner).await?)
    }

    /// Changes the settings of a user and returns the new ones.
    pub async fn change_reminder_settings(
        &self,
        owner: Owner,
        change: Change,
    ) -> Result<Settings, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let present = load_settings(&tx, owner).await?;
        let new = Settings {
            push: change.push.unwrap_or(present.push),
            mail: change.mail.unwrap_or(present.mail),
            shows_title: change.shows_title.unwrap_or(present.shows_title),
        };
        let mut key = vec![0; 32];
        getrandom::fill(&mut key).map_err(|error| Error::internal(error.to_string()))?;
        let row = reminder_settings::ActiveModel {
            user_id: Set(owner.id()),
            push: Set(new.push.to_db()),
            mail: Set(new.mail.to_db()),
            shows_title: Set(new.shows_title),
            unsubscribe_key: Set(key),
            updated_at: Set(clock::now()),
        };
        // The key stays unchanged, because links in sent emails contain it.
        let kept = OnConflict::column(reminder_settings::Column::UserId)
            .update_columns([
                reminder_settings::Column::Push,
                reminder_settings::Column::Mail,
                reminder_settings::Column::ShowsTitle,
                reminder_settings::Column::UpdatedAt,
            ])
            .to_owned();
        reminder_settings::Entity::insert(row)
            .on_conflict(kept)
            .exec_without_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Turns off reminders by email for the user with this key. Returns false for an unknown key.
    pub async fn unsubscribe_from_mail(&self, key: &[u8]) -> Result<bool, Error> {
        let ended = reminder_settings::Entity::update_many()
            .col_expr(
                reminder_settings::Column::Mail,
                Expr::value(DeliveryMode::Off.to_db()),
            )
            .filter(reminder_settings::Column::UnsubscribeKey.eq(key.to_vec()))
            .exec(self.db())
            .await?;
        Ok(ended.rows_affected > 0)
    }
}

/// Returns the settings of a user, within a transaction.
pub(super) async fn load_settings(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Settings, sea_orm::DbErr> {
    let row = reminder_settings::Entity::find_by_id(owner.id())
        .one(db)
        .await?;
    Ok(row.map_or_else(Settings::default, |row| Settings {
        push: DeliveryMode::from_db(row.push),
        mail: DeliveryMode::from_db(row.mail),
        shows_title: row.shows_title,
    }))
}
