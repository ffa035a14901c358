//! Reasons for which nobody is signed in by a provider.

use std::fmt;

use crate::error::{Code, Error};

/// The reason; texts of the provider are not in it.
#[derive(Debug)]
pub enum Failure {
    /// The provider was not reached, or has said something that nobody understands. The same may work later.
    Unavailable(String),
    /// The provider does not sign the person in, for this reason of the protocol.
    Refused(&'static str),
    /// The answer does not prove who somebody is.
    Untrusted(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) => write!(f, "the provider does not answer: {why}"),
            Self::Refused(why) => write!(f, "the provider refused: {why}"),
            Self::Untrusted(why) => write!(f, "the answer is not to be trusted: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Failure> for Error {
    /// Reasons are for the log of the operator; whoever signs in can do nothing with them.
    fn from(failure: Failure) -> Self {
        match &failure {
            Failure::Refused(why) => {
                tracing::info!(why, "a sign-in was refused by the provider");
                Self::new(Code::SignInRefused)
            }
            Failure::Untrusted(why) => {
                tracing::warn!(
                    why,
                    "a sign-in failed: the provider's answer is not to be trusted"
                );
                Self::new(Code::SignInFailed)
            }
            Failure::Unavailable(why) => {
                tracing::warn!(why, "a sign-in failed: the provider does not answer");
                Self::new(Code::ProviderUnavailable)
                    .detail("sign in in another way, or try again later")
                    .retry_after(10)
            }
        }
    }
}
