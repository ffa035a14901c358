//! Authentication primitives without HTTP or database access: passwords, tokens, passkeys, second factors, encrypted secrets and rate limits. The
//! operator's choices are collected in [`Policy`].

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

/// Settings of authentication and registration that the operator of the service chooses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// Cost of hashing a password, in memory and passes of Argon2id.
    pub cost: password::Cost,
    /// Rate limits of sign-in, registration and the other attempts listed in [`rates::Kind`].
    pub rates: rates::Rates,
    /// Lifetimes of sessions and of guest accounts.
    pub lifetimes: Lifetimes,
    /// Admission of people who register. Default: [`Registration::Open`], which admits everyone.
    pub registration: Registration,
}

/// Lifetimes of sessions and of guest accounts. A session ends at the earlier of its absolute and its idle limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// Longest lifetime of a session, counted from sign-in regardless of activity. Default: 30 days.
    pub session: TimeDelta,
    /// Time without a request after which a session ends. Default: 14 days.
    pub idle: TimeDelta,
    /// Lifetime of a guest account, its session and all of its notes. Default: 24 hours.
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
