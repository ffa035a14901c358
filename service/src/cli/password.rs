//! Passwords of commands: read from standard input, or generated and shown once. They are never arguments, which all processes of the machine can
//! read.

use std::io::{self, Read as _};

use secrecy::{ExposeSecret as _, SecretString};

use crate::auth::{strength, token};
use crate::domain::account::PASSWORD_CHARS;
use crate::error::Error;

/// Maximum number of bytes to read, enough for the longest password and a line end.
const MOST_BYTES: u64 = 4 * 1024;

/// Source of a new password: standard input, or this program.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// Read the password from standard input instead of generating one and printing it once
    #[arg(long)]
    password_stdin: bool,
}

/// A new password of an account.
pub(super) struct Password {
    /// Password in plain text, which is cleared from memory when dropped.
    pub(super) secret: SecretString,
    /// True if this program has generated the password and therefore has to show it.
    pub(super) is_made: bool,
}

impl Source {
    /// Reads or generates the password of a user with these names. Fails if a given password has a wrong length or is easy to guess.
    pub(super) fn read_password(&self, names: &[&str]) -> Result<Password, Error> {
        if !self.password_stdin {
            return Ok(Password {
                secret: token::random_text::<15>()?.into(),
                is_made: true,
            });
        }
        let mut text = String::new();
        let read = io::stdin()
            .lock()
            .take(MOST_BYTES)
            .read_to_string(&mut text);
        let secret = SecretString::from(text.trim_end_matches(['\r', '\n']));
        if let Err(error) = read {
            let text = format!("cannot be read from standard input: {error}");
            return Err(Error::invalid("password", "malformed", text));
        }
        check_password(&secret, names)?;
        Ok(Password {
            secret,
            is_made: false,
        })
    }
}

/// Checks length and strength with the same rules as the API.
fn check_password(secret: &SecretString, names: &[&str]) -> Result<(), Error> {
    let text = secret.expose_secret();
    if !PASSWORD_CHARS.contains(&text.chars().count()) || text.contains('\0') {
        let text = format!(
            "must have {} to {} characters",
            PASSWORD_CHARS.start(),
            PASSWORD_CHARS.end()
        );
        return Err(Error::invalid("password", "length", text));
    }
    strength::check_strength("password", secret, names)
}
