//! Digests of container images.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::core::{IntoValue, Value};

/// Digest of an image, which always identifies the same image: `sha256:` and 64 hexadecimal digits.
///
/// ```
/// use infra_lib::ecr::ImageDigest;
/// use infra_lib::image_digest;
///
/// let built = image_digest!("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
/// assert_eq!(ImageDigest::parse(built.as_str()), Ok(built));
/// assert!(ImageDigest::parse("latest").is_err());
/// ```
///
/// A tag is not a digest:
///
/// ```compile_fail
/// infra_lib::image_digest!("latest");
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ImageDigest(Cow<'static, str>);

impl ImageDigest {
    /// Parses a digest, such as one from the output of `docker push`. A tag is an error.
    pub fn parse(text: &str) -> Result<Self, InvalidImageDigest> {
        if is_digest(text) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(InvalidImageDigest(text.to_owned()))
        }
    }

    /// Creates a digest from text that is known at compile time; implementation of
    /// [`image_digest!`](crate::image_digest).
    ///
    /// # Panics
    ///
    /// Panics at compile time if the text is not a digest.
    #[doc(hidden)]
    pub const fn from_static(text: &'static str) -> Self {
        assert!(
            is_digest(text),
            "an image digest is `sha256:` and 64 lower-case hexadecimal digits; a tag can be moved to another image"
        );
        Self(Cow::Borrowed(text))
    }

    /// Returns the digest as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_digest(text: &str) -> bool {
    let (text, prefix) = (text.as_bytes(), b"sha256:");
    if text.len() != prefix.len() + 64 {
        return false;
    }
    let mut at = 0;
    while at < text.len() {
        let fits = if at < prefix.len() {
            text[at] == prefix[at]
        } else {
            matches!(text[at], b'0'..=b'9' | b'a'..=b'f')
        };
        if !fits {
            return false;
        }
        at += 1;
    }
    true
}

impl fmt::Display for ImageDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ImageDigest {
    type Err = InvalidImageDigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl IntoValue<String> for &ImageDigest {
    fn into_value(self) -> Value<String> {
        self.0.clone().into_value()
    }
}

/// Error for text that is not the digest of an image.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct InvalidImageDigest(String);

impl fmt::Display for InvalidImageDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an image digest, which is `sha256:` and 64 lower-case hexadecimal digits",
            self.0
        )
    }
}

impl std::error::Error for InvalidImageDigest {}

/// Creates an [image digest](crate::ecr::ImageDigest) from a literal that the compiler checks.
#[macro_export]
macro_rules! image_digest {
    ($text:literal) => {{
        const DIGEST: $crate::ecr::ImageDigest = $crate::ecr::ImageDigest::from_static($text);
        DIGEST
    }};
}
