//! Accounts: of people who registered, and of guests.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// An account as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: Uuid,
    /// The address; guests have none.
    pub email: Option<String>,
    /// The name, as it was written.
    pub username: String,
    /// When it ends with everything in it, if it is a guest's.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it is a guest's.
    pub is_guest: bool,
    /// Notes in it, those in the trash included.
    pub notes: i32,
    /// Labels in it.
    pub labels: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What people call themselves to sign in: a username holds no `@`, so that there is no doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// An address, folded.
    Email(String),
    /// A username, folded.
    Username(String),
}

impl Login {
    /// What somebody typed.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text.contains('@') {
            Self::Email(fold(text))
        } else {
            Self::Username(fold(text))
        }
    }

    /// The folded text, which attempts are counted by.
    pub fn key(&self) -> &str {
        match self {
            Self::Email(key) | Self::Username(key) => key,
        }
    }
}

/// What makes two addresses or two usernames the same. Both are ASCII, see their patterns in the API's document.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}
