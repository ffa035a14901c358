//! Reasons why a sign-in at the provider fails.

use std::fmt;

use crate::error::{Code, Error};

/// The reason why a sign-in failed. It contains no text from the provider.
#[derive(Debug)]
pub enum Failure {
    /// The provider could not be reached, or its response could not be read; a later attempt may succeed.
    Unavailable(String),
    /// The provider refused the sign-in with this error code of the protocol.
    Refused(&'static str),
    /// The response does not prove the identity of the person.
    Untrusted(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) => write!(f, "the provider is unavailable: {why}"),
            Self::Refused(why) => write!(f, "the provider refused the sign-in: {why}"),
            Self::Untrusted(why) => write!(f, "the response of the provider is not valid: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Failure> for Error {
    /// Logs the reason for operators. The returned error leaves it out, because the person who signs in cannot act on it.
    fn from(failure: Failure) -> Self {
        match &failure {
            Failure::Refused(why) => {
                tracing::info!(why, "the identity provider refused a sign-in");
                Self::new(Code::SignInRefused)
            }
            Failure::Untrusted(why) => {
                tracing::warn!(
                    why,
                    "a sign-in failed: the response of the identity provider is not valid"
                );
                Self::new(Code::SignInFailed)
            }
            Failure::Unavailable(why) => {
                tracing::warn!(
                    why,
                    "a sign-in failed: the identity provider is unavailable"
                );
                Self::new(Code::ProviderUnavailable)
                    .detail("use another sign-in method, or try again later")
                    .retry_after(10)
            }
        }
    }
}
