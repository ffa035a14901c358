//! The interruption that a deployment may cause: [`AllowedInterruption`].

/// The longest interruption that the changes of a deployment may cause, for [`Scope::limit_interruptions`](crate::Scope::limit_interruptions).
///
/// Stricter variants come first, so that the stricter of two is their minimum.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum AllowedInterruption {
    /// No interruption: everything has to answer during the whole deployment.
    None,
    /// Brief interruptions of seconds or a few minutes, such as the failover of a database in several Availability Zones.
    Brief,
}

impl AllowedInterruption {
    /// Returns the word in files and manifests: `none` or `brief`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Brief => "brief",
        }
    }

    /// Returns the value of a word, or `None` if there is no such value.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::None, Self::Brief]
            .into_iter()
            .find(|value| value.as_str() == word)
    }
}
