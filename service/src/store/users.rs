//! Accounts.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ActiveModelTrait, SqlErr};

use super::entity::user;
use super::{Owner, Store};
use crate::clock;
use crate::domain::id;
use crate::error::{Code, Error};

/// A person who registers.
#[derive(Debug)]
pub struct NewUser {
    /// The address, as it was written.
    pub email: String,
    /// The name, as it was written.
    pub username: String,
    /// The hash of the password.
    pub password_hash: String,
}

impl Store {
    /// Makes an account; address and name are compared without regard to case.
    pub async fn register(&self, new: NewUser) -> Result<Owner, Error> {
        let now = clock::now();
        let id = id::new();
        let user = user::ActiveModel {
            id: Set(id),
            email_key: Set(Some(new.email.to_lowercase())),
            email: Set(Some(new.email)),
            username_key: Set(new.username.to_lowercase()),
            username: Set(new.username),
            password_hash: Set(Some(new.password_hash)),
            is_guest: Set(false),
            expires_at: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            revision: NotSet,
            changes_floor: NotSet,
            note_count: NotSet,
            label_count: NotSet,
            next_position: NotSet,
        };
        match user.insert(self.db()).await {
            Ok(_) => Ok(Owner::authenticated(id)),
            Err(error) => Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(what)) if what.contains("email") => {
                    Error::new(Code::EmailTaken)
                }
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::new(Code::UsernameTaken),
                _ => error.into(),
            }),
        }
    }
}
