//! The authenticated user, whose rows a query is limited to.

use uuid::Uuid;

/// An authenticated user. Only this folder creates values: from sessions, access tokens and registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner(Uuid);

impl Owner {
    /// Marks a user as authenticated, or as chosen by an operator.
    pub(in crate::store) fn from_authenticated(user: Uuid) -> Self {
        Self(user)
    }

    /// Returns the identifier of the user's account, for the condition of a query.
    pub fn id(self) -> Uuid {
        self.0
    }
}
