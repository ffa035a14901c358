//! Authentication factors that a user presents to sign in.

/// An authentication factor of a sign-in, by which a user proves their identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// The password of the account.
    Password,
    /// A passkey (WebAuthn) with user verification on the device.
    Passkey,
    /// An account at an identity provider (OpenID Connect).
    Identity,
    /// A time-based one-time code (TOTP) from an authenticator app, which changes every 30 seconds.
    Totp,
    /// A recovery code that the user stored on setup; each works once.
    RecoveryCode,
}

impl Factor {
    /// All factors, in the order of their database numbers.
    pub const ALL: [Self; 5] = [
        Self::Password,
        Self::Passkey,
        Self::Identity,
        Self::Totp,
        Self::RecoveryCode,
    ];

    /// Returns the number that stands for the factor in the database.
    pub fn to_db(self) -> i16 {
        match self {
            Self::Password => 0,
            Self::Passkey => 1,
            Self::Identity => 2,
            Self::Totp => 3,
            Self::RecoveryCode => 4,
        }
    }

    /// Returns the factor for a number from the database; `None` for a number that a later release wrote.
    pub fn from_db(number: i16) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|factor| factor.to_db() == number)
    }
}

/// The factors by which a session was opened, in the order in which the user presented them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignedInBy {
    /// First factor; `None` for guests, and for sessions opened before the service recorded factors.
    pub first: Option<Factor>,
    /// Second factor; `None` for accounts that did not require one.
    pub second: Option<Factor>,
}

impl SignedInBy {
    /// Records a sign-in by a single factor, without a second one.
    pub fn single_factor(first: Factor) -> Self {
        Self {
            first: Some(first),
            second: None,
        }
    }

    /// Returns the recorded factors in the order in which they were presented.
    pub fn iter_factors(self) -> impl Iterator<Item = Factor> {
        self.first.into_iter().chain(self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_factor_numbers() {
        for factor in Factor::ALL {
            assert_eq!(Factor::from_db(factor.to_db()), Some(factor));
        }
        assert_eq!(Factor::from_db(99), None);
    }
}
