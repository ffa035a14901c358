//! The secrets of one sign-in: all of them are made of two, of which the database keeps hashes only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use crate::auth::token;
use crate::error::Error;

/// Characters of a secret: 256 bits in base64url.
const CHARS: usize = 43;

/// What a sign-in is known by. `Debug` shows nothing of it.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The parameter that the provider gives back.
    pub state: SecretString,
    /// The cookie of the browser that began.
    pub browser: SecretString,
}

impl Secrets {
    /// Makes those of a new sign-in, in a browser that has this cookie from an earlier one, or none: so that sign-ins in two tabs both end well.
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

    /// The `nonce`, which the provider has to sign.
    pub(super) fn nonce(&self) -> String {
        self.derive("nonce")
    }

    /// The verifier of PKCE, without which nobody can use the code.
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
