//! Factors: what somebody shows to be let in.

/// A factor of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// The password of the account.
    Password,
    /// A passkey, whose device has verified its user.
    Passkey,
    /// An account elsewhere, for which a provider of identities vouches.
    Identity,
    /// A code of an app, which changes every 30 seconds.
    Totp,
    /// A code that was written down, and works once.
    RecoveryCode,
}

impl Factor {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Password,
        Self::Passkey,
        Self::Identity,
        Self::Totp,
        Self::RecoveryCode,
    ];

    /// The number in the database.
    pub fn to_db(self) -> i16 {
        match self {
            Self::Password => 0,
            Self::Passkey => 1,
            Self::Identity => 2,
            Self::Totp => 3,
            Self::RecoveryCode => 4,
        }
    }

    /// The factor of a number in the database; none for one of a later release.
    pub fn from_db(number: i16) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|factor| factor.to_db() == number)
    }
}

/// The factors that a session was signed in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignedInBy {
    /// The first one; none for guests, and for sessions from before it was written down.
    pub first: Option<Factor>,
    /// The second one, where the account asked for it.
    pub second: Option<Factor>,
}

impl SignedInBy {
    /// One factor.
    pub fn one(first: Factor) -> Self {
        Self {
            first: Some(first),
            second: None,
        }
    }

    /// Both, in order.
    pub fn all(self) -> impl Iterator<Item = Factor> {
        self.first.into_iter().chain(self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_factors_come_back() {
        for factor in Factor::ALL {
            assert_eq!(Factor::from_db(factor.to_db()), Some(factor));
        }
        assert_eq!(Factor::from_db(99), None);
    }
}
