//! How often one may try: so many attempts at once, and so many in a time.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A rate: `burst` attempts at once, which come back evenly over `period`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Attempts at once.
    pub burst: u32,
    /// The time in which all of them come back.
    pub period: Duration,
}

impl Rate {
    /// So many attempts in so many seconds.
    pub const fn new(burst: u32, seconds: u64) -> Self {
        Self {
            burst,
            period: Duration::from_secs(seconds),
        }
    }

    /// Microseconds in which one attempt comes back; even, see the statement that counts.
    pub(crate) fn interval(self) -> i64 {
        let interval = self.period.as_micros() / u128::from(self.burst.max(1));
        i64::try_from(interval).unwrap_or(i64::MAX / 4).max(2) & !1
    }

    /// Microseconds that the next attempt may be ahead of an even flow.
    pub(crate) fn tolerance(self) -> i64 {
        self.interval()
            .saturating_mul(i64::from(self.burst.max(1)) - 1)
    }
}

impl std::str::FromStr for Rate {
    type Err = ();

    /// A number, a slash, and seconds: `500/10`.
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

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Signing in, by the address it comes from: one who tries many names.
    LoginFromAddress,
    /// Signing in, by the name that is tried, from addresses that were never right about it: many who try one name.
    LoginAsName,
    /// Signing in, by name and address together, where this address was right about this name before.
    LoginAsNameFromKnownAddress,
    /// Making accounts, by address.
    Register,
    /// Coming as a guest, by address.
    Guest,
    /// Showing the password again, by user.
    ConfirmPassword,
    /// Asking for mail without being signed in, by address.
    AskForMail,
    /// Mail that is asked for, by the address it goes to, whether or not an account has it.
    MailTo,
    /// Opening a link of a mail, by address.
    UseMailedLink,
    /// Having a webhook called for a test, by user.
    Ping,
    /// Going to the provider to sign in there, by address.
    GoToProvider,
    /// Beginning a ceremony of a passkey without being signed in, by address.
    StartPasskey,
    /// Showing a second factor, by address.
    SecondFactorFromAddress,
    /// Showing a second factor, by user, from addresses that were never right about them.
    SecondFactor,
    /// Showing a second factor, by user and address together, where this address was right about this user before.
    SecondFactorFromKnownAddress,
    /// Opening a link to a note, by address.
    OpenNoteLink,
    /// Inviting somebody to a note, by user.
    ShareNote,
}

impl Kind {
    /// The word in the key.
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

    /// The key under which attempts of this kind about this value are counted. Names and addresses are hashed: they are nobody's business who
    /// reads the table.
    pub(crate) fn key(self, value: &str) -> String {
        key(self.as_str(), value)
    }
}

/// The key under which it is remembered until when an address is known for a name.
pub(crate) fn known_key(value: &str) -> String {
    key("known", value)
}

fn key(word: &str, value: &str) -> String {
    let hash = Sha256::digest(format!("{word}\0{value}"));
    format!("{word}:{}", URL_SAFE_NO_PAD.encode(&hash[..16]))
}

/// The rates of everything that is limited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Signing in, by address.
    pub login_from_address: Rate,
    /// Signing in, by name.
    pub login_as_name: Rate,
    /// Making accounts, by address.
    pub register: Rate,
    /// Coming as a guest, by address.
    pub guest: Rate,
    /// Showing the password again, by user.
    pub confirm_password: Rate,
    /// Asking for mail, by address.
    pub ask_for_mail: Rate,
    /// Mail to one address.
    pub mail_to: Rate,
    /// Opening a link of a mail, by address.
    pub use_mailed_link: Rate,
    /// Having a webhook called for a test, by user.
    pub ping: Rate,
    /// Going to the provider, by address.
    pub go_to_provider: Rate,
    /// Beginning a ceremony of a passkey, by address.
    pub start_passkey: Rate,
    /// Showing a second factor, by address.
    pub second_factor_from_address: Rate,
    /// Showing a second factor, by user. Three of a million codes are right at a time: whoever knows the password and tries day and night finds one in
    /// four years, on average.
    pub second_factor: Rate,
    /// Opening a link to a note, by address.
    pub open_note_link: Rate,
    /// Inviting somebody to a note, by user.
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
            // The provider counts attempts; many people of one office come from one address.
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
    /// The rate of a kind.
    pub(crate) fn of(&self, kind: Kind) -> Rate {
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
    fn a_key_tells_neither_name_nor_address() {
        let key = Kind::LoginAsName.key("ada@example.com");
        assert!(!key.contains("ada"), "{key}");
        assert_ne!(key, Kind::LoginAsName.key("ada@example.org"));
        assert_ne!(key, Kind::Register.key("ada@example.com"));
        assert!(key.len() < 64);
    }

    #[test]
    fn extreme_rates_do_not_overflow() {
        for rate in [
            Rate::new(0, 0),
            Rate::new(1, u64::MAX),
            Rate::new(u32::MAX, 1),
            Rate::new(u32::MAX, u64::MAX),
        ] {
            assert!(rate.interval() > 0 && rate.interval() % 2 == 0, "{rate:?}");
            assert!(rate.tolerance() >= 0, "{rate:?}");
        }
    }
}
