//! Scopes: what an access token is for.

use std::fmt;

/// One thing that an access token may be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Reading notes, their versions and changes.
    NotesRead,
    /// Writing notes.
    NotesWrite,
    /// Reading labels.
    LabelsRead,
    /// Writing labels.
    LabelsWrite,
    /// Reading the account.
    AccountRead,
    /// Taking everything away at once.
    Export,
    /// Reading webhooks and their deliveries.
    WebhooksRead,
    /// Making and changing webhooks, which are told what happens to notes.
    WebhooksWrite,
}

impl Scope {
    /// All of them.
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

    /// The word for it.
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

    /// The scope of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }

    /// True for a scope that changes something.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Self::NotesWrite | Self::LabelsWrite | Self::WebhooksWrite
        )
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Scopes together.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u16);

impl Scopes {
    /// Every scope.
    pub fn all() -> Self {
        Scope::ALL.into_iter().collect()
    }

    /// Every scope that changes nothing.
    pub fn reading() -> Self {
        let all = Scope::ALL.into_iter();
        all.filter(|scope| !scope.writes()).collect()
    }

    /// True if this one is among them.
    pub fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// True if there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of [`Scope::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.has(*scope))
    }

    /// The scopes of words with spaces between them. Words of a later release mean nothing to this one.
    pub fn parse(words: &str) -> Self {
        words.split(' ').filter_map(Scope::parse).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let bits = scopes.into_iter().map(Scope::bit);
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
    fn words_come_back() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
            let alone: Scopes = [scope].into_iter().collect();
            assert_eq!(Scopes::parse(&alone.to_string()), alone);
            assert_eq!(alone.iter().collect::<Vec<_>>(), [scope]);
        }
        assert_eq!(Scopes::parse(&Scopes::all().to_string()), Scopes::all());
        assert!(Scopes::parse("admin notes:admin").is_empty());
        assert!(!Scopes::reading().has(Scope::NotesWrite));
        assert!(Scopes::reading().has(Scope::Export));
    }
}
