//! Who somebody is: passwords, tokens, and how often one may try. No HTTP, and no database.

pub mod passkeys;
pub mod password;
pub mod rates;
pub mod recovery;
mod registration;
pub mod seal;
pub mod signature;
pub mod strength;
pub mod token;
pub mod totp;

pub use registration::Registration;

use chrono::TimeDelta;

/// What an operator decides about accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// How expensive it is to try a password.
    pub cost: password::Cost,
    /// How often one may try.
    pub rates: rates::Rates,
    /// How long sessions last.
    pub lifetimes: Lifetimes,
    /// Admission of people who register. Default: open to everybody.
    pub registration: Registration,
}

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// From sign-in on, however busy a session is.
    pub session: TimeDelta,
    /// Without a request.
    pub idle: TimeDelta,
    /// Of a guest, with everything that belongs to it.
    pub guest: TimeDelta,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            session: TimeDelta::days(30),
            idle: TimeDelta::days(14),
            guest: TimeDelta::hours(24),
        }
    }
}
