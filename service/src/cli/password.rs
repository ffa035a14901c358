//! Passwords of commands: read from standard input, or made and shown once. Never an argument, which every process of the machine can see.

use std::io::{self, Read as _};

use secrecy::{ExposeSecret as _, SecretString};

use crate::auth::{strength, token};
use crate::domain::account::PASSWORD_CHARS;
use crate::error::Error;

/// Bytes that are read at most: a password of the longest kind, and a line end.
const MOST_BYTES: u64 = 4 * 1024;

/// Source of the password: standard input, or this program.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// Read the password from standard input, in place of making one and printing it once
    #[arg(long)]
    password_stdin: bool,
}

/// A password of an account.
pub(super) struct Password {
    /// The password itself.
    pub(super) secret: SecretString,
    /// True if it was made here, so that it has to be shown.
    pub(super) is_made: bool,
}

impl Source {
    /// The password for somebody with these names.
    pub(super) fn password(&self, names: &[&str]) -> Result<Password, Error> {
        if !self.password_stdin {
            return Ok(Password {
                secret: token::random::<15>()?.into(),
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
        check(&secret, names)?;
        Ok(Password {
            secret,
            is_made: false,
        })
    }
}

/// Refuses what the API refuses.
fn check(secret: &SecretString, names: &[&str]) -> Result<(), Error> {
    let text = secret.expose_secret();
    if !PASSWORD_CHARS.contains(&text.chars().count()) || text.contains('\0') {
        let text = format!(
            "needs {} to {} characters",
            PASSWORD_CHARS.start(),
            PASSWORD_CHARS.end()
        );
        return Err(Error::invalid("password", "length", text));
    }
    strength::check("password", secret, names)
}
