//! The secrets of a sign-in: all of them are derived from two random values, of which the database stores only hashes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use crate::auth::token;
use crate::error::Error;

/// Length of a secret in characters: 256 bits in base64url.
const CHARS: usize = 43;

/// The two random values of a sign-in. `Debug` shows neither of them.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The `state` parameter, which the provider returns with its response.
    pub state: SecretString,
    /// The cookie of the browser in which the sign-in started.
    pub browser: SecretString,
}

impl Secrets {
    /// Creates the secrets of a new sign-in. A valid `cookie` from an earlier sign-in in this browser is kept, so that sign-ins in two tabs can both
    /// complete.
    pub fn begin(cookie: Option<SecretString>) -> Result<Self, Error> {
        let known = cookie.filter(|cookie| is_secret(cookie.expose_secret()));
        Ok(Self {
            state: token::session()?,
            browser: match known {
                Some(cookie) => cookie,
                None => token::session()?,
            },
        })
    }

    /// Returns the `nonce`, which the ID token must contain.
    pub(super) fn nonce(&self) -> String {
        self.derive("nonce")
    }

    /// Returns the PKCE code verifier, without which the authorization code cannot be exchanged.
    pub(super) fn verifier(&self) -> String {
        self.derive("verifier")
    }

    fn derive(&self, word: &str) -> String {
        let (state, browser) = (self.state.expose_secret(), self.browser.expose_secret());
        let digest = Sha256::digest(format!("{word}\0{browser}\0{state}"));
        URL_SAFE_NO_PAD.encode(digest)
    }
}

fn is_secret(text: &str) -> bool {
    text.len() == CHARS
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_in_has_secrets_of_its_own() {
        let first = Secrets::begin(None).unwrap();
        let second = Secrets::begin(Some(first.browser.clone())).unwrap();
        assert_eq!(
            first.browser.expose_secret(),
            second.browser.expose_secret()
        );
        assert_ne!(first.state.expose_secret(), second.state.expose_secret());
        assert_ne!(first.nonce(), second.nonce());
        assert_ne!(first.verifier(), second.verifier());
        assert_ne!(first.nonce(), first.verifier());
        assert_eq!(first.verifier().len(), CHARS);
        assert_eq!(first.verifier(), first.clone().verifier());
    }

    #[test]
    fn a_cookie_that_is_no_secret_is_replaced() {
        for cookie in ["", "short", "é", &"a".repeat(44), &"=".repeat(43)] {
            let secrets = Secrets::begin(Some(cookie.into())).unwrap();
            assert!(is_secret(secrets.browser.expose_secret()));
            assert_ne!(secrets.browser.expose_secret(), cookie);
        }
    }
}
