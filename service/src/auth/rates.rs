//! Rate limits of sign-in and other attempts. [`Rate`] is one limit, [`Kind`] lists the limited attempts, and [`Rates`] holds the limit of each kind;
//! `store::rate_limits` counts the attempts in the database.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A rate limit: `burst` attempts at once, which become available again evenly over `period`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Maximum number of attempts at once.
    pub burst: u32,
    /// Time in which a used-up burst becomes available again completely.
    pub period: Duration,
}

impl Rate {
    /// Creates a limit of `burst` attempts per this number of seconds.
    pub const fn new(burst: u32, seconds: u64) -> Self {
        Self {
            burst,
            period: Duration::from_secs(seconds),
        }
    }

    /// Returns the time in microseconds after which one attempt becomes available again. The number is even, because the statement that counts
    /// attempts uses the lowest bit as a flag.
    pub(crate) fn interval_micros(self) -> i64 {
        let interval = self.period.as_micros() / u128::from(self.burst.max(1));
        i64::try_from(interval).unwrap_or(i64::MAX / 4).max(2) & !1
    }

    /// Returns the time in microseconds by which an attempt may be ahead of an even flow before it is refused.
    pub(crate) fn tolerance_micros(self) -> i64 {
        self.interval_micros()
            .saturating_mul(i64::from(self.burst.max(1)) - 1)
    }
}

impl std::str::FromStr for Rate {
    type Err = ();

    /// Parses a number of attempts and a number of seconds (1 to 86,400), separated by a slash: `500/10`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (burst, seconds) = text.split_once('/').ok_or(())?;
        let burst: u32 = burst.parse().map_err(drop)?;
        let seconds: u64 = seconds.parse().map_err(drop)?;
        if burst == 0 || !(1..=86_400).contains(&seconds) {
            return Err(());
        }
        Ok(Self::new(burst, seconds))
    }
}

/// Kinds of attempts that are rate limited, each counted by the value that its description names. "Address" is the network address of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sign-in, by address: limits one client that tries many names.
    LoginFromAddress,
    /// Sign-in, by name, from addresses that have never signed in with it: limits many clients that try one name.
    LoginAsName,
    /// Sign-in, by name and address together, from an address that has signed in with this name before. An attack on the name from elsewhere does not
    /// block its user.
    LoginAsNameFromKnownAddress,
    /// Registration of accounts, by address.
    Register,
    /// Creation of guest accounts, by address.
    Guest,
    /// Confirmation of the password by a user who is signed in, by user.
    ConfirmPassword,
    /// Requests for mail by clients that are not signed in, by address.
    AskForMail,
    /// Requested mail, by the email address it goes to, regardless of whether an account has this address.
    MailTo,
    /// Use of a link from a mail, by address.
    UseMailedLink,
    /// Test deliveries to a webhook, by user.
    Ping,
    /// Redirects to the OpenID provider for signing in, by address.
    GoToProvider,
    /// Passkey ceremonies begun without being signed in, by address.
    StartPasskey,
    /// Attempts at a second factor, by address.
    SecondFactorFromAddress,
    /// Attempts at a second factor, by user, from addresses that have never completed it for this user.
    SecondFactor,
    /// Attempts at a second factor, by user and address together, from an address that has completed it for this user before.
    SecondFactorFromKnownAddress,
    /// Use of a public link to a note, by address.
    OpenNoteLink,
    /// Invitations of other users to a note, by user.
    ShareNote,
}

impl Kind {
    /// Returns the word that names this kind of attempt in the database key.
    fn as_str(self) -> &'static str {
        match self {
            Self::LoginFromAddress => "login-address",
            Self::LoginAsName => "login-name",
            Self::LoginAsNameFromKnownAddress => "login-known",
            Self::Register => "register",
            Self::Guest => "guest",
            Self::ConfirmPassword => "confirm-password",
            Self::AskForMail => "ask-for-mail",
            Self::MailTo => "mail-to",
            Self::UseMailedLink => "mailed-link",
            Self::Ping => "ping",
            Self::GoToProvider => "provider",
            Self::StartPasskey => "start-passkey",
            Self::SecondFactorFromAddress => "second-address",
            Self::SecondFactor => "second-factor",
            Self::SecondFactorFromKnownAddress => "second-known",
            Self::OpenNoteLink => "note-link",
            Self::ShareNote => "share-note",
        }
    }

    /// Returns the database key that counts attempts of this kind by this value. The value (a name, an address) is hashed, so that the table reveals
    /// neither.
    pub(crate) fn database_key(self, value: &str) -> String {
        hash_key(self.as_str(), value)
    }
}

/// Returns the database key that stores until when an address is known for a name.
pub(crate) fn known_key(value: &str) -> String {
    hash_key("known", value)
}

