//! Scopes, which limit an access token to parts of the API.

use std::fmt;

/// A permission that an access token may carry. Sessions of browsers are not limited by scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Reads notes, their earlier versions and their changes.
    NotesRead,
    /// Creates, changes and deletes notes.
    NotesWrite,
    /// Reads labels, with their names, colours and order.
    LabelsRead,
    /// Creates, changes and deletes labels.
    LabelsWrite,
    /// Reads the account of the user.
    AccountRead,
    /// Downloads an export of the whole account.
    Export,
    /// Reads webhooks and their deliveries.
    WebhooksRead,
    /// Creates, changes and deletes webhooks, which receive events about notes and labels.
    WebhooksWrite,
}

impl Scope {
    /// All scopes, in the order in which the API lists them.
    pub const ALL: [Self; 8] = [
        Self::NotesRead,
        Self::NotesWrite,
        Self::LabelsRead,
        Self::LabelsWrite,
        Self::AccountRead,
        Self::Export,
        Self::WebhooksRead,
        Self::WebhooksWrite,
    ];

    /// Returns the name of the scope in the API and in the database, such as `notes:read`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotesRead => "notes:read",
            Self::NotesWrite => "notes:write",
            Self::LabelsRead => "labels:read",
            Self::LabelsWrite => "labels:write",
            Self::AccountRead => "account:read",
            Self::Export => "export",
            Self::WebhooksRead => "webhooks:read",
            Self::WebhooksWrite => "webhooks:write",
        }
    }

    /// Returns the scope with this name; `None` for an unknown name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }

    /// Returns true for a scope that permits creating, changing or deleting something.
    pub fn permits_writes(self) -> bool {
        matches!(
            self,
            Self::NotesWrite | Self::LabelsWrite | Self::WebhooksWrite
        )
    }

    fn as_bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of scopes, as bits. Its text form is the names of the scopes, separated by spaces.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u16);

impl Scopes {
    /// Returns the set of all scopes that this release knows.
    pub fn all() -> Self {
        Scope::ALL.into_iter().collect()
    }

    /// Returns the set of all scopes that permit no changes.
    pub fn read_only() -> Self {
        let all = Scope::ALL.into_iter();
        all.filter(|scope| !scope.permits_writes()).collect()
    }

    /// Returns true if the set contains the scope, that is, permits its requests.
    pub fn has_scope(self, scope: Scope) -> bool {
        self.0 & scope.as_bit() != 0
    }

    /// Returns true if the set contains no scope, for example because all names in a text were unknown.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the scopes of the set, in the order of [`Scope::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL
            .into_iter()
            .filter(move |scope| self.has_scope(*scope))
    }

    /// Parses names of scopes separated by spaces. Unknown names, such as those of a later release, are ignored.
    pub fn parse(words: &str) -> Self {
        words.split(' ').filter_map(Scope::parse).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let bits = scopes.into_iter().map(Scope::as_bit);
        Self(bits.fold(0, |all, bit| all | bit))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(scope.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_scope_names() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
            let alone: Scopes = [scope].into_iter().collect();
            assert_eq!(Scopes::parse(&alone.to_string()), alone);
            assert_eq!(alone.iter().collect::<Vec<_>>(), [scope]);
        }
        assert_eq!(Scopes::parse(&Scopes::all().to_string()), Scopes::all());
        assert!(Scopes::parse("admin notes:admin").is_empty());
        assert!(!Scopes::read_only().has_scope(Scope::NotesWrite));
        assert!(Scopes::read_only().has_scope(Scope::Export));
    }
}
