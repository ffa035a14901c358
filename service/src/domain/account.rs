//! Accounts of registered users and of guests, with the form of their names, addresses and passwords.

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// An account, as its own user and operators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifier of the account, a UUID of version 7.
    pub id: Uuid,
    /// Email address as it was entered; `None` for guests, and for users of an identity provider that reports no address.
    pub email: Option<String>,
    /// Username in the spelling that its user chose; [`fold_name`] gives the form in which names are compared.
    pub username: String,
    /// Time at which the account is deleted with everything in it; set for guests only.
    pub expires_at: Option<DateTime<Utc>>,
    /// True for the temporary account of a guest, who has not registered.
    pub is_guest: bool,
    /// Number of notes in the account, including archived notes and notes in the trash.
    pub notes: i32,
    /// Number of labels that the user has created, which counts against the limit of the account.
    pub labels: i32,
    /// Time at which the account was created, by registration, as a guest or by an operator.
    pub created_at: DateTime<Utc>,
    /// Time at which an operator disabled the account; `None` while its user may sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Time at which the user proved control of the address; `None` while it is unverified.
    pub email_verified_at: Option<DateTime<Utc>>,
}

/// The name that a person enters to sign in. Usernames contain no `@`, so an entry with one is always an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// An email address in the form of [`fold_name`].
    Email(String),
    /// A username in the form of [`fold_name`].
    Username(String),
}

impl Login {
    /// Reads the entry of a sign-in form: trims it, and takes it as an address if it contains an `@`, as a username otherwise.
    pub fn from_input(text: &str) -> Self {
        let text = text.trim();
        if text.contains('@') {
            Self::Email(fold_name(text))
        } else {
            Self::Username(fold_name(text))
        }
    }

    /// Returns the folded text, the key under which failed sign-in attempts are counted.
    pub fn key(&self) -> &str {
        match self {
            Self::Email(key) | Self::Username(key) => key,
        }
    }
}

/// Maximum number of characters in an email address, the limit of an SMTP path (RFC 5321).
pub const EMAIL_CHARS: usize = 254;
/// Regular expression for email addresses: the one of the HTML standard, which browsers apply to `<input type="email">`.
pub const EMAIL_PATTERN: &str =
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$";
/// Minimum and maximum number of characters in a username, which are bytes as well because usernames are ASCII.
pub const USERNAME_CHARS: std::ops::RangeInclusive<usize> = 3..=32;
/// Regular expression for usernames. It excludes `@`, so that a username is never mistaken for an address.
pub const USERNAME_PATTERN: &str = r"^[A-Za-z0-9_.-]+$";
/// Minimum and maximum number of characters in a password. The API document and the command line tools use the same values.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 8..=256;

/// Checks an email address against [`EMAIL_CHARS`] and [`EMAIL_PATTERN`], the same rules that the API document states. The error is the end of a
/// sentence about the value.
pub fn parse_email(text: &str) -> Result<String, String> {
    if text.len() <= EMAIL_CHARS && matches_pattern(EMAIL_PATTERN, text) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "is not a valid email address of at most {EMAIL_CHARS} characters, such as ada@example.com"
    ))
}

/// Checks a username against [`USERNAME_CHARS`] and [`USERNAME_PATTERN`], the same rules that the API document states. The error is the end of a
/// sentence about the value.
pub fn parse_username(text: &str) -> Result<String, String> {
    if USERNAME_CHARS.contains(&text.len()) && matches_pattern(USERNAME_PATTERN, text) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "is not a valid username: use {} to {} letters, digits, dots, dashes and underscores",
        USERNAME_CHARS.start(),
        USERNAME_CHARS.end()
    ))
}

/// Proposes a username from the name, or else the address, that an identity provider reports. Characters that usernames exclude are replaced; `user`
/// if nothing usable is left.
pub fn username_of(name: Option<&str>, email: Option<&str>) -> String {
    let local = |text: &str| text.split('@').next().unwrap_or_default().to_owned();
    [name, email]
        .into_iter()
        .flatten()
        .map(|text| simplify_username(&local(text)))
        .find(|name| USERNAME_CHARS.contains(&name.len()))
        .unwrap_or_else(|| "user".to_owned())
}

/// Removes accents, replaces each run of other characters that usernames exclude by a dash, and cuts the result to the longest username.
fn simplify_username(text: &str) -> String {
    let mut plain = String::new();
    for char in text.nfkd().filter(|char| !is_combining_mark(*char)) {
        let char = if char.is_ascii_alphanumeric() || matches!(char, '.' | '_') {
            char
        } else {
            '-'
        };
        if char != '-' || !plain.ends_with('-') {
            plain.push(char);
        }
    }
    let plain = plain.trim_matches('-');
    let kept = plain.get(..*USERNAME_CHARS.end()).unwrap_or(plain);
    kept.trim_end_matches('-').to_owned()
}

fn matches_pattern(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

/// Returns the form in which addresses and usernames are compared: lowercase. Both are ASCII, see [`EMAIL_PATTERN`] and [`USERNAME_PATTERN`].
pub fn fold_name(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_username_from_provider_claims() {
        for (name, email, expected) in [
            (Some("ada"), Some("countess@example.com"), "ada"),
            (Some("ada@corp.example"), None, "ada"),
            (Some("Ada Lovelace"), None, "Ada-Lovelace"),
            (Some("José  Núñez!"), None, "Jose-Nunez"),
            (Some("李"), Some("li.wei@example.com"), "li.wei"),
            (Some("李"), Some("李@example.com"), "user"),
            (Some("-- "), None, "user"),
            (None, None, "user"),
            (Some(&"x".repeat(80)), None, &"x".repeat(32)),
        ] {
            let made = username_of(name, email);
            assert_eq!(made, expected, "{name:?} {email:?}");
            assert!(parse_username(&made).is_ok(), "{made}");
        }
    }
}
