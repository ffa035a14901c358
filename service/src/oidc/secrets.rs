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
    pub fn with_cookie(cookie: Option<SecretString>) -> Result<Self, Error> {
        let known = cookie.filter(|cookie| is_secret(cookie.expose_secret()));
        Ok(Self {
            state: token::new_session_token()?,
            browser: match known {
                Some(cookie) => cookie,
                None => token::new_session_token()?,
            },
        })
    }

    /// Returns the `nonce`, which the ID token must contain.
    pub(super) fn nonce(&self) -> String {
        self.derive_value("nonce")
    }

    /// Returns the PKCE code verifier, without which the authorization code cannot be exchanged.
    pub(super) fn code_verifier(&self) -> String {
        self.derive_value("verifier")
    }

    fn derive_value(&self, word: &str) -> String {
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
    fn generates_distinct_secrets() {
        let first = Secrets::with_cookie(None).unwrap();
        let second = Secrets::with_cookie(Some(first.browser.clone())).unwrap();
        assert_eq!(
            first.browser.expose_secret(),
            second.browser.expose_secret()
        );
        assert_ne!(first.state.expose_secret(), second.state.expose_secret());
        assert_ne!(first.nonce(), second.nonce());
        assert_ne!(first.code_verifier(), second.code_verifier());
        assert_ne!(first.nonce(), first.code_verifier());
        assert_eq!(first.code_verifier().len(), CHARS);
        assert_eq!(first.code_verifier(), first.clone().code_verifier());
    }

    #[test]
    fn replaces_invalid_cookie() {
        for cookie in ["", "short", "é", &"a".repeat(44), &"=".repeat(43)] {
            let secrets = Secrets::with_cookie(Some(cookie.into())).unwrap();
            assert!(is_secret(secrets.browser.expose_secret()));
            assert_ne!(secrets.browser.expose_secret(), cookie);
        }
    }
}
