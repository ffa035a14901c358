//! Rules for passwords.

use crate::cfn::cognito::user_pool;
use crate::construct::With;
use crate::core::Duration;

/// Class of characters that a password must contain.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CharacterClass {
    /// Letters a to z.
    Lowercase,
    /// Letters A to Z.
    Uppercase,
    /// Digits 0 to 9.
    Digit,
    /// Punctuation.
    Symbol,
}

/// Rules for the passwords of a user pool.
///
/// See [password
/// requirements](https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | shortest password | 12 characters | 8 characters |
/// | classes of characters | all four | all four |
/// | temporary password | valid for 7 days | valid for 7 days |
/// | earlier passwords | accepted | accepted |
///
/// ```
/// use infra_lib::cognito::{CharacterClass, PasswordPolicy};
///
/// let phrases = PasswordPolicy::new().minimum_length(20).without(CharacterClass::Symbol);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct PasswordPolicy {
    minimum_length: u8,
    required: [bool; 4],
    history: Option<u8>,
    temporary_validity: Duration,
}

impl PasswordPolicy {
    /// Creates rules with the defaults of this library.
    pub const fn new() -> Self {
        Self {
            minimum_length: 12,
            required: [true; 4],
            history: None,
            temporary_validity: Duration::days(7),
        }
    }

    /// Sets the number of characters of the shortest password, 6 to 99.
    pub const fn minimum_length(mut self, characters: u8) -> Self {
        self.minimum_length = characters;
        self
    }

    /// Accepts passwords without a class of characters, which suits long phrases.
    pub const fn without(mut self, class: CharacterClass) -> Self {
        self.required[class as usize] = false;
        self
    }

    /// Refuses the last passwords of a user, 1 to 24 of them.
    pub const fn refuse_last(mut self, passwords: u8) -> Self {
        self.history = Some(passwords);
        self
    }

    /// Sets the time in which an invited user can sign in with the temporary password, in whole days up to 365.
    pub const fn temporary_validity(mut self, validity: Duration) -> Self {
        self.temporary_validity = validity;
        self
    }

    pub(super) fn property(self) -> user_pool::PasswordPolicy {
        let requires = |class: CharacterClass| self.required[class as usize];
        let days = self.temporary_validity.as_seconds().div_ceil(86_400);
        user_pool::PasswordPolicy::new()
            .minimum_length(self.minimum_length)
            .require_lowercase(requires(CharacterClass::Lowercase))
            .require_uppercase(requires(CharacterClass::Uppercase))
            .require_numbers(requires(CharacterClass::Digit))
            .require_symbols(requires(CharacterClass::Symbol))
            .temporary_password_validity_days(i64::try_from(days).unwrap_or(i64::MAX))
            .with(
                self.history,
                user_pool::PasswordPolicy::password_history_size,
            )
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self::new()
    }
}
