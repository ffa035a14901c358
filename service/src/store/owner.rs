//! Whose rows a query is about.

use uuid::Uuid;

/// A user who has been authenticated: made in this folder only, by sessions, access tokens and registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner(Uuid);

impl Owner {
    /// Says that this user is who asks.
    pub(in crate::store) fn authenticated(user: Uuid) -> Self {
        Self(user)
    }

    /// The user's identifier.
    pub fn id(self) -> Uuid {
        self.0
    }
}