fn hash_key(word: &str, value: &str) -> String {
    let hash = Sha256::digest(format!("{word}\0{value}"));
    format!("{word}:{}", URL_SAFE_NO_PAD.encode(&hash[..16]))
}

/// Rate limits of all kinds of attempts. See [`Kind`] for the value that each is counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Sign-in, by address. Default: 20 attempts per 5 minutes.
    pub login_from_address: Rate,
    /// Sign-in, by name. Default: 10 attempts per 15 minutes.
    pub login_as_name: Rate,
    /// Registration of accounts, by address. Default: 10 per hour.
    pub register: Rate,
    /// Creation of guest accounts, by address. Default: 10 per hour.
    pub guest: Rate,
    /// Confirmation of the password, by user. Default: 10 attempts per 15 minutes.
    pub confirm_password: Rate,
    /// Requests for mail, by address. Default: 10 per hour.
    pub ask_for_mail: Rate,
    /// Requested mail, by the email address it goes to. Default: 5 per hour.
    pub mail_to: Rate,
    /// Use of links from mails, by address. Default: 20 per 5 minutes.
    pub use_mailed_link: Rate,
    /// Test deliveries to a webhook, by user. Default: 10 per 5 minutes.
    pub ping: Rate,
    /// Redirects to the OpenID provider, by address. Default: 60 per 5 minutes.
    pub go_to_provider: Rate,
    /// Passkey ceremonies begun without being signed in, by address. Default: 60 per 5 minutes.
    pub start_passkey: Rate,
    /// Attempts at a second factor, by address. Default: 20 per 5 minutes.
    pub second_factor_from_address: Rate,
    /// Attempts at a second factor, by user. Default: 10 per hour. Three of a million codes are valid at any time, so an attacker who knows the
    /// password and tries without pause needs four years on average.
    pub second_factor: Rate,
    /// Use of public links to notes, by address. Default: 60 per minute.
    pub open_note_link: Rate,
    /// Invitations of other users to notes, by user. Default: 50 per day.
    pub share_note: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            login_from_address: Rate::new(20, 5 * 60),
            login_as_name: Rate::new(10, 15 * 60),
            register: Rate::new(10, 60 * 60),
            guest: Rate::new(10, 60 * 60),
            confirm_password: Rate::new(10, 15 * 60),
            ask_for_mail: Rate::new(10, 60 * 60),
            mail_to: Rate::new(5, 60 * 60),
            use_mailed_link: Rate::new(20, 5 * 60),
            ping: Rate::new(10, 5 * 60),
            // The provider limits attempts itself, and many people of one office share an address.
            go_to_provider: Rate::new(60, 5 * 60),
            start_passkey: Rate::new(60, 5 * 60),
            second_factor_from_address: Rate::new(20, 5 * 60),
            second_factor: Rate::new(10, 60 * 60),
            open_note_link: Rate::new(60, 60),
            share_note: Rate::new(50, 24 * 60 * 60),
        }
    }
}

impl Rates {
    /// Returns the rate limit of this kind of attempt.
    pub(crate) fn rate_for_kind(&self, kind: Kind) -> Rate {
        match kind {
            Kind::LoginFromAddress => self.login_from_address,
            Kind::LoginAsName | Kind::LoginAsNameFromKnownAddress => self.login_as_name,
            Kind::Register => self.register,
            Kind::Guest => self.guest,
            Kind::ConfirmPassword => self.confirm_password,
            Kind::AskForMail => self.ask_for_mail,
            Kind::MailTo => self.mail_to,
            Kind::UseMailedLink => self.use_mailed_link,
            Kind::Ping => self.ping,
            Kind::GoToProvider => self.go_to_provider,
            Kind::StartPasskey => self.start_passkey,
            Kind::SecondFactorFromAddress => self.second_factor_from_address,
            Kind::SecondFactor | Kind::SecondFactorFromKnownAddress => self.second_factor,
            Kind::OpenNoteLink => self.open_note_link,
            Kind::ShareNote => self.share_note,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_value_in_key() {
        let key = Kind::LoginAsName.database_key("ada@example.com");
        assert!(!key.contains("ada"), "{key}");
        assert_ne!(key, Kind::LoginAsName.database_key("ada@example.org"));
        assert_ne!(key, Kind::Register.database_key("ada@example.com"));
        assert!(key.len() < 64);
    }

    #[test]
    fn computes_extreme_rates_without_overflow() {
        for rate in [
            Rate::new(0, 0),
            Rate::new(1, u64::MAX),
            Rate::new(u32::MAX, 1),
            Rate::new(u32::MAX, u64::MAX),
        ] {
            assert!(
                rate.interval_micros() > 0 && rate.interval_micros() % 2 == 0,
                "{rate:?}"
            );
            assert!(rate.tolerance_micros() >= 0, "{rate:?}");
        }
    }
}
