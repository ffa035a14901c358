//! Accounts: of people who registered, and of guests.

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// An account as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: Uuid,
    /// The address; guests have none, nor has who came by a provider that names none.
    pub email: Option<String>,
    /// The name, as it was written.
    pub username: String,
    /// When it ends with everything in it, if it is a guest's.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it is a guest's.
    pub is_guest: bool,
    /// Notes in it, those in the trash included.
    pub notes: i32,
    /// Labels in it.
    pub labels: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when an operator keeps its user out, if so.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Since when the address is known to be its user's.
    pub email_verified_at: Option<DateTime<Utc>>,
}

/// What people call themselves to sign in: a username holds no `@`, so that there is no doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// An address, folded.
    Email(String),
    /// A username, folded.
    Username(String),
}

impl Login {
    /// What somebody typed.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text.contains('@') {
            Self::Email(fold(text))
        } else {
            Self::Username(fold(text))
        }
    }

    /// The folded text, which attempts are counted by.
    pub fn key(&self) -> &str {
        match self {
            Self::Email(key) | Self::Username(key) => key,
        }
    }
}

/// Characters of an address.
pub const EMAIL_CHARS: usize = 254;
/// The form of an address; that of HTML, in which browsers check the field of a form.
pub const EMAIL_PATTERN: &str =
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$";
/// Characters of a username.
pub const USERNAME_CHARS: std::ops::RangeInclusive<usize> = 3..=32;
/// The form of a username: without `@`, so that it cannot be taken for an address.
pub const USERNAME_PATTERN: &str = r"^[A-Za-z0-9_.-]+$";
/// Characters of a password.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 8..=256;

/// An address that an account may have, as the API's document has it.
pub fn parse_email(text: &str) -> Result<String, String> {
    if text.len() <= EMAIL_CHARS && matches(EMAIL_PATTERN, text) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "is no address of at most {EMAIL_CHARS} characters, as ada@example.com"
    ))
}

/// A username that an account may have, as the API's document has it.
pub fn parse_username(text: &str) -> Result<String, String> {
    if USERNAME_CHARS.contains(&text.len()) && matches(USERNAME_PATTERN, text) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "is no name of {} to {} letters, digits, dots, dashes and underscores",
        USERNAME_CHARS.start(),
        USERNAME_CHARS.end()
    ))
}

/// A username for somebody whom a provider calls so, or who has this address there: what is left of it within the form of usernames.
pub fn username_of(name: Option<&str>, email: Option<&str>) -> String {
    let local = |text: &str| text.split('@').next().unwrap_or_default().to_owned();
    [name, email]
        .into_iter()
        .flatten()
        .map(|text| plain(&local(text)))
        .find(|name| USERNAME_CHARS.contains(&name.len()))
        .unwrap_or_else(|| "user".to_owned())
}

/// Letters without what stands above them, and dashes in place of everything else that no username has.
fn plain(text: &str) -> String {
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

fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

/// What makes two addresses or two usernames the same. Both are ASCII, see their patterns in the API's document.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_is_made_of_what_a_provider_says() {
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
